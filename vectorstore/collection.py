"""The Chroma side: who owns the folder, which collection is current, and whether it can be trusted."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import IndexUnavailableError
from vectorstore.space import Floats

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Metadata = Mapping[str, str | int]
PREFIX = "indicators-"
_CONNECT_SECONDS = 5
_REQUEST_SECONDS = 60


class FolderLock:
    """The right to write in a folder; one holder at a time on this machine, freed when its process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] | None = (folder / "owner.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.release()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def release(self) -> None:
        """Gives the lock back; harmless when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


class VectorStore:
    """One Chroma client and its current collection of vectors. The data folder, a server, or memory alone."""

    def __init__(self, folder: Path | None, chroma_url: str = "") -> None:
        self._folder = folder
        self._url = chroma_url
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._memory_name = f"{PREFIX}{uuid.uuid4().hex}"

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives this process."""
        return self._folder is None and not self._url

    def open(self, fingerprint: str) -> dict[str, Any] | None:
        """Makes the stored collection of ``fingerprint`` current; its metadata, or None if there is none."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        try:
            self._collection = self._connect().get_collection(
                self._name(fingerprint), embedding_function=None
            )
        except NotFoundError:
            return None
        return dict(self._collection.metadata or {})

    def create(self, fingerprint: str) -> None:
        """Makes a new, empty collection of ``fingerprint`` current; an older one of that name is dropped."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415

        client = self._connect()
        with suppress(NotFoundError):
            client.delete_collection(self._name(fingerprint))
        self._collection = client.create_collection(
            self._name(fingerprint), embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def drop_others(self) -> None:
        """Deletes every collection of ours but the current one. Only where nobody else can be using them."""
        if self._url or self.in_memory:
            return
        client = self._connect()
        for collection in client.list_collections():
            if collection.name.startswith(PREFIX) and collection.name != self._current().name:
                client.delete_collection(collection.name)

    def label(self, metadata: Mapping[str, str | int]) -> None:
        """Replaces the metadata of the current collection."""
        self._current().modify(metadata=dict(metadata))

    def put(
        self, ids: Sequence[str], vectors: Floats, metadatas: Sequence[Metadata], documents: Sequence[str]
    ) -> None:
        """Writes rows over those of the same id, in batches that Chroma accepts."""
        step = self._connect().get_max_batch_size()
        for start in range(0, len(ids), step):
            part = slice(start, start + step)
            self._current().upsert(
                ids=list(ids[part]),
                embeddings=vectors[part],
                metadatas=[dict(metadata) for metadata in metadatas[part]],
                documents=list(documents[part]),
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Deletes rows by id."""
        step = self._connect().get_max_batch_size()
        for start in range(0, len(ids), step):
            self._current().delete(ids=list(ids[start : start + step]))

    def nearest(
        self, vectors: Floats, n: int, where: dict[str, Any] | None = None
    ) -> list[list[tuple[str, float]]]:
        """For each vector the ids of at most ``n`` rows and their cosine similarity, the nearest first."""
        found = self._current().query(
            query_embeddings=vectors, n_results=n, where=where or None, include=["distances"]
        )
        distances = found["distances"] or []
        return [
            [(row_id, 1.0 - distance) for row_id, distance in zip(ids, line, strict=True)]
            for ids, line in zip(found["ids"], distances, strict=True)
        ]

    def count(self) -> int:
        """How many rows the current collection says it has."""
        return self._current().count()

    def documents(self) -> dict[str, str]:
        """All stored documents by id."""
        step = self._connect().get_max_batch_size()
        found: dict[str, str] = {}
        for start in range(0, self.count(), step):
            part = self._current().get(limit=step, offset=start, include=["documents"])
            found.update(zip(part["ids"], part["documents"] or [], strict=True))
        return found

    def start_anew(self) -> None:
        """Leaves a damaged store behind: the folder of an embedded store is emptied and a new one begun."""
        if self._folder is None or self._url:
            return
        self.close()
        for old in self._folder.glob("store-*"):
            shutil.rmtree(old, ignore_errors=True)
        self._store_folder(new=True)

    def close(self) -> None:
        """Closes the client; a memory-only collection is dropped."""
        if self._client is not None:
            if self.in_memory and self._collection is not None:
                self._client.delete_collection(self._collection.name)
            sessions = _http_sessions(self._client)
            self._client.close()  # type: ignore[attr-defined]
            for session in sessions:
                session.close()
        self._client = self._collection = None

    def _name(self, fingerprint: str) -> str:
        # All in-memory clients of a process share one database: names keep them apart.
        return self._memory_name if self.in_memory else PREFIX + fingerprint

    def _current(self) -> Collection:
        if self._collection is None:
            raise IndexUnavailableError("检索索引尚未建立，请先导入往年自评表或重建索引。")
        return self._collection

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
        for session in _http_sessions(client):
            session.timeout = _REQUEST_SECONDS
        return client

    def _store_folder(self, *, new: bool = False) -> Path:
        assert self._folder is not None  # noqa: S101  embedded only
        # A new name after damage: Chroma keeps one client per path for the life of the process.
        kept = [] if new else sorted(self._folder.glob("store-*"))
        store = kept[0] if kept else self._folder / f"store-{uuid.uuid4().hex[:8]}"
        store.mkdir(parents=True, exist_ok=True)
        return store


def _http_sessions(client: ClientAPI) -> list[Any]:
    """The connection pools of a server's client, which Chroma 1.5 neither limits nor closes."""
    holders = (client, getattr(client, "_admin_client", None))
    servers = (getattr(holder, "_server", None) for holder in holders)
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]
