"""What only a real browser shows: editing in the table, hostile text, leftovers of another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.documents.write_docx import write_docx
from assistant.form.model import Form, Indicator
from assistant.rules.profile import profile_ids
from tests.browser.running import begin, press, say, settled, show
from tests.browser.test_journey import PROJECT, stored_form
from tests.web.forms import DREDGING

PATHS = ("", "check", "review", "library", "ask", "rules", "help", "system")
# Names of formats and products that Chinese offices write in Latin letters too.
LATIN = {"Word", "Excel", "docx", "xlsx", "txt", "json", "zip", "SQLite", "Chroma", "OpenAI", "Tab"}
LATIN |= {"OPENAI", "BASE", "URL", "MODEL", "EMBEDDING", "API", "KEY", "PDF", "CSV"}
LATIN |= set(re.findall(r"[a-z]+", " ".join(profile_ids())))  # every score sheet names its profile
_COLUMNS_BEFORE_ACTUAL = 36 + 80 + 105 + 150 + 100
_HEAD, _ROW = 35, 30
_HAND_MS = 60
_VISIBLE_TEXT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement, box = holder.getBoundingClientRect();
    const icon = holder.closest('[data-testid="stIconMaterial"],script,style,noscript,.af-draft');
    if (!icon && box.width && box.height && getComputedStyle(holder).fontSize !== '0px')
      found.push(walker.currentNode.data);
  }
  return found.join(' ');
}"""

_SPOKEN_TEXT = """() => {
  const names = ['aria-label', 'placeholder', 'title', 'alt'];
  return [...document.querySelectorAll(names.map(name => `[${name}]`).join())]
    .flatMap(element => names.map(name => element.getAttribute(name) || '')).join(' ');
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
    expect(page.locator(".af-form")).not_to_contain_text("88%", timeout=15_000)
    assert stored_form(home, page).indicators[3].actual == "93%"


def test_a_row_is_added_and_removed(page: Page, home: Path, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    show(page, "编辑")
    press(page, "添加")
    assert [row.name for row in stored_form(home, page).indicators][2] == "【待填】"
    press(page, "下移")
    press(page, "下移")
    names = [row.name for row in stored_form(home, page).indicators]
    assert names.index("清淤长度") == 2
    press(page, "删除")
    assert "清淤长度" not in [row.name for row in stored_form(home, page).indicators]


def test_fields_are_saved_while_the_person_goes_on_typing(page: Page, home: Path, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    show(page, "编辑")
    page.locator(".st-key-edit_part").get_by_role("radio", name="基本信息和目标").click()
    typed = {"项目名称": "北渠清淤工程", "主管部门": "某市水利局", "实施单位": "某市河道中心"}
    for label, text in typed.items():  # one after the other, without waiting for the page
        page.get_by_label(label, exact=True).click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(text)
        page.wait_for_timeout(_HAND_MS)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    settled(page)
    form = stored_form(home, page)
    assert [form.project_name, form.department, form.unit] == list(typed.values())
    expect(page.locator(".af-form")).to_contain_text("北渠清淤工程")


def test_a_step_brings_what_is_missing_into_view(page: Page, tmp_path: Path) -> None:
    rows = tuple(
        row.model_copy(update={"name": f"{row.name}{n}"}) for n in range(6) for row in DREDGING.indicators
    )
    last = rows[-1].model_copy(update={"actual": "", "score": ""})
    open_form(page, DREDGING.model_copy(update={"indicators": (*rows[:-1], last)}), tmp_path)
    press(page, re.compile("完成情况"))
    cell = page.locator("[data-here]")
    expect(cell).to_be_in_viewport()
    expect(cell).to_have_attribute("data-mark", "gap")
    assert page.evaluate("window.scrollY") == 0, "only the form is scrolled"
    press(page, re.compile("导出$"))
    expect(page.get_by_role("dialog")).to_contain_text("下载 Word")


def test_a_reload_finds_the_draft_again(page: Page, home: Path) -> None:
    begin(page, PROJECT)
    press(page, re.compile("全部采纳"))
    before = stored_form(home, page)
    page.reload()
    page.wait_for_selector(".st-key-sheet")
    settled(page)
    expect(page.locator(".af-form")).to_contain_text("某市农机推广站")
    assert stored_form(home, page) == before


def test_the_newest_turn_is_always_in_sight(page: Page) -> None:
    begin(page, PROJECT)
    expect(page.locator(".st-key-chat [data-by=user]").last).to_be_in_viewport()
    for words in ("为什么扣分？", "还差什么？", "第1行怎么算的？"):
        say(page, words)
        expect(page.get_by_test_id("stChatMessage").last).to_be_in_viewport()
    cards = page.locator('[class*="st-key-card-"]')
    expect(cards.first).not_to_be_in_viewport()
    press(page, re.compile("待您决定"))
    expect(cards.first).to_be_in_viewport()
    page.reload()
    page.wait_for_selector(".st-key-sheet")
    settled(page)
    expect(page.get_by_test_id("stChatMessage").last).to_be_in_viewport()
    page.get_by_role("link", name="规则").click()
    page.wait_for_selector('[data-testid="stDataFrame"]')
    page.get_by_role("link", name="起草").click()
    page.wait_for_selector(".st-key-sheet")
    expect(page.get_by_test_id("stChatMessage").last).to_be_in_viewport()


def test_a_finding_leads_to_its_cell(page: Page, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    show(page, "问题")
    press(page, "看这一格")
    expect(page.locator("[data-here]")).to_be_in_viewport()


def test_another_view_begins_at_its_top(page: Page, tmp_path: Path) -> None:
    open_form(page, DREDGING, tmp_path)
    page.locator(".st-key-sheet").evaluate("sheet => sheet.scrollTop = 10000")
    assert page.locator(".st-key-sheet").evaluate("sheet => sheet.scrollTop") > 0
    show(page, "编辑")
    expect(page.locator(".st-key-edit_part")).to_be_in_viewport(ratio=1)
    assert page.locator(".st-key-sheet").evaluate("sheet => sheet.scrollTop") == 0


def test_on_a_phone_a_step_brings_its_cell_into_view(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    last = DREDGING.indicators[-1].model_copy(update={"actual": "", "score": ""})
    open_form(page, DREDGING.model_copy(update={"indicators": (*DREDGING.indicators[:-1], last)}), tmp_path)
    press(page, re.compile("完成情况"))
    expect(page.locator("[data-here]")).to_be_in_viewport()


def test_a_phone_shows_every_step_and_how_to_submit(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_form(page, DREDGING, tmp_path)
    for name in (re.compile("基本信息"), re.compile("检查$"), re.compile("提交"), re.compile("版本")):
        expect(page.locator(".st-key-progress").get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


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
        page.locator(".st-key-reports").get_by_role("button", name="Word").click()
    assert waiting.value.suggested_filename == "自评表检查报告.docx"


def test_a_past_form_is_opened_by_a_click(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    settled(page)
    page.get_by_role("textbox", name="查找").fill("企业家人才")
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
    spoken = page.evaluate(_SPOKEN_TEXT)
    assert set(re.findall(r"[A-Za-z]{3,}", spoken)) <= LATIN, "what only a screen reader says, too"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_link_opens_a_past_form_at_its_cell(page: Page, address: str) -> None:
    page.goto(f"{address}/library?form=5&at=indicators-9-target")
    page.wait_for_selector("[data-here]")
    settled(page)
    expect(page.locator("[data-here]")).to_be_in_viewport()
    assert page.evaluate("window.scrollY") == 0


def test_hostile_forms_stay_text_on_every_page(page: Page, address: str, tmp_path: Path) -> None:
    attack = '<img src="http://attacker.invalid/x" onerror="window.hit=1">![](http://attacker.invalid/y)'
    row = Indicator(
        level1=attack, level2=attack, name=attack, target=attack, actual=attack, explanation=attack
    )
    form = DREDGING.model_copy(
        update={"project_name": attack, "unit": attack, "department": attack, "indicators": (row,)}
    )
    for number in (1, 2):
        changed = form.model_copy(update={"project_name": f"{attack}{number}"})
        (tmp_path / f"![](http:attacker.invalid){number}.docx").write_bytes(write_docx(changed))
    files = sorted(tmp_path.iterdir())
    page.goto(f"{address}/check")
    settled(page)
    page.set_input_files('.st-key-check_files input[type="file"]', files)
    page.wait_for_selector(".af-form")
    for view in ("按规则", "按单位", "按表"):
        page.locator(".st-key-check_shown").get_by_role("radio", name=view).click()
        page.wait_for_timeout(300)
        settled(page)
    page.goto(f"{address}/library")
    settled(page)
    page.locator(".st-key-library_shown").get_by_role("radio", name="导入").click()
    page.set_input_files('.st-key-import_files input[type="file"]', files)
    press(page, re.compile("导入这"))
    for view in ("两表对比", "查相似指标", "指标统计", "往年的表"):
        page.locator(".st-key-library_shown").get_by_role("radio", name=view).click()
        page.wait_for_timeout(300)
        settled(page)
    page.goto(address)
    settled(page)
    assert page.evaluate("window.hit") is None
    assert page.locator('img[src*="attacker"], a[href*="attacker"]').count() == 0


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_needs_no_sideways_scrolling(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{path}")
    settled(page)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_reaches_the_pages_and_shows_where_it_is(page: Page) -> None:
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel"))
        if reached[-1] in ("检查", "项目库"):
            width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert float(width.removesuffix("px")) >= 2
    assert {"检查", "项目库"} <= set(reached)


def test_a_draft_needs_no_mouse(page: Page, home: Path) -> None:
    """Words, decisions and the views of the form are reached by Tab, done by Enter and the arrow keys."""

    told = "e => e.innerText || e.ariaLabel || e.placeholder || ''"

    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if name in page.evaluate(f"({told})(document.activeElement)"):
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    page.evaluate("document.activeElement.blur()")
    tab_to("用一两句话")
    page.keyboard.insert_text(PROJECT)
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-sheet", timeout=90_000)
    settled(page, 90_000)
    tab_to("全部采纳")
    page.keyboard.press("Enter")
    expect(page.locator(".af-decided").first).to_be_visible()
    settled(page)
    assert stored_form(home, page).indicators
    tab_to("表格")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settled(page)
    expect(page.locator(".st-key-sheet")).to_contain_text("算式")
