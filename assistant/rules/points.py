"""Outcome + weight + profile -> points, with the arithmetic in words."""

from __future__ import annotations

from decimal import Decimal

from assistant.form.rounding import half_up, plain
from assistant.form.value import Direction
from assistant.form.value_words import Claim
from assistant.rules.judge import Outcome
from assistant.rules.profile import Profile, Step

Points = tuple[Decimal | None, str]
"""Unrounded points, None where no rule gives any; and the arithmetic, or the reason why not."""

_NOTHING = Decimal(0)
# Asked of every row, see ``value_types``.
_ACHIEVED = Claim.ACHIEVED
_RANGE, _LOWER, _EQUAL = Direction.RANGE, Direction.LOWER, Direction.EQUAL


def points_for(
    seen: Outcome, weight: Decimal, way: Direction, profile: Profile, *, satisfaction: bool = False
) -> Points:
    """The points of a row of ``weight`` > 0, never outside of 0 … ``weight``."""
    if seen.target is None or seen.actual is None or way is _RANGE:
        return _without_ratio(seen, weight, way, profile)
    if way is _LOWER:
        return _lower(seen, seen.target, seen.actual, weight, profile)
    if way is _EQUAL and profile.equal_rule.value != "at_least":
        return _equal(seen.target, seen.actual, weight, profile)
    return _higher(seen, weight, way, profile, satisfaction=satisfaction)


def band_of(seen: Outcome, weight: Decimal | None, profile: Profile) -> tuple[Decimal, Decimal] | None:
    """The points that the claim of a qualitative actual allows; None without claim or weight."""
    if weight is None or seen.claim is None:
        return None
    bands = profile.qualitative_bands.value
    if seen.claim is _ACHIEVED:
        return bands.achieved * weight, weight
    low, high = {
        Claim.BASIC: (bands.partly, Decimal(1)),
        Claim.PARTLY: (bands.partly, bands.achieved),
        Claim.MISSED: (_NOTHING, bands.partly),
    }[seen.claim]
    return low * weight, high * weight


def _full(weight: Decimal) -> Points:
    return weight, f"达到目标，得满分 {plain(weight)}"


def _without_ratio(seen: Outcome, weight: Decimal, way: Direction, profile: Profile) -> Points:
    """Dates, qualities, ranges and undecided rows."""
    if seen.met:
        return _full(weight)
    if seen.met is None:
        return None, seen.reason
    if way is Direction.DATE:
        late = profile.late_rule.value == "zero"
        return (
            (_NOTHING, f"{seen.reason}，得 0") if late else (None, f"{seen.reason}；逾期如何扣分没有统一规定")
        )
    if way is Direction.QUALITATIVE:
        low, high = band_of(seen, weight, profile) or (_NOTHING, weight)
        claim = seen.claim.value if seen.claim else ""
        return None, f"完成值表示“{claim}”，应在 {plain(low)}～{plain(high)} 之间据实打分"
    if profile.range_rule.value == "nearer_end" and seen.target is not None and seen.actual is not None:
        low, high = sorted((seen.target, seen.actual))
        return _ratio(weight, low, high) if high > 0 else (_NOTHING, f"{seen.reason}，得 0")
    return None, f"{seen.reason}；偏离范围如何扣分没有统一规定"


def _higher(
    seen: Outcome, weight: Decimal, way: Direction, profile: Profile, *, satisfaction: bool
) -> Points:
    target, actual = seen.target or _NOTHING, seen.actual or _NOTHING
    if way is _EQUAL and target == 0:
        return _full(weight) if actual <= 0 else (_NOTHING, f"目标为 0，实际 {_shown(actual)}，得 0")
    reached = seen.met or (way is _EQUAL and actual >= target)
    if satisfaction and profile.satisfaction_rule.value == "steps" and seen.met is not None:
        return _stepped(actual, weight, profile.satisfaction_steps.value)
    if reached:
        return _over(seen, weight, profile)
    if seen.met is None:
        return None, seen.reason
    if target <= 0:
        return None, f"目标 {_shown(target)} 不大于 0，不能按比例计分"
    threshold = profile.pass_threshold.value
    if threshold is not None and actual / target < threshold:
        share = plain(actual / target * 100, 2)
        return _NOTHING, f"完成 {share}%，低于及格门槛 {plain(threshold * 100)}%，得 0"
    return _ratio(weight, actual, target)


def _ratio(weight: Decimal, part: Decimal, whole: Decimal) -> Points:
    points = min(weight, max(_NOTHING, weight * part / whole))
    note = "，不低于 0" if part < 0 else ""
    return points, f"{plain(weight)} × {_shown(part)} ÷ {_shown(whole)} = {plain(points, 2)}{note}"


def _over(seen: Outcome, weight: Decimal, profile: Profile) -> Points:
    """Full points, or what the profile's table leaves of them for far over-achievement."""
    if profile.over_effect.value == "reason":
        return _full(weight)
    steps = [step for step in profile.over_steps.value if (seen.completion or _NOTHING) >= step.start]
    if not steps:
        return _full(weight)
    share = max(steps, key=lambda step: step.start).share
    done = plain((seen.completion or _NOTHING) * 100, 2)
    points = weight * share
    return points, f"完成 {done}%，超额部分按口径计：{plain(weight)} × {plain(share)} = {plain(points, 2)}"


def _stepped(actual: Decimal, weight: Decimal, steps: tuple[Step, ...]) -> Points:
    """满意度 by bands of the actual percentage."""
    reached = [step for step in steps if actual >= step.start * 100]
    share = max(reached, key=lambda step: step.start).share if reached else _NOTHING
    return (
        weight * share,
        f"满意度 {_shown(actual)}%，按分档 {plain(weight)} × {plain(share)} = {plain(weight * share, 2)}",
    )


def _lower(seen: Outcome, target: Decimal, actual: Decimal, weight: Decimal, profile: Profile) -> Points:
    if seen.met:
        return _full(weight)
    if seen.met is None:
        return None, seen.reason
    if target <= 0:
        return _NOTHING, f"目标为 {_shown(target)}，实际 {_shown(actual)}，得 0"
    rule = profile.reverse_rule.value
    if rule == "all_or_nothing":
        return _NOTHING, f"实际 {_shown(actual)} 超过目标 {_shown(target)}，得 0"
    if rule == "ratio":
        return _ratio(weight, target, actual)
    points = max(_NOTHING, weight * (1 - (actual - target) / target))
    shown = f"({_shown(actual)} − {_shown(target)}) ÷ {_shown(target)}"
    return points, f"{plain(weight)} × (1 − {shown}) = {plain(points, 2)}"


def _equal(target: Decimal, actual: Decimal, weight: Decimal, profile: Profile) -> Points:
    if actual == target:
        return _full(weight)
    if profile.equal_rule.value == "exact" or min(actual, target) <= 0:
        return _NOTHING, f"实际 {_shown(actual)} 不等于目标 {_shown(target)}，得 0"
    return _ratio(weight, min(actual, target), max(actual, target))


def _shown(number: Decimal) -> str:
    """At most six decimals, so that a converted amount stays readable."""
    return plain(number) if number == half_up(number, 6) else plain(number, 6)
