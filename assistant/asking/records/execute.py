"""Queries executed exactly over columns of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

import numpy as np

from assistant.asking.records.aggregates import MixedUnitsError, aggregate, aggregates, numbers_of
from assistant.asking.records.changes import changed
from assistant.asking.records.columns import Codes, Mask
from assistant.asking.records.conditions_met import compares, holding, in_unit, satisfies
from assistant.asking.records.frame import Rows
from assistant.asking.records.grouping import members_of, steps_of
from assistant.asking.records.projects import of_projects
from assistant.asking.records.query import Condition, Measure, Order, Query
from assistant.asking.records.records import Cell
from assistant.asking.records.results import Group, Result, Source, first_of
from assistant.asking.records.same_rows import of_rows
from assistant.form.units import is_money

__all__ = ["Group", "MixedUnitsError", "Result", "Source", "run", "satisfies"]


def run(query: Query, records_of: Source) -> Result:
    """Executes ``query``; ``records_of`` gives all records of a sort.

    Raises MixedUnitsError where numbers would have to be added or ordered that do not compare.
    """
    if query.change is not None:
        return changed(query, lambda one: run(one, records_of), records_of)
    records = records_of(query.of)
    looked_at = _selected(query, records, records_of)
    query = _with_numbers(query, looked_at)
    kept = _meeting(query, looked_at)
    if query.group:
        return _grouped(query, kept, looked_at, records_of)
    if query.every:
        return Result(_kept(kept, ~_all_hold(query.every, kept)), value=_number(len(kept)))
    if query.measure is None:
        return Result(_ordered(kept, query))
    if query.measure.op == "share":
        whole = _whole(query, records, looked_at)
        kept = _ordered(kept, query)
        share = _share(_total(kept, query.measure.field), whole)
        more = tuple(aggregate(one, kept) for one in query.also)
        return Result(kept, value=share, whole=whole, more=more)
    kept = _ordered(kept, query)
    value = aggregate(query.measure, kept)
    more = tuple(aggregate(one, kept) for one in query.also)
    if query.measure.op in ("max", "min", "range") and value.number is not None and not query.also:
        kept = _ends(kept, query.measure)
    return Result(kept, value=value, more=more)


def _kept(rows: Rows, mask: Mask) -> Rows:
    return Rows(rows.frame, rows.places[mask])


def _number(number: int) -> Cell:
    return Cell(str(number), Decimal(number))


def _meeting(query: Query, rows: Rows) -> Rows:
    """The records that meet all conditions of ``query``."""
    for condition in query.where:
        rows = _kept(rows, holding(rows, condition))
    for several in query.any_of:
        any_holds = np.zeros(len(rows), dtype=np.bool_)
        for condition in several:
            any_holds |= holding(rows, condition)
        rows = _kept(rows, any_holds)
    return _repeated(rows, query.alike) if query.alike else rows


def _repeated(rows: Rows, field: str) -> Rows:
    """The rows whose text in ``field`` another row of the same form has too."""
    column = rows.column(field)
    known: dict[str, int] = {}
    table = np.zeros(len(column.cells), dtype=np.int64)
    for place in column.used(rows.places).tolist():
        text = "".join(column.cells[place].text.split())
        table[place] = known.setdefault(text, len(known))
    keys = _places(rows.forms, table[column.codes[rows.places]])
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return _kept(rows, counts[which] > 1)


def _all_hold(conditions: Sequence[Condition], rows: Rows) -> Mask:
    """For each record whether all conditions hold."""
    all_hold = np.ones(len(rows), dtype=np.bool_)
    for condition in conditions:
        all_hold &= holding(rows, condition)
    return all_hold


def _selected(query: Query, records: Rows, records_of: Source) -> Rows:
    found = records
    if query.forms is not None:
        found = _kept(found, np.isin(found.forms, _numbers(query.forms)))
    if query.rows is not None:
        wanted = np.array(query.rows, dtype=np.int64).reshape(-1, 2)
        found = _kept(found, np.isin(_places(found.forms, found.rows), _places(wanted[:, 0], wanted[:, 1])))
    if query.without:
        found = _kept(found, ~np.isin(found.forms, _numbers(query.without)))
    for inner in query.within:
        found = _kept(found, _given(inner, query, found, records_of))
    for inner in query.lacking:
        found = _kept(found, ~_given(inner, query, found, records_of))
    for inner in query.joined:
        found = _kept(found, _same_given(inner, found, records_of))
    for inner in query.apart:
        found = _kept(found, ~_same_given(inner, found, records_of))
    return found


def _same_given(inner: Query, rows: Rows, records_of: Source) -> Mask:
    """For each record whether ``inner`` gives its indicator, or else its project, in another year."""
    if inner.of == rows.frame.of == "indicators" and not inner.group:
        return of_rows(rows, run(inner, records_of).records, records_of)
    return of_projects(rows, _forms_given(inner, records_of))


def _forms_given(inner: Query, records_of: Source) -> Rows:
    """The forms that ``inner`` gives, as records of forms."""
    forms = records_of("forms")
    return _kept(forms, _given(inner, Query(), forms, records_of))


def _numbers(forms: Sequence[int]) -> Codes:
    return np.array(forms, dtype=np.int64)


def _places(forms: Codes, rows: Codes) -> Codes:
    """Form and row of each record as one number."""
    return (forms.astype(np.int64) << 32) + rows


def _given(inner: Query, outer: Query, rows: Rows, records_of: Source) -> Mask:
    """For each record whether ``inner`` gives its form, or itself where both queries are over rows."""
    result = run(inner, records_of)
    if inner.group == "form":
        return np.isin(rows.forms, _numbers([int(group.key) for group in result.groups]))
    if inner.of == outer.of != "forms" and not inner.group:
        given = _places(result.records.forms, result.records.rows)
        return np.isin(_places(rows.forms, rows.rows), given)
    return np.isin(rows.forms, result.records.forms)


def _with_numbers(query: Query, looked_at: Rows) -> Query:
    """``query`` with the means and medians that its conditions compare with put in as numbers."""
    if not any(c.against for c in query.conditions()):
        return query

    def known(condition: Condition) -> Condition:
        if not condition.against:
            return condition
        found = aggregate(Measure(op=condition.against, field=condition.field), looked_at)
        return condition.model_copy(update={"number": found.number, "unit": found.unit, "against": ""})

    return query.model_copy(
        update={
            "where": tuple(known(c) for c in query.where),
            "any_of": tuple(tuple(known(c) for c in several) for several in query.any_of),
        }
    )


def _ends(rows: Rows, measure: Measure) -> Rows:
    """The records with the largest number, the smallest, or (``range``) both."""
    wanted = {"max": ("max",), "min": ("min",)}.get(measure.op, ("max", "min"))
    column, found = rows.column(measure.field), []
    for op in wanted:
        end = aggregate(Measure.model_validate({"op": op, "field": measure.field}), rows)
        found.append(rows.places[column.where(partial(_is_equal, end), rows.places)])
    return Rows(rows.frame, np.concatenate(found))


def _is_equal(end: Cell, cell: Cell) -> bool:
    return in_unit(cell, end.unit) == end.number


def _whole(query: Query, records: Rows, looked_at: Rows) -> Cell:
    """What a share is of."""
    base = records
    if query.base_forms is not None:
        base = _kept(base, np.isin(base.forms, _numbers(query.base_forms)))
    if query.within or query.without:
        base = looked_at
    base = _kept(base, _all_hold(query.base, base))
    field = query.base_field or (query.measure.field if query.measure else "")
    return _total(base, field)


def _share(part: Cell, whole: Cell) -> Cell:
    share = part.number * 100 / whole.number if part.number is not None and whole.number else None
    return Cell("", share, "%")


def _total(rows: Rows, field: str) -> Cell:
    return aggregate(Measure(op="sum" if field else "count", field=field), rows)


def _grouped(query: Query, kept: Rows, looked_at: Rows, records_of: Source) -> Result:
    members = steps_of(kept, query.group, query.width) if query.width else members_of(kept, query.group)
    if query.every_form and query.group == "form":
        members = {**_all_forms(query, records_of), **members}
    if query.every:
        held = set(kept.places[_all_hold(query.every, kept)].tolist())
        members = {key: found for key, found in members.items() if held.issuperset(found.places.tolist())}
    groups = _with_values(query, members, looked_at)
    groups = [group for group in groups if group.key or len(groups) == 1]
    if query.order:
        known = [g for g in groups if g.value.number is not None]
        known.sort(key=lambda g: g.value.number or Decimal(0), reverse=query.order.descending)
        groups = first_of(known[query.offset :], query.limit)
    index = [group.records.places for group in groups] or [kept.places[:0]]
    return Result(Rows(kept.frame, np.concatenate(index)), tuple(groups))


def _all_forms(query: Query, records_of: Source) -> dict[str, Rows]:
    """An empty group for every form that is looked at, so that one without any record counts too."""
    narrowing = [inner for inner in query.within if inner.of == "forms" or inner.group == "form"]
    looked_at = Query(forms=query.forms, without=query.without, within=tuple(narrowing))
    forms = _selected(looked_at, records_of("forms"), records_of).forms
    frame = records_of(query.of).frame
    return {str(number): Rows(frame, np.empty(0, dtype=np.int32)) for number in forms.tolist()}


def _with_values(query: Query, members: Mapping[str, Rows], looked_at: Rows) -> list[Group]:
    """The groups that ``having`` leaves, with their aggregates."""
    measure = query.measure or Measure(op="count")
    parts = list(members.values())
    if measure.op == "share":
        values = _shares(query, measure.field, members, looked_at)
    else:
        values = aggregates(measure, parts)
    more = [aggregates(one, parts) for one in query.also]
    return [
        Group(key, values[at], parts[at], tuple(cells[at] for cells in more))
        for at, key in enumerate(members)
        if all(compares(values[at], c.op, c.number or Decimal(0), c.unit) for c in query.having)
    ]


def _shares(query: Query, field: str, members: Mapping[str, Rows], looked_at: Rows) -> list[Cell]:
    """Of each group what meets the conditions in all of it; without conditions its part of everything.

    With another field for the whole, what each group has of that.
    """
    if query.base_field:
        return [_share(_total(found, field), _total(found, query.base_field)) for found in members.values()]
    if not (query.where or query.any_of):
        whole = _total(looked_at, field)
        return [_share(_total(found, field), whole) for found in members.values()]
    own = members_of(looked_at, query.group)
    empty = Rows(looked_at.frame, looked_at.places[:0])
    return [
        _share(_total(found, field), _total(own.get(key, empty), field)) for key, found in members.items()
    ]


def _ordered(rows: Rows, query: Query) -> Rows:
    if query.order is None:
        return rows
    if query.each:
        if _in_one_unit(rows, query.order.field):
            return _ordered_in_each(rows, query, query.order)
        single = query.model_copy(update={"each": ""})
        parts = [_ordered(part, single).places for part in _by_text(rows, query.each)]
        return Rows(rows.frame, np.concatenate(parts or [rows.places]))
    field = query.order.field
    known, ranks = _ranked(rows, field)
    order = np.argsort(-ranks if query.order.descending else ranks, kind="stable")[query.offset :]
    if query.limit is not None and len(order) > query.limit:
        last = ranks[order[query.limit - 1]]
        order = order[: query.limit + int(np.count_nonzero(ranks[order[query.limit :]] == last))]
    return Rows(rows.frame, known[order])


def _in_one_unit(rows: Rows, field: str) -> bool:
    """Whether all numbers of the field are in the same unit, or none of them in any."""
    column = rows.column(field)
    used = (column.cells[place] for place in column.used(rows.places).tolist())
    return len({cell.unit for cell in used if cell.number is not None}) < 2


def _ordered_in_each(rows: Rows, query: Query, wanted: Order) -> Rows:
    """The records of every group in their order, all groups at once; the groups as they first come."""
    by_place = np.zeros(len(rows.frame), dtype=np.int32)
    by_place[rows.places] = _texts_numbered(rows, query.each)
    known, ranks = _ranked(rows, wanted.field)
    own = by_place[known]
    ranks = -ranks if wanted.descending else ranks
    order = np.lexsort((ranks, own))
    own, ranks = own[order], ranks[order]
    starts = np.flatnonzero(np.concatenate(([True], own[1:] != own[:-1]))) if len(own) else order[:0]
    sizes = np.diff(np.append(starts, len(own)))
    begins = np.repeat(starts, sizes)
    within = np.arange(len(own)) - begins
    chosen = within >= query.offset
    if query.limit is not None:
        last = np.minimum(begins + query.offset + query.limit, np.repeat(starts + sizes, sizes)) - 1
        chosen &= (within < query.offset + query.limit) | (ranks == ranks[last])
    return Rows(rows.frame, known[order[chosen]])


def _texts_numbered(rows: Rows, field: str) -> Codes:
    """For each record the number of its text, in the order in which the texts first come."""
    column = rows.column(field)
    known: dict[str, int] = {}
    table = np.zeros(len(column.cells), dtype=np.int32)
    for place in column.used(rows.places).tolist():
        table[place] = known.setdefault(column.cells[place].text, len(known))
    numbers = table[column.codes[rows.places]]
    _, first, which = np.unique(numbers, return_index=True, return_inverse=True)
    turns = np.empty(len(first), dtype=np.int32)
    turns[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return turns[which]


def _by_text(rows: Rows, field: str) -> list[Rows]:
    """The records of each text of a field, in the order in which they first come."""
    numbers = _texts_numbered(rows, field)
    return [_kept(rows, numbers == number) for number in range(int(numbers.max(initial=-1)) + 1)]


def _ranked(rows: Rows, field: str) -> tuple[Codes, Codes]:
    """The records that have a number in the field, and for each its place among all different numbers."""
    _, unit = numbers_of(rows, field)
    column = rows.column(field)
    money = is_money(unit)
    values: dict[int, Decimal] = {}
    for place in column.used(rows.places).tolist():
        cell = column.cells[place]
        if cell.number is not None and (cell.unit or not money):
            values[place] = in_unit(cell, unit) or Decimal(0)
    places = {value: number for number, value in enumerate(sorted(set(values.values())))}
    table = np.full(len(column.cells), -1, dtype=np.int32)
    for place, value in values.items():
        table[place] = places[value]
    ranks = table[column.codes[rows.places]]
    known = ranks >= 0
    return rows.places[known], ranks[known]
