"""The index of past indicators: kept in step with the rows it is given, repaired when it is damaged."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np

from assistant.errors import IndexUnavailableError
from vectorstore import embedding
from vectorstore.collection import PREFIX, FolderLock, Vectors, VectorStore
from vectorstore.columns import build_columns
from vectorstore.embedding import Embedding
from vectorstore.lexicon import bundled_lexicon
from vectorstore.mix import Mix
from vectorstore.model_vectors import ModelList, ModelNames, ModelVectors, TextEmbedder
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.search import Snapshot
from vectorstore.space import Floats, LexicalSpace, Positions, build_space

__all__ = ["Filters", "Hit", "IndicatorIndex", "IndicatorRow"]

_LOG = logging.getLogger(__name__)
_STATE = "embedding.npz"
_SAMPLE = 20
_REACHED = 0.999
"""A stored row must be found by its own vector with this cosine; rows of equal text share a vector."""
_REFIT, _REFIT_LARGE, _LARGE = 0.1, 1.0, 20_000
"""The axes are fitted again when this share of the rows came after the fit; of a large library, the other."""
_BATCH = 5000
_ATTEMPTS = 3
"""So often a collection of a server is written, which another process may be replacing."""


@dataclass(frozen=True)
class _Given:
    """The rows to index, the ids of their vectors, and a hash of all of it."""

    rows: tuple[IndicatorRow, ...]
    ids: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, rows: Iterable[IndicatorRow]) -> _Given:
        kept = tuple(rows)
        ids = tuple(map(_stored_id, kept))
        return cls(kept, ids, hashlib.sha256("\n".join(ids).encode()).hexdigest())


class IndicatorIndex:
    """Search over past indicators: Chroma finds neighbours, the lexical side what really matches.

    One process owns the folder of an embedded index (OS lock); another one opens its index in memory.
    ``folder`` None: in memory only. ``chroma_url``: a Chroma server holds the vectors instead of the folder.
    Safe for many threads; nothing is opened before the first use.
    """

    def __init__(
        self, folder: Path | None = None, *, chroma_url: str = "", embedder: TextEmbedder | None = None
    ) -> None:
        self._folder = folder
        self._lock = FolderLock(folder) if folder is not None and not chroma_url else None
        owned = folder if self._lock is not None and self._lock.held else None
        self._store = VectorStore(owned, chroma_url)
        self._model = ModelVectors(embedder, self._store, folder) if embedder is not None else None
        self._writing = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._vectors: Vectors | None = None
        self._known: frozenset[str] = frozenset()  # the ids of a shared collection that are ours
        self._digest = ""  # of the rows given; empty before any were
        self._saved: Embedding | None = None

    @property
    def persistent(self) -> bool:
        """Whether what is indexed outlives this object."""
        return not self._store.in_memory

    @property
    def taken_by(self) -> str:
        """In Chinese, who owns the folder instead of this object; "" where nobody else does."""
        if self._lock is None or self._lock.held:
            return ""
        return (
            f"检索索引由另一个程序使用着（{self._lock.owner}，通常是已打开的页面）：检索和导入不受影响，"
            "它会跟上数据库的变化；要重建索引，请在那个页面的“系统”里重建，或先关闭它再运行 reindex。"
        )

    @property
    def notice(self) -> str:
        """What a person should know of the search just now, in Chinese; "" where all is well."""
        return self._model.notice if self._model is not None else ""

    @property
    def model_rows(self) -> int | None:
        """How many of the indexed rows carry a vector of the configured model; None where there is none."""
        if self._model is None:
            return None
        names = self._snapshot.names if self._snapshot is not None else None
        return names.carried if names is not None else 0

    def __len__(self) -> int:
        """How many rows are indexed."""
        return len(self._snapshot.rows) if self._snapshot else 0

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``; a configured model is asked again for every name."""
        with self._writing:
            given = _Given.of(rows)
            space = build_space(given.rows)
            fitted = embedding.fit(space) if given.rows else None
            self._replace(given, space, fitted)
            self._install(given, space, fitted, anew=True)

    def sync(self, rows: Iterable[IndicatorRow]) -> None:
        """Brings the index in step with ``rows``: by doing nothing, by what has changed, or by a rebuild.

        Counts are compared, and a sample of the rows is searched by their own vectors. Where a configured
        server cannot be reached, rows are ranked by words alone until the next sync.
        """
        with self._writing:
            given = _Given.of(rows)
            if self._snapshot is not None and given.digest == self._digest:
                return
            space = build_space(given.rows)
            fitted = self._fitted(given.rows) or (embedding.fit(space) if given.rows else None)
            try:
                if fitted is not None and not self._catch_up(given, space, fitted):
                    self._replace(given, space, fitted)
            except IndexUnavailableError as error:
                _LOG.warning("ranking by words alone: %s", error)
            self._install(given, space, fitted)

    def search(
        self, query: str, n: int = 10, filters: Filters | None = None, *, mix: Mix | None = None
    ) -> list[Hit]:
        """The ``n`` best rows for ``query``, best first; an empty list where nothing is similar."""
        return self.search_many([query], n, filters, mix=mix)[0]

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None, *, mix: Mix | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query; a configured model is asked for all of them at once."""
        snapshot, mix = self._snapshot, mix or Mix()
        if snapshot is None:
            return [[] for _ in queries]
        meant: Sequence[ModelList | None] = [None] * len(queries)
        if self._model is not None and snapshot.names is not None and mix.model:
            meant = self._in_meaning(self._model, queries, snapshot.names)
        return [
            snapshot.search(query, n, filters or Filters(), self._neighbours, mix, model)
            for query, model in zip(queries, meant, strict=True)
        ]

    def close(self) -> None:
        """Gives the folder back."""
        with self._writing:
            self._snapshot = self._vectors = None
            self._store.close()
            if self._lock is not None:
                self._lock.release()

    def _fitted(self, rows: Sequence[IndicatorRow]) -> Embedding | None:
        """The embedding in use or on disk (fitted by any process), unless ``rows`` have outgrown it."""
        found = self._snapshot.embedding if self._snapshot is not None else None
        if found is None and self._folder is not None:
            found = self._saved = embedding.load(self._folder / _STATE)
        if found is None or not rows:
            return None
        share = _REFIT if found.fitted_rows < _LARGE else _REFIT_LARGE
        return found if abs(len(rows) - found.fitted_rows) <= share * found.fitted_rows else None

    def _catch_up(self, given: _Given, space: LexicalSpace, fitted: Embedding) -> bool:
        """Writes what the stored collection lacks; False where only a rebuild helps."""
        try:
            if self._store.in_memory:
                self._fill(given, space, fitted)
                return True
            vectors = self._store.open(PREFIX + fitted.fingerprint)
            if vectors is None:
                return False
            if vectors.digest != given.digest:
                _write_changes(vectors, given, space, fitted)
            self._vectors = vectors
            return _agrees(vectors, len(given.rows), space, fitted)
        except IndexUnavailableError:
            raise
        except Exception:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the stored index cannot be read", exc_info=True)
            return False

    def _replace(self, given: _Given, space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes everything anew, in a new store where the old one cannot even be written to."""
        if self._store.shared:
            self._fill_shared(given, space, fitted)
            return
        try:
            self._fill(given, space, fitted)
        except Exception:
            if not self.persistent or self._lock is None:
                raise
            _LOG.warning("the index folder is damaged and is built anew", exc_info=True)
            self._store.start_anew()
            self._fill(given, space, fitted)

    def _fill_shared(self, given: _Given, space: LexicalSpace, fitted: Embedding | None) -> None:
        """``_fill`` on a server. Raises IndexUnavailableError where it cannot be written to."""
        for left in reversed(range(_ATTEMPTS)):
            try:
                if not left and fitted is not None:
                    self._store.drop(PREFIX + fitted.fingerprint)
                self._fill(given, space, fitted)
                return
            except IndexUnavailableError:
                raise
            except Exception as error:
                if not left:
                    raise IndexUnavailableError(
                        "检索服务没有写成索引，请检查 CHROMA_URL 指向的服务，再重建索引。"
                    ) from error
                _LOG.warning("the index on the server is written once more: %s", error)

    def _fill(self, given: _Given, space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes all rows into a new collection and makes it the only one; nothing if there are none."""
        if fitted is None:
            return
        vectors = self._store.create(PREFIX + fitted.fingerprint)
        _put(vectors, given, space, fitted, _every(1, len(given.rows)))
        vectors.mark(given.digest)
        self._vectors = vectors
        self._store.drop_others(PREFIX, vectors)

    def _install(
        self, given: _Given, space: LexicalSpace, fitted: Embedding | None, *, anew: bool = False
    ) -> None:
        rows = given.rows
        if fitted is not None and self._folder is not None and self.persistent and fitted is not self._saved:
            self._folder.mkdir(parents=True, exist_ok=True)
            fitted.save(self._folder / _STATE)
            self._saved = fitted
        names = self._named(rows, anew=anew) if fitted is not None else None
        self._digest = given.digest
        self._known = frozenset(given.ids) if self._store.shared else frozenset()
        self._snapshot = (
            Snapshot(rows, space, build_columns(rows), fitted, bundled_lexicon(), names) if fitted else None
        )

    def _named(self, rows: Sequence[IndicatorRow], *, anew: bool) -> ModelNames | None:
        """The names of ``rows`` by a configured model; None where there is none or it cannot be used."""
        if self._model is None:
            return None
        try:
            return self._model.update(rows, anew=anew)
        except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the vectors of the model cannot be stored: %s", error)
            return None

    def _in_meaning(
        self, model: ModelVectors, queries: Sequence[str], names: ModelNames
    ) -> Sequence[ModelList | None]:
        try:
            return model.lists(queries, names)
        except Exception as error:  # noqa: BLE001  as above
            _LOG.warning("ranking without the model: %s", error)
            return [None] * len(queries)

    def _neighbours(self, vector: Floats, n: int) -> list[tuple[str, float]]:
        """Chroma's nearest rows; none where Chroma fails just now, so that the lexical side still answers."""
        for again in (True, False):
            if self._vectors is None:
                return []
            try:
                found = self._vectors.nearest(vector[None, :], n)[0]
            except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
                _LOG.warning("ranking by words alone: %s", error)
                if again and self._reopen():
                    continue
                return []
            return [one for one in found if one[0] in self._known] if self._vectors.shared else found
        return []

    def _reopen(self) -> bool:
        """Takes up a collection that another process of a server has replaced, or begins to write a lost one.

        Gives whether it can be searched at once.
        """
        snapshot = self._snapshot
        if snapshot is None or not self.persistent or not self._writing.acquire(blocking=False):
            return False
        try:
            self._vectors = self._store.open(PREFIX + snapshot.embedding.fingerprint)
            if self._vectors is None and self._store.shared:
                Thread(target=self._write_again, args=(snapshot,), name="index", daemon=True).start()
        except Exception as error:  # noqa: BLE001  as above
            _LOG.warning("the vector store stays unavailable: %s", error)
            return False
        finally:
            self._writing.release()
        return self._vectors is not None

    def _write_again(self, snapshot: Snapshot) -> None:
        with self._writing:
            if self._vectors is not None or self._snapshot is not snapshot:
                return
            try:
                self._fill_shared(_Given.of(snapshot.rows), snapshot.space, snapshot.embedding)
            except IndexUnavailableError as error:
                _LOG.warning("ranking by words alone: %s", error)


def _write_changes(vectors: Vectors, given: _Given, space: LexicalSpace, fitted: Embedding) -> None:
    stored, wanted = vectors.ids(), set(given.ids)
    vectors.remove([vector_id for vector_id in stored if vector_id not in wanted])
    missing = [at for at, vector_id in enumerate(given.ids) if vector_id not in stored]
    _put(vectors, given, space, fitted, np.array(missing, dtype=np.int32))
    vectors.mark(given.digest)


def _put(vectors: Vectors, given: _Given, space: LexicalSpace, fitted: Embedding, at: Positions) -> None:
    for start in range(0, len(at), _BATCH):
        part = at[start : start + _BATCH]
        vectors.put([given.ids[line] for line in part], fitted.embed_rows(space, part))


def _agrees(vectors: Vectors, count: int, space: LexicalSpace, fitted: Embedding) -> bool:
    """Whether the collection has as many rows, and a sample of them is found by their own vectors."""
    if not vectors.holds(count):
        return False
    own = fitted.embed_rows(space, _every(max(1, count // _SAMPLE), count))
    own = own[own.any(axis=1)]
    return all(hits and hits[0][1] >= _REACHED for hits in vectors.nearest(own, 1)) if len(own) else True


def _every(step: int, count: int) -> Positions:
    return np.arange(0, count, step, dtype=np.int32)


def _stored_id(row: IndicatorRow) -> str:
    """The id of a row's vector, ``form#row#content``: a row that has changed has another one."""
    return f"{row.id}#{hashlib.blake2b(row.model_dump_json().encode(), digest_size=6).hexdigest()}"
