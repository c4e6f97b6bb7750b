"""How long a person waits, measured in the browser: ``python -m tests.browser.speed``.

Beside it stands an empty page of Streamlit in the same run: what its own files cost on this machine.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from tests.browser.running import CHROMIUM, begin, browser, open_page, press, say, server, settled, show
from tests.browser.test_journey import ACTUALS, PROJECT, decide_all

_RUNS = 5
_EMPTY = "import streamlit as st\nst.write('.')\n"
_FIRST_WORDS = (
    "performance.getEntriesByType('paint').find(one => one.name == 'first-contentful-paint').startTime / 1000"
)
Waits = dict[str, list[float]]


def opened(launched: Browser, address: str, name: str, waits: Waits) -> Page:
    """A page in a window that knows nothing yet, with its waits noted under ``name``, and once more in it."""
    start = time.monotonic()
    page = open_page(launched, address, guarded=False)
    drawn(page)
    waits.setdefault(f"{name}: ready", []).append(time.monotonic() - start)
    waits.setdefault(f"{name}: first words", []).append(page.evaluate(_FIRST_WORDS))
    start = time.monotonic()
    page.reload(wait_until="commit")
    drawn(page)
    waits.setdefault(f"{name} again: ready", []).append(time.monotonic() - start)
    return page


def drawn(page: Page) -> None:
    """Waits for the page's own contents: before its script begins, Streamlit says that none is running."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]')
    settled(page)


def work(launched: Browser, address: str, waits: Waits) -> None:
    """A page and some steps of a draft on it."""
    page = opened(launched, address, "page", waits)
    waits.setdefault("first draft from a sentence", []).append(begin(page, PROJECT))
    waits.setdefault("accept all", []).append(press(page, re.compile("全部采纳")))
    decide_all(page)
    waits.setdefault("chat turn", []).append(say(page, ACTUALS))
    start = time.monotonic()
    show(page, "得分")
    waits.setdefault("another view", []).append(time.monotonic() - start)
    page.context.close()


def started(folder: Path, name: str, waits: Waits) -> None:
    """How long the first page takes from the start of the server and of the browser."""
    start = time.monotonic()
    with server(folder) as address, browser() as launched:
        open_page(launched, address).context.close()
        waits[name] = [time.monotonic() - start]


def main() -> int:
    """Prints each wait in seconds: the median and the worst of some runs."""
    if CHROMIUM is None:
        print("没有找到 chromium，请先安装。", file=sys.stderr)
        return 1
    waits: Waits = {}
    with tempfile.TemporaryDirectory() as name:
        folder, blank = Path(name) / "home", Path(name) / "blank"
        folder.mkdir()
        blank.mkdir()
        (blank / "empty.py").write_text(_EMPTY, encoding="utf-8")
        started(folder, "first page of a new installation", waits)
        with (
            server(folder) as address,
            server(blank, script=blank / "empty.py") as empty,
            browser() as launched,
        ):
            open_page(launched, address).context.close()
            for _ in range(_RUNS):
                opened(launched, empty, "empty page of Streamlit", waits).context.close()
                work(launched, address, waits)
        started(folder, "first page after a restart", waits)
    for what, seconds in waits.items():
        print(f"{what:36} median {median(seconds):5.2f} s   worst {max(seconds):5.2f} s")
    ratio, again = (
        median(waits[f"page{when}: ready"]) / median(waits[f"empty page of Streamlit{when}: ready"])
        for when in ("", " again")
    )
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"a page takes {ratio:.2f} times an empty one, opened again {again:.2f} times; {load}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
