"""An indicator row's values, read once for the score and for every rule."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.form.model import Form, Indicator
from assistant.form.record import record
from assistant.form.value import Direction, Value, direction, read_actual, read_target


@record
class RowCells:
    """The cells of an ``Indicator``: rules ask for them by the hundred, and pydantic is slow to answer."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    explanation: str


class ReadValues(NamedTuple):
    """年度指标值 and 实际完成值 as values, and how the target is to be met."""

    target: Value
    actual: Value
    direction: Direction


@record
class ReadRow:
    """An indicator row with its values."""

    cells: RowCells
    values: ReadValues


def read_rows(form: Form) -> list[ReadRow]:
    """The indicator rows of ``form`` in its order."""
    return [ReadRow(cells, read_row(cells)) for cells in map(row_cells, form.indicators)]


def row_cells(row: Indicator) -> RowCells:
    """The cells of ``row``."""
    return RowCells(**vars(row))


def read_row(row: Indicator | RowCells) -> ReadValues:
    """The values of ``row``; its name and levels decide where the cells alone are ambiguous."""
    level = row.level1 + row.level2 if "成本" in row.level1 else row.level2
    return _read(row.target, row.actual, row.name, level)


@lru_cache(maxsize=1024)
def _read(target_text: str, actual_text: str, name: str, level: str) -> ReadValues:
    target = read_target(target_text, name=name, level2=level)
    return ReadValues(target, read_actual(actual_text, target), direction(target, name=name, level2=level))
