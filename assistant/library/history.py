"""What was set and reached before for one type of indicator, as numbers ready to plot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.form.model import Frozen
from assistant.form.value import in_unit_of, read_actual, read_target
from vectorstore.row import Hit, IndicatorRow

_NUMBERED = re.compile(r"^\s*指标\s*\d+\s*[：:、.]\s*")
_OF_THE_TYPE = 0.8
"""A row is of the type asked for where its score is at least this share of the best one's."""


class PastValue(Frozen):
    """One row of a form: target and actual in the unit of its series, None where the cell has no number.

    ``target_text``/``actual_text`` are the cells as printed; ``form`` and ``row`` say where they stand.
    """

    form: int
    row: int
    year: int | None
    project_name: str
    office: str
    indicator: str
    target: Decimal | None
    actual: Decimal | None
    target_text: str
    actual_text: str


class PastSeries(Frozen):
    """Values that can share an axis: one ``unit`` ("" for bare numbers), by year, then by form and row."""

    unit: str
    values: tuple[PastValue, ...]


def past_series(hits: Sequence[Hit]) -> tuple[PastSeries, ...]:
    """The numbers of the rows that are of the type of the best hits, the unit with the most rows first.

    Rows without a number in the target and in the actual (效果显著) are left out.
    """
    best = max((hit.score for hit in hits), default=0.0)
    series: dict[str, list[PastValue]] = {}
    for hit in hits:
        if hit.score >= _OF_THE_TYPE * best and (found := _past_value(hit.row)) is not None:
            unit, value = found
            series.setdefault(unit, []).append(value)
    ordered = sorted(series.items(), key=lambda item: -len(item[1]))
    return tuple(PastSeries(unit=unit, values=_by_year(values)) for unit, values in ordered)


def _past_value(row: IndicatorRow) -> tuple[str, PastValue] | None:
    target = read_target(row.target, name=row.indicator, level2=row.level2)
    actual = read_actual(row.actual, target)
    reached = in_unit_of(actual, target) if target.number is not None else actual.number
    if target.number is None and reached is None:
        return None
    value = PastValue(
        form=row.form,
        row=row.row,
        year=row.year,
        project_name=row.project_name,
        office=row.unit,
        indicator=_NUMBERED.sub("", row.indicator),
        target=target.number,
        actual=reached,
        target_text=row.target,
        actual_text=row.actual,
    )
    return target.unit_norm or actual.unit_norm, value


def _by_year(values: Iterable[PastValue]) -> tuple[PastValue, ...]:
    return tuple(sorted(values, key=lambda value: (value.year or 0, value.form, value.row)))
