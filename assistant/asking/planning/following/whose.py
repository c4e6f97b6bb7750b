"""From the indicators shown to their forms and offices, and from forms to their indicators."""

from __future__ import annotations

import re

from assistant.asking.planning.before import Ask, Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.records.query import Measure, Query, Shape

_OWNERS = re.compile(
    "(?:(?:[它这那](?:们|些|一?[条个项]|(?:几|[0-9两三四五六七八九十]+)[条个项])?)(?:指标|数据?)?|都|一共|总共|分别|各|又|具体)*"
    "(?:涉及|牵涉|牵扯|波及|分布|来自|属于|出自|落|散布|出现|写|列|设|放)*(?:到|在|于)?(?:是|有)?了?"
    "(?P<ask>多少|几|哪几|哪些|哪)(?:一?个|一?张|家)?(?P<noun>项目|专项|表|处室|科室|单位|部门)(?:里头?|里面|上|中)?的?(?:指标)?"
)
_ON_ROWS = re.compile(
    "(?:那么?)?(?:再|分别|都)*(?:(?:具体|落实?|对应|反映|体现|细化?|分|涉及|牵涉|牵扯|出现|写)+(?:到|在)?了?|到)(?:具体的?)?"
    "(?:(?:绩效)?指标(?:上|里|层面)?(?:来说|来看|的话)?,?(?:一共|总共|共|又|都|分别|就)*(?:是|有|涉及|牵涉)?了?(?P<ask>几|多少|哪些|哪几?|哪)[条个项]?(?:指标)?"
    "|(?P<also>几|多少|哪些|哪几?)[条个项](?:绩效)?指标(?:上|里)?)"
)
_MANY = ("多少", "几")


def whose(text: str, before: Before) -> Meaning | None:
    """涉及几张表, 这是哪个项目里的指标, after indicators: the forms, or the offices, whose they are."""
    found, query = _OWNERS.fullmatch(text), before.query
    if found is None or query is None or query.of != "indicators":
        return None
    if not before.rows and (before.forms or query.group):
        return None
    ask: Shape = "count" if found["ask"] in _MANY else "list"
    if found["noun"] in ("项目", "专项", "表"):
        return Meaning(queries=(Query(of="forms", ask=ask, forms=before.forms),))
    counted = Query(of="indicators", ask=ask, rows=before.rows, group="unit", measure=Measure(op="count"))
    return Meaning(queries=(counted,))


def on_rows(text: str, before: Before, ask: Ask) -> Meaning | None:
    """落到指标上是几条, after forms that were found by their indicators: these indicators."""
    found, query = _ON_ROWS.fullmatch(text), before.query
    if found is None or query is None:
        return None
    shape: Shape = "count" if (found["ask"] or found["also"]) in _MANY else "list"
    if query.of == "indicators" and before.rows:
        rows = Query(of="indicators", rows=before.rows, ask=shape)
        return Meaning(queries=(rows,))
    nouns = [noun for noun in before.reading.nouns if noun.name == "form" and len(noun.text) > 1]
    if not nouns:
        return None
    old, last = before.reading.text, nouns[-1]
    again = ask(f"{old[: last.start]}指标{old[last.end :]}", before.among).meaning
    told = again.queries[0] if len(again.queries) == 1 else None
    if told is None or told.of != "indicators" or told.group:
        return None
    return Meaning(queries=(told.model_copy(update={"ask": shape}),))
