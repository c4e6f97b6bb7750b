"""A complete form from three sentences, counted in what a person does: characters and presses."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.form.finding import Severity
from assistant.rules.check import check_form
from tests.browser.running import begin, cards, press, say
from tests.browser.test_journey import stored_form

SENTENCES = (
    "我们是青山县农机推广站，主管部门青山县农业农村局，2024年做农机手培训项目，预算40万元，实际支出38.6万元，"
    "都是当年财政拨款，今年计划培训100人，办班3期。",
    "培训实际88人，办了3期，其他都按目标完成，满意度96%",
    "少12人是因为农忙时间冲突，下一步由培训科提前摸底、错开农忙安排班次",
)
PER_CHARACTER, PER_PRESS = 0.45, 1.5
"""Seconds: an office worker types some 130 characters a minute, and aims at a button in one and a half."""
ALLOWED = 120
ALL = re.compile("全部采纳")


def test_three_sentences_make_a_complete_form(page: Page, home: Path) -> None:
    waited = begin(page, SENTENCES[0])
    waited += press(page, ALL)
    waited += press(page, ALL)  # the goal, composed of the rows
    presses = 2
    for words in SENTENCES[1:]:
        waited += say(page, words)
        while cards(page).count():
            waited += press(page, "采纳", cards(page).first)
            presses += 1

    form = stored_form(home, page)
    assert [f.rule for f in check_form(form).findings if f.severity is Severity.ERROR] == []
    assert all(row.target and row.actual and row.weight and row.score for row in form.indicators)
    assert form.goal.expected and form.goal.actual and form.total.score
    explained = next(row for row in form.indicators if row.explanation)
    assert "少12人" in explained.explanation and "农忙时间冲突" in explained.explanation
    expect(page.get_by_test_id("stChatMessage").last).to_contain_text("表已经填完，没有错误")

    typed = sum(map(len, SENTENCES))
    seconds = typed * PER_CHARACTER + presses * PER_PRESS + waited
    print(f"{typed} characters, {presses} presses, {waited:.1f} s of waiting: {seconds:.0f} s in all")
    assert seconds < ALLOWED
