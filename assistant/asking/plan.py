"""Questions about many records: lists, numbers, aggregates, rankings, groups, each over what the others narrow."""

from __future__ import annotations

import re
from typing import Any

from assistant.asking.asked import Asked
from assistant.asking.binding import UNKNOWN as _UNKNOWN
from assistant.asking.binding import Ranking, aggregates_of, free_fields, ranking_of
from assistant.asking.fields import FIELDS, Sort
from assistant.asking.intents import order_of
from assistant.asking.meaning import Meaning
from assistant.asking.numbers import Bound
from assistant.asking.predicates import Predicate, crosses, sort_of
from assistant.asking.query import GROUPED, Condition, Measure, Order, Query
from assistant.asking.records import NO, YES

_RECORDS = re.compile(
    "(?:多少|几)(?:个|张|份|项|条|处)?(?:项目|表|专项|指标|单子|问题|错误)"
    "|(?:多少|几)(?:个|张|份|项|条|处|家)(?=$|[,;的是有没超低得满未扣占都])|(?:多少|几)$|(?:个|条|张|项目|表|处室|单位)数|数量"
)
_MEANT = frozenset(("rate", "total", "completion", "score_rate"))
_ALL = re.compile("(?:都|(?<!平)均|全都|全部|全|所有|每[个项条]|各[个项条])[^,;]{0,4}$")
_ALL_IN = re.compile("^(?:都|均|全都|全部|全)")
_ROWS_COUNTED = re.compile("(?:几|多少)(?:个|条|项)?(?:绩效)?指标")
_NONE_LOST = re.compile("没(?:有)?扣|未扣|一分(?:没|未)|没(?:有)?丢")
_NOT = re.compile("[没未不](?:有)?$")
_POSITIVE = frozenset(("lost", "total_lost", "exec_lost", "unspent", "overspent"))
"""Fields of which the largest is meant only where there is any."""
_GROUPS = (("per_unit", "unit"), ("per_year", "year"), ("per_level2", "level2"), ("per_level1", "level1"))
_UNIT_FIELDS = {
    "unit_name": "unit",
    "unit_who": "unit",
    "unit_asked": "unit",
    "year_text": "year",
    "project_text": "project_name",
}
_SPREAD = re.compile("差|相差|差距|极差|减|悬殊")


class Plan:
    """A question about many records with its superlative and aggregates bound."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.ranking = ranking_of(asked)
        self.aggregates = aggregates_of(asked, self.ranking)
        self.forms = asked.stated("forms")
        self.rows = asked.stated("indicators")
        bound = [m for one in self.aggregates for m in one.used]
        bound += [self.ranking.used] if self.ranking and self.ranking.used else []
        self.free = [m for m in free_fields(asked) if m not in bound]

    @property
    def group(self) -> str:
        """The field whose values make groups; "" for none."""
        said = self.asked.says
        for word, name in _GROUPS:
            if said(word):
                return name
        if said("per_form") and (self.asked.rows_spoken or self._of_findings()):
            return "form"
        units = [n for n in self.asked.reading.nouns if n.name == "unit"]
        listed = units and not self.asked.scope.named and order_of(self.asked.reading) is not None
        most = units and self.ranking is not None and self.ranking.of == "forms" and not self.ranking.field
        return "unit" if self.asked.head == "unit" or listed or most else ""

    def _of_findings(self) -> bool:
        return self.asked.head == "finding"

    def shown(self, of: Sort) -> tuple[str, ...]:
        """The fields asked for beside what ranks and aggregates."""
        names = []
        for mention in self.free:
            its, field = sort_of(mention, self.asked.reading, self.asked.rows_spoken)
            if field in FIELDS[of] and (its == of or of == "forms"):
                names.append(field)
            elif mention.name in _UNIT_FIELDS:
                names.append(_UNIT_FIELDS[mention.name])
        if self.asked.says("which_unit"):
            names.append("unit")
        return tuple(dict.fromkeys(names))


def as_plan(asked: Asked) -> Meaning | None:
    """The meaning of a question about many records; None where it is about single cells."""
    if crosses(asked.predicates, asked.reading):
        return Meaning(kind="unclear", reason="“或”连接的两个条件一个说的是项目、一个说的是指标")
    plan = Plan(asked)
    if asked.says("ratio") and asked.scope.rows and not asked.head:
        return None
    if asked.scope.parts and not (
        (asked.says("count") and asked.head == "form")
        or plan.aggregates
        or plan.ranking
        or plan.forms
        or plan.rows
        or asked.says("which")
    ):
        return None
    ranked = plan.ranking
    if ranked is not None and not ranked.field and ranked.of == "forms" and plan.group != "unit":
        return None
    if ranked is not None and ranked.field == _UNKNOWN:
        return Meaning(kind="unclear", reason=asked.reading.text[ranked.start : ranked.end])
    if asked.says("mean", "median") and asked.says("count") and _ROWS_COUNTED.search(asked.reading.text):
        op = "mean" if asked.says("mean") else "median"
        forms = _base(plan, "forms").model_copy(update={"within": ()})
        return _one(
            forms, measure=Measure.model_validate({"op": op, "field": "indicator_count"}), ask="value"
        )
    if asked.says("extremes"):
        return _extremes(plan)
    if plan.group and not _single_office(plan):
        return _grouped(plan)
    if asked.rows_spoken and asked.head == "form" and not _one_row_each(asked):
        return _forms_by_rows(plan)
    if ranked is not None and ranked.of == "indicators" and not ranked.field:
        return _by_number_of_rows(plan)
    if counts := asked.count_bounds():
        if not asked.rows_spoken or asked.head == "form":
            where = tuple(Condition(field="indicator_count", op=b.op, number=b.number) for b in counts)
            return _set(plan, "forms", where)
    return _set(plan, "indicators" if asked.rows_spoken else "forms")


def _single_office(plan: Plan) -> bool:
    """哪个处室 of named forms, or of the form that a superlative picks, is a cell, not a group."""
    asked, ranking = plan.asked, plan.ranking
    if asked.says("per_unit", "per_year", "per_level1", "per_level2", "per_form"):
        return False
    if ranking is not None:
        return ranking.noun == "form"
    return asked.scope.forms is not None and not (plan.forms or plan.rows) and not asked.says("count_units")


def _inner(plan: Plan, of: Sort) -> dict[str, Any]:
    """What narrows a query over ``of`` from the other sort: conditions there, and a superlative over forms."""
    asked, ranking = plan.asked, plan.ranking
    within: list[Query] = []
    other: Sort = "forms" if of == "indicators" else "indicators"
    stated = plan.forms if of == "indicators" else plan.rows
    picks = ranking is not None and ranking.of == "forms" and of == "indicators" and bool(ranking.field)
    if picks and ranking is not None:
        order = Order(field=ranking.field, descending=ranking.descending)
        query = Query(**_scoped(asked, "forms"), where=plan.forms.where, any_of=plan.forms.any_of)
        within.append(
            query.model_copy(update={"order": order, "limit": ranking.limit, "offset": ranking.offset})
        )
    elif stated or (other == "indicators" and asked.scope.rows and asked.rows_spoken):
        within.append(Query(**_scoped(asked, other), where=stated.where, any_of=stated.any_of))
    return {"within": tuple(within)}


def _scoped(asked: Asked, of: Sort) -> dict[str, Any]:
    return asked.scoped(of)


def _base(plan: Plan, of: Sort, extra: tuple[Condition, ...] = ()) -> Query:
    """The records of ``of`` that the question narrows to."""
    stated = plan.forms if of == "forms" else plan.rows
    where = tuple(c for c in stated.where if not (of == "forms" and extra and c.field == "indicator_count"))
    inner = _inner(plan, of)
    return Query(**_scoped(plan.asked, of), where=(*where, *extra), any_of=stated.any_of, **inner)


def _measures(plan: Plan, of: Sort) -> tuple[Measure, ...]:
    asked, ranking = plan.asked, plan.ranking
    found = [Measure(op=one.op, field=one.field) for one in plan.aggregates if one.field in FIELDS[of]]
    ranked = ranking is not None and ranking.of == of and ranking.limit != 1 and not plan.group
    if not found and ranking is not None and ranked and asked.says("sum", "mean", "median"):
        op = "mean" if asked.says("mean") else "median" if asked.says("median") else "sum"
        found = [Measure.model_validate({"op": op, "field": ranking.field})]
    if found and asked.says("count") and _counts_records(asked):
        found.insert(0, Measure(op="count"))
    return tuple(found)


def _set(plan: Plan, of: Sort, extra: tuple[Condition, ...] = ()) -> Meaning | None:
    """Lists, numbers, aggregates and rankings over the records of one sort."""
    asked, ranking = plan.asked, plan.ranking
    query = _base(plan, of, extra)
    show = plan.shown(of)
    if _one_row_each(asked):
        return _one(query, show=show or ("actual",), ask="cells")
    if ranking is not None and (ranking.of == of or not ranking.field):
        return _ranked(plan, query, ranking, of, show)
    if (overall := _overall_rate(plan, query)) is not None:
        return overall
    measures = _measures(plan, of)
    if measures and not (asked.one_form() and of == "forms" and not query.within):
        return _one(query, measure=measures[0], also=measures[1:], ask="value")
    falling = order_of(asked.reading)
    every = _every(plan, of)
    if every and asked.says("yesno") and asked.says("count"):
        return Meaning(kind="unclear", reason="一次问了两件事：有多少个，是不是都如此")
    if every and asked.says("yesno") and not asked.says("which", "count") and not query.any_of:
        return _one(query, where=_without(query.where, every), every=every, ask="yesno")
    if falling is None and of == "forms" and _sums_all(asked, show):
        where = tuple(c for c in query.where if c.field not in show)
        return _one(query, where=where, measure=Measure(op="sum", field=show[0]), ask="value")
    if falling is not None:
        numeric = [name for name in show if FIELDS[of][name].unit or name in ("target", "actual", "gap")]
        used = [c.field for c in query.conditions() if FIELDS[of][c.field].unit]
        field = (numeric or used or [_default_order(asked, of)])[0]
        if field == "unspent" and not any(c.field == field for c in query.where):
            positive = Condition.model_validate({"field": field, "op": "gt", "number": 0})
            query = query.model_copy(update={"where": (*query.where, positive)})
        return _one(query, order=Order(field=field, descending=falling), show=show, ask="list")
    return _listed(plan, query.model_copy(update={"show": show}))


def _overall_rate(plan: Plan, query: Query) -> Meaning | None:
    """总体执行率: all that was spent over all that was planned, not a mean of rates."""
    asked = plan.asked
    summed = any(one.field == "rate" and one.op == "sum" for one in plan.aggregates)
    said = re.search("总体|整体|总的|全部|所有|汇总|合计|加起来", asked.reading.text)
    whole = query.of == "forms" and plan.shown("forms") == ("rate",) and bool(said)
    if not (summed or (whole and not asked.says("which", "count", "per_form", "mean", "median", "yesno"))):
        return None
    measure = Measure(op="share", field="executed")
    return _one(
        query, base_forms=query.forms, base_field="budget", base=query.where, measure=measure, ask="value"
    )


def _sums_all(asked: Asked, show: tuple[str, ...]) -> bool:
    """全部项目的差额是多少: one amount over all, asked as one."""
    everything = asked.scope.forms is None and re.search("全部|所有|整个|全厅|总的", asked.reading.text)
    one = len(show) == 1 and FIELDS["forms"][show[0]].unit == "万元"
    return bool(everything and one and not asked.says("which", "count", "yesno", "per_form", "per_unit"))


def _default_order(asked: Asked, of: Sort) -> str:
    if of == "indicators":
        return "actual" if asked.scope.rows or asked.reading.levels else "completion"
    return "total" if asked.says("full", "no_full") else "budget"


def _ranked(plan: Plan, query: Query, ranking: Ranking, of: Sort, show: tuple[str, ...]) -> Meaning | None:
    query = _positive(query, ranking.field, ranking.descending)
    order = Order(field=ranking.field, descending=ranking.descending)
    query = query.model_copy(update={"order": order, "limit": ranking.limit, "offset": ranking.offset})
    measures = _measures(plan, of)
    if measures:
        return _one(query, measure=measures[0], also=measures[1:], ask="value")
    return _one(query, show=show, ask="top")


def _positive(query: Query, field: str, descending: bool) -> Query:
    if field not in _POSITIVE or not descending or any(c.field == field for c in query.where):
        return query
    condition = Condition.model_validate({"field": field, "op": "gt", "number": 0})
    return query.model_copy(update={"where": (*query.where, condition)})


def _extremes(plan: Plan) -> Meaning:
    """最高和最低: their difference, or both."""
    asked = plan.asked
    aggregate = next((one for one in plan.aggregates if one.op == "range"), None)
    mark = asked.reading.said["extremes"]
    of: Sort = aggregate.of if aggregate else "forms"
    field = aggregate.field if aggregate else "total"
    base = _base(plan, of)
    if _SPREAD.search(asked.reading.text) or "gap" in asked.said_names():
        return _one(base, measure=Measure(op="range", field=field), ask="value")
    ends = [Order(field=field, descending=down) for down in (True, False)]
    if mark.text.startswith(("最低", "最小", "最少", "最差")):
        ends.reverse()
    show = plan.shown(of)
    return Meaning(
        queries=tuple(
            base.model_copy(update={"order": order, "limit": 1, "ask": "top", "show": show}) for order in ends
        )
    )


def _grouped(plan: Plan) -> Meaning | None:
    """By office, year, form or kind of indicator."""
    asked, ranking, group = plan.asked, plan.ranking, plan.group
    of: Sort = "indicators" if asked.rows_spoken else "forms"
    if of == "forms" and group in ("level1", "level2"):
        of = "indicators"
    base = _base(plan, of)
    each = asked.says("per_unit", "per_form", "per_year", "per_level1", "per_level2")
    ranks_within = (
        ranking is not None
        and ranking.field
        and ranking.noun != group
        and (ranking.noun in ("form", "row") or (asked.head in ("form", "row") and asked.head != group))
    )
    if (each and ranking is not None and ranks_within and group != "form") or (
        each
        and ranking is not None
        and group == "form"
        and ranking.of == "indicators"
        and ranking.field
        and (ranking.noun == "row" or asked.head == "row")
    ):
        order = Order(field=ranking.field, descending=ranking.descending)
        show = (*((group,) if group in FIELDS[of] and group != "form" else ()), *plan.shown(of))
        base = _positive(base, ranking.field, ranking.descending)
        return _one(
            base, order=order, limit=ranking.limit, offset=ranking.offset, each=group, show=show, ask="top"
        )
    if every := _every(plan, of):
        where = _without(base.where, every)
        return _one(base, where=where, any_of=(), group=group, every=every, ask=asked.shape())
    measures = _group_measures(plan, of)
    query = base.model_copy(update={"group": group, "measure": measures[0], "also": measures[1:]})
    having = tuple(Condition(field=GROUPED, op=b.op, number=b.number) for b in _group_bounds(plan, query))
    if group == "unit" and (many := _many_forms(asked)):
        return _one(query, measure=Measure(op="count"), also=(), having=many, ask=asked.shape())
    if having:
        kept = tuple(c for c in query.where if c.number not in {h.number for h in having})
        query = query.model_copy(update={"having": having, "where": kept})
    if asked.says("count_units") and not each:
        return _one(query, ask="count")
    if ranking is not None:
        order = Order(field=GROUPED, descending=ranking.descending)
        return _one(query, order=order, limit=ranking.limit, offset=ranking.offset, ask="top")
    falling = order_of(asked.reading)
    if falling is not None or each:
        return _one(query, order=Order(field=GROUPED, descending=falling is not False), ask="list")
    return _one(query, ask=asked.shape())


def _many_forms(asked: Asked) -> tuple[Condition, ...]:
    """只有一个项目的处室, 有两个以上项目的处室."""
    found = [
        b
        for b in asked.reading.bounds
        if b.unit in ("个", "张", "项", "")
        and re.match("的?(?:项目|表|专项)", asked.reading.text[b.end :])
        and (b.signed or re.search("(?:只|就|仅)?有$", asked.reading.text[: b.start]))
    ]
    return tuple(Condition(field=GROUPED, op=b.op, number=b.number) for b in found)


def _group_bounds(plan: Plan, query: Query) -> list[Bound]:
    """Numbers that a group's aggregate, not a single record, is compared with."""
    asked = plan.asked
    counts = asked.count_bounds()
    if counts:
        return counts
    if not asked.says("sum", "mean", "median") and not any(one.op == "sum" for one in plan.aggregates):
        return []
    field = query.measure.field if query.measure else ""
    wanted = {c.number for c in query.where if c.field == field and c.number is not None}
    return [b for b in asked.value_bounds() if b.number in wanted]


def _group_measures(plan: Plan, of: Sort) -> tuple[Measure, ...]:
    """What is computed of each group: what is aggregated, ranked or asked, else the number of records."""
    asked, ranking = plan.asked, plan.ranking
    if asked.says("share"):
        field = next((m for m in plan.shown(of) if FIELDS[of][m].unit and FIELDS[of][m].unit != "%"), "")
        return (Measure(op="share", field=field),)
    found = list(_measures(plan, of))
    # A field in which a condition was stated can be what is summed too: 得分合计超过50分的处室.
    if asked.says("sum", "mean", "median") and not found:
        op = "mean" if asked.says("mean") else "median" if asked.says("median") else "sum"
        used = [
            c.field for c in (plan.forms if of == "forms" else plan.rows).where if FIELDS[of][c.field].unit
        ]
        found += [Measure.model_validate({"op": op, "field": field}) for field in used[:1]]
    names = [ranking.field] if ranking and ranking.field in FIELDS[of] and ranking.used else []
    names += [name for name in plan.shown(of) if FIELDS[of][name].unit]
    known = {one.field for one in found}
    if ranking and ranking.used and ranking.field in known:
        found.sort(key=lambda one: one.field != ranking.field)
    for name in dict.fromkeys(names):
        if name not in known and not (ranking and not ranking.field):
            op = "mean" if name in _MEANT else "sum"
            found.append(Measure.model_validate({"op": op, "field": name}))
    counts_group = asked.head == "unit" or (asked.head == "form" and asked.rows_spoken)
    if asked.says("count") and found and not counts_group and not any(one.op == "count" for one in found):
        found.insert(0, Measure(op="count"))
    return tuple(found) or (Measure(op="count"),)


def _every(plan: Plan, of: Sort) -> tuple[Condition, ...]:
    """The conditions that all records of a group must meet: 项目都满分的处室, 指标全部完成的项目."""
    asked = plan.asked
    found: list[Condition] = []
    for predicate in asked.predicates:
        kind = predicate.conditions[0].field in ("level1", "level2")
        if predicate.of == of and not kind and _of_all(predicate, asked.reading.text):
            found += predicate.conditions
    return tuple(_not_missed(c) for c in found)


def _of_all(predicate: Predicate, text: str) -> bool:
    """Whether 都, 全部 stands before it, not negated, or it says itself that nothing was lost."""
    before, own = text[: predicate.start], text[predicate.start : predicate.end]
    if predicate.conditions[0].field in ("score", "total") and _NONE_LOST.match(own):
        return True
    said = _ALL.search(before)
    if said is None:
        return _ALL_IN.match(own) is not None and not _NOT.search(before)
    return not _NOT.search(before[: said.start()])


def _not_missed(condition: Condition) -> Condition:
    """All reached means none missed: whether a qualitative target is reached the forms do not always tell."""
    if condition.field == "met" and condition.texts == (YES,):
        return Condition(field="met", op="ne", texts=(NO,))
    return condition


def _forms_by_rows(plan: Plan) -> Meaning | None:
    """Which forms, by their indicators: having such ones, none of them, only them, most of them."""
    asked, ranking = plan.asked, plan.ranking
    counts = asked.count_bounds()
    rows = _base(plan, "indicators")
    together = re.search("同时|既|都(?:设|有)", asked.reading.text)
    if together and len(asked.reading.levels) > 1:
        both = tuple(Condition(field="levels", op="contains", texts=(m.name,)) for m in asked.reading.levels)
        return _one(Query(**_scoped(asked, "forms"), where=(*plan.forms.where, *both)), ask=asked.shape())
    if asked.says("negated_set") and not counts:
        lacking = rows.model_copy(update={"within": ()})
        forms = Query(**_scoped(asked, "forms"), where=plan.forms.where, any_of=plan.forms.any_of)
        if lacking.rows is not None:
            forms = forms.model_copy(update={"forms": None})
        return _finish(
            plan, forms.model_copy(update={"lacking": (lacking.model_copy(update={"forms": None}),)})
        )
    if every := _every(plan, "indicators"):
        where = _without(rows.where, every)
        return _one(rows, where=where, any_of=(), group="form", every=every, ask=asked.shape())
    if asked.says("share") and (ranking is not None or asked.says("per_form")):
        return _grouped_by_form(plan, rows, False)
    summed = any(one.of == "indicators" for one in plan.aggregates) or (
        asked.says("sum", "mean")
        and bool(
            _group_bounds(plan, rows.model_copy(update={"measure": _group_measures(plan, "indicators")[0]}))
        )
    )
    ranked_rows = ranking is not None and ranking.of == "indicators"
    kind = len(asked.reading.levels) == 1 and asked.reading.levels[0].name == "满意度"
    if ranking is not None and ranked_rows and ranking.used is None and ranking.field and not summed:
        return _set(plan, "indicators")
    if (
        kind
        and asked.says("per_form")
        and not plan.shown("indicators")
        and order_of(asked.reading) is not None
    ):
        return _one(
            rows, order=Order(field="actual", descending=order_of(asked.reading) is not False), ask="list"
        )
    if counts or summed or ranked_rows or asked.says("per_form"):
        return _grouped_by_form(plan, rows, bool(counts))
    if ranking is not None or any(one.of == "forms" for one in plan.aggregates) or plan.shown("forms"):
        return _set(plan, "forms")
    return _one(rows, group="form", ask=asked.shape())


def _grouped_by_form(plan: Plan, rows: Query, counted: bool) -> Meaning | None:
    asked, ranking = plan.asked, plan.ranking
    measures = _group_measures(plan, "indicators")
    query = rows.model_copy(update={"group": "form", "measure": measures[0], "also": measures[1:]})
    having = tuple(Condition(field=GROUPED, op=b.op, number=b.number) for b in _group_bounds(plan, query))
    kept = tuple(c for c in query.where if c.number is None or c.number not in {h.number for h in having})
    query = query.model_copy(update={"having": having, "where": kept, "every_form": counted})
    if ranking is not None:
        order = Order(field=GROUPED, descending=ranking.descending)
        return _one(query, order=order, limit=ranking.limit, offset=ranking.offset, ask="top")
    if asked.says("per_form") or order_of(asked.reading) is not None:
        order = Order(field=GROUPED, descending=order_of(asked.reading) is not False)
        return _one(query, order=order, ask="list")
    return _one(query, ask=asked.shape())


def _by_number_of_rows(plan: Plan) -> Meaning | None:
    """指标最多的表, 没完成的指标最多的处室."""
    asked, ranking = plan.asked, plan.ranking
    if ranking is None:
        return None
    order = Order(field=GROUPED, descending=ranking.descending)
    rows = _base(plan, "indicators")
    if not plan.rows and not rows.within:
        forms = Query(**_scoped(asked, "forms"), where=plan.forms.where, any_of=plan.forms.any_of)
        order = Order(field="indicator_count", descending=ranking.descending)
        return _one(
            forms,
            order=order,
            limit=ranking.limit,
            offset=ranking.offset,
            show=plan.shown("forms"),
            ask="top",
        )
    return _one(
        rows,
        group="form",
        measure=Measure(op="count"),
        order=order,
        limit=ranking.limit,
        offset=ranking.offset,
        ask="top",
    )


def _finish(plan: Plan, query: Query) -> Meaning | None:
    """A query over forms with the shape, fields and aggregates asked for."""
    measures = _measures(plan, "forms")
    if measures:
        return _one(query, measure=measures[0], also=measures[1:], ask="value")
    return _one(query, show=plan.shown("forms"), ask=plan.asked.shape())


def _listed(plan: Plan, query: Query) -> Meaning | None:
    """How many, whether any, or which."""
    asked, said = plan.asked, plan.asked.says
    narrowed = bool(query.where or query.any_of or query.within or query.lacking)
    if said("count") and not _asks_cell(asked) and _counts_records(asked):
        return _whole(plan, query.model_copy(update={"ask": "count"}))
    if narrowed and said("yesno") and not said("which"):
        return _one(query, ask="yesno")
    if narrowed and not (asked.one_form() and query.of == "forms" and asked.reading.text.endswith("多少")):
        return _one(query)
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    if (said("which") and several and (asked.head or asked.scope.rows)) or (
        several and query.without and asked.head
    ):
        return _whole(plan, query)
    if several and asked.head == "form" and asked.scope.named and not query.show:
        return _one(query)
    if (
        said("which")
        and asked.head == "form"
        and (asked.scope.words or asked.scope.by_office)
        and not query.show
        and not asked.scope.rows
    ):
        return _one(query)
    return None


def _whole(plan: Plan, query: Query) -> Meaning | None:
    """A list or number of everything in scope: only where nothing else was said that would narrow it."""
    narrowed = query.where or query.any_of or query.rows or query.forms or query.within or query.lacking
    if (
        not narrowed
        and not query.without
        and (plan.free or plan.asked.reading.bounds or plan.asked.reading.phrases)
    ):
        return Meaning(kind="unclear")
    return _one(query)


def _asks_cell(asked: Asked) -> bool:
    """多少家, 几次 of one named row is its 完成值, not a number of rows."""
    if asked.scope.given:
        return False
    count = asked.reading.said["count"].text
    if asked.of == "indicators":
        return bool(asked.scope.rows) and asked.head not in ("row", "form") and "指标" not in count
    return asked.scope.forms is not None and bool(asked.fields("forms")) and asked.head != "form"


def _counts_records(asked: Asked) -> bool:
    """几个, 几张表, 多少指标; not 几个人, 多少台车."""
    return _RECORDS.search(asked.reading.text) is not None


def _one_row_each(asked: Asked) -> bool:
    """资金拨付及时率各项目分别是多少: the named rows themselves are asked."""
    return (
        bool(asked.scope.rows) and asked.says("per_form") and not asked.says("count", "sum", "mean", "which")
    )


def _without(where: tuple[Condition, ...], every: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(c for c in where if _not_missed(c) not in every)


def _one(query: Query, **changes: Any) -> Meaning:
    return Meaning(queries=(query.model_copy(update=changes),))
