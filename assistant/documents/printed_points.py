"""Points that a form prints beside its indicators: blocks of other rows, subtotals, headings with points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.documents.celltext import one_line, unwrapped
from assistant.documents.columns import EXTRA, SECTION, Columns, Line
from assistant.documents.grid import Cell
from assistant.documents.kept import Kept
from assistant.documents.labels import half_width, is_numbered_goal, label_before_colon
from assistant.documents.row_cells import is_points, points_in
from assistant.documents.scored_block import scored_row
from assistant.form.model import Indicator, OtherScore, RowSum, Total


class _Heading(NamedTuple):
    """A label with the points of the rows below it, the first of which is ``first``."""

    label: str
    points: str
    first: int


@dataclass(slots=True)
class PrintedPoints(Kept):
    """Collects them while the rows are read, with the indicators that they are about."""

    indicators: list[Indicator] = field(default_factory=list)
    indicator_header: Columns | None = None
    other_scores: list[OtherScore] = field(default_factory=list)
    row_sums: list[RowSum] = field(default_factory=list)
    heading: _Heading | None = None
    totalled: int = 0
    """Indicators above the row that was read as 总分."""

    def add_other_score(self, header: Columns, line: Line) -> bool:
        """A row with points under the ``header`` of a block that is none of the form's; False for others."""
        row = scored_row(header, line)
        if row is None:
            return False
        self.other_scores.append(row.score)
        for name, cell in row.cells.items():
            self.note_place("weights", len(self.other_scores), name, line, cell)
        for title, text in row.texts:
            self.keep(f"{row.score.name}“{title}”" if title else row.score.name, text)
        return True

    def add_subtotal(self, line: Line) -> None:
        """A row that adds up some of those above it; one without points of its own is kept as text."""
        points: dict[str, list[Cell]] = {}
        others: list[Cell] = []
        for column, cell in self.indicator_header.assign(line) if self.indicator_header else ():
            if cell.covered or not cell.text.strip():
                continue
            is_one = column.role in ("weight", "score") and is_points(cell.text)
            (points.setdefault(column.role, []) if is_one else others).append(cell)
        doubtful = any(len(cells) > 1 for cells in points.values()) or any(is_points(c.text) for c in others)
        label = "".join(one_line(cell.text) for cell in others)
        values = {role: unwrapped(cells[0].text) for role, cells in points.items()}
        values = {"weight": points_in(label), **values}
        rows = len(self.indicators)
        if doubtful or not rows or not any(values.values()):
            self.keep_line(line)
            return
        before = next((seen for seen in reversed(self.row_sums) if seen.below), None)
        # A sum begins below the last one, or where that began if it stands right below it.
        first = 1 if before is None else before.last + 1 if before.last < rows else before.first
        self.row_sums.append(RowSum(label=label, **values, first=first, last=rows, below=True))

    def keep_sum(self, total: Total) -> None:
        """Keeps 合计 of the indicators (90), read as 总分, where the 总分 (100) follows it."""
        points = {"weight": total.weight, "score": total.score}
        if self.totalled and any(text.strip() for text in points.values()):
            self.row_sums.append(RowSum(label="合计", **points, first=1, last=self.totalled, below=True))
            self.keep("合计", total.note)
        self.totalled = len(self.indicators)

    def head_rows(self, text: str) -> bool:
        """A label over the rows that follow; False where it has no points.

        One printed again, as on a new page, goes on; that of another goal ends the one before.
        """
        label = one_line(text)
        points = points_in(label_before_colon(label)) or points_in(label)
        if self.heading is not None and half_width(self.heading.label) == half_width(label):
            return True
        if points or is_numbered_goal(label_before_colon(label)):
            self.end_heading()
        if points:
            self.heading = _Heading(label, points, len(self.indicators) + 1)
        return bool(points)

    def head_rows_beside(self, line: Line) -> None:
        """The same for the label left of the indicators' header."""
        for column, cell in self.indicator_header.assign(line) if self.indicator_header else ():
            if column.role not in (SECTION, EXTRA):
                return
            if not cell.covered:
                self.head_rows(cell.text)

    def label_beside(self, line: Line, cell: Cell) -> None:
        """A cell left of the indicators."""
        if not self.head_rows(cell.text):
            self.keep_unless_label(line, cell)

    def goal_above(self, line: Line) -> str | None:
        """The goal that stands in a row of its own: 年度目标1：改造操场（40分）; None for other rows."""
        text = one_line(line.own[0].text) if len(line.own) == 1 else ""
        label = label_before_colon(text)
        columns = self.indicator_header.columns if self.indicator_header else ()
        if not is_numbered_goal(label) or line.own[0].width < len(columns) - 1:
            return None
        self.head_rows(text)
        return text[len(label) + 1 :].strip()

    def end_heading(self) -> None:
        """Ends the rows below the last heading with the last row read."""
        at, self.heading = self.heading, None
        rows = len(self.indicators)
        if at is not None and at.first <= rows:
            self.row_sums.append(RowSum(label=at.label, weight=at.points, first=at.first, last=rows))
