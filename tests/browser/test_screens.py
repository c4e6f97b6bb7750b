"""What only a real browser shows: editing in the table, hostile text, leftovers of another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.documents.write_docx import write_docx
from assistant.form.model import Form, Indicator
from assistant.rules.profile import profile_ids
from tests.browser.running import begin, press, settled, show
from tests.browser.test_journey import PROJECT, stored_form
from tests.web.forms import DREDGING

PATHS = ("", "check", "review", "library", "help", "system")
# Names of formats and products that Chinese offices write in Latin letters too.
LATIN = {"Word", "Excel", "docx", "xlsx", "txt", "json", "SQLite", "Chroma"}
LATIN |= set(re.findall(r"[a-z]+", " ".join(profile_ids())))  # every score sheet names its profile
_COLUMNS_BEFORE_ACTUAL = 80 + 90 + 170 + 95
_HEAD, _ROW = 35, 30
_HAND_MS = 60
_VISIBLE_TEXT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement, box = holder.getBoundingClientRect();
    const icon = holder.closest('[data-testid="stIconMaterial"],script,style,noscript');
    if (!icon && box.width && box.height && getComputedStyle(holder).fontSize !== '0px')
      found.push(walker.currentNode.data);
  }
  return found.join(' ');
}"""


def open_form(page: Page, form: Form, folder: Path) -> None:
    """Begins a draft from ``form`` by uploading its .docx."""
    file = folder / "往年.docx"
    file.write_bytes(write_docx(form))
    page.set_input_files('.st-key-start_file input[type="file"]', file)
    press(page, "用这张表")
    page.wait_for_selector(".st-key-sheet")
    settled(page)


def type_into_actual(page: Page, row: int, text: str) -> None:
    """Types into 实际完成值 of a row of the editable table, the way people do: double click, type, Enter."""
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    x = box["x"] + _COLUMNS_BEFORE_ACTUAL + 30
    page.mouse.dblclick(x, box["y"] + _HEAD + _ROW * (row - 1) + _ROW / 2)
    editor = page.locator("#portal textarea")
    editor.wait_for()
    editor.press("Control+A")
    page.keyboard.insert_text(text)
    page.wait_for_timeout(_HAND_MS)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")


def test_changes_in_the_table_all_survive(page: Page, home: Path, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    show(page, "编辑")
    page.wait_for_selector('[data-testid="stDataFrame"] canvas')
    type_into_actual(page, 1, "11公里")
    type_into_actual(page, 2, "2.4万立方米")
    settled(page)
    type_into_actual(page, 4, "88%")
    page.wait_for_timeout(500)
    settled(page)
    rows = stored_form(home, page).indicators
    assert [row.actual for row in rows] == ["11公里", "2.4万立方米", "100%", "88%"]
    assert [row.score for row in rows] == ["9.17", "8", "10", "9.78"], "scores follow at once"
    press(page, "撤销")
    assert stored_form(home, page).indicators[3].actual == "93%"


def test_a_row_is_added_and_removed(page: Page, home: Path, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    show(page, "编辑")
    press(page, "添加")
    assert [row.name for row in stored_form(home, page).indicators][2] == "【待填】"
    press(page, "删除")
    assert len(stored_form(home, page).indicators) == len(DREDGING.indicators)


def test_a_reload_finds_the_draft_again(page: Page, home: Path) -> None:
    begin(page, PROJECT)
    press(page, re.compile("全部采纳"))
    before = stored_form(home, page)
    page.reload()
    page.wait_for_selector(".st-key-sheet")
    settled(page)
    expect(page.locator(".af-form")).to_contain_text("某市农机推广站")
    assert stored_form(home, page) == before


def test_hostile_text_neither_runs_nor_loads_anything(page: Page, tmp_path: Path) -> None:
    attack = (
        '<img src="http://attacker.invalid/x" onerror="window.hit=1">'
        "<script>window.hit=1</script>![](http://attacker.invalid/y)[点](javascript:window.hit=1)"
    )
    row = Indicator(
        level1=attack, level2=attack, name=attack, target=attack, actual=attack, explanation=attack
    )
    form = DREDGING.model_copy(update={"project_name": attack, "unit": attack, "indicators": (row,)})
    open_form(page, form, tmp_path)
    page.get_by_test_id("stChatInputTextArea").fill(attack)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    settled(page)
    for view in ("得分", "问题", "编辑", "表格"):
        show(page, view)
    press(page, "新建")
    expect(page.locator(".af-hero")).to_be_visible()
    assert page.evaluate("window.hit") is None
    assert page.locator('img[src*="attacker"], a[href*="javascript"]').count() == 0


def test_files_are_checked(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/check")
    settled(page)
    wrong = DREDGING.model_copy(update={"total": DREDGING.total.model_copy(update={"score": "99"})})
    for number in (1, 2):
        (tmp_path / f"{number}.docx").write_bytes(write_docx(wrong))
    (tmp_path / "3.docx").write_bytes(b"no form at all")
    page.set_input_files(
        '.st-key-check_files input[type="file"]', [tmp_path / f"{number}.docx" for number in (1, 2, 3)]
    )
    page.wait_for_selector(".af-form")
    settled(page)
    expect(page.locator(".af-problems")).to_contain_text("3.docx")
    expect(page.locator(".af-form")).to_contain_text("城区河道清淤工程")
    expect(page.locator(".af-found").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="检查报告 Word").click()
    assert waiting.value.suggested_filename == "自评表检查报告.docx"


def test_a_past_form_is_opened_by_a_click(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_label("按项目名称、单位筛选").fill("企业家人才")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    settled(page)
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 150, box["y"] + _HEAD + _ROW / 2)
    page.wait_for_selector(".af-form")
    expect(page.locator(".af-form")).to_contain_text("企业家人才")
    expect(page.locator(".af-scoreline")).to_contain_text("按规则得分")


def test_a_draft_speaks_one_language(page: Page) -> None:
    begin(page, PROJECT)
    for view in ("得分", "问题", "编辑", "表格"):
        show(page, view)
        assert set(re.findall(r"[A-Za-z]{3,}", page.evaluate(_VISIBLE_TEXT))) <= LATIN
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), (
            "all on one screen"
        )


@pytest.mark.parametrize("path", PATHS)
def test_no_page_speaks_another_language_or_needs_a_wider_screen(
    page: Page, address: str, home: Path, path: str
) -> None:
    page.goto(f"{address}/{path}")
    settled(page)
    page.wait_for_timeout(500)
    shown = page.evaluate(_VISIBLE_TEXT).replace(str(home), "")
    if path != "help":
        assert set(re.findall(r"[A-Za-z]{3,}", shown)) <= LATIN
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
