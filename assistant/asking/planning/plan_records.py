"""Lists, numbers, aggregates and rankings over the records of one sort."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.beside_condition import figures_asked
from assistant.asking.planning.binding import Ranking, asks_amount, free_fields
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import (
    Plan,
    amounts_summed,
    base_of,
    counts_records,
    every_of,
    measures_of,
    one_meaning,
    one_row_each,
    positive,
    without,
)
from assistant.asking.reading.conditions import MONEY
from assistant.asking.reading.intents import order_of
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Measure, Order, Query

_ANY = re.compile("(?<![没都所])有(?!没有)(?:指标[^,;都全]{2,}|[^,;都全]{2,24}指标)吗$")
"""有指标没扣分吗: whether there is any, not whether all are so."""
_TO_ORDER = re.compile("(?:的|由|从|按|进行|来)*")
_EACH_IS = re.compile("(?:分别|各自?)(?:是|为)?(?:多少|几)?$")
"""两张表的满意度分别是多少: the figures, not how many there are."""
_SPREAD = re.compile("差|相差|差距|极差|减|悬殊|[多高大少低小]出?了?(?:多少|几)")


_IN_LIST = re.compile(
    "(?:数|合计|总额|总和|多少|各|是)*(?:、|,|和|与|及|以及|还有)+(?:总的?|总体|整体|综合|合计|平均)*的?"
)


def as_records(plan: Plan, of: Sort, extra: tuple[Condition, ...] = ()) -> Meaning | None:
    """Lists, numbers, aggregates and rankings over the records of one sort."""
    asked, ranking = plan.asked, plan.ranking
    query = base_of(plan, of, extra)
    show = plan.shown(of)
    if one_row_each(asked):
        return one_meaning(query, show=show or ("actual",), ask="cells")
    if ranking is not None and (ranking.of == of or not ranking.field):
        return _ranked(plan, query, ranking, of, show)
    if (overall := _overall_rate(plan, query)) is not None:
        return overall
    measures = measures_of(plan, of)
    if measures and len(measures) > 1 and asked.one_form() and of == "forms" and not query.conditions():
        fields = tuple(dict.fromkeys((*(m.field for m in measures if m.field), *show)))
        return one_meaning(query, show=fields, ask="cells")
    if (summed := _those_summed(asked, query, measures, show)) is not None:
        return summed
    query = _in_one_direction(asked, query, measures)
    single = asked.one_form() and asked.scope.named
    if measures and not (single and of == "forms" and not query.within):
        return one_meaning(query, measure=measures[0], also=measures[1:], ask="value")
    for attempt in (_whether_all, _sum_of_all, _in_order):
        if (meaning := attempt(plan, query, show)) is not None:
            return meaning
    return _listed(plan, query.model_copy(update={"show": show}))


def _in_one_direction(asked: Asked, query: Query, measures: tuple[Measure, ...]) -> Query:
    """超支合计, 追加了多少: only what is beyond, or was raised, counts; nothing offsets it."""
    if any(one.field == "overspent" for one in measures):
        query = positive(query, "overspent", True)
    if any(one.field == "adjusted" and one.op != "range" for one in measures) and (way := _raised(asked)):
        query = positive(query, "adjusted", way == "up")
    return query


def _those_summed(
    asked: Asked, query: Query, measures: tuple[Measure, ...], show: tuple[str, ...]
) -> Meaning | None:
    """失分合计几分,分别是哪几条: those that have any of it, with the sum."""
    if len(measures) != 1 or measures[0].op != "sum" or not asked.says("which"):
        return None
    field = measures[0].field
    some = positive(query, field, True)
    told = any(c.field == field for c in some.where)
    return None if not told else one_meaning(some, show=(field, *show), measure=measures[0], ask="list")


def _whether_all(plan: Plan, query: Query, _show: tuple[str, ...]) -> Meaning | None:
    """都完成了吗."""
    asked, every = plan.asked, every_of(plan, query.of)
    yesno = asked.reading.said.get("yesno")
    if not every or yesno is None or yesno.text.startswith("有") or _ANY.search(asked.reading.text):
        return None
    if asked.says("count"):
        return Meaning(kind="unclear", reason="一次问了两件事：有多少个，是不是都如此")
    if asked.says("which") or query.any_of:
        return None
    return one_meaning(query, where=without(query.where, every), every=every, ask="yesno")


def _sum_of_all(plan: Plan, query: Query, show: tuple[str, ...]) -> Meaning | None:
    if query.of != "forms" or order_of(plan.asked.reading) is not None or not _sums_all(plan.asked, show):
        return None
    where = tuple(c for c in query.where if c.field not in show)
    sums = tuple(Measure(op="sum", field=name) for name in show)
    return one_meaning(query, where=where, measure=sums[0], also=sums[1:], ask="value")


def _in_order(plan: Plan, query: Query, show: tuple[str, ...]) -> Meaning | None:
    """从大到小排."""
    of, falling = query.of, order_of(plan.asked.reading)
    if falling is None:
        return None
    numeric = [name for name in show if FIELDS[of][name].unit or name in ("target", "actual", "gap")]
    used = [c.field for c in query.conditions() if FIELDS[of][c.field].unit]
    field = (_said_with_order(plan, of) or numeric or used or [_default_order(plan.asked, of)])[0]
    query = positive(query, field, True) if field == "unspent" else query
    return one_meaning(query, order=Order(field=field, descending=falling), show=show, ask="list")


def _said_with_order(plan: Plan, of: Sort) -> list[str]:
    """按执行率从低到高: the field right before the order."""
    reading = plan.asked.reading
    mark = reading.said.get("order_up") or reading.said.get("order_down")
    near = [
        m
        for m in plan.asked.said_fields()
        if mark is not None and m.end <= mark.start and _TO_ORDER.fullmatch(reading.text[m.end : mark.start])
    ]
    fields = [sort_of(m, reading, plan.asked.rows_spoken) for m in near[-1:]]
    return [field for its, field in fields if its == of and FIELDS[of][field].unit]


def _overall_rate(plan: Plan, query: Query) -> Meaning | None:
    """总体执行率: all that was spent over all that was planned, not a mean of rates."""
    asked = plan.asked
    if order_of(asked.reading) is not None:
        return None
    summed = any(one.field == "rate" and one.op == "sum" for one in plan.aggregates)
    said = re.search("总体|整体|总的|全部|所有|汇总|合计|加起来", asked.reading.text)
    whole = query.of == "forms" and "rate" in plan.shown("forms") and bool(said)
    whole = whole and set(plan.shown("forms")) <= {"rate", *MONEY}
    if not (summed or (whole and not asked.says("which", "count", "per_form", "mean", "median", "yesno"))):
        return None
    share = {"measure": Measure(op="share", field="executed"), "ask": "value"}
    of = {"base_forms": query.forms, "base_field": "budget", "base": query.where}
    rate = query.model_copy(update={**share, **of})
    amounts = [one.field for one in plan.aggregates if one.op == "sum"] + list(plan.shown("forms"))
    sums = tuple(Measure(op="sum", field=name) for name in dict.fromkeys(amounts) if name in MONEY)
    if not sums or not _listed_with_a_rate(asked):
        return Meaning(queries=(rate,))
    # 预算、执行和总的执行率各是多少: the sums, and one over the other.
    added = query.model_copy(update={"measure": sums[0], "also": sums[1:], "ask": "value"})
    return Meaning(queries=(added, rate), labels=("合计", "总体执行率"))


def _listed_with_a_rate(asked: Asked) -> bool:
    """Whether a rate stands in a list after an amount; 总执行数除以总预算数 only says what it is."""
    fields, text = asked.reading.fields, asked.reading.text
    return any(
        right.name == "rate" and left.name in MONEY and _IN_LIST.fullmatch(text[left.end : right.start])
        for left, right in pairwise(fields)
    )


def _sums_all(asked: Asked, show: tuple[str, ...]) -> bool:
    """全部项目的差额是多少: amounts over all, asked as one."""
    everything = asked.scope.forms is None and re.search(WHOLE, asked.reading.text)
    amounts = bool(show) and all(FIELDS["forms"][name].unit == "万元" for name in show)
    each = len(show) > 1 and _OF_EACH.search(asked.reading.text)
    return bool(
        everything
        and amounts
        and not each
        and not asked.says("which", "count", "yesno", "per_form", "per_unit")
    )


def _default_order(asked: Asked, of: Sort) -> str:
    if of == "indicators":
        return "actual" if asked.scope.rows or asked.reading.levels else "completion"
    return "total" if asked.says("full", "no_full") else "budget"


def _ranked(plan: Plan, query: Query, ranking: Ranking, of: Sort, show: tuple[str, ...]) -> Meaning | None:
    query = positive(query, ranking.field, ranking.descending)
    of_money = ranking.used is not None and ranking.used.name in MONEY
    beyond = ranking.field == "gap" and asks_amount(plan.asked)
    if of == "indicators" and (of_money or beyond):
        amount = {"field": "actual" if beyond else ranking.field, "op": "ge", "number": 0, "unit": "万元"}
        query = query.model_copy(update={"where": (*query.where, Condition.model_validate(amount))})
    order = Order(field=ranking.field, descending=ranking.descending)
    query = query.model_copy(update={"order": order, "limit": ranking.limit, "offset": ranking.offset})
    measures = measures_of(plan, of)
    if measures:
        return one_meaning(query, measure=measures[0], also=measures[1:], ask="value")
    return one_meaning(query, show=show, ask="top")


def as_extremes(plan: Plan) -> Meaning:
    """最高和最低: their difference, or both."""
    asked = plan.asked
    aggregate = next((one for one in plan.aggregates if one.op == "range"), None)
    mark = asked.reading.said["extremes"]
    of: Sort = aggregate.of if aggregate else "forms"
    field = aggregate.field if aggregate else "total"
    base = base_of(plan, of)
    if asked.says("ratio"):
        return _times_of_ends(base, field)
    if _SPREAD.search(asked.reading.text) or "gap" in asked.said_names():
        return one_meaning(base, measure=Measure(op="range", field=field), ask="value")
    ends = [Order(field=field, descending=down) for down in (True, False)]
    if mark.text.startswith(("最低", "最小", "最少", "最差")):
        ends.reverse()
    show = plan.shown(of)
    return Meaning(
        queries=tuple(
            base.model_copy(update={"order": order, "limit": 1, "ask": "top", "show": show}) for order in ends
        )
    )


def _times_of_ends(base: Query, field: str) -> Meaning:
    """最高的是最低的几倍."""
    ends = (Measure(op="max", field=field), Measure(op="min", field=field))
    queries = tuple(base.model_copy(update={"measure": end, "ask": "ratio"}) for end in ends)
    label = FIELDS[base.of][field].label
    return Meaning(queries=queries, labels=(f"最高的{label}", f"最低的{label}"))


def _listed(plan: Plan, query: Query) -> Meaning | None:
    """How many, whether any, or which."""
    asked, said = plan.asked, plan.asked.says
    narrowed = bool(query.where or query.any_of or query.within or query.lacking)
    if said("count") and not _asks_cell(asked) and counts_records(asked):
        sums = amounts_summed(plan, query.of) if _sums_too(query) else ()
        told = {"ask": "count", "measure": sums[0] if sums else None, "also": sums[1:]}
        return _whole(plan, query.model_copy(update=told))
    if (narrowed or asked.one_form()) and (added := _added_up(asked, query)) is not None:
        return added
    if narrowed and _asks_figures(asked, query):
        return one_meaning(query, show=query.show or ("actual",), also=_points_of(asked, query), ask="cells")
    if narrowed and said("yesno") and not said("which"):
        return one_meaning(query, ask="yesno")
    if narrowed and not (asked.one_form() and query.of == "forms" and asked.reading.text.endswith("多少")):
        return one_meaning(query, measure=_all_lost(asked, query), show=figures_asked(asked, query))
    several = asked.scope.forms is None or len(asked.scope.forms) > 1 or asked.scope.given
    of_one = asked.head == "row" and query.of == "indicators" and asked.scope.named and not asked.scope.rows
    which = said("which") and ((several and (asked.head or asked.scope.rows)) or of_one)
    given = asked.scope.given and said("which") and not query.show
    if given or which or (several and query.without and asked.head):
        return _whole(plan, query)
    plain = asked.head == "form" and not query.show
    named = asked.scope.words or asked.scope.by_office
    if plain and several and asked.scope.named:
        return one_meaning(query)
    return one_meaning(query) if plain and said("which") and named and not asked.scope.rows else None


def _sums_too(query: Query) -> bool:
    """Whether all that is shown of what is counted are amounts."""
    return bool(query.show) and all(FIELDS[query.of][name].unit == "万元" for name in query.show)


def _all_lost(asked: Asked, query: Query) -> Measure | None:
    """丢了几分,丢在哪几条: what all of them lost stands beside those that did."""
    lost = any(c.field == "lost" and c.op == "gt" for c in query.where) and "lost" in query.show
    if query.of != "indicators" or not lost or _OF_EACH.search(asked.reading.text):
        return None
    return Measure(op="sum", field="lost")


_OF_EACH = re.compile("各|分别|每")


def _added_up(asked: Asked, query: Query) -> Meaning | None:
    """One figure of all that the question narrows to, though no word adds it up."""
    if query.of == "indicators" and _asks_points_lost(asked):
        return one_meaning(query, measure=Measure(op="sum", field="lost"), ask="value")
    if _asks_money_left(asked, query):
        return one_meaning(query, measure=Measure(op="sum", field="unspent"))
    return None


def _asks_money_left(asked: Asked, query: Query) -> bool:
    """无线电管理局还剩多少钱没花: the forms that have some left, and what that adds up to."""
    if query.show != ("unspent",) or asked.says("which", "count", "yesno", "per_form", "per_unit"):
        return False
    forms = asked.scope.forms or tuple(asked.entities.by_number)
    one_year = len({asked.entities.by_number[form].year for form in forms}) == 1
    return one_year and len(forms) > 1 and _HOW_MANY.search(asked.reading.text) is not None


def _raised(asked: Asked) -> str:
    """up: 追加, 调增; down: 调减; "": 调整, either way."""
    said = "".join(m.text for m in asked.reading.fields if m.name == "adjusted")
    return "up" if re.search("追加|增|高", said) else "down" if re.search("减|低|砍", said) else ""


def _points_of(asked: Asked, query: Query) -> tuple[Measure, ...]:
    """数量指标得了多少分, of one form: the points of each, and what they add up to."""
    points = len(query.show) == 1 and query.show[0] in ("score", "weight")
    each = re.search("分别|各|每", asked.reading.text)
    return (Measure(op="sum", field=query.show[0]),) if points and asked.one_form() and not each else ()


def _asks_points_lost(asked: Asked) -> bool:
    """产出指标扣了几分: one figure of all of them, not a list."""
    if asked.scope.rows or asked.says("which", "count", "yesno", "per_form", "per_unit"):
        return False
    said = [m for m in asked.said_fields() if m.name == "lost"]
    return len(said) == 1 == len(asked.said_fields()) and _HOW_MANY.search(said[0].text) is not None


_HOW_MANY = re.compile("多少|几")


def _asks_figures(asked: Asked, query: Query) -> bool:
    """消费品处项目的满意度, 参培满意度是多少: what indicators of a kind reached, not which they are."""
    if query.of != "indicators" or asked.says("which", "count", "yesno"):
        return False
    kinds = bool(query.where) and not query.any_of
    kinds = kinds and all(c.field in ("level1", "level2") for c in query.where)
    figure = bool(asked.scope.rows) and asked.reading.text.endswith(("多少", "几"))
    few = asked.one_form() or (
        asked.scope.forms is not None and _EACH_IS.search(asked.reading.text) is not None
    )
    return figure or (kinds and few and bool(asked.reading.levels))


def _whole(plan: Plan, query: Query) -> Meaning | None:
    """A list or number of everything in scope: only where nothing else was said that would narrow it."""
    narrowed = query.where or query.any_of or query.rows or query.forms or query.within or query.lacking
    if (
        not narrowed
        and not query.without
        and ((plan.free and not query.measure) or plan.asked.reading.bounds or plan.asked.reading.phrases)
    ):
        return Meaning(kind="unclear")
    return one_meaning(query)


def _asks_cell(asked: Asked) -> bool:
    """多少家, 几次 of one named row is its 完成值, not a number of rows."""
    if asked.scope.given:
        return False
    count = asked.reading.said["count"].text
    if asked.of == "indicators":
        return bool(asked.scope.rows) and asked.head not in ("row", "form") and "指标" not in count
    return asked.scope.forms is not None and bool(free_fields(asked)) and asked.head != "form"
