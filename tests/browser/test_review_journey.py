"""Several people with their own logins: submit, return, correct, approve, cite; two of them on one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.library.database import Database
from assistant.library.register import Register
from assistant.people import ALL_UNITS, LOCAL, Person, Role
from assistant.settings import Settings
from tests.browser import running
from tests.browser.running import press, settled, show
from tests.browser.test_journey import stored_form
from tests.browser.test_screens import open_form, type_into_actual
from tests.web.forms import DREDGING

HEADERS = '{"X-Auth-Email": "email", "X-Auth-Name": "name"}'
CHIEF = "chief@city"
PEOPLE = (
    Person(id="chen@city", name="陈明", roles=frozenset({Role.DRAFTER}), units=(DREDGING.unit,)),
    Person(id="li@city", name="李审", roles=frozenset({Role.REVIEWER}), units=(ALL_UNITS,)),
    Person(id="zhao@city", name="赵远", roles=frozenset({Role.DRAFTER}), units=("某市林业站",)),
)
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def gate(office: Path) -> Iterator[str]:
    """A server whose proxy names who is there."""
    if running.CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    settings = {"STREAMLIT_SERVER_TRUSTED_USER_HEADERS": HEADERS, "ASSISTANT_ADMIN": CHIEF}
    with running.server(office, settings) as url:
        database = Database(Settings(home=office).database)
        for person in PEOPLE:
            Register(database, LOCAL).save(person)
        database.close()
        yield url


@pytest.fixture
def enter(launched: Browser, gate: str) -> Iterator[Enter]:
    """Opens the page as somebody; everybody has a browser of their own."""
    opened: list[Page] = []

    def as_person(identity: str) -> Page:
        page = running.open_page(launched, gate, headers={"X-Auth-Email": identity})
        opened.append(page)
        return page

    yield as_person
    for page in opened:
        page.context.close()


def go(page: Page, gate: str, path: str) -> None:
    page.goto(f"{gate}/{path}")
    settled(page)


def view(page: Page, name: str) -> None:
    page.locator(".st-key-review_view").get_by_role("radio", name=re.compile(f"^{name}")).click()
    page.wait_for_timeout(150)
    settled(page)


def choose(page: Page, key: str, text: str) -> None:
    """Picks an option of a select box by a part of its text."""
    page.locator(f"[class*='st-key-{key}'] input").click()
    page.get_by_role("option").filter(has_text=text).first.click()
    page.wait_for_timeout(150)
    settled(page)


@pytest.mark.timeout(300)  # three people, one after the other
def test_from_submission_to_precedent(enter: Enter, gate: str, office: Path, tmp_path: Path) -> None:
    chief = enter(CHIEF)
    expect(chief.get_by_text("系统状态")).to_be_visible()
    chief.get_by_label("登录标识").fill("Wang@city")
    chief.get_by_label("姓名").fill("王芳")
    chief.get_by_label("单位（一行一个").fill(DREDGING.unit)
    press(chief, "保存")
    expect(chief.locator(".af-plain").first).to_contain_text("wang@city")

    wang = enter("wang@city")
    open_form(wang, DREDGING, tmp_path)
    press(wang, re.compile("提交"))
    press(wang, "提交审核")
    expect(wang.locator(".st-key-progress .af-state")).to_have_text("已提交")

    li = enter("li@city")
    expect(li.get_by_text("王芳").first).to_be_visible()
    press(li, re.compile("写批注"))
    choose(li, "comment-row", "清运淤泥")
    choose(li, "comment-field-indicators", "偏差原因")
    li.get_by_label("批注", exact=True).fill("请写明改进措施")
    press(li, "写在这一格")
    expect(li.locator(".af-form td[data-mark=comment]")).to_have_text("连续降雨停工。")
    press(li, re.compile("退回"))
    press(li, "退回", li.locator(".st-key-return-do"))
    expect(li.locator(".af-trouble")).to_contain_text("写明理由")
    li.get_by_label(re.compile("退回的理由")).fill("缺少改进措施")
    press(li, "退回", li.locator(".st-key-return-do"))
    expect(li.locator(".st-key-review_state")).to_contain_text("退回 1")

    wang.reload()
    settled(wang)
    expect(wang.locator(".af-returned")).to_contain_text("缺少改进措施")
    expect(wang.locator(".af-comment")).to_contain_text("请写明改进措施")
    expect(wang.locator(".af-form td[data-mark=comment]")).to_have_text("连续降雨停工。")
    running.say(wang, "第2行偏差原因是连续降雨停工，下一步提前备足设备，汛前完成清运")
    running.press(wang, "采纳", running.cards(wang).first)
    assert "提前备足设备" in stored_form(office, wang).indicators[1].explanation
    press(wang, "已改")
    press(wang, re.compile("提交"))
    press(wang, "提交审核")

    go(li, gate, "review")
    view(li, "与上次提交比")
    expect(li.locator(".af-differ")).to_contain_text("提前备足设备")
    view(li, "评分")
    press(li, "没评的按规则得分填入")
    expect(li.locator(".st-key-review-actions + * , .af-scoreline").last).to_contain_text("偏离度")
    press(li, re.compile("通过"), li.locator(".st-key-approve"))
    expect(li.locator(".st-key-review_state")).to_contain_text("通过 1")

    go(wang, gate, "library")
    wang.locator(".st-key-library_shown").get_by_role("radio", name="查相似指标").click()
    wang.get_by_label("要找什么指标").fill("清运淤泥")
    wang.keyboard.press("Enter")
    expect(wang.locator(".af-hits tr").nth(1)).to_contain_text(DREDGING.project_name)


def draft_of(page: Page) -> str:
    return parse_qs(urlparse(page.url).query)["draft"][0]


def test_two_people_on_one_form(enter: Enter, gate: str, office: Path, tmp_path: Path) -> None:
    chen = enter("chen@city")
    open_form(chen, DREDGING.model_copy(update={"project_name": "北渠清淤"}), tmp_path)
    other = enter("chen@city")
    for page in (chen, other):
        go(page, gate, f"?draft={draft_of(chen)}")
        show(page, "编辑")

    type_into_actual(chen, 1, "13公里")
    settled(chen)
    type_into_actual(other, 3, "98%")
    expect(other.locator(".st-key-chat")).to_contain_text("已自动合并")
    settled(other)
    form = stored_form(office, chen)
    assert [form.indicators[at].actual for at in (0, 2)] == ["13公里", "98%"], "nothing is overwritten"

    type_into_actual(chen, 4, "95%")
    settled(chen)
    type_into_actual(other, 4, "91%")
    question = other.get_by_role("dialog")
    expect(question).to_contain_text("两个人改了同一处")
    for text in ("93%", "95%", "91%"):
        expect(question).to_contain_text(text)
    assert stored_form(office, chen).indicators[3].actual == "95%", "not before somebody has chosen"
    question.get_by_role("radio", name="用我的").click()
    press(other, "按选择合并")
    expect(other.get_by_role("dialog")).to_have_count(0)
    assert stored_form(office, chen).indicators[3].actual == "91%"


def test_another_units_draft_stays_closed(enter: Enter, gate: str, tmp_path: Path) -> None:
    chen = enter("chen@city")
    open_form(chen, DREDGING.model_copy(update={"project_name": "南渠清淤"}), tmp_path)
    zhao = enter("zhao@city")
    go(zhao, gate, f"?draft={draft_of(chen)}")
    expect(zhao.locator(".af-trouble")).to_contain_text("别的单位")
    expect(zhao.locator("body")).not_to_contain_text("南渠清淤")
    go(zhao, gate, "review")
    expect(zhao.locator(".af-trouble")).to_contain_text("审核")
    go(zhao, gate, "system")
    expect(zhao.locator(".af-trouble")).to_contain_text("管理")


def test_a_stranger_and_somebody_without_a_name_are_told_so(enter: Enter) -> None:
    expect(enter("who@city").locator("body")).to_contain_text("您还没有使用权限")
    expect(enter("").locator("body")).to_contain_text("认不出您是谁")
