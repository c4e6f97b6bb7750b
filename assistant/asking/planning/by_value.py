"""How many records have each figure, and which figure most of them have: 分值的众数, 各分值各有几条."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import Plan, base_of, one_meaning
from assistant.asking.reading.mentions import Mention
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Measure, Order

_MOST_HAVE = re.compile("的?(?:指标|表|项目)(?:条|个|张)?数?量?最(?P<way>[多少])")
"""哪个分值的指标最多: right behind the figure that is asked for."""


def as_figures_counted(asked: Asked) -> Meaning | None:
    """The figures of one field with the number of records of each; None where these are not asked for.

    Unclear where no field is said.
    """
    plan = Plan(asked)
    which = _which_value(asked)
    if which is None and not asked.says("mode", "per_value"):
        return None
    field = which or _field(asked)
    if field is None:
        return Meaning(kind="unclear")
    of, name = sort_of(field, asked.reading, asked.rows_spoken)
    if name not in FIELDS[of] or not FIELDS[of][name].unit:
        return None
    # 排第二 is a place among the figures, and picks no form.
    ranking, plan.ranking = plan.ranking, None
    query = base_of(plan, of).model_copy(update={"group": name, "measure": Measure(op="count")})
    if not asked.says("mode") and which is None:
        return one_meaning(query, order=Order(field=GROUPED), ask="list")
    order = Order(field=GROUPED, descending=ranking is None or ranking.descending)
    query = query.model_copy(update={"order": order, "ask": "top"})
    limit, offset = (ranking.limit, ranking.offset) if ranking is not None else (1, 0)
    return one_meaning(query, limit=limit, offset=offset)


def _field(asked: Asked) -> Mention | None:
    """The last field before the word, else the first one behind it."""
    mark = asked.reading.said.get("mode") or asked.reading.said["per_value"]
    said = asked.said_fields()
    before = [m for m in said if m.end <= mark.start]
    return before[-1] if before else said[0] if said else None


def _which_value(asked: Asked) -> Mention | None:
    """哪个分值的指标最多, 哪个总分的表最多: the figure."""
    text = asked.reading.text
    for mark in (m for m in asked.reading.marks if m.name == "which"):
        for field in asked.said_fields():
            if field.start == mark.end and _MOST_HAVE.match(text, field.end):
                return field
    return None
