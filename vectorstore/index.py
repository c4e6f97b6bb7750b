"""The index of past indicators: kept in step with the rows it is given, repaired when it is damaged."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexUnavailableError
from vectorstore import embedding
from vectorstore.collection import FolderLock, VectorStore
from vectorstore.embedding import Embedding
from vectorstore.lexicon import bundled_lexicon
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.search import Mix, Snapshot
from vectorstore.space import Floats, LexicalSpace, Positions, build_space

__all__ = ["Filters", "Hit", "IndicatorIndex", "IndicatorRow"]

_LOG = logging.getLogger(__name__)
_STATE = "embedding.npz"
_SAMPLE = 20
_REACHED = 0.999
"""A stored row must be found by its own vector with this cosine; rows of equal text share a vector."""
_REFIT = 0.1
"""The axes are fitted again when this share of the rows came after the fit."""


class IndicatorIndex:
    """Search over past indicators: Chroma finds neighbours, the lexical side what really matches.

    One process owns the folder of an embedded index (OS lock); another one opens its index in memory.
    ``folder`` None: in memory only. ``chroma_url``: a Chroma server holds the vectors instead of the folder.
    Safe for many threads; nothing is opened before the first use.
    """

    def __init__(self, folder: Path | None = None, *, chroma_url: str = "") -> None:
        self._folder = folder
        self._lock = FolderLock(folder) if folder is not None and not chroma_url else None
        owned = folder if self._lock is not None and self._lock.held else None
        self._store = VectorStore(owned, chroma_url)
        self._writing = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._digest = ""  # of the rows given; empty before any were
        self._saved: Embedding | None = None

    @property
    def persistent(self) -> bool:
        """Whether what is indexed outlives this object."""
        return not self._store.in_memory

    def __len__(self) -> int:
        """How many rows are indexed."""
        return len(self._snapshot.rows) if self._snapshot else 0

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``."""
        with self._writing:
            kept = tuple(rows)
            space = build_space(kept)
            fitted = embedding.fit(space) if kept else None
            self._replace(kept, space, fitted)
            self._install(kept, space, fitted)

    def sync(self, rows: Iterable[IndicatorRow]) -> None:
        """Brings the index in step with ``rows``: by doing nothing, by what has changed, or by a rebuild.

        Counts are compared, and a sample of the rows is searched by their own vectors. Where a configured
        server cannot be reached, rows are ranked by words alone until the next sync.
        """
        with self._writing:
            kept = tuple(rows)
            if self._snapshot is not None and digest(kept) == self._digest:
                return
            space = build_space(kept)
            fitted = self._fitted(kept) or (embedding.fit(space) if kept else None)
            try:
                if fitted is not None and not self._catch_up(kept, space, fitted):
                    self._replace(kept, space, fitted)
            except IndexUnavailableError as error:
                _LOG.warning("ranking by words alone: %s", error)
            self._install(kept, space, fitted)

    def search(
        self, query: str, n: int = 10, filters: Filters | None = None, *, mix: Mix | None = None
    ) -> list[Hit]:
        """The ``n`` best rows for ``query``, best first; an empty list where nothing is similar."""
        return self.search_many([query], n, filters, mix=mix)[0]

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None, *, mix: Mix | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query, in one pass over the index."""
        if not self._digest:
            self._restore()
        snapshot = self._snapshot
        if snapshot is None:
            return [[] for _ in queries]
        return [
            snapshot.search(query, n, filters or Filters(), self._neighbours, mix or Mix())
            for query in queries
        ]

    def close(self) -> None:
        """Gives the folder back."""
        with self._writing:
            self._snapshot = None
            self._store.close()
            if self._lock is not None:
                self._lock.release()

    def _fitted(self, rows: Sequence[IndicatorRow]) -> Embedding | None:
        """The embedding in use or on disk (fitted by any process), unless ``rows`` have outgrown it."""
        found = self._snapshot.embedding if self._snapshot is not None else None
        if found is None and self._folder is not None:
            found = self._saved = embedding.load(self._folder / _STATE)
        if found is None or not rows or abs(len(rows) - found.fitted_rows) > _REFIT * found.fitted_rows:
            return None
        return found

    def _catch_up(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding) -> bool:
        """Writes what the stored collection lacks; False where only a rebuild helps."""
        try:
            if self._store.in_memory:
                self._fill(rows, space, fitted)
                return True
            label = self._store.open(fitted.fingerprint)
            if label is None:
                return False
            if label.get("digest") != digest(rows):
                self._write_changes(rows, space, fitted)
            return self._agrees(rows, space, fitted)
        except IndexUnavailableError:
            raise
        except Exception:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the stored index cannot be read", exc_info=True)
            return False

    def _replace(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes everything anew, in a new store where the old one cannot even be written to."""
        try:
            self._fill(rows, space, fitted)
        except Exception:
            if not self.persistent or self._lock is None:
                raise
            _LOG.warning("the index folder is damaged and is built anew", exc_info=True)
            self._store.start_anew()
            self._fill(rows, space, fitted)

    def _write_changes(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding) -> None:
        stored = self._store.documents()
        wanted = {row.id: row.model_dump_json() for row in rows}
        self._store.remove([row_id for row_id in stored if row_id not in wanted])
        changed = [at for at, row in enumerate(rows) if stored.get(row.id) != wanted[row.id]]
        if changed:
            vectors = fitted.embed_rows(space, np.array(changed, dtype=np.int32))
            self._put([rows[at] for at in changed], vectors)
        self._store.label({"digest": digest(rows)})

    def _agrees(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding) -> bool:
        """Whether the collection has as many rows, and a sample of them is found by their own vectors."""
        if self._store.count() != len(rows):
            return False
        vectors = fitted.embed_rows(space, _every(max(1, len(rows) // _SAMPLE), len(rows)))
        vectors = vectors[vectors.any(axis=1)]
        if not len(vectors):
            return True
        found = self._store.nearest(vectors, 1)
        return all(hits and hits[0][1] >= _REACHED for hits in found)

    def _fill(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes all rows into a new collection and makes it the only one; nothing if there are none."""
        if fitted is None:
            return
        self._store.create(fitted.fingerprint)
        self._put(rows, fitted.embed_rows(space, _every(1, len(rows))))
        self._store.label({"digest": digest(rows)})
        self._store.drop_others()

    def _put(self, rows: Sequence[IndicatorRow], vectors: Floats) -> None:
        self._store.put(
            [row.id for row in rows],
            vectors,
            [_metadata(row) for row in rows],
            [row.model_dump_json() for row in rows],
        )

    def _install(self, rows: Sequence[IndicatorRow], space: LexicalSpace, fitted: Embedding | None) -> None:
        if fitted is not None and self._folder is not None and self.persistent and fitted is not self._saved:
            self._folder.mkdir(parents=True, exist_ok=True)
            fitted.save(self._folder / _STATE)
            self._saved = fitted
        self._digest = digest(rows)
        self._snapshot = Snapshot(rows, space, fitted, bundled_lexicon()) if fitted else None

    def _restore(self) -> None:
        """Opens what an earlier process has stored, for a caller that has never given the rows."""
        with self._writing:
            if self._digest or not self.persistent or self._folder is None:
                return
            fitted = embedding.load(self._folder / _STATE)
            try:
                if fitted is None or self._store.open(fitted.fingerprint) is None:
                    return
                rows = [IndicatorRow.model_validate_json(text) for text in self._store.documents().values()]
            except Exception:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
                _LOG.warning("the stored index cannot be read", exc_info=True)
                return
            self.sync(sorted(rows, key=lambda row: (row.form, row.row)))

    def _neighbours(self, vector: Floats, n: int, where: dict[str, Any]) -> list[tuple[str, float]]:
        """Chroma's nearest rows; none where Chroma fails just now, so that the lexical side still answers."""
        try:
            return self._store.nearest(vector[None, :], n, where)[0]
        except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("ranking by words alone: %s", error)
            self._reopen()
            return []

    def _reopen(self) -> None:
        """For the next search, takes up a collection that another process of a server has replaced."""
        snapshot = self._snapshot
        if snapshot is None or not self._writing.acquire(blocking=False):
            return
        try:
            if self.persistent:
                self._store.open(snapshot.embedding.fingerprint)
        except Exception as error:  # noqa: BLE001  as above
            _LOG.warning("the vector store stays unavailable: %s", error)
        finally:
            self._writing.release()


def _every(step: int, count: int) -> Positions:
    return np.arange(0, count, step, dtype=np.int32)


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
