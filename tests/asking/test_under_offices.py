"""What stands under departments and offices, how they did, and several of them named together."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn

_UNITS = {
    ("临溪市文化和旅游局", "文物科"),
    ("临溪市文化和旅游局", "非遗科"),
    ("临溪市文化和旅游局", "推广科"),
    ("临溪市林业局", "保护科"),
    ("临溪市林业局", "防火科"),
}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("各部门分别有哪些单位", _UNITS),
        ("每个部门下面有几个科室", _UNITS),
        ("林业局有哪些科室", {row for row in _UNITS if row[0] == "临溪市林业局"}),
        (
            "2024年各单位有哪些项目",
            {
                ("文物科", "乡村戏台修缮"),
                ("非遗科", "非遗传承补助"),
                ("推广科", "旅游标识更新"),
                ("保护科", "古树名木保护"),
                ("防火科", "森林防火巡护"),
                ("防火科", "林道硬化工程"),
            },
        ),
        (
            "林业局2022年有哪些单位，各有什么项目",
            {
                ("临溪市林业局", "保护科", "古树名木保护"),
                ("临溪市林业局", "保护科", "候鸟观测站运维"),
                ("临溪市林业局", "防火科", "森林防火巡护"),
            },
        ),
    ],
)
def test_what_stands_under_offices_is_listed(
    years_asker: Asker, question: str, rows: set[tuple[str, ...]]
) -> None:
    answer = years_asker.ask(question)
    assert set(answer.table.rows) == rows
    assert len(answer.table.rows) == len(rows)


def test_a_place_names_its_departments(years_asker: Asker) -> None:
    assert years_asker.ask("临溪市有几个部门").values[0] == "2个"
    assert years_asker.ask("临溪市2024年有几个项目").values[0] == "6张"


def test_a_summary_tells_the_figures_of_all_forms(years_asker: Asker) -> None:
    answer = years_asker.ask("林业局2024年的项目绩效怎么样")
    assert answer.values == ("3张", "579万元", "539.1万元", "93.11%", "95.67分", "1个", answer.values[-1])
    assert answer.arithmetic == ("539.1万元 ÷ 579万元 = 93.11%",)
    assert len(answer.table.rows) == 3


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2024年文物科或防火科的项目有几个", "3张"),
        ("2024年文物科、防火科以及保护科的预算合计是多少", "729万元"),
        ("2024年文化和旅游局与林业局哪家的预算多，多多少", "355万元"),
        ("2024年文物科和保护科谁的预算多", "51万元"),
        ("文化和旅游局和林业局2024年预算最高的项目分别是哪个", "林道硬化工程"),
        ("文化和旅游局和林业局2024年预算最高的项目分别是哪个", "乡村戏台修缮"),
    ],
)
def test_offices_named_together_are_all_meant(years_asker: Asker, question: str, value: str) -> None:
    assert value in years_asker.ask(question).values


def test_departments_compared_are_called_by_their_whole_names(years_asker: Asker) -> None:
    assert years_asker.ask("文旅局和林业局2023年谁的预算多").values[0] == "临溪市林业局"


@pytest.mark.parametrize(
    ("questions", "value"),
    [
        (("2024年财政拨款最多的部门是哪个",), "临溪市林业局"),
        (("2024年各部门的财政拨款分别是多少",), "224万元"),
        (("2023年财政拨款最多的单位",), "防火科"),
        (("2024年预算最多的部门占全部的百分之多少",), "72.1%"),
        (("2024年各部门预算合计分别是多少", "最多的那家占总数的百分之多少"), "72.1%"),
        (("林业的不算，2024年预算合计多少",), "224万元"),
        (("2024年林业局满意度指标都是多少",), "群众满意度"),
    ],
)
def test_offices_are_set_against_each_other(
    years_asker: Asker, questions: tuple[str, ...], value: str
) -> None:
    turn = last_turn(years_asker, questions)
    assert value in turn.answer.values


def test_the_values_of_a_kind_of_indicators_are_told(years_asker: Asker) -> None:
    answer = years_asker.ask("2024年林业局满意度指标都是多少")
    assert "群众满意度（2024年，年度指标值≥90%，实际完成值94%，古树名木保护）" in answer.answer


def test_a_project_that_moved_to_another_office_goes_on(years_asker: Asker) -> None:
    """Only what no other year's form continues has ended."""
    assert {row[0] for row in years_asker.ask("2023年有而2024年没有的项目").table.rows} == {"候鸟观测站运维"}
