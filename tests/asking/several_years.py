"""A small library of two departments over three years: one project ends, one begins, one stays as it is."""

from __future__ import annotations

from assistant.form.model import Form, FundLine, Indicator, Total

_CULTURE, _FORESTS = "临溪市文化和旅游局", "临溪市林业局"
_PROJECTS = (
    (
        "乡村戏台修缮",
        _CULTURE,
        "文物科",
        {2022: "100 90 95 88%", 2023: "120 120 97 90%", 2024: "150 120 99 96%"},
    ),
    ("非遗传承补助", _CULTURE, "非遗科", {2022: "40 40 100 97%", 2023: "30 30 98 93%", 2024: "24 24 94 89%"}),
    ("旅游标识更新", _CULTURE, "推广科", {2023: "50 45 96 91%", 2024: "50 50 96 91%"}),
    (
        "古树名木保护",
        _FORESTS,
        "保护科",
        {2022: "80 72 92 85%", 2023: "90 90 99 92%", 2024: "99 89.1 98 94%"},
    ),
    (
        "森林防火巡护",
        _FORESTS,
        "防火科",
        {2022: "200 200 100 95%", 2023: "210 199.5 98 96%", 2024: "180 180 96 90%"},
    ),
    ("林道硬化工程", _FORESTS, "防火科", {2024: "300 270 93 87%"}),
    ("候鸟观测站运维", _FORESTS, "保护科", {2022: "20 18 97 92%", 2023: "22 22 100 95%"}),
)
_AIM = 90
"""The satisfaction that every project aims at, in per cent."""


def forms() -> list[Form]:
    """All forms, by project and year."""
    return [
        made(name, department, unit, year, figures)
        for name, department, unit, years in _PROJECTS
        for year, figures in years.items()
    ]


def made(name: str, department: str, unit: str, year: int, figures: str) -> Form:
    """A form with its budget, its spending, its total and its satisfaction, in one string."""
    budget, executed, total, pleased = figures.split()
    missed = float(pleased.rstrip("%")) < _AIM
    amounts = {"initial": budget, "budget": budget, "executed": executed, "rate": ""}
    return Form(
        project_name=name,
        department=department,
        unit=unit,
        year=year,
        year_line=f"（{year}年度）",
        money_unit="万元",
        funds=(
            FundLine(label="年度资金总额", weight="10", score="10", **amounts),
            FundLine(label="其中：当年财政拨款", **amounts),
        ),
        indicators=(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                name=f"{name}数量",
                target="≥9个",
                actual="9个",
                weight="80",
                score="80",
            ),
            Indicator(
                level1="满意度指标",
                level2="服务对象满意度指标",
                name="群众满意度",
                target=f"≥{_AIM}%",
                actual=pleased,
                weight="10",
                score="9" if missed else "10",
                explanation="雨天较多，进度放缓。" if missed else "",
            ),
        ),
        total=Total(weight="100", score=total),
    )
