"""A small library whose figures do not all add up, so that what is printed and what is computed differ."""

from __future__ import annotations

from assistant.form.model import Form, FundLine, Indicator, Total

_BUREAU = "临溪市水利局"


def forms() -> list[Form]:
    """1: all is right, money carried over; 2: execution scored too low; 3: weights of 105, total too high.

    4: the budget was raised, a reason in every row; 5: the budget was cut, more was spent than it.
    """
    return [
        _form(
            "渠道防渗改造",
            "灌溉科",
            "100 100 90 90% 9 99",
            (
                _row("防渗渠道长度", "≥20公里", "20公里", 50, 50),
                _row("灌溉水利用系数增幅", "1-4%", "9.5%", 30, 30, "效益指标"),
                _row("农户满意度", "≥90%", "92%", 10, 10, "满意度指标"),
            ),
            carried="25",
        ),
        _form(
            "泵站更新",
            "灌溉科",
            "60 60 48 80% 7.5 85.5",
            (
                _row("更新泵站数", "≥10座", "8座", 50, 40, reason="设备到货延迟"),
                _row("排涝面积", "≥3000亩", "6300亩", 30, 28, "效益指标"),
                _row("群众满意度", "≥90%", "95%", 10, 10, "满意度指标"),
            ),
        ),
        _form(
            "水文站网运维",
            "水文科",
            "40 40 40 100% 10 99",
            (
                _row("运维站点数", "≥16个", "12个", 50, 38, reason="受台风影响，4个站点停测"),
                _row("预报发布次数", "≥100次", "140次", 35, 35, "效益指标"),
                _row("用户满意度", "≥90%", "91%", 10, 10, "满意度指标"),
            ),
        ),
        _form(
            "山塘除险",
            "水文科",
            "80 96 96 100% 10 100",
            (
                _row("除险山塘座数", "≥5座", "5座", 60, 60, reason="无"),
                _row("保护农田面积", "≥900亩", "900亩", 20, 20, "效益指标", "无"),
                _row("村民满意度", "≥90%", "94%", 10, 10, "满意度指标", "无"),
            ),
        ),
        _form(
            "河道保洁",
            "灌溉科",
            "50 44 45.1 100% 10 100",
            (
                _row("保洁河道长度", "≥120公里", "120公里", 60, 60),
                _row("水面漂浮物清理量", "≥300吨", "310吨", 20, 20, "效益指标"),
                _row("居民满意度", "≥90%", "90%", 10, 10, "满意度指标"),
            ),
        ),
    ]


def _form(name: str, unit: str, figures: str, rows: tuple[Indicator, ...], carried: str = "0") -> Form:
    initial, budget, executed, rate, score, total = figures.split()
    own = str(int(budget) - int(carried))
    return Form(
        project_name=name,
        department=_BUREAU,
        unit=f"市水利局{unit}",
        year=2023,
        year_line="（2023年度）",
        money_unit="万元",
        funds=(
            FundLine(
                label="年度资金总额",
                initial=initial,
                budget=budget,
                executed=executed,
                weight="10",
                rate=rate,
                score=score,
            ),
            FundLine(label="其中：当年财政拨款", initial=own, budget=own, executed=""),
            FundLine(label="上年结转资金", initial=carried, budget=carried, executed=""),
        ),
        indicators=rows,
        total=Total(weight="100", score=total),
    )


def _row(
    name: str, target: str, actual: str, weight: int, score: int, level: str = "产出指标", reason: str = ""
) -> Indicator:
    second = {"产出指标": "数量指标", "效益指标": "社会效益指标", "满意度指标": "服务对象满意度指标"}[level]
    return Indicator(
        level1=level,
        level2=second,
        name=name,
        target=target,
        actual=actual,
        weight=str(weight),
        score=str(score),
        explanation=reason,
    )
