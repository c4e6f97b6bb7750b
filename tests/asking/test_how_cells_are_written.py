"""Decimals, signs in words, no figure at all, words of names, costs beyond target, counts of both sorts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.form.model import Form, Indicator
from tests.asking.test_what_cells_look_like import Rows, Told, _forms, _rows, _where
from vectorstore.corpus import bundled_forms


def _figure(text: str) -> Decimal | None:
    found = re.fullmatch("([0-9.]+)分?", text.strip())
    return Decimal(found[1]) if found else None


def _lost(row: Indicator) -> bool:
    score, weight = _figure(row.score), _figure(row.weight)
    return score is not None and weight is not None and score < weight


def _fraction(text: str) -> bool:
    number = _figure(text)
    return number is not None and number % 1 != 0


def _beyond(row: Indicator) -> bool:
    target, actual = (re.search("[0-9.]+", cell) for cell in (row.target, row.actual))
    return bool(target and actual) and Decimal(actual[0]) > Decimal(target[0])  # type: ignore[index]


def _unexplained(_: Form, row: Indicator) -> bool:
    return _lost(row) and row.explanation.strip() in ("", "无", "/")


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (
            ("得分不是整数的指标有哪些", "得分带小数点的指标有几条", "哪几条指标的得分有小数"),
            lambda _, row: _fraction(row.score),
        ),
        (
            ("分值和得分都不是整数的指标有哪些", "分值和得分都带小数的指标有几条"),
            lambda _, row: _fraction(row.weight) and _fraction(row.score),
        ),
        (
            ("目标值带小于等于号的指标有几条", "目标里写了小于或等于号的指标有哪些", "目标带≤号的指标有几条"),
            lambda _, row: re.search("[≤≦]|<=", row.target) is not None,
        ),
        (
            (
                "产出指标里目标一个数字都不带的有几条",
                "目标是纯文字、没有任何数字的产出指标有哪些",
                "产出指标中目标不带数字的是哪条",
            ),
            lambda _, row: "产出" in row.level1 and not re.search("[0-9一二三四五六七八九十]", row.target),
        ),
        (
            ("名称里提到“及时”的指标有几条", "指标名称写着“及时”的有哪些", "名称中提及“及时”的指标"),
            lambda _, row: "及时" in row.name,
        ),
        (
            ("名称里没提到“培训”的产出指标有几条", "名称不含“培训”的产出指标有哪些"),
            lambda _, row: "产出" in row.level1 and "培训" not in row.name,
        ),
        (
            ("没拿满分却没在偏差栏说明理由的指标有哪些", "扣了分、没往偏差栏里写东西的指标有几条"),
            _unexplained,
        ),
    ],
)
def test_how_the_cells_of_indicators_are_written(
    asker: Asker, questions: tuple[str, ...], told: Told
) -> None:
    for question in questions:
        assert _rows(asker, question) == _where(told) != set(), question


@pytest.mark.parametrize(
    "question",
    [
        "节能减排那张表里超了目标的成本指标是哪几条",
        "节能减排那张表里哪些成本没有控制在目标以内",
        "节能减排那张表里有哪些成本指标突破了目标",
        "节能减排那张表里哪些成本指标花得比说好的多",
    ],
)
def test_costs_beyond_their_target(asker: Asker, question: str) -> None:
    costs: Rows = {
        (form, row) for form, row in _where(lambda _, row: "成本" in row.level2 and _beyond(row)) if form == 8
    }
    assert _rows(asker, question) == costs != set()


def test_less_than_the_target_is_a_condition_and_no_difference_that_is_asked(asker: Asker) -> None:
    less = _rows(asker, "成本指标里比目标低的有几条")
    assert _rows(asker, "成本指标里比目标省下来的有几条") == less
    assert less != _where(lambda _, row: "成本" in row.level2)


def test_forms_whose_total_has_decimals(asker: Asker) -> None:
    wanted = {(n, 0) for n, form in enumerate(bundled_forms(), 1) if _fraction(form.total.score)}
    assert _rows(asker, "总分带小数的表有哪几张") == wanted


def test_decimals_of_what_is_no_cell_are_not_passed_over(asker: Asker) -> None:
    assert not asker.ask("扣分有小数的指标有几条").found


@pytest.mark.parametrize("how", ["牵涉几张表", "牵扯到几张表", "涉及几张表"])
def test_how_many_rows_and_of_how_many_forms(asker: Asker, how: str) -> None:
    rows = _where(lambda _, row: _lost(row))
    answer = asker.ask(f"没拿满分的指标一共有几条，{how}？")
    assert answer.values[:2] == (f"{len(rows)}条", f"{len(_forms(rows))}张")


def test_no_rows_are_of_no_form(asker: Asker) -> None:
    answer = asker.ask("没得满分的满意度指标有几条，在几张表里？")
    assert answer.values[:2] == ("0条", "0张")


@pytest.mark.parametrize("how", ["各是目标的几倍", "各做到了说好的多少倍", "分别达到目标的多少倍"])
def test_two_rows_each_against_its_own_target(asker: Asker, how: str) -> None:
    answer = asker.ask(f"干扰申诉处理率和开展全疆无线电技术培训工作{how}")
    assert answer.found and {"3.6倍", "102.04%"} <= set(answer.values), answer.answer


def test_not_a_percentage_is_not_taken_for_one(asker: Asker) -> None:
    percent = _where(lambda _, row: "率" in row.name and "%" in row.target)
    assert set(asker.ask("名字里有“率”字、目标却不是百分数的指标有哪些").table.places) != percent


@pytest.mark.parametrize(
    "question",
    ["节能减排那张表里没超目标的成本指标有几条", "节能减排那张表里哪些成本指标没超过目标值"],
)
def test_costs_that_are_not_beyond_their_target(asker: Asker, question: str) -> None:
    within = _where(lambda _, row: "成本" in row.level2 and not _beyond(row))
    assert _rows(asker, question) == {place for place in within if place[0] == 8} != set()


def test_whether_any_is_beyond_is_no_denial(asker: Asker) -> None:
    beyond = _rows(asker, "超过目标的成本指标有哪些")
    assert _rows(asker, "成本指标里有没有超过目标的") == beyond
    assert not beyond & _rows(asker, "没有超过目标值的成本指标有几条")
