"""A reviewer's journey: ask, look at the rows, open the form at the cell, export the list."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.running import press, say, settled


def test_from_a_question_to_the_cell_and_the_exported_list(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/ask")
    settled(page)
    say(page, "没完成目标的指标有哪些")
    answer = page.get_by_test_id("stChatMessage").last
    expect(answer).to_contain_text("共13个")
    expect(answer.get_by_test_id("stDataFrame")).to_be_visible()
    first = page.get_by_test_id("stChatMessage").first.bounding_box()
    assert first is not None and first["y"] < 200, "the question stands at the top, its answer beneath"

    press(page, "出处：8张表")
    press(page, "绩效指标第10行实际完成值")
    cell = page.locator("[data-here]")
    expect(cell).to_have_text("896.65万元")
    expect(cell).to_be_in_viewport()
    expect(page.get_by_role("button", name="绩效指标第10行实际完成值")).to_be_hidden()

    with page.expect_download() as waiting:
        answer.get_by_role("button", name="导出 .xlsx").click()
    waiting.value.save_as(tmp_path / "list.xlsx")
    book = load_workbook(tmp_path / "list.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "896.65万元" in texts
    assert sum(text == "否" for text in texts) == 13

    press(page, "关闭这张表")
    say(page, "其中哪些没写原因？")
    expect(page.get_by_test_id("stChatMessage").last).to_contain_text("共2个")
    page.get_by_test_id("stTopNav").get_by_role("link", name="项目库").click()
    settled(page)
    page.goto(f"{address}/library?form=9&at=indicators-10-actual")
    settled(page)
    expect(page.locator("[data-here]")).to_be_in_viewport()
