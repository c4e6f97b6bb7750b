"""How an indicator row came out against its target, and how that is said."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from assistant.form.rounding import half_up, plain
from assistant.form.units import MEASURES, is_money
from assistant.form.value import Direction, Kind, Sign
from assistant.form.value_words import is_bad_event, is_cost
from assistant.rules.line import Line
from assistant.rules.profile import Profile

# Asked of every row, see ``value_types``.
_EMPTY, _QUANTITATIVE = Kind.EMPTY, Kind.QUANTITATIVE
_DATE, _QUALITATIVE, _RANGE = Direction.DATE, Direction.QUALITATIVE, Direction.RANGE
_EQUAL, _LOWER, _UPWARDS = Direction.EQUAL, Direction.LOWER, (Direction.HIGHER, Direction.EQUAL)
_EXACTLY = Sign.EQ


class Deviation(StrEnum):
    """SAME: exactly the target. BETTER: met, not exactly. OVER: so far beyond that it calls for a reason."""

    UNKNOWN = "unknown"
    SAME = "same"
    BETTER = "better"
    OVER = "over"
    MISSED = "missed"


def deviation(line: Line, profile: Profile) -> Deviation:
    """How ``line`` came out; ``profile`` says from which ratio on over-achievement calls for a reason.

    OVER is also a value above an "=" target (other than 0), one outside a range that does not fall short,
    and a cost of which nothing was spent.
    """
    if line.target.kind is _EMPTY or line.actual.kind is _EMPTY:
        return Deviation.UNKNOWN
    if line.direction is _DATE:
        return _by_verdict(line, same=line.target.date == line.actual.date)
    if line.direction is _QUALITATIVE:
        return _by_verdict(line, same=line.target.wording == line.actual.wording)
    actual = line.reached
    if actual is None or line.target.number is None or line.actual.kind is not _QUANTITATIVE:
        return Deviation.UNKNOWN
    if line.direction is _RANGE:
        return _by_range(line, actual)
    if line.score.met is False or (line.direction is _EQUAL and actual < line.target.number):
        return Deviation.OVER if _above_equal(line, actual) else Deviation.MISSED
    if actual == line.target.number:
        return Deviation.SAME
    return Deviation.OVER if _is_over(line, actual, profile) else Deviation.BETTER


def within_range(line: Line, actual: Decimal) -> bool:
    """True where ``actual``, in the target's unit, lies inside the target's range."""
    low, high = line.target.number, line.target.upper
    return low is not None and high is not None and low <= actual <= high


def _by_range(line: Line, actual: Decimal) -> Deviation:
    if within_range(line, actual):
        return Deviation.SAME
    return Deviation.MISSED if _falls_short(line, actual) else Deviation.OVER


def _falls_short(line: Line, actual: Decimal) -> bool:
    """True below a range of something to be reached; fewer days, costs or bad events are no shortfall."""
    low, unit = line.target.number, line.target.unit_norm
    if (
        low is None
        or actual >= low
        or is_money(unit)
        or is_cost(line.cells.level1 + line.cells.level2, line.cells.name)
    ):
        return False
    return (
        MEASURES.get(unit, ("",))[0] not in ("time", "months")
        and unit != "工作日"
        and not is_bad_event(line.cells.name)
    )


def is_money_cost(line: Line) -> bool:
    """True for a row that states an amount of money spent: 成本 as its level, in 元, not per piece."""
    cells, unit = line.cells, line.target.unit_norm
    return ("成本" in cells.level1 or "成本" in cells.level2) and is_money(unit) and "/" not in unit


def short(line: Line) -> Decimal | None:
    """By how much a target to be reached was missed, in its unit; None where it was not."""
    actual, target = line.reached, line.target.number
    if actual is None or target is None or line.direction not in _UPWARDS:
        return None
    return target - actual if actual < target else None


def ratio_shown(line: Line) -> str:
    """``44 ÷ 50 = 88.00%``, for a range its ends; ``""`` where there is no ratio to show."""
    actual, target = line.reached, line.target.number
    if actual is None or target is None:
        return ""
    if line.target.upper is not None:
        return f"{plain(actual)} 不在 {plain(target)}～{plain(line.target.upper)} 之内"
    if target == 0:
        return f"目标 0，实际 {plain(actual)}"
    return f"{plain(actual)} ÷ {plain(target)} = {percent(actual / target)}"


def percent(fraction: Decimal) -> str:
    """A fraction as a percentage with two decimals: ``0.88`` is ``88.00%``."""
    return f"{half_up(fraction * 100, 2)}%"


def _by_verdict(line: Line, *, same: bool) -> Deviation:
    dated = line.direction is _DATE
    if line.score.met is False and (dated or line.actual.kind in (line.target.kind, Kind.TEXT)):
        return Deviation.MISSED
    if line.actual.kind is not line.target.kind:
        return Deviation.UNKNOWN
    if same:
        return Deviation.SAME
    return Deviation.BETTER if line.score.met else Deviation.UNKNOWN


def _above_equal(line: Line, actual: Decimal) -> bool:
    target = line.target.number
    return line.direction is _EQUAL and target is not None and actual > target > 0


def _is_over(line: Line, actual: Decimal, profile: Profile) -> bool:
    target = line.target.number or Decimal(0)
    if line.direction is _LOWER:
        return actual == 0 and target > 0 and is_money_cost(line)
    if line.target.sign is _EXACTLY:
        return actual > target
    if target == 0:
        return profile.over_limit_zero.value is not None and actual >= profile.over_limit_zero.value
    return profile.over_limit.value is not None and actual >= profile.over_limit.value * target
