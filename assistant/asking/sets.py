"""Questions about many records: lists, numbers, sums, means, rankings, groups."""

from __future__ import annotations

import re

from assistant.asking import conditions as cond
from assistant.asking.asked import Asked
from assistant.asking.fields import FIELDS
from assistant.asking.intents import order_of, top_of
from assistant.asking.kinds import one
from assistant.asking.meaning import Meaning
from assistant.asking.numbers import Bound
from assistant.asking.query import GROUPED, Condition, Measure, Order, Query

_RECORDS = re.compile(
    "(?:多少|几)(?:个|张|份|项|条|处)?(?:项目|表|专项|指标|单子|问题|错误)|(?:多少|几)(?:个|张|份|项|条|处)(?=$|[,;的是有没超低得满未扣])|(?:多少|几)$"
    "|(?:个|条|张)数|数量"
)
_COUNTED_WORDS = frozenset(("missed", "no_full", "no_reason", "exceeded"))
_MEANT = frozenset(("rate", "total", "completion", "score_rate"))


def as_units(asked: Asked) -> Meaning | None:
    """Questions by office: 哪个处室项目最多, 各处室预算合计, 一共几个处室."""
    said = asked.says
    ranked = asked.is_ranked()
    listed = (
        asked.noun == "处室" and said("count", "which", "which_unit") and not ranked and not asked.scope.named
    )
    if said("count_units") or (listed and not said("per_unit")):
        query = Query(of=asked.of, where=tuple(asked.conditions(asked.of)), group="unit", ask=asked.shape())
        return one(query.model_copy(update={"ask": "count"} if said("count_units") else {}))
    if not said("per_unit", "which_unit") and asked.noun != "处室":
        return None
    if asked.scope.forms is not None and not ranked and not said("per_unit"):
        return None
    return one(grouping(asked, "unit"))


def as_groups(asked: Asked) -> Meaning | None:
    """Questions by form, or by kind of indicator, about many rows of each."""
    said = asked.says
    counts = asked.count_bounds()
    if said("per_level2"):
        return one(grouping(asked, "level2"))
    if said("per_level1"):
        return one(grouping(asked, "level1"))
    together = re.search("同时|既|都(?:设|有)", asked.reading.text)
    if together and len(asked.reading.levels) > 1 and asked.noun in ("表", ""):
        both = tuple(Condition(field="levels", op="contains", texts=(m.name,)) for m in asked.reading.levels)
        return one(Query(of="forms", forms=asked.scope.forms, where=both, ask=asked.shape()))
    if (
        said("negated_set")
        and asked.of == "indicators"
        and (asked.reading.levels or asked.scope.rows)
        and not counts
    ):
        zero = Condition.model_validate({"field": GROUPED, "op": "eq", "number": 0})
        query = Query(
            of="indicators", group="form", where=tuple(asked.conditions("indicators")), having=(zero,)
        )
        rows = asked.scope.rows or None
        forms = None if rows else asked.scope.forms
        return one(
            query.model_copy(update={"rows": rows, "forms": forms, "every_form": True, "ask": asked.shape()})
        )
    if asked.of == "indicators" and (asked.noun == "表" or said("per_form")) and not _one_row_each(asked):
        summed = asked.value_bounds() if said("sum", "mean") else []
        query = grouping(asked, "form", without_bounds=bool(summed))
        having = tuple(_having(bound) for bound in (counts or summed))
        return one(query.model_copy(update={"having": having, "every_form": bool(counts)}))
    if counts and asked.of == "forms":
        where = tuple(Condition(field="indicator_count", op=b.op, number=b.number) for b in counts)
        return one(
            Query(
                of="forms", forms=asked.scope.forms, where=where, ask=asked.shape(), show=("indicator_count",)
            )
        )
    return None


def _one_row_each(asked: Asked) -> bool:
    """资金拨付及时率各项目分别是多少: the named rows themselves are asked."""
    return (
        bool(asked.scope.rows) and asked.says("per_form") and not asked.says("count", "sum", "mean", "which")
    )


def _having(bound: Bound) -> Condition:
    return Condition(field=GROUPED, op=bound.op, number=bound.number)


def grouping(asked: Asked, group: str, *, without_bounds: bool = False) -> Query:
    """The records in groups, each with a sum, a mean or its number of records."""
    of = asked.of
    where = cond.of_words(asked.reading, of) if without_bounds else asked.conditions(of)
    fields = [name for name in asked.fields(of) if FIELDS[of][name].unit]
    fields = (
        fields
        if without_bounds
        else [name for name in fields if name not in {c.field for c in where} or name == "unspent"]
    )
    counted = not fields or (
        bool(_COUNTED_WORDS & asked.reading.said.keys()) and not {"lost", "total_lost"} & set(fields)
    )
    op = "mean" if asked.says("mean") or (fields and fields[0] in _MEANT and not asked.says("sum")) else "sum"
    measure = Measure(op="count") if counted else Measure.model_validate({"op": op, "field": fields[0]})
    query = Query(**asked.scoped(of), group=group, measure=measure, where=tuple(where))
    if asked.is_ranked():
        down, limit, offset = top_of(asked.reading)
        order = Order(field=GROUPED, descending=down)
        return query.model_copy(update={"order": order, "limit": limit, "offset": offset, "ask": "top"})
    order_said = order_of(asked.reading)
    if order_said is not None or asked.says("per_unit", "per_form", "per_level1", "per_level2"):
        query = query.model_copy(update={"order": Order(field=GROUPED, descending=order_said is not False)})
    each = asked.says("per_unit", "per_form", "per_level1", "per_level2")
    return query.model_copy(update={"ask": "list" if each else asked.shape()})


def as_set(asked: Asked) -> Meaning | None:
    """Lists, counts, sums, means, rankings over the records that meet the conditions."""
    said, of = asked.says, asked.of
    where = tuple(asked.conditions(of))
    numeric = asked.numeric(of)
    query = Query(where=where, show=tuple(asked.fields(of)), **asked.scoped(of))
    if _one_row_each(asked):
        return one(query.model_copy(update={"show": query.show or ("actual",), "ask": "cells"}))
    if asked.is_ranked():
        return _ranked(asked, query, numeric)
    if order_of(asked.reading) is not None:
        field = numeric[0] if numeric else _default_order(asked)
        order = Order(field=field, descending=order_of(asked.reading) is not False)
        return one(query.model_copy(update={"order": order, "ask": "list"}))
    if said("mean") or (said("sum") and numeric and not (asked.one_form() and of == "forms")):
        field = numeric[0] if numeric else ("total" if of == "forms" else "actual")
        measure = Measure(op="mean" if said("mean") else "sum", field=field)
        return one(query.model_copy(update={"measure": measure, "ask": "value"}))
    return _listed(asked, query)


def _listed(asked: Asked, query: Query) -> Meaning | None:
    """How many, whether any, or which."""
    said, where = asked.says, query.where
    if said("count") and not _asks_cell(asked) and _counts_records(asked):
        return _whole(asked, query.model_copy(update={"ask": "count"}))
    if where and said("yesno") and not said("which"):
        return one(query.model_copy(update={"ask": "yesno"}))
    if where and not (asked.one_form() and query.of == "forms" and asked.reading.text.endswith("多少")):
        return one(query)
    several = asked.scope.forms is None or len(asked.scope.forms) > 1
    if said("which") and several and (asked.noun or asked.scope.rows):
        return _whole(asked, query)
    return None


def _whole(asked: Asked, query: Query) -> Meaning | None:
    """A list or number of everything in scope: only where nothing else was said that would narrow it."""
    narrowed = query.where or query.rows or query.forms
    if not narrowed and (asked.reading.fields or asked.reading.bounds or asked.reading.phrases):
        return Meaning(kind="unclear")
    return one(query)


def _asks_cell(asked: Asked) -> bool:
    """多少家, 几次 of one named row is its 完成值, not a number of rows."""
    if asked.scope.given:
        return False
    count = asked.reading.said["count"].text
    if asked.of == "indicators":
        return bool(asked.scope.rows) and asked.noun not in ("指标", "表") and "指标" not in count
    return asked.scope.forms is not None and bool(asked.fields("forms")) and asked.noun != "表"


def _counts_records(asked: Asked) -> bool:
    """几个, 几张表, 多少指标; not 几个人, 多少台车."""
    return _RECORDS.search(asked.reading.text) is not None


def _default_order(asked: Asked) -> str:
    if asked.of == "indicators":
        return "actual" if asked.scope.rows or asked.reading.levels else "completion"
    return "total" if asked.says("full", "no_full") else "budget"


def _ranked(asked: Asked, query: Query, numeric: list[str]) -> Meaning:
    down, limit, offset = top_of(asked.reading)
    text = asked.reading.text
    if not numeric and (
        "指标最" in text or "指标数" in text or (asked.of == "indicators" and asked.noun == "表")
    ):
        query = Query(of="forms", forms=asked.scope.forms)
        numeric = ["indicator_count"]
    order = Order(field=numeric[0] if numeric else _default_order(asked), descending=down)
    return one(query.model_copy(update={"order": order, "limit": limit, "offset": offset, "ask": "top"}))
