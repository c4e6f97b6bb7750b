"""What people wait for, bound far above the figures of a free machine, against work that multiplies."""

from __future__ import annotations

import argparse
import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.load import crowd
from tests.browser.running import open_page, server
from tests.browser.speed import Waits, work

MOST = {"page: ready": 10.0, "page again: ready": 5.0, "first draft from a sentence": 6.0, "chat turn": 4.0}
MOST_IN_A_CROWD = 4.0


def come(address: str) -> Waits:
    """The waits of four people who come together."""
    return asyncio.run(crowd(address, argparse.Namespace(people=4, turns=2, arrive=2.0)))


@pytest.mark.timeout(240)
def test_one_person_and_a_small_crowd_do_not_wait_long(launched: Browser, tmp_path: Path) -> None:
    waits: Waits = {}
    with server(tmp_path) as address, ThreadPoolExecutor(1) as beside:
        open_page(launched, address).context.close()  # the first visit of a process opens the library
        work(launched, address, waits)
        together = beside.submit(come, address).result()  # the browser's loop runs in this thread
    assert not {name: waits[name] for name, most in MOST.items() if max(waits[name]) > most}
    assert "failed" not in together
    turns = sorted(seconds for name, some in together.items() if name != "page ready" for seconds in some)
    assert len(turns) >= 4 * 2
    assert turns[int(0.95 * (len(turns) - 1))] < MOST_IN_A_CROWD
