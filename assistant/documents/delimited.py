"""Text in which a line is a row: cells parted by TAB, comma or semicolon, or by drawn lines (|, │)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Literal, NamedTuple

from assistant.documents.grid import Block, Grid, Paragraph, counted_row
from assistant.documents.labels import (
    fund_role,
    goal_like,
    indicator_role,
    is_amount,
    is_part_label,
    is_section_label,
    is_total,
)
from assistant.documents.safety import too_much

_LONGEST_FIELD = 1_000_000
_MOST_CELLS = 300_000
_MOST_LINES = 12
_BAR = re.compile(r"[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║+\-=─━═:┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]+")
_MARKS = ("weight", "score")
_LEVELS = ("level1", "level2")
_AMOUNTS = ("initial", "budget", "executed")


def delimiter_of(text: str) -> str:
    """What parts the cells where a line is a row, ``""`` for the dump of one cell a line."""
    lines = text.split("\n")
    single = sum(line.startswith("\t") and "\t" not in line[1:] for line in lines)
    several = sum("\t" in line.strip("\n")[1:] for line in lines)
    if several > single:
        return "\t"
    if single or several:
        return ""
    counts = {sign: sum(line.count(sign) >= 2 for line in lines) for sign in ",;"}
    bars = sum(len(_BAR.findall(line)) >= 2 for line in lines)
    most = max(counts, key=lambda sign: counts[sign])
    if bars >= 3 and bars >= counts[most]:
        return "|"
    return most if counts[most] >= 3 else ""


def read_delimited(text: str, delimiter: str) -> list[Block]:
    """The rows of ``text`` as one table; lines above and below a table of drawn lines as paragraphs."""
    if delimiter == "|":
        return _drawn(text.split("\n"))
    csv.field_size_limit(_LONGEST_FIELD)
    return [_grid(list(csv.reader(StringIO(text, newline=""), delimiter=delimiter)))]


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A table in which rows that lost their empty last cells have as many as the others.

    Raises UnreadableFileError where that would make a table of millions of cells.
    """
    placed = [row for row in _placed(rows) if any(cell.strip() for cell in row)]
    widest = max(map(len, placed), default=0)
    if widest * len(placed) > _MOST_CELLS:
        raise too_much()
    placed = [[*row, *[""] * (widest - len(row))] for row in placed]
    return Grid(tuple(map(counted_row, placed)), "文本", exact=True)


def _placed(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Rows that lack the cells of merged labels on their left, moved below their headers."""
    roles: list[str] = []
    head: _Head | None = None
    for row in rows:
        named = [indicator_role(cell) for cell in row]
        if len({*named} & {*_LEVELS, "name"}) >= 2:
            roles, head = named, None
        head = _head(row) or head
        if head is not None and head.lacks_label(row):
            yield head.moved(row)
            continue
        missing = len(roles) - len(row)
        first = row[0] if row else ""
        if missing > 0 and first.strip() and not is_total(first) and len(row) > 2:
            fits = [_fit(roles, [""] * left + list(row)) for left in range(missing + 1)]
            yield [""] * fits.index(max(fits)) + list(row)
        else:
            yield list(row)


class _Head(NamedTuple):
    """A header: ``start`` is where the labels of 项目资金 stand, or the first half of 年度总体目标."""

    part: Literal["funds", "goal"]
    start: int
    width: int

    def lacks_label(self, row: Sequence[str]) -> bool:
        """Whether a row below begins with what belongs at ``start``, the labels before it left out."""
        filled = [n for n, cell in enumerate(row) if cell.strip()]
        if filled[:2] != [0, 1]:
            return False
        if self.part == "funds":
            return is_amount(row[1]) and not is_amount(row[0])
        return filled == [0, 1] and not is_section_label(row[0]) and not is_part_label(row[0])

    def moved(self, row: Sequence[str]) -> list[str]:
        """The row with blanks for those labels, and without as many of those at its end."""
        cells = [*[""] * self.start, *row]
        while len(cells) > self.width and not cells[-1].strip():
            cells.pop()
        return cells


def _head(row: Sequence[str]) -> _Head | None:
    """The header that a row is, if labels stand before its columns."""
    amounts = [n for n, cell in enumerate(row) if fund_role(cell) in _AMOUNTS]
    if len(amounts) >= 2 and amounts[0] >= 2:
        return _Head("funds", amounts[0] - 1, len(row))
    actual = max((n for n, cell in enumerate(row) if goal_like(cell) == "actual"), default=0)
    if actual >= 2 and goal_like(row[actual - 1]) == "expected":
        return _Head("goal", actual - 1, len(row))
    return None


def _fit(roles: Sequence[str], row: Sequence[str]) -> int:
    """How well the cells of a row suit the columns above them."""
    fit = 0
    for role, cell in zip(roles, row, strict=False):
        text = cell.strip()
        if role in _MARKS and text:
            fit += 1 if is_amount(text) else -2
        elif role in _LEVELS and text:
            fit += 1 if "指标" in text else -1
        elif role == "name" and (not text or is_amount(text) or text.endswith("指标")):
            fit -= 2
    return fit


def _drawn(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    table: list[str] = []
    for line in [*lines, ""]:
        ruled = bool(line.strip()) and bool(_RULE.fullmatch(line))
        if _BAR.search(line) or (table and ruled):
            table.append(line)
            continue
        if table:
            blocks.append(_grid(_drawn_rows(table)))
            table = []
        if line.strip() and not ruled:
            blocks.append(Paragraph(line))
    return blocks


def _drawn_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a drawn table; where a line is drawn below each row, a row may take several lines."""
    groups: list[list[list[str]]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line) and re.search(r"[-=─━═]", line):
            groups.append([])
        else:
            groups[-1].append([cell.strip() for cell in _BAR.split(line.strip().strip("|｜│┃║"))])
    filled = [group for group in groups if group]
    # One line below the header (Markdown) and lines around the table part no rows.
    if len(groups) <= 3 or max(map(len, filled), default=0) > _MOST_LINES:
        return [row for group in filled for row in group]
    return [_joined(group) for group in filled]


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    widest = max(map(len, lines))
    padded = [[*line, *[""] * (widest - len(line))] for line in lines]
    return ["\n".join(filter(None, cells)) for cells in zip(*padded, strict=True)]
