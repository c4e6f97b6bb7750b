"""An indicator row's values, read once for the score and for every rule."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter

from assistant.form.model import Form, Indicator
from assistant.form.record import record
from assistant.form.value import Direction, Value, direction, in_unit_of, read_actual, read_target


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


_texts = itemgetter(*Indicator.model_fields)


@record
class ReadRow:
    """An indicator row: its 年度指标值 and 实际完成值 as values, and how the target is to be met.

    ``reached``: the actual's number in the target's unit; None where it has none, or units do not compare.
    """

    cells: RowCells
    target: Value
    actual: Value
    direction: Direction
    reached: Decimal | None


def read_rows(form: Form) -> list[ReadRow]:
    """The indicator rows of ``form`` in its order."""
    return [read_row(row) for row in form.indicators]


def read_row(row: Indicator) -> ReadRow:
    """``row`` as read; its name and levels decide where the cells alone are ambiguous."""
    cells = row_cells(row)
    level = cells.level1 + cells.level2 if "成本" in cells.level1 else cells.level2
    target = read_target(cells.target, name=cells.name, level2=level)
    actual = read_actual(cells.actual, target)
    way = direction(target, name=cells.name, level2=level)
    return ReadRow(cells, target, actual, way, in_unit_of(actual, target))


def row_cells(row: Indicator) -> RowCells:
    """The cells of ``row``."""
    return RowCells(*_texts(vars(row)))
