"""Groups by their figures at several times: how these changed, what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

import numpy as np

from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.conditions_met import compares, in_unit
from assistant.asking.records.frame import Rows
from assistant.asking.records.projects import same_projects
from assistant.asking.records.query import Change, Condition, Query
from assistant.asking.records.records import Cell
from assistant.asking.records.results import Group, Result, Source, first_of
from assistant.asking.records.same_rows import same_rows

Run = Callable[[Query], Result]
_WHOLE = 100
_AT_TIMES = tuple[Group | None, ...]


def changed(query: Query, run: Run, records_of: Source) -> Result:
    """The groups of ``query`` by what is made of their figures, those that ``having`` leaves, in its order.

    Raises MixedUnitsError where a group's figures do not compare.
    """
    change = query.change
    if change is None:
        raise ValueError("a query without a change")
    plain = {"change": None, "having": (), "order": None, "limit": None, "offset": 0}
    results = [run(one.model_copy(update=plain)) for one in (query, *change.since)]
    field = query.measure.field if query.measure is not None and query.group == "row" else ""
    counts = query.group not in ("form", "row") and not (query.measure and query.measure.field)
    found, alone = [], 0
    for at_times in _lined_up(results, query.group, records_of):
        figures = _alike(at_times, field) or _figures(at_times, single=bool(field))
        # An office that had none of what is counted had 0 of it.
        figures = [_none_of_it(one) for one in figures] if counts else figures
        known = [one for one in figures if one.number is not None]
        if not known or (change.op == "change" and len(known) < len(figures)):
            alone += at_times[0] is not None
        elif (value := _value(change, known, query.having)) is not None:
            found.append(_group(at_times, value, figures))
    if len({one.value.unit for one in found}) > 1 and query.limit is not None:
        raise MixedUnitsError(query.measure.field if query.measure else "")
    if query.order is not None and len({one.value.unit for one in found}) == 1:
        found.sort(key=lambda one: one.value.number or Decimal(0), reverse=query.order.descending)
        found = first_of(found[query.offset :], query.limit)
    frame = results[0].records.frame
    places = [group.records.places for group in found] or [results[0].records.places[:0]]
    return Result(Rows(frame, np.concatenate(places)), tuple(found), alone=alone)


def _lined_up(results: Sequence[Result], group: str, records_of: Source) -> list[_AT_TIMES]:
    """The groups of each time beside those of the same office, or project, at the others."""
    lines: list[list[Group | None]] = []
    for at, result in enumerate(results):
        known = {one.key: one for one in result.groups}
        same = _same(lines, result, group, records_of) if lines else {}
        for number, line in enumerate(lines):
            line.append(known.pop(same[number], None) if number in same else None)
        lines += [[*([None] * at), one] for one in known.values()]
    return [tuple(line) for line in lines]


def _same(
    lines: Sequence[Sequence[Group | None]], result: Result, group: str, records_of: Source
) -> dict[int, str]:
    """For each line the key of its group in ``result``: of the same project, or indicator."""
    latest = {number: next(one for one in reversed(line) if one) for number, line in enumerate(lines)}
    if group == "row":
        places = {number: int(one.records.places[0]) for number, one in latest.items()}
        rows = Rows(result.records.frame, np.array(list(places.values()), dtype=np.int64))
        known = {int(one.records.places[0]): one.key for one in result.groups}
        of_row = same_rows(rows, result.records, records_of)
        return {number: known[of_row[place]] for number, place in places.items() if place in of_row}
    last = {number: one.key for number, one in latest.items()}
    if group != "form":
        keys = {one.key for one in result.groups}
        return {number: key for number, key in last.items() if key in keys}
    forms = records_of("forms")
    then = _forms(forms, [int(one.key) for one in result.groups])
    same = same_projects(_forms(forms, [int(key) for key in last.values()]), then)
    return {number: str(same[int(key)]) for number, key in last.items() if int(key) in same}


def _forms(forms: Rows, numbers: Sequence[int]) -> Rows:
    return Rows(forms.frame, forms.places[np.isin(forms.forms, np.array(numbers, dtype=np.int64))])


def _figures(at_times: _AT_TIMES, *, single: bool) -> list[Cell]:
    """The figures of a group in one unit; an empty cell where there is none.

    ``single``: each of one cell, which is none where it does not compare with the latest.
    """
    unit = next((one.value.unit for one in at_times if one is not None and one.value.unit), "")
    return [_in_unit(one.value, unit, single=single) if one is not None else Cell() for one in at_times]


def _in_unit(cell: Cell, unit: str, *, single: bool) -> Cell:
    if cell.number is None:
        return Cell()
    number = in_unit(cell, unit) if cell.unit else cell.number
    if number is None:
        if single:
            return Cell()
        raise MixedUnitsError(unit)
    return Cell("", number, unit)


def _none_of_it(cell: Cell) -> Cell:
    return cell if cell.number is not None else Cell("", Decimal(0))


def _alike(at_times: _AT_TIMES, field: str) -> list[Cell]:
    """The cells of a row that read the same at every time, and hold no number; () where there are none."""
    if not field or any(one is None or one.value.number is not None for one in at_times):
        return []
    texts = ["".join(one.records[0][field].text.split()) for one in at_times if one is not None]
    return [Cell(text, Decimal(0)) for text in texts] if texts[0] and len(set(texts)) == 1 else []


def _value(change: Change, figures: Sequence[Cell], having: Sequence[Condition]) -> Cell | None:
    """What is made of the figures; None where it is not as asked."""
    if change.op == "change":
        return _moved(figures[0], figures[-1], change) if _holds(change, figures, having) else None
    value = figures[0]
    if change.op != "each":
        total = sum((one.number or Decimal(0) for one in figures), Decimal(0))
        value = Cell("", total / len(figures) if change.op == "mean" else total, figures[0].unit)
    return value if all(compares(value, c.op, c.number or Decimal(0), c.unit) for c in having) else None


def _holds(change: Change, figures: Sequence[Cell], having: Sequence[Condition]) -> bool:
    """Whether the change from each time to the next goes the right way, and as far as is asked."""
    moves = [_moved(now, then, change) for now, then in pairwise(figures)]
    if any(move.number is None for move in moves):
        return False
    if change.way in ("up", "down") and any((move.number or 0) <= 0 for move in moves):
        return False
    return all(compares(move, c.op, c.number or Decimal(0), c.unit) for move in moves for c in having)


def _moved(now: Cell, then: Cell, change: Change) -> Cell:
    """How far a figure moved, in the direction that is asked; without a number where no rate can be told."""
    new, old = now.number or Decimal(0), then.number or Decimal(0)
    if change.relative and not old:
        return Cell()
    apart = old - new if change.way == "down" else new - old
    apart = abs(apart) if change.way == "apart" else apart
    return Cell("", apart * _WHOLE / abs(old), "%") if change.relative else Cell("", apart, now.unit)


def _group(at_times: _AT_TIMES, value: Cell, figures: Sequence[Cell]) -> Group:
    latest = next(one for one in at_times if one is not None)
    records = tuple(one.records if one is not None else None for one in at_times)
    return Group(latest.key, value, latest.records, tuple(figures), records)
