"""Columns of a PDF table whose upright lines are not drawn, or not everywhere: where no text stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.documents.pdf_page import Glyph, Stroke

_LEAST_LINES = 4
_SAME_END = 6.0
_CROSSED = 0.12
"""Part of the rows whose text may cross a column's edge: titles, labels over several columns."""
_DENSE = 0.6
_TOUCH = 0.5


def ruled_tables(lonely: Sequence[Stroke]) -> list[list[Stroke]]:
    """Level strokes of the same length, one below the other: tables that are ruled by rows only."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(lonely, key=lambda stroke: stroke.at):
        for group in groups:
            last = group[-1]
            if abs(last.start - stroke.start) <= _SAME_END and abs(last.end - stroke.end) <= _SAME_END:
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) >= _LEAST_LINES]


def column_gaps(rows: Sequence[Sequence[Glyph]], left: float, right: float) -> list[float]:
    """Where columns meet: the middles of the strips that the text of nearly no row crosses."""
    of_rows = [_spans(row) for row in rows]
    widest = max(map(len, of_rows), default=0)
    # Rows of a label and its value say nothing of the columns that the long rows have.
    dense = [spans for spans in of_rows if len(spans) >= _DENSE * widest]
    spans = [span for row in dense for span in row]
    if not spans:
        return []
    most = _CROSSED * len(dense)
    steps = sorted({left, right, *(edge for span in spans for edge in span)})
    gaps: list[float] = []
    start: float | None = None
    for low, high in pairwise(steps):
        free = sum(span[0] < high - _TOUCH and span[1] > low + _TOUCH for span in spans) <= most
        if free and start is None:
            start = low
        if start is not None and (not free or high == right):
            end = low if not free else high
            if end - start > _TOUCH * 2 and start > left and end < right:
                gaps.append((start + end) / 2)
            start = None
    return gaps


def _spans(row: Sequence[Glyph]) -> list[tuple[float, float]]:
    """The strips of a row that its text takes; what stands closer than a character belongs together."""
    spans: list[tuple[float, float]] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if glyph.text.isspace():
            continue
        if spans and glyph.left - spans[-1][1] <= 0.6 * glyph.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], glyph.right))
        else:
            spans.append((glyph.left, glyph.right))
    return spans


def parted(
    glyphs: Sequence[Glyph], left: float, right: float, edges: Sequence[float], *, all_edges: bool
) -> list[float]:
    """The edges between ``left`` and ``right`` at which a cell without a drawn line there is to be cut.

    Text stands on both sides of them and does not cross; with ``all_edges`` it need not stand on both.
    """
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    cuts = []
    start = left
    for edge in edges:
        if not left + 1 < edge < right - 1 or any(g.left + _TOUCH < edge < g.right - _TOUCH for g in printed):
            continue
        before = [g for g in printed if start <= (g.left + g.right) / 2 < edge]
        after = [g for g in printed if edge <= (g.left + g.right) / 2 <= right]
        wide = bool(before and after) and all(_gap(g, after) > 0.8 * g.size for g in before)
        if wide or (all_edges and not (before and after)):
            cuts.append(edge)
            start = edge
    return cuts


def _gap(glyph: Glyph, after: Sequence[Glyph]) -> float:
    """The room between a glyph and the next one to its right in the same line."""
    beside = [g.left - glyph.right for g in after if abs(g.middle - glyph.middle) <= 0.5 * glyph.size]
    return min(beside, default=glyph.size)
