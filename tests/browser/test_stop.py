"""A model that is slow: the page says that it is being asked, and the person may stop waiting."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.running import begin, open_page, say, server, settled
from tests.browser.test_journey import PROJECT
from tests.wire.stub import Stub, refused, said

SOON_MS = 4000
"""Far below the seconds for which a silent model would be waited for."""


def test_waiting_for_a_silent_model_can_be_stopped(launched: Browser, tmp_path: Path) -> None:
    silent = False
    with Stub(lambda _: said("").but(delay=60) if silent else refused("busy", 503)) as stub:
        settings = {"OPENAI_BASE_URL": stub.url, "OPENAI_MODEL": "stub-model"}
        with server(tmp_path, settings) as address:
            page = open_page(launched, address)
            begin(page, PROJECT)
            messages = page.get_by_test_id("stChatMessage").count()
            silent = True
            words = "培训人数实际完成88人，满意度92%"
            box = page.get_by_test_id("stChatInputTextArea")
            box.fill(words)
            box.press("Enter")
            stop = page.get_by_role("button", name="停止")
            expect(stop).to_be_in_viewport()
            expect(page.get_by_test_id("stSpinner")).to_be_in_viewport()
            stop.click()
            expect(page.locator(".af-notice").filter(has_text="已停止")).to_be_visible(timeout=SOON_MS)
            settled(page)
            assert page.get_by_test_id("stChatMessage").count() == messages, "nothing of the turn is kept"
            silent = False
            say(page, words)
            expect(page.get_by_test_id("stChatMessage").last).to_contain_text("这一轮按规则读取")


def test_a_reply_is_shown_as_it_arrives_and_replaced_by_what_was_checked(
    launched: Browser, tmp_path: Path
) -> None:
    fact = {"place": "department", "row": 0, "name": "", "value": "某市农业农村局"}
    text = json.dumps({"facts": [fact]}, ensure_ascii=False)
    with Stub(lambda _: said(text).but(pace=0.4)) as stub:
        settings = {"OPENAI_BASE_URL": stub.url, "OPENAI_MODEL": "stub-model"}
        with server(tmp_path, settings) as address:
            page = open_page(launched, address)
            box = page.get_by_test_id("stChatInputTextArea")
            box.fill(PROJECT)
            box.press("Enter")
            expect(page.locator(".af-provisional")).to_contain_text("某市农业", timeout=60_000)
            expect(page.locator(".af-form")).to_be_in_viewport()
            assert page.locator(".st-key-start_file").count() == 0, "nothing of the start page is left"
            settled(page, 60_000)
            assert page.locator(".af-provisional").count() == 0
            expect(page.get_by_test_id("stChatMessage").last).to_contain_text("主管部门")
