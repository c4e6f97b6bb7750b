"""Queries executed record by record, as plainly as they can be said: what the columns must agree with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal
from statistics import median
from typing import NamedTuple, TypeVar

from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.conditions_met import compares, in_unit, satisfies
from assistant.asking.records.fields import Sort
from assistant.asking.records.query import Condition, Measure, Query
from assistant.asking.records.records import Cell, Record
from assistant.form.finding import Finding
from assistant.form.model import Form
from assistant.form.units import is_money
from assistant.form.wording import SEVERITY_NAMES, place_name

T = TypeVar("T")
Source = Callable[[Sort], Sequence[Record]]


class Group(NamedTuple):
    key: str
    value: Cell
    records: tuple[Record, ...]
    more: tuple[Cell, ...] = ()


class Result(NamedTuple):
    records: tuple[Record, ...]
    groups: tuple[Group, ...] = ()
    value: Cell | None = None
    whole: Cell | None = None
    more: tuple[Cell, ...] = ()


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    exact, total = Context(prec=200), Decimal(0)
    for number in numbers:
        total = exact.add(total, number)
    return +total


def run(query: Query, records_of: Source) -> Result:
    """Executes ``query``; ``records_of`` gives all records of a sort.

    Raises MixedUnitsError where numbers would have to be added or ordered that do not compare.
    """
    records = records_of(query.of)
    looked_at = _selected(query, records, records_of)
    query = _with_numbers(query, looked_at)
    kept = [record for record in looked_at if meets(query, record)]
    if query.group:
        return _grouped(query, kept, looked_at, records_of)
    if query.every:
        failing = [record for record in kept if not all(satisfies(record, c) for c in query.every)]
        return Result(tuple(failing), value=Cell(str(len(kept)), Decimal(len(kept))))
    if query.measure is None:
        return Result(tuple(_ordered(kept, query)))
    if query.measure.op == "share":
        among = None if query.base_forms is None else frozenset(query.base_forms)
        base = [r for r in records if among is None or r.form in among]
        if query.within or query.without:
            base = looked_at
        base = [record for record in base if all(satisfies(record, c) for c in query.base)]
        whole = _total(base, query.base_field or query.measure.field)
        kept = _ordered(kept, query)
        share = _share(_total(kept, query.measure.field), whole)
        more = tuple(aggregate(one, kept) for one in query.also)
        return Result(tuple(kept), value=share, whole=whole, more=more)
    if query.order is not None:
        kept = _ordered(kept, query)
    value = aggregate(query.measure, kept)
    more = tuple(aggregate(one, kept) for one in query.also)
    if query.measure.op in ("max", "min", "range") and value.number is not None and not query.also:
        kept = _ends(kept, query.measure)
    return Result(tuple(kept), value=value, more=more)


def meets(query: Query, record: Record) -> bool:
    """Whether ``record`` meets all conditions of ``query``."""
    return all(satisfies(record, c) for c in query.where) and all(
        any(satisfies(record, c) for c in several) for several in query.any_of
    )


def _selected(query: Query, records: Sequence[Record], records_of: Source) -> list[Record]:
    forms = None if query.forms is None else frozenset(query.forms)
    rows = None if query.rows is None else frozenset(query.rows)
    aside = frozenset(query.without)
    found = [
        record
        for record in records
        if (forms is None or record.form in forms)
        and (rows is None or (record.form, record.row or 0) in rows)
        and record.form not in aside
    ]
    for inner in query.within:
        given = _given(inner, query, records_of)
        found = [record for record in found if _is_given(record, inner, query, given)]
    for inner in query.lacking:
        given = _given(inner, query, records_of)
        found = [record for record in found if not _is_given(record, inner, query, given)]
    return found


def _given(inner: Query, outer: Query, records_of: Source) -> set[tuple[int, int]]:
    """The forms (row 0), or the rows where both queries are over the same rows, that ``inner`` gives."""
    result = run(inner, records_of)
    same = inner.of == outer.of != "forms" and not inner.group
    if inner.group == "form":
        return {(int(group.key), 0) for group in result.groups}
    return {(record.form, (record.row or 0) if same else 0) for record in result.records}


def _is_given(record: Record, inner: Query, outer: Query, given: set[tuple[int, int]]) -> bool:
    same = inner.of == outer.of != "forms" and not inner.group
    return (record.form, (record.row or 0) if same else 0) in given


def _with_numbers(query: Query, looked_at: Sequence[Record]) -> Query:
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


def _ends(records: Sequence[Record], measure: Measure) -> list[Record]:
    """The records with the largest number, the smallest, or (``range``) both."""
    wanted = {"max": ("max",), "min": ("min",)}.get(measure.op, ("max", "min"))
    ends = [aggregate(Measure.model_validate({"op": op, "field": measure.field}), records) for op in wanted]
    return [r for end in ends for r in records if in_unit(r[measure.field], end.unit) == end.number]


def _share(part: Cell, whole: Cell) -> Cell:
    share = part.number * 100 / whole.number if part.number is not None and whole.number else None
    return Cell("", share, "%")


def aggregate(measure: Measure, records: Sequence[Record]) -> Cell:
    """The aggregate over the cells that hold a number; an empty cell where none does."""
    if not measure.field:
        return Cell(str(len(records)), Decimal(len(records)))
    numbers, unit = _numbers(records, measure.field)
    if not numbers:
        return Cell()
    match measure.op:
        case "sum" | "share":
            value = _sum(numbers)
        case "mean":
            value = _sum(numbers) / len(numbers)
        case "median":
            value = median(numbers)
        case "range":
            value = max(numbers) - min(numbers)
        case "max":
            value = max(numbers)
        case "min":
            value = min(numbers)
        case _:
            value, unit = Decimal(len(numbers)), ""
    return Cell("", value, unit)


def _numbers(records: Iterable[Record], field: str) -> tuple[list[Decimal], str]:
    """The numbers of the cells in one unit; of amounts those that print no unit are left aside."""
    cells = [record[field] for record in records if record[field].number is not None]
    unit = next((cell.unit for cell in cells if cell.unit), "")
    if is_money(unit):
        cells = [cell for cell in cells if cell.unit]
    numbers = [in_unit(cell, unit) for cell in cells]
    if any(number is None for number in numbers):
        raise MixedUnitsError(field)
    return [number for number in numbers if number is not None], unit


def _total(records: Sequence[Record], field: str) -> Cell:
    return aggregate(Measure(op="sum" if field else "count", field=field), records)


def _grouped(query: Query, kept: Sequence[Record], looked_at: Sequence[Record], records_of: Source) -> Result:
    members: dict[str, list[Record]] = {}
    if query.every_form and query.group == "form":
        narrowing = tuple(inner for inner in query.within if inner.of == "forms" or inner.group == "form")
        looked = Query(forms=query.forms, without=query.without, within=narrowing)
        members = {str(form.form): [] for form in _selected(looked, records_of("forms"), records_of)}
    for record in kept:
        members.setdefault(_key(record, query.group), []).append(record)
    if query.every:
        members = {k: f for k, f in members.items() if all(satisfies(r, c) for r in f for c in query.every)}
    groups = [_group(query, key, found, looked_at) for key, found in members.items()]
    groups = [
        g
        for g in groups
        if all(compares(g.value, c.op, c.number or Decimal(0), c.unit) for c in query.having)
    ]
    groups = [group for group in groups if group.key or len(groups) == 1]
    if query.order:
        known = [g for g in groups if g.value.number is not None]
        known.sort(key=lambda g: g.value.number or Decimal(0), reverse=query.order.descending)
        groups = _cut(known[query.offset :], query.limit, lambda g: g.value.number)
    return Result(tuple(record for group in groups for record in group.records), tuple(groups))


def _key(record: Record, field: str) -> str:
    """The group of a record; 满意度, 满意度指标 and 服务对象满意度指标 are one."""
    text = record[field].text
    if field == "level2" and "满意" in text:
        return "满意度指标"
    return f"{text.removesuffix('指标')}指标" if field in ("level1", "level2") and text else text


def _group(query: Query, key: str, found: Sequence[Record], looked_at: Sequence[Record]) -> Group:
    measure = query.measure or Measure(op="count")
    if measure.op != "share":
        value = aggregate(measure, found)
    elif query.base_field:
        value = _share(_total(found, measure.field), _total(found, query.base_field))
    else:
        own = [r for r in looked_at if _key(r, query.group) == key]
        narrowed = bool(query.where or query.any_of)
        value = _share(_total(found, measure.field), _total(own if narrowed else looked_at, measure.field))
    return Group(key, value, tuple(found), tuple(aggregate(one, found) for one in query.also))


def _ordered(records: Sequence[Record], query: Query) -> list[Record]:
    if query.order is None:
        return list(records)
    if query.each:
        parts: dict[str, list[Record]] = {}
        for record in records:
            parts.setdefault(record[query.each].text, []).append(record)
        single = query.model_copy(update={"each": ""})
        return [record for part in parts.values() for record in _ordered(part, single)]
    field = query.order.field
    _, unit = _numbers(records, field)
    known = [record for record in records if record[field].number is not None]
    known = [record for record in known if record[field].unit] if is_money(unit) else known
    known.sort(key=lambda r: in_unit(r[field], unit) or Decimal(0), reverse=query.order.descending)
    return _cut(known[query.offset :], query.limit, lambda r: in_unit(r[field], unit))


def _cut(ordered: list[T], limit: int | None, key: Callable[[T], Decimal | None]) -> list[T]:
    """The first ``limit``, and those that are equal to the last of them."""
    if limit is None or len(ordered) <= limit:
        return ordered
    last = key(ordered[limit - 1])
    return ordered[:limit] + [one for one in ordered[limit:] if key(one) == last]


def finding_records(owner: Record, form: Form, findings: Iterable[Finding]) -> tuple[Record, ...]:
    """The findings of a checked form as records; ``owner`` is the form as a record."""
    shared = {name: owner[name] for name in ("form", "project_name", "unit", "department", "year")}
    return tuple(
        Record(
            "findings",
            owner.form,
            finding.location.row,
            {**shared, **finding_cells(form, finding)},
        )
        for finding in findings
    )


def finding_cells(form: Form, finding: Finding) -> dict[str, Cell]:
    """What a finding of ``form`` says; not what is said of the form itself."""
    return {
        "rule": Cell(finding.rule),
        "severity": Cell(SEVERITY_NAMES[finding.severity]),
        "section": Cell(finding.location.section),
        "field": Cell(finding.location.field),
        "place": Cell(place_name(form, finding.location)),
        "message": Cell(finding.message),
        "printed": Cell(finding.printed),
        "expected": Cell(finding.expected),
        "arithmetic": Cell(finding.arithmetic),
    }
