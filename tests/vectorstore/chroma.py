"""A real Chroma server on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings

from vectorstore.collection import http_sessions


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """Its address; it keeps its collections in ``folder``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def client_of(url: str) -> Iterator[ClientAPI]:
    """A client of its own, as another program has it."""
    client = chromadb.HttpClient(port=urlsplit(url).port or 0, settings=Settings(anonymized_telemetry=False))
    sessions = http_sessions(client)
    try:
        yield client
    finally:
        client.close()
        for session in sessions:
            session.close()
