"""The Chroma side: who owns the folder, which collection is current, and whether it can be trusted."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import IndexUnavailableError
from vectorstore.space import Floats

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

PREFIX = "indicators-"
MODEL_PREFIX = "model-"
_CONNECT_SECONDS = 5
_REQUEST_SECONDS = 60
_BATCH = 5000
_FINE = {"space": "cosine", "ef_construction": 100, "max_neighbors": 16, "batch_size": 1000}
_COARSE = {**_FINE, "ef_construction": 24, "max_neighbors": 12}
"""Of many rows vectors find candidates that are ranked anew: a finer graph finds nothing better."""
_MANY = 20_000
_SYNC_THRESHOLD = 20_000
"""The graph is written to disk after so many rows; until then Chroma's log in SQLite keeps them."""
_UNUSED_SECONDS = 24 * 3600
"""A collection of a server that no process has brought up to date for so long is nobody's any more."""


class FolderLock:
    """The right to write in a folder; one holder at a time on this machine, freed when its process ends.

    ``owner`` names the holder where it is another one.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = ""
        self._file: IO[str] | None = (folder / "owner.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            self.owner = self._file.read().strip() or "进程号不明"
            self.release()
        else:
            self._file.truncate(0)
            self._file.write(f"进程 {os.getpid()}")
            self._file.flush()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def release(self) -> None:
        """Gives the lock back; harmless when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Vectors:
    """One Chroma collection of vectors by id.

    ``shared``: other processes, which may already know of newer rows, write into it too.
    """

    def __init__(self, collection: Collection, largest_batch: int, *, shared: bool = False) -> None:
        self._collection = collection
        self._step = min(_BATCH, largest_batch)
        self.shared = shared

    @property
    def name(self) -> str:
        """The collection's name."""
        return self._collection.name

    def is_same(self, other: Vectors | None) -> bool:
        """Whether ``other`` is this very collection, not one made later under its name."""
        return other is not None and self._collection.id == other._collection.id

    @property
    def digest(self) -> str:
        """What ``mark`` has left; empty for a collection that was never completed."""
        return str((self._collection.metadata or {}).get("digest", ""))

    def mark(self, digest: str) -> None:
        """Says what is stored, once all of it is."""
        self._collection.modify(metadata={"digest": digest, "at": int(time.time())})

    def put(self, ids: Sequence[str], vectors: Floats) -> None:
        """Writes vectors over those of the same id, in batches that Chroma accepts."""
        for start in range(0, len(ids), self._step):
            part = slice(start, start + self._step)
            self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def remove(self, ids: Sequence[str]) -> None:
        """Deletes vectors by id; from a shared collection none: searches pass over what they do not know."""
        if self.shared:
            return
        for start in range(0, len(ids), self._step):
            self._collection.delete(ids=list(ids[start : start + self._step]))

    def nearest(self, vectors: Floats, n: int) -> list[list[tuple[str, float]]]:
        """For each vector the ids of at most ``n`` others and their cosine similarity, the nearest first."""
        found = self._collection.query(query_embeddings=vectors, n_results=n, include=["distances"])
        distances = found["distances"] or []
        return [
            [(row_id, 1.0 - distance) for row_id, distance in zip(ids, line, strict=True)]
            for ids, line in zip(found["ids"], distances, strict=True)
        ]

    def stored(self, ids: Sequence[str]) -> Floats:
        """The vectors of those of ``ids`` that are there, in their order."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        places = {vector_id: place for place, vector_id in enumerate(found["ids"])}
        vectors = np.asarray(found["embeddings"], dtype=np.float32)
        return vectors[[places[vector_id] for vector_id in ids if vector_id in places]]

    def count(self) -> int:
        """How many vectors the collection says it has."""
        return self._collection.count()

    def holds(self, count: int) -> bool:
        """Whether as many vectors are stored; a shared collection may hold more."""
        return self.count() >= count if self.shared else self.count() == count

    def ids(self) -> set[str]:
        """All ids."""
        found: set[str] = set()
        for start in range(0, self.count(), self._step):
            found.update(self._collection.get(limit=self._step, offset=start, include=[])["ids"])
        return found


class VectorStore:
    """One Chroma client with its collections: in a data folder, on a server, or in memory alone."""

    def __init__(self, folder: Path | None, chroma_url: str = "") -> None:
        self._folder = folder
        self._url = chroma_url
        self._client: ClientAPI | None = None
        self._own = uuid.uuid4().hex
        self._created: set[str] = set()

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same collections at the same time."""
        return bool(self._url)

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives this process."""
        return self._folder is None and not self._url

    def open(self, name: str) -> Vectors | None:
        """A stored collection, or None."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        client = self._connect()
        try:
            found = client.get_collection(self._name(name), embedding_function=None)
        except NotFoundError:
            return None
        return Vectors(found, client.get_max_batch_size(), shared=self.shared)

    def create(self, name: str, count: int = 0) -> Vectors:
        """A new, empty collection for ``count`` vectors in the place of an older one.

        Of a server, the one of that name that others use too, if there is one.
        """
        client = self._connect()
        if not self._url:
            self.drop(name)
        # A server has its own thresholds.
        graph = _FINE if count < _MANY else _COARSE
        hnsw: Any = graph if self._url else {**graph, "sync_threshold": _SYNC_THRESHOLD}
        made = client.get_or_create_collection(
            self._name(name),
            embedding_function=None,
            configuration={"hnsw": hnsw},
            metadata={"at": int(time.time())},
        )
        self._created.add(made.name)
        return Vectors(made, client.get_max_batch_size(), shared=self.shared)

    def drop(self, name: str) -> None:
        """Deletes a collection, if there is one."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        with suppress(NotFoundError):
            self._connect().delete_collection(self._name(name))

    def drop_others(self, prefix: str, kept: Vectors) -> None:
        """Deletes all collections with ``prefix`` but one; of a server, those that nobody uses any more."""
        if self.in_memory:
            return
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        client = self._connect()
        for collection in client.list_collections():
            if not collection.name.startswith(prefix) or collection.name == kept.name:
                continue
            used = (collection.metadata or {}).get("at", 0)
            if not self._url or time.time() - float(str(used)) > _UNUSED_SECONDS:
                with suppress(NotFoundError):
                    client.delete_collection(collection.name)

    def start_anew(self) -> None:
        """Leaves a damaged store behind: the folder of an embedded store is emptied and a new one begun."""
        if self._folder is None or self._url:
            return
        self.close()
        for old in self._folder.glob("store-*"):
            shutil.rmtree(old, ignore_errors=True)
        self._store_folder(new=True)

    def close(self) -> None:
        """Closes the client; what was in memory only is dropped."""
        if self._client is not None:
            if self.in_memory:
                for name in self._created:
                    self._client.delete_collection(name)
            sessions = http_sessions(self._client)
            self._client.close()  # type: ignore[attr-defined]
            for session in sessions:
                session.close()
        self._client = None
        self._created.clear()

    def _name(self, name: str) -> str:
        # All in-memory clients of a process share one database: names keep them apart.
        return f"{name}-{self._own}" if self.in_memory else name

    def _connect(self) -> ClientAPI:
        if self._client is None:
            self._client = self._new_client()
        return self._client

    def _new_client(self) -> ClientAPI:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb  # noqa: PLC0415  takes a second to import: paid by the first search, not by every command
        from chromadb.config import Settings  # noqa: PLC0415

        settings = Settings(anonymized_telemetry=False)
        if self._url:
            return self._http_client(chromadb, settings)
        if self._folder is None:
            return chromadb.EphemeralClient(settings)
        return chromadb.PersistentClient(self._store_folder(), settings)

    def _http_client(self, chromadb: Any, settings: Any) -> ClientAPI:
        address = urlsplit(self._url if "//" in self._url else f"http://{self._url}")
        secure = address.scheme == "https"
        host, port = address.hostname or "localhost", address.port or (443 if secure else 8000)
        try:
            # Chroma's own first request waits without a limit.
            socket.create_connection((host, port), timeout=_CONNECT_SECONDS).close()
            client: ClientAPI = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
        except Exception as error:  # the client raises bare ValueError, httpx and its own errors
            raise IndexUnavailableError(
                f"连不上检索服务 {host}:{port}，请检查 CHROMA_URL 和网络。"
            ) from error
        for session in http_sessions(client):
            session.timeout = _REQUEST_SECONDS
        return client

    def _store_folder(self, *, new: bool = False) -> Path:
        assert self._folder is not None  # noqa: S101  embedded only
        # A new name after damage: Chroma keeps one client per path for the life of the process.
        kept = [] if new else sorted(self._folder.glob("store-*"))
        store = kept[0] if kept else self._folder / f"store-{uuid.uuid4().hex[:8]}"
        store.mkdir(parents=True, exist_ok=True)
        return store


def http_sessions(client: ClientAPI) -> list[Any]:
    """The connection pools of a server's client, which Chroma 1.5 neither limits nor closes."""
    holders = (client, getattr(client, "_admin_client", None))
    servers = (getattr(holder, "_server", None) for holder in holders)
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]
