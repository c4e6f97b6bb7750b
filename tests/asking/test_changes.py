"""Projects and departments listed, counted and ranked by how a figure changed from year to year."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn


def _names(asker: Asker, question: str) -> list[str]:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    return list(dict.fromkeys(row[0] for row in answer.table.rows))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2024年预算比上年增加最多的项目是哪个", ["乡村戏台修缮"]),
        ("预算降幅最大的两个项目", ["非遗传承补助", "森林防火巡护"]),
        ("2024年预算减少最多的项目是哪个，减少了多少", ["森林防火巡护"]),
        ("从2022年到2024年预算增长最快的项目", ["乡村戏台修缮"]),
        ("近三年预算增加额排前两名的项目", ["乡村戏台修缮", "古树名木保护"]),
        ("2024年预算增加第二多的是哪个项目", ["古树名木保护"]),
        ("2023年总分较2022年提升最大的项目是哪个", ["古树名木保护"]),
        ("2024年执行率掉得最厉害的项目", ["乡村戏台修缮"]),
        ("哪个部门的预算同比增长最多", ["临溪市林业局"]),
        ("2024年预算比2023年增加最少的部门是哪个", ["临溪市文化和旅游局"]),
    ],
)
def test_changes_are_ranked(years_asker: Asker, question: str, names: list[str]) -> None:
    assert _names(years_asker, question) == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪些项目的预算减少了", {"非遗传承补助", "森林防火巡护"}),
        ("今年预算比去年多的项目有几个", {"乡村戏台修缮", "古树名木保护"}),
        ("2024年预算增长超过10%的项目有哪些", {"乡村戏台修缮"}),
        ("2024年预算比2023年增长10%以上的项目", {"乡村戏台修缮", "古树名木保护"}),
        ("2024年预算比上年减少不到10万元的项目有哪些", {"非遗传承补助"}),
        ("2024年预算与上年持平的项目有哪些", {"旅游标识更新"}),
        ("2023年预算低于2022年的项目有哪些", {"非遗传承补助"}),
        ("哪些项目2024年的总分不如2023年", {"非遗传承补助", "古树名木保护", "森林防火巡护"}),
        ("2024年执行率比上年下降超过10个百分点的项目", {"乡村戏台修缮"}),
        ("2024年满意度比上年下降的项目有哪些", {"非遗传承补助", "森林防火巡护"}),
        ("林业局2024年预算比上年增加的项目有哪些", {"古树名木保护"}),
        ("2024年哪些部门的平均总分比上年低", {"临溪市文化和旅游局", "临溪市林业局"}),
        ("预算连续两年增加的项目有哪些", {"乡村戏台修缮", "古树名木保护"}),
        ("2022到2024年总分一年比一年低的项目", {"非遗传承补助", "森林防火巡护"}),
        ("2024年预算增加但执行率下降的项目有哪些", {"乡村戏台修缮", "古树名木保护"}),
        ("2024年预算比上年增加而且总分98分以上的项目有哪些", {"乡村戏台修缮", "古树名木保护"}),
        ("各部门2024年预算比2023年增加多少", {"临溪市文化和旅游局", "临溪市林业局"}),
        ("各局2024年比2023年多几个项目", {"临溪市文化和旅游局", "临溪市林业局"}),
        ("各局2023年和2024年没达标的指标各有几条", {"临溪市文化和旅游局", "临溪市林业局"}),
        ("2024年预算比2023年增长最快的局", {"临溪市林业局"}),
        ("林业局和文旅局2024年预算比上年分别增加多少", {"临溪市文化和旅游局", "临溪市林业局"}),
    ],
)
def test_changes_are_listed(years_asker: Asker, question: str, names: set[str]) -> None:
    assert set(_names(years_asker, question)) == names


def test_a_change_is_told_with_both_figures_and_both_ways(years_asker: Asker) -> None:
    answer = years_asker.ask("2024年预算比上年减少最多的项目是哪个")
    assert "2023年210万元→2024年180万元，减少30万元，下降14.29%" in answer.answer
    assert answer.values == ("森林防火巡护", "30万元", "14.29%")
    assert answer.arithmetic == ("森林防火巡护：180万元 − 210万元 = -30万元",)


def test_rates_change_by_points(years_asker: Asker) -> None:
    assert "20个百分点" in years_asker.ask("2024年执行率下降幅度最大的项目").values


def test_projects_of_one_year_alone_are_not_counted(years_asker: Asker) -> None:
    answer = years_asker.ask("2024年预算比上年增加的项目有几个")
    assert answer.values[0] == "2个"
    assert "另有1个没有可比的数字" in answer.answer


def test_a_year_without_forms_is_told(years_asker: Asker) -> None:
    answer = years_asker.ask("2022年预算比上年增加的项目有哪些")
    assert not answer.found
    assert "2021年的表" in answer.answer


def test_a_steady_change_is_told_year_by_year(years_asker: Asker) -> None:
    table = years_asker.ask("总分逐年提高的项目有哪些").table
    assert [row[:4] for row in table.rows] == [
        ("乡村戏台修缮", "2022年", "95分", ""),
        ("乡村戏台修缮", "2023年", "97分", "增加2分"),
        ("乡村戏台修缮", "2024年", "99分", "增加2分"),
    ]


def test_several_changes_that_are_not_understood_together_are_not_answered_by_one(years_asker: Asker) -> None:
    assert not years_asker.ask("预算增加的项目和总分下降的项目各有哪些").found


@pytest.mark.parametrize(
    ("questions", "names"),
    [
        (("2024年预算比上年增加最多的项目是哪个", "减得最多的呢"), ["森林防火巡护"]),
        (("2024年预算比上年减少的项目有哪些", "那增加的有几个"), ["乡村戏台修缮", "古树名木保护"]),
        (("2024年哪个部门的预算比上年增长最快", "降得最多的是哪个"), []),
    ],
)
def test_a_question_goes_on_with_the_other_way(
    years_asker: Asker, questions: tuple[str, ...], names: list[str]
) -> None:
    turn = last_turn(years_asker, questions)
    assert turn.answer.found
    assert [row[0] for row in turn.answer.table.rows] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2024年预算比2023年增加但执行率下降的项目有哪些", {"乡村戏台修缮", "古树名木保护"}),
        ("2024年预算比2023年多、执行率比2023年低的项目", {"乡村戏台修缮", "古树名木保护"}),
        ("哪些项目2024年预算比2023年涨了执行率却降了", {"乡村戏台修缮", "古树名木保护"}),
        ("2024年执行率比2023年掉了10个点以上的项目", {"乡村戏台修缮", "古树名木保护"}),
    ],
)
def test_two_changes_stand_together_however_they_are_joined(
    years_asker: Asker, question: str, names: set[str]
) -> None:
    assert set(_names(years_asker, question)) == names


def test_an_office_without_any_has_none(years_asker: Asker) -> None:
    told = years_asker.ask("各局2023年和2024年没达标的指标各有几条").answer
    assert "临溪市林业局（2023年0个→2024年1个" in told


def test_each_office_has_so_many_projects_in_each_year(years_asker: Asker) -> None:
    told = years_asker.ask("各局三年各有几个项目").answer
    assert "临溪市文化和旅游局（2022年2张→2023年3张→2024年3张" in told
