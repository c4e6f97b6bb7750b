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
        if (style := shared_style(form)) is not None:
            counts[style] += 1
    return usual_of(counts, len(forms))


def shared_style(form: Form) -> RateStyle | None:
    """The style of all source rows of a form; None where they differ or there are none."""
    styles = {rate_style(line) for line in form.funds[1:]} if form.template == "project" else set()
    return styles.pop() if len(styles) == 1 else None


def usual_of(counts: Counter[RateStyle], forms: int) -> RateStyle | None:
    """The usual style where so many of ``forms`` forms share each; None where there is none."""
    if forms < _FEWEST_FORMS or not counts:
        return None
    style, number = counts.most_common(1)[0]
    return style if number >= _MOST * forms else None
