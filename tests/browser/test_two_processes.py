"""Two serving processes on one database and one Chroma server: begun in one, gone on with in the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.running import begin, findings, open_page, press, say, server, settled
from tests.browser.test_journey import ACTUALS, PROJECT, decide_all
from tests.library.small_forms import planting
from tests.vectorstore.chroma import chroma_server


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of two processes, each with a data folder of its own."""
    for name in ("chroma", "one", "other"):
        (tmp_path / name).mkdir()
    with chroma_server(tmp_path / "chroma") as chroma:
        settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'library.sqlite3'}", "CHROMA_URL": chroma}
        with server(tmp_path / "one", settings) as one, server(tmp_path / "other", settings) as other:
            yield one, other


@pytest.mark.timeout(400)
def test_what_is_done_in_one_process_is_there_in_the_other(
    two: tuple[str, str], launched: Browser, tmp_path: Path
) -> None:
    one, other = (open_page(launched, address) for address in two)

    begin(one, PROJECT)
    press(one, re.compile("全部采纳"))
    decide_all(one)
    draft = parse_qs(urlparse(one.url).query)["draft"][0]
    other.goto(f"{two[1]}/?draft={draft}")
    settled(other)
    expect(other.locator(".st-key-sheet")).to_contain_text("农机手培训项目")
    say(other, ACTUALS)
    decide_all(other)
    one.reload()
    settled(one)
    expect(one.locator(".st-key-sheet")).to_contain_text("88人")
    assert findings(one) == findings(other)

    file = tmp_path / "国土绿化.json"
    file.write_text(json.dumps(planting().to_json(), ensure_ascii=False), encoding="utf-8")
    one.goto(f"{two[0]}/library")
    settled(one)
    one.get_by_role("radio", name="导入").click()
    one.locator("input[type=file]").first.set_input_files(file)
    press(one, "导入这 1 张")
    expect(one.get_by_text("新增 1 张")).to_be_visible()

    other.goto(f"{two[1]}/library")
    settled(other)
    other.get_by_role("radio", name="查相似指标").click()
    box = other.get_by_label("要找什么指标")
    box.fill("完成人工造林面积")
    box.press("Enter")
    expect(other.locator(".af-hits")).to_contain_text("≥1.8万亩")
    other.goto(f"{two[1]}/ask")
    settled(other)
    say(other, "国土绿化的完成人工造林面积的指标值是多少")
    expect(other.get_by_test_id("stChatMessage").last).to_contain_text("1.8万亩")
    for page in (one, other):
        page.context.close()
