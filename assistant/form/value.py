"""Reads 年度指标值 and 实际完成值: sign, number, unit, range, date, wording, narrative.

The grammar is that of `design` notes on real forms: whatever people print must be read, and the raw text kept.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.form.model import Frozen


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


class Value(Frozen):
    """A cell as read.

    ``number``: the quantity as printed (in ``unit``), or a range's lower end; None unless quantitative or range.
    ``upper``: a range's upper end, else None.  ``unit``: as printed; ``unit_norm``: its standard form (万 → 万元).
    ``date``: ISO text as exact as printed (``2021``, ``2021-06``, ``2021-12-31``; ``12-31`` without a year), else "".
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


def read_target(text: str, *, name: str = "", level2: str = "") -> Value:
    """A 年度指标值 as a Value; ``name`` and ``level2`` decide where the cell alone is ambiguous."""
    raise NotImplementedError


def read_actual(text: str, target: Value) -> Value:
    """A 实际完成值 as a Value; of several numbers in a narrative the one in the target's unit is meant."""
    raise NotImplementedError


def direction(target: Value, *, name: str = "", level2: str = "") -> Direction:
    """How ``target`` is to be met; without a sign, costs and rates of bad events read as ≤, the rest as ≥."""
    raise NotImplementedError


def in_unit_of(value: Value, other: Value) -> Decimal | None:
    """``value.number`` converted exactly into ``other``'s unit (元/万元/亿元, …); None where units do not compare.

    A missing unit on either side counts as the other's unit.
    """
    raise NotImplementedError
