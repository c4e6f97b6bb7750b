"""和园区专项差多少, after one figure: set against the same figure of something named."""

from __future__ import annotations

import re

from assistant.asking.planning.before import Ask, Before
from assistant.asking.planning.following.figure_of import figure_of
from assistant.asking.planning.following.switched import switched
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.operands import as_term
from assistant.asking.reading.entities import Entities
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Query

_MUCH = "(?:多少|几)(?:万元?|亿元?|元|块|钱|分|个?百分点|个点|%|[个条张项家人名次场期天])*"
_WITH = re.compile(
    f"(?:那么?|它)?(?:和|跟|与|同)(?P<what>[^,;]{{2,24}}?)(?:之间)?的?(?:(?:相?差|差距|差额)(?:是|了|有)*(?:{_MUCH})"
    f"|(?:相?比(?:起来|较)?),?(?:相?差{_MUCH}|(?:还|要)?[高低多少大小][一-龥]{{0,3}}?了?{_MUCH}|(?:哪个|谁)的?(?:更|要|比较)?[高低多少大小](?:一?些)?(?:,?[高低多少大小](?:出|了)*{_MUCH})?))"
)
_POINTS = re.compile("[它他][们俩]|[这那][些几]|前面|后面|上一|目标|预算$|平均|均值")


def beside_named(text: str, before: Before, entities: Entities, year: int | None, ask: Ask) -> Meaning | None:
    """The last figure beside that of what is named; None where nothing is, or it has no such figure."""
    found, own = _WITH.fullmatch(text), figure_of(before)
    if found is None or own is None or own.measure is None or _POINTS.search(found["what"]):
        return None
    field = FIELDS[own.of][own.measure.field].label if own.measure.field else ""
    what = found["what"].removesuffix("的")
    exchanged = switched(f"{what}呢", before, entities, year)
    whole = (exchanged, f"{what}是多少", f"{what}的{field}是多少" if field else None)
    for said in filter(None, whole):
        told = ask(said, None)
        query = told.meaning.queries[0] if len(told.meaning.queries) == 1 else None
        other = as_term(query, told.reading) if query is not None else None
        if other is not None and (other.of, other.measure) == (own.of, own.measure) and _is_narrow(other):
            pair = tuple(one.model_copy(update={"ask": "compare", "steps": ()}) for one in (own, other))
            return Meaning(queries=pair, labels=(_label(own, entities), what))
    return None


def _is_narrow(query: Query) -> bool:
    """Whether a figure is of some records, not of all that there are."""
    return query.forms is not None or query.rows is not None or bool(query.where)


def _label(query: Query, entities: Entities) -> str:
    if query.rows is not None and len(query.rows) == 1:
        form, row = query.rows[0]
        return entities.by_number[form].indicators[row - 1]["name"].text
    if query.forms is not None and len(query.forms) == 1:
        return entities.by_number[query.forms[0]].record["project_name"].text
    return "上一问的结果"
