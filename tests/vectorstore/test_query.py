from decimal import Decimal

import pytest

from vectorstore.columns import build_columns
from vectorstore.lexicon import bundled_lexicon
from vectorstore.query import Bound, Query, understand
from vectorstore.row import IndicatorRow


def asked(text: str) -> Query:
    return understand(text, bundled_lexicon())


def words(text: str) -> list[str]:
    return [concept.text for concept in asked(text).concepts]


def test_a_named_level_is_a_wish_and_no_word() -> None:
    query = asked("数量指标 培训")
    assert (query.level2, query.level1) == ("数量", "")
    assert [concept.text for concept in query.concepts] == ["培训"]


def test_a_value_a_level_and_nothing_else() -> None:
    query = asked("不低于90%的满意度指标")
    assert query.level2 == "满意度"
    assert query.bound == Bound(sign="≥", number=Decimal(90), unit="%")
    assert query.concepts == ()


def test_one_year_is_a_wish_two_are_words() -> None:
    assert asked("2021年培训").year == 2021
    assert asked("2020/2021采暖期").year is None
    assert words("2021年的培训有没有") == ["培训"]


def test_words_of_asking_are_left_out() -> None:
    assert words("请问往年有没有关于培训的指标") == ["培训"]


def test_a_long_word_has_its_parts() -> None:
    concept = next(c for c in asked("参训人数").concepts if c.known)
    assert {"参训", "人数"} == {part.text for part in concept.parts}


@pytest.mark.parametrize(
    ("bound", "target", "allowed"),
    [
        (Bound(sign="≥", number=Decimal(90), unit="%"), "≥95%", True),
        (Bound(sign="≥", number=Decimal(90), unit="%"), "≧90％", True),
        (Bound(sign="≥", number=Decimal(90), unit="%"), "89.9%", False),
        (Bound(sign="≥", number=Decimal(90), unit="%"), "≥95人", False),
        (Bound(sign="≥", number=Decimal(90), unit="%"), "≧90", True),
        (Bound(sign="≤", number=Decimal(5)), "≤5万元", True),
        (Bound(sign="<", number=Decimal(5)), "5", False),
        (Bound(sign=">", number=Decimal(5)), "效果显著", False),
    ],
)
def test_which_targets_a_value_asks_for(bound: Bound, target: str, allowed: bool) -> None:
    row = IndicatorRow(form=1, row=1, target=target)
    assert build_columns([row]).meeting(bound)[0].tolist() == [allowed]
