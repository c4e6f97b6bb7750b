"""A library of three years in which indicators come, go, are missed and met, and one project ends."""

from __future__ import annotations

from assistant.form.model import Form, FundLine, Indicator, Total

_CARE, _WATER = "启明县民政局", "启明县水利局"
_MEALS: dict[int, tuple[str, ...]] = {
    2021: (
        "数量 助餐点位数 ≥20个 18个 10 9",
        "质量 餐食抽检合格率 ≥95% 96% 10 10",
        "数量 印发宣传单 ≥500份 520份 5 5",
    ),
    2022: (
        "数量 助餐点位数 ≥22个 25个 10 10",
        "质量 餐食抽检合格率 ≥95% 94% 10 9",
        "数量 志愿服务时长 ≥900小时 950小时 5 5",
    ),
    2023: (
        "数量 助餐点位数 ≥26个 24个 10 9",
        "质量 餐食抽检合格率 ≥96% 98% 10 10",
        "数量 志愿服务时长 ≥900小时 980小时 5 5",
    ),
}
_CANALS: dict[int, tuple[str, ...]] = {
    2021: ("数量 清淤渠道长度 ≥30公里 33公里 10 10", "成本 每公里清淤费用 ≤2万元 1.9万元 10 10"),
    2022: ("数量 清淤渠道长度 ≥32公里 28.5公里 10 8", "成本 每公里清淤费用 ≤2万元 2.2万元 10 8"),
    2023: ("数量 清淤渠道长度 ≥32公里 36公里 10 10", "成本 每公里清淤费用 ≤2万元 2.1万元 10 9"),
}
_PUMPS: dict[int, tuple[str, ...]] = {
    2021: ("数量 改造泵站数量 ≥4座 4座 10 10", "质量 设备完好率 ≥98% 97% 10 9"),
    2022: ("数量 改造泵站数量 ≥5座 5座 10 10", "质量 设备完好率 ≥98% 97.5% 10 9"),
}
_FLOOD = 2022
_PLEASED = {"老年助餐服务": "90 93 92", "灌区渠道清淤": "88 86 91", "提灌泵站改造": "95 95"}
_BUDGETS = {"老年助餐服务": "60 60 60", "灌区渠道清淤": "150 140 160", "提灌泵站改造": "200 210"}
_PROJECTS = (
    ("老年助餐服务", _CARE, "养老科", _MEALS),
    ("灌区渠道清淤", _WATER, "灌区科", _CANALS),
    ("提灌泵站改造", _WATER, "泵站科", _PUMPS),
)


def forms() -> list[Form]:
    """The forms, 1 to 3 of the first project, 4 to 6 of the second, 7 and 8 of the third."""
    return [
        _form(name, department, unit, year, at, rows)
        for name, department, unit, years in _PROJECTS
        for at, (year, rows) in enumerate(years.items())
    ]


def _form(name: str, department: str, unit: str, year: int, at: int, rows: tuple[str, ...]) -> Form:
    budget, pleased = _BUDGETS[name].split()[at], _PLEASED[name].split()[at]
    amounts = {"initial": budget, "budget": budget, "executed": budget, "rate": "100%"}
    told = (*rows, f"满意度 群众满意度 ≥90% {pleased}% 10 {10 if float(pleased) >= 90 else 9}")
    return Form(
        project_name=name,
        department=department,
        unit=unit,
        year=year,
        year_line=f"（{year}年度）",
        money_unit="万元",
        funds=(FundLine(label="年度资金总额", weight="10", score="10", **amounts),),
        indicators=tuple(_indicator(year, *row.split()) for row in told),
        total=Total(weight="100", score=str(95 + at)),
    )


def _indicator(
    year: int, kind: str, name: str, target: str, actual: str, weight: str, score: str
) -> Indicator:
    level1 = "满意度指标" if kind == "满意度" else "产出指标"
    level2 = "服务对象满意度指标" if kind == "满意度" else f"{kind}指标"
    cause = "汛情较重，停工一个月。" if year == _FLOOD else "雨季较长，备料偏晚。"
    explanation = cause if score != weight else ""
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        actual=actual,
        weight=weight,
        score=score,
        explanation=explanation,
    )
