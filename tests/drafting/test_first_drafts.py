"""First drafts from a clerk's first message: its figures become rows, the set is complete and sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.context import form_year
from assistant.drafting.precedents import likeness
from assistant.drafting.propose import propose
from assistant.drafting.structure import structure_of
from assistant.form.edit import apply
from assistant.form.finding import Severity
from assistant.form.model import BLANK, Form, FundLine, Goal, Indicator
from assistant.form.value import Kind, read_target
from assistant.rules.check import check_form
from assistant.rules.fill import fill_scores
from assistant.rules.profile import profile_for
from assistant.understanding.quantities import find_quantities
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex
from vectorstore.row import rows_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("first_drafts.yml").read_text(encoding="utf-8")
)
LONGEST_NAME = 16
ABOUT_ROWS = frozenset({"indicators", "weights", "structure", "cost"})
NO_NAME = re.compile(
    r"^(?:我|本|拟|要|给|为|对|将|计划|准备|打算|预计|实际)|[局厅委][^员托]*(?:要|拟|给|为)|\d|因为|没有|[，。、；：]"
)


@cache
def library() -> IndicatorIndex:
    index = IndicatorIndex(None)
    index.rebuild(
        [row for number, form in enumerate(bundled_forms(), 1) for row in rows_of(number, form, form.year)]
    )
    return index


@cache
def drafted(words: str) -> Form:
    """An empty form with all rows accepted that the message leads to."""
    found = propose(Form(), "indicators", library().search, words=words).proposals
    return apply(Form(), [edit for one in found for edit in one.edits])


def flaws(case: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the draft of a case, one line each."""
    form = drafted(case["words"])
    yield from _told(case, form)
    yield from _about(case, form)
    yield from _set(form)
    yield from _findings(form, case["words"])


def _told(case: dict[str, Any], form: Form) -> Iterator[str]:
    wanted = [tuple(entry.split(" ")) for entry in case["rows"]]
    matched = set()
    for pattern, target in wanted:
        rows = [
            row
            for row in form.indicators
            if re.fullmatch(pattern, row.name) and re.fullmatch(target, row.target)
        ]
        if len(rows) != 1:
            yield f"{len(rows)} rows {pattern} {target}"
        matched |= {row.name for row in rows}
    for row in form.indicators:
        if "数量" in row.level2 and BLANK not in row.target and row.name not in matched:
            yield f"not told: {row.name} {row.target}"


def _about(case: dict[str, Any], form: Form) -> Iterator[str]:
    for level, wanted in (("成本", case["cost"]), ("满意", case["satisfaction"])):
        names = [row.name for row in form.indicators if level in row.level2]
        if not any(re.search(wanted, name) for name in names):
            yield f"{level} is {names}, not {wanted}"


def _set(form: Form) -> Iterator[str]:
    profile = profile_for(form)
    structure = structure_of(form, profile)
    keys = [structure.key(row) for row in form.indicators]
    if missing := set(structure.required) - set(keys):
        yield f"missing {missing}"
    if not 7 <= len(keys) <= 12:
        yield f"{len(keys)} rows"
    names = [row.name for row in form.indicators]
    for at, name in enumerate(names):
        if not 3 <= len(name) <= LONGEST_NAME or NO_NAME.search(name):
            yield f"name {name}"
        for other in names[:at]:
            if likeness(name, other) >= 0.85:
                yield f"twice {other} {name}"


def _findings(form: Form, words: str) -> Iterator[str]:
    done = filled(form, words)
    for finding in check_form(done, profile_for(done)).findings:
        if finding.location.section in ABOUT_ROWS and finding.severity is not Severity.NOTE:
            yield f"{finding.rule}: {finding.message}"


def filled(form: Form, words: str) -> Form:
    """The form with plausible figures in its blanks, all targets met and all money spent."""
    year = form_year(form, words) or 2023
    rows = tuple(_met(row, year) for row in form.indicators)
    costs = [read_target(row.target).number or Decimal(0) for row in rows if "成本" in row.level2]
    money = str(sum(costs))
    line = FundLine(label="年度资金总额", initial=money, budget=money, executed=money, weight="10")
    whole = form.model_copy(
        update={
            "indicators": rows,
            "year": year,
            "project_name": "样例项目",
            "unit": "样例单位",
            "department": "样例部门",
            "funds": (line,),
            "goal": Goal(expected="完成任务。", actual="已完成任务。"),
        }
    )
    return fill_scores(whole, profile_for(whole))


def _met(row: Indicator, year: int) -> Indicator:
    target = row.target.replace("【待填】年", f"{year}年").replace(BLANK, "10")
    value = read_target(target, name=row.name, level2=row.level2)
    actual = target.lstrip("≥≤=<>")
    if value.kind is Kind.DATE:
        day = next(one for one in find_quantities(target) if one.kind == "date")
        actual = day.text.removesuffix("前").removesuffix("之")
    qualitative = value.kind is Kind.QUALITATIVE
    return row.model_copy(
        update={"target": target, "actual": actual, "score": row.weight if qualitative else ""}
    )


def _parameters() -> Iterator[Any]:
    """All cases; of every three only the first is quick."""
    for number, case in enumerate(CASES):
        yield pytest.param(case, id=case["words"][:24], marks=[pytest.mark.slow] if number % 3 else [])


@pytest.mark.parametrize("case", list(_parameters()))
def test_a_first_message_becomes_a_good_draft(case: dict[str, Any]) -> None:
    assert list(flaws(case)) == []


def test_a_result_without_a_plan_is_a_row_whose_target_is_asked_for() -> None:
    words = "2023年村医培训已经办完了，实际培训88人，预算20万元，花了19.5万元。"
    (row,) = [one for one in drafted(words).indicators if "数量" in one.level2]
    assert (row.name, row.target) == ("培训人数", f"≥{BLANK}人")


def test_plan_and_result_of_the_same_thing_are_one_row() -> None:
    words = "计划培训100人，结果培训了88人，12人因为值班没来。"
    rows = [one for one in drafted(words).indicators if "人数" in one.name]
    assert [(one.name, one.target) for one in rows] == [("培训人数", "≥100人")]


def test_a_later_message_corrects_an_earlier_one() -> None:
    rows = [
        one.target
        for one in drafted("今年培训100人。\n不对，计划培训120人。").indicators
        if "人数" in one.name
    ]
    assert rows == ["≥120人"]


def test_causes_tell_nothing_of_what_a_project_is_about() -> None:
    words = "发放取暖补贴2000户，预算600万元。少了15户是因为15户家庭收入超标。"
    assert not [one for one in drafted(words).indicators if "经济效益" in one.level2]


@pytest.mark.parametrize(
    ("words", "foreign"),
    [
        ("区植保站2024年草地贪夜蛾防治项目，防治面积6万亩，防治效果90%以上", "污染|环境质量|造林"),
        ("镇里2024年排洪沟清淤项目，清淤4公里，预算60万", "供水|饮水|灌溉"),
        ("县疾控中心2024年免疫规划项目，接种8万剂次，预算90万", "决策|成果|研究|规划免疫"),
        ("市图书馆2024年古籍修复项目，修复古籍200册，预算30万", "活动"),
        ("县总工会2024年困难职工帮扶项目，帮扶职工300人，预算60万", "驻村|帮扶村|基层治理"),
        ("县农机中心2024年农机购置补贴项目，补贴农机500台，预算800万", "基本生活"),
        ("县税务局2024年办税厅物业项目，服务面积2000平方米，预算30万", "效益$|税"),
        ("区环卫所2024年垃圾分类宣传项目，宣传活动20场，预算15万", "完好率"),
    ],
)
def test_rows_fit_the_words_of_the_project_or_are_general(words: str, foreign: str) -> None:
    names = [row.name for row in drafted(words).indicators]
    assert [name for name in names if re.search(foreign, name)] == []


def test_a_rate_that_is_told_has_no_second_of_its_kind() -> None:
    rows = drafted("2024年公路养护项目，养护里程90公里，养护质量合格率95%以上，预算70万").indicators
    assert [row.name for row in rows if "合格率" in row.name] == ["养护质量合格率"]


def test_an_effect_told_in_percent_is_a_row() -> None:
    rows = drafted("2024年稻瘟病统防统治，防治面积3万亩，防治效果85%以上，预算20万").indicators
    assert ("防治效果", "≥85%") in [(row.name, row.target) for row in rows]
