"""What a person sees before the page's scripts run."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from assistant.web.shell.opening import TITLE


def test_the_page_is_named_and_says_that_it_is_coming(launched: Browser, address: str) -> None:
    context = launched.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/library")
    assert page.title() == TITLE
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("status")).to_have_text(f"正在打开{TITLE}…")
    context.close()
