"""A question about many records with its superlative and aggregates bound, and what queries share."""

from __future__ import annotations

import re
from typing import Any

from assistant.asking.planning.asked import Asked, meant
from assistant.asking.planning.binding import free_fields, picked_first, ranking_of
from assistant.asking.planning.by_source import sources_within
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_aggregates import aggregates_of
from assistant.asking.reading.intents import order_of
from assistant.asking.reading.predicates import Predicate
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Measure, Order, Query
from assistant.asking.records.records import NO, YES

_RECORDS = re.compile(
    "(?:多少|几)(?:个|张|份|项|条|处)?(?:(?:项目)?(?:绩效)?自评表|项目|表|专项|指标|单子|问题|错误)"
    "|(?:多少|几)(?:个|项|条)(?:产出|效益|满意度|数量|质量|时效|成本|经济|社会|生态|可持续|影响|服务对象|类)+指标"
    "|(?:多少|几)(?:个|张|份|项|条|处|家)(?=$|来$|[,;的是有没超低得满未扣占都])|(?:多少|几)$|(?:个|条|张|项目|表|处室|单位)数|数量"
)

_ALL = re.compile(
    "(?:都|(?<!平)均|全都|全部|全|所有|每[个项条]|各[个项条])(?!部?的?(?:项目|自评表|表|指标)?(?:里|中))[^,;]{0,4}$"
)

_ALL_IN = re.compile("^(?:都|均|全都|全部|全(?!年|额|厅|区|省|市))")

_ALL_INSIDE = re.compile("(?<![没未不])(?:全都|都|(?<!平)均)(?!有)")
"""执行率都是100%, between the field and its number."""

_EVERY_SUCH = re.compile("所有|每|各")
_SUCH_ALL = re.compile("的?(?:指标|项目|表)[^,;]*(?:都|均|全)")
"""所有目标是100%的指标都…: what is said before the noun tells which, not what holds of all."""
_NONE_WRITTEN = re.compile(
    "(?:(?<![第哪每])一(?:条|个|处|项|个字|句话)的?(?:偏差)?(?:原因|理由|说明)[^,;]{0,4}"
    "|^.{0,3}(?:偏差)?(?:原因|理由|说明)[^,;]{0,4}(?:都|也|全))(?:没|未)"
)
"""偏差原因都没写的项目: of all of their indicators, where nothing else is said of these."""
_NONE_LOST = re.compile("没(?:有)?扣|未扣|一分(?:都|也)?(?:没|未)|没(?:有)?丢")

_NONE_LEFT = frozenset((("unspent", "le"), ("unspent", "eq"), ("overspent", "le")))

_NOT = re.compile("[没未不](?:有)?$")

_POSITIVE = frozenset(("lost", "total_lost", "exec_lost", "unspent", "overspent"))
"""Fields of which the largest is meant only where there is any."""

_EACH = re.compile("各|分别|每")
_SUMMED = frozenset(("lost", "score", "weight"))
"""Points, that are added up over the indicators of a form."""

_GROUPS = (
    ("per_unit", "unit"),
    ("per_year", "year"),
    ("per_counted", "counted_in"),
    ("per_level2", "level2"),
    ("per_level1", "level1"),
)

_FIRST = frozenset(("产出", "效益", "满意度"))
"""The kinds of the first level."""

_VALUES = re.compile("指标(?:的)?(?:都|分别|各自?|各)*(?:是|为|达到?|有)(?:了)?多少$")
"""满意度指标都是多少: what they aim at and what was reached."""
_UNITS_WITH = re.compile(
    "(?:以上|以下|只有?一|[0-9两二三四五六七八九十])个?的?(?:项目|表)的(?:处室|单位|部门|科室)"
)
"""有两个以上项目的处室: what is counted is grouped by office."""
_LISTED = re.compile(
    "(?:哪些|哪几[个条张])(?:项目|表|专项|指标)?$|(?:哪些|哪几[个条张])(?:项目|表|专项|指标)"
)
_OFFICE = re.compile("处室|单位|部门|科室|股室")
_WHO = re.compile("(?:数|额|是)?(?:谁家?|哪一?[个家])")
_UNIT_FIELDS = {
    "unit_name": "unit",
    "unit_who": "unit",
    "unit_asked": "unit",
    "year_text": "year",
    "project_text": "project_name",
}


class Plan:
    """A question about many records with its superlative and aggregates bound."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.ranking = ranking_of(asked)
        self.picked = picked_first(asked)
        self.aggregates = aggregates_of(asked, self.ranking)
        self.forms = asked.stated("forms")
        self.rows = asked.stated("indicators")
        bound = [m for one in self.aggregates for m in one.used]
        bound += [one.used for one in (self.ranking, self.picked) if one is not None and one.used]
        self.free = [m for m in free_fields(asked) if m not in bound]

    @property
    def group(self) -> str:
        """The field whose values make groups; "" for none."""
        said = self.asked.says
        for word, name in _GROUPS:
            # 每年追加预算的项目有哪些: those of every year, not a number of each.
            told = name == "year" and self.ranking is None and _LISTED.search(self.asked.reading.text)
            if said(word) and not told:
                return "level1" if name == "level2" and self._of_first_level() else name
        if self._ranks_forms_by_rows():
            return "form"
        if said("per_form") and (self.asked.rows_spoken or self._of_findings()):
            return "form"
        units = [n for n in self.asked.reading.nouns if n.name == "unit"]
        listed = units and not self.asked.scope.named and order_of(self.asked.reading) is not None
        most = units and self.ranking is not None and self.ranking.of != "findings" and not self.ranking.field
        many = units and _UNITS_WITH.search(self.asked.reading.text)
        picked = self.ranking is not None and (self.ranking.noun == "unit" or self._who_has())
        ends = self.asked.reading.said.get("extremes")
        among = ends is not None and bool(units or _OFFICE.search(ends.text)) and not self.asked.scope.parts
        return "unit" if self.asked.head == "unit" or listed or most or many or picked or among else ""

    def _of_first_level(self) -> bool:
        """产出和效益哪类最多; 按一级指标分,哪类最多, where 哪类 alone would be of the second level."""
        kinds = {m.name for m in self.asked.reading.levels}
        second = any("二级" in m.text for m in self.asked.reading.marks if m.name == "per_level2")
        return (len(kinds) > 1 and kinds <= _FIRST) or (self.asked.says("per_level1") and not second)

    def _who_has(self) -> bool:
        """谁管的钱最多: the figure is of the office; 哪个处室负责的项目 is a cell of a form."""
        ranking, fields = self.ranking, self.asked.reading.fields
        if ranking is None or ranking.used is None:
            return False
        who = any(m.name in ("unit_who", "unit_name") and m.end == ranking.used.start for m in fields)
        used, text = ranking.used, self.asked.reading.text
        # 部门的执行率谁最高.
        offices = [n for n in self.asked.reading.nouns if n.name == "unit"]
        who |= any(text[n.end : used.start] in ("", "的") for n in offices) and bool(
            _WHO.match(text, used.end)
        )
        # 排名第二的单位是哪家.
        return who or any(m.name == "unit_asked" and m.start == ranking.end for m in fields)

    def _ranks_forms_by_rows(self) -> bool:
        """指标扣分最多的两张表: the forms, by what all of their indicators lost."""
        ranking = self.ranking
        of_rows = ranking is not None and ranking.of == "indicators" and ranking.field in _SUMMED
        return of_rows and ranking is not None and ranking.noun == "form" and not self.asked.scope.rows

    def _of_findings(self) -> bool:
        return self.asked.head == "finding"

    def shown(self, of: Sort) -> tuple[str, ...]:
        """The fields asked for beside what ranks and aggregates."""
        names: list[str] = []
        for mention in self.free:
            its, field = sort_of(mention, self.asked.reading, self.asked.rows_spoken)
            if field in FIELDS[of] and of in (its, "forms"):
                own = its == of and mention.name != "gap"
                names += meant(mention, of) if own or of == "indicators" == its else (field,)
            elif mention.name in _UNIT_FIELDS:
                names.append(_UNIT_FIELDS[mention.name])
        if self.asked.says("which_unit"):
            names.append("unit")
        if of == "indicators" and not names and _VALUES.search(self.asked.reading.text):
            names = ["target", "actual"]
        return tuple(dict.fromkeys(names))


def base_of(plan: Plan, of: Sort, extra: tuple[Condition, ...] = ()) -> Query:
    """The records of ``of`` that the question narrows to."""
    stated = plan.forms if of == "forms" else plan.rows
    where = tuple(c for c in stated.where if not (of == "forms" and extra and c.field == "indicator_count"))
    inner = _inner(plan, of)
    return Query(**plan.asked.scoped(of), where=(*where, *extra), any_of=stated.any_of, **inner)


def _inner(plan: Plan, of: Sort) -> dict[str, Any]:
    """What narrows a query over ``of`` from the other sort: conditions there, a superlative over forms."""
    asked, ranking = plan.asked, plan.ranking
    within: list[Query] = []
    first = plan.picked
    if first is not None and first.field in FIELDS[first.of]:
        order = Order(field=first.field, descending=first.descending)
        query = Query(**asked.scoped(first.of), order=order)
        within.append(query.model_copy(update={"limit": first.limit, "offset": first.offset}))
    other: Sort = "forms" if of == "indicators" else "indicators"
    stated = plan.forms if of == "indicators" else plan.rows
    picks = ranking is not None and ranking.of == "forms" and of == "indicators" and bool(ranking.field)
    if picks and ranking is not None:
        order = Order(field=ranking.field, descending=ranking.descending)
        query = Query(**asked.scoped("forms"), where=plan.forms.where, any_of=plan.forms.any_of)
        within.append(
            query.model_copy(update={"order": order, "limit": ranking.limit, "offset": ranking.offset})
        )
    elif stated or (other == "indicators" and asked.scope.rows and asked.rows_spoken):
        within.append(Query(**asked.scoped(other), where=stated.where, any_of=stated.any_of))
    has, lacks = sources_within(asked)
    return {"within": (*within, *has), **({"lacking": lacks} if lacks else {})}


def measures_of(plan: Plan, of: Sort) -> tuple[Measure, ...]:
    """The aggregates asked for of records of ``of``, with their number first where that is asked too."""
    asked, ranking = plan.asked, plan.ranking
    found = [Measure(op=one.op, field=one.field) for one in plan.aggregates if one.field in FIELDS[of]]
    ranked = ranking is not None and ranking.of == of and ranking.limit != 1 and not plan.group
    if not found and ranking is not None and ranked and asked.says("sum", "mean", "median"):
        op = "mean" if asked.says("mean") else "median" if asked.says("median") else "sum"
        found = [Measure.model_validate({"op": op, "field": ranking.field})]
    if found and not plan.group and all(one.op == "sum" for one in found):
        found += [one for one in amounts_summed(plan, of) if one not in found]
    if found and asked.says("count") and counts_records(asked):
        found.insert(0, Measure(op="count"))
    return tuple(found)


def amounts_summed(plan: Plan, of: Sort) -> tuple[Measure, ...]:
    """预算多少、花掉多少, beside 几个项目 or a sum: what the amounts add up to; none where each is asked."""
    if of != "forms" or _EACH.search(plan.asked.reading.text) or plan.asked.one_form():
        return ()
    amounts = (name for name in plan.shown(of) if FIELDS[of][name].unit == "万元")
    return tuple(Measure(op="sum", field=name) for name in amounts)


def positive(query: Query, field: str, descending: bool) -> Query:
    """The query over those that have any of it, where the largest of ``field`` come first.

    A budget is raised or cut: the one that was cut most is one that was cut.
    """
    either_way = field == "adjusted"
    if not (either_way or (field in _POSITIVE and descending)) or any(c.field == field for c in query.where):
        return query
    op = "gt" if descending else "lt"
    condition = Condition.model_validate({"field": field, "op": op, "number": 0})
    return query.model_copy(update={"where": (*query.where, condition)})


def every_of(plan: Plan, of: Sort) -> tuple[Condition, ...]:
    """The conditions that all records of a group must meet: 项目都满分的处室, 指标全部完成的项目."""
    asked = plan.asked
    found: list[Condition] = []
    for predicate in asked.predicates:
        kind = predicate.conditions[0].field in ("level1", "level2")
        if predicate.of == of and not kind and _of_all(predicate, asked.reading.text):
            found += predicate.conditions
    own = [p for p in asked.predicates if p.of == of]
    if plan.group == "unit" and not found and own:
        # 没有结余的处室: none of its forms has any.
        found += [c for p in own for c in p.conditions if (c.field, c.op) in _NONE_LEFT and c.number == 0]
    if (
        not found
        and len(own) == 1
        and _NONE_WRITTEN.search(asked.reading.text[max(0, own[0].start - 3) : own[0].end])
    ):
        found += own[0].conditions
    return tuple(_not_missed(c) for c in found)


def _of_all(predicate: Predicate, text: str) -> bool:
    """Whether 都, 全部 stands before it, not negated, or it says itself that nothing was lost."""
    before, own = text[: predicate.start], text[predicate.start : predicate.end]
    if predicate.conditions[0].field in ("score", "total") and _NONE_LOST.match(own):
        return True
    said = _ALL.search(before)
    if said is not None and _EVERY_SUCH.match(said[0]) and _SUCH_ALL.match(text[predicate.end :]):
        return False
    if predicate.fields and _ALL_INSIDE.search(own):
        return True
    if said is None:
        return _ALL_IN.match(own) is not None and not _NOT.search(before)
    return not _NOT.search(before[: said.start()])


def _not_missed(condition: Condition) -> Condition:
    """All reached means none missed: whether a qualitative target is reached the forms do not always tell."""
    if condition.field == "met" and condition.texts == (YES,):
        return Condition(field="met", op="ne", texts=(NO,))
    return condition


def without(where: tuple[Condition, ...], every: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that are not ``every``."""
    return tuple(c for c in where if _not_missed(c) not in every)


def counts_records(asked: Asked) -> bool:
    """几个, 几张表, 多少指标; not 几个人, 多少台车."""
    return _RECORDS.search(asked.reading.text) is not None


def one_row_each(asked: Asked) -> bool:
    """资金拨付及时率各项目分别是多少, 各项目的满意度完成值: the rows themselves are asked."""
    of_kind = bool(asked.reading.levels) and bool({"actual", "target"} & asked.said_names())
    named = bool(asked.scope.rows) or of_kind
    return named and asked.says("per_form") and not asked.says("count", "sum", "mean", "which")


def one_meaning(query: Query, **changes: Any) -> Meaning:
    """A meaning of one query, changed."""
    return Meaning(queries=(query.model_copy(update=changes),))
