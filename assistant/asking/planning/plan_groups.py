"""Questions by office, year, form or kind of indicator."""

from __future__ import annotations

import re

from assistant.asking.language.numbers import Bound
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import WHOLE_SUM, Ranking
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import (
    Plan,
    base_of,
    every_of,
    measures_of,
    one_meaning,
    positive,
    without,
)
from assistant.asking.reading.conditions import MONEY, of_groups
from assistant.asking.reading.intents import order_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import GROUPED, Condition, Measure, Order, Query

_PLEASED = re.compile("满意度(?:指标)?(?:的)?(?:完成值|实际值)?(?:平均)?最[高低]")
_OF_NUMBER = re.compile(
    "最[多少]|数|前[0-9一二三四五六七八九十]|第[一二三四五六七八九十0-9]|几|排|谁.{0,6}[多少]|更[多少]"
)
_OVERALL = re.compile("(?:总体|整体|合计|总)的?(?:预算)?执行率")
_OF_EACH = re.compile("[,、]?(?:各自?|分别)(?:有|是|报了?)?(?:几|多少)")
_KINDS = ("per_level1", "per_level2")
"""哪一类二级指标扣分最多: the kind is asked for."""
_MEANT = frozenset(("rate", "total", "completion", "score_rate"))


def as_grouped(plan: Plan) -> Meaning | None:
    """By office, year, form or kind of indicator."""
    asked, ranking, group = plan.asked, plan.ranking, plan.group
    counted = ranking is not None and ranking.of == "indicators" and not ranking.field
    of: Sort = "indicators" if (asked.rows_spoken or counted) and not _by_number(plan) else "forms"
    if of == "forms" and group in ("level1", "level2", "counted_in"):
        of = "indicators"
    base = _of_either_kind(base_of(plan, of), group)
    each = asked.says("per_unit", "per_form", "per_year", "per_counted", "per_level1", "per_level2")
    if each and ranking is not None and _ranks_within(plan, ranking):
        order = Order(field=ranking.field, descending=ranking.descending)
        show = (*((group,) if group in FIELDS[of] and group != "form" else ()), *plan.shown(of))
        base = positive(base, ranking.field, ranking.descending)
        return one_meaning(
            base, order=order, limit=ranking.limit, offset=ranking.offset, each=group, show=show, ask="top"
        )
    if every := every_of(plan, of):
        where = without(base.where, every)
        shape = "count" if group == "unit" and asked.says("count_units") else asked.shape()
        return one_meaning(base, where=where, any_of=(), group=group, every=every, ask=shape)
    measures = group_measures(plan, of)
    query = _overall(
        base.model_copy(update={"group": group, "measure": measures[0], "also": measures[1:]}), asked
    )
    having = of_groups(group_bounds(plan, query), GROUPED)
    if group == "unit" and (many := _many_forms(asked)):
        also = tuple(one for one in measures if one.op != "count")
        shape = "count" if asked.says("count_units") else asked.shape()
        shape = "list" if _OF_EACH.search(asked.reading.text) else shape
        return one_meaning(query, measure=Measure(op="count"), also=also, having=many, ask=shape)
    if having:
        kept = tuple(c for c in query.where if c.number not in {h.number for h in having})
        query = query.model_copy(update={"having": having, "where": kept})
    if asked.says("count_units") and not each:
        return one_meaning(query, ask="count")
    if ranking is not None:
        if measures == (Measure(op="count"),) and not counted and not _OF_NUMBER.search(asked.reading.text):
            # 哪个处室做得最好: no figure is named, and the number of forms is not what is meant.
            return None
        order = Order(field=GROUPED, descending=ranking.descending)
        return one_meaning(query, order=order, limit=ranking.limit, offset=ranking.offset, ask="top")
    falling = order_of(asked.reading)
    if falling is not None or each:
        return one_meaning(query, order=Order(field=GROUPED, descending=falling is not False), ask="list")
    return one_meaning(query, ask=asked.shape())


def _by_number(plan: Plan) -> bool:
    """By how many indicators the forms of a group have, whatever these are: a figure of the forms."""
    ranking, plain = plan.ranking, not (plan.rows or plan.asked.scope.rows)
    if ranking is None or not plain:
        return False
    counted = ranking.of == "indicators" and not ranking.field
    return ranking.field == "indicator_count" or (counted and plan.asked.says("mean"))


def _overall(query: Query, asked: Asked) -> Query:
    """各处室的总体执行率: what each spent of all that it had, not the mean of its rates."""
    rate = query.of == "forms" and query.measure == Measure(op="mean", field="rate") and not query.also
    if not rate or _OVERALL.search(asked.reading.text) is None:
        return query
    return query.model_copy(update={"measure": Measure(op="share", field="executed"), "base_field": "budget"})


def _of_either_kind(query: Query, group: str) -> Query:
    """按一级指标数，产出多少条，效益多少条: the kinds named are groups, no row is of both."""
    kinds = [c for c in query.where if c.field == group and c.op == "contains" and not c.negated]
    if group not in ("level1", "level2") or len(kinds) < 2:
        return query
    texts = tuple(dict.fromkeys(text for c in kinds for text in c.texts))
    rest = tuple(c for c in query.where if c not in kinds)
    return query.model_copy(update={"where": (*rest, kinds[0].model_copy(update={"texts": texts}))})


def _ranks_within(plan: Plan, ranking: Ranking) -> bool:
    """每个处室预算最大的项目: a ranking inside each group, not of the groups."""
    head, group = plan.asked.head, plan.group
    if any(plan.asked.says(name) and plan.asked.reading.said[name].text.startswith("哪") for name in _KINDS):
        return False
    if not ranking.field or ranking.noun == group:
        return False
    if group == "form":
        return ranking.of == "indicators" and "row" in (ranking.noun, head)
    return ranking.noun in ("form", "row") or (head in ("form", "row") and head != group)


_OF_FORMS = re.compile("[个张份项]?的?(?:项目|表|专项)|[张份](?:$|[,;的])")
"""两个项目, 不止一张: forms by their noun, or by the word that only sheets are counted with."""


def _many_forms(asked: Asked) -> tuple[Condition, ...]:
    """只有一个项目的处室, 有两个以上项目的处室."""
    found = [
        b
        for b in asked.reading.bounds
        if b.unit in ("个", "张", "份", "项", "")
        and _OF_FORMS.match(b.unit + asked.reading.text[b.end :])
        and (
            b.signed
            or re.search(
                "(?:有|[上申提]?[报交]了?|报送了?|填了?|编了?|承担了?|负责|做了?)$",
                asked.reading.text[: b.start],
            )
        )
    ]
    return of_groups(found, GROUPED)


def group_bounds(plan: Plan, query: Query) -> list[Bound]:
    """Numbers that a group's aggregate, not a single record, is compared with."""
    asked = plan.asked
    of_forms = [p for p in asked.predicates if p.conditions[0].field == "indicator_count"]
    counts = [b for b in asked.count_bounds() if not any(p.start <= b.start < p.end for p in of_forms)]
    if counts:
        return counts
    summed = asked.says("sum", "mean", "median") or any(one.op == "sum" for one in plan.aggregates)
    if not (summed or _says_whole(asked)):
        return []
    field = query.measure.field if query.measure else ""
    wanted = {c.number for c in query.where if c.field == field and c.number is not None}
    return [b for b in asked.value_bounds() if b.number in wanted]


def _says_whole(asked: Asked) -> bool:
    """预算总额不到100万的处室, 哪些处室预算超过300万: an amount of the whole office."""
    fields = [m for p in asked.predicates for m in p.fields]
    nouns = {noun.name for noun in asked.reading.nouns}
    amounts = any(m.name in MONEY for m in fields) and "unit" in nouns and not nouns & {"form", "row"}
    return amounts or any(WHOLE_SUM.search(m.text) for m in fields)


def group_measures(plan: Plan, of: Sort) -> tuple[Measure, ...]:
    """What is computed of each group: what is aggregated, ranked or asked, else the number of records."""
    asked, ranking = plan.asked, plan.ranking
    if of == "forms" and _by_number(plan):
        return (Measure(op="mean" if asked.says("mean") else "sum", field="indicator_count"),)
    if asked.says("share"):
        field = next((m for m in plan.shown(of) if FIELDS[of][m].unit and FIELDS[of][m].unit != "%"), "")
        counted = (Measure(op="count"),) if asked.says("count") and not field else ()
        return (Measure(op="share", field=field), *counted)
    found = list(measures_of(plan, of))
    # A field in which a condition was stated can be what is summed too: 得分合计超过50分的处室.
    if (asked.says("sum", "mean", "median") or _says_whole(asked)) and not found:
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
    if not found and of == "indicators" and _PLEASED.search(asked.reading.text):
        # 满意度最低的部门: by the satisfaction reached, not by the number of such indicators.
        return (Measure(op="mean", field="actual"),)
    return tuple(found) or (Measure(op="count"),)
