"""The running product: its server on a free port, and a browser that looks at it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREEN = {"width": 1366, "height": 768}
_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_START_SECONDS = 60
_WAIT_MS = 20_000
_FIRST_PAGE_MS = 90_000  # the first page and the first draft of a process wait for what is being loaded
_FIRST_REACTION_MS = 150
expect.set_options(timeout=_WAIT_MS)
_UNDRAWN = '[data-stale="true"],[data-testid="stSpinner"],[data-testid="stSkeleton"]'
# Nothing of a developer's own configuration may reach the product under test.
_OURS = ("OPENAI_", "DATABASE_URL", "CHROMA_URL", "ASSISTANT_", "STREAMLIT_")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(
    home: Path,
    settings: Mapping[str, str] | None = None,
    port: int | None = None,
    script: str | Path = "app.py",
) -> Iterator[str]:
    """The address of the product, started as users start it: data in ``home``, ``settings`` on top.

    ``script``: another page of Streamlit to compare with.
    """
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    environment |= {"ASSISTANT_HOME": str(home), "ANONYMIZED_TELEMETRY": "False", **(settings or {})}
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {url}")


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's chromium without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield launched
        finally:
            launched.close()


def open_page(
    launched: Browser,
    address: str,
    *,
    color: str = "light",
    headers: dict[str, str] | None = None,
    guarded: bool = True,
) -> Page:
    """A new window of an old office screen; what it asks of another machine is not answered.

    ``headers`` go with every request, as a proxy in front would add them. Not ``guarded``: each request goes
    its own way, without the wait for our look at it and with the browser's memory of files.
    """
    context = launched.new_context(
        viewport=SCREEN,
        locale="zh-CN",
        accept_downloads=True,
        color_scheme=color,  # type: ignore[arg-type]
        extra_http_headers=headers,
    )
    page = context.new_page()
    page.set_default_timeout(_WAIT_MS)
    if guarded:
        page.route("**/*", lambda route: route.continue_() if address in route.request.url else route.abort())
    page.goto(address)
    settled(page, _FIRST_PAGE_MS)
    return page


def settled(page: Page, timeout: float = _WAIT_MS) -> None:
    """Waits until the page has been drawn and no script runs any more."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=timeout)
    page.wait_for_function(f"!document.querySelector('{_UNDRAWN}')")


def begin(page: Page, words: str) -> float:
    """Types the first words on the start page; gives the seconds until the first draft stood there."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(words)
    start = time.monotonic()
    box.press("Enter")
    page.wait_for_selector(".st-key-sheet", timeout=_FIRST_PAGE_MS)
    settled(page, _FIRST_PAGE_MS)  # the form stands early, the first turn of a process waits for the index
    return time.monotonic() - start


def say(page: Page, words: str) -> float:
    """Types ``words`` into the chat and waits for the answer; gives the seconds until it stood there."""
    box = page.get_by_test_id("stChatInputTextArea")
    before = page.get_by_test_id("stChatMessage").count()
    box.fill(words)
    start = time.monotonic()
    box.press("Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('[data-testid=\"stChatMessage\"]').length >= n", arg=before + 2
    )
    settled(page)
    return time.monotonic() - start


def press(page: Page, label: str | re.Pattern[str], within: Locator | None = None) -> float:
    """Presses the first button with this label; gives the seconds until the page has followed."""
    button = (within or page).get_by_role("button", name=label, exact=isinstance(label, str)).first
    start = time.monotonic()
    button.click()
    page.wait_for_timeout(_FIRST_REACTION_MS)
    settled(page)
    return time.monotonic() - start


def show(page: Page, what: str) -> None:
    """Chooses what the form's side shows: 表格, 得分, 问题, 编辑."""
    page.locator(".st-key-sheet_shown").get_by_role("radio", name=what).click()
    page.wait_for_timeout(_FIRST_REACTION_MS)
    settled(page)


def findings(page: Page) -> dict[str, int]:
    """The numbers of the score line by their names."""
    texts = page.locator(".af-count").all_inner_texts()
    return {name: int(number) for name, number in (text.split() for text in texts)}


def cards(page: Page) -> Locator:
    """The proposals that wait for a decision."""
    return page.locator('[class*="st-key-card-"]')


def card(page: Page, text: str) -> Locator:
    """The first waiting proposal with ``text`` in it."""
    return cards(page).filter(has_text=text).first
