"""A complete form of our own invention that the rules find nothing wrong with, and ways to change it."""

from __future__ import annotations

from assistant.form.model import Form, FundLine, Goal, Indicator, Total

_ROWS = (
    ("产出指标", "数量指标", "村医培训人数", "≥100人", "100人", "10"),
    ("产出指标", "数量指标", "培训班次", "≥4期", "4期", "10"),
    ("产出指标", "质量指标", "考核合格率", "≥95%", "97%", "10"),
    ("产出指标", "时效指标", "培训按期完成率", "=100%", "100%", "10"),
    ("产出指标", "成本指标", "培训总成本", "≤50万元", "48万元", "10"),
    ("效益指标", "社会效益指标", "村医诊疗能力", "有效提升", "有效提升", "15"),
    ("效益指标", "可持续影响指标", "培训成果运用", "长期", "长期", "15"),
    ("满意度指标", "服务对象满意度指标", "参训村医满意度", "≥90%", "95%", "10"),
)


def trained(**changes: object) -> Form:
    """A training project of 2024, all targets met; ``changes`` replace fields of the form."""
    rows = tuple(
        Indicator(
            level1=level1, level2=level2, name=name, target=target, actual=actual, weight=weight, score=weight
        )
        for level1, level2, name, target, actual, weight in _ROWS
    )
    content = {
        "title": "项目支出绩效自评表",
        "year_line": "（2024年度）",
        "year": 2024,
        "project_name": "村医能力提升培训",
        "department": "某市卫生健康委员会",
        "unit": "某市卫生培训中心",
        "funds": (
            FundLine(
                label="年度资金总额", initial="50", budget="50", executed="48", weight="10", rate="96.00%",
                score="9.6",
            ),
            FundLine(label="当年财政拨款", initial="50", budget="50", executed="48", weight="—", score="—"),
        ),
        "goal": Goal(expected="培训村医100人，举办4期培训班。", actual="全年办班4期，村医100人全部结业。"),
        "indicators": rows,
        "total": Total(weight="100", score="99.6"),
    }  # fmt: skip
    return Form.model_validate({**content, **changes})


def with_row(form: Form, number: int, **changes: str) -> Form:
    """``form`` with cells of one indicator row (from 1) replaced."""
    rows = list(form.indicators)
    rows[number - 1] = rows[number - 1].model_copy(update=changes)
    return form.model_copy(update={"indicators": tuple(rows)})
