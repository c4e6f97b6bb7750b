"""Figures computed with figures: sums, differences, quotients and shares of what several queries give."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.conditions_met import in_unit
from assistant.asking.records.query import Step
from assistant.asking.records.records import Cell
from assistant.form.units import is_money


def combined(steps: Sequence[Step], terms: Sequence[Cell]) -> list[Cell]:
    """The terms, then the result of each step; a result without a number where a term has none.

    Raises MixedUnitsError where figures would be computed with each other that do not compare.
    """
    known = list(terms)
    for step in steps:
        said = [Cell("", step.number, step.unit)] if step.number is not None else []
        known.append(_step(step, [*(known[place] for place in step.of), *said]))
    return known


def _step(step: Step, cells: Sequence[Cell]) -> Cell:
    if step.op == "per":
        return _per(*cells, unit=step.unit)
    unit = next((cell.unit for cell in cells if cell.unit), "")
    numbers = [_in_unit(cell, unit) for cell in cells]
    if any(number is None for number in numbers):
        return Cell()
    known = [number for number in numbers if number is not None]
    if step.op == "sum":
        return Cell("", sum(known, Decimal(0)), unit)
    if step.op in ("difference", "same"):
        return Cell("", known[0] - known[1], unit)
    if not known[1]:
        return Cell()
    quotient = known[0] / known[1]
    return Cell("", quotient * 100, "%") if step.op == "share" else Cell("", quotient, "倍")


def _per(amount: Cell, count: Cell, *, unit: str) -> Cell:
    if amount.number is None or not count.number:
        return Cell()
    return Cell("", amount.number / count.number, f"{amount.unit}/{unit}")


def _in_unit(cell: Cell, unit: str) -> Decimal | None:
    """A count that prints no unit is taken as one of the others'; an amount or a share without is none."""
    if cell.number is None:
        return None
    bare = not cell.unit and unit and not (is_money(unit) or unit == "%")
    number = cell.number if bare else in_unit(cell, unit)
    if number is None:
        raise MixedUnitsError("")
    return number
