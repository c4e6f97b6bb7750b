"""The last turn of a conversation, and what it left to refer to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Query

_LEAST = 2
_COMPARED = frozenset(("actual", "target", "gap"))
"""Cells of indicators that hold numbers in units of their own."""


@dataclass(frozen=True)
class Before:
    """The last turn: its reading, and the forms and rows of its answer.

    ``joined``: it was asked in the same sentence. ``among``: the turn whose records it was asked of; None
    where it stands alone. ``earlier``: the turns before it that asked the same figure of something else, the
    first one first. ``trail``: all turns before it, the first one first. ``question``: its words as they were
    typed.
    """

    reading: Reading
    forms: tuple[int, ...] = ()
    rows: tuple[RowId, ...] = ()
    meaning: Meaning | None = None
    joined: bool = False
    among: Before | None = None
    earlier: tuple[Before, ...] = ()
    trail: tuple[Before, ...] = ()
    question: str = ""

    @property
    def query(self) -> Query | None:
        """The one query that was executed; None where there were more, or none."""
        return (
            self.meaning.queries[0] if self.meaning is not None and len(self.meaning.queries) == 1 else None
        )

    @property
    def several(self) -> bool:
        """Whether it left a set of records, not a single one."""
        return max(len(self.forms), len(self.rows)) >= _LEAST

    @property
    def field(self) -> str:
        """The one field with numbers that it was about, as its records call it; "" where there is none."""
        query = self.query
        if query is None or query.group:
            return ""
        if query.measure is not None and query.measure.field:
            return query.measure.field
        if query.order is not None and query.order.field != GROUPED:
            return query.order.field
        known = FIELDS[query.of]
        stated = [c.field for c in query.conditions() if c.number is not None]
        named = stated or [name for name in query.show if known[name].unit or name in _COMPARED]
        return named[0] if len(set(named)) == 1 else ""


@dataclass(frozen=True)
class Understood:
    """A meaning with the reading that led to it, for a question that follows on it.

    ``among`` as in ``Before``.
    """

    meaning: Meaning
    reading: Reading
    among: Before | None = None


Ask = Callable[[str, Before | None], Understood]
"""What a question asks, after another or alone."""
