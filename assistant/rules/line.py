"""An indicator row as the rules see it, with what several of them ask of it computed once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.form.model import Indicator
from assistant.form.value import Direction, Value, in_unit_of
from assistant.rules import signs
from assistant.rules.score import IndicatorScore


@dataclass(frozen=True)
class ReadRow:
    """An indicator row with its values read once for all rules."""

    number: int
    target: Value
    actual: Value
    direction: Direction


@dataclass(frozen=True)
class Line:
    """An indicator row with all that is known of it: the cells, the values as read, the score."""

    number: int
    cells: Indicator
    target: Value
    actual: Value
    direction: Direction
    score: IndicatorScore

    @cached_property
    def reached(self) -> Decimal | None:
        """The actual's number in the target's unit; None where it has none, or the units do not compare."""
        return in_unit_of(self.actual, self.target)

    @cached_property
    def wanted_sign(self) -> str:
        """The sign that the target should have, ``""`` where its own will do; see ``signs``."""
        return signs.wanted_sign(self.cells, self.target)

    @property
    def invites_spending(self) -> bool:
        """Whether this is a cost with ≥: the more is spent, the better it scores."""
        return signs.invites_spending(self.cells, self.target)

    @property
    def is_backwards(self) -> bool:
        """Whether the sign itself is the fault, so that missing the target proves nothing."""
        return self.wanted_sign != "" or self.invites_spending
