"""How much paper the official table takes: the letter size by which it needs the fewest pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.official import WIDTH, OfficialTable, Placed, PlacedRow
from assistant.documents.widths import line_count

PAGE_WIDTH = 210
PAGE_HEIGHT = 297
SIDE_MARGIN = 18
UPPER_MARGIN = 18
"""Millimetres of an A4 page in portrait; the lower margin is as high as the upper one."""
NARROW = 10
"""Labels in columns narrower than this (mm) stand one character below the other."""
_POINTS_OF_MM = 72 / 25.4
_SURE = 0.96
"""Share of a page that is counted on: with the fonts of another machine a line wraps here and there."""
_ROOM = (PAGE_HEIGHT - 2 * UPPER_MARGIN) * _POINTS_OF_MM * _SURE
_PADDING = 2.0
"""Points between a row's lines and its text: two margins of a cell and the line itself."""
_TITLE = 36.0
_YEAR_LINE = 24.0
_NOTE = 15.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """Sizes of the table's text in points. Lines have a fixed height: each font needs the same room."""

    character: float
    line: float
    least_row: float


USUAL = Lettering(10, 13, 20)
SMALL = Lettering(9, 11.5, 17)


def lettering(table: OfficialTable) -> Lettering:
    """``USUAL``, or ``SMALL`` where that saves a page of the table."""
    return SMALL if pages(table, SMALL) < pages(table, USUAL) else USUAL


def pages(table: OfficialTable, size: Lettering) -> int:
    """Pages that the form takes, by the estimated heights of its rows."""
    count, used = 1, _TITLE * bool(table.title) + _YEAR_LINE * bool(table.year_line)
    header = 0.0
    for rows in (table.head, table.body):
        for splits, height in _blocks(rows, size):
            used += height
            if used > _ROOM:
                count += 1
                used = header + (used - _ROOM if splits else height)
            while used > _ROOM:
                count += 1
                used += header - _ROOM
        header = row_heights(table.body[:1], size)[0]
    used += sum(_NOTE * line_count(note, WIDTH) for note in table.notes)
    return count + (used > _ROOM)


def _blocks(rows: Sequence[PlacedRow], size: Lettering) -> Iterator[tuple[bool, float]]:
    """Rows that stay on one page: whether a break may go through them, and their height."""
    height = 0.0
    for row, own in zip(rows, row_heights(rows, size), strict=True):
        height += own
        if not row.follows:
            yield row.splits, height
            height = 0.0


def row_heights(rows: Sequence[PlacedRow], size: Lettering) -> list[float]:
    """Height of each row in points; a merged cell that needs more than its rows stretches the last one."""
    heights = [size.least_row] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            end = number + cell.height
            if not number < end <= len(rows):
                continue
            lines = _lines(cell, size)
            missing = lines * size.line + _PADDING - sum(heights[number:end])
            heights[end - 1] += max(0.0, missing)
    return heights


def _lines(cell: Placed, size: Lettering) -> int:
    width = cell.right - cell.left
    if cell.kind == "label" and width < NARROW:
        return len(cell.text)
    return line_count(cell.text, width, size.character)
