"""A past form as the beginning of the next year's: what was planned stays, what happened is emptied."""

from __future__ import annotations

import re

from assistant.form.model import Form, FundLine, Goal, Indicator, Source, Total
from assistant.rules.year import own_year


def next_year(form: Form) -> Form:
    """``form`` for the year after its own, to be filled in again.

    Kept: names, offices, fund sources, goal, indicators with targets and weights; the year in them moves on.
    Emptied: amounts, actual values, scores, explanations, the total's note; only the office knows new ones.
    Where nothing tells the form's year, no year is written and none is moved.
    """
    year = own_year(form).year
    return Form(
        template=form.template,
        title=_moved(form.title, year),
        year_line=f"（{year + 1}年度）" if year is not None else "",
        year=year + 1 if year is not None else None,
        project_name=_moved(form.project_name, year),
        department=form.department,
        central_department=form.central_department,
        unit=form.unit,
        funds=tuple(FundLine(label=line.label, weight=line.weight) for line in form.funds),
        goal=Goal(expected=_moved(form.goal.expected, year)),
        indicators=tuple(_planned(row, year) for row in form.indicators),
        total=Total(weight=form.total.weight),
        money_unit=form.money_unit,
        notes=form.notes,
        source=Source(),
    )


def _planned(row: Indicator, year: int | None) -> Indicator:
    return Indicator(
        level1=row.level1,
        level2=row.level2,
        name=_moved(row.name, year),
        target=_moved(row.target, year),
        weight=row.weight,
    )


def _moved(text: str, year: int | None) -> str:
    """The years that ``text`` names moved on by one; a count that only looks like a year stays."""
    if year is None:
        return text
    named = re.compile(rf"(?<!\d)(?:{year}|{year + 1})(?=年|[./-]\d)|^{year}(?!\d)")
    return named.sub(lambda found: str(int(found[0]) + 1), text)
