"""What an office has in the mean: 平均每个处室报几张表, 平均每家单位多少预算."""

from __future__ import annotations

import re

from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import Plan, base_of
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Measure, Order, Query, Step

_EACH = re.compile("每(?:一)?[个家]$|每$")
_SUMMED = frozenset(("万元", "分", "个"))
"""The units of what can be added up over the forms of an office."""


def as_mean_of_offices(plan: Plan) -> Meaning | None:
    """The sum or the number of what there is, by the number of offices; None where that is not asked."""
    asked = plan.asked
    mark = asked.reading.said.get("mean")
    office = next((n for n in asked.reading.nouns if mark is not None and n.start == mark.end), None)
    if mark is None or office is None or office.name != "unit" or _EACH.search(mark.text) is None:
        return None
    if plan.ranking is not None or asked.says("per_unit", "per_form", "share"):
        return None
    part = _part(plan)
    if part is None:
        return None
    forms = base_of(plan, "forms").model_copy(update={"within": ()})
    offices = forms.model_copy(update={"group": "unit", "ask": "term", "measure": Measure(op="count")})
    steps = (Step(op="per", of=(0, 1), unit=f"个{office.text}"),)
    queries = (part.model_copy(update={"ask": "term", "steps": steps}), offices)
    return Meaning(queries=queries, labels=("合计", f"{office.text}共"))


def as_ends_of_offices(plan: Plan) -> Meaning | None:
    """平均分最高的处室比最低的高几分: the figures of two offices, and how far apart they are."""
    asked = plan.asked
    if not asked.says("extremes") or plan.ranking is not None or asked.says("ratio", "share"):
        return None
    fields = [one.field for one in plan.aggregates if one.of == "forms" and one.op != "median"]
    if len(set(fields)) != 1 or asked.rows_spoken or _APART.search(asked.reading.text) is None:
        return None
    mean = asked.says("mean") or FIELDS["forms"][fields[0]].unit not in _SUMMED or fields[0] == "total"
    measure = Measure(op="mean" if mean else "sum", field=fields[0])
    grouped = base_of(plan, "forms").model_copy(update={"group": "unit", "measure": measure, "ask": "term"})
    ends = tuple(
        grouped.model_copy(update={"order": Order(field=GROUPED, descending=falling), "limit": 1})
        for falling in (True, False)
    )
    steps = (Step(op="difference", of=(0, 1)),)
    return Meaning(queries=(ends[0].model_copy(update={"steps": steps}), ends[1]), labels=("最高", "最低"))


_APART = re.compile("差|[多少高低大]出?了?(?:多少|几)")


def _part(plan: Plan) -> Query | None:
    """What is divided: the sum of one field of the forms, or the number of forms or indicators."""
    asked = plan.asked
    fields = dict.fromkeys(asked.numeric("forms")) if not asked.rows_spoken else {}
    if len(fields) == 1 and FIELDS["forms"][(field := next(iter(fields)))].unit in _SUMMED:
        return base_of(plan, "forms").model_copy(update={"measure": Measure(op="sum", field=field)})
    if fields or not asked.says("count"):
        return None
    of = asked.of
    return base_of(plan, of).model_copy(update={"measure": Measure(op="count")})
