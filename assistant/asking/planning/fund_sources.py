"""From which sources money comes: 钱从哪来, 只用其他资金, 没有财政拨款."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.mentions import Mention
from assistant.asking.records.query import Condition, Query

ANY_SOURCE = "来源"
"""The name under which the lists of words know the sources of money in general."""
_TOTAL = "总额"
"""In the label of the row that adds up the others."""
_BOTH = re.compile("既|同时|又有|也有|都有|两样")
_ONLY = re.compile(
    "只(?:有|用|靠|来自)|(?:全|均|都)(?:部|都)?(?:是|为|靠|来自|由|走|用|出自|列)|仅(?:有|靠|来自|用)?|单(?:一|靠)|光(?:有|用|靠)"
)
_EITHER = re.compile("还是|或者?|吗$")
_NOT_BEFORE = re.compile("(?:(?:没有?|未)(?:能)?(?:使用|动用|安排|列支?|用|花|要|走|填|写)?(?:过|到)?|不(?:用|靠|含|是|属于)|无)$")
_NOT_AFTER = re.compile("(?:这?一?[行栏项类块])?(?:都|全)?(?:没有(?:钱|数|金额)?|没(?:填|用)|为空|为?(?:零|0)|空着?|空白)(?:的|了|$|,)")
_ANY_AMOUNT = tuple(
    Condition.model_validate({"field": name, "op": "gt", "number": 0})
    for name in ("budget", "executed", "initial")
)


def of_source(*names: str) -> Condition:
    """That a row is of one of these sources."""
    return Condition(field="label", op="contains", texts=names)


def with_money(rows: Query) -> Query:
    """Of the rows those in which an amount stands, where nothing is stated of it."""
    return rows if len(rows.where) > 1 else rows.model_copy(update={"any_of": (_ANY_AMOUNT,)})


def sources_asked(asked: Asked, fields: Sequence[str]) -> Meaning | None:
    """钱从哪来, 是财政拨款还是其他资金: the rows of the forms named that hold any money."""
    names = {m.name for m in asked.reading.sources}
    which = len(names) > 1 and _EITHER.search(asked.reading.text) is not None
    if asked.scope.forms is None or not (names == {ANY_SOURCE} or (which and asked.one_form())):
        return None
    rows = Query(of="funds", forms=asked.scope.forms, where=(_no_source(_TOTAL),), any_of=(_ANY_AMOUNT,))
    return Meaning(queries=(rows.model_copy(update={"show": tuple(fields), "ask": "cells"}),))


def by_sources(asked: Asked, conditions: Sequence[Condition], fields: Sequence[str]) -> Meaning | None:
    """既有财政拨款又有结转, 只有其他资金, 没有财政拨款: the forms by which of the sources they have, and have not."""
    text = asked.reading.text
    said = [m for m in asked.reading.sources if m.name != ANY_SOURCE]
    lacked = {m.name for m in said if _is_lacked(m, text)}
    had = tuple(dict.fromkeys(m.name for m in said if m.name not in lacked))
    only = len(had) == 1 and _ONLY.search(text) is not None
    both = len(had) > 1 and _BOTH.search(text) is not None
    if conditions or not (lacked or only or both) or asked.says("sum", "mean"):
        return None
    shown = tuple(name for name in fields if name != "unspent")
    forms = Query(forms=asked.scope.forms, without=asked.scope.without, ask=asked.shape(), show=shown)
    rows = Query(of="funds", forms=asked.scope.forms, any_of=(_ANY_AMOUNT,))
    within = tuple(rows.model_copy(update={"where": (of_source(name),)}) for name in had)
    lacking = tuple(rows.model_copy(update={"where": (of_source(name),)}) for name in sorted(lacked))
    if only:
        others = tuple(_no_source(name) for name in (*had, _TOTAL))
        lacking = (rows.model_copy(update={"where": others}),)
    return Meaning(queries=(forms.model_copy(update={"within": within, "lacking": lacking}),))


def _is_lacked(source: Mention, text: str) -> bool:
    """没有财政拨款, 财政拨款为空."""
    before, after = text[: source.start].rstrip("“"), text[source.end :].lstrip("”")
    return _NOT_BEFORE.search(before) is not None or _NOT_AFTER.match(after) is not None


def _no_source(name: str) -> Condition:
    return Condition(field="label", op="lacks", texts=(name,))
