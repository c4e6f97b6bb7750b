"""What a follow-up does with what the last answer left, against facts read from the forms themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.evaluate import given_by
from assistant.form.model import Form, Indicator
from tests.asking.played import last_turn
from vectorstore.corpus import bundled_forms

FORMS = dict(enumerate(bundled_forms(), 1))
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def number(text: str) -> Decimal | None:
    found = _NUMBER.search(text)
    return Decimal(found[0]) if found else None


def budget(form: Form) -> Decimal:
    return number(form.funds[0].budget) or Decimal(0)


def executed(form: Form) -> Decimal:
    return number(form.funds[0].executed) or Decimal(0)


def total(form: Form) -> Decimal | None:
    return number(form.total.score)


def below(form: Form, limit: int) -> bool:
    points = total(form)
    return points is not None and points < limit


def lost(row: Indicator) -> bool:
    score, weight = number(row.score), number(row.weight)
    return score is not None and weight is not None and score < weight


def forms_where(holds: Callable[[Form], bool]) -> set[int]:
    return {number for number, form in FORMS.items() if holds(form)}


def rows_where(holds: Callable[[Form, Indicator], bool]) -> set[tuple[int, int]]:
    return {
        (number, at)
        for number, form in FORMS.items()
        for at, row in enumerate(form.indicators, 1)
        if holds(form, row)
    }


UNSPENT_OF_LARGE = forms_where(lambda form: budget(form) > 500 and executed(form) < budget(form))
LIGHT = forms_where(lambda form: "轻工业" in form.unit)
UNEXPLAINED = rows_where(lambda _, row: lost(row) and not row.explanation.strip())
WITHOUT_ECONOMIC = forms_where(lambda form: not any("经济效益" in row.level2 for row in form.indicators))
SMALL = sorted(forms_where(lambda form: budget(form) < 50), key=lambda n: budget(FORMS[n]))


@pytest.mark.parametrize("then", ["其中钱没花完的有哪些", "钱没花完的是哪几个", "没花完的呢", "哪些钱没花完"])
def test_a_bare_condition_narrows_the_forms_shown(asker: Asker, then: str) -> None:
    turn = last_turn(asker, ("预算超过500万元的项目有哪些", then))
    assert set(turn.forms) == UNSPENT_OF_LARGE


@pytest.mark.parametrize("then", ["没写原因的是哪几条", "有哪些没写原因", "没写原因的呢", "只看没写原因的"])
def test_a_bare_condition_narrows_the_indicators_shown(asker: Asker, then: str) -> None:
    turn = last_turn(asker, ("得分低于分值的指标有哪些", then))
    assert set(turn.rows) == UNEXPLAINED


@pytest.mark.parametrize("then", ["没设的是哪些", "没设的呢", "其余的呢", "剩下的是哪些"])
def test_the_rest_is_of_all_forms_that_were_looked_at(asker: Asker, then: str) -> None:
    assert set(last_turn(asker, ("哪些表设了经济效益指标", then)).forms) == WITHOUT_ECONOMIC


@pytest.mark.parametrize(
    ("first", "then", "value"),
    [
        (
            "离退休处两个项目的预算加起来是多少",
            "轻工业处的加起来呢",
            sum(budget(FORMS[n]) for n in LIGHT),
        ),
        ("轻工业处的预算一共多少", "换成执行数", sum(executed(FORMS[n]) for n in LIGHT)),
        ("轻工业处的预算一共多少", "那所有项目呢", sum(budget(form) for form in FORMS.values())),
        ("总分最高的是哪张表", "比分数最低的高几分", Decimal("100.5") - Decimal("94.2")),
        ("预算最大的项目是哪个", "比第二名多多少", Decimal(9580) - Decimal(3000)),
    ],
)
def test_one_thing_is_exchanged_and_the_rest_kept(
    asker: Asker, first: str, then: str, value: Decimal
) -> None:
    values = [number(one) for one in last_turn(asker, (first, then)).answer.values]
    assert value in values


@pytest.mark.parametrize(
    ("then", "order"),
    [
        ("从小到大，列最小的三个就行", SMALL[:3]),
        ("最大的三个", SMALL[::-1][:3]),
        ("从小到大排一下", SMALL),
        ("最小的是哪个", SMALL[:1]),
    ],
)
def test_what_was_listed_is_ranked_by_what_it_was_listed_by(
    asker: Asker, then: str, order: list[int]
) -> None:
    assert list(last_turn(asker, ("预算不到50万元的项目有哪些", then)).forms) == order


@pytest.mark.parametrize("then", ["低于99分的呢", "放宽到低于99分呢", "改成99分呢"])
def test_another_limit_is_set_for_all_that_the_first_one_was_set_for(asker: Asker, then: str) -> None:
    turn = last_turn(asker, ("总分低于97分的项目有哪些", then))
    assert set(turn.forms) == forms_where(lambda form: below(form, 99))


def test_two_turns_back_is_kept_in_mind(asker: Asker) -> None:
    turns = ("天山企业家人才培养计划的预算是多少", "那葡萄酒专项呢", "换成执行数，两个各多少", "它俩差多少")
    values = [number(one) for one in last_turn(asker, turns).answer.values]
    assert executed(FORMS[18]) - executed(FORMS[4]) in values


@pytest.mark.parametrize("then", ["最多的是哪家", "超过五个的有哪些", "报了不止五个的是哪家"])
def test_groups_are_picked_from(asker: Asker, then: str) -> None:
    answer = last_turn(asker, ("每个处室各报了几个项目", then)).answer
    assert "轻工业行业管理处" in answer.answer
    assert "离退休" not in answer.answer


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("预算超过500万元的项目有哪些", "第二十个的预算是多少"),
        ("预算超过500万元的项目有哪些", "验收了没有"),
        ("预算超过9999万元的项目有哪些", "它们的总分呢"),
        ("人民公园的预算是多少", "其中没花完的呢"),
    ],
)
def test_what_cannot_be_tied_is_not_asked_of_all(asker: Asker, first: str, then: str) -> None:
    turn = last_turn(asker, (first, then))
    assert not turn.answer.found or turn.forms == ()


WHOLE = (
    "没拿满分的指标有哪些",
    "总分低于97分的项目有哪些",
    "所有项目的预算一共多少",
    "预算最大的项目是哪个",
    "葡萄酒专项资金的总分是多少",
    "轻工业处有几个项目",
    "每个处室的预算合计各是多少",
    "园区专项资金有几条数量指标",
)


@pytest.mark.parametrize("first", [*WHOLE, "离退休处报了哪些项目"])
def test_a_whole_question_means_the_same_after_any_other(asker: Asker, first: str) -> None:
    before = asker.turn(first)
    for question in WHOLE:
        assert given_by(asker.ask(question, before)) == given_by(asker.ask(question))


def test_which_rows_lost_points_is_asked_of_the_one_form_before(asker: Asker) -> None:
    form = asker.over(lambda view: view.by_number[19])
    lost = {(19, row.row) for row in form.indicators if (row["lost"].number or 0) > 0}
    turn = last_turn(asker, (f"{form.record['project_name'].text}总分多少", "哪几条指标扣了分"))
    assert set(turn.rows) == lost
