"""In which years an indicator or a project was so, and whether in all of them."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn

_PLEASED = "乡村戏台修缮的群众满意度"


def _years(asker: Asker, *questions: str) -> set[str]:
    answer = last_turn(asker, questions).answer
    assert answer.found, answer.answer
    return {cell for row in answer.table.rows for cell in row if cell in ("2022", "2023", "2024")}


@pytest.mark.parametrize(
    ("question", "years"),
    [
        (f"{_PLEASED}哪年没达标", {"2022"}),
        (f"{_PLEASED}没达标的是哪一年", {"2022"}),
        (f"{_PLEASED}三年里哪年没完成目标", {"2022"}),
        (f"{_PLEASED}哪几年达标了", {"2023", "2024"}),
        (f"{_PLEASED}哪年被扣了分，扣了几分", {"2022"}),
        (f"{_PLEASED}只有一年没完成，是哪年，差了多少", {"2022"}),
        ("古树名木保护群众满意度是哪一年没达标的，实际到了多少", {"2022"}),
        ("非遗传承补助群众满意度近两年哪年没达标", {"2024"}),
    ],
)
def test_the_years_are_told(years_asker: Asker, question: str, years: set[str]) -> None:
    assert _years(years_asker, question) == years


def test_what_is_asked_beside_is_told(years_asker: Asker) -> None:
    told = years_asker.ask(f"{_PLEASED}哪年没达标，什么原因")
    assert "年度2022" in told.answer
    assert "雨天较多" in told.answer
    assert "比目标少2%" in years_asker.ask(f"{_PLEASED}哪年没完成，差了多少").answer.replace("个百分点", "%")


@pytest.mark.parametrize(
    ("questions", "years"),
    [
        ((f"{_PLEASED}三年分别是多少", "哪年没达标"), {"2022"}),
        ((f"{_PLEASED}2024年完成了多少", "哪一年没有达到当年目标"), {"2022"}),
        ((f"{_PLEASED}三年分别是多少", "哪年扣了分"), {"2022"}),
        (("古树名木保护三年的总分分别是多少", "哪几年低于99分"), {"2022", "2024"}),
    ],
)
def test_the_years_of_what_was_asked_before(
    years_asker: Asker, questions: tuple[str, ...], years: set[str]
) -> None:
    assert _years(years_asker, *questions) == years


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        (f"{_PLEASED}三年都达标了吗", "不是"),
        ("候鸟观测站运维的群众满意度每年都完成了吗", "是"),
        ("候鸟观测站运维群众满意度是不是年年都达标", "是"),
    ],
)
def test_whether_in_all_years(years_asker: Asker, question: str, verdict: str) -> None:
    assert years_asker.ask(question).values[0] == verdict


def test_reasons_of_several_years_are_those_of_the_rows_found(years_asker: Asker) -> None:
    turn = last_turn(years_asker, ("群众满意度哪年没达标", "什么原因"))
    assert turn.answer.found
    assert {form for form, _ in turn.answer.table.places} <= {
        place for place, _ in years_asker.ask("没达标的群众满意度有哪些").table.places
    }
