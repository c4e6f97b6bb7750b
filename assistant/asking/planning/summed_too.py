"""Figures asked one by one and added up in the same sentence: 三项成本各是多少，相加等于多少."""

from __future__ import annotations

import re

from assistant.asking.planning.figure_words import ADDED
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import Understand, added_up
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query
from assistant.form.numerals import number_of

_MANY = "(?P<n>[0-9]+|[两二三四五六七八九十]+)(?:个|块|项|条|笔|张|家|份|者)(?:指标|项目|表|数)?(?:的)?"
_LEAD = "(?:那么?|这|它们?|又|再|都|全部|一起|放在?一起|加到?一起|合在?一起)*"
_OWN = "(?:是|等于|为|有|得|花了?|用了?|数)*"
_MUCH = "(?:(?:多少|几)(?:万元?|元|分|钱|[个家人名次场])?|呢)?"
_SUM = re.compile(f"{_LEAD}(?:{_MANY})?(?:{ADDED.pattern}|共|总计){_OWN}{_MUCH}")
"""三项相加等于多少, after the clauses that ask for the figures."""
_SUM_OF_IT = re.compile(
    f"{_LEAD}(?:{_MANY})?(?:总共|一共|合计|加起来|合起来|共)(?P<it>[一-龥]{{1,4}})(?P<much>(?:多少|几).{{0,2}})"
)
_EACH = re.compile(
    f"{_LEAD}(?:{_MANY})?(?:分别|各自?|每[个项条张家])(?:都)?(?:是|为|有|花了?|用了?|占)*(?:多少|几)(?:万元?|元|分|钱)?"
)
"""各是多少, after the clause that asks for the sum."""
_APART = re.compile("分别|各")
_NUMBERS = frozenset(("target", "actual", "gap"))
"""Cells that hold numbers in units of their own."""


def as_summed_too(text: str, understand: Understand) -> Meaning | None:
    """The figures with what they add up to; None where the last clause asks for neither alone."""
    told, _, last = text.rpartition(",")
    if not told:
        return None
    if (found := _sum_asked(last, told)) is not None and _APART.search(told):
        return _with_sum(understand(told)[0], found["n"])
    if (found := _EACH.fullmatch(last)) is not None:
        return _with_each(understand(told)[0], found["n"])
    return None


def _sum_asked(clause: str, told: str) -> re.Match[str] | None:
    """三项相加等于多少, 总共省了多少: no other figure than the one that was asked of each."""
    if (found := _SUM.fullmatch(clause)) is not None:
        return found
    again = _SUM_OF_IT.fullmatch(clause)
    return again if again is not None and f"{again['it']}{again['much']}" in told else None


def _with_sum(meaning: Meaning, many: str | None) -> Meaning | None:
    """The figures that ``meaning`` asks for one by one, with their sum."""
    queries = meaning.queries
    if meaning.kind != "query" or not queries:
        return None
    if len(queries) > 1:
        return _terms(meaning, many)
    query = queries[0]
    fields = [name for name in query.show if _adds_up(query, name)]
    if query.ask not in ("cells", "list") or query.group or not fields or query.measure is not None:
        return None
    sums = tuple(Measure(op="sum", field=name) for name in fields)
    told = {"also": sums} if query.ask == "cells" else {"measure": sums[0], "also": sums[1:]}
    return meaning.model_copy(update={"queries": (_of_many(query, many).model_copy(update=told),)})


def _terms(meaning: Meaning, many: str | None) -> Meaning | None:
    """One figure for each of several things, as terms of their sum."""
    queries = meaning.queries
    plain = all(query.ask in ("value", "compare", "term") and not query.steps for query in queries)
    measure = queries[0].measure
    field = measure.field if measure is not None else ""
    if not plain or (field and not _adds_up(queries[0], field)) or (many and number_of(many) != len(queries)):
        return None
    label = FIELDS[queries[0].of][field].label if field else ""
    labels = tuple(one if one.endswith(label) else f"{one}的{label}" for one in meaning.labels)
    return added_up(meaning.model_copy(update={"labels": labels}))


def _with_each(meaning: Meaning, many: str | None) -> Meaning | None:
    """The sum that ``meaning`` asks for, with what it is made of."""
    query = meaning.queries[0] if len(meaning.queries) == 1 and meaning.kind == "query" else None
    if (
        query is None
        or query.ask != "value"
        or query.group
        or query.base_field
        or query.change
        or query.steps
    ):
        return None
    measures = query.measures()
    if any(one.op != "sum" or not _adds_up(query, one.field) for one in measures):
        return None
    show = tuple(one.field for one in measures)
    cells = {"ask": "cells", "measure": None, "show": show, "also": measures}
    return meaning.model_copy(update={"queries": (_of_many(query, many).model_copy(update=cells),)})


def _of_many(query: Query, many: str | None) -> Query:
    """The query over as many records as the question says that there are."""
    return query.model_copy(update={"many": number_of(many)}) if many else query


def _adds_up(query: Query, name: str) -> bool:
    """Whether such cells can be added up: amounts and points, not rates."""
    unit = FIELDS[query.of][name].unit if name else ""
    return name in _NUMBERS or unit not in ("", "%")
