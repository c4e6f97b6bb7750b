"""Columns of a PDF table whose upright lines are not drawn, or not everywhere: where no text stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.documents.pdf_page import Glyph

_CROSSED = 0.12
"""Part of the rows whose text may cross a column's edge: titles, labels over several columns."""
_DENSE = 0.6
_TOUCH = 0.5
_SAME_TEXT = 0.6

Span = tuple[float, float]
"""A strip that text takes, from left to right."""


def column_gaps(
    rows: Sequence[Sequence[Span]], left: float, right: float, fixed: Sequence[float] = ()
) -> list[float]:
    """Where columns meet: the middles of the strips that the text of nearly no row crosses.

    The first row is the header, whose texts cross none. ``fixed``: edges that are known, each taken in place
    of the middle of its strip.
    """
    widest = max(map(len, rows), default=0)
    # Rows of a label and its value say nothing of the columns that the long rows have.
    dense = [spans for spans in rows if len(spans) >= _DENSE * widest]
    spans = [span for row in dense for span in row]
    most = _CROSSED * len(dense)
    steps = sorted({left, right, *(edge for span in spans for edge in span)})
    gaps: list[float] = []
    start: float | None = None
    for low, high in pairwise(steps):
        # A column may be empty but for its header.
        free = _crossing(spans, low, high) <= most and not _crossing(rows[0], low, high)
        if free and start is None:
            start = low
        if start is not None and not free:
            if low - start > _TOUCH * 2 and start > left:
                known = [edge for edge in fixed if start <= edge <= low]
                gaps.append(known[0] if known else _middle(rows, start, low))
            start = None
    return _parting(gaps, dense, left, right, fixed)


def _middle(rows: Sequence[Sequence[Span]], start: float, end: float) -> float:
    """The middle of a strip, less what the texts of short rows take of it from its sides."""
    spans = [span for row in rows for span in row]
    begin = max((span[1] for span in spans if span[0] < start < span[1] < end), default=start)
    finish = min((span[0] for span in spans if start < span[0] < end < span[1]), default=end)
    return (begin + finish) / 2 if begin < finish else (start + end) / 2


def _crossing(spans: Sequence[Span], low: float, high: float) -> int:
    return sum(span[0] < high - _TOUCH and span[1] > low + _TOUCH for span in spans)


def _parting(
    gaps: list[float], rows: Sequence[Sequence[Span]], left: float, right: float, fixed: Sequence[float]
) -> list[float]:
    """The gaps with text on both sides in some row: of short and long texts in one column none has."""
    kept: list[float] = []
    for gap, following in pairwise([*gaps, right]):
        before = kept[-1] if kept else left
        middles = [[(span[0] + span[1]) / 2 for span in row] for row in rows]
        both = any(
            any(before < x < gap for x in row) and any(gap < x < following for x in row) for row in middles
        )
        if both or gap in fixed:
            kept.append(gap)
    return kept


def crossed(spans: Sequence[Span], edge: float) -> bool:
    """Whether text stands on both sides of an edge without a gap there."""
    return any(span[0] + _TOUCH < edge < span[1] - _TOUCH for span in spans)


def spans_of(row: Sequence[Glyph], room: float = _SAME_TEXT) -> list[Span]:
    """The strips of a row that its text takes; what stands closer than ``room`` characters is one."""
    spans: list[Span] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if glyph.text.isspace():
            continue
        if spans and glyph.left - spans[-1][1] <= room * glyph.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], glyph.right))
        else:
            spans.append((glyph.left, glyph.right))
    return spans


def parted(
    glyphs: Sequence[Glyph], left: float, right: float, edges: Sequence[float], *, all_edges: bool = False
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
