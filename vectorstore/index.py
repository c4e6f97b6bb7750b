"""The Chroma collection of past indicators and the search over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.form.model import Frozen


class IndicatorRow(Frozen):
    """One past indicator as it is indexed. ``form`` is the form's number in the library, ``row`` counts from 1."""

    form: int
    row: int
    project_name: str = ""
    department: str = ""
    unit: str = ""
    year: int | None = None
    level1: str = ""
    level2: str = ""
    indicator: str = ""
    target: str = ""
    actual: str = ""
    weight: str = ""
    score: str = ""
    explanation: str = ""
    goal: str = ""

    @property
    def id(self) -> str:
        """The row's id in the collection, e.g. ``12#3``."""
        return f"{self.form}#{self.row}"


class Filters(Frozen):
    """What a hit must satisfy, applied before ranking; ``""``/None means any. Texts match as parts (数量 ~ 数量指标)."""

    level1: str = ""
    level2: str = ""
    unit: str = ""
    department: str = ""
    year: int | None = None
    without_forms: tuple[int, ...] = ()


class Hit(Frozen):
    """A row found. ``score`` in [0, 1], comparable within one query; ``why`` in Chinese: what matched."""

    rank: int
    score: float
    row: IndicatorRow
    why: str = ""


class IndicatorIndex:
    """Search over past indicators: Chroma gives the candidates, the lexical side ranks them.

    One process owns the folder of an embedded index (OS lock); another one opens its index in memory.
    """

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``."""
        raise NotImplementedError

    def search(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The ``n`` best rows for ``query``, best first; an empty list where nothing is similar."""
        raise NotImplementedError

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query, in one pass over the index."""
        raise NotImplementedError

    def close(self) -> None:
        """Gives the folder back."""
        raise NotImplementedError
