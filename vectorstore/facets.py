"""What a set of hits is made of: how many there are of each year, office and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.form.model import Frozen
from vectorstore.row import Hit


class Count(Frozen):
    """A value that can be filtered by, and how many of the hits have it."""

    value: str
    hits: int


class Facets(Frozen):
    """The values of some hits: years from the last on, all others from the most frequent on.

    A value that a row does not have is not counted.
    """

    years: tuple[Count, ...] = ()
    units: tuple[Count, ...] = ()
    level1: tuple[Count, ...] = ()
    level2: tuple[Count, ...] = ()


def facets(hits: Sequence[Hit]) -> Facets:
    """The facets of ``hits``."""
    years = _counted([str(hit.row.year) for hit in hits if hit.row.year])
    return Facets(
        years=tuple(sorted(years, key=lambda count: count.value, reverse=True)),
        units=_counted([hit.row.unit for hit in hits]),
        level1=_counted([hit.row.level1 for hit in hits]),
        level2=_counted([hit.row.level2 for hit in hits]),
    )


def _counted(values: Sequence[str]) -> tuple[Count, ...]:
    return tuple(
        Count(value=value, hits=number) for value, number in Counter(values).most_common() if value.strip()
    )
