"""The arithmetic of an aggregate, written out."""

from __future__ import annotations

from assistant.asking.records.execute import Result
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.frame import Rows
from assistant.asking.records.query import Measure, Query
from assistant.asking.records.records import Cell
from assistant.form.rounding import plain

_HUNDRED = 100
_EXACT = 6
_MOST = 36
"""More terms than this nobody adds up by hand."""


def arithmetic_of(query: Query, result: Result) -> tuple[str, ...]:
    """12 + 30 = 42; only for sums, means, medians, differences and shares of a few terms."""
    cells = (result.value, *result.more)
    lines = [_line(one, cell, query, result) for one, cell in zip(query.measures(), cells, strict=False)]
    return tuple(line for line in lines if line)


def whole_of(query: Query, result: Result) -> tuple[str, ...]:
    """The part and the whole of a share in their unit, 53条 and 203条; empty for what is no share."""
    value, whole, measure = result.value, result.whole, query.measure
    if measure is None or measure.op != "share" or value is None or whole is None:
        return ()
    if value.number is None or whole.number is None:
        return ()
    unit = whole.unit or (
        FIELDS[query.of][measure.field].unit if measure.field else query.counter or COUNTERS[query.of]
    )
    part = value.number * whole.number / _HUNDRED
    return tuple(f"{plain(number, _EXACT)}{unit}" for number in (part, whole.number))


def _line(measure: Measure, value: Cell | None, query: Query, result: Result) -> str:
    if value is None or value.number is None:
        return ""
    unit = value.unit or (FIELDS[query.of][measure.field].unit if measure.field else "")
    if measure.op == "share":
        if result.whole is None or result.whole.number is None:
            return ""
        part = value.number * result.whole.number / _HUNDRED
        return f"{plain(part, 4)} ÷ {plain(result.whole.number, 4)} = {plain(value.number, 2)}%"
    if not measure.field:
        return ""
    cells = _numbers(result.records, measure.field)
    known = [cell.number for cell in cells if cell.number is not None]
    if not known or len(known) > _MOST or any(cell.unit != unit for cell in cells):
        return ""
    terms = " + ".join(plain(number, 6) for number in known)
    lines = {
        "sum": f"{terms} = {plain(value.number, 6)}{unit}",
        "mean": f"（{terms}）÷ {len(known)} = {plain(value.number, 2)}{unit}",
        "range": f"{plain(max(known), 6)} − {plain(min(known), 6)} = {plain(value.number, 6)}{unit}",
        "median": f"从小到大：{'，'.join(plain(n, 6) for n in sorted(known))}；"
        f"居中的是{plain(value.number, 6)}{unit}",
    }
    return lines.get(measure.op, "")


def _numbers(records: Rows, field: str) -> list[Cell]:
    """The cells that hold a number; of very many only so many that they are seen to be too many."""
    column = records.column(field)
    known = column.where(lambda cell: cell.number is not None, records.places)
    return [column.cells[code] for code in column.codes[records.places[known][: _MOST + 1]].tolist()]
