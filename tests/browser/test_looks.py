"""Every text can be read in the light and in the dark look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running import begin, open_page, press, settled, show
from tests.browser.test_journey import PROJECT
from tests.browser.test_screens import PATHS

_PALE = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


@pytest.fixture(params=["light", "dark"])
def coloured(request: pytest.FixtureRequest, launched: Browser, address: str) -> Iterator[Page]:
    opened = open_page(launched, address, color=request.param)
    yield opened
    opened.context.close()


def pale(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(_PALE)
    return found


def test_no_text_is_pale(coloured: Page, address: str) -> None:
    for path in PATHS:
        coloured.goto(f"{address}/{path}")
        settled(coloured)
        assert pale(coloured) == {}, path
    coloured.goto(address)
    settled(coloured)
    begin(coloured, PROJECT)
    assert pale(coloured) == {}
    press(coloured, re.compile("全部采纳"))
    for view in ("表格", "得分", "问题"):
        show(coloured, view)
        assert pale(coloured) == {}, view


def test_a_pale_text_is_found(coloured: Page) -> None:
    coloured.evaluate("document.querySelector('.af-hero p').style.opacity = 0.4")
    assert [text for text in pale(coloured) if "说清是什么项目" in text]
