"""Which conditions of a question hold together, and which are alternatives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.predicates import Predicate
from assistant.asking.records.fields import Sort
from assistant.asking.records.query import Condition

_CLAUSE = re.compile("[,;]|并且|而且|同时|且(?!末)|但|又")


@dataclass(frozen=True)
class Stated:
    """All predicates on one sort of record, as a query takes them."""

    where: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.where or self.any_of)


def stated(predicates: Sequence[Predicate], reading: Reading, of: Sort) -> Stated:
    """The predicates on ``of``; those with 或 between them, within one clause, are alternatives."""
    own = [one for one in predicates if one.of == of]
    chains: list[list[Predicate]] = []
    for one in own:
        between = reading.text[chains[-1][-1].end : one.start] if chains else ""
        between = re.sub("[,;](?=或|要么)", "", between)
        either = (
            any(m.name == "or" and chains[-1][-1].end <= m.start < one.end for m in reading.marks)
            if chains
            else False
        )
        if either and not _CLAUSE.search(between.replace("或", "")):
            chains[-1].append(one)
        else:
            chains.append([one])
    chains = _with_ends(chains)
    where = tuple(c for chain in chains if len(chain) == 1 for one in chain for c in one.conditions)
    any_of = tuple(tuple(c for one in chain for c in one.conditions) for chain in chains if len(chain) > 1)
    return Stated(where, any_of)


def _with_ends(chains: list[list[Predicate]]) -> list[list[Predicate]]:
    """不到20万的，还有超过500万的: no number is both, so either is meant."""
    found: list[list[Predicate]] = []
    for chain in chains:
        apart = found and len(chain) == 1 == len(found[-1]) and _exclude(found[-1][0], chain[0])
        if apart:
            found[-1] = [*found[-1], *chain]
        else:
            found.append(chain)
    return found


def _exclude(left: Predicate, right: Predicate) -> bool:
    if len(left.conditions) != 1 or len(right.conditions) != 1:
        return False
    one, other = sorted((left.conditions[0], right.conditions[0]), key=lambda c: c.op in ("gt", "ge"))
    ends = one.op in ("lt", "le") and other.op in ("gt", "ge") and one.field == other.field
    if not ends or one.number is None or other.number is None or one.negated or other.negated:
        return False
    return one.unit == other.unit and one.number < other.number


def crosses(predicates: Sequence[Predicate], reading: Reading) -> bool:
    """Whether 或 stands between a condition on a form and one on its rows: no query holds that."""
    for left, right in pairwise(predicates):
        if left.of != right.of and any(
            m.name == "or" and left.end <= m.start < right.end for m in reading.marks
        ):
            return True
    return False
