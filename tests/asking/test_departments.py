"""Departments as people call them, over a library of several; forms of one project in several years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.asking.asker import Asker
from assistant.form.model import Form, FundLine, Indicator, Total
from assistant.library import Library
from vectorstore.index import IndicatorIndex

_FORMS = (
    ("公路养护", "云川市交通运输局", "养护科", 2022, "100"),
    ("公路养护", "云川市交通运输局", "养护科", 2023, "120"),
    ("危桥改造", "云川市交通运输局", "工程科", 2023, "80"),
    ("就业见习补贴", "云川市人力资源和社会保障局", "就业促进科", 2023, "60"),
    ("托位建设", "云川市卫生健康委员会", "人口家庭科", 2023, "40"),
    ("老年人体检", "平谷县卫生健康委员会", "老龄股", 2023, "30"),
    ("无障碍改造", "云川市残疾人联合会", "维权部", 2023, "20"),
)


def _made(name: str, department: str, unit: str, year: int, budget: str) -> Form:
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        name=f"{name}数量",
        target="≥9个",
        actual="9个",
        weight="90",
        score="90",
    )
    fund = FundLine(
        label="年度资金总额",
        initial=budget,
        budget=budget,
        executed=budget,
        weight="10",
        rate="100%",
        score="10",
    )
    return Form(
        project_name=name,
        department=department,
        unit=unit,
        year=year,
        year_line=f"（{year}年度）",
        funds=(fund,),
        indicators=(row,),
        total=Total(weight="100", score="100"),
    )


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    path: Path = tmp_path_factory.mktemp("library")
    library = Library(f"sqlite:///{path}/l.sqlite", IndicatorIndex())
    library.add_forms([_made(*one) for one in _FORMS])
    yield Asker(library)
    library.close()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("市交通局2023年全年预算数合计多少万元？", "200万元"),
        ("交通运输部门2023年全年预算数合计多少万元？", "200万元"),
        ("人社局2023年的全年预算数是多少？", "60万元"),
        ("市残联2023年的全年预算数是多少？", "20万元"),
        ("县卫健委2023年的全年预算数是多少？", "30万元"),
        ("哪个部门2023年全年预算数最多？", "云川市交通运输局"),
        ("交通局哪个科室2023年的全年预算数最多？", "养护科"),
    ],
)
def test_a_department_is_found_by_what_people_call_it(asker: Asker, question: str, value: str) -> None:
    assert value in asker.ask(question).values


def test_a_name_of_two_departments_is_asked_back(asker: Asker) -> None:
    answer = asker.ask("卫健委2023年的全年预算数是多少？")
    assert {choice.label for choice in answer.choices} == {"云川市卫生健康委员会", "平谷县卫生健康委员会"}
    assert [asker.ask(choice.question).values for choice in answer.choices] == [("40万元",), ("30万元",)]


def test_a_department_of_another_place_is_not_in_the_library(asker: Asker) -> None:
    assert not asker.ask("县交通局有哪些项目？").found


def test_departments_group_and_are_compared_in_the_year_that_is_said(asker: Asker) -> None:
    assert "云川市交通运输局（200万元）" in asker.ask("各部门2023年全年预算数合计分别是多少？").answer
    assert "140万元" in asker.ask("交通局和人社局2023年的全年预算数哪个多？").answer


def test_a_question_that_follows_asks_another_department_or_its_units(asker: Asker) -> None:
    first = asker.turn("交通局2023年全年预算数合计多少万元？", None)
    assert asker.turn("残联呢？", first).answer.values == ("20万元",)
    assert "工程科（80万元）" in asker.turn("各科室分别是多少？", first).answer.answer


def test_projects_of_several_years_are_told_with_their_year(asker: Asker) -> None:
    assert "公路养护（2023年）" in asker.ask("全年预算数最高的项目是哪个？").answer
