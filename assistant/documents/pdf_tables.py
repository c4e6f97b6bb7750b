"""Tables of a PDF page: cells are what the drawn lines enclose, merged where no line parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.documents.pdf_gaps import parted
from assistant.documents.pdf_page import Glyph, PageContent, Stroke, TextLine, clusters, lines_of, nearest
from assistant.documents.pdf_ruled import Spans, inferred_strokes, ruled_tables

_REACH = 4.0
"""Strokes that end this near to another one touch it."""
_OVERHANG = 12.0
_UNDRAWN = 2
_COVERED = 0.6
"""A side is drawn where a stroke covers this part of it."""


@dataclass(slots=True)
class Box:
    """A cell: its edges, the rows (counted from 0) and columns that it takes, and its lines of text."""

    left: float
    right: float
    top: float
    bottom: float
    row: int
    rows: int
    lines: list[TextLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All characters, for comparisons."""
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class PageTable:
    """A table on one page, its boxes from top to bottom and left to right; ``edges`` of all its columns.

    ``block``: where the texts of its last rows stand, if their columns had to be inferred from that.
    """

    page: int
    left: float
    right: float
    top: float
    bottom: float
    rows: int
    boxes: list[Box]
    edges: list[float]
    block: list[Spans] = field(default_factory=list)


def page_tables(
    page: PageContent, number: int, before: Sequence[PageTable] = ()
) -> tuple[list[PageTable], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs that stand in none of them.

    ``before``: the tables of the page before, whose columns a table without upright lines may go on with.
    """
    tables = []
    widths = [(table.left, table.right) for table in before[-1:]]
    left = list(page.glyphs)
    components = list(_components(page.level, page.upright))
    touching = {id(stroke) for _, upright in components for stroke in upright}
    lonely = [stroke for stroke in page.upright if id(stroke) not in touching]
    for level, joined in components:
        upright = [*joined, *_beside(lonely, joined)]
        table = _table(level, upright, number)
        if table is not None and _is_frame(table, upright) and (framed := ruled_tables(level, widths)):
            table = _ruled_table(framed[0], left, number, before)
            left = _fill(table, left, ruled=True)
            tables.append(table)
        elif table is not None:
            left = _fill(table, left, ruled=False)
            tables.append(table)
    parts = {id(stroke) for level, _ in components for stroke in level}
    apart = [stroke for stroke in page.level if id(stroke) not in parts]
    for level in ruled_tables(apart, widths):
        table = _ruled_table(level, left, number, before)
        left = _fill(table, left, ruled=True)
        tables.append(table)
    tables = [table for table in tables if any(box.lines for box in table.boxes)]
    return sorted(tables, key=lambda table: (table.top, table.left)), left


def _components(
    level: Sequence[Stroke], upright: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Strokes that cross or touch each other, directly or through others."""
    left_level, left_upright = list(level), list(upright)
    while left_level:
        found_level, found_upright = [left_level.pop()], list[Stroke]()
        waiting_level, waiting_upright = list(found_level), list[Stroke]()
        while waiting_level or waiting_upright:
            if waiting_level:
                stroke = waiting_level.pop()
                touched = [other for other in left_upright if _touch(stroke, other)]
                left_upright = [other for other in left_upright if not _touch(stroke, other)]
                found_upright += touched
                waiting_upright += touched
            else:
                stroke = waiting_upright.pop()
                touched = [other for other in left_level if _touch(other, stroke)]
                left_level = [other for other in left_level if not _touch(other, stroke)]
                found_level += touched
                waiting_level += touched
        if found_upright:
            yield found_level, found_upright


def _beside(lonely: Sequence[Stroke], upright: Sequence[Stroke]) -> list[Stroke]:
    """Upright strokes that touch nothing: sides of a merged cell that fills the height of the page."""
    top, bottom = min(s.start for s in upright), max(s.end for s in upright)
    return [
        stroke
        for stroke in lonely
        if min(bottom, stroke.end) - max(top, stroke.start) >= _COVERED * (bottom - top)
    ]


def _touch(level: Stroke, upright: Stroke) -> bool:
    return (
        upright.start - _REACH <= level.at <= upright.end + _REACH
        and level.start - _REACH <= upright.at <= level.end + _REACH
    )


def _edges(strokes: Sequence[Stroke], crossing: Sequence[Stroke]) -> list[float]:
    """Positions of parallel strokes; where the outer ones are not drawn, the ends of the crossing ones."""
    at = _middles([stroke.at for stroke in strokes])
    start, end = min(s.start for s in crossing), max(s.end for s in crossing)
    if start < at[0] - _OVERHANG:
        at.insert(0, start)
    if end > at[-1] + _OVERHANG:
        at.append(end)
    return at


def _table(level: list[Stroke], upright: list[Stroke], number: int) -> PageTable | None:
    xs, ys = _edges(upright, level), _edges(level, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    boxes = _boxes(xs, ys, level, upright)
    return PageTable(number, xs[0], xs[-1], ys[0], ys[-1], len(ys) - 1, boxes, xs)


def _is_frame(table: PageTable, upright: Sequence[Stroke]) -> bool:
    """Whether the upright lines are nothing but the sides of the table."""
    return all(min(abs(s.at - table.left), abs(s.at - table.right)) <= _REACH for s in upright)


def _boxes(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Stroke], upright: Sequence[Stroke]
) -> list[Box]:
    boxes = [
        Box(xs[first], xs[last + 1], ys[top], ys[bottom + 1], top, bottom - top + 1)
        for first, last, top, bottom in _Regions(xs, ys, level, upright).rectangles()
    ]
    return sorted(boxes, key=lambda box: (box.row, box.left))


def _ruled_table(
    level: list[Stroke], glyphs: Sequence[Glyph], number: int, before: Sequence[PageTable]
) -> PageTable:
    """A table without upright lines inside: its columns are where the text leaves room."""
    ys = _middles([stroke.at for stroke in level])
    start, end = min(stroke.start for stroke in level), max(stroke.end for stroke in level)
    same = [t for t in before if abs(t.left - start) <= _REACH and abs(t.right - end) <= _REACH]
    upright, block = inferred_strokes(level, ys, glyphs, same[-1].block if same else [])
    xs = _middles([stroke.at for stroke in upright])
    boxes = _boxes(xs, ys, level, upright)
    return PageTable(number, start, end, ys[0], ys[-1], len(ys) - 1, boxes, [], block)


def _middles(positions: Sequence[float]) -> list[float]:
    return [sum(group) / len(group) for group in clusters(positions, positions)]


class _Regions:
    """Which fields of the net of all edges belong together, because nothing is drawn between them."""

    def __init__(
        self, xs: Sequence[float], ys: Sequence[float], level: Sequence[Stroke], upright: Sequence[Stroke]
    ) -> None:
        self.columns, self.rows = len(xs) - 1, len(ys) - 1
        upright_at, level_at = _by_edge(upright, xs), _by_edge(level, ys)
        self.right_open = {
            (row, column)
            for column in range(self.columns - 1)
            for row in range(self.rows)
            if not _drawn(upright_at[column + 1], ys[row], ys[row + 1])
        }
        self.below_open = {
            (row, column)
            for row in range(self.rows - 1)
            for column in range(self.columns)
            if not _drawn(level_at[row + 1], xs[column], xs[column + 1])
        }

    def rectangles(self) -> Iterator[tuple[int, int, int, int]]:
        """First and last column, first and last row of each cell."""
        open_above: dict[tuple[int, int], int] = {}
        for row in range(self.rows):
            runs = self._runs(row)
            going_on: dict[tuple[int, int], int] = {}
            for first, last in runs:
                joins = all((row - 1, column) in self.below_open for column in range(first, last + 1))
                joins = joins and (first, last) in open_above
                going_on[first, last] = open_above.pop((first, last)) if joins else row
            for (first, last), top in open_above.items():
                yield first, last, top, row - 1
            open_above = going_on
        for (first, last), top in open_above.items():
            yield first, last, top, self.rows - 1

    def _runs(self, row: int) -> list[tuple[int, int]]:
        runs = []
        first = 0
        for column in range(self.columns):
            if (row, column) not in self.right_open:
                runs.append((first, column))
                first = column + 1
        return runs


def _by_edge(strokes: Sequence[Stroke], edges: Sequence[float]) -> list[list[Stroke]]:
    """The strokes of each edge: every one belongs to the nearest."""
    found: list[list[Stroke]] = [[] for _ in edges]
    for stroke in strokes:
        found[nearest(edges, stroke.at)].append(stroke)
    return found


def _drawn(strokes: Sequence[Stroke], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, stroke.end) - max(start, stroke.start)) for stroke in strokes)
    return covered >= _COVERED * (end - start)


def _fill(table: PageTable, glyphs: Sequence[Glyph], *, ruled: bool) -> list[Glyph]:
    """Puts each glyph into its box; returns those outside of the table."""
    outside = []
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        # Signs at a line's end may hang over the edge of their cell: their left side tells where they belong.
        x, y = glyph.left + (glyph.right - glyph.left) / 4, glyph.middle
        if not (table.left <= x <= table.right and table.top <= y <= table.bottom):
            outside.append(glyph)
            continue
        for number, box in enumerate(table.boxes):
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                inside.setdefault(number, []).append(glyph)
                break
    boxes = []
    for number, box in enumerate(table.boxes):
        boxes += _cut_at_gaps(box, inside.get(number, []), () if ruled else table.edges)
    table.boxes = boxes
    return outside


def _cut_at_gaps(box: Box, glyphs: list[Glyph], edges: Sequence[float]) -> list[Box]:
    """The box with its lines; several where columns meet inside of it and no line was drawn."""
    cuts = parted(glyphs, box.left, box.right, edges)
    if cuts and len(cuts) >= _UNDRAWN:
        # So many texts side by side: no line of this row was drawn, empty cells are cells of their own too.
        cuts = parted(glyphs, box.left, box.right, edges, all_edges=True)
    pieces = []
    for left, right in pairwise([box.left, *cuts, box.right]):
        own = [g for g in glyphs if left <= (g.left + g.right) / 2 < right or right == box.right]
        piece = Box(left, right, box.top, box.bottom, box.row, box.rows, lines_of(own))
        glyphs = [g for g in glyphs if g not in own]
        pieces.append(piece)
    return pieces
