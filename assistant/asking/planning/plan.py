"""Questions about many records: lists, numbers, aggregates, rankings and groups."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import UNKNOWN as _UNKNOWN
from assistant.asking.planning.by_department import other_number
from assistant.asking.planning.by_value import as_figures_counted
from assistant.asking.planning.cells import of_a_part
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.per_office import as_ends_of_offices, as_mean_of_offices
from assistant.asking.planning.plan_forms import (
    as_forms_by_rows,
    as_number_of_rows,
    with_all_kinds,
    with_both,
)
from assistant.asking.planning.plan_groups import as_grouped
from assistant.asking.planning.plan_records import as_extremes, as_records
from assistant.asking.planning.planning import (
    Plan,
    base_of,
    one_meaning,
    one_row_each,
)
from assistant.asking.reading.alternatives import crosses
from assistant.asking.records.query import Measure, Step

_POINTS = frozenset(("lost", "score", "weight", "rule_score", "score_gap"))
"""What every indicator has, whatever it counts."""
_ROWS_COUNTED = re.compile(
    "(?:几|多少)(?:个|条|项)?[^,;几多]{0,8}?指标|指标[^,;]{0,10}?(?:几|多少)[个条项](?=$|[,;?])"
)


def as_plan(asked: Asked) -> Meaning | None:
    """The meaning of a question about many records; None where it is about single cells."""
    if crosses(asked.predicates, asked.reading):
        return Meaning(kind="unclear", reason="“或”连接的两个条件一个说的是项目、一个说的是指标")
    of_points = asked.said_names() & _POINTS
    many = len(asked.scope.rows) > 1 and not asked.scope.given and not of_points
    if asked.rows_spoken and asked.says("sum") and many:
        asked.scope = replace(asked.scope, rows=asked.fitting_rows(asked.scope.rows))
    plan = Plan(asked)
    if (early := as_figures_counted(asked) or _not_told(plan)) is not None:
        return early
    summed = asked.rows_spoken and asked.scope.rows and plan.aggregates and not asked.says("count")
    if summed and (unit := asked.counts_other(asked.scope.rows)):
        return Meaning(kind="nothing", reason=f"按“{unit}”计数的这一项")
    if plan.aggregates and all(one.of == "forms" for one in plan.aggregates) and (part := of_a_part(asked)):
        return Meaning(kind="nothing", reason=f"“{part}”的这一项数字")
    if _is_of_cells(plan):
        return None
    ranked = plan.ranking
    if ranked is not None and ranked.field == _UNKNOWN:
        return Meaning(kind="unclear", reason=asked.reading.text[ranked.start : ranked.end])
    for attempt in (as_mean_of_offices, _mean_number_of_rows, _ends, _groups, _forms, _by_count):
        if (meaning := attempt(plan)) is not None:
            return meaning
    return as_records(plan, "indicators" if asked.rows_spoken else "forms")


def _not_told(plan: Plan) -> Meaning | None:
    """A person, or what stands right behind one that is named, of which no order is known."""
    said = plan.asked.reading.said
    if plan.asked.scope.named and "nth" in said and said["nth"].text.startswith("仅次于"):
        return Meaning(kind="unclear", reason="仅次于")
    return Meaning(kind="nothing", reason="人名") if _asks_who(plan) else None


def _asks_who(plan: Plan) -> bool:
    """培训老师是谁: no form or indicator is a person."""
    asked = plan.asked
    mark = asked.reading.said.get("which")
    narrowed = plan.ranking or plan.forms or plan.rows or asked.scope.parts or asked.said_fields()
    return mark is not None and mark.text.endswith("谁") and asked.scope.named and not narrowed


def _is_of_cells(plan: Plan) -> bool:
    """Cells of what is named, or things side by side that nothing is computed of."""
    asked, ranked = plan.asked, plan.ranking
    if asked.says("ratio") and asked.scope.rows and not asked.head:
        return True
    if ranked is not None and not ranked.field and ranked.of == "forms" and plan.group != "unit":
        return True
    if _cells_of_each(plan):
        return True
    counted = asked.says("which") or (asked.says("count") and asked.head == "form")
    computed = plan.aggregates or ranked or plan.forms or plan.rows or counted
    return bool(asked.scope.parts) and not computed


def _cells_of_each(plan: Plan) -> bool:
    """哪些表有这个指标，定多少、做到多少: the rows that are named are asked for, each with its cells."""
    asked = plan.asked
    stated = plan.aggregates or plan.ranking or plan.forms or plan.rows or asked.says("count", "per_unit")
    cells = {"target", "actual"} & asked.said_names()
    return bool(asked.scope.rows and cells and asked.head == "form" and asked.says("which")) and not stated


def _mean_number_of_rows(plan: Plan) -> Meaning | None:
    """平均有几个指标; 平均每张表有几个数量指标: such rows by the number of forms."""
    asked = plan.asked
    if not (
        asked.says("mean", "median") and asked.says("count") and _ROWS_COUNTED.search(asked.reading.text)
    ):
        return None
    forms = base_of(plan, "forms").model_copy(update={"within": ()})
    if not plan.rows:
        op = "mean" if asked.says("mean") else "median"
        measure = Measure.model_validate({"op": op, "field": "indicator_count"})
        return one_meaning(forms, measure=measure, ask="value")
    if asked.says("median") or asked.scope.rows:
        return None
    rows = base_of(plan, "indicators")
    counted = {"ask": "term", "measure": Measure(op="count")}
    steps = (Step(op="per", of=(0, 1), unit="张表"),)
    queries = (rows.model_copy(update={**counted, "steps": steps}), forms.model_copy(update=counted))
    return Meaning(queries=queries, labels=("这些指标共", "自评表共"))


def _ends(plan: Plan) -> Meaning | None:
    """最高和最低, 极差; beside other aggregates it is one of these."""
    if plan.group == "unit" and (apart := as_ends_of_offices(plan)) is not None:
        return apart
    listed = len({one.op for one in plan.aggregates}) > 1 and len({one.of for one in plan.aggregates}) == 1
    return as_extremes(plan) if plan.asked.says("extremes") and not listed else None


def _groups(plan: Plan) -> Meaning | None:
    if (whether := with_all_kinds(plan)) is not None:
        return whether
    if plan.group == "form" and one_row_each(plan.asked):
        return None
    if plan.group == "unit" and (miscounted := other_number(plan.asked)):
        return Meaning(kind="unclear", reason=miscounted)
    return as_grouped(plan) if plan.group and not _single_office(plan) else None


def _forms(plan: Plan) -> Meaning | None:
    asked = plan.asked
    both = with_both(plan)
    if both is not None:
        return both
    of_row = plan.ranking is not None and plan.ranking.noun == "row" and bool(plan.ranking.field)
    if asked.one_form() and asked.scope.rows and asked.head == "form" and not asked.says("which"):
        return Meaning(kind="unclear")
    # 没设成本指标的是哪些: what has none is a form, though no noun says so.
    lacks = not asked.head and asked.says("negated_set") and asked.says("which") and asked.reading.levels
    of_forms = asked.head == "form" or bool(lacks)
    by_rows = asked.rows_spoken and of_forms and not one_row_each(asked) and not of_row
    return as_forms_by_rows(plan) if by_rows else None


def _by_count(plan: Plan) -> Meaning | None:
    """指标最多的表."""
    ranked = plan.ranking
    if ranked is not None and ranked.of == "indicators" and not ranked.field:
        return as_number_of_rows(plan)
    return None


def _single_office(plan: Plan) -> bool:
    """哪个处室 of named forms, or of the form that a superlative picks, is a cell, not a group."""
    asked, ranking = plan.asked, plan.ranking
    if plan.group != "unit" or asked.says("per_unit"):
        return False
    if ranking is not None:
        return ranking.noun == "form"
    named = asked.scope.forms is not None and (asked.scope.named or not asked.reading.years)
    return named and not (plan.forms or plan.rows) and not asked.says("count_units")
