"""Streamlit's scripts and styles from memory, packed: a page asks for a hundred of them.

Streamlit reads each from the disk for each browser and sends it unpacked: three megabytes, which take
seconds over a slow line. Starlette's own compression would pack each answer anew, those of every turn too.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit import file_util

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PART = re.compile(r"/static/((?:js|css)/[\w.-]+\.(js|css))")
_TYPES = {"js": b"application/javascript", "css": b"text/css; charset=utf-8"}
_LEVEL = 6


class Parts:
    """Answers for Streamlit's own scripts and styles; every other request passes, also an unusual one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._folder = Path(file_util.get_static_dir()) / "static"
        self._packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        asked = _PART.fullmatch(scope["path"]) if scope["type"] == "http" else None
        packed = await self._read(asked[1]) if asked and _usual(scope) else None
        if asked is None or packed is None:
            await self._app(scope, receive, send)
            return
        headers = [
            (b"content-type", _TYPES[asked[2]]),
            (b"content-length", str(len(packed)).encode()),
            (b"content-encoding", b"gzip"),
            (b"vary", b"accept-encoding"),
            # Their names tell their contents, so no browser asks twice.
            (b"cache-control", b"public, immutable, max-age=31536000"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": packed})

    async def _read(self, name: str) -> bytes | None:
        """The packed file, None where there is none of that name."""
        if name not in self._packed:
            file = self._folder / name
            if not file.is_file():
                return None
            self._packed[name] = await asyncio.to_thread(_pack, file)
        return self._packed[name]


def _usual(scope: Scope) -> bool:
    """Whether a whole file is asked for by a browser that can unpack it."""
    headers = dict(scope["headers"])
    ways = {way.strip().partition(b";")[0] for way in headers.get(b"accept-encoding", b"").split(b",")}
    return scope["method"] == "GET" and b"gzip" in ways and b"range" not in headers


def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), _LEVEL, mtime=0)
