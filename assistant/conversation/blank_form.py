"""The form that an empty draft begins with."""

from __future__ import annotations

from assistant.form.model import Form, FundLine, Total

SOURCES = ("其中：当年财政拨款", "上年结转资金", "其他资金")


def blank_form() -> Form:
    """A blank 项目支出绩效自评表: its title and the official fund rows; source rows carry no points."""
    return Form(
        title="项目支出绩效自评表",
        funds=(
            FundLine(label="年度资金总额", weight="10"),
            *(FundLine(label=label, weight="—", score="—") for label in SOURCES),
        ),
        total=Total(weight="100"),
    )
