"""Questions after the rows of a form's funds: 当年财政拨款, 上年结转, 地方资金."""

from __future__ import annotations

import re
from typing import Any

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.intents import order_of
from assistant.asking.reading.mentions import Mention
from assistant.asking.reading.predicates import Predicate
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Measure, Order, Query

_AMOUNT_ASKED = re.compile("(?:多少|几)(?:钱|万元?|元)?(?=$|[,;])")
_WHICH = re.compile("(?:哪[个种类笔边]|谁)(?:更|要|比较)?[多少高低大小](?:一?些|一点)?$")
_BOTH = re.compile("既|同时|又有|也有|都有|两样")
_ONLY = re.compile(
    "只(?:有|用|靠|来自)|全(?:部|都)?(?:是|为|靠|来自|由)|都(?:是|来自)|仅(?:有|靠|来自)?|单(?:一|靠)"
)
_NOT_FROM = re.compile('(?:不是|并非|没有?|未|不)(?:用|走|靠|来自|动用|使用|安排|含)?[“"]?$')
_EITHER_SOURCE = re.compile("还是|或者?|哪(?:一)?[个种类样块]")
_TOLD = ("budget", "executed")
_AMOUNTS = ("budget", "executed", "initial")
_ANY_AMOUNT = tuple(Condition.model_validate({"field": name, "op": "gt", "number": 0}) for name in _AMOUNTS)


def as_fund_rows(asked: Asked) -> Meaning | None:
    """The amounts of the sources named, of the forms named or of all."""
    sources = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    named_row = bool(asked.scope.rows) and asked.one_form() and not asked.reading.levels
    if not sources or (asked.rows_spoken and not named_row) or asked.says("share", "ratio"):
        return None
    if not _not_from(asked) and any(
        m.name == "negated_set" and not _stated(m, asked) for m in asked.reading.marks
    ):
        return None
    conditions = _conditions(asked)
    if conditions is None:
        return None
    rows = Query(
        of="funds",
        forms=asked.scope.forms,
        without=asked.scope.without,
        where=(Condition(field="label", op="contains", texts=sources), *conditions),
    )
    fields = [name for name in asked.numeric("forms") if name in FIELDS["funds"]]
    if set(asked.numeric("forms")) - set(fields):
        return None
    return _meant(asked, rows, fields)


def _stated(mark: Mention, asked: Asked) -> bool:
    """Whether a word belongs to a condition: 没填 of 执行数没填."""
    return any(one.start <= mark.start < one.end for one in asked.predicates)


def _conditions(asked: Asked) -> tuple[Condition, ...] | None:
    """What is stated of the amounts, as of a fund row; None where something else is stated."""
    stated: list[Predicate] = asked.predicates
    found = [c for one in stated for c in one.conditions]
    if any(one.of != "forms" or c.field not in _AMOUNTS for one in stated for c in one.conditions):
        return None
    return tuple(found)


def _meant(asked: Asked, rows: Query, fields: list[str]) -> Meaning:
    def one(query: Query, **changes: Any) -> Meaning:
        return Meaning(queries=(query.model_copy(update=changes),))

    ranking, falling = ranking_of(asked), order_of(asked.reading)
    field = fields[0] if fields else "budget"
    if (against := _against_each_other(asked, rows, field)) is not None:
        return against
    if ranking is not None or falling is not None:
        descending = ranking.descending if ranking is not None else bool(falling)
        limit = ranking.limit if ranking is not None else None
        offset = ranking.offset if ranking is not None else 0
        order = Order(field=field, descending=descending)
        shape = "top" if ranking is not None else "list"
        return one(rows, order=order, limit=limit, offset=offset, show=(field,), ask=shape)
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    if not several and len(rows.where[0].texts) > 1 and _EITHER_SOURCE.search(asked.reading.text):
        where = rows.where[:1]
        return one(rows, where=where, any_of=(_ANY_AMOUNT,), show=tuple(fields) or ("budget",), ask="cells")
    if several and (meant := _of_all_sources(asked, rows)) is not None:
        return meant
    if asked.head == "form" and several:
        forms = Query(of="forms", forms=asked.scope.forms, without=asked.scope.without)
        if _AMOUNT_ASKED.search(asked.reading.text):
            return one(_with_money(rows), show=tuple(fields) or _TOLD, ask="list")
        return one(forms, within=(_with_money(rows),), ask=asked.shape())
    if several:
        op = "mean" if asked.says("mean") else "sum"
        measures = [Measure.model_validate({"op": op, "field": name}) for name in fields or ["budget"]]
        return one(rows, measure=measures[0], also=tuple(measures[1:]), ask="value")
    return one(rows, show=tuple(fields) or ("budget", "executed"), ask="cells")


def _against_each_other(asked: Asked, rows: Query, field: str) -> Meaning | None:
    """财政拨款和其他资金哪个多: the sums of two sources, not the largest row of either."""
    names = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    if len(names) != 2 or asked.head or not _WHICH.search(asked.reading.text):
        return None
    queries = tuple(
        rows.model_copy(
            update={
                "where": (Condition(field="label", op="contains", texts=(name,)), *rows.where[1:]),
                "measure": Measure(op="sum", field=field),
                "ask": "compare",
            }
        )
        for name in names
    )
    return Meaning(queries=queries, labels=names)


def _of_all_sources(asked: Asked, rows: Query) -> Meaning | None:
    """既有财政拨款又有结转, 只有其他资金, 不是财政拨款: forms by the sources that they have, and have not."""
    names, text = rows.where[0].texts, asked.reading.text
    none_of = _not_from(asked)
    some = tuple(name for name in names if name not in none_of)
    shown = tuple(name for name in asked.numeric("forms") if name in _AMOUNTS)
    forms = Query(of="forms", forms=rows.forms, without=rows.without, show=shown, ask=asked.shape())

    def with_source(name: str) -> Query:
        where = (Condition(field="label", op="contains", texts=(name,)),)
        return _with_money(rows.model_copy(update={"where": where}))

    lacking = tuple(map(with_source, none_of))
    if len(some) == 1 and _ONLY.search(text):
        others = tuple(Condition(field="label", op="lacks", texts=(name,)) for name in (*some, "总额"))
        lacking = (rows.model_copy(update={"where": others, "any_of": (_ANY_AMOUNT,)}),)
    elif not lacking and not (len(some) > 1 and _BOTH.search(text)):
        return None
    return Meaning(
        queries=(forms.model_copy(update={"within": tuple(map(with_source, some)), "lacking": lacking}),)
    )


def _not_from(asked: Asked) -> tuple[str, ...]:
    """The sources of which it is said that no money comes from them."""
    text = asked.reading.text
    found = (m.name for m in asked.reading.sources if _NOT_FROM.search(text[: m.start]))
    return tuple(dict.fromkeys(found))


def _with_money(rows: Query) -> Query:
    """Of the rows those in which an amount stands."""
    if len(rows.where) > 1:
        return rows
    return rows.model_copy(update={"any_of": (_ANY_AMOUNT,)})
