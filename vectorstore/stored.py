"""The vectors of rows in a Chroma collection: written, and compared with what should be there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from vectorstore.collection import Vectors
from vectorstore.embedding import Embedding
from vectorstore.row import IndicatorRow
from vectorstore.search import Snapshot
from vectorstore.space import LexicalSpace, Positions

_SAMPLE = 20
_CLOSE = 1e-3
_REACHED = 0.999
"""Half of the rows must be found by their own vectors with this cosine: a graph always leaves some aside."""
_BATCH = 5000


@dataclass(frozen=True)
class Given:
    """The rows to index, the ids of their vectors, and a sum of their hashes, in whatever order they come."""

    rows: tuple[IndicatorRow, ...]
    ids: tuple[str, ...]
    digest: int

    @classmethod
    def of(cls, rows: Iterable[IndicatorRow]) -> Given:
        """What belongs to ``rows``."""
        kept = tuple(rows)
        ids = tuple(map(stored_id, kept))
        return cls(kept, ids, sum(map(_hashed, ids)))


def write_changes(vectors: Vectors, given: Given, space: LexicalSpace, fitted: Embedding) -> None:
    """Removes and writes what differs, by the ids of all rows."""
    stored, wanted = vectors.ids(), set(given.ids)
    vectors.remove([vector_id for vector_id in stored if vector_id not in wanted])
    missing = [at for at, vector_id in enumerate(given.ids) if vector_id not in stored]
    put(vectors, given, space, fitted, np.array(missing, dtype=np.int32))
    vectors.mark(str(given.digest))


def write_later(stored: Vectors, base: Snapshot, now: Snapshot, before: str, after: str) -> None:
    """Writes what ``now`` has beside ``base``; marked ``after`` only where it was marked ``before``."""
    known = stored.digest == before
    stored.mark("")
    stood = len(base.rows)
    gone = np.flatnonzero(~now.live[:stood]).tolist() if now.live is not None else []
    stored.remove([stored_id(base.rows[at]) for at in gone])
    ids = [stored_id(row) for row in now.rows[stood:]]
    if ids:
        stored.put(ids, base.embedding.embed_rows(now.words, every(1, len(ids))))
    if known:
        stored.mark(after)


def put(vectors: Vectors, given: Given, space: LexicalSpace, fitted: Embedding, at: Positions) -> None:
    """Writes the vectors of the rows at these places."""
    for start in range(0, len(at), _BATCH):
        part = at[start : start + _BATCH]
        vectors.put([given.ids[line] for line in part], fitted.embed_rows(space, part))


def agrees(vectors: Vectors, given: Given, space: LexicalSpace, fitted: Embedding) -> bool:
    """Whether the collection has as many rows, and of a sample the right vectors, mostly to be found."""
    count = len(given.rows)
    if vectors.count() != count:
        return False
    at = every(max(1, count // _SAMPLE), count)
    own = fitted.embed_rows(space, at)
    stored = vectors.stored([given.ids[line] for line in at])
    if any(
        not np.allclose(stored.get(given.ids[line], np.inf), vector, atol=_CLOSE)
        for line, vector in zip(at, own, strict=True)
    ):
        return False
    own = own[own.any(axis=1)]
    if not len(own):
        return True
    reached = sum(bool(hits) and hits[0][1] >= _REACHED for hits in vectors.nearest(own, 1))
    return reached >= len(own) / 2


def every(step: int, count: int) -> Positions:
    """Every ``step``-th of ``count`` places."""
    return np.arange(0, count, step, dtype=np.int32)


def _hashed(vector_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(vector_id.encode(), digest_size=8).digest())


def hash_of(row: IndicatorRow) -> int:
    """What a row adds to the digest of all."""
    return _hashed(stored_id(row))


def stored_id(row: IndicatorRow) -> str:
    """The id of a row's vector, ``form#row#content``: a row that has changed has another one."""
    return f"{row.id}#{hashlib.blake2b(row.model_dump_json().encode(), digest_size=6).hexdigest()}"
