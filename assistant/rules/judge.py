"""Whether an actual meets its target, and by what ratio; no points here."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal

from assistant.form.dates import date_bounds
from assistant.form.numerals import normal
from assistant.form.record import record
from assistant.form.recurring import is_kept
from assistant.form.rounding import plain
from assistant.form.value import Direction, Kind, Sign, Value, converted
from assistant.form.value_words import Claim, claim_of, claims_none, find_phrase, is_unfinished
from assistant.rules.reading import ReadRow

_WORDS = re.compile("[^0-9A-Za-z一-龥%]")
_HAPPENED = re.compile(
    r"^(?:全年|年内|共|已)?(?:发生|出现|有|收到|接到|存在)?了?[1-9]\d*(?:[起次件例人户宗个]|$)"
)
_NEXT_YEAR = re.compile("次年|翌年|下一?年")
_ANY_YEAR = 2001
# Asked of every row, see ``value_types``.
_EMPTY, _TEXT, _WORDED = Kind.EMPTY, Kind.TEXT, Kind.QUALITATIVE
_HIGHER, _LOWER, _RANGE = Direction.HIGHER, Direction.LOWER, Direction.RANGE
_DATE, _QUALITATIVE = Direction.DATE, Direction.QUALITATIVE
_AT_MOST, _AT_LEAST = (Sign.LE, Sign.LT), (Sign.GE, Sign.GT)
_NONE = Decimal(0)


@record
class Outcome:
    """``target`` and ``actual`` in the target's unit; None where there is no single number.

    Outside of a range ``target`` is its nearer end.

    ``completion``: actual ÷ target (target ÷ actual where lower is better), None where that is no ratio.
    ``met`` None: undecided, ``reason`` says why in Chinese. ``claim``: what a qualitative actual claims.
    """

    met: bool | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    completion: Decimal | None = None
    reason: str = ""
    claim: Claim | None = None


def outcome(row: ReadRow, year: int | None = None) -> Outcome:
    """How the actual of a row answers its target; ``year`` of the form stands in where a date has none."""
    target, actual, direction = row.target, row.actual, row.direction
    if missing := _missing(target, actual):
        return Outcome(reason=missing)
    if direction is _DATE:
        return _date(target, actual, year)
    if direction is _QUALITATIVE:
        return _qualitative(target, actual)
    return _quantitative(row)


def _missing(target: Value, actual: Value) -> str:
    if target.kind is _EMPTY:
        return "年度指标值未填，无法计分"
    if target.kind is _TEXT:
        return f"年度指标值“{_cut(target.raw)}”不能用来计分"
    return "实际完成值未填，无法计分" if actual.kind is _EMPTY else ""


def doubtful_date(target: Value, actual: Value, year: int | None) -> str:
    """Why two dates prove nothing about being in time, in Chinese; ``""`` where they do.

    A day that no calendar has, or a target of an earlier year than the form's while the actual is not.
    """
    for value in (target, actual):
        bounds = date_bounds(value.date, year or _ANY_YEAR)
        if bounds and not _exists(bounds[1]):
            return f"日期“{_cut(value.raw)}”不存在，无法判断是否按时"
    due, done = date_bounds(target.date), date_bounds(actual.date)
    if year is not None and due and due[1][0] < year and (done is None or done[0][0] >= year):
        return f"目标日期“{_cut(target.raw)}”早于本表年度，无法判断是否按时"
    return ""


def _exists(day: tuple[int, int, int]) -> bool:
    year, month, number = day
    return 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]


def _date(target: Value, actual: Value, year: int | None) -> Outcome:
    if actual.kind is not Kind.DATE and is_unfinished(normal(actual.raw)):
        return Outcome(met=False, reason=f"完成值“{_cut(actual.raw)}”说明没有按时完成", claim=Claim.MISSED)
    if actual.kind is not Kind.DATE:
        claim = claim_of(normal(actual.raw)) if actual.kind in (Kind.TEXT, Kind.QUALITATIVE) else None
        return Outcome(
            reason=f"目标是日期，完成值“{_cut(actual.raw)}”不是日期，无法判断是否按时", claim=claim
        )
    if year is not None and _NEXT_YEAR.search(target.raw):
        year += 1
    due = date_bounds(target.date, year)
    if due is None and date_bounds(actual.date) is None:
        due = date_bounds(target.date, _ANY_YEAR)
    done = date_bounds(actual.date, due[1][0] if due else None)
    if doubt := doubtful_date(target, actual, year):
        return Outcome(reason=doubt)
    if due is None or done is None:
        return Outcome(reason="目标日期没有写年份，无法判断是否按时")
    if done[1] <= due[1]:
        return Outcome(met=True)
    if done[0] > due[1] and actual.sign is not Sign.BEFORE:
        return Outcome(met=False, reason=f"完成日期“{_cut(actual.raw)}”晚于目标“{_cut(target.raw)}”")
    return Outcome(reason=f"完成日期“{_cut(actual.raw)}”不够具体，无法判断是否按时")


def _qualitative(target: Value, actual: Value) -> Outcome:
    if _same_wording(target, actual) or (claims_none(normal(target.raw)) and _is_none(actual)):
        return Outcome(met=True, claim=Claim.ACHIEVED)
    if claims_none(normal(target.raw)) and _HAPPENED.search(normal(actual.raw)):
        reason = f"目标是“{_cut(target.raw)}”，完成值“{_cut(actual.raw)}”，没有达到"
        return Outcome(met=False, reason=reason, claim=Claim.MISSED)
    if (kept := is_kept(target.raw, actual.raw)) is not None:
        late = f"完成值“{_cut(actual.raw)}”晚于目标“{_cut(target.raw)}”"
        return Outcome(met=kept, reason="" if kept else late, claim=Claim.ACHIEVED if kept else None)
    differs = f"完成值“{_cut(actual.raw)}”没有回答目标“{_cut(target.wording)}”，无法认定是否达成"
    if actual.kind is Kind.QUALITATIVE:
        claim = claim_of(normal(actual.wording))
        met = {Claim.ACHIEVED: True, Claim.PARTLY: False, Claim.MISSED: False}.get(claim) if claim else None
        positive = claim is None and find_phrase(normal(actual.wording)) != ""
        return Outcome(met=met, reason=differs, claim=Claim.ACHIEVED if positive else claim)
    full = actual.unit_norm == "%" and actual.number is not None and actual.number >= 100
    return Outcome(reason=differs, claim=Claim.ACHIEVED if full else None)


def _same_wording(target: Value, actual: Value) -> bool:
    if actual.kind is not _WORDED:
        return False
    wanted, given = (_WORDS.sub("", normal(value.wording)) for value in (target, actual))
    return wanted == given != ""


def _is_none(actual: Value) -> bool:
    return actual.number == 0 or claims_none(normal(actual.raw))


def _quantitative(row: ReadRow) -> Outcome:
    target, actual, direction = row.target, row.actual, row.direction
    if target.number is None or actual.number is None:
        return Outcome(reason=f"完成值“{_cut(actual.raw)}”没有给出可以比较的数")
    number = row.reached
    if number is None:
        return Outcome(reason=f"目标的单位“{target.unit}”与完成值的单位“{actual.unit}”不能换算")
    low, high = _interval(actual, target, number)
    if direction is _RANGE:
        return _in_range(target, low, high, number)
    met = _verdict(target.number, low, high, direction)
    single = number if actual.upper is None else None
    return Outcome(
        met=met,
        target=target.number,
        actual=single,
        completion=_completion(target.number, single, direction),
        reason=""
        if met is not None
        else f"完成值“{_cut(actual.raw)}”是一个范围，不是实际数，无法判断是否达到",
    )


def _interval(actual: Value, target: Value, number: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that an actual can mean; None where its bound leaves that open."""
    if actual.upper is not None:
        return number, converted(actual.upper, actual, target)
    low = None if actual.sign in _AT_MOST else number
    high = None if actual.sign in _AT_LEAST else number
    return low, high


def _in_range(target: Value, low: Decimal | None, high: Decimal | None, number: Decimal) -> Outcome:
    if target.number is None or target.upper is None:
        return Outcome(reason="目标的范围读不出来")
    if low is not None and high is not None and target.number <= low and high <= target.upper:
        return Outcome(met=True, actual=number)
    outside = (low is not None and low > target.upper) or (high is not None and high < target.number)
    end = target.upper if number > target.upper else target.number
    shown = f"{plain(target.number)}～{plain(target.upper)}{target.unit}"
    return Outcome(
        met=False if outside else None,
        target=end if outside else None,
        actual=number,
        reason=f"完成值{plain(number)}{target.unit}不在目标范围 {shown} 之内"
        if outside
        else "完成值的范围与目标的范围部分重叠，无法判断是否达到",
    )


def _verdict(target: Decimal, low: Decimal | None, high: Decimal | None, direction: Direction) -> bool | None:
    below = high is not None and high < target
    above = low is not None and low > target
    if direction is _HIGHER:
        return True if low is not None and low >= target else False if below else None
    if direction is _LOWER:
        return True if high is not None and high <= target else False if above else None
    return False if above or below else True if low == high == target else None


def _completion(target: Decimal, actual: Decimal | None, direction: Direction) -> Decimal | None:
    if actual is None:
        return None
    if direction is _LOWER:
        return target / actual if actual > _NONE and target >= _NONE else None
    return actual / target if target > _NONE else None


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:19] + "…"
