"""The index of past indicators and the search over it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexUnavailableError
from vectorstore import embedding, lexical
from vectorstore.collection import FolderLock, VectorStore
from vectorstore.embedding import Embedding
from vectorstore.lexical import LexicalSpace
from vectorstore.row import Filters, Hit, IndicatorRow

__all__ = ["Filters", "Hit", "IndicatorIndex", "IndicatorRow"]

CANDIDATES = 200


@dataclass(frozen=True)
class Snapshot:
    """Everything one search needs; replaced as a whole, never changed."""

    rows: tuple[IndicatorRow, ...]
    positions: dict[str, int]
    space: LexicalSpace
    embedding: Embedding | None


class IndicatorIndex:
    """Search over past indicators: Chroma gives the candidates, the lexical side ranks them.

    One process owns the folder of an embedded index (OS lock); another one opens its index in memory.
    ``folder`` None: in memory only. ``chroma_url``: a Chroma server holds the vectors instead of the folder.
    """

    def __init__(self, folder: Path | None = None, *, chroma_url: str = "") -> None:
        self._lock = FolderLock(folder) if folder is not None and not chroma_url else None
        owned = folder if self._lock is not None and self._lock.held else None
        self._store = VectorStore(owned, chroma_url)
        self._writing = threading.RLock()
        self._snapshot: Snapshot | None = None

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``."""
        with self._writing:
            kept = tuple(rows)
            space = lexical.build(kept)
            fitted = embedding.fit(space) if kept else None
            if fitted is not None:
                self._store.create(fitted.fingerprint)
                self._store.put(
                    [row.id for row in kept],
                    fitted.embed_space(space),
                    [_metadata(row) for row in kept],
                    [row.model_dump_json() for row in kept],
                )
                self._store.label({"digest": digest(kept)})
                self._store.drop_others()
            positions = {row.id: position for position, row in enumerate(kept)}
            self._snapshot = Snapshot(kept, positions, space, fitted)

    def sync(self, rows: Iterable[IndicatorRow]) -> None:
        """Brings the index in step with ``rows``; cheap where it already is."""
        kept = tuple(rows)
        if self._snapshot is None or self._snapshot.rows != kept:
            self.rebuild(kept)

    def __len__(self) -> int:
        """How many rows are indexed."""
        return len(self._snapshot.rows) if self._snapshot else 0

    def search(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The ``n`` best rows for ``query``, best first; an empty list where nothing is similar."""
        return self.search_many([query], n, filters)[0]

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query, in one pass over the index."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.embedding is None:
            return [[] for _ in queries]
        return [self._search(snapshot, query, n, filters or Filters()) for query in queries]

    def close(self) -> None:
        """Gives the folder back."""
        with self._writing:
            self._snapshot = None
            self._store.close()
            if self._lock is not None:
                self._lock.release()

    def _search(self, snapshot: Snapshot, query: str, n: int, filters: Filters) -> list[Hit]:
        assert snapshot.embedding is not None  # noqa: S101
        bag = dict(lexical.term_counts(query))
        weights = snapshot.space.weights({word: float(count) for word, count in bag.items()})
        if not weights:
            return []
        allowed = _allowed(snapshot.rows, filters)
        total = sum(weights.values())
        columns = list(weights)
        vector = np.array([weights[column] / total for column in columns], dtype=np.float32)
        own = snapshot.space.row_side[:, columns] @ vector
        shared = (snapshot.space.form_side[:, columns] @ vector)[snapshot.space.form_of]
        scores = (own * 0.75 + shared * 0.25) * allowed
        best = np.argsort(-scores, kind="stable")[:n]
        return [
            Hit(rank=rank, score=float(min(1.0, scores[at])), row=snapshot.rows[at])
            for rank, at in enumerate(best, 1)
            if scores[at] > 0.08
        ]


def digest(rows: Sequence[IndicatorRow]) -> str:
    """A hash of all rows and their order."""
    content = hashlib.sha256()
    for row in rows:
        content.update(row.model_dump_json().encode())
    return content.hexdigest()


def _allowed(rows: Sequence[IndicatorRow], filters: Filters) -> Any:
    return np.array([accepts(filters, row) for row in rows], dtype=np.float32)


def accepts(filters: Filters, row: IndicatorRow) -> bool:
    """Whether ``row`` satisfies ``filters``."""
    return (
        filters.level1 in row.level1
        and filters.level2 in row.level2
        and filters.unit in row.unit
        and filters.department in row.department
        and filters.year in (None, row.year)
        and row.form not in filters.without_forms
    )


def _metadata(row: IndicatorRow) -> dict[str, str | int]:
    return {
        "form": row.form,
        "level1": row.level1,
        "level2": row.level2,
        "unit": row.unit,
        "department": row.department,
        "year": row.year or 0,
    }
