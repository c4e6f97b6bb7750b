"""Projects and offices by how a figure changed between years: 增加最多的, 哪些减少了, 连续两年下降的."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.asking.language.frames import plain_text
from assistant.asking.language.words import without_light_clauses
from assistant.asking.planning.before import Before
from assistant.asking.planning.change_words import Wanted, other_change, wanted_change
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Change, Measure, Order, Query

Single = Callable[[str], tuple[Meaning, Reading]]
_LEAST = 2
_TOGETHER = re.compile(
    "(?P<first>.{4,}?)(?:的)?(?:,|、)?(?:但是?|可是?|而且|而|却|并且|且|同时|反而|、|,|又)+(?P<second>[^,]{3,}?)(?:的)?"
    "(?P<who>(?:的)?(?:项目|专项)(?:有|是|一共|共)*(?:哪些|哪几个|哪个|几个|多少个?)?)$"
)
_WHICH_FIRST = re.compile("^(?:有)?(?:哪些|哪几个)(?:项目|专项)(?:的)?(?P<said>.+)$")
_UNDIVIDED = re.compile("(?<=[涨增升高多降减跌掉低少加]了)(?=[一-龥]{2,6}(?:却|反而|反倒|但)[一-龥])")
_TURNED = re.compile("却|反而|反倒")
_APART = re.compile("分别|各自|各(?=是|为|有|多|几|增|减|涨|降|提|上升|下|变)")
_DATED = re.compile("(?:20[0-9]{2}年|今年|去年|上年|本年)度?")
_COMPARED = re.compile("(?:比|较|和|与|跟)(?:20[0-9]{2}年?|上一?年|去年|前年)度?(?:相比)?|同比")
_FIGURE = re.compile("目标|完成|实际|得分|分值|权重|扣分")
_TWO_FIGURES = re.compile("目标.*(?:实际|完成)|(?:实际|完成).*目标|(?:得分|扣分).*(?:目标|完成|实际)")
"""目标比上年的实际还低: what is set against another figure than its own."""
_SHARES = frozenset(("%", "分"))
"""What is in per cent or in points changes by so many of them, not by a share of itself."""


def by_change(question: str, entities: Entities, single: Single) -> tuple[Meaning, Reading] | None:
    """The meaning of a question that lists, counts or ranks by a change; None where it does not."""
    if len(entities.years) < _LEAST:
        return None
    text = without_light_clauses(plain_text(question).replace("?", ","))
    if (alone := _one_change(text, entities, single)) is not None:
        return alone
    named = entities.by_department.named(text)
    if len(named) > 1 and _APART.search(text, named[-1].end):
        start, end = named[0].start, named[-1].end
        each = _one_change(f"{text[:start]}各部门{_APART.sub('', text[end:])}", entities, single)
        forms = {form for one in named for department in one.departments for form in department.forms}
        return _only_of(each, forms) if each is not None else None
    return _of_several(text, entities, single)


def _only_of(found: tuple[Meaning, Reading], forms: set[int]) -> tuple[Meaning, Reading]:
    """教育局和公安局的预算分别增加多少: the changes of the departments that are named alone."""
    meaning, reading = found
    if meaning.kind != "query" or meaning.queries[0].change is None:
        return found
    query, change = meaning.queries[0], meaning.queries[0].change

    def only(one: Query) -> Query:
        kept = forms if one.forms is None else forms & set(one.forms)
        return one.model_copy(update={"forms": tuple(sorted(kept))})

    since = tuple(only(one) for one in change.since)
    asked = only(query).model_copy(update={"change": change.model_copy(update={"since": since})})
    return meaning.model_copy(update={"queries": (asked,)}), reading


def changed_again(question: str, before: Before | None) -> tuple[Meaning, Reading] | None:
    """降得最多的呢, after a question by a change: the same figures the other way; None where not asked."""
    queries = before.meaning.queries if before is not None and before.meaning is not None else ()
    if before is None or len(queries) != 1 or queries[0].change is None or queries[0].change.op != "change":
        return None
    wanted = other_change(plain_text(question))
    if wanted is None:
        return None
    latest, change = queries[0], queries[0].change
    since = change.since[-1:] if wanted.most is not None else change.since
    field = latest.measure.field if latest.measure else ""
    unit = FIELDS[latest.of][field].unit if field else "个"
    relative = wanted.relative and unit not in _SHARES
    other = change.model_copy(update={"since": since, "way": wanted.way, "relative": relative})
    return Meaning(queries=(_asked_so(latest, other, wanted),)), before.reading


def _one_change(text: str, entities: Entities, single: Single) -> tuple[Meaning, Reading] | None:
    wanted = wanted_change(text, entities.years, entities.named_spans(text))
    if wanted is None or not wanted.base or _TWO_FIGURES.search(wanted.base):
        return None
    figures: list[tuple[Query, Reading]] = []
    for year in wanted.years:
        if year not in entities.years:
            return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
        figure = _figure(wanted, year, single, first=not figures)
        if figure is None:
            return None
        figures.append(figure)
    return _meaning(wanted, figures)


def _of_several(text: str, entities: Entities, single: Single) -> tuple[Meaning, Reading] | None:
    """预算涨了但执行率降了的项目: what holds of the first beside all else that is said of them."""
    text = _UNDIVIDED.sub(",", text)
    found = _TOGETHER.match(_WHICH_FIRST.sub(r"\g<said>的项目有哪些", text))
    if found is None:
        return None
    first = _one_change(f"{found['first']}{found['who']}", entities, single)
    if first is None or first[0].kind != "query" or first[0].queries[0].group != "form":
        return first if first is not None and first[0].kind == "nothing" else None
    query = first[0].queries[0]
    years = "".join(m[0] for m in _COMPARED.finditer(found["first"]))
    dated = "".join(_DATED.findall(_COMPARED.sub("", found["first"]))[-1:])
    told = _TURNED.sub("", found["second"])
    apart = (
        f"{'' if _DATED.search(_COMPARED.sub('', told)) else dated}{'' if _COMPARED.search(told) else years}"
    )
    second = _one_change(f"{apart}{told}{found['who']}", entities, single)
    if second is not None and second[0].kind == "query":
        other = second[0].queries[0].model_copy(update={"ask": "list"})
        query = query.model_copy(update={"joined": (other,)})
    else:
        newest = max(entities.years)
        own = "" if _DATED.search(told) else dated or f"{newest}年"
        plain, _ = single(f"{own}{told}的项目有哪些")
        held = plain.queries[0] if plain.kind == "query" and len(plain.queries) == 1 else None
        if (
            held is None
            or held.ask not in ("list", "yesno")
            or held.limit
            or not (held.where or held.group == "form")
        ):
            return None
        query = query.model_copy(update={"within": (*query.within, held.model_copy(update={"ask": "list"}))})
    return first[0].model_copy(update={"queries": (query,)}), first[1]


def _figure(wanted: Wanted, year: int, single: Single, *, first: bool) -> tuple[Query, Reading] | None:
    """The figure of one year for each project or office; only the first year is narrowed by conditions."""
    of_rows = wanted.noun == "指标"
    # 哪些质量指标退步了: where no figure is said, what was reached.
    fields = ("", "指标的完成值") if of_rows and not _FIGURE.search(wanted.base) else ("",)
    asked = (
        single(f"{year}年{wanted.base}{field}{most}的{wanted.noun}是哪个")
        for field in fields
        for most in ("最高", "最多")
    )
    found = next((one for one in asked if _ranks(one[0], of_rows=of_rows)), None)
    if found is None:
        return None
    query, reading = _counting_rows(found[0].queries[0]), found[1]
    if of_rows and query.order is not None:
        measure = Measure(op="sum", field=query.order.field)
        query = query.model_copy(update={"group": "row", "measure": measure})
    if query.of == "forms" and not query.group and not reading.fields:
        # 项目比上年多了几个: how many there are, not a figure of theirs.
        return None
    if not query.group and query.order is not None:
        op = "mean" if query.of == "indicators" else "sum"
        measure = Measure.model_validate({"op": op, "field": query.order.field})
        query = query.model_copy(update={"group": "form", "measure": measure})
    field = query.measure.field if query.measure else ""
    where = tuple(c for c in query.where if not (c.field == field and c.number == 0))
    narrowed = (
        {} if first or query.of != "forms" else {"where": (), "any_of": (), "within": (), "lacking": ()}
    )
    plain = {"where": where, "order": None, "limit": None, "offset": 0, "show": (), "also": ()}
    return query.model_copy(update={**plain, **narrowed, "ask": "list"}), reading


def _counting_rows(query: Query) -> Query:
    """Forms ranked by how many of their indicators are such, as those counted; any other query as it is."""
    inner = query.within[0] if len(query.within) == 1 else None
    by_number = query.order is not None and query.order.field == "indicator_count"
    if not by_number or inner is None or inner.of != "indicators":
        return query
    counted = {"group": "form", "measure": Measure(op="count"), "every_form": True, "order": query.order}
    order = Order(field=GROUPED, descending=True)
    return inner.model_copy(update={**counted, "order": order, "forms": query.forms, "limit": 1})


def _ranks(meaning: Meaning, *, of_rows: bool) -> bool:
    """Whether several projects or offices, or indicators, are ranked by one figure."""
    if meaning.kind != "query" or len(meaning.queries) != 1:
        return False
    query = meaning.queries[0]
    if of_rows:
        return query.of == "indicators" and not query.group and query.order is not None and query.limit == 1
    several = query.forms is None or len(query.forms) >= _LEAST
    return query.order is not None and query.limit == 1 and several


def _meaning(wanted: Wanted, figures: list[tuple[Query, Reading]]) -> tuple[Meaning, Reading] | None:
    latest, reading = figures[0]
    since = tuple(query for query, _ in figures[1:])
    if any((one.of, one.group, one.measure) != (latest.of, latest.group, latest.measure) for one in since):
        return None
    field = latest.measure.field if latest.measure else ""
    unit = FIELDS[latest.of][field].unit if field else "个"
    relative = wanted.relative and unit not in _SHARES
    notes = [*wanted.notes]
    if wanted.relative:
        notes.append(
            "按百分比比较"
            if relative
            else f"{FIELDS[latest.of][field].label}按相差的{'百分点' if unit == '%' else '分数'}比较"
        )
    change = Change(since=since, op=wanted.op, relative=relative, way=wanted.way)
    return Meaning(queries=(_asked_so(latest, change, wanted),), notes=tuple(notes)), reading


def _asked_so(query: Query, change: Change, wanted: Wanted) -> Query:
    """The query in the shape and the order that are asked for."""
    order = Order(field=GROUPED, descending=wanted.most is not False)
    shape = {"limit": wanted.limit, "offset": wanted.offset, "ask": wanted.ask}
    return query.model_copy(update={"change": change, "having": wanted.having, "order": order, **shape})
