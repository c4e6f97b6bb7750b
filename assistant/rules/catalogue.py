"""The explicit, ordered list of all rules, and of the clauses that no rule checks."""

from __future__ import annotations

from assistant.rules import (
    actuals,
    batch,
    costs,
    dates,
    explanations,
    funds,
    goals,
    measures,
    names,
    scores,
    sums,
    targets,
    texts,
    weights,
)
from assistant.rules.rule import BatchRule, Rule, RuleEntry

FAMILIES = {
    "F": "资金",
    "W": "分值",
    "S": "得分",
    "I": "指标值和完成值",
    "N": "指标名称和必填项",
    "E": "偏差说明",
    "D": "年度和日期",
    "G": "总体目标",
    "C": "成本",
    "T": "文字",
    "B": "多张表之间",
}
"""The families by the letter of their codes, in the order of the catalogue."""

_ALL: tuple[Rule | BatchRule, ...] = (
    *funds.RULES,
    *weights.RULES,
    *scores.RULES,
    *targets.RULES,
    *measures.RULES,
    *actuals.RULES,
    *names.RULES,
    *explanations.RULES,
    *dates.RULES,
    *goals.RULES,
    *sums.RULES,
    *costs.RULES,
    *texts.RULES,
    *batch.RULES,
)

RULES: tuple[RuleEntry, ...] = tuple(
    sorted(_ALL, key=lambda entry: (list(FAMILIES).index(entry.code[0]), entry.code))
)
"""Every rule, by family and code."""

FORM_RULES: tuple[Rule, ...] = tuple(entry for entry in RULES if isinstance(entry, Rule))
BATCH_RULES: tuple[BatchRule, ...] = tuple(entry for entry in RULES if isinstance(entry, BatchRule))

NOT_CHECKED = (
    "权重、指标名称和指标值是否与批复的绩效目标表一致：需要批复文件。",
    "佐证材料是否齐全、与完成值是否一致：需要附件。",
    "满意度是否经过问卷调查、样本量多大：表中没有这一项。",
    "总体目标是否完成、指标与项目是否相关：需要人判断，模型只能提示，不影响得分。",
    "偏差原因是否可信、措施是否有力：需要人判断，模型只能提示，不影响得分。",
    "是否照抄其他单位的模板：没有其他单位的表时无从比较。",
    "单独检查一张表时，目标是否比上年下降、连续多年定得过低：需要与上年的表一起检查。",
    "目标定得过低时应扣多少分：条文只说“适当”，没有数值。",
    "复核得分与自评得分相差多少：需要复核结果。",
    "未验收、未完工却报满分：需要验收材料。",
    "纸面、字体、页码等版式：由导出的正式表样保证。",
)
"""Clauses and usual objections that no rule decides, with the reason."""
