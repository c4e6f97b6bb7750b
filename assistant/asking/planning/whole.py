"""Whether a meaning uses all that a question says: else the question was not understood."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.by_department import of_departments
from assistant.asking.planning.covered import left_out
from assistant.asking.planning.leftover import number_told
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.passed_over import reads_so
from assistant.asking.records.query import Condition, Query

_COUNTER = re.compile("(?:多少|几)([条项份])|([条项])数")
"""几条 is answered in 条."""
_HOW_MANY_ALONE = re.compile(
    "[^哪谁]*[表标目],?[^,;]{0,8}(?:多少|几)[张个份条项](?:表|项目|指标|来|出来)?[呢啊呀吧]?"
)
"""…的表,到底能数出几张来呢: their number is asked, and nothing else."""


def whole(meaning: Meaning, asked: Asked) -> Meaning:
    """The meaning where it uses all that is said, else that it does not."""
    if meaning.kind != "query":
        return meaning
    missing = left_out(meaning, asked)
    if missing or not _uses_numbers(meaning, asked):
        return Meaning(kind="unclear", reason=missing)
    counted = _COUNTER.search(asked.reading.text)
    counter = (counted[1] or counted[2]) if counted else ""
    queries = tuple(
        query.model_copy(update={"counter": counter})
        if (counter == "份") == (query.of == "forms") or _counts_rows(query)
        else query
        for query in meaning.queries
    )
    if len(queries) == 1 and (many := number_told(queries[0], asked)) is not None:
        queries = (queries[0].model_copy(update={"many": many}),)
    listed = len(queries) == 1 and queries[0].ask == "list" and not queries[0].group
    if listed and _HOW_MANY_ALONE.fullmatch(asked.reading.text):
        queries = (queries[0].model_copy(update={"ask": "count"}),)
    queries = tuple(of_departments(query, asked) for query in queries)
    return meaning.model_copy(update={"queries": queries, "notes": (*asked.reading.notes, *meaning.notes)})


def _counts_rows(query: Query) -> bool:
    return query.order is not None and query.order.field == "indicator_count"


def _uses_numbers(meaning: Meaning, asked: Asked) -> bool:
    """A number with a comparison that no query uses means that the question was not understood."""
    used = [c.number for query in meaning.queries for c in _all_conditions(query)]
    prose = any(query.ask in ("quote", "how") for query in meaning.queries)
    return (
        prose
        or meaning.kind != "query"
        or all(
            bound.number in used or reads_so(bound.number, asked)
            for bound in asked.reading.bounds
            if bound.signed
        )
        or (meaning.queries[0].ask == "check" and all(b.op == "eq" for b in asked.reading.bounds if b.signed))
        or (asked.says("sum") and asked.says("yesno") and all(b.op == "eq" for b in asked.reading.bounds))
    )


def _all_conditions(query: Query) -> list[Condition]:
    inner = [c for one in (*query.within, *query.lacking) for c in _all_conditions(one)]
    return [*query.conditions(), *query.having, *inner]
