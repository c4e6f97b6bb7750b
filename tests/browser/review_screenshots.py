"""Pictures of review, versions and two people on one form, with invented people and the bundled forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from assistant.form.finding import Location
from assistant.people import ALL_UNITS, Person, Role
from assistant.reviewing import review_lines
from assistant.rules.check import check_form
from assistant.services import Services, open_services
from assistant.settings import Settings
from tests.browser.running import open_page, settled, show
from tests.browser.test_screens import type_into_actual
from tests.web.forms import DREDGING
from vectorstore.corpus import bundled_forms

Take = Callable[[Page, str], None]
_YEAR = 2022
_MEASURES = Location(section="indicators", row=2, field="explanation")
REVIEWER = Person(id="li@city", name="李审", roles=frozenset({Role.REVIEWER}), units=(ALL_UNITS,))


def drafter(unit: str) -> Person:
    return Person(id="wang@city", name="王芳", roles=frozenset({Role.DRAFTER}), units=(unit,))


def filled(home: Path) -> str:
    """A library with a batch under review; gives the id of a returned draft."""
    services = open_services(Settings(home=home), offline=True)
    for number, past in enumerate(bundled_forms()):
        form = past.model_copy(update={"year": _YEAR, "year_line": f"（{_YEAR}年度）"})
        draft = services.for_person(drafter(form.unit)).session.begin(form)
        _reviewed(services.for_person(drafter(form.unit)), services.for_person(REVIEWER), draft.id, number)
    mine = services.for_person(drafter(DREDGING.unit))
    returned = mine.session.begin(DREDGING).id
    mine.library.review.move(returned, "submit")
    review = services.for_person(REVIEWER).library.review
    review.comment(returned, 1, _MEASURES, "请写明改进措施，例如设备和工期怎么安排")
    goal = Location(section="goal", field="expected")
    review.comment(returned, 1, goal, "目标里没有写清淤的质量要求")
    review.move(returned, "return", "缺少改进措施，目标不完整")
    services.close()
    return returned


def _reviewed(mine: Services, reviewer: Services, draft: str, number: int) -> None:
    """Submits, and lets the reviewer do something else with each form."""
    mine.library.review.move(draft, "submit")
    review = reviewer.library.review
    if number % 2 == 0:
        lines = review_lines(check_form(mine.library.draft(draft).form), {})
        points = {one.row: str(one.rule if one.rule is not None else one.printed) for one in lines}
        review.save_scores(draft, 1, {row: text for row, text in points.items() if text != "None"}, {})
    if number % 4 == 1:
        review.move(draft, "return", "请补充偏差原因和改进措施")
    if number % 4 == 2:
        review.move(draft, "approve")


def reviewing(launched: Browser, address: str, draft: str, take: Take) -> None:
    """The pictures; ``take(page, name)`` keeps one."""
    page = open_page(launched, address)
    page.goto(f"{address}/?draft={draft}")
    settled(page)
    take(page, "returned")
    _both(launched, address, draft, page, take)
    page.goto(f"{address}/review")
    settled(page)
    page.wait_for_selector(".af-form")
    take(page, "review")
    page.locator(".st-key-review_shown").get_by_role("radio", name="批次总览").click()
    page.wait_for_timeout(1500)
    settled(page)
    take(page, "overview")
    page.context.close()


def _both(launched: Browser, address: str, draft: str, page: Page, take: Take) -> None:
    other = open_page(launched, address)
    other.goto(f"{address}/?draft={draft}")
    settled(other)
    for window in (page, other):
        show(window, "编辑")
    type_into_actual(page, 4, "95%")
    settled(page)
    type_into_actual(other, 4, "91%")
    other.get_by_role("dialog").wait_for()
    settled(other)
    take(other, "merge")
    other.context.close()
