"""A scoring profile as a table that an office reads: each parameter, its value, where it comes from. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.form.rounding import plain
from assistant.rules.profile import (
    Grades,
    LevelWeights,
    Profile,
    QualitativeBands,
    SecondLevels,
    Setting,
    Step,
    load_profile,
)

HEAD = ("项目", "规定", "来源", "起用", "原文")
_NAMES = {
    "first_year": "从哪一年的表起适用",
    "execution_weight": "预算执行率的分值",
    "total_weight": "分值合计",
    "level_weights": "一级指标的分值",
    "level_weights_without_cost": "没有成本指标时，一级指标的分值",
    "satisfaction_moves_to_benefit": "没有满意度指标时，它的分值并入效益指标",
    "satisfaction_under_benefit": "满意度指标可以列在效益指标之下",
    "second_levels": "产出指标下必须有的二级指标",
    "execution_cap": "执行率得分不超过分值",
    "zero_budget": "预算为零时的执行率得分",
    "low_execution_limit": "执行率低于多少要说明原因",
    "budget_change_limit": "预算调整超过多少要说明原因",
    "reverse_rule": "越低越好的指标（成本等）超过目标时",
    "equal_rule": "目标写“＝”的指标",
    "range_rule": "目标是区间、完成值在区间外时",
    "late_rule": "晚于目标日期完成时",
    "claim_meets_date": "目标是日期、只写“完成”时算按时完成",
    "pass_threshold": "完成比例低于多少不得分",
    "satisfaction_rule": "满意度指标的打分",
    "satisfaction_steps": "满意度的分档",
    "qualitative_bands": "定性指标的三档",
    "band_start_included": "各档包含下限",
    "over_limit": "完成比例达到多少要说明超额原因",
    "over_limit_zero": "目标为零时，完成值达到多少要说明",
    "over_effect": "超额完成的处理",
    "over_steps": "超额扣分的分档",
    "rounding": "四舍五入",
    "tolerance": "允许的计算误差（分）",
    "note_tolerance": "只作提示的误差（分）",
    "grades": "等次的分数线",
    "explanation_limit": "偏差说明的字数上限",
    "goal_actual_limit": "总体目标完成情况的字数上限",
    "low_execution_reason_limit": "执行率低的原因的字数上限",
}
_CHOICES = {
    "no_score": "没有规则能给分，由人判断",
    "zero": "得零分",
    "ratio": "按比例：分值×目标值÷完成值（满意度：完成值÷目标值）",
    "linear": "超多少扣多少：分值×（1－超出比例）",
    "all_or_nothing": "超过就不得分",
    "at_least": "达到即满分，不到按比例",
    "exact": "正好相等才得分",
    "symmetric": "高于或低于都按比例扣",
    "nearer_end": "按离得近的一端计算比例",
    "steps": "按分档",
    "reason": "不扣分，要写明原因",
    "deduct": "按分档扣分",
    "per_row": "每行先四舍五入到两位小数，再相加",
    "sum_then_round": "先相加，再四舍五入",
}
_SHARES = ("low_execution_limit", "budget_change_limit", "pass_threshold", "over_limit")


def setting_rows(profile: Profile) -> Iterator[tuple[str, str, str, str, str]]:
    """The parameters in their order, as texts of the columns of ``HEAD``."""
    parent = load_profile(profile.extends) if profile.extends else None
    for name in type(profile).model_fields:
        setting = getattr(profile, name)
        if not isinstance(setting, Setting):
            continue
        inherited = parent is not None and getattr(parent, name) == setting
        source = f"沿用“{parent.name}”：{setting.source}" if parent and inherited else setting.source
        read = "已核对" if setting.verified else "未核对"
        yield _NAMES.get(name, name), _told(name, setting.value), source, f"{setting.date}", read


def _told(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (LevelWeights, SecondLevels, QualitativeBands, Grades)):
        return _told_block(value)
    if isinstance(value, tuple):
        return "；".join(_step(step) for step in value) or "没有分档"
    if isinstance(value, Decimal):
        return _percent(value) if name in _SHARES else plain(value)
    return "没有规定" if value is None else _CHOICES.get(str(value), str(value))


def _told_block(value: LevelWeights | SecondLevels | QualitativeBands | Grades) -> str:
    if isinstance(value, LevelWeights):
        cost = f"成本{plain(value.cost)}，" if value.cost is not None else ""
        return (
            f"{cost}产出{plain(value.output)}，效益{plain(value.benefit)}，满意度{plain(value.satisfaction)}"
        )
    if isinstance(value, SecondLevels):
        return "、".join(f"{stem}指标" for stem in value.output)
    if isinstance(value, Grades):
        limits = (("优", value.excellent), ("良", value.good), ("中", value.fair))
        return "，".join(f"{grade}：{plain(limit)}分起" for grade, limit in limits) + "，以下为差"
    achieved, partly = _percent(value.achieved), _percent(value.partly)
    return f"达成：分值的{achieved}起；部分达成：{partly}起；未达成：以下"


def _step(step: Step) -> str:
    return f"完成比例{_percent(step.start)}起得分值的{_percent(step.share)}"


def _percent(share: Decimal) -> str:
    return f"{plain(share * 100)}%"
