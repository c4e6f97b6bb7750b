"""An indicator row's values, read once for the score and for every rule."""

from __future__ import annotations

from functools import lru_cache

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


@record
class ReadRow:
    """An indicator row: its 年度指标值 and 实际完成值 as values, and how the target is to be met."""

    cells: RowCells
    target: Value
    actual: Value
    direction: Direction


def read_rows(form: Form) -> list[ReadRow]:
    """The indicator rows of ``form`` in its order."""
    return [read_row(row) for row in form.indicators]


def read_row(row: Indicator) -> ReadRow:
    """``row`` as read; its name and levels decide where the cells alone are ambiguous."""
    cells = row_cells(row)
    level = cells.level1 + cells.level2 if "成本" in cells.level1 else cells.level2
    return ReadRow(cells, *_read(cells.target, cells.actual, cells.name, level))


def row_cells(row: Indicator) -> RowCells:
    """The cells of ``row``."""
    return RowCells(**vars(row))


@lru_cache(maxsize=1024)
def _read(target_text: str, actual_text: str, name: str, level: str) -> tuple[Value, Value, Direction]:
    target = read_target(target_text, name=name, level2=level)
    return target, read_actual(actual_text, target), direction(target, name=name, level2=level)
