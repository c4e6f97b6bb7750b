"""Other practices than the profile's that explain a printed score: right points, counted otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.form.rounding import half_up
from assistant.form.value import Direction
from assistant.rules.deviation import Deviation
from assistant.rules.judge import outcome
from assistant.rules.line import Line
from assistant.rules.passages import is_explained
from assistant.rules.points import points_for
from assistant.rules.profile import Profile, Setting
from assistant.rules.rule import Case


def practice_followed(case: Case, line: Line) -> str:
    """The practice by which the printed score of ``line`` is right, in Chinese; ``""`` where there is none.

    Points that an office took off itself for far over-achievement are such a practice too: 10号 asks for it
    and gives no table.
    """
    printed, weight = line.score.printed, line.score.weight
    if printed is None or weight is None or printed > weight:
        return ""
    over = case.deviation(line) is Deviation.OVER
    if over and line.score.met and printed < weight and is_explained(case, line):
        return "超额完成较多，按偏离度适度调减"
    satisfaction = "满意" in line.cells.level1 + line.cells.level2
    if line.direction is not Direction.LOWER and not satisfaction:
        return ""
    seen = outcome(case.rows[line.number - 1], case.form.stated_year)
    for name, other in _others(case.profile):
        points, _ = points_for(seen, weight, line.direction, other, satisfaction=satisfaction)
        if points is not None and half_up(points) == half_up(printed):
            return name
    return ""


_KNOWN: dict[str, tuple[Profile, tuple[tuple[str, Profile], ...]]] = {}
"""Of each profile that was asked for last under its id."""


def _others(profile: Profile) -> tuple[tuple[str, Profile], ...]:
    """The profile with one of its rules replaced by another known practice, and its name."""
    known = _KNOWN.get(profile.id)
    if known is None or known[0] is not profile:
        known = _KNOWN[profile.id] = profile, tuple(_made_otherwise(profile))
    return known[1]


def _made_otherwise(profile: Profile) -> Iterator[tuple[str, Profile]]:
    for name, setting, value in (
        ("反向指标超出部分按比例扣分", "reverse_rule", "linear"),
        ("反向指标超出目标不得分", "reverse_rule", "all_or_nothing"),
        ("反向指标按目标值与完成值之比计分", "reverse_rule", "ratio"),
    ):
        yield name, _with(profile, setting, value)
    if profile.satisfaction_steps.value:
        yield "满意度分档计分", _with(profile, "satisfaction_rule", "steps")


def _with(profile: Profile, name: str, value: str) -> Profile:
    setting: Setting[str] = getattr(profile, name)
    return profile.model_copy(update={name: setting.model_copy(update={"value": value})})
