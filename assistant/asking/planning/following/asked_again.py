"""Follow-ups that ask for the last figure of fewer forms, or for the records that were counted."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import WHOLE
from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import positive
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Measure, Order, Query

_AMONG = re.compile("^(?:这|那)?(?:其中|里面|当中|之中)")
_WHICH = re.compile(
    "(?:那么?|具体|分别|都|各)*(?:是|有)?哪(?:几|些|两|三)?(?:个|张|条|项)?(?:项目|表|指标)?(?:呢|啊)?|(?:把它们?|都)?列出来(?:看看)?"
)
_HOW_MANY = re.compile("(?:那么?)?(?:一共|总共|共|合计|总计)?(?:有|是)?(?:多少|几)(?:个|张)?(?:项目|表)?")
_SHARE_OF_TOP = re.compile(
    "(?:那么?)?[^,;最]{0,6}最[多高大](?:的)?(?:那|这)?(?:一)?(?:[个家]|个?部门|个?单位)?,?占(?:了|到)?(?:总数|全部|总额|总量|合计|总的|整个|总体)?"
    "(?:的)?(?:百分之(?:几|多少)|几成|(?:多大)?比例|(?:多大)?比重|多少)(?:是多少)?"
)


def those_counted(text: str, before: Before) -> Meaning | None:
    """是哪几个, after a number: the records that were counted; 一共几个, after forms: how many."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if len(queries) == 1 and queries[0].group and _SHARE_OF_TOP.fullmatch(text):
        return _share_of_top(queries[0])
    of_forms = [(one.ask, one.group) for one in queries] == [("list", "form")]
    if of_forms and _HOW_MANY.fullmatch(text):
        return Meaning(queries=(queries[0].model_copy(update={"ask": "count"}),))
    if len(queries) != 1 or _WHICH.fullmatch(text) is None:
        return None
    query = queries[0]
    if query.ask in ("count", "yesno"):
        return Meaning(queries=(query.model_copy(update={"ask": "list"}),))
    if query.ask != "value" or query.group or query.also or query.measure is None:
        return None
    if query.measure.op != "sum":
        return None
    # What adds nothing to a sum of points lost lost none.
    added = positive(query, query.measure.field, True)
    listed = {"ask": "list", "measure": None, "show": (query.measure.field,)}
    return Meaning(queries=(added.model_copy(update=listed),))


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


_IN_THAT = re.compile("其中|[这那]?(?:里头|里面|当中|之中|个数里)|在[这那](?:些|个)?(?:里|中)")
_FIELD_THEN = re.compile("呢(?:,(?:谁|哪|相?差|高|低|多|少).+)?")


def share_again(
    text: str, meaning: Meaning, reading: Reading, before: Before, entities: Entities
) -> Meaning | None:
    """那节能专项在这里面占多少, after a sum: its part of that sum, not of everything."""
    olds = before.meaning.queries if before.meaning is not None else ()
    if len(olds) != 1 or len(meaning.queries) != 1 or not _IN_THAT.search(text):
        return None
    old, new = olds[0], meaning.queries[0]
    shares = new.measure is not None and new.measure.op == "share" and not new.base_field
    sums = old.measure is not None and old.measure.op == "sum" and old.ask == "value"
    alike = shares and sums and new.of == old.of
    alike = alike and (not reading.fields or old.measure == _summed(new.measure))
    if not alike or old.any_of or old.within or old.lacking or new.base_forms is not None:
        return None
    forms = old.forms if old.forms is not None else tuple(form.number for form in entities.forms)
    whole = tuple(form for form in forms if form not in old.without)
    if not set(new.forms or ()) <= set(whole):
        return None
    measure = Measure(op="share", field=old.measure.field if old.measure else "")
    share = new.model_copy(update={"base_forms": whole, "base": old.where, "measure": measure})
    return meaning.model_copy(update={"queries": (share,)})


def share_of_the_same(meaning: Meaning, reading: Reading, before: Before) -> Meaning | None:
    """占全厅的比例, after what was spent: of what all spent; 占预算几成: that, of what it had."""
    query = meaning.queries[0] if len(meaning.queries) == 1 else None
    last, field = before.query, before.field
    if query is None or last is None or {query.of, last.of} != {"forms"} or query.base_field or query.base:
        return None
    if (
        not field
        or FIELDS["forms"][field].unit != "万元"
        or query.measure != Measure(op="share", field="budget")
    ):
        return None
    share = query.model_copy(update={"measure": Measure(op="share", field=field)})
    if not reading.fields:
        return meaning.model_copy(update={"queries": (share,)})
    own = _OF_ALL.search(reading.text) is None
    if {m.name for m in reading.fields} != {"budget"} or field == "budget" or not (own or field == "unspent"):
        return None
    whole = query.forms if own else query.base_forms
    share = share.model_copy(update={"base_field": "budget", "base_forms": whole})
    return meaning.model_copy(update={"queries": (share,)})


_OF_ALL = re.compile(f"占(?:了|到)?(?:{WHOLE}|总|各)")


def _summed(measure: Measure | None) -> Measure | None:
    return measure.model_copy(update={"op": "sum"}) if measure is not None else None


def compared_again(reading: Reading, before: Before) -> Meaning | None:
    """执行率呢,差几个百分点, after two projects by their points: the same two by another field."""
    olds = before.meaning.queries if before.meaning is not None else ()
    first = reading.fields[0] if reading.fields else None
    if before.meaning is None or first is None or len(olds) < 2 or reading.names_something():
        return None
    said = reading.text[: first.start] in ("", "那", "那么") and _FIELD_THEN.fullmatch(
        reading.text, first.end
    )
    known = FIELDS[olds[0].of].get(first.name)
    whole = all(one.ask == "compare" and one.of == "forms" and not one.conditions() for one in olds)
    if not said or not whole or known is None or not known.unit:
        return None
    queries = tuple(one.model_copy(update={"measure": _by(first.name, one)}) for one in olds)
    return before.meaning.model_copy(update={"queries": queries})


def _by(field: str, query: Query) -> Measure:
    rates = FIELDS["forms"][field].unit in ("%", "分") and len(query.forms or ()) > 1
    return Measure(op="mean" if rates else "sum", field=field)


def _of(query: Query, forms: tuple[int, ...]) -> Query:
    return query.model_copy(update={"forms": forms})
