"""Sums, means, medians and ends of the cells of records: exact, and quick where many records are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from itertools import accumulate

import numpy as np

from assistant.asking.records.columns import Codes, Column
from assistant.asking.records.conditions_met import in_unit
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Measure
from assistant.asking.records.records import Cell
from assistant.form.units import is_money

_EXACT = Context(prec=200)
"""Sums are rounded once, at their end."""
_MOST_PLACES = 6
_MOST_DIGITS = 12
"""Numbers up to these sizes are added as whole numbers of 64 bits, a million of them without overflow."""
_MANY = 64
"""So many groups are worth adding up all at once."""


class MixedUnitsError(ValueError):
    """Numbers that do not compare cannot be added or ordered: 个 and 万元."""


def aggregate(measure: Measure, rows: Rows) -> Cell:
    """The aggregate over the cells that hold a number; an empty cell where none does."""
    if not measure.field:
        return Cell(str(len(rows)), Decimal(len(rows)))
    numbers, unit = numbers_of(rows, measure.field)
    return _aggregate(measure, numbers, unit)


def aggregates(measure: Measure, parts: Sequence[Rows]) -> list[Cell]:
    """``aggregate`` of each of the parts."""
    if measure.op in ("sum", "mean") and measure.field and len(parts) >= _MANY:
        whole = np.concatenate([part.places for part in parts])
        column = parts[0].column(measure.field)
        scaled = _scaled(column, whole)
        if scaled is not None:
            return _added(measure, scaled, column.codes[whole], [len(part) for part in parts])
    return [aggregate(measure, part) for part in parts]


def numbers_of(rows: Rows, field: str) -> tuple[dict[Decimal, int], str]:
    """The numbers of the cells in one unit, each with how often it comes.

    Of amounts those that print no unit are left aside. Raises MixedUnitsError.
    """
    column, among = rows.column(field), rows.places
    counts = _counts(column, among)
    cells = [(column.cells[place], count) for place, count in counts.items()]
    cells = [(cell, count) for cell, count in cells if cell.number is not None]
    unit = _first_unit(column, among, counts)
    if is_money(unit):
        cells = [(cell, count) for cell, count in cells if cell.unit]
    numbers: dict[Decimal, int] = {}
    for cell, count in cells:
        number = in_unit(cell, unit)
        if number is None:
            raise MixedUnitsError(field)
        numbers[number] = numbers.get(number, 0) + count
    return numbers, unit


def _counts(column: Column, among: Codes) -> Mapping[int, int]:
    """How many records have each cell that any has."""
    if len(among) < len(column.cells):
        return Counter(column.codes[among].tolist())
    counts = column.counts(among)
    used = np.flatnonzero(counts)
    return dict(zip(used.tolist(), counts[used].tolist(), strict=True))


def _first_unit(column: Column, among: Codes, used: Mapping[int, int]) -> str:
    """The unit of the first number that prints one."""
    with_unit = [p for p in used if column.cells[p].number is not None and column.cells[p].unit]
    units = {column.cells[place].unit for place in with_unit}
    if len(units) < 2:
        return units.pop() if units else ""
    codes = column.codes[among]
    first = int(np.isin(codes, np.array(with_unit)).argmax())
    return column.cells[int(codes[first])].unit


def _aggregate(measure: Measure, numbers: Mapping[Decimal, int], unit: str) -> Cell:
    if not numbers:
        return Cell()
    many = sum(numbers.values())
    match measure.op:
        case "sum" | "share":
            value = _sum(numbers)
        case "mean":
            value = _sum(numbers) / many
        case "median":
            value = _median(numbers, many)
        case "range":
            value = max(numbers) - min(numbers)
        case "max":
            value = max(numbers)
        case "min":
            value = min(numbers)
        case _:
            value, unit = Decimal(many), ""
    return Cell("", value, unit)


def _sum(numbers: Mapping[Decimal, int]) -> Decimal:
    total = Decimal(0)
    for number, count in numbers.items():
        total = _EXACT.fma(number, Decimal(count), total)
    return +total


def _median(numbers: Mapping[Decimal, int], many: int) -> Decimal:
    """The middle number, or the mean of the two in the middle."""
    ordered = sorted(numbers)
    ends = np.array(list(accumulate(numbers[number] for number in ordered)))
    low, high = (ordered[int(np.searchsorted(ends, at, side="right"))] for at in ((many - 1) // 2, many // 2))
    return high if many % 2 else (low + high) / 2


class _Scaled:
    """The numbers of a column's cells as whole numbers of ``10 ** -places``, all in one unit."""

    def __init__(self, places: int, unit: str, table: Codes, known: Codes) -> None:
        self.places, self.unit, self.table, self.known = places, unit, table, known


def _scaled(column: Column, among: Codes) -> _Scaled | None:
    """None where the cells differ in their units, or have numbers too long."""
    used = [(place, column.cells[place]) for place in column.used(among).tolist()]
    cells = [(place, cell.number) for place, cell in used if cell.number is not None]
    units = {cell.unit for _, cell in used if cell.number is not None}
    places = max((-int(number.as_tuple().exponent) for _, number in cells), default=0)
    digits = max((number.adjusted() for _, number in cells), default=0)
    if len(units) != 1 or places > _MOST_PLACES or digits + max(places, 0) >= _MOST_DIGITS:
        return None
    places = max(places, 0)
    table, known = (np.zeros(len(column.cells), dtype=np.int64) for _ in range(2))
    for place, number in cells:
        table[place], known[place] = int(number.scaleb(places)), 1
    return _Scaled(places, units.pop(), table, known)


def _added(measure: Measure, scaled: _Scaled, codes: Codes, sizes: Sequence[int]) -> list[Cell]:
    """Sums or means of stretches of ``codes``."""
    ends = np.cumsum([0, *sizes])
    sums, counts = (
        np.concatenate(([0], np.cumsum(table[codes])))[ends] for table in (scaled.table, scaled.known)
    )
    found = []
    for total, count in zip(np.diff(sums).tolist(), np.diff(counts).tolist(), strict=True):
        value = Decimal(total).scaleb(-scaled.places)
        mean = measure.op == "mean" and count
        found.append(Cell("", value / count if mean else value, scaled.unit) if count else Cell())
    return found
