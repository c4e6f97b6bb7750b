"""Forms told by where their money comes from: 没用财政拨款的, 只用其他资金的, 既有财政拨款又有结转的."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.before import Before
from assistant.asking.reading.mentions import Mention
from assistant.asking.records.query import Condition, Query

_PRINTED = ("budget", "executed", "initial")
AMOUNTS = (*_PRINTED, "unspent", "overspent")
_ANY_AMOUNT = tuple(Condition.model_validate({"field": name, "op": "gt", "number": 0}) for name in _PRINTED)
_NOT = re.compile("[也又都还却]?[没未不]")
_ONLY = re.compile(
    "只(?:动?用|有|靠|来自|走)|全(?:部|都)?(?:是|为|用|靠|来自|由|出自|出在|走)|(?:都|纯)(?:是|来自|出自|出在|靠|用)|仅(?:有|靠|用|来自)?|单(?:一|靠)"
)
_BOTH = re.compile("既|同时|又有|也有|都有|两样")
_EITHER = re.compile("或者?|或是|要么|任一")


def negated(source: Mention) -> bool:
    """Whether it was said of the source that there is no money of it."""
    return _NOT.match(source.text) is not None


def tells_forms_apart(asked: Asked) -> bool:
    """Whether the sources named say more than which of them have money: none of one, or only one."""
    sources = asked.reading.sources
    both = len(sources) > 1 and _BOTH.search(asked.reading.text) is not None
    return both or any(map(negated, sources)) or _ONLY.search(asked.reading.text) is not None


def with_money(rows: Query) -> Query:
    """Of the fund rows those in which an amount stands."""
    return rows if len(rows.where) > 1 else rows.model_copy(update={"any_of": (_ANY_AMOUNT,)})


_OF_OWN_BUDGET = re.compile("(?:这|那)?(?:一)?笔|它|其|占比|占(?=[^,;]*预算)")
_BUDGET = re.compile("(?:全年|年初)?预算")
_SHARE = re.compile("占|比例|比重|百分之|除以")


def in_full(question: str, before: Before | None) -> tuple[str, Before | None]:
    """这笔结转占全年预算的比例, after a source of one form: the question in full, alone."""
    queries = before.meaning.queries if before is not None and before.meaning is not None else ()
    if before is None or len(queries) != 1 or queries[0].of != "funds" or len(before.forms) != 1:
        return question, before
    names = [c.texts[0] for c in queries[0].where if c.field == "label" and c.op == "contains"]
    asked = _SHARE.search(question) and _BUDGET.search(question) and _OF_OWN_BUDGET.search(question)
    if len(names) != 1 or not asked:
        return question, before
    source = {"结转": "上年结转"}.get(names[0], names[0])
    return f"{before.forms[0]}号表的{source}占全年预算数的百分之几", None


def money_of(names: tuple[str, ...]) -> Query:
    """The fund rows of these sources in which an amount stands."""
    return with_money(Query(of="funds", where=(Condition(field="label", op="contains", texts=names),)))


def sources_within(asked: Asked) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
    """What forms must have, and must not have, of the sources that the question names."""
    has = tuple(dict.fromkeys(m.name for m in asked.reading.sources if not negated(m)))
    lacks = tuple(dict.fromkeys(m.name for m in asked.reading.sources if negated(m)))
    either = len(has) > 1 and _EITHER.search(asked.reading.text)
    within = (money_of(has),) if either else tuple(money_of((name,)) for name in has)
    lacking = tuple(money_of((name,)) for name in lacks)
    if has and not either and _ONLY.search(asked.reading.text):
        others = tuple(Condition(field="label", op="lacks", texts=(name,)) for name in (*has, "总额"))
        lacking = (*lacking, Query(of="funds", where=others, any_of=(_ANY_AMOUNT,)))
    return within, lacking
