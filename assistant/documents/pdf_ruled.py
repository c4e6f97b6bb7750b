"""Tables of a PDF page that are ruled by rows only: upright lines inferred from where no text stands.

Each block of rows under a header has columns of its own; rows of labels and values have none. A line that
does not go over the whole width tells the edge of a cell that reaches down.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.documents.labels import field_of, fund_role, goal_like, indicator_role
from assistant.documents.pdf_gaps import Span, column_gaps, crossed, spans_of
from assistant.documents.pdf_page import Glyph, Stroke, lines_of

_LEAST_LINES = 4
_SAME_END = 6.0
_LEAST_SHARE = 0.4
"""Part of a table's width that a line which stops at merged cells still takes."""
_HEADER_NAMES = 3

Spans = list[Span]
_ROOM = 2.0
_NEAR = 0.25
"""Cells that their text fills leave less than a character between each other."""


def ruled_tables(lonely: Sequence[Stroke], widths: Sequence[Span] = ()) -> list[list[Stroke]]:
    """Level strokes one below the other that share an end: tables that are ruled by rows only.

    ``widths``: the sides of tables on the page before, of which a few rows may be left.
    """
    groups: list[list[Stroke]] = []
    for stroke in sorted(lonely, key=lambda stroke: stroke.at):
        for group in groups:
            if _belongs(stroke, group):
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) >= (2 if _goes_on(group, widths) else _LEAST_LINES)]


def _goes_on(group: Sequence[Stroke], widths: Sequence[Span]) -> bool:
    start, end = min(s.start for s in group), max(s.end for s in group)
    return any(abs(start - left) <= _SAME_END and abs(end - right) <= _SAME_END for left, right in widths)


def _belongs(stroke: Stroke, group: Sequence[Stroke]) -> bool:
    start, end = min(s.start for s in group), max(s.end for s in group)
    same_start, same_end = abs(start - stroke.start) <= _SAME_END, abs(end - stroke.end) <= _SAME_END
    shorter, longer = sorted((end - start, stroke.end - stroke.start))
    return (same_start and same_end) or ((same_start or same_end) and shorter >= _LEAST_SHARE * longer)


def inferred_strokes(
    level: Sequence[Stroke], ys: Sequence[float], glyphs: Sequence[Glyph], earlier: Sequence[Spans]
) -> tuple[list[Stroke], list[Spans]]:
    """Upright strokes between the rows at ``ys``, and the texts of the last block of rows.

    ``earlier``: the texts of the block with which the page before ended, which the first rows may go on with.
    """
    start, end = min(stroke.start for stroke in level), max(stroke.end for stroke in level)
    rows = [_RuledRow(level, start, end, top, bottom, glyphs) for top, bottom in pairwise(ys)]
    block = list(earlier)
    cuts: list[float] = []
    upright: list[Stroke] = []
    for number, row in enumerate(rows):
        if row.is_header or row.is_goal:
            block = []
        if row.is_header or (number == 0 and block):
            own = rows[number : _block_end(rows, number)]
            block += [spans_of(r.glyphs, _NEAR) for r in own]
            fixed = sorted({edge for r in own for edge in r.fixed})
            columns = column_gaps(block, start, end, fixed)
        cuts = row.cuts(columns if block else (), cuts)
        upright += [Stroke(x, row.top, row.bottom) for x in (start, *cuts, end)]
    return upright, block


def _block_end(rows: Sequence[_RuledRow], first: int) -> int:
    """Where the rows under the header in row ``first`` end: at the next header or the goal."""
    following = range(first + 1, len(rows))
    return next((n for n in following if rows[n].is_header or rows[n].is_goal), len(rows))


class _RuledRow:
    """The texts between two level lines, and the edges that lines ending there tell."""

    def __init__(
        self,
        level: Sequence[Stroke],
        start: float,
        end: float,
        top: float,
        bottom: float,
        glyphs: Sequence[Glyph],
    ) -> None:
        self.top, self.bottom = top, bottom
        self.glyphs = [g for g in glyphs if top <= g.middle <= bottom and start <= g.left <= end]
        self.spans = spans_of(self.glyphs)
        self.printed = [(g.left, g.right) for g in self.glyphs if not g.text.isspace()]
        beside = [s for s in level if min(abs(s.at - top), abs(s.at - bottom)) <= _ROOM]
        ends = {edge for stroke in beside for edge in (stroke.start, stroke.end)}
        self.fixed = sorted(edge for edge in ends if start + _SAME_END < edge < end - _SAME_END)
        texts = [self._text(span) for span in self.spans]
        names = {indicator_role(text) or fund_role(text) for text in texts} - {""}
        self.is_header = len(names) >= _HEADER_NAMES
        self.is_goal = any(goal_like(text) for text in texts)
        self.labels = [bool(field_of(text)) for text in texts]

    def _text(self, span: Span) -> str:
        own = [g for g in self.glyphs if span[0] <= (g.left + g.right) / 2 <= span[1]]
        return "\n".join(line.text for line in lines_of(own))

    def cuts(self, columns: Sequence[float], above: Sequence[float]) -> list[float]:
        """Where this row is cut: at its block's columns where its text keeps to them, else between texts.

        ``above``: the cuts of the row above, which a row of several labels and values may share.
        """
        if not columns and len(above) > 1 and self._keeps_to(above):
            return sorted({*above, *self._missing_from(above)})
        kept = [edge for edge in columns if not crossed(self.printed, edge)]
        if (
            columns
            and 2 * len(kept) > len(columns)
            and not (len(self.spans) == 2 and len(kept) < len(columns))
        ):
            return sorted({*kept, *self._missing_from(kept)})
        return sorted({*self._between_texts(), *self._missing_from([])})

    def _keeps_to(self, edges: Sequence[float]) -> bool:
        apart = all(any(a[1] <= edge <= b[0] for edge in edges) for a, b in pairwise(self.spans))
        return len(self.spans) > 1 and apart and not any(crossed(self.spans, edge) for edge in edges)

    def _missing_from(self, edges: Sequence[float]) -> list[float]:
        return [x for x in self.fixed if not any(abs(x - edge) <= _SAME_END for edge in edges)]

    def _between_texts(self) -> list[float]:
        cuts: list[float] = []
        for number, (before, after) in enumerate(pairwise(self.spans)):
            if any(before[1] <= edge <= after[0] for edge in self.fixed):
                continue
            if self.labels[number] and self.labels[number + 1]:
                # The value of the first label is blank.
                third = (after[0] - before[1]) / 3
                cuts += [before[1] + third, after[0] - third]
            else:
                cuts.append((before[1] + after[0]) / 2)
        return cuts
