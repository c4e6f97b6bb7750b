"""Whether records meet a condition: asked once for every different cell, however many records have it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

import numpy as np

from assistant.asking.language.numbers import Comparison
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Condition
from assistant.asking.records.records import Cell
from assistant.form.units import is_money, ratio, standard

_COUNTING = frozenset("个家人名次场篇期天户份件项条张")
"""A cell without a unit is compared with 500人 only where the indicator's name says that it counts 人."""
_RATES = re.compile("率|度|比|增速|增长|增幅|%")
"""A cell without a unit is compared with 90% only where the name says that it is a rate."""
_OPERATORS: dict[Comparison, Callable[[Decimal, Decimal], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_TEXTS = ("empty", "filled", "contains", "lacks")
_MOST_PAIRS = 1 << 22
"""Up to so many possible pairs are marked in a table, which is quicker than sorting them."""


class HasCells(Protocol):
    """A record, or so much of it as a condition looks at."""

    def __getitem__(self, field: str, /) -> Cell: ...


def satisfies(record: HasCells, condition: Condition) -> bool:
    """Whether the record's cell meets the condition."""
    if condition.op == "whole":
        number = record[condition.field].number
        return number is not None and (number % 1 == 0) is not condition.negated
    if condition.negated:
        cell = record[condition.field]
        unknown = cell.number is None and (condition.number is not None or condition.other)
        unknown = unknown or (condition.op == "eq" and not cell.text)
        return not unknown and not satisfies(record, condition.model_copy(update={"negated": False}))
    cell = record[condition.field]
    if condition.op in _TEXTS:
        return _reads(cell.text, condition)
    if condition.other:
        other = record[condition.other]
        known = other.number is not None
        return known and compares(cell, condition.op, (other.number or 0) * condition.factor, other.unit)
    if condition.number is not None:
        return _meets_number(record, cell, condition, condition.number)
    return (cell.text in condition.texts) is (condition.op == "eq")


def holding(rows: Rows, condition: Condition) -> Mask:
    """For each record whether it meets the condition."""
    column = rows.column(condition.field)
    second = _second_field(condition)
    if not second:
        return column.where(lambda cell: satisfies({condition.field: cell}, condition), rows.places)
    other = rows.column(second)
    left, right, which = _pairs(column.codes[rows.places], other.codes[rows.places], len(other.cells))
    table = np.array(
        [
            satisfies({second: other.cells[b], condition.field: column.cells[a]}, condition)
            for a, b in zip(left.tolist(), right.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    return table[which]


def compares(cell: Cell, op: Comparison, number: Decimal, unit: str) -> bool:
    """Whether the cell's number compares so; False where it has none or the units do not compare."""
    value = in_unit(cell, standard(unit) if unit else "")
    return value is not None and _OPERATORS.get(op, _OPERATORS["le"])(value, number)


def in_unit(cell: Cell, unit: str) -> Decimal | None:
    """The cell's number in ``unit``; None where it has none or the units do not compare."""
    if cell.number is None or cell.unit == unit:
        return cell.number
    factor = ratio(cell.unit, unit)
    return None if factor is None else cell.number * factor.numerator / factor.denominator


def _second_field(condition: Condition) -> str:
    """What else of a record the condition looks at."""
    if condition.op in _TEXTS:
        return ""
    if condition.other:
        return condition.other
    cell = condition.field in ("target", "actual")
    by_name = condition.number is not None and (
        condition.unit in _COUNTING or (cell and condition.unit == "%")
    )
    return "name" if by_name and condition.field != "name" else ""


def _pairs(left: Codes, right: Codes, many: int) -> tuple[Codes, Codes, Codes]:
    """The different pairs of codes, and for each record which of them it has."""
    both = left.astype(np.int64) * many + right
    most = int(both.max(initial=0)) + 1
    if most <= _MOST_PAIRS:
        seen = np.zeros(most, dtype=np.bool_)
        seen[both] = True
        present = np.flatnonzero(seen)
        place = np.zeros(most, dtype=np.int32)
        place[present] = np.arange(len(present), dtype=np.int32)
        which = place[both]
    else:
        present, which = np.unique(both, return_inverse=True)
    return present // many, present % many, which


def _meets_number(record: HasCells, cell: Cell, condition: Condition, number: Decimal) -> bool:
    """A cell that prints no unit is no amount of money, and counts 人 only where its name says so."""
    bare = cell.number is not None and not cell.unit
    if bare and condition.unit in _COUNTING and condition.unit not in record["name"].text:
        return False
    rate = condition.unit == "%" and condition.field in ("target", "actual")
    if bare and rate and not _RATES.search(record["name"].text):
        return False
    if bare and is_money(condition.unit):
        return False
    if condition.op == "between" and condition.upper is not None:
        low = compares(cell, "ge", number, condition.unit)
        return low and compares(cell, "le", condition.upper, condition.unit)
    return compares(cell, condition.op, number * condition.factor, condition.unit)


def _reads(text: str, condition: Condition) -> bool:
    if condition.op in ("empty", "filled"):
        return bool(text.strip()) is (condition.op == "filled")
    return any(wanted in text for wanted in condition.texts) is (condition.op == "contains")
