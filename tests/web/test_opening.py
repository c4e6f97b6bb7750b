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

from assistant.web.shell.opening import Opening, opening_page

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
    seen = re.sub(r"<!--.*?-->|<(script|style).*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
    assert not re.search("[A-Za-z]{3}", seen.replace("JavaScript", "")), "no English is left to be read"


def test_what_the_first_page_is_made_of_is_asked_for_at_once() -> None:
    page = served("/")[2].decode()
    asked = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([^"]+)">', page)
    assert len(asked) == len(set(asked))
    assert all((SCRIPTS / name).is_file() for name in asked)
    for part in ("Html", "ChatInput", "Selectbox", "FileUploader", "MenuButton"):
        assert any(name.startswith(f"{part}.") for name in asked), part
    assert "SourceSans" not in page, "a font that our pages do not use"


def test_the_parts_are_run_after_streamlits_own_code() -> None:
    page = served("/")[2].decode()
    scripts = re.findall(r'<script type="module" crossorigin(?: src="([^"]+)")?>(.*?)</script>', page)
    [(theirs, _), (_, ours)] = scripts
    assert theirs.startswith("./static/js/index.")
    run = re.findall(r'import "\./static/js/([^"]+)";', ours)
    assert all((SCRIPTS / name).is_file() for name in run)
    assert any(name.startswith("Html.") for name in run)


def test_what_streamlit_asks_before_it_connects_is_asked_for_at_once() -> None:
    """The browser takes these answers for the requests that Streamlit's code makes once it runs."""
    page = served("/library")[2].decode()
    script = next(SCRIPTS.glob("index.*.js")).read_text(encoding="utf-8")
    pings = re.findall(r'<link rel="preload" as="fetch" crossorigin href="\./([^"]+)">', page)
    assert pings
    assert all(f"`{name}`" in script for name in pings), "what Streamlit does not ask for would be in vain"


def test_the_looks_come_with_the_page_after_streamlits_own() -> None:
    page = served("/")[2].decode()
    behind = page.partition('<div id="root">')[2]
    assert page.count("<style>") == behind.count("<style>") == 1, "of equal rules the later one counts"
    rules = behind.partition("<style>")[2].partition("</style>")[0]
    assert {".af-form", ".af-draft", ".st-key-sheet"} <= set(re.findall(r"\.[a-z-]+", rules))
    assert rules.count("{") == rules.count("}")
    assert "MutationObserver" in behind, "Streamlit's own words are put into Chinese from its first one"


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


def test_a_page_of_another_version_gets_the_looks_and_nothing_else(tmp_path: Path) -> None:
    page = opening_page("<html><body>new</body></html>", tmp_path)
    assert re.sub("<(style|script)>.*?</\\1>", "", page, flags=re.DOTALL) == "<html><body>new</body></html>"
    assert "<style>" in page
