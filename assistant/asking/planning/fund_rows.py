"""Questions after the rows of a form's funds: 当年财政拨款, 上年结转, 地方资金."""

from __future__ import annotations

import re
from typing import Any

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.binding import ranking_of
from assistant.asking.planning.fund_sources import (
    ANY_SOURCE,
    by_sources,
    of_source,
    sources_asked,
    with_money,
)
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.intents import order_of
from assistant.asking.reading.predicates import Predicate
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Measure, Order, Query

_AMOUNT_ASKED = re.compile("(?:多少|几)(?:钱|万元?|元)?(?=$|[,;])")
_WHICH = re.compile("(?:哪[个种类笔边]|谁)(?:更|要|比较)?[多少高低大小](?:一?些|一点)?$")
_TOLD = ("budget", "executed")
_AMOUNTS = ("budget", "executed", "initial", "unspent", "overspent")


def as_fund_rows(asked: Asked) -> Meaning | None:
    """The amounts of the sources named, of the forms named or of all."""
    if not asked.reading.sources or asked.rows_spoken or asked.says("share", "ratio"):
        return None
    conditions = _conditions(asked)
    if conditions is None:
        return None
    fields = [name for name in asked.numeric("forms") if name in FIELDS["funds"]]
    if set(asked.numeric("forms")) - set(fields):
        return None
    beyond = [c.field for c in conditions if c.field in ("unspent", "overspent")]
    if beyond and asked.one_form() and _AMOUNT_ASKED.search(asked.reading.text):
        # 财政拨款超了预算多少: of one row the figure is asked, not whether there is any.
        fields, conditions = beyond, ()
    if (meant := sources_asked(asked, fields or _TOLD)) is not None:
        return meant
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    if several and (meant := by_sources(asked, conditions, fields)) is not None:
        return meant
    sources = tuple(dict.fromkeys(m.name for m in asked.reading.sources if m.name != ANY_SOURCE))
    if asked.says("negated_set") or not sources:
        return None
    rows = Query(
        of="funds",
        forms=asked.scope.forms,
        without=asked.scope.without,
        where=(of_source(*sources), *conditions),
    )
    return _meant(asked, rows, fields)


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
    if asked.head == "form" and several and not asked.says("sum", "mean"):
        forms = Query(of="forms", forms=asked.scope.forms, without=asked.scope.without)
        if _AMOUNT_ASKED.search(asked.reading.text):
            return one(with_money(rows), show=tuple(fields) or _TOLD, ask="list")
        return one(forms, within=(with_money(rows),), ask=asked.shape())
    if several:
        op = "mean" if asked.says("mean") else "sum"
        measures = [Measure.model_validate({"op": op, "field": name}) for name in fields or ["budget"]]
        listed = asked.says("which")
        shape = {"ask": "list", "show": tuple(fields or ["budget"])} if listed else {"ask": "value"}
        return one(with_money(rows), measure=measures[0], also=tuple(measures[1:]), **shape)
    return one(rows, show=tuple(fields) or _TOLD, ask="cells")


def _against_each_other(asked: Asked, rows: Query, field: str) -> Meaning | None:
    """财政拨款和其他资金哪个多: the sums of two sources, not the largest row of either."""
    names = tuple(dict.fromkeys(m.name for m in asked.reading.sources))
    if len(names) != 2 or asked.head or not _WHICH.search(asked.reading.text):
        return None
    queries = tuple(
        rows.model_copy(
            update={
                "where": (of_source(name), *rows.where[1:]),
                "measure": Measure(op="sum", field=field),
                "ask": "compare",
            }
        )
        for name in names
    )
    return Meaning(queries=queries, labels=names)
