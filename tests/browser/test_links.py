"""Past forms that are cited open over the page that cites them, at the cell; the way back leads there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.running import begin, card, cards, press, say, settled
from tests.browser.test_journey import PROJECT


def test_evidence_opens_over_the_conversation(page: Page, address: str) -> None:
    begin(page, PROJECT)
    waiting = cards(page).count()
    people = card(page, "培训人数")
    people.locator("summary").click()
    link = people.get_by_role("link", name=re.compile("打开库中第")).first
    kept = link.get_attribute("href") or ""
    link.click()
    dialog = page.get_by_role("dialog")
    cell = dialog.locator("[data-here]")
    expect(cell).to_be_in_viewport()
    settled(page)
    assert re.search("look=[0-9]+&at=indicators-[0-9]+", page.url)
    assert cards(page).count() == waiting
    marked = cell.inner_text()

    page.go_back()
    expect(dialog).to_be_hidden()
    settled(page)
    assert cards(page).count() == waiting
    expect(page).not_to_have_url(re.compile("look="))

    page.go_forward()
    expect(dialog.locator("[data-here]")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    settled(page)
    expect(page).not_to_have_url(re.compile("look="))
    press(page, "不用", people)
    expect(dialog).to_be_hidden()
    assert cards(page).count() == waiting - 1

    page.goto(f"{address}/{kept}")
    settled(page)
    expect(page.locator("[data-here]")).to_have_text(marked)


def test_what_is_found_opens_over_the_search(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_role("radio", name="查相似指标").click()
    box = page.get_by_label("要找什么指标")
    box.fill("培训人数")
    box.press("Enter")
    hits = page.locator(".af-hits")
    expect(hits).to_be_visible()
    found = hits.inner_text()
    hits.get_by_role("link").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-here]")).to_be_in_viewport()
    settled(page)
    page.go_back()
    expect(dialog).to_be_hidden()
    settled(page)
    assert hits.inner_text() == found

    hits.get_by_role("link").nth(1).click()
    dialog.get_by_role("link", name="在项目库中打开").click()
    settled(page)
    expect(page.locator(".st-key-sheet, [data-here]").first).to_be_visible()
    assert re.search("/library[?]form=[0-9]+&at=indicators-[0-9]+$", page.url)
    expect(dialog).to_be_hidden()


def test_the_conversation_is_kept_by_a_look_into_the_library(page: Page, address: str) -> None:
    page.goto(f"{address}/ask")
    settled(page)
    say(page, "没完成目标的指标有哪些")
    press(page, "出处：8张表")
    press(page, "绩效指标第10行实际完成值")
    page.get_by_role("link", name=re.compile("在项目库打开第")).click()
    expect(page.locator(".st-key-library_filter")).to_be_visible()
    settled(page)
    assert "/library?form=9" in page.url
    page.go_back()
    settled(page)
    expect(page.get_by_test_id("stChatMessage").last).to_contain_text("共13个")
