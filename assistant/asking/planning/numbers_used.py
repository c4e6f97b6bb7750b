"""Whether the numbers of a question are used by its meaning."""

from __future__ import annotations

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.passed_over import reads_so
from assistant.asking.records.query import Condition, Query


def uses_numbers(meaning: Meaning, asked: Asked) -> bool:
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
