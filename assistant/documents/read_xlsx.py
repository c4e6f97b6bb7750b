"""Reads workbooks: visible sheets with their merged cells, values as Excel shows them.

Formulas give the value that was saved with them, else they are reported; but one that is only a number with
its unit (=100%, =12场: a target that a program took for a formula) is read as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from assistant.documents.celltext import OWN_WORKBOOK
from assistant.documents.grid import MARKED_BREAK, Cell, Grid, Row
from assistant.documents.safety import Package, too_much
from assistant.form.quantities import only_quantity
from assistant.form.rounding import half_up, plain

_MOST_ROWS = 5000
_MOST_COLUMNS = 100
_MOST_MERGED = 200_000
_LONGEST_FORMAT = 200
# Possessive and without crossing tags: these run over untrusted bytes and must stay linear.
_MERGED_RANGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
_FORMULA_WITHOUT_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*+(?<=/)>)\s*+(?:<v\s*+/>|<v>\s*+</v>)?+\s*+</c>"
)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?,.]+")


@dataclass(frozen=True, slots=True)
class XlsxContent:
    """The sheets as grids, one Chinese sentence for each thing not read, and the lines above the pages."""

    grids: tuple[Grid, ...]
    messages: tuple[str, ...]
    page_headers: tuple[str, ...] = ()


def read_xlsx(data: bytes, package: Package) -> XlsxContent:
    """The visible sheets of a workbook whose parts have been checked. Raises UnreadableFileError."""
    package.check_xml("xl/")
    incomplete = False
    for name in package.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheet = package.read(name)
            _check_merged(sheet)
            incomplete = incomplete or bool(_FORMULA_WITHOUT_VALUE.search(sheet))
    book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
    missing = incomplete and not _restore_literals(book, data)
    grids = []
    messages = ["有公式没有保存计算结果，这些单元格是空的，请用 Excel 打开并保存一次再试。"] * missing
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            messages.append(f"隐藏的工作表“{sheet.title}”没有读取。")
            continue
        # Only cells with a value count: styles often reach down to the last row that Excel knows.
        filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
        last_row, last_column = (max((place[n] for place in filled), default=0) for n in (0, 1))
        if last_row > _MOST_ROWS or last_column > _MOST_COLUMNS:
            messages.append(f"工作表“{sheet.title}”太大，只读取了前{_MOST_ROWS}行、前{_MOST_COLUMNS}列。")
        first_column = min((column for _, column in filled), default=1)
        shown = _Shown.of(sheet, min(last_row, _MOST_ROWS), first_column, min(last_column, _MOST_COLUMNS))
        if any(row in shown.hidden_rows or column in shown.hidden_columns for row, column in filled):
            messages.append(f"工作表“{sheet.title}”隐藏的行和列没有读取，需要的请取消隐藏、保存后再试。")
        grids.append(Grid(tuple(_rows(sheet, shown)), f"工作表“{sheet.title}”"))
    return XlsxContent(tuple(grids), tuple(messages), tuple(_page_headers(book.worksheets)))


def _restore_literals(book: Workbook, data: bytes) -> bool:
    """Gives cells whose formula is a literal, saved without a value, its text; False where others remain."""
    complete = True
    written = load_workbook(BytesIO(data), keep_links=False)
    for sheet, source in zip(book.worksheets, written.worksheets, strict=True):
        for place, cell in source._cells.items():
            if cell.data_type != "f" or sheet.cell(*place).value is not None:
                continue
            literal = isinstance(cell.value, str) and only_quantity(cell.value) is not None
            if literal:
                sheet.cell(*place).value = cell.value
            complete = complete and literal
    return complete


def _page_headers(sheets: Sequence[Worksheet]) -> Iterator[str]:
    for sheet in sheets:
        header = sheet.oddHeader
        if sheet.sheet_state == "visible" and header is not None:
            for part in (header.center, header.left, header.right):
                yield from (part.text or "").splitlines()


def _check_merged(sheet: bytes) -> None:
    """Merged ranges are spelled out cell by cell when they are loaded: refuses absurd ones before that."""
    area = 0
    for left, top, right, bottom in _MERGED_RANGE.findall(sheet):
        width = abs(_column_number(right) - _column_number(left)) + 1
        area += width * (abs(int(bottom) - int(top)) + 1)
    if area > _MOST_MERGED:
        raise too_much()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which part of a sheet is read: its rows up to ``last_row``, and columns, but for the hidden ones."""

    last_row: int
    first_column: int
    last_column: int
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    @classmethod
    def of(cls, sheet: Worksheet, last_row: int, first_column: int, last_column: int) -> _Shown:
        """Of the part of ``sheet`` that holds values."""
        rows = {n for n, row in sheet.row_dimensions.items() if row.hidden and n <= last_row}
        columns: set[int] = set()
        for letters, column in sheet.column_dimensions.items():
            if column.hidden:
                first = column.min or column_index_from_string(letters)
                columns |= set(range(first, min(column.max or first, last_column) + 1))
        return cls(last_row, first_column, last_column, frozenset(rows), frozenset(columns))

    def top(self, area: CellRange) -> int:
        """The first row of a merged area that is shown."""
        rows = range(area.min_row, area.max_row + 1)
        return next((row for row in rows if row not in self.hidden_rows), area.min_row)


def _rows(sheet: Worksheet, shown: _Shown) -> Iterator[Row]:
    """The sheet's rows from the first on; a row without cells, or a hidden one, is empty.

    A margin of empty columns left of everything is left out: labels stand at the beginning of their row.
    """
    merged = {}
    for area in sheet.merged_cells.ranges:
        for number in range(area.min_row, min(area.max_row, shown.last_row) + 1):
            merged[number, area.min_col] = area
    used = {row for row, _ in sheet._cells} - shown.hidden_rows
    for number in range(1, shown.last_row + 1):
        row: list[Cell] = []
        column = shown.first_column
        while number in used and column <= shown.last_column:
            area = merged.get((number, column))
            width = area.max_col - area.min_col + 1 if area else 1
            if not shown.hidden_columns.issuperset(range(column, column + width)):
                row.append(_cell(sheet, number, column, width, area, shown))
            column += width
        yield tuple(row)


def _cell(
    sheet: Worksheet, number: int, column: int, width: int, area: CellRange | None, shown: _Shown
) -> Cell:
    if area and shown.top(area) < number:
        return Cell(_shown(sheet.cell(area.min_row, area.min_col)), column - 1, width, covered=True)
    cell = sheet.cell(area.min_row if area else number, column)
    # An empty cell that is typed as text was written so on purpose; see write_xlsx.
    own = bool(area and area.max_row > area.min_row) or cell.data_type == "inlineStr"
    return Cell(_shown(cell), column - 1, width, origin=own)


def _shown(cell: Any) -> str:
    """A cell's value as Excel shows it, a line break that is meant as MARKED_BREAK."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        own = "\n" in value and cell.parent.parent.properties.category == OWN_WORKBOOK
        return value.replace("\n", MARKED_BREAK) if own else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _shown_date(value, str(cell.number_format))
    if isinstance(value, int | float):
        return _shown_number(Decimal(repr(value)), str(cell.number_format))
    return str(value)


def _shown_number(value: Decimal, number_format: str) -> str:
    """A number in its format: digits after the point, thousands, per cent, and words around it (0"个")."""
    if len(number_format) > _LONGEST_FORMAT:
        return plain(value, 10)
    sections = number_format.split(";")
    if not value and len(sections) > 2 and (nought := _nought(sections[2])):
        return nought
    pattern = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    bare = _LITERAL.sub(lambda found: "\0" * bool(found.group(1) or found.group(2)), pattern)
    digits = _DIGITS.search(bare)
    if not digits or re.search(r"[^\0#0?,.%\s()+\-$￥¥≥≤<>=]", bare):
        return plain(value, 10)
    if "%" in bare:
        value *= 100
    decimals = digits.group().partition(".")[2]
    shown = half_up(abs(value), len(decimals))
    text = f"{shown:,f}" if "," in digits.group() else f"{shown:f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and text.endswith("0") and "." in text:
        text, optional = text[:-1], optional - 1
    text = text.removesuffix(".")
    if value < 0 and len(sections) == 1:
        text = "-" + text
    return _around(pattern, text)


def _nought(pattern: str) -> str:
    """What a format shows for nought, where it has words for it (accounts print a dash), else ``""``."""
    return "" if "0" in _LITERAL.sub("", pattern) else _around(pattern, "")


def _around(pattern: str, number: str) -> str:
    """The words of a number format before and after its digits."""
    out = ""
    placed = False
    position = 0
    while position < len(pattern):
        literal = _LITERAL.match(pattern, position)
        digits = _DIGITS.match(pattern, position)
        if literal:
            out += literal.group(1) or literal.group(2) or ""
            position = literal.end()
        elif digits:
            out += "" if placed else number
            placed = True
            position = digits.end()
        else:
            out += pattern[position]
            position += 1
    return out.strip()


def _shown_date(value: datetime | date | time, number_format: str) -> str:
    """A date in the order and with the signs that its format has: 2021年12月31日, 2021-12-31, 2021/12/31."""
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if "s" in number_format.lower() else "%H:%M")
    pattern = number_format.lower()
    day = "d" in pattern
    if "年" in pattern or "月" in pattern:
        text = (
            (f"{value.year}年" if "y" in pattern else "")
            + f"{value.month}月"
            + (f"{value.day}日" if day else "")
        )
    else:
        joint = "-" if "yyyy-" in pattern else "." if "yyyy." in pattern else "/"
        two = "02" if "mm" in pattern and "yyyy" in pattern else ""
        text = joint.join(format(part, two) for part in (value.month, *([value.day] if day else [])))
        text = f"{value.year}{joint}{text}"
    if isinstance(value, datetime) and "h" in pattern and (value.hour or value.minute):
        text += value.strftime(" %H:%M")
    return text
