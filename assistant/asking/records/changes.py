"""Groups by how their figure changed from earlier times to the latest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import numpy as np

from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.conditions_met import compares, in_unit
from assistant.asking.records.frame import Rows
from assistant.asking.records.projects import same_projects
from assistant.asking.records.query import Change, Query
from assistant.asking.records.records import Cell
from assistant.asking.records.results import Group, Result, Source, first_of

Run = Callable[[Query], Result]
_WHOLE = 100


def changed(query: Query, run: Run, records_of: Source) -> Result:
    """The groups of ``query`` by how their figure changed, those that ``having`` leaves, in its order.

    Raises MixedUnitsError where a group's figures do not compare.
    """
    change = query.change
    if change is None:
        raise ValueError("a query without a change")
    plain = {"change": None, "having": (), "order": None, "limit": None, "offset": 0}
    latest = run(query.model_copy(update=plain))
    times = [_at(latest, run(one.model_copy(update=plain)), query.group, records_of) for one in change.since]
    found, alone = [], 0
    for group in latest.groups:
        earlier = [known.get(group.key) for known in times]
        figures = [_in_unit_of(group, one) for one in (group, *earlier)]
        whole = [one for one in figures if one is not None]
        if len(whole) < len(figures):
            alone += 1
        elif _holds(query, change, whole):
            found.append(_changed(group, [one for one in earlier if one is not None], whole, change))
    if query.order is not None:
        found.sort(key=lambda one: one.value.number or Decimal(0), reverse=query.order.descending)
        found = first_of(found[query.offset :], query.limit)
    places = [group.records.places for group in found] or [latest.records.places[:0]]
    return Result(Rows(latest.records.frame, np.concatenate(places)), tuple(found), alone=alone)


def _at(latest: Result, then: Result, group: str, records_of: Source) -> Mapping[str, Group]:
    """The groups of an earlier time by the keys of the latest: of forms, those of the same projects."""
    known = {one.key: one for one in then.groups}
    if group != "form":
        return known
    forms = records_of("forms")
    same = same_projects(_rows_of(forms, latest.groups), _rows_of(forms, then.groups))
    return {str(form): known[str(other)] for form, other in same.items()}


def _rows_of(forms: Rows, groups: Sequence[Group]) -> Rows:
    numbers = np.array([int(one.key) for one in groups], dtype=np.int64)
    return Rows(forms.frame, forms.places[np.isin(forms.forms, numbers)])


def _in_unit_of(group: Group, other: Group | None) -> Cell | None:
    """The figure of ``other`` in the unit of ``group``; None where there is none."""
    if other is None or other.value.number is None or group.value.number is None:
        return None
    unit = group.value.unit or other.value.unit
    number = in_unit(other.value, unit) if other.value.unit else other.value.number
    if number is None:
        raise MixedUnitsError(unit)
    return Cell("", number, unit)


def _holds(query: Query, change: Change, figures: Sequence[Cell]) -> bool:
    """Whether the change from each time to the next goes the right way, and as far as is asked."""
    moves = [_moved(now, then, change) for now, then in pairwise(figures)]
    if any(move.number is None for move in moves):
        return False
    if change.way in ("up", "down") and any((move.number or 0) <= 0 for move in moves):
        return False
    return all(compares(move, c.op, c.number or Decimal(0), c.unit) for move in moves for c in query.having)


def _moved(now: Cell, then: Cell, change: Change) -> Cell:
    """How far a figure moved, in the direction that is asked; without a number where no rate can be told."""
    new, old = now.number or Decimal(0), then.number or Decimal(0)
    if change.relative and not old:
        return Cell()
    apart = old - new if change.way == "down" else new - old
    apart = abs(apart) if change.way == "apart" else apart
    return Cell("", apart * _WHOLE / abs(old), "%") if change.relative else Cell("", apart, now.unit)


def _changed(group: Group, earlier: Sequence[Group], figures: Sequence[Cell], change: Change) -> Group:
    whole = _moved(figures[0], figures[-1], change)
    return replace(group, value=whole, more=tuple(figures), earlier=tuple(one.records for one in earlier))
