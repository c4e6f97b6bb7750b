"""The index of past indicators and the search over it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vectorstore import embedding, lexical
from vectorstore.collection import FolderLock, VectorStore
from vectorstore.lexical import Floats
from vectorstore.lexicon import bundled_lexicon
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.search import Mix, Snapshot

__all__ = ["Filters", "Hit", "IndicatorIndex", "IndicatorRow"]


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
        self.mix = Mix()

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
            self._snapshot = Snapshot(kept, space, fitted, bundled_lexicon()) if fitted else None

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
        if snapshot is None:
            return [[] for _ in queries]
        kept = filters or Filters()
        return [snapshot.search(query, n, kept, self._neighbours, self.mix) for query in queries]

    def _neighbours(self, vector: Floats, n: int, where: dict[str, Any]) -> list[tuple[str, float]]:
        return self._store.nearest(vector[None, :], n, where)[0]

    def close(self) -> None:
        """Gives the folder back."""
        with self._writing:
            self._snapshot = None
            self._store.close()
            if self._lock is not None:
                self._lock.release()


def digest(rows: Sequence[IndicatorRow]) -> str:
    """A hash of all rows and their order."""
    content = hashlib.sha256()
    for row in rows:
        content.update(row.model_dump_json().encode())
    return content.hexdigest()


def _metadata(row: IndicatorRow) -> dict[str, str | int]:
    return {
        "form": row.form,
        "level1": row.level1,
        "level2": row.level2,
        "unit": row.unit,
        "department": row.department,
        "year": row.year or 0,
    }
