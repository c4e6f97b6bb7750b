"""Projects by the years that have them, and one figure told year by year."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("2024年新增的项目有哪些", {"林道硬化工程"}),
        ("今年新增了哪些项目", {"林道硬化工程"}),
        ("哪些项目是2023年首次出现的", {"旅游标识更新"}),
        ("与上年相比新增了哪些项目", {"林道硬化工程"}),
        ("今年有去年没有的项目有哪些", {"林道硬化工程"}),
        ("去年有今年没有的项目有几个", {"候鸟观测站运维"}),
        ("2023年还有、到了2024年就没有自评表的项目是哪些", {"候鸟观测站运维"}),
        ("2024年不再安排的项目有哪些", {"候鸟观测站运维"}),
        ("2024年取消了哪些项目", {"候鸟观测站运维"}),
        ("2024年比2022年多了哪些项目", {"旅游标识更新", "林道硬化工程"}),
        ("2024年比2022年少了哪些项目", {"候鸟观测站运维"}),
        ("2023年才有、2022年没有的项目是哪一个", {"旅游标识更新"}),
        ("林业局今年新增的项目有几个", {"林道硬化工程"}),
        ("文化和旅游局今年新增的项目有哪些", set()),
        ("三年都安排了的项目有哪些", {"乡村戏台修缮", "非遗传承补助", "古树名木保护", "森林防火巡护"}),
        ("连续两年总分都在98分以上的项目有哪些", {"古树名木保护"}),
        ("近两年总分低于97分的项目有哪些", {"旅游标识更新", "非遗传承补助", "森林防火巡护", "林道硬化工程"}),
    ],
)
def test_projects_are_picked_by_their_years(years_asker: Asker, question: str, projects: set[str]) -> None:
    answer = years_asker.ask(question)
    assert answer.found
    assert {row[0] for row in answer.table.rows} == projects


def test_the_figures_of_new_projects_are_added_up(years_asker: Asker) -> None:
    assert years_asker.ask("2024年首次安排的项目预算一共多少").values == ("300万元",)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        (
            "林业局预算逐年变化情况",
            [
                ("2022年", "300万元", "", ""),
                ("2023年", "322万元", "增加22万元", "7.33%"),
                ("2024年", "579万元", "增加257万元", "79.81%"),
            ],
        ),
        (
            "每年的总执行数比上一年增加多少",
            [
                ("2022年", "420万元", "", ""),
                ("2023年", "506.5万元", "增加86.5万元", "20.6%"),
                ("2024年", "733.1万元", "增加226.6万元", "44.74%"),
            ],
        ),
        (
            "非遗传承补助的总分历年变化趋势如何",
            [
                ("2022年", "100分", "", ""),
                ("2023年", "98分", "减少2分", "-2%"),
                ("2024年", "94分", "减少4分", "-4.08%"),
            ],
        ),
        (
            "每年有几个项目没有达到满意度目标",
            [
                ("2022年", "2张", "", ""),
                ("2023年", "0张", "减少2张", "-100%"),
                ("2024年", "2张", "增加2张", ""),
            ],
        ),
    ],
)
def test_a_figure_is_told_year_by_year_with_its_change(
    years_asker: Asker, question: str, rows: list[tuple[str, ...]]
) -> None:
    assert list(years_asker.ask(question).table.rows) == rows


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("各部门近两年预算合计", "临溪市林业局（2023年322万元，2024年579万元，合计901万元）"),
        (
            "各部门历年预算",
            "临溪市文化和旅游局（2022年140万元→2023年200万元→2024年224万元，增加84万元，增长60%）",
        ),
        (
            "三年预算合计最多的项目是哪个",
            "森林防火巡护（2022年200万元，2023年210万元，2024年180万元，合计590万元）",
        ),
        ("三年平均总分最低的项目", "林道硬化工程（2024年93分，平均93分）"),
        ("2022到2024年执行数累计超过250万元的项目有几个", "共4个项目"),
    ],
)
def test_figures_of_several_years_stand_side_by_side_or_are_added_up(
    years_asker: Asker, question: str, said: str
) -> None:
    assert said in years_asker.ask(question).answer


def test_several_years_are_all_the_years_between(years_asker: Asker) -> None:
    assert years_asker.ask("2022年到2024年林业局的预算合计是多少").values[0] == "1201万元"
    assert years_asker.ask("林业局2023—2024年所有项目的执行数合计是多少").values[0] == "850.6万元"


@pytest.mark.parametrize(
    ("questions", "value"),
    [
        (("乡村戏台修缮2023年的预算比2022年增加了多少", "那2024年比2023年又多了多少"), "30万元"),
        (("乡村戏台修缮2023年的预算比2022年增加了多少", "2024年呢，又变了多少"), "30万元"),
        (("2024年乡村戏台修缮的执行数是多少", "另外两年也算一下"), "90万元"),
        (("逐年列出森林防火巡护的群众满意度", "哪一年达到了目标"), "群众满意度"),
        (("24年林业局的预算占总预算的几成",), "72.1%"),
        (("2024年所有项目总的预算执行率是多少（总执行数除以总预算数）", "另外两年也算一下"), "97.03%"),
        (("不算2022年，林业局的预算合计是多少",), "901万元"),
        (("把林道硬化工程刨掉，2024年林业局的预算合计是多少",), "279万元"),
        (("2024年乡村戏台修缮的预算占文化和旅游局当年全部项目预算的比重是多少",), "66.96%"),
    ],
)
def test_a_question_goes_on_with_other_years(
    years_asker: Asker, questions: tuple[str, ...], value: str
) -> None:
    turn = last_turn(years_asker, questions)
    assert value in turn.answer.values


def test_the_years_that_missed_a_target_are_told(years_asker: Asker) -> None:
    first = years_asker.turn("逐年列出乡村戏台修缮的群众满意度", None)
    missed = years_asker.turn("哪一年没有达到当年目标", first).answer
    assert "2022年，年度指标值≥90%，实际完成值88%" in missed.answer
    assert len(missed.table.rows) == 1


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2024年林业局的预算占全部预算的百分之几", {"72.1%"}),
        ("2024年林业局和文化和旅游局的预算合计哪个多，多多少", {"579万元", "224万元", "355万元"}),
        ("2022年和2024年预算总额各是多少", {"440万元", "803万元"}),
        ("2022、2023、2024年执行率低于95%的项目各有几个", {"3张", "1张"}),
        ("22到24年林业局一共安排了多少预算", {"1201万元"}),
        ("乡村戏台修缮24年比22年多花了多少", {"90万元", "120万元", "30万元"}),
        ("2024年每个主管部门预算多少", {"579万元", "224万元"}),
        ("2024年预算总额最高的主管部门是哪个", {"临溪市林业局", "579万元"}),
        ("历年平均总分", {"96.8分", "98分", "96分"}),
        ("2024年有多少张自评表", {"6张"}),
    ],
)
def test_a_year_said_once_holds_of_every_part(years_asker: Asker, question: str, values: set[str]) -> None:
    answer = years_asker.ask(question)
    assert values <= set(answer.values), answer.answer
