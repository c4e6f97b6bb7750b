"""Reports as a workbook: one sheet per kind of table over all chapters, to filter, sort and print."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from assistant.documents.report import Column, ReportPart, ReportTable
from assistant.documents.widths import line_count, text_width
from assistant.form.text import visible

_FONT = "宋体"
_A4 = 9
_PAGE, _LEAST_UNIT = 135, 2.2
_LINE, _TALLEST = 13.5, 400
_CHARACTER = 1.85
"""Millimetres of one unit of column width at 10 points."""
_EDGE = Side(style="thin", color="CBD2D9")
_GRID = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_TONES = {"错误": "A61B1B", "提醒": "8A5A00", "提示": "52606D"}
_MOST_CHARACTERS = 32_767
_LINK = "1F5FA8"
_COVER = "总览"
_MANY = 400
_HOW_TO_PRINT = "打印：行数多的页签是各表的明细，请先按单位或级别筛选，再打印筛出的行。"
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6, "header": 0.25, "footer": 0.25}
"""Of a printed page, in inches."""


class _Row(NamedTuple):
    texts: tuple[str, ...]
    link: str
    link_column: int


class _Sheet:
    """The rows of one kind of table, gathered over all chapters."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns = columns
        self.rows: list[_Row] = []


def xlsx_report(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    """The report as .xlsx: the lines of the first chapter as a cover, then the sheets."""
    sheets, starts = _gathered(parts)
    book = Workbook(write_only=True)
    _add_styles(book)
    _cover(book, title, parts[0].lines if parts else (), sheets)
    for name, sheet in sheets.items():
        _write(book, f"{title}：{name}", name, sheet, starts)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _gathered(parts: tuple[ReportPart, ...]) -> tuple[dict[str, _Sheet], dict[str, str]]:
    """The sheets by name, and for each anchor the cell of its first row."""
    sheets: dict[str, _Sheet] = {}
    starts: dict[str, str] = {}
    waiting: list[str] = []
    for part in parts:
        # A chapter without tables of its own (a unit) leads to the first one under it.
        waiting += [part.anchor] if part.anchor else []
        origin = tuple(text for _, text in part.origin)
        for table in part.tables:
            if not table.rows:
                continue
            sheet = sheets.setdefault(table.heading, _Sheet((*(c for c, _ in part.origin), *table.columns)))
            if part.origin:
                starts.update((anchor, f"'{table.heading}'!A{len(sheet.rows) + 2}") for anchor in waiting)
                waiting = []
            sheet.rows += _rows(table, origin)
    return sheets, starts


def _rows(table: ReportTable, origin: tuple[str, ...]) -> Iterator[_Row]:
    links = table.links or ("",) * len(table.rows)
    column = table.title_column if table.short_column is None else table.short_column
    for row, link in zip(table.rows, links, strict=True):
        yield _Row((*origin, *row), link, len(origin) + column)


def _style_name(kind: str, text: str, *, link: bool) -> str:
    if text in _TONES:
        return text
    return f"{kind}{'链接' if link else ''}"


def _add_styles(book: Workbook) -> None:
    """Named styles, made once: a style of its own per cell would take most of the time."""
    kinds = [(kind, link) for kind in ("text", "number", "severity") for link in (False, True)]
    looks = [(_style_name(kind, "", link=link), kind, _LINK if link else None) for kind, link in kinds]
    looks += [(name, "severity", color) for name, color in _TONES.items()]
    for name, kind, color in looks:
        style = NamedStyle(name, border=_GRID)
        style.font = Font(name=_FONT, size=10, color=color, bold=name in _TONES)
        is_number = kind == "number"
        # Wrapped numbers lose their indent in LibreOffice and touch the text beside them.
        style.alignment = Alignment(
            wrap_text=not is_number,
            vertical="top",
            horizontal="right" if is_number else None,
            indent=int(is_number),
        )
        book.add_named_style(style)


def _set_up(page: Any, title: str) -> None:
    """Printing on A4 across, as wide as the page, each page with its title and number."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(**_MARGINS)
    page.oddHeader.left.text = title
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def _write(book: Workbook, title: str, name: str, sheet: _Sheet, starts: dict[str, str]) -> None:
    page = book.create_sheet(name)
    _set_up(page, title)
    widths = _widths(sheet.columns)
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    cells = _Cells(page)
    page.append([_head(page, column) for column in sheet.columns])
    for number, row in enumerate(sheet.rows, 2):
        page.row_dimensions[number].height = _height(row.texts, widths)
        targets = {row.link_column: starts.get(row.link, "")}
        page.append(
            [
                cells.cell(at, text, column.kind, targets.get(at, ""))
                for at, (text, column) in enumerate(zip(row.texts, sheet.columns, strict=True))
            ]
        )


def _widths(columns: tuple[Column, ...]) -> list[float]:
    """Column widths in characters: wide enough for a landscape page, and for a heading with its filter."""
    unit = max(_LEAST_UNIT, _PAGE / sum(column.width for column in columns))
    return [max(column.width * unit, text_width(column.name) / _CHARACTER + 3) for column in columns]


def _height(texts: tuple[str, ...], widths: list[float]) -> float:
    """The row's height in points: programs differ in whether they fit rows to wrapped text by themselves."""
    lines = max(line_count(text, width * _CHARACTER) for text, width in zip(texts, widths, strict=True))
    return min(lines * _LINE + 3, _TALLEST)


def _head(page: Any, column: Column) -> Any:
    cell = WriteOnlyCell(page, value=column.name)
    cell.font, cell.fill, cell.border = Font(name=_FONT, size=10, bold=True), _HEAD_FILL, _GRID
    right, indent = ("right", 1) if column.kind == "number" else (None, 0)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=right, indent=indent)
    return cell


class _Cells:
    """The cells of a sheet: a row is written as soon as it is appended, so that the next can have its cells.

    To look up the style of each cell anew would take most of the time.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._made: dict[tuple[int, str], Any] = {}

    def cell(self, column: int, text: str, kind: str, target: str) -> Any:
        style = _style_name(kind, text, link=bool(target))
        cell = self._made.get((column, style))
        if cell is None:
            cell = self._made[column, style] = WriteOnlyCell(self._page)
            cell.style = style
        number = _number(text) if kind == "number" else None
        cell.value = visible(text)[0][:_MOST_CHARACTERS] if number is None else number
        if number is None:
            # Text stays text: a cell that begins with = + - @ must never become a formula.
            cell.data_type = "s"
        if target:
            cell.hyperlink = Hyperlink(ref="", location=target)
        return cell


def _number(text: str) -> float | int | None:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return None


def _cover(book: Workbook, title: str, lines: tuple[str, ...], sheets: dict[str, _Sheet]) -> None:
    page = book.create_sheet(_COVER)
    _set_up(page, title)
    page.column_dimensions["A"].width = 120
    heading = WriteOnlyCell(page, value=title)
    heading.font = Font(name=_FONT, size=16, bold=True)
    page.append([heading])
    for line in lines:
        cell = WriteOnlyCell(page, value=line)
        cell.data_type = "s"
        cell.font, cell.alignment = Font(name=_FONT, size=11), Alignment(wrap_text=True, vertical="top")
        page.append([cell])
    if any(len(sheet.rows) > _MANY for sheet in sheets.values()):
        cell = WriteOnlyCell(page, value=_HOW_TO_PRINT)
        cell.font, cell.alignment = Font(name=_FONT, size=11), Alignment(wrap_text=True, vertical="top")
        page.append([cell])
    page.append([])
    for name, sheet in sheets.items():
        cell = WriteOnlyCell(page, value=f"{name}（{len(sheet.rows)}行）")
        cell.font = Font(name=_FONT, size=11, color=_LINK, underline="single")
        cell.hyperlink = Hyperlink(ref="", location=f"'{name}'!A1")
        page.append([cell])
