"""Small invented forms."""

from __future__ import annotations

from assistant.form.model import Form, Goal, Indicator, Source


def planting(*, year: int | None = 2023, unit: str = "滨河市林业局", target: str = "≥1.8万亩") -> Form:
    """A form with three indicators."""
    return Form(
        title="项目支出绩效自评表",
        project_name="国土绿化",
        department="滨河市林业和草原局",
        unit=unit,
        year=year,
        goal=Goal(expected="完成人工造林，提高森林质量。"),
        indicators=(
            Indicator(level1="产出指标", level2="数量指标", name="完成人工造林面积", target=target),
            Indicator(level1="产出指标", level2="质量指标", name="当年造林成活率", target="≥85%"),
            Indicator(level1="满意度指标", level2="满意度指标", name="林区群众满意度", target="≥90%"),
        ),
        source=Source(file="绿化.docx"),
    )


def project(number: int) -> Form:
    """One of many forms that share nothing but their layout."""
    return Form(
        project_name=f"第{number}号水利工程",
        unit="滨河市水利局",
        year=2022,
        indicators=(
            Indicator(
                level1="产出指标", level2="数量指标", name=f"治理河道{number}公里", target=f"≥{number}公里"
            ),
        ),
    )
