"""Reads the text dump of Word tables: each cell starts with a TAB on a new line, a blank line may end a row.

Cells hold line breaks and blank lines of their own, so that a blank line before a TAB either ends a row or is
the end of a cell. Which of them it is follows from the number of columns of the header row above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.documents.delimited import delimiter_of, read_delimited
from assistant.documents.grid import Block, Grid, Paragraph, Row, counted_row
from assistant.documents.labels import (
    field_of,
    fund_role,
    goal_like,
    indicator_role,
    is_note,
    is_remark,
    is_section_label,
    is_title,
    is_total,
    is_year_line,
)

_ENCODINGS = ("utf-8-sig", "gb18030")


def decode_text(data: bytes) -> str | None:
    """Text in UTF-8, UTF-16 (with a mark) or GB18030; None where it is none of them."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_text(text: str) -> list[Block]:
    """The tables and paragraphs of a dump."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    delimiter = delimiter_of(text)
    if delimiter:
        return read_delimited(text, delimiter)
    return _tables(_cells(text))


@dataclass(slots=True)
class _Cell:
    """A cell or a paragraph of the dump. ``gap``: a blank line stands before it, it may begin a row."""

    lines: list[str]
    gap: bool
    paragraph: bool = False
    text: str = field(default="", init=False)


def _cells(text: str) -> list[_Cell]:
    cells: list[_Cell] = []
    blanks = 1
    for line in text.split("\n"):
        if line.startswith("\t"):
            first, *others = line[1:].split("\t")
            cells.append(_Cell([first], gap=blanks > 0))
            cells += [_Cell([other], gap=False) for other in others]
            blanks = 0
        elif not line.strip():
            blanks += 1
        elif not cells or cells[-1].paragraph or (blanks and _begins_paragraph(line, cells[-1])):
            cells.append(_Cell([line], gap=True, paragraph=True))
            blanks = 0
        else:
            cells[-1].lines += [""] * blanks + [line]
            blanks = 0
    for cell in cells:
        cell.text = "\n".join(cell.lines)
    return cells


def _begins_paragraph(line: str, before: _Cell) -> bool:
    """Whether a line without a TAB, after a blank line, stands outside of the table."""
    return is_title(line) or is_note(line) or (before.paragraph and is_year_line(line))


def _tables(cells: Sequence[_Cell]) -> list[Block]:
    blocks: list[Block] = []
    table: list[_Cell] = []
    for cell in cells:
        if cell.paragraph:
            _end_table(table, blocks)
            table = []
            blocks.append(Paragraph(cell.text))
        else:
            table.append(cell)
    _end_table(table, blocks)
    return blocks


def _end_table(table: list[_Cell], blocks: list[Block]) -> None:
    if table:
        number = 1 + sum(isinstance(block, Grid) for block in blocks)
        place = "文本" if number == 1 else f"文本第{number}段"
        blocks.append(Grid(tuple(_Rows(table).split()), place, exact=False))


class _Rows:
    """Cuts the cells of a table into rows: first at labels that can only begin a row, then by width."""

    def __init__(self, cells: Sequence[_Cell]) -> None:
        self.cells = cells
        self.gapless = not any(cell.gap for cell in cells[1:])
        if self.gapless:
            # No blank lines at all: any cell may begin a row, the width of the header decides.
            for cell in cells:
                cell.gap = True
        self.starts = self._certain_starts()
        self.width = 0

    def split(self) -> list[Row]:
        """The rows in order."""
        rows: list[Row] = []
        for start, end in pairwise([*sorted(self.starts), len(self.cells)]):
            rows += self._part(start, end)
        return rows

    def _certain_starts(self) -> set[int]:
        starts = {0}
        for n, cell in enumerate(self.cells):
            if cell.gap and self._opens(n):
                starts.add(n)
            if self._heads_column(n):
                starts.add(self._row_of(n))
        return starts

    def _opens(self, n: int) -> bool:
        text = self.cells[n].text
        if field_of(text) or is_title(text) or is_total(text) or is_note(text):
            return True
        return is_remark(text) and self._next_gap(n) - n <= 3

    def _heads_column(self, n: int) -> bool:
        """Whether the cell is the first column header of a section."""
        before, text, after = self._text(n - 1) if n else "", self._text(n), self._text(n + 1)
        if indicator_role(text) in ("level1", "name"):
            return not indicator_role(before) and indicator_role(after) in (
                "level2",
                "name",
                "target",
                "sign",
            )
        if fund_role(text) in ("initial", "budget"):
            return not fund_role(before) and fund_role(after) in ("budget", "executed")
        return goal_like(text) == "expected" and goal_like(after) == "actual"

    def _row_of(self, n: int) -> int:
        """The start of the row in which the column header ``n`` stands: section labels may precede it."""
        start = n
        while start > 0 and not (self.cells[start].gap or self.gapless):
            if not is_section_label(self.cells[start - 1].text):
                return start
            start -= 1
        # Blank lines may follow the row's label, or the blank cell beside it: then the label begins the row.
        for label in (start - 1, start - 2):
            if (
                label >= 0
                and self._labels_row(label)
                and not any(map(str.strip, self._texts(label + 1, start)))
            ):
                return label
        return start

    def _labels_row(self, n: int) -> bool:
        cell = self.cells[n]
        return cell.gap and bool(cell.text.strip()) and is_section_label(cell.text)

    def _texts(self, start: int, end: int) -> list[str]:
        return [cell.text for cell in self.cells[start:end]]

    def _text(self, n: int) -> str:
        return self.cells[n].text if n < len(self.cells) else ""

    def _next_gap(self, n: int) -> int:
        return next((m for m in range(n + 1, len(self.cells)) if self.cells[m].gap), len(self.cells))

    def _part(self, start: int, end: int) -> list[Row]:
        """The rows from one certain start to the next."""
        role_of = self._header_role(start, end)
        if role_of is not None:
            header_end = self._header_end(start, end, role_of)
            self.width = header_end - start
            return [self._row(start, header_end), *self._by_width(header_end, end)]
        text = self.cells[start].text
        if is_total(text):
            self.width = 4
            return self._by_width(start, end)
        if field_of(text) or is_title(text) or is_remark(text) or is_note(text) or not self.width:
            self.width = 0
            return self._pairs(start, end)
        return self._by_width(start, end)

    def _header_role(self, start: int, end: int) -> Callable[[str], str] | None:
        for n in range(start, min(start + 4, end)):
            if self._heads_column(n):
                text = self.cells[n].text
                roles: tuple[Callable[[str], str], ...] = (indicator_role, fund_role, _goal_role)
                return next(role for role in roles if role(text))
        return None

    def _header_end(self, start: int, end: int, role_of: Callable[[str], str]) -> int:
        """A header ends at the first gap before something that is no column header."""
        seen = False
        for n in range(start, end):
            is_role = bool(role_of(self.cells[n].text))
            if seen and self.cells[n].gap and not is_role:
                return n
            seen = seen or is_role
        return end

    def _row(self, start: int, end: int) -> Row:
        return counted_row(cell.text for cell in self.cells[start:end])

    def _pairs(self, start: int, end: int) -> list[Row]:
        """Rows of labels and values: a gap ends a row, but not between a label and its value."""
        rows = []
        first = start
        value_due = False
        for n in range(start, end):
            if n > first and self.cells[n].gap and not value_due:
                rows.append(self._row(first, n))
                first = n
            text = self.cells[n].text
            value_due = not value_due and (bool(field_of(text)) or is_remark(text))
        rows.append(self._row(first, end))
        return rows

    def _by_width(self, start: int, end: int) -> list[Row]:
        """The cheapest cut into rows: rows of the header's width cost nothing, each unused gap a little."""
        if start >= end:
            return []
        ends = [n for n in range(start + 1, end) if self.cells[n].gap] + [end]
        best: dict[int, tuple[int, int]] = {end: (0, end)}
        for number, first in reversed(list(enumerate([start, *ends[:-1]]))):
            longest = first + 2 * self.width + 8
            options = []
            for skipped, last in enumerate(ends[number : number + 2 * self.width + 8]):
                if skipped and last > longest:
                    break
                options.append((self._cost(first, last) + skipped + best[last][0], last))
            best[first] = min(options)
        rows = []
        while start < end:
            last = best[start][1]
            rows.append(self._row(start, last))
            start = last
        return rows

    def _cost(self, first: int, last: int) -> int:
        if not any(cell.text.strip() for cell in self.cells[first:last]):
            return 0
        surplus = last - first - self.width
        # Rows that lack their merged cells are common in dumps, rows with more cells than the header are not.
        return 6 * surplus if surplus > 0 else -2 * surplus


def _goal_role(text: str) -> str:
    return goal_like(text) or ""
