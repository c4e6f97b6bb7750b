"""The page before Streamlit's code runs: in Chinese, with what the first page needs asked for at once."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import file_util
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from assistant.web.opening import Opening, opening_page

STATIC = Path(file_util.get_static_dir())
SCRIPTS = STATIC / "static" / "js"
BROWSER = [(b"accept", b"text/html,*/*;q=0.8"), (b"accept-encoding", b"gzip, br")]


def served(path: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body that a browser gets from Streamlit's own files behind ours."""
    messages: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("a file is sent without asking")

    async def send(message: Message) -> None:
        messages.append(message)

    scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "headers": BROWSER}
    scope |= {"path": path, "root_path": "", "query_string": b""}
    handler = create_streamlit_static_handler(str(STATIC), "")
    asyncio.run(Opening(SelectiveGZipMiddleware(handler))(scope, receive, send))
    [start, *parts] = messages
    return start["status"], dict(start["headers"]), b"".join(part["body"] for part in parts)


@pytest.mark.parametrize("path", ["/", "/library", "/no-such-page"])
def test_every_address_begins_in_chinese(path: str) -> None:
    status, headers, body = served(path)
    page = body.decode()
    assert (status, headers[b"content-length"]) == (200, str(len(body)).encode())
    assert headers[b"cache-control"] == b"no-cache"
    assert '<html lang="zh-CN">' in page
    assert "<title>绩效自评助手</title>" in page
    assert "正在打开" in page.partition('<div id="root">')[2]
    seen = re.sub(r"<!--.*?-->|<script.*?</script>|<[^>]*>", "", page, flags=re.DOTALL)
    assert not re.search("[A-Za-z]{3}", seen.replace("JavaScript", "")), "no English is left to be read"


def test_what_the_first_page_is_made_of_is_asked_for_at_once() -> None:
    page = served("/")[2].decode()
    asked = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', page)
    assert len(asked) == len(set(asked))
    assert all((SCRIPTS / name).is_file() for name in asked)
    for part in ("Html", "ChatInput", "Selectbox", "FileUploader"):
        assert any(name.startswith(f"{part}.") for name in asked), part


def test_other_files_pass_as_they_are() -> None:
    script = next(SCRIPTS.glob("Html.*.js"))
    status, headers, body = served(f"/static/js/{script.name}")
    assert (status, body) == (200, script.read_bytes())
    assert b"immutable" in headers[b"cache-control"]


def test_another_answer_in_html_passes_as_it_is() -> None:
    async def other(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})

    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(Opening(other)({"type": "http", "method": "GET", "path": "/x", "headers": []}, receive, send))
    assert messages[-1]["body"] == b"ok"


def test_a_page_of_another_version_is_left_as_it_is(tmp_path: Path) -> None:
    assert opening_page("<html><body>new</body></html>", tmp_path) == "<html><body>new</body></html>"
