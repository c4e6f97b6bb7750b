"""Follow-ups that ask for the last figure of fewer forms, or for the records that were counted."""

from __future__ import annotations

import re

from assistant.asking.planning.followed import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.records.query import GROUPED, Measure, Order, Query

_AMONG = re.compile("^(?:这|那)?(?:其中|里面|当中|之中)")
_WHICH = re.compile(
    "(?:那么?|具体|分别|都|各)*(?:是|有)?哪(?:几|些|两|三)?(?:个|张|条|项)?(?:项目|表|指标)?(?:呢|啊)?|(?:把它们?|都)?列出来(?:看看)?"
)
_SHARE_OF_TOP = re.compile(
    "(?:那么?)?[^,;最]{0,6}最[多高大](?:的)?(?:那|这)?(?:一)?(?:[个家]|个?部门|个?单位)?,?占(?:了|到)?(?:总数|全部|总额|总量|合计|总的|整个|总体)?"
    "(?:的)?(?:百分之(?:几|多少)|几成|(?:多大)?比例|(?:多大)?比重|多少)(?:是多少)?"
)


def those_counted(text: str, before: Before) -> Meaning | None:
    """是哪几个, after a number: the records that were counted."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if len(queries) == 1 and queries[0].group and _SHARE_OF_TOP.fullmatch(text):
        return _share_of_top(queries[0])
    if len(queries) != 1 or queries[0].ask not in ("count", "yesno") or _WHICH.fullmatch(text) is None:
        return None
    return Meaning(queries=(queries[0].model_copy(update={"ask": "list"}),))


def _share_of_top(query: Query) -> Meaning | None:
    """最多的那家占总数的几成, after a sum for each office: the part of the first."""
    if query.measure is None or query.measure.op not in ("sum", "count") or query.where or query.change:
        return None
    share = Measure(op="share", field=query.measure.field)
    order = Order(field=GROUPED, descending=True)
    changes = {"measure": share, "also": (), "order": order, "limit": 1, "offset": 0, "ask": "top"}
    return Meaning(queries=(query.model_copy(update=changes),))


def summed_again(text: str, meaning: Meaning, before: Before, entities: Entities) -> Meaning | None:
    """其中工程科的是多少, after a sum: the sum of these."""
    olds = before.meaning.queries if before.meaning is not None else ()
    if not _AMONG.search(text) or not olds or len(meaning.queries) != 1:
        return None
    new, measure = meaning.queries[0], olds[0].measure
    if measure is None or measure.op not in ("sum", "mean") or new.forms is None or new.of != olds[0].of:
        return None
    if new.ask != "cells" or new.show != (measure.field,) or len(new.forms) < 1 or olds[0].ask == "term":
        return None
    if olds[0].ask != "years":
        return meaning.model_copy(update={"queries": (_of(olds[0], new.forms),)})
    known = entities.by_number
    years = [int(label[:4]) for label in before.meaning.labels] if before.meaning else []
    parts = [tuple(f for f in new.forms if known[f].year == year) for year in years]
    if not all(parts):
        return None
    queries = tuple(_of(old, forms) for old, forms in zip(olds, parts, strict=True))
    labels = tuple(f"{year}年" for year in years)
    return meaning.model_copy(update={"queries": queries, "labels": labels, "years": tuple(years)})


def _of(query: Query, forms: tuple[int, ...]) -> Query:
    return query.model_copy(update={"forms": forms})
