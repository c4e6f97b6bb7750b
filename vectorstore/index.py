"""The index of past indicators: kept in step with the rows it is given, repaired when it is damaged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.errors import IndexUnavailableError
from vectorstore import embedding
from vectorstore.collection import PREFIX, FolderLock, Vectors, VectorStore
from vectorstore.columns import build_columns
from vectorstore.embedding import Embedding
from vectorstore.growth import followed, settled
from vectorstore.lexicon import bundled_lexicon
from vectorstore.mix import Mix
from vectorstore.model_vectors import ModelList, ModelNames, ModelVectors, TextEmbedder
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.search import SMALL, Snapshot
from vectorstore.space import Floats, LexicalSpace, build_space
from vectorstore.stored import Given, agrees, every, hash_of, put, write_changes, write_later

__all__ = ["Filters", "Hit", "IndicatorIndex", "IndicatorRow"]

_LOG = logging.getLogger(__name__)
_STATE = "embedding.npz"
_REFIT, _REFIT_LARGE, _LARGE = 0.1, 1.0, 20_000
"""The axes are fitted again when this share of the rows came after the fit; of a large library, the other."""
_LATER = 500
"""So many rows may have changed beside the index before it takes them in, which takes longer."""


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
        self._digest = 0  # of the rows given
        self._stored = 0  # of the rows that the vectors were written for
        self._base: Snapshot | None = None  # the snapshot without the forms that have changed since
        self._changed: dict[int, Sequence[IndicatorRow]] = {}
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

    def __len__(self) -> int:
        """How many rows are indexed."""
        return len(self._snapshot) if self._snapshot else 0

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``; a configured model is asked again for every name."""
        with self._writing:
            given = Given.of(rows)
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
            given = Given.of(rows)
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

    def follow(self, changed: Mapping[int, Sequence[IndicatorRow]]) -> bool:
        """Takes over the rows that some forms have now, none for one that is gone, in milliseconds.

        False, with nothing done, where that is for ``sync``: the library is small or was not indexed yet, or
        it has outgrown its embedding. Vectors reach Chroma when many rows have changed, and on ``close``.
        """
        with self._writing:
            base, now = self._base, self._snapshot
            if base is None or now is None or len(base.rows) <= SMALL:
                return False
            together = {**self._changed, **changed}
            later = [row for rows in together.values() for row in rows]
            if self._outgrown(base.embedding, len(base.rows) + len(later)):
                return False
            gone = [now.rows[at] for at in now.columns.of_forms(list(changed)).tolist()]
            new = [row for rows in changed.values() for row in rows]
            self._digest += sum(map(hash_of, new)) - sum(map(hash_of, gone))
            self._changed = together
            self._snapshot = followed(base, together, self._names_of_later(base, now, later))
            if len(self._snapshot.rows) - len(self._snapshot) + len(later) > _LATER:
                self._settle()
            return True

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
            if self.persistent:
                self._write_later()
            self._snapshot = self._base = self._vectors = None
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
        return None if self._outgrown(found, len(rows)) else found

    @staticmethod
    def _outgrown(fitted: Embedding, count: int) -> bool:
        share = _REFIT if fitted.fitted_rows < _LARGE else _REFIT_LARGE
        return abs(count - fitted.fitted_rows) > share * fitted.fitted_rows

    def _catch_up(self, given: Given, space: LexicalSpace, fitted: Embedding) -> bool:
        """Writes what the stored collection lacks; False where only a rebuild helps."""
        try:
            if self._store.in_memory:
                self._fill(given, space, fitted)
                return True
            vectors = self._store.open(PREFIX + fitted.fingerprint)
            if vectors is None:
                return False
            if vectors.digest != str(given.digest) or vectors.count() != len(given.rows):
                write_changes(vectors, given, space, fitted)
            self._vectors = vectors
            return agrees(vectors, given, space, fitted)
        except IndexUnavailableError:
            raise
        except Exception:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the stored index cannot be read", exc_info=True)
            return False

    def _replace(self, given: Given, space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes everything anew, in a new store where the old one cannot even be written to."""
        try:
            self._fill(given, space, fitted)
        except Exception:
            if not self.persistent or self._lock is None:
                raise
            _LOG.warning("the index folder is damaged and is built anew", exc_info=True)
            self._store.start_anew()
            self._fill(given, space, fitted)

    def _fill(self, given: Given, space: LexicalSpace, fitted: Embedding | None) -> None:
        """Writes all rows into a new collection and makes it the only one; nothing if there are none."""
        if fitted is None:
            return
        vectors = self._store.create(PREFIX + fitted.fingerprint, len(given.rows))
        put(vectors, given, space, fitted, every(1, len(given.rows)))
        vectors.mark(str(given.digest))
        self._vectors = vectors
        self._store.drop_others(PREFIX, vectors)

    def _install(
        self, given: Given, space: LexicalSpace, fitted: Embedding | None, *, anew: bool = False
    ) -> None:
        rows = given.rows
        if fitted is not None and self._folder is not None and self.persistent and fitted is not self._saved:
            self._folder.mkdir(parents=True, exist_ok=True)
            fitted.save(self._folder / _STATE)
            self._saved = fitted
        self._digest = self._stored = given.digest
        self._changed = {}
        self._snapshot = self._base = (
            None
            if fitted is None
            else Snapshot(
                rows,
                (space,),
                build_columns(rows),
                fitted,
                bundled_lexicon(),
                self._named(rows, anew=anew),
            )
        )

    def _names_of_later(
        self, base: Snapshot, now: Snapshot, later: Sequence[IndicatorRow]
    ) -> ModelNames | None:
        if self._model is None or base.names is None or now.names is None:
            return None
        try:
            return self._model.follow(base.names, now.names, later)
        except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the vectors of the model cannot be stored: %s", error)
            return None

    def _settle(self) -> None:
        """Makes one space of what was indexed and what has changed since."""
        assert self._snapshot is not None  # noqa: S101  there are changes
        self._write_later()
        self._snapshot = self._base = settled(self._snapshot)
        self._changed = {}

    def _write_later(self) -> None:
        """Writes the vectors of what has changed; where that fails, the next start compares all of them."""
        snapshot, base = self._snapshot, self._base
        if self._vectors is None or snapshot is None or base is None or snapshot.live is None:
            return
        try:
            stored = self._vectors if self._store.in_memory else self._store.open(self._vectors.name)
            if stored is None or stored.digest == str(self._digest):
                return  # another process has replaced it, or was quicker
            write_later(stored, base, snapshot, str(self._stored), str(self._digest))
            self._vectors, self._stored = stored, self._digest
        except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("vectors of changed rows are not stored yet: %s", error)
            self._stored = -1

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
        if self._vectors is None:
            return []
        try:
            return self._vectors.nearest(vector[None, :], n)[0]
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
                self._vectors = self._store.open(PREFIX + snapshot.embedding.fingerprint)
        except Exception as error:  # noqa: BLE001  as above
            _LOG.warning("the vector store stays unavailable: %s", error)
        finally:
            self._writing.release()
