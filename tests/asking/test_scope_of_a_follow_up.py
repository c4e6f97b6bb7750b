"""What a follow-up is of: the one form shown, a kind said first, a group by its place, a list once sorted."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from assistant.asking.turn import Turn


def _last(asker: Asker, *questions: str) -> Turn:
    turn: Turn | None = None
    for question in questions:
        turn = asker.turn(question, turn)
    assert turn is not None
    return turn


@pytest.mark.parametrize(
    ("first", "then", "value", "form"),
    [
        ("葡萄酒产业发展专项的总分是多少", "一共花了多少钱", "222.5万", 18),
        ("中小企业发展专项资金的执行率", "一共安排了多少预算？", "1090万", 19),
        ("天山企业家的总分", "总共扣了几分", "0.24分", 4),
    ],
)
def test_in_all_after_one_form_is_of_that_form(
    asker: Asker, first: str, then: str, value: str, form: int
) -> None:
    turn = _last(asker, first, then)
    assert (turn.answer.values, turn.forms) == ((value,), (form,))


def test_in_all_of_a_number_of_forms_stays_of_all(asker: Asker) -> None:
    turn = _last(asker, "葡萄酒产业发展专项的总分是多少", "所有项目一共花了多少钱")
    assert turn.answer.values == ("15777.49664万元",)


@pytest.mark.parametrize(
    ("first", "then", "alone"),
    [
        ("哪些项目设了成本指标", "时效指标呢，有几个项目设了", "有几个项目设了时效指标"),
        ("有没有项目设了生态效益指标的", "那社会效益指标呢，有哪些项目设了？", "有哪些项目设了社会效益指标"),
    ],
)
def test_a_kind_that_is_said_before_what_is_asked_of_it(
    asker: Asker, first: str, then: str, alone: str
) -> None:
    turn, plain = _last(asker, first, then), asker.turn(alone)
    assert plain.answer.found
    assert (turn.answer.values, turn.forms) == (plain.answer.values, plain.forms)


_KINDS = "按二级指标分，哪一类的条数最多，有多少条？"


@pytest.mark.parametrize(
    ("then", "values"),
    [
        (("第三是哪一类，有几条？",), ("质量指标", "27条")),
        (("排第三的是哪类，几条", "第三名这类占全部指标条数的百分之几？"), ("质量指标", "13.3%")),
        (("这类占全部指标的比例是多少？",), ("数量指标", "26.11%")),
    ],
)
def test_a_group_by_its_place_and_its_part(
    asker: Asker, then: tuple[str, ...], values: tuple[str, ...]
) -> None:
    assert _last(asker, _KINDS, *then).answer.values == values


def test_another_number_after_the_list_was_put_in_order(asker: Asker) -> None:
    turn = _last(asker, "总分低于97分的有哪些", "从低到高排一下", "改成低于98分的呢")
    assert turn.forms == asker.turn("总分低于98分的有哪些").forms


def test_within_what_was_listed(asker: Asker) -> None:
    turns = [
        _last(asker, "节能减排专项有哪些指标", f"{word}没达到目标的有哪几条") for word in ("里边", "里面")
    ]
    assert turns[0].rows == turns[1].rows
    assert {form for form, _ in turns[0].rows} == {8}


@pytest.mark.parametrize("then", ["别的表里还有没有同名的这个指标？", "其他项目还有没有这条指标"])
def test_whether_another_form_has_the_indicator_too(asker: Asker, then: str) -> None:
    turn = _last(asker, "天山企业家的参培人员满意度目标定的是多少", then)
    assert turn.rows == ((11, 15),)
    assert turn.answer.values[0] == "有"
