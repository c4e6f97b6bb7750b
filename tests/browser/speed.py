"""How long a person waits, measured in the browser: ``python -m tests.browser.speed``."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.browser.running import CHROMIUM, begin, browser, open_page, press, say, server, show
from tests.browser.test_journey import ACTUALS, PROJECT, decide_all

_RUNS = 5


def main() -> int:
    """Prints each wait in seconds: the median and the worst of some runs."""
    if CHROMIUM is None:
        print("没有找到 chromium，请先安装。", file=sys.stderr)
        return 1
    waits: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        with server(Path(folder)) as address, browser() as launched:
            open_page(launched, address).context.close()
            waits["first page of a new installation"] = [time.monotonic() - start]
            for _ in range(_RUNS):
                start = time.monotonic()
                page = open_page(launched, address)
                waits.setdefault("page ready", []).append(time.monotonic() - start)
                waits.setdefault("first draft from a sentence", []).append(begin(page, PROJECT))
                waits.setdefault("accept all", []).append(press(page, re.compile("全部采纳")))
                decide_all(page)
                waits.setdefault("chat turn", []).append(say(page, ACTUALS))
                start = time.monotonic()
                show(page, "得分")
                waits.setdefault("another view", []).append(time.monotonic() - start)
                page.context.close()
        start = time.monotonic()
        with server(Path(folder)) as address, browser() as launched:
            open_page(launched, address).context.close()
            waits["first page after a restart"] = [time.monotonic() - start]
    for name, seconds in waits.items():
        print(f"{name:34} median {median(seconds):5.2f} s   worst {max(seconds):5.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
