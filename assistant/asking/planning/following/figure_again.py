"""占多少, 平均呢, 各处室呢, 第三呢: what follows on one figure, on a number of records, or on a ranking."""

from __future__ import annotations

import re

from assistant.asking.language.numbers import find_bounds
from assistant.asking.planning.before import Before
from assistant.asking.planning.following.figure_of import figure_of
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.conditions import of_groups
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.years import forms_beside
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Measure, Order, Query
from assistant.form.numerals import number_of
from assistant.form.units import is_money

_UNIT = "(?:万元?|亿元?|元|钱|分|[个条张项])*"
_THEN = "(?:那么?|换成|改成|再|它们?|这些?)*"
_NUMBER = "(?P<n>[0-9]+|[一二两三四五六七八九十]+)"
_ONE_OF_THEM = f"(?:(?:排(?:名|在)?)?第{_NUMBER}(?:名|个|位)?的?)?(?:[这那]?一?[类种家])?(?:指标)?的?"
"""第二名这类: the group that was shown; another one where its place is said."""
_SHARE = re.compile(
    f"{_THEN}(?:大概|大约)?(?:占比|比例|比重)(?:是|有|呢)?(?:多少|多大)?(?:呢)?"
    f"|{_THEN}{_ONE_OF_THEM}(?:大概|大约)?占(?:了|到)?(?:总数|总额|总量|总体|整个|合计|总的|(?:所有|全部|全体|总)的?(?P<whole>项目|表|预算|支出|执行数?|指标)?(?:总?(?:条数|个数|数量|张数))?)?"
    "的?(?:百分之(?:几|多少)|几成|多少|多大的?(?:比例|比重)?|比例|比重)(?:是|有)?(?:多少|多大)?(?:呢)?"
)
_OF_ITS_BUDGET = re.compile(
    f"{_THEN}(?:只|才|大概|大约)?占(?:了|到)?(?:其|自己|它)?(?:的)?(?:全年|年初)?预算(?:数|金额|总额)?的?"
    "(?:百分之(?:几|多少)|几成|多少|多大的?(?:比例|比重)?|比例|比重)(?:是|有)?(?:多少|多大)?(?:呢)?"
)
_MEAN = re.compile(
    f"{_THEN}平均(?:数|值|下来|算下来|一下)?(?:(?:每|一)[个张条](?:项目|表)?)?(?:呢|是|有|花|用|得)*(?:多少|几)?{_UNIT}(?:指标)?(?:呢)?"
)
_OFFICES = re.compile(
    f"{_THEN}(?:按照?|分|各|每一?个?|逐个)(?:家|个)?(?:处室|单位|部门|科室)(?:来|的)?"
    f"(?:分别|各自?|分开|分|看|统计|算|汇总|说|列|数)*(?:是|有|花|用)?(?:了)?(?:呢|(?:多少|几){_UNIT})?(?:呢)?"
)
_WHICH = "哪[个些]?(?:[几0-9两三四五六七八九十]*[个张家])?(?:项目|表|处室|单位|部门|指标)?"
_KIND_OF = "(?:哪|什么)(?:一)?[类种](?:指标)?"
_HOW_MANY = "(?:,?(?:[又各分别]*[是有])?(?:多少|几)(?:[个张条项](?:指标|项目)?|万?元|万|分|钱))?"
_ASKS = f"(?:的)?(?:呢|又?[是有](?:谁|{_WHICH}|{_KIND_OF}))?{_HOW_MANY}呢?"
_OF_THEM = "(?:的?[那这]?(?:一)?[类种家个])?"
_PLACE = re.compile(f"{_THEN}(?:并列|排(?:名|在)?)?第{_NUMBER}(?:名|个|位)?{_OF_THEM}{_ASKS}")
_FIRST = re.compile(f"{_THEN}(?:列|看|说|给)?(?:出|一下)?前{_NUMBER}(?:名|个|位|家)?{_OF_THEM}{_ASKS}")
_END = re.compile(
    f"{_THEN}(?:其中|里面|这里面)?(?:哪(?:一)?[个张家]|谁)?(?:项目|表|处室|单位)?(?P<field>花|用|支出|执行|剩|安排|预算)?(?:得|的)?最(?P<way>[高多大低少小])"
    "(?:的)?(?:那个)?(?:又?是)?(?:哪(?:一)?[个张家](?:项目|表|处室|单位)?|谁|呢)?(?:呢)?"
)
_SUCH = re.compile(
    "的?(?:处室|单位|部门)?(?:都)?(?:有|是)?(?:(?:哪些|哪几个|谁)|(?P<many>几个|多少个?))(?:处室|单位|部门)?(?:呢)?$"
)
_THEN_ONLY = re.compile(f"^{_THEN}(?:其中|里面)?(?:合计|在)?$")
_OF_WORD = {"花": "executed", "用": "executed", "支出": "executed", "执行": "executed", "剩": "unspent"}
_LOW = "低少小"
_WHOLE = {"预算": "budget", "支出": "executed", "执行": "executed", "执行数": "executed"}
_AMOUNT = "万元"


def figure_again(text: str, before: Before, entities: Entities) -> Meaning | None:
    """The meaning of ``text`` by what the last question asked; None where it says anything else."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if len(queries) != 1 or queries[0].change is not None:
        return None
    query = _placed(text, queries[0]) or _end(text, before) or _above(text, queries[0])
    if query is None and (share := _SHARE.fullmatch(text)) is not None:
        query = _share(share["whole"] or "", share["n"] or "", before, entities)
    if query is None and _OF_ITS_BUDGET.fullmatch(text):
        query = _of_its_budget(before)
    if query is None and _MEAN.fullmatch(text):
        query = _mean(before, points=re.search("(?:多少|几)分", text) is not None)
    if query is None and _OFFICES.fullmatch(text):
        query = _by_office(before)
    return Meaning(queries=(query,)) if query is not None else None


def _placed(text: str, query: Query) -> Query | None:
    """第三呢, 前三名呢, after a ranking."""
    place, first = _PLACE.fullmatch(text), _FIRST.fullmatch(text)
    said = place or first
    number = number_of(said["n"]) if said is not None else None
    if number is None or number < 1 or query.ask != "top" or query.order is None or query.each:
        return None
    end = (int(number) - 1, 1) if place else (0, int(number))
    return query.model_copy(update={"offset": end[0], "limit": end[1], "many": None})


def _above(text: str, query: Query) -> Query | None:
    """超过1000万的有哪些, after an amount of each office: those whose amount is so."""
    said = _SUCH.search(text)
    bounds = find_bounds(text[: said.start()]) if said is not None else []
    whole = len(bounds) == 1 and bounds[0].signed and not _THEN_ONLY.sub("", text[: bounds[0].start])
    if said is None or not whole or bounds[0].end != said.start() or not query.group or query.ask != "list":
        return None
    if query.measure is None or (query.measure.op != "count") != is_money(bounds[0].unit):
        return None
    having = of_groups(bounds, GROUPED)
    return query.model_copy(update={"having": having, "ask": "count" if said["many"] else "list"})


def _end(text: str, before: Before) -> Query | None:
    """最多的是哪个, after a sum over many forms, or after the same of each office."""
    said, old = _END.fullmatch(text), before.meaning.queries[0] if before.meaning is not None else Query()
    if said is None or len(before.forms) < 2:
        return None
    falling = said["way"] not in _LOW
    if (
        old.group
        and old.ask == "list"
        and old.measure is not None
        and old.measure.op in ("sum", "count", "mean")
    ):
        same = _OF_WORD.get(said["field"] or "", old.measure.field or "") in (old.measure.field, "")
        of_offices = old.group == "unit" and not re.search("项目|表", text)
        order = Order(field=GROUPED, descending=falling)
        return (
            old.model_copy(update={"ask": "top", "order": order, "limit": 1}) if same and of_offices else None
        )
    term = figure_of(before) or _compared(old)
    if term is None or term.of != "forms" or term.measure is None or term.measure.op not in ("sum", "mean"):
        return None
    field = term.measure.field
    if _OF_WORD.get(said["field"] or "", "budget" if said["field"] else field) != field:
        return None
    order = Order(field=field, descending=falling)
    return term.model_copy(update={"ask": "top", "measure": None, "order": order, "limit": 1})


def _compared(query: Query) -> Query | None:
    """总分低于98分的有哪些: the list as of the one figure that it is narrowed by."""
    fields = {c.field for c in query.where if c.number is not None and not c.other}
    if (
        query.of != "forms"
        or query.ask not in ("list", "count")
        or query.group
        or query.order
        or len(fields) != 1
    ):
        return None
    field = fields.pop()
    known = bool(FIELDS["forms"][field].unit) and not (query.any_of or query.every)
    return query.model_copy(update={"measure": Measure(op="sum", field=field), "show": ()}) if known else None


def _counted(before: Before) -> Query | None:
    """The figure of the last question, or the number of records that it listed."""
    if (figure := figure_of(before)) is not None:
        return figure
    query = before.meaning.queries[0] if before.meaning is not None else None
    if query is None or query.ask not in ("list", "count") or query.group or query.order or query.every:
        return None
    return query.model_copy(update={"measure": Measure(op="count"), "show": (), "also": ()})


def _share(whole: str, place: str, before: Before, entities: Entities) -> Query | None:
    """占多少: of the same figure over all forms, of the same year where there are several.

    ``place``: the number of the group in its order, where it is said.
    """
    old = before.meaning.queries[0] if before.meaning is not None else Query()
    if old.group and old.ask == "top" and old.limit == 1:
        offset = int(number_of(place) or 1) - 1 if place else old.offset
        return _share_of_top(old.model_copy(update={"offset": offset}), whole)
    if place:
        return None
    term = _counted(before)
    if term is None or term.measure is None or term.within or term.lacking or term.joined or term.apart:
        return None
    of, field = term.of, term.measure.field
    narrowed = term.where or term.any_of or (term.forms is not None and of == "forms")
    added = term.measure.op == "count" or (term.measure.op == "sum" and _is_added(of, field))
    if not (narrowed and added) or (of == "indicators" and term.forms is not None) or term.without:
        return None
    if _WHOLE.get(whole, field) != field:
        return None
    same_year = forms_beside(term.forms or (), entities)
    if same_year is None and len(entities.years) > 1:
        return None
    measure = Measure(op="share", field=field)
    return term.model_copy(update={"ask": "value", "measure": measure, "base_forms": same_year})


def _of_its_budget(before: Before) -> Query | None:
    """占预算的几成, after an amount of one form: of the budget of that form."""
    term = figure_of(before)
    if term is None or term.measure is None or term.of != "forms" or len(term.forms or ()) != 1 or term.where:
        return None
    if term.measure.field == "budget" or not _is_added("forms", term.measure.field):
        return None
    share = {"ask": "value", "measure": Measure(op="share", field=term.measure.field)}
    return term.model_copy(update={**share, "base_forms": term.forms, "base_field": "budget"})


def _share_of_top(query: Query, whole: str) -> Query | None:
    """哪个处室预算最多, 占总预算的几成: the part that the first group has."""
    measure = query.measure
    if measure is None or measure.op not in ("sum", "count") or query.having or query.within:
        return None
    if _WHOLE.get(whole, measure.field) != measure.field:
        return None
    return query.model_copy(update={"measure": Measure(op="share", field=measure.field), "also": ()})


def _is_added(of: str, field: str) -> bool:
    return FIELDS["forms"][field].unit == _AMOUNT if of == "forms" and field else of == "indicators"


def _mean(before: Before, *, points: bool) -> Query | None:
    """平均每个项目多少, after a sum, or after a number of indicators; ``points``: no amount is asked."""
    term = figure_of(before)
    if term is None or term.measure is None or len(before.forms) < 2:
        return None
    if points and not (term.measure.field and FIELDS[term.of][term.measure.field].unit == "分"):
        return None
    if term.of == "forms" and term.measure.op == "sum":
        return term.model_copy(
            update={"ask": "value", "measure": Measure(op="mean", field=term.measure.field)}
        )
    every = not (term.where or term.any_of or term.within or term.lacking or term.rows)
    if term.of != "indicators" or term.measure.op != "count" or not every:
        return None
    measure = Measure(op="mean", field="indicator_count")
    return Query(ask="value", forms=term.forms, without=term.without, measure=measure)


def _by_office(before: Before) -> Query | None:
    """各处室呢, after a figure over many forms: the same of each office."""
    term = _counted(before)
    if term is None or term.order is not None or len(before.forms) < 2:
        return None
    return term.model_copy(update={"ask": "list", "group": "unit", "order": Order(field=GROUPED)})
