"""A submitted form as a reviewer weighs it: points beside points, and the form of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assistant.drafting.precedents import likeness, same_project
from assistant.form.model import Form, Frozen
from assistant.form.rounding import half_up
from assistant.library import StoredForm
from assistant.people.person import folded_unit
from assistant.rules.check import Report
from assistant.rules.score import execution_counts
from assistant.rules.year import own_year


class ReviewLine(Frozen):
    """One row with its points: printed on the form, by the rules, and by the reviewer (None: none yet).

    ``row`` 0 is the execution of the budget.
    """

    row: int
    name: str
    weight: Decimal | None = None
    printed: Decimal | None = None
    rule: Decimal | None = None
    points: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Reviewer minus form; None where one of them is missing."""
        return None if self.points is None or self.printed is None else self.points - self.printed


class ReviewTotal(Frozen):
    """The sums. ``points``: None until every row has the reviewer's; ``done`` counts the rows that have.

    ``deviation`` is 偏离度 = (自评 − 复核) ÷ 自评 as a fraction, None without both sums.
    """

    printed: Decimal | None
    rule: Decimal | None
    points: Decimal | None
    done: int
    rows: int
    deviation: Decimal | None


def review_lines(report: Report, points: Mapping[int, str]) -> tuple[ReviewLine, ...]:
    """Every row of ``report`` that carries points, with the reviewer's ``points`` by row; none: 转移支付."""
    sheet = report.sheet
    given = {row: Decimal(text) for row, text in points.items()}
    lines = []
    execution = sheet.execution
    if execution_counts(report.form.indicators) and execution.weight is not None:
        lines.append(
            ReviewLine(
                row=0,
                name="预算执行率",
                weight=execution.weight,
                printed=execution.printed,
                rule=execution.rule,
                points=given.get(0),
            )
        )
    for score, indicator in zip(sheet.indicators, report.form.indicators, strict=False):
        if score.weight is None and score.printed is None:
            continue
        lines.append(
            ReviewLine(
                row=score.row,
                name=indicator.name,
                weight=score.weight,
                printed=score.printed,
                rule=score.rule,
                points=given.get(score.row),
            )
        )
    return tuple(lines)


def review_total(report: Report, lines: Iterable[ReviewLine]) -> ReviewTotal:
    """The sums of ``lines``."""
    lines = tuple(lines)
    given = [line.points for line in lines if line.points is not None]
    points = sum(given, Decimal()) if lines and len(given) == len(lines) else None
    printed = report.sheet.total_printed
    deviation = half_up((printed - points) / printed, 4) if printed and points is not None else None
    return ReviewTotal(
        printed=printed,
        rule=report.sheet.total_rule,
        points=points,
        done=len(given),
        rows=len(lines),
        deviation=deviation,
    )


def year_before(form: Form, past: Iterable[StoredForm]) -> StoredForm | None:
    """The same unit's form of the same project of the latest earlier year; None where there is none.

    A form whose year nothing tells has no year before.
    """
    year = own_year(form).year
    if year is None:
        return None
    found = [
        (earlier, likeness(form.project_name, stored.form.project_name), stored)
        for stored in past
        if (earlier := own_year(stored.form).year) is not None
        and earlier < year
        and folded_unit(stored.form.unit) == folded_unit(form.unit)
        and same_project(form.project_name, stored.form.project_name)
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None
