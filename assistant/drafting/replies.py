"""What a model may answer: small flat schemas with ids of evidence, no copied evidence, no computed number.

The descriptions are part of what the model is told, hence Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model

TargetSign = Literal["≥", "≤", "=", ""]
"""The signs that a target may carry; ``""`` for a date to be met and for a wording."""

Place = Literal[
    "project_name",
    "unit",
    "department",
    "year",
    "goal_expected",
    "goal_actual",
    "budget_initial",
    "budget",
    "executed",
    "target",
    "actual",
    "cause",
    "measure",
]
"""Where a stated fact belongs: a cell of the header, the goal or the funds, or of an indicator's row."""


class Reply(BaseModel):
    """Base of the replies: unknown keys are errors; a number where text is due is taken as that text."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


EvidenceIds = Annotated[tuple[str, ...], Field(description="依据的资料编号，只能从所给资料中选；没有就留空")]


class TargetReply(Reply):
    """A proposed 年度指标值 for one row: ``sign value unit`` for a quantity or date, else ``wording``."""

    row: int = Field(description="指标的行号")
    sign: TargetSign = Field(description="符号；日期和定性指标留空")
    value: str = Field(description="只写数值，或“某年某月某日前”；定性指标留空")
    unit: str = Field(description="计量单位；日期和定性指标留空")
    wording: str = Field(description="定性指标的表述；定量指标留空")
    reason: str = Field(description="一句话说明为什么这样定")
    evidence_ids: EvidenceIds


class TargetsReply(Reply):
    """Targets for several rows in one call."""

    targets: tuple[TargetReply, ...] = Field(description="每个待定指标一项")


class ExplanationReply(Reply):
    """偏差原因分析及改进措施 of one row, cause and measure apart."""

    row: int = Field(description="指标的行号")
    cause: str = Field(description="偏差原因，一至两句")
    measure: str = Field(description="改进措施，一至两句")
    evidence_ids: EvidenceIds


class IndicatorReply(Reply):
    """One proposed indicator."""

    level1: str = Field(description="一级指标")
    level2: str = Field(description="二级指标")
    name: str = Field(description="三级指标名称，不含数值")
    sign: TargetSign = Field(description="符号；日期和定性指标留空")
    value: str = Field(description="数值、“某年某月某日前”或定性表述；不知道就留空")
    unit: str = Field(description="计量单位；日期和定性指标留空")
    evidence_ids: EvidenceIds


class IndicatorsReply(Reply):
    """Indicators that a form lacks."""

    indicators: tuple[IndicatorReply, ...] = Field(description="每个建议的指标一项")


class StatedFact(Reply):
    """One fact of a user's message; ``value`` is copied from it to the letter."""

    place: Place = Field(
        description="填在哪里：project_name 项目名称、unit 实施单位、department 主管部门、year 年度、"
        "goal_expected 预期目标、goal_actual 目标完成情况、budget_initial 年初预算、budget 全年预算、"
        "executed 全年执行、target 指标值、actual 完成值、cause 偏差原因、measure 改进措施"
    )
    row: int = Field(description="说的是哪一行指标；不是指标或对不上就写 0")
    name: str = Field(description="用户对指标或资金的叫法，照抄；没有就留空")
    value: str = Field(description="用户写的内容，连同单位照抄，不换算、不改写")


class StatementReply(Reply):
    """All facts of one message."""

    facts: tuple[StatedFact, ...] = Field(description="每个事实一项；没有事实就给空数组")


Cited = TypeVar("Cited", bound=Reply)


def citing(schema: type[Cited], ids: Sequence[str]) -> type[Cited]:
    """``schema`` whose ``evidence_ids`` (its own, or those of its items) may only be of ``ids``.

    An invented id is then a validation error that the repair turn names, and servers that constrain decoding
    cannot produce one. With no ids the list must be empty.
    """
    allowed: Any = Literal[tuple(ids)] if ids else str
    limit = None if ids else 0
    changed: dict[str, Any] = {}
    for name, field in schema.model_fields.items():
        if name == "evidence_ids":
            changed[name] = (tuple[allowed, ...], Field(description=field.description, max_length=limit))
        else:
            item = _item_of(field.annotation)
            if item is not None:
                narrowed: Any = citing(item, ids)
                changed[name] = (tuple[narrowed, ...], Field(description=field.description))
    return create_model(schema.__name__, __base__=schema, **changed)


def _item_of(annotation: object) -> type[Reply] | None:
    """The reply model that a ``tuple[Model, ...]`` field holds, else None."""
    arguments = getattr(annotation, "__args__", ())
    first = arguments[0] if arguments else None
    return first if isinstance(first, type) and issubclass(first, Reply) else None


class ConnectionReply(Reply):
    """The answer to a test of the connection; what it says does not matter, that it has the shape does."""

    answer: str = Field(description="只写一个字：通")
