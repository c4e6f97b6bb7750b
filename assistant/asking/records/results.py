"""What a query gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.asking.records.fields import Sort
from assistant.asking.records.frame import Rows
from assistant.asking.records.records import Cell

Source = Callable[[Sort], Rows]
"""All records of a sort."""


@dataclass(frozen=True)
class Group:
    """One group with its aggregate.

    ``times``: of a change its records at each time, the latest first, None where it has none; ``more`` then
    holds the figures themselves.
    """

    key: str
    value: Cell
    records: Rows
    more: tuple[Cell, ...] = ()
    times: tuple[Rows | None, ...] = ()


@dataclass(frozen=True)
class Result:
    """The records kept, in order; the groups and the aggregates where there are any.

    ``alone``: so many groups could not be set against an earlier time, where they are not or have no figure.
    """

    records: Rows
    groups: tuple[Group, ...] = ()
    value: Cell | None = None
    whole: Cell | None = None
    more: tuple[Cell, ...] = ()
    alone: int = 0


def first_of(ordered: list[Group], limit: int | None) -> list[Group]:
    """The first ``limit`` groups, and those that are equal to the last of them."""
    if limit is None or len(ordered) <= limit:
        return ordered
    last = ordered[limit - 1].value.number
    return ordered[:limit] + [one for one in ordered[limit:] if one.value.number == last]
