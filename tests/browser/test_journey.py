"""The main job in a real browser, with no model and no network: from a sentence to the official .docx."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from assistant.documents.read import read_bytes
from assistant.form.model import BLANK, Form
from assistant.library.database import Database
from assistant.library.draft_store import read as read_draft
from assistant.settings import Settings
from tests.browser.running import begin, card, cards, findings, press, say, show

PROJECT = (
    "我们是某市农机推广站，主管部门某市农业农村局，2024年做农机手培训项目，预算40万元，实际支出38万元，"
    "都是当年财政拨款，去年培训了84人，今年计划100人，满意度要达到90%以上。"
)
ACTUALS = "培训人数实际完成88人，满意度92%"
REASON = "主要是农忙时间冲突，部分农机手没能到场。下一步提前摸底培训需求，错开农忙安排班次。"


def stored_form(home: Path, page: Page) -> Form:
    """The draft that the page works on, as it stands in the database."""
    draft = parse_qs(urlparse(page.url).query)["draft"][0]
    database = Database(Settings(home=home).database)
    try:
        return read_draft(database, draft, None).form
    finally:
        database.close()


def contents(form: Form) -> dict[str, object]:
    return {name: value for name, value in form.to_json().items() if name not in ("source", "year")}


def decide_all(page: Page) -> None:
    """Accepts what is proposed and refuses what the assistant must ask, until nothing waits any more."""
    while cards(page).count():
        first = cards(page).first
        open_question = first.locator(".af-question").count() > 0
        press(page, "不用" if open_question else "采纳", first)


def others_as_planned(form: Form) -> str:
    """What a person would type for the rows that are still open: each met its target."""
    done = {"有效提升": "有效提升", "长期": "长期", "2024年12月31日前": "2024年11月20日", "≤40万元": "38万元"}
    return "，".join(
        f"第{number}行实际完成值为{done.get(row.target, row.target.lstrip('=≥'))}"
        for number, row in enumerate(form.indicators, 1)
        if not row.actual
    )


def test_from_a_sentence_to_the_official_document(page: Page, home: Path, tmp_path: Path) -> None:
    assert "绩效自评助手" in page.title()

    begin(page, PROJECT)
    facts = card(page, "您提供的情况")
    for text in ("某市农业农村局", "某市农机推广站", "40", "38"):
        expect(facts).to_contain_text(text)
    people = card(page, "培训人数")
    expect(people).to_contain_text("≥100人")
    people.locator("summary").click()
    expect(people.locator("details")).to_contain_text("指标值")
    expect(people.locator("details")).to_contain_text("库中第")
    assert stored_form(home, page).indicators == (), "nothing is in the form before the person decides"

    press(page, re.compile("全部采纳"))
    decide_all(page)
    form = stored_form(home, page)
    assert (form.unit, form.department, form.year) == ("某市农机推广站", "某市农业农村局", 2024)
    number = next(n for n, row in enumerate(form.indicators, 1) if row.name == "培训人数")
    assert form.indicators[number - 1].target == "≥100人"

    say(page, ACTUALS)
    press(page, "采纳", card(page, "88人"))
    explanation = card(page, "偏差原因分析及改进措施")
    for figure in ("100人", "88人", "88%"):
        expect(explanation).to_contain_text(figure)
    before = findings(page)["错误"]
    expect(page.locator(".af-found").filter(has_text="88 ÷ 100").first).to_be_visible()

    say(page, REASON)
    press(page, "采纳", card(page, "农忙时间冲突"))
    assert findings(page)["错误"] == before - 1, "the explained deviation is no error any more"
    row = stored_form(home, page).indicators[number - 1]
    assert "农忙时间冲突" in row.explanation
    assert (row.actual, row.score) == ("88人", "8.8")

    for _ in range(2):  # what a long sentence left open is said once more, as people do
        if words := others_as_planned(stored_form(home, page)):
            say(page, words)
            decide_all(page)
    assert (findings(page)["错误"], findings(page)["待填"]) == (0, 0), page.locator(
        ".af-missing"
    ).inner_text()
    expect(page.locator(".af-scoreline")).to_contain_text("98.3")
    show(page, "得分")
    points = page.locator(".af-plain tr").filter(has_text="培训人数")
    expect(points).to_contain_text("10 × 88 ÷ 100 = 8.8")
    expect(page.locator(".af-plain tr").filter(has_text="预算执行率")).to_contain_text("10 × 38 ÷ 40 = 9.5")

    show(page, "表格")
    page.locator(".st-key-draft-export-menu button").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 Word（.docx）").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    assert target.name == "2024年农机手培训项目绩效自评表.docx"
    [read] = read_bytes(target.read_bytes(), target.name).forms
    assert contents(read) == contents(stored_form(home, page))
    looks_like_the_form(target)


def looks_like_the_form(document: Path) -> None:
    """LibreOffice opens the file and prints the official table."""
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("there is no LibreOffice on this machine; all but the printed page was checked")
    home = document.parent / "office"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{home}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(document.parent),
            str(document),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    printed = subprocess.run(
        ["pdftotext", "-layout", str(document.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    ).stdout
    printed = re.sub(r"\s", "", printed)
    for text in ("项目支出绩效自评表", "农机手培训项目", "年度资金总额", "95.00%", "≥100人", "88人", "总分"):
        assert text in printed
    assert BLANK not in printed
