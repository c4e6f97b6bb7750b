"""Streamlit's scripts and styles from memory: whole, packed, kept by the browser; all else passes."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import file_util

from assistant.web.shell.parts import Parts

STATIC = Path(file_util.get_static_dir()) / "static"
SCRIPT = next((STATIC / "js").glob("Html.*.js"))
STYLE = next((STATIC / "css").glob("index.*.css"))
PASSED = b"from behind"


def asked(
    path: str, *, method: str = "GET", accepts: bytes = b"gzip, deflate, br", **headers: bytes
) -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of an answer; ``PASSED`` where ours let the request pass."""
    messages: list[Message] = []

    async def behind(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": PASSED})

    async def receive() -> Message:
        raise AssertionError("a file is sent without asking")

    async def send(message: Message) -> None:
        messages.append(message)

    given = [(b"accept-encoding", accepts), *((name.encode(), value) for name, value in headers.items())]
    scope = {"type": "http", "method": method, "path": path, "headers": given}
    asyncio.run(Parts(behind)(scope, receive, send))
    start, body = messages
    return dict(start["headers"]), body["body"]


@pytest.mark.parametrize(
    ("path", "file"), [(f"/static/js/{SCRIPT.name}", SCRIPT), (f"/static/css/{STYLE.name}", STYLE)]
)
def test_a_part_comes_whole_and_packed_and_is_kept(path: str, file: Path) -> None:
    headers, body = asked(path)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"immutable" in headers[b"cache-control"]
    assert gzip.decompress(body) == file.read_bytes()
    kind = b"javascript" if file.suffix == ".js" else b"css"
    assert kind in headers[b"content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/js/none.js",
        "/static/js/../../index.html",
        "/static/js/..",
        "/static/media/x.woff2",
        "/x.js",
    ],
)
def test_other_addresses_pass(path: str) -> None:
    assert asked(path)[1] == PASSED


def test_an_unusual_request_passes() -> None:
    path = f"/static/js/{SCRIPT.name}"
    assert asked(path, method="HEAD")[1] == PASSED
    assert asked(path, accepts=b"identity")[1] == PASSED
    assert asked(path, range=b"bytes=0-9")[1] == PASSED
