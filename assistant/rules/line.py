"""An indicator row as the rules see it, with what several of them ask of it computed once."""

from __future__ import annotations

from decimal import Decimal

from assistant.form.record import record
from assistant.form.value import Direction, Value
from assistant.rules import signs
from assistant.rules.levels import FirstLevel, first_level, stem_of
from assistant.rules.reading import ReadRow, RowCells
from assistant.rules.reasons import reason_of
from assistant.rules.score import IndicatorScore


@record
class Line:
    """An indicator row with all that is known of it: the cells, the values as read, the score.

    ``reached``: the actual's number in the target's unit, see ``ReadRow``.
    ``wanted_sign``: the sign that the target should have, ``""`` where its own will do; see ``signs``.
    ``invites_spending``: a cost with ≥: the more is spent, the better it scores.
    ``level``, ``stem``: the first level and the stem of the second, see ``levels``.
    ``reason``: the explanation as normal text, ``""`` where it says that there is none, see ``reasons``.
    """

    number: int
    cells: RowCells
    target: Value
    actual: Value
    direction: Direction
    score: IndicatorScore
    reached: Decimal | None
    wanted_sign: str
    invites_spending: bool
    level: FirstLevel | None
    stem: str
    reason: str

    @property
    def is_backwards(self) -> bool:
        """Whether the sign itself is the fault, so that missing the target proves nothing."""
        return self.wanted_sign != "" or self.invites_spending


def line_of(row: ReadRow, score: IndicatorScore) -> Line:
    """A row with its score, which knows its number."""
    cells, target = row.cells, row.target
    return Line(
        number=score.row,
        cells=cells,
        target=target,
        actual=row.actual,
        direction=row.direction,
        score=score,
        reached=row.reached,
        wanted_sign=signs.wanted_sign(cells, target),
        invites_spending=signs.invites_spending(cells, target),
        level=first_level(cells),
        stem=stem_of(cells.level2),
        reason=reason_of(cells.explanation),
    )
