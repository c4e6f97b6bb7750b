"""Whether the one record that was named is so: 满意度达标了吗, 园区专项超支了吗."""

from __future__ import annotations

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.planning.wording import condition_in_words
from assistant.asking.records.execute import Result, satisfies
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Query
from assistant.asking.records.records import Record

_PRINTED = {
    **dict.fromkeys(("met", "completion", "gap", "way"), ("target", "actual")),
    **dict.fromkeys(("overspent", "unspent", "rate", "left_rate"), ("budget", "executed")),
    **dict.fromkeys(("lost", "score", "score_rate", "score_gap"), ("weight", "score")),
    **dict.fromkeys(("target_kind", "target_sign", "target_unit"), ("target",)),
    **dict.fromkeys(("actual_kind", "actual_unit"), ("actual",)),
    "total_lost": ("total",),
    "adjusted": ("initial", "budget"),
}
"""The cells that show whether a condition on a field holds."""
_TOLD = frozenset(("explanation", "reason", "measure", "goal_expected", "goal_actual", "note", "remark"))
"""Prose is cited and not repeated."""


def of_one(query: Query, result: Result, sources: Sources) -> Answer | None:
    """The answer for a single named record with the cells that show it; None where several are asked of."""
    record = _named(query, sources)
    stated = [c for c in query.conditions() if c.field != "name"]
    if record is None or not stated:
        return None
    if (blank := next((c for c in query.where if not _tells(record, c)), None)) is not None:
        return words.nothing(f"“{words.label_of(record)}”可以比较的{FIELDS[query.of][blank.field].label}")
    said = _in_words(query)
    fields = [name for c in stated for name in _PRINTED.get(c.field, (c.field, c.other)) if name]
    fields += query.show
    shown = {
        FIELDS[query.of][name].label: words.value_of(record, name) or "空"
        for name in dict.fromkeys(fields)
        if name not in _TOLD
    }
    told = f"（{'，'.join(f'{label}{value}' for label, value in shown.items())}）" if shown else ""
    name = f"“{words.label_of(record)}”"
    holds = len(result.records) > 0
    text = f"是，{name}{said}{told}。" if holds else f"没有，{name}不符合“{said}”{told}。"
    return Answer(
        answer=text,
        values=("是" if holds else "没有", *shown.values()),
        table=words.table_of(query, [record]),
        citations=tuple(sources.cite(record, field) for field in dict.fromkeys(fields)),
    )


def _in_words(query: Query) -> str:
    stated = [condition_in_words(c, query.of) for c in query.where if c.field != "name"]
    either = ["或".join(condition_in_words(c, query.of) for c in several) for several in query.any_of]
    return "且".join((*stated, *either))


def _named(query: Query, sources: Sources) -> Record | None:
    if query.within or query.lacking or query.joined or query.apart or query.limit is not None:
        return None
    if query.of == "indicators" and query.rows is not None and len(query.rows) == 1:
        form, row = query.rows[0]
        return sources[form].indicators[row - 1]
    if query.of == "forms" and query.forms is not None and len(query.forms) == 1:
        return sources[query.forms[0]].record
    called = [c for c in query.where if c.field == "name"]
    if query.of == "indicators" and called and query.forms is not None and len(query.forms) == 1:
        own = sources[query.forms[0]].indicators
        found = [record for record in own if all(satisfies(record, c) for c in called)]
        return found[0] if len(found) == 1 else None
    return None


def _tells(record: Record, condition: Condition) -> bool:
    """Whether the record has what the condition compares: a number, or that it can be told at all."""
    if condition.field in ("met", "way"):
        return bool(record[condition.field].text)
    if condition.number is None or condition.op in ("empty", "filled"):
        return True
    return record[condition.field].number is not None
