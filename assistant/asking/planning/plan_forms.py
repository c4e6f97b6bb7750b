"""Questions after forms by their indicators: having such ones, none of them, only them, most of them."""

from __future__ import annotations

import re

from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.plan_groups import group_bounds, group_measures
from assistant.asking.planning.plan_records import HOW_MANY_SUCH, as_records
from assistant.asking.planning.planning import (
    Plan,
    base_of,
    every_of,
    measures_of,
    one_meaning,
    without,
)
from assistant.asking.planning.whole_columns import of_whole_columns
from assistant.asking.reading.conditions import of_groups
from assistant.asking.reading.intents import order_of
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query
from assistant.asking.records.records import YES

_CELLS = frozenset(("target", "actual"))


def as_forms_by_rows(plan: Plan) -> Meaning | None:
    """Which forms, by their indicators: having such ones, none of them, only them, most of them."""
    asked = plan.asked
    rows = base_of(plan, "indicators")
    for attempt in (_with_none, _without_measure, _with_only, _computed):
        if (meaning := attempt(plan, rows)) is not None:
            return meaning
    ranked = plan.ranking is not None or any(one.of == "forms" for one in plan.aggregates)
    if ranked or plan.shown("forms"):
        return as_records(plan, "forms")
    return one_meaning(rows, group="form", ask=asked.shape())


def with_both(plan: Plan) -> Meaning | None:
    """同时设有数量和质量指标的项目: no indicator is of two kinds, so forms are meant."""
    asked = plan.asked
    if (
        asked.head not in ("form", "")
        or len(asked.reading.levels) < 2
        or asked.says("negated_set")
        or not re.search("同时|既|都(?:设|有)", asked.reading.text)
    ):
        return None
    both = tuple(Condition(field="levels", op="contains", texts=(m.name,)) for m in asked.reading.levels)
    query = Query(**asked.scoped("forms"), where=(*plan.forms.where, *both))
    return one_meaning(query, ask=asked.shape())


def _with_none(plan: Plan, rows: Query) -> Meaning | None:
    """没设成本指标的项目."""
    asked = plan.asked
    mark = asked.reading.said.get("negated_set")
    empty = [p for p in asked.predicates if p.conditions[0].op == "empty"]
    if mark is None or asked.count_bounds() or any(p.start <= mark.start < p.end for p in empty):
        return None
    lacking = rows.model_copy(update={"within": (), "forms": None})
    kinds = [c for c in rows.where if c.field in ("level1", "level2")]
    forms = Query(**asked.scoped("forms"), where=plan.forms.where, any_of=plan.forms.any_of)
    if lacking.rows is not None:
        forms = forms.model_copy(update={"forms": None})
    others = tuple(c for c in rows.where if c not in kinds)
    alike = len({kind.field for kind in kinds}) == 1
    none = [
        lacking.model_copy(update={"where": (kind, *others)}) for kind in kinds if alike and len(kinds) > 1
    ]
    return _finish(plan, forms.model_copy(update={"lacking": tuple(none) or (lacking,)}))


def _without_measure(plan: Plan, rows: Query) -> Meaning | None:
    """没写改进措施的项目: no explanation of theirs tells one; beside another condition, rows lack it."""
    if not plan.asked.says("no_measure") or [c.field for c in rows.where] != ["measure"] or rows.any_of:
        return None
    told = Condition(field="measure", op="eq", texts=(YES,))
    telling = rows.model_copy(update={"within": (), "forms": None, "where": (told,)})
    forms = Query(**plan.asked.scoped("forms"), where=plan.forms.where, any_of=plan.forms.any_of)
    return _finish(plan, forms.model_copy(update={"lacking": (telling,)}))


def _with_only(plan: Plan, rows: Query) -> Meaning | None:
    """指标全部完成的项目."""
    every = every_of(plan, "indicators") or of_whole_columns(plan.asked)
    if not every:
        return None
    where = without(rows.where, every)
    grouped = rows.model_copy(update={"where": where, "any_of": (), "group": "form", "every": every})
    if (show := plan.shown("forms")) and plan.asked.shape() == "list":
        # 每一行都填“无”的是哪张表,是哪个处交的: cells of the forms are asked beside.
        return one_meaning(Query(of="forms", within=(grouped,), show=show))
    return one_meaning(grouped, ask=plan.asked.shape())


def with_all_kinds(plan: Plan) -> Meaning | None:
    """是不是每张表都有满意度指标: of all forms, whether each has them."""
    asked, levels = plan.asked, plan.asked.reading.levels
    asks = asked.says("yesno") and re.search("(?:都|全都)(?:有|设|列)", asked.reading.text)
    if not asks or not levels or plan.rows.any_of or len(plan.rows.where) > 1 or plan.rows.where[0].negated:
        return None
    has = tuple(Condition(field="levels", op="contains", texts=(m.name,)) for m in levels)
    return one_meaning(Query(**asked.scoped("forms"), where=plan.forms.where, every=has, ask="yesno"))


def _computed(plan: Plan, rows: Query) -> Meaning | None:
    """By an aggregate, a number or an extreme of their indicators."""
    asked, ranking = plan.asked, plan.ranking
    if asked.says("share") and (ranking is not None or asked.says("per_form")):
        return _grouped_by_form(plan, rows, False)
    summed = any(one.of == "indicators" for one in plan.aggregates) or _bounds_a_sum(plan, rows)
    ranked = ranking is not None and ranking.of == "indicators"
    # 满意度目标最高的是哪个项目: the one row; percentages and people are not added up.
    own = ranking is not None and (ranking.used is None or ranking.field in _CELLS) and bool(ranking.field)
    if ranked and own and not summed:
        return as_records(plan, "indicators")
    if ranking is not None and ranked and not (ranking.field or summed or plan.rows or rows.within):
        return as_number_of_rows(plan)
    falling = order_of(asked.reading)
    satisfaction = [m.name for m in asked.reading.levels] == ["满意度"] and asked.says("per_form")
    if satisfaction and falling is not None and not plan.shown("indicators"):
        return one_meaning(rows, order=Order(field="actual", descending=falling), ask="list")
    counts = asked.count_bounds()
    if counts or summed or ranked or asked.says("per_form"):
        return _grouped_by_form(plan, rows, bool(counts))
    return None


def _bounds_a_sum(plan: Plan, rows: Query) -> bool:
    """分值合计超过60分: the number is of the sum, not of a row."""
    if not plan.asked.says("sum", "mean") or plan.asked.says("yesno"):
        return False
    measured = rows.model_copy(update={"measure": group_measures(plan, "indicators")[0]})
    return bool(group_bounds(plan, measured))


def _grouped_by_form(plan: Plan, rows: Query, counted: bool) -> Meaning | None:
    asked, ranking = plan.asked, plan.ranking
    measures = tuple(_of_one_row(plan, one) for one in group_measures(plan, "indicators"))
    query = rows.model_copy(update={"group": "form", "measure": measures[0], "also": measures[1:]})
    having = of_groups(group_bounds(plan, query), GROUPED)
    kept = tuple(c for c in query.where if c.number is None or c.number not in {h.number for h in having})
    query = query.model_copy(update={"having": having, "where": kept, "every_form": counted})
    if ranking is not None:
        order = Order(field=GROUPED, descending=ranking.descending)
        return one_meaning(query, order=order, limit=ranking.limit, offset=ranking.offset, ask="top")
    if asked.says("per_form") or order_of(asked.reading) is not None:
        order = Order(field=GROUPED, descending=order_of(asked.reading) is not False)
        return one_meaning(query, order=order, ask="list")
    return one_meaning(query, ask=asked.shape())


def _of_one_row(plan: Plan, measure: Measure) -> Measure:
    """哪张表的满意度目标最高: what is never added up ranks a form by the one row that has most of it."""
    ranked = plan.ranking is not None and not plan.asked.says("sum", "mean")
    if not ranked or plan.ranking is None or measure.op != "sum" or measure.field not in _NO_SUMS:
        return measure
    return Measure(op="max" if plan.ranking.descending else "min", field=measure.field)


_NO_SUMS = frozenset(("target", "actual", "completion", "score_rate"))


def as_number_of_rows(plan: Plan) -> Meaning | None:
    """指标最多的表, 没完成的指标最多的处室."""
    asked, ranking = plan.asked, plan.ranking
    if ranking is None:
        return None
    order = Order(field=GROUPED, descending=ranking.descending)
    rows = base_of(plan, "indicators")
    if not plan.rows and not rows.within:
        forms = Query(**asked.scoped("forms"), where=plan.forms.where, any_of=plan.forms.any_of)
        order = Order(field="indicator_count", descending=ranking.descending)
        many = HOW_MANY_SUCH.match(asked.reading.text, ranking.end)
        return one_meaning(
            forms,
            order=order,
            limit=ranking.limit,
            offset=ranking.offset,
            show=(*(("indicator_count",) if asked.says("count") else ()), *plan.shown("forms")),
            ask="count" if many else "top",
        )
    return one_meaning(
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
    measures = measures_of(plan, "forms")
    if measures:
        return one_meaning(query, measure=measures[0], also=measures[1:], ask="value")
    return one_meaning(query, show=plan.shown("forms"), ask=plan.asked.shape())
