"""The vectors of all indexed rows in Chroma: in step with the rows, written again where they are lost."""

from __future__ import annotations

import logging
import threading

import numpy as np

from assistant.errors import IndexUnavailableError
from vectorstore.collection import PREFIX, Vectors, VectorStore
from vectorstore.search import Snapshot
from vectorstore.space import Floats, Positions

_LOG = logging.getLogger(__name__)
_BATCH = 5000
_SAMPLE = 20
_CLOSE = 1e-3
_REACHED = 0.999
"""Half of a sample must be found by their own vectors with this cosine: a graph always leaves some aside."""
_ATTEMPTS = 3
"""So often a collection of a server is written, which another process may be replacing."""
_UNKNOWN = ""
"""In place of a digest: what is stored must be compared."""


class RowVectors:
    """The collection with the vectors of a snapshot's rows; safe for many threads.

    A collection of a server is shared: nothing is removed from it, since another process may know newer rows,
    and who searches passes over vectors of rows that it does not know.
    """

    def __init__(self, store: VectorStore) -> None:
        self._store = store
        self._writing = threading.RLock()
        self._vectors: Vectors | None = None
        self._wanted: Snapshot | None = None  # whose vectors should be stored
        self._stored = _UNKNOWN  # the digest of the snapshot whose vectors are stored

    @property
    def usable(self) -> bool:
        """Whether there is a collection to search."""
        return self._vectors is not None

    def bring_in_step(self, wanted: Snapshot) -> None:
        """Has all vectors stored: by what has changed, by comparing everything, or anew.

        Where a server cannot be reached, what it holds is compared when it is next brought in step.
        """
        with self._writing:
            try:
                if not (self.follow(wanted) or self._catch_up(wanted)):
                    self.replace(wanted)
            except IndexUnavailableError as error:
                self._stored = _UNKNOWN
                _LOG.warning("ranking by words alone: %s", error)
            self._wanted = wanted

    def follow(self, wanted: Snapshot) -> bool:
        """Writes what has changed since the last time; False where that time's vectors may not be there."""
        with self._writing:
            before = self._wanted
            if before is None or before.embedding is not wanted.embedding or self._stored == _UNKNOWN:
                return False
            try:
                vectors = self._as_left()
                if vectors is not None:
                    _write_difference(vectors, before, wanted)
            except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
                _LOG.warning("vectors of changed rows are not stored yet: %s", error)
                vectors = None
            self._vectors, self._wanted = vectors or self._vectors, wanted
            self._stored = _UNKNOWN if vectors is None else wanted.digest
            return vectors is not None

    def replace(self, wanted: Snapshot) -> None:
        """Writes everything anew, in a new store where the old one cannot even be written to.

        Raises IndexUnavailableError where a server cannot be written to.
        """
        with self._writing:
            self._stored, self._wanted = _UNKNOWN, wanted
            if self._store.shared:
                self._fill_shared(wanted)
                return
            try:
                self._fill(wanted)
            except Exception:
                if self._store.in_memory:
                    raise
                _LOG.warning("the index folder is damaged and is built anew", exc_info=True)
                self._store.start_anew()
                self._fill(wanted)

    def nearest(self, vector: Floats, n: int) -> list[tuple[str, float]]:
        """The ids of the nearest vectors and their similarity; none where Chroma fails just now."""
        for again in (True, False):
            if self._vectors is None:
                return []
            try:
                return self._vectors.nearest(vector[None, :], n)[0]
            except Exception as error:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
                _LOG.warning("ranking by words alone: %s", error)
                if not (again and self._reopen()):
                    return []
        return []

    def repair(self) -> None:
        """Brings the collection in step with what was last wanted, in a thread of its own."""
        threading.Thread(target=self._repair, name="index", daemon=True).start()

    def forget(self) -> None:
        """Lets go of the collection; nothing is written from now on."""
        with self._writing:
            self._vectors = self._wanted = None

    def _repair(self) -> None:
        with self._writing:
            try:
                if self._wanted is not None and self._stored == _UNKNOWN:
                    self.bring_in_step(self._wanted)
            except Exception as error:  # noqa: BLE001  as above
                _LOG.warning("the vector store stays unavailable: %s", error)

    def _reopen(self) -> bool:
        """Takes up a collection that another process has replaced, and has a lost one written again.

        Gives whether it can be searched at once.
        """
        if self._store.in_memory or not self._writing.acquire(blocking=False):
            return False
        try:
            if self._wanted is None:
                return False
            found = self._store.open(_name(self._wanted))
            if not self._is_as_left(found):
                self._stored = _UNKNOWN
                self.repair()
            self._vectors = found
        except Exception as error:  # noqa: BLE001  as above
            _LOG.warning("the vector store stays unavailable: %s", error)
            return False
        finally:
            self._writing.release()
        return self._vectors is not None

    def _as_left(self) -> Vectors | None:
        """The collection that was written last; None where another process has put another in its place."""
        if self._vectors is None or not self._store.shared:
            return self._vectors
        found = self._store.open(self._vectors.name)
        return found if self._is_as_left(found) else None

    def _is_as_left(self, found: Vectors | None) -> bool:
        """Whether a collection just opened holds what was stored."""
        return found is not None and (found.is_same(self._vectors) or found.digest == self._stored)

    def _catch_up(self, wanted: Snapshot) -> bool:
        """Writes what the stored collection lacks; False where only a rebuild helps."""
        if self._store.in_memory:
            return False
        try:
            vectors = self._store.open(_name(wanted))
            if vectors is None:
                return False
            if vectors.digest != wanted.digest or not vectors.holds(len(wanted)):
                _write_missing(vectors, wanted)
            self._vectors, self._stored = vectors, wanted.digest
            return _agrees(vectors, wanted)
        except IndexUnavailableError:
            raise
        except Exception:  # noqa: BLE001  Chroma raises many kinds, some of them undocumented
            _LOG.warning("the stored index cannot be read", exc_info=True)
            return False

    def _fill_shared(self, wanted: Snapshot) -> None:
        for left in reversed(range(_ATTEMPTS)):
            try:
                if not left:
                    self._store.drop(_name(wanted))
                self._fill(wanted)
                return
            except IndexUnavailableError:
                raise
            except Exception as error:
                if not left:
                    raise IndexUnavailableError(
                        "检索服务没有写成索引，请检查 CHROMA_URL 指向的服务，再重建索引。"
                    ) from error
                _LOG.warning("the index on the server is written once more: %s", error)

    def _fill(self, wanted: Snapshot) -> None:
        """Writes all vectors into a new collection and makes it the only one."""
        vectors = self._store.create(_name(wanted), len(wanted))
        _put(vectors, wanted, wanted.standing)
        vectors.mark(wanted.digest)
        self._vectors, self._stored = vectors, wanted.digest
        self._store.drop_others(PREFIX, vectors)


def _name(wanted: Snapshot) -> str:
    return PREFIX + wanted.embedding.fingerprint


def _write_difference(vectors: Vectors, before: Snapshot, wanted: Snapshot) -> None:
    """Writes what ``wanted`` has beside ``before``, which is stored."""
    if vectors.digest == wanted.digest:
        return  # nothing has changed, or another process was quicker
    old, new = before.standing, wanted.standing
    gone = old[~np.isin(before.columns.contents[old], wanted.columns.contents[new])]
    later = new[~np.isin(wanted.columns.contents[new], before.columns.contents[old])]
    if not vectors.shared:
        vectors.mark(_UNKNOWN)  # a process that ends half-way leaves it to be compared
    vectors.remove(before.vector_ids(gone))
    _put(vectors, wanted, later)
    vectors.mark(wanted.digest)


def _write_missing(vectors: Vectors, wanted: Snapshot) -> None:
    """Removes and writes what differs, by the ids of all rows."""
    stored, rows = vectors.ids(), wanted.standing
    ids = wanted.vector_ids(rows)
    vectors.remove(sorted(stored.difference(ids)))
    missing = [vector_id not in stored for vector_id in ids]
    _put(vectors, wanted, rows[np.array(missing, dtype=bool)])
    vectors.mark(wanted.digest)


def _put(vectors: Vectors, wanted: Snapshot, rows: Positions) -> None:
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        vectors.put(wanted.vector_ids(part), wanted.vectors(part))


def _agrees(vectors: Vectors, wanted: Snapshot) -> bool:
    """Whether as many vectors are stored, and of a sample the right ones, mostly found by themselves."""
    count = len(wanted)
    if not vectors.holds(count):
        return False
    rows = wanted.standing[:: max(1, count // _SAMPLE)]
    own = wanted.vectors(rows)
    stored = vectors.stored(wanted.vector_ids(rows))
    if len(stored) != len(own) or not np.allclose(stored, own, atol=_CLOSE):
        return False
    own = own[own.any(axis=1)]
    if not len(own):
        return True
    reached = sum(bool(hits) and hits[0][1] >= _REACHED for hits in vectors.nearest(own, 1))
    return reached >= len(own) / 2
