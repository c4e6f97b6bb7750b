"""The page as the browser gets it first, before Streamlit's own code runs.

It is named in Chinese, says that something is coming, carries the looks of all pages, and asks at once for
what Streamlit would ask for only later: the parts that pages are made of, and whether its server is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from streamlit import file_util

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "绩效自评助手"
_AT_ONCE = ("Html", "ChatInput", "Button", "Selectbox", "FileUploader", "MenuButton", "Checkbox")
"""Streamlit's names of what the first page draws; the files of other versions may lack some."""
_PINGS = ("_stcore/health", "_stcore/host-config")
"""Both must be answered before Streamlit's code, once it runs, opens its connection."""
_THEIR_FONT = re.compile(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>')
"""Asked for before anything else, and never used: our pages have fonts of the person's own machine."""
_ASKED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_NOSCRIPT = "<noscript><p>请在浏览器中打开 JavaScript 后再使用本页。</p></noscript>"
_COMING = (
    "<div role=\"status\" style=\"font:15px/1.8 'Microsoft YaHei','PingFang SC',sans-serif;color:#6b7785;"
    'text-align:center;padding-top:38vh">'
    f"正在打开{TITLE}…</div>"
)
_FOLDER = Path(__file__).parent


class Opening:
    """Puts our first page in the place of Streamlit's; every other answer passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        replaced = False
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            # Compressed, Streamlit's page could not be told from others.
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and self._is_first_page(message):
                replaced = True
                headers = [
                    (b"content-type", b"text/html; charset=utf-8"),
                    (b"content-length", str(len(self._page)).encode()),
                    (b"cache-control", b"no-cache"),
                ]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
                await send({"type": "http.response.body", "body": self._page})
            elif not replaced:
                await send(message)

        await self._app(scope, receive, answer)

    def _is_first_page(self, start: Message) -> bool:
        """Whether Streamlit answers with its own page, which it does for every address of ours."""
        headers = dict(start["headers"])
        return (
            start["status"] == 200
            and headers.get(b"content-type", b"").startswith(b"text/html")
            and headers.get(b"content-length") == str(len(self._theirs)).encode()
        )

    @cached_property
    def _theirs(self) -> bytes:
        return (Path(file_util.get_static_dir()) / "index.html").read_bytes()

    @cached_property
    def _page(self) -> bytes:
        scripts = Path(file_util.get_static_dir()) / "static" / "js"
        return opening_page(self._theirs.decode("utf-8"), scripts).encode()


def opening_page(theirs: str, scripts: Path) -> str:
    """Streamlit's page in our words; what another version of it lacks is left as it is."""
    icon = quote((_FOLDER / "icon.svg").read_text(encoding="utf-8"), safe="")
    known = set(re.findall(r"static/js/([\w.-]+\.js)", theirs))
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in _parts(scripts)
        if name not in known
    )
    page = theirs.replace('<html lang="en">', '<html lang="zh-CN">')
    page = re.sub("<title>.*?</title>", f"<title>{TITLE}</title>", page, flags=re.DOTALL)
    page = re.sub("<noscript>.*?</noscript>", _NOSCRIPT, page, flags=re.DOTALL)
    page = page.replace('href="./favicon.png"', f'href="data:image/svg+xml,{icon}"')
    page = _THEIR_FONT.sub("", page)
    pings = "".join(f'<link rel="preload" as="fetch" crossorigin href="./{name}">\n' for name in _PINGS)
    page = page.replace("</head>", f"{pings}{links}</head>", 1)
    page = page.replace("</body>", f"{_dress()}{_evaluated(scripts)}</body>", 1)
    return page.replace('<div id="root"></div>', f'<div id="root">{_COMING}</div>')


def _dress() -> str:
    """Our styles, at the end of the page so that they refine Streamlit's, and our words for what it says.

    Our own files and nothing else: no text of a form or a model ever becomes a script.
    """
    # The general one comes first, so that the others may refine it.
    styles = sorted(_FOLDER.glob("*.css"), key=lambda path: (path.name != "style.css", path.name))
    dress = "\n".join(path.read_text(encoding="utf-8") for path in styles)
    scripts = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in ("chinese.js", "links.js"))
    return f"<style>{dress}</style><script>{scripts}</script>"


def _evaluated(scripts: Path) -> str:
    """Runs the code of the first page's parts after Streamlit's own, while its connection is being made.

    Else each part is run only when an element wants it, and grey bars stand in its place until then.
    """
    asked = "".join(f'import "./static/js/{path.name}";' for path in _at_once(scripts))
    return f'<script type="module" crossorigin>{asked}</script>' if asked else ""


def _at_once(scripts: Path) -> Iterator[Path]:
    return (path for part in _AT_ONCE for path in sorted(scripts.glob(f"{part}.*.js")))


def _parts(scripts: Path) -> Iterator[str]:
    """The files of the first page's parts, and those that they ask for themselves."""
    seen: set[str] = set()
    waiting = [path.name for path in _at_once(scripts)]
    while waiting:
        name = waiting.pop(0)
        if name not in seen and (scripts / name).is_file():
            seen.add(name)
            yield name
            waiting += _asked_by(scripts / name)


def _asked_by(script: Path) -> Iterable[str]:
    return _ASKED.findall(script.read_text(encoding="utf-8"))
