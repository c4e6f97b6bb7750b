"""Pictures of the running product for the README and the manual: ``python -m tests.browser.screenshots``."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from assistant.documents.write_docx import write_docx
from assistant.form.model import Total
from tests.browser.review_screenshots import filled, reviewing
from tests.browser.running import (
    CHROMIUM,
    ROOT,
    begin,
    browser,
    card,
    cards,
    open_page,
    press,
    say,
    server,
    settled,
    show,
)
from tests.browser.test_journey import ACTUALS, PROJECT, REASON, decide_all
from tests.web.forms import DREDGING
from vectorstore.corpus import bundled_forms

IMAGES = ROOT / "docs" / "images"
_FLASH_MS = 2600  # a marked cell flashes for a moment


def take(page: Page, name: str) -> None:
    """One picture, with nothing under the mouse and no cursor blinking."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(600)
    page.screenshot(path=IMAGES / f"{name}.png")


def drafting(page: Page) -> None:
    """The whole journey of drafting."""
    take(page, "start")
    begin(page, PROJECT)
    people = card(page, "培训人数")
    people.locator("summary").click()
    people.scroll_into_view_if_needed()
    take(page, "draft")
    press(page, re.compile("全部采纳"))
    decide_all(page)
    say(page, ACTUALS)
    press(page, "采纳", card(page, "88人"))
    say(page, REASON)
    page.locator(".st-key-sheet").evaluate("sheet => sheet.scrollTop = 230")
    take(page, "deviation")
    press(page, "采纳", cards(page).first)
    show(page, "得分")
    take(page, "points")
    show(page, "问题")
    take(page, "findings")
    show(page, "编辑")
    page.wait_for_selector('[data-testid="stDataFrame"] canvas')
    take(page, "edit")
    show(page, "表格")
    page.locator(".st-key-draft-export-menu button").click()
    take(page, "export")


def checking(page: Page, address: str, folder: Path) -> None:
    """A file with errors, checked; then a batch, seen by rule."""
    wrong = DREDGING.model_copy(update={"total": Total(weight="100", score="99")})
    file = folder / "城区河道清淤工程绩效自评表.docx"
    file.write_bytes(write_docx(wrong))
    page.goto(f"{address}/check")
    settled(page)
    page.set_input_files('.st-key-check_files input[type="file"]', file)
    page.wait_for_selector(".af-form")
    settled(page)
    take(page, "check")
    files = []
    for number, form in enumerate(bundled_forms(), 1):
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(write_docx(form))
    page.set_input_files('.st-key-check_files input[type="file"]', files)
    page.locator(".st-key-check_shown").get_by_role("radio", name="按规则").click()
    page.wait_for_selector("[data-here]")
    settled(page)
    page.wait_for_timeout(_FLASH_MS)
    take(page, "batch")


def library(page: Page, address: str) -> None:
    """The past forms, one of them opened, a search and the statistics."""
    page.goto(f"{address}/library")
    settled(page)
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 150, box["y"] + 35 + 35 * 3 + 15)
    page.wait_for_selector(".af-form")
    settled(page)
    take(page, "library")
    page.locator(".st-key-library_shown").get_by_role("radio", name="查相似指标").click()
    page.get_by_label("要找什么指标").fill("培训人数")
    page.keyboard.press("Enter")
    page.wait_for_selector(".af-hits")
    settled(page)
    take(page, "search")
    page.locator(".st-key-library_shown").get_by_role("radio", name="指标统计").click()
    page.wait_for_selector(".af-bars")
    settled(page)
    take(page, "statistics")


def rules(page: Page, address: str) -> None:
    """One rule of the catalogue."""
    page.goto(f"{address}/rules?rule=E001")
    settled(page)
    page.wait_for_timeout(_FLASH_MS)
    take(page, "rules")


def main() -> int:
    """Takes all pictures anew; 1 where there is no chromium."""
    if CHROMIUM is None:
        print("没有找到 chromium，请先安装。", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as address, browser() as launched:
        page = open_page(launched, address)
        drafting(page)
        checking(page, address, Path(folder))
        library(page, address)
        rules(page, address)
    with tempfile.TemporaryDirectory() as folder, browser() as launched:
        returned = filled(Path(folder))
        with server(Path(folder)) as address:
            reviewing(launched, address, returned, take)
    return 0


if __name__ == "__main__":
    sys.exit(main())
