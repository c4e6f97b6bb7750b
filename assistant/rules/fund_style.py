"""How the forms of a batch fill the 执行率 cells of their source rows: what is usual there is no flaw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from assistant.form.amount import read_rate
from assistant.form.model import Form, FundLine

_FEWEST_FORMS = 5
_MOST = 0.6


class RateStyle(StrEnum):
    """What stands in the cell, in words."""

    FILLED = "填写了执行率"
    DASH = "画了横线"
    BLANK = "空着"


def rate_style(line: FundLine) -> RateStyle:
    """What stands in the 执行率 cell of a fund row."""
    if read_rate(line.rate) is not None:
        return RateStyle.FILLED
    return RateStyle.DASH if line.rate.strip() else RateStyle.BLANK


def usual_rates(forms: Sequence[Form]) -> RateStyle | None:
    """The style that most forms of a batch share in all their source rows; None where there is none."""
    if len(forms) < _FEWEST_FORMS:
        return None
    counts: Counter[RateStyle] = Counter()
    for form in forms:
        styles = {rate_style(line) for line in form.funds[1:]} if form.template == "project" else set()
        if len(styles) == 1:
            counts.update(styles)
    style, number = counts.most_common(1)[0] if counts else (RateStyle.BLANK, 0)
    return style if number >= _MOST * len(forms) else None
