"""What one year picks asked of another year, counts of each year, and which of two years has more."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2022年总分最低的项目，2023年得了多少分", ("99分",)),
        ("2022年预算最高的两个项目2023年预算是多少", ("120万元", "210万元")),
        ("2023年总分100分的项目2022年执行率各是多少", ("90.00%",)),
        ("2022年没花完钱的项目，2024年预算分别是多少", ("150万元", "99万元")),
    ],
)
def test_what_one_year_picks_is_asked_of_another(
    years_asker: Asker, question: str, values: tuple[str, ...]
) -> None:
    answer = years_asker.ask(question)
    assert tuple(value for value in answer.values if value[0].isdigit()) == values, answer.answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("总分98分以上的项目2023年几个，2024年几个", ("4张", "2张")),
        ("没达标的指标2022年有几条，2024年有几条", ("2个", "2个")),
        ("2022年没达标的指标有几条，2023年呢", ("2个", "0个")),
        ("2022年有几个项目总分满分，2023年有几个，2024年呢", ("2张", "1张", "0张")),
        ("哪年满分的指标更多", ("2023年",)),
        ("哪一年的项目最少，几个", ("2022年", "5张")),
        ("2023年和2024年哪年预算总额高，高出多少", ("281万元",)),
        ("候鸟观测站运维2022年和2023年哪年总分高，差几分", ("3分",)),
    ],
)
def test_how_many_in_which_year(years_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = years_asker.ask(question)
    assert answer.values[: len(values)] == values, answer.answer


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2023年总分和2024年差距最大的项目是哪个", {"非遗传承补助"}),
        (
            "2024年预算与2023年相比有变化的项目有哪些",
            {"乡村戏台修缮", "非遗传承补助", "古树名木保护", "森林防火巡护"},
        ),
        (
            "2024年各项目的总分跟2023年比升降情况如何",
            {"乡村戏台修缮", "非遗传承补助", "旅游标识更新", "古树名木保护", "森林防火巡护"},
        ),
    ],
)
def test_which_moved(years_asker: Asker, question: str, names: set[str]) -> None:
    assert {row[0] for row in years_asker.ask(question).table.rows} == names


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2024年新增的一个项目当年预算是多少", ("300万元",)),
        ("2024年取消的项目2023年各花了多少钱", ("22万元",)),
    ],
)
def test_figures_of_what_came_and_went(years_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = years_asker.ask(question)
    assert tuple(value for value in answer.values if value[0].isdigit()) == values, answer.answer


def test_what_several_went_up_by_together(years_asker: Asker) -> None:
    told = years_asker.ask("2024年预算比2023年增加的项目有几个，一共增加多少万元")
    assert told.values[0] == "2个"
    assert told.values[-1] == "39万元"
    assert "没有回答" not in told.answer


def test_two_figures_are_no_change_of_one(years_asker: Asker) -> None:
    assert not years_asker.ask("2024年目标比2023年实际还高的指标有哪些").found
