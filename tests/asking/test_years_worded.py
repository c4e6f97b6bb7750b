"""Questions over several years as people word them; offices of one form."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("乡村戏台修缮三年各得了多少分", ("95分", "97分", "99分")),
        ("乡村戏台修缮三年各花了多少钱", ("90万元", "120万元", "120万元")),
        ("非遗传承补助这几年的预算分别是多少", ("40万元", "30万元", "24万元")),
        ("古树名木保护2024年和上一年的预算分别是多少", ("90万元", "99万元")),
        ("古树名木保护2023年的后一年预算是多少", ("99万元",)),
        ("林业局三年各花了多少钱", ("290万元", "311.5万元", "539.1万元")),
        ("防火科每年预算多少", ("200万元", "210万元", "480万元")),
        ("林业局三年各有几个项目", ("3张", "3张", "3张")),
        ("三年的平均分分别是多少", ("96.8分", "98分", "96分")),
        ("三年总的执行率各是多少", ("2022年", "95.45%", "2023年", "97.03%", "2024年", "91.3%")),
        (
            "历年预算总额和执行总额",
            (
                "2022年",
                "440万元",
                "420万元",
                "2023年",
                "522万元",
                "506.5万元",
                "2024年",
                "803万元",
                "733.1万元",
            ),
        ),
    ],
)
def test_each_year(years_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = years_asker.ask(question)
    assert answer.values == values, answer.answer


@pytest.mark.parametrize(
    ("question", "figure", "said"),
    [
        ("非遗传承补助的预算从2022年到2024年一共降了多少", "16万元", "减少16万元"),
        ("乡村戏台修缮2022年到2024年预算变了多少", "50万元", "增加50万元"),
        ("乡村戏台修缮2023年预算比头一年多了多少", "20万元", "增加20万元"),
        ("古树名木保护2024年总分同2023年比怎么样", "1分", "减少1分"),
        ("乡村戏台修缮的群众满意度2024年目标比2023年提高了吗", "0个百分点", "没有变化"),
        ("乡村戏台修缮群众满意度2023年目标和2022年一样吗", "0个百分点", "没有变化"),
        ("森林防火巡护总分这几年是升还是降", "4分", "减少4分"),
        ("防火科的预算2024年比2023年增加了多少", "270万元", "增加270万元"),
        ("文旅局2024年的项目比2022年多了几个", "1张", "增加1张"),
        ("2024年比2023年少几张表", "0张", "没有变化"),
        ("林业局2024年比2023年多花还是少花了，差多少", "227.6万元", "增加227.6万元"),
    ],
)
def test_a_change(years_asker: Asker, question: str, figure: str, said: str) -> None:
    answer = years_asker.ask(question)
    assert answer.found, answer.answer
    assert answer.values[0] == figure, answer.answer
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("林业局哪年预算最多", "2024年"),
        ("2022年和2023年哪年预算总额多", "2023年"),
        ("2022年花的钱多还是2023年多", "2023年"),
        ("防火科2022年和2023年哪年预算更少", "2022年"),
    ],
)
def test_the_year_of_an_end(years_asker: Asker, question: str, year: str) -> None:
    assert years_asker.ask(question).values[0] == year


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("2024年哪个局的预算比2023年增加最多", {"临溪市林业局"}),
        ("跟2022年比，2023年多了哪个项目", {"旅游标识更新"}),
        ("2024年比2023年少了哪些项目", {"候鸟观测站运维"}),
        ("2022年没有、2023年才有的项目是哪个", {"旅游标识更新"}),
        ("2023年还在、2024年就不见了的项目有哪些", {"候鸟观测站运维"}),
        ("哪些项目三年都在", {"乡村戏台修缮", "非遗传承补助", "古树名木保护", "森林防火巡护"}),
    ],
)
def test_projects_and_departments(years_asker: Asker, question: str, projects: set[str]) -> None:
    answer = years_asker.ask(question)
    assert answer.found, answer.answer
    assert {row[0] for row in answer.table.rows} == projects


@pytest.mark.parametrize(
    ("questions", "first"),
    [
        (("非遗传承补助三年的预算分别是多少", "加起来多少"), "94万元"),
        (("非遗传承补助历年总分", "平均多少"), "97.33分"),
        (("非遗传承补助2024年总分是多少", "跟前一年比呢"), "4分"),
        (("防火科2024年一共花了多少钱", "2023年的呢"), "199.5万元"),
    ],
)
def test_what_follows(years_asker: Asker, questions: tuple[str, ...], first: str) -> None:
    answer = last_turn(years_asker, questions).answer
    assert answer.found, answer.answer
    assert answer.values[0] == first


def test_a_name_that_says_all_says_nothing_of_all_years(years_asker: Asker) -> None:
    """超额 and 全 in what is asked of rows do not make projects of it."""
    answer = years_asker.ask("乡村戏台修缮三年里没达标的指标有哪些")
    assert all(row for _, row in answer.table.places)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("每个局2023年花了多少钱", {"临溪市文化和旅游局", "临溪市林业局"}),
        ("2024年各局分别有几个项目", {"临溪市文化和旅游局", "临溪市林业局"}),
    ],
)
def test_each_department(years_asker: Asker, question: str, values: set[str]) -> None:
    assert values <= set(years_asker.ask(question).values)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("三年的预算盘子分别有多大", ("440万元", "522万元", "803万元")),
        ("2024年预算盘子多大", ("803万元",)),
    ],
)
def test_how_large(years_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert years_asker.ask(question).values == values


def test_a_part_of_what_was_added_up_is_asked_without_the_verb(years_asker: Asker) -> None:
    asked = ("2024年预算总额是多少", "其中林业局多少")
    assert last_turn(years_asker, asked).answer.values[0] == "579万元"
