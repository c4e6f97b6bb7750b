"""What the queries of a meaning use: fields, conditions, aggregates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.asking.records.query import Condition, Measure, Query


@dataclass(frozen=True)
class Used:
    """All queries of a meaning, those inside of others too, and what they use."""

    queries: tuple[Query, ...]

    @cached_property
    def conditions(self) -> list[Condition]:
        """All conditions."""
        return [c for query in self.queries for c in query.conditions()]

    @cached_property
    def measures(self) -> list[Measure]:
        """All aggregates."""
        return [m for query in self.queries for m in query.measures()]

    @cached_property
    def fields(self) -> set[str]:
        """The fields that anything is stated, computed, shown or ordered by."""
        found = {c.field for c in self.conditions} | {c.other for c in self.conditions}
        found |= {m.field for m in self.measures}
        for query in self.queries:
            found |= {*query.show, query.group, query.each, query.base_field}
            found |= {query.order.field} if query.order else set()
        return found

    def op(self, *names: str) -> bool:
        """Whether one of these is computed or compared with."""
        return any(m.op in names for m in self.measures) or any(c.against in names for c in self.conditions)

    def asks(self, *shapes: str) -> bool:
        """Whether an answer of one of these shapes is wanted."""
        return any(query.ask in shapes for query in self.queries)


def all_of(queries: Sequence[Query]) -> list[Query]:
    """The queries with those inside of them."""
    return [one for query in queries for one in (query, *all_of((*query.within, *query.lacking)))]
