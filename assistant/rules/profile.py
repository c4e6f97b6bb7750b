"""Scoring profiles: dated, sourced parameters, loaded strictly from ``profiles/*.yaml``.

A profile is a practice of scoring: a region, a regulation and its date. Every number that comes from a
regulation or from practice is a ``Setting``: its value with the source, the date, and whether the source text
has been read.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Form, Frozen
from assistant.rules.regions import region_of

DEFAULT_PROFILE = "national-2020"
COST_PROFILE = "national-2021"
ASKED_FOR = "由使用者指定"
"""Why a profile was used that the form itself would not have chosen."""

Value = TypeVar("Value")
Share = Annotated[Decimal, Field(ge=0, le=1)]


def _none(value: object) -> object:
    return None if value == "~" else value


class Setting(Frozen, Generic[Value]):
    """A parameter. ``source``: regulation and clause, or where the practice was seen; ``date``: since when.

    ``verified`` is True only where the text of the source itself has been read.
    """

    value: Annotated[Value, BeforeValidator(_none)]
    source: str = Field(min_length=2)
    verified: bool
    date: datetime.date


class LevelWeights(Frozen):
    """Points per first-level indicator; ``cost`` None where 成本 is a second level of 产出."""

    cost: Decimal | None = None
    output: Decimal
    benefit: Decimal
    satisfaction: Decimal


class SecondLevels(Frozen):
    """The second-level indicators that a first level must have, by their stems (数量 for 数量指标)."""

    output: tuple[str, ...]


class Step(Frozen):
    """One step of a table: from ``start`` (a ratio, inclusive) on, ``share`` of the weight is given."""

    start: Decimal
    share: Share


class QualitativeBands(Frozen):
    """Shares of the weight: 达成 from ``achieved`` to 1, 部分达成 from ``partly`` to there, 未达成 below."""

    achieved: Share
    partly: Share


class Grades(Frozen):
    """Lowest totals of 优, 良 and 中; below is 差."""

    excellent: Decimal
    good: Decimal
    fair: Decimal


class Profile(Frozen):
    """The parameters of one scoring practice.

    ``reverse_rule`` (cost above its limit): ``ratio`` w·t÷a, ``linear`` w·(1−(a−t)÷t), ``all_or_nothing``.
    ``equal_rule`` ("=" targets): ``at_least`` as ≥, ``exact`` all or nothing, ``symmetric`` the lesser ratio.
    ``range_rule`` (outside a range): ``no_score``, or ``nearer_end`` by the ratio to the nearer end.
    ``late_rule`` (after the date): ``no_score`` or ``zero``.  ``claim_meets_date``: 完成 counts as in time.
    ``pass_threshold``: below this completion a quantity scores 0; None: no threshold.
    ``satisfaction_rule``: ``ratio`` as any quantity, ``steps`` by ``satisfaction_steps``.
    ``over_limit``: completion from which over-achievement needs a reason; None: never.
    ``over_limit_zero``: the actual from which it does where the target is 0.
    ``over_effect``: ``reason`` only, or ``deduct`` by ``over_steps``.
    ``zero_budget``: the execution score where nothing was budgeted: ``no_score`` or ``zero``.
    ``low_execution_limit``, ``budget_change_limit``: shares of the budget below, or above, which a text is
    due.
    ``first_year``: the first year of forms that the practice is about.
    ``level_weights``: None where the practice prescribes none. ``level_weights_without_cost``: those of a
    form that has no cost indicator at all; None: the same.
    ``satisfaction_under_benefit``: 满意度 may be a second level of 效益.
    ``tolerance``: a printed number may differ by less than this; ``note_tolerance``: up to this it is a note.
    ``…_limit`` of texts: most characters, None: no limit.
    ``not_checked``: clauses of the practice that no rule checks.
    """

    id: str
    name: str
    region: str
    document: str
    extends: str = ""
    not_checked: tuple[str, ...] = ()

    first_year: Setting[int]
    execution_weight: Setting[Decimal]
    total_weight: Setting[Decimal]
    level_weights: Setting[LevelWeights | None]
    level_weights_without_cost: Setting[LevelWeights | None]
    satisfaction_moves_to_benefit: Setting[bool]
    second_levels: Setting[SecondLevels]
    satisfaction_under_benefit: Setting[bool]

    execution_cap: Setting[bool]
    zero_budget: Setting[Literal["no_score", "zero"]]
    low_execution_limit: Setting[Decimal]
    budget_change_limit: Setting[Decimal]

    reverse_rule: Setting[Literal["ratio", "linear", "all_or_nothing"]]
    equal_rule: Setting[Literal["at_least", "exact", "symmetric"]]
    range_rule: Setting[Literal["no_score", "nearer_end"]]
    late_rule: Setting[Literal["no_score", "zero"]]
    claim_meets_date: Setting[bool]
    pass_threshold: Setting[Decimal | None]
    satisfaction_rule: Setting[Literal["ratio", "steps"]]
    satisfaction_steps: Setting[tuple[Step, ...]]
    qualitative_bands: Setting[QualitativeBands]
    band_start_included: Setting[bool]

    over_limit: Setting[Decimal | None]
    over_limit_zero: Setting[Decimal | None]
    over_effect: Setting[Literal["reason", "deduct"]]
    over_steps: Setting[tuple[Step, ...]]

    rounding: Setting[Literal["per_row", "sum_then_round"]]
    tolerance: Setting[Decimal]
    note_tolerance: Setting[Decimal]
    grades: Setting[Grades]

    explanation_limit: Setting[int | None]
    goal_actual_limit: Setting[int | None]
    low_execution_reason_limit: Setting[int | None]

    def weights_for(self, form: Form) -> LevelWeights | None:
        """The points per first level that the practice asks of ``form``."""
        cost = any("成本" in row.level1 + row.level2 for row in form.indicators)
        return (
            self.level_weights.value
            if cost
            else self.level_weights_without_cost.value or self.level_weights.value
        )

    @property
    def title(self) -> str:
        """Name, document and id, as every score sheet prints them."""
        return f"{self.name}，{self.document}（{self.id}）"


class _StrictLoader(yaml.BaseLoader):
    """All scalars as text; a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise DefinitionError(
                f"评分口径文件第{node.start_mark.line + 1}行起的项目重复：{'、'.join(twice)}。"
            )
        return super().construct_mapping(node, deep=deep)


def read_profile(text: str, *, parents: bool = True) -> Profile:
    """The profile that the YAML ``text`` defines. Raises DefinitionError for anything but the exact shape.

    What ``extends`` names supplies the settings that ``text`` does not have, with their own sources.
    """
    try:
        data = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - builds nothing but text, lists and mappings
    except yaml.YAMLError as error:
        raise DefinitionError(f"评分口径文件不是正确的YAML：{' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise DefinitionError("评分口径文件应为一组“项目: 内容”。")
    if parents and data.get("extends"):
        inherited = load_profile(data["extends"]).model_dump()
        data = {**inherited, "not_checked": (), **data}
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        places = [
            f"{'.'.join(str(part) for part in item['loc'])}（{item['msg']}）" for item in error.errors()
        ]
        raise DefinitionError(f"评分口径“{data.get('id', '')}”有误：{'；'.join(places)}。") from error


@cache
def profile_ids() -> tuple[str, ...]:
    """The ids of all profiles, the default first."""
    names = sorted(
        entry.name.removesuffix(".yaml")
        for entry in (resources.files(__package__) / "profiles").iterdir()
        if entry.name.endswith(".yaml")
    )
    return (DEFAULT_PROFILE, *(name for name in names if name != DEFAULT_PROFILE))


@cache
def load_profile(profile_id: str) -> Profile:
    """The profile ``profile_id``. Raises DefinitionError for an unknown id or a malformed file."""
    if profile_id not in profile_ids():
        raise DefinitionError(f"没有名为“{profile_id}”的评分口径，可用的有：{'、'.join(profile_ids())}。")
    file = resources.files(__package__) / "profiles" / f"{profile_id}.yaml"
    profile = read_profile(file.read_text(encoding="utf-8"))
    if profile.id != profile_id:
        raise DefinitionError(f"文件{profile_id}.yaml中的id写成了“{profile.id}”，两者应一致。")
    return profile


class Choice(NamedTuple):
    """The id of a profile and why it fits a form, in Chinese."""

    profile: str
    reason: str


def choose_profile(form: Form, year: int | None = None) -> Choice:
    """The profile that fits the form's year and layout when nobody chose one.

    成本 as a first level is the frame of 101号. A filled form of its years without any cost row fits it too,
    since there 成本 is set only where it applies; in the older frame it stands under 产出. ``year`` overrides
    what the form states. A province's own edition comes first, where the form can be no other.
    """
    if region := region_of(form, lambda name: load_profile(name).execution_weight.value):
        profile, reason = region
        return Choice(profile=profile, reason=f"按表式选用：{reason}")
    year = year or form.stated_year
    when = f"年度（{year}）" if year else "表式（年度不明）"
    if "成本" in "\n".join([row.level1 for row in form.indicators]):
        return Choice(profile=COST_PROFILE, reason=f"按{when}与表式选用：成本是一级指标")
    if "成本" in "\n".join([row.level2 for row in form.indicators]):
        return Choice(profile=DEFAULT_PROFILE, reason=f"按{when}与表式选用：成本指标在产出指标之下")
    if year is not None and _fits_without_cost(form, year):
        return Choice(profile=COST_PROFILE, reason=f"按{when}与表式选用：没有成本指标")
    return Choice(profile=DEFAULT_PROFILE, reason=f"按{when}与表式选用：成本没有列为一级指标")


def _fits_without_cost(form: Form, year: int) -> bool:
    """True for a filled form of the newer frame's years that has all its 产出 levels and needs no cost."""
    newer = load_profile(COST_PROFILE)
    levels = " ".join(row.level2 for row in form.indicators)
    return (
        year >= newer.first_year.value
        and all(row.actual.strip() for row in form.indicators)
        and all(level in levels for level in newer.second_levels.value.output)
    )


def profile_for(form: Form, year: int | None = None) -> Profile:
    """The profile of ``choose_profile``."""
    return load_profile(choose_profile(form, year).profile)


def profiles() -> tuple[Profile, ...]:
    """All profiles with their titles, the default first: what a person can choose from."""
    return tuple(load_profile(profile_id) for profile_id in profile_ids())
