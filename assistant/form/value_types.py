"""What a cell says, as types; see ``assistant.form.value`` for the reading.

A module that asks for a member of an enum in every row gives it a name of its own: Python 3.11 takes ten
times as long to look it up in its class.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.form.record import record


class Kind(StrEnum):
    """What a cell says. TEXT is a wording that answers nothing by itself (完成 for a date target)."""

    QUANTITATIVE = "quantitative"
    RANGE = "range"
    DATE = "date"
    QUALITATIVE = "qualitative"
    TEXT = "text"
    EMPTY = "empty"


class Sign(StrEnum):
    """The comparison printed before a value; NONE where the cell has none."""

    NONE = "none"
    GE = "≥"
    GT = ">"
    LE = "≤"
    LT = "<"
    EQ = "="
    BEFORE = "before"
    RANGE = "range"


class Direction(StrEnum):
    """How a target is to be met."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "equal"
    RANGE = "range"
    DATE = "date"
    QUALITATIVE = "qualitative"


@record
class Value:
    """A cell as read.

    ``number``: the quantity as printed (in ``unit``), or a range's lower end; else None.
    ``upper``: a range's upper end, else None.
    ``unit``: as printed; ``unit_norm``: its standard form (万元 for 万, 平方米 for m2).
    ``date``: ISO text as exact as printed (``2021``, ``2021-06``, ``2021-12-31``; without a year ``12-31``,
    or ``12`` for a month), else "".
    ``wording``: the qualitative phrase, also where a narrative contains it; "" otherwise.
    ``narrative``: True where the value was picked out of a sentence.
    """

    raw: str = ""
    kind: Kind = Kind.EMPTY
    sign: Sign = Sign.NONE
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    unit_norm: str = ""
    date: str = ""
    wording: str = ""
    narrative: bool = False
