"""The index of past indicators: kept in step with the rows it is given, repaired when it is damaged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vectorstore import embedding
from vectorstore.collection import FolderLock, VectorStore
from vectorstore.columns import RowColumns, build_columns
from vectorstore.embedding import Embedding
from vectorstore.growth import followed, settled
from vectorstore.lexicon import bundled_lexicon
from vectorstore.mix import Mix
from vectorstore.model_vectors import ModelList, ModelNames, ModelVectors, TextEmbedder
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.row_vectors import RowVectors
from vectorstore.search import SMALL, Snapshot
from vectorstore.space import build_space

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
        self._vectors = RowVectors(self._store)
        self._model = ModelVectors(embedder, self._store, folder) if embedder is not None else None
        self._writing = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._base: Snapshot | None = None  # the snapshot without the forms that have changed since
        self._changed: dict[int, Sequence[IndicatorRow]] = {}
        self._settling: threading.Thread | None = None
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
        now = self._snapshot
        return now.names.rows_carried(now.standing) if now is not None and now.names is not None else 0

    def __len__(self) -> int:
        """How many rows are indexed."""
        return len(self._snapshot) if self._snapshot else 0

    def rebuild(self, rows: Iterable[IndicatorRow]) -> None:
        """Replaces the whole index by ``rows``; a configured model is asked again for every name."""
        with self._writing:
            given = tuple(rows)
            made = _snapshot(given, build_columns(given), None)
            if made is not None:
                self._vectors.replace(made)
            self._install(made, anew=True)

    def sync(self, rows: Iterable[IndicatorRow]) -> None:
        """Brings the index in step with ``rows``: by doing nothing, by what has changed, or by a rebuild.

        What is stored is compared and a sample of it searched when it is opened. Where a configured server
        cannot be reached, rows are ranked by words alone until the next sync.
        """
        with self._writing:
            given = tuple(rows)
            columns = build_columns(given)
            if self._snapshot is not None and columns.digest == self._snapshot.digest:
                return
            made = _snapshot(given, columns, self._fitted(len(given)))
            if made is not None:
                self._vectors.bring_in_step(made)
            self._install(made)

    def follow(self, changed: Mapping[int, Sequence[IndicatorRow]]) -> bool:
        """Takes over the rows that some forms have now, none for one that is gone, at once.

        False, with nothing done, where that is for ``sync``: the library is small or was not indexed yet, its
        vectors were lost, or it has outgrown its embedding. What is found is what ``sync`` would find: words
        count the same, and rows that Chroma does not have yet are compared one by one. Where many rows have
        changed, a thread makes one index of all; then, and on ``close``, their vectors reach Chroma.
        """
        with self._writing:
            base, now = self._base, self._snapshot
            if base is None or now is None or not self._vectors.usable or len(base.rows) <= SMALL:
                return False
            together = {**self._changed, **changed}
            later = [row for rows in together.values() for row in rows]
            if _outgrown(base.embedding, len(base.rows) + len(later)):
                return False
            self._snapshot = followed(base, together, self._names_of_later(base, now, later))
            self._changed = together
            if len(self._snapshot.rows) - len(self._snapshot) + len(later) > _LATER:
                self._begin_settling()
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
            snapshot.search(query, n, filters or Filters(), self._vectors.nearest, mix, model)
            for query, model in zip(queries, meant, strict=True)
        ]

    def close(self) -> None:
        """Gives the folder back."""
        with self._writing:
            if self.persistent and self._changed and self._snapshot is not None:
                self._vectors.follow(self._snapshot)
            self._install(None)
            self._vectors.forget()
            self._store.close()
            if self._lock is not None:
                self._lock.release()

    def _fitted(self, count: int) -> Embedding | None:
        """The embedding in use or on disk (fitted by any process), unless ``count`` rows have outgrown it."""
        found = self._snapshot.embedding if self._snapshot is not None else None
        if found is None and self._folder is not None:
            found = self._saved = embedding.load(self._folder / _STATE)
        return None if found is None or _outgrown(found, count) else found

    def _install(self, made: Snapshot | None, *, anew: bool = False) -> None:
        """Searches ``made`` from now on, with the names that a configured model knows; None: nothing."""
        if made is not None:
            self._save(made.embedding)
            made = replace(made, names=self._named(made.rows, anew=anew))
        self._snapshot = self._base = made
        self._changed = {}

    def _save(self, fitted: Embedding) -> None:
        if self._folder is not None and self.persistent and fitted is not self._saved:
            self._folder.mkdir(parents=True, exist_ok=True)
            fitted.save(self._folder / _STATE)
            self._saved = fitted

    def _begin_settling(self) -> None:
        if self._settling is None or not self._settling.is_alive():
            self._settling = threading.Thread(target=self._settle, name="settle", daemon=True)
            self._settling.start()

    def _settle(self) -> None:
        """Makes one of what was indexed and what has changed since, and has its vectors stored.

        Searches and changes go on meanwhile; what they bring stands beside the new whole.
        """
        try:
            with self._writing:
                before, now, known = self._base, self._snapshot, self._changed
            if before is None or now is None or before is now:
                return
            base = settled(now)
            with self._writing:
                if self._base is not before or self._snapshot is None:
                    return  # closed, or indexed anew
                if not self._vectors.follow(base):
                    self._vectors.repair()
                since = {form: rows for form, rows in self._changed.items() if rows is not known.get(form)}
                later = [row for rows in since.values() for row in rows]
                names = self._names_of_later(base, self._snapshot, later) if since else base.names
                self._snapshot = followed(base, since, names) if since else base
                self._base, self._changed = base, since
        except Exception:  # noqa: BLE001  nothing is lost, and the next change begins again
            _LOG.warning("what has changed stays beside the index", exc_info=True)

    def _named(self, rows: Sequence[IndicatorRow], *, anew: bool) -> ModelNames | None:
        """The names of ``rows`` by a configured model; None where there is none or it cannot be used."""
        if self._model is None:
            return None
        try:
            return self._model.update(rows, anew=anew)
        except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the vectors of the model cannot be stored: %s", error)
            return None

    def _names_of_later(
        self, base: Snapshot, now: Snapshot, later: Sequence[IndicatorRow]
    ) -> ModelNames | None:
        if self._model is None or base.names is None:
            return None
        try:
            return self._model.follow(base.names, now.names or base.names, later)
        except Exception as error:  # noqa: BLE001  as above
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


def _snapshot(rows: Sequence[IndicatorRow], columns: RowColumns, fitted: Embedding | None) -> Snapshot | None:
    """What is searched of ``rows``, by an embedding in use or one fitted now; None of no rows."""
    if not rows:
        return None
    space = build_space(rows)
    if len(rows) > SMALL:
        space.invert()
    return Snapshot(rows, (space,), columns, fitted or embedding.fit(space), bundled_lexicon())


def _outgrown(fitted: Embedding, count: int) -> bool:
    share = _REFIT if fitted.fitted_rows < _LARGE else _REFIT_LARGE
    return abs(count - fitted.fitted_rows) > share * fitted.fitted_rows
