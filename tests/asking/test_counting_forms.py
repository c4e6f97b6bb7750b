"""Forms and offices counted and compared: by two cells of each, by their number, by kinds of indicators."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import several_years
from vectorstore.index import IndicatorIndex


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("执行数没能达到预算数的项目有几个", [2, 4, 6, 7, 12, 19, 20]),
        ("支出赶不上预算的表有哪些", [2, 4, 6, 7, 12, 19, 20]),
        ("执行数未能达到全年预算数的有几张", [2, 4, 6, 7, 12, 19, 20]),
        ("哪个项目花的钱比批给它的还多", [3]),
        ("哪张表的支出比当初批的多", [3]),
        ("漏填了总分的是哪张表", [20]),
        ("漏印了标题的表", [14]),
        ("只有哪个项目设了生态效益指标", [8]),
        ("上年结转那一行年初预算填了钱的是哪个项目", [12]),
        ("其他资金那一行全年预算填了钱的有哪些表", [2, 6]),
    ],
)
def test_forms_by_their_cells(asker: Asker, question: str, forms: list[int]) -> None:
    places = asker.ask(question).table.places
    assert list(dict.fromkeys(form for form, _ in places)) == forms


@pytest.mark.parametrize(
    "question",
    ["全年预算比年初预算调减了的表", "全年预算比年初少的项目有哪些", "全年预算比年初预算追加了的表"],
)
def test_a_budget_against_that_of_the_beginning(asker: Asker, question: str) -> None:
    asked = asker.ask(question)
    assert asked.found
    assert asked.values == ("0张",)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("报了不止一张的单位有几个", ("3个",)),
        ("不止报了一张表的处室有几个", ("3个",)),
        ("哪些单位报了三张以上的表", ("自治区工信厅轻工业行业管理处", "6张")),
        ("哪些处室填了六张", ("自治区工信厅轻工业行业管理处", "6张")),
        ("经济效益、社会效益、生态效益、可持续影响这四类各有几条", ("9条", "20条", "1条", "15条")),
        ("按二级指标分一下类，哪类最多", ("数量指标", "53个")),
        ("没完成的指标按一级指标分，哪类最多，有多少条", ("产出指标",)),
        ("战新和节能减排同分吗", ("95分", "99.7分", "4.7分")),
        ("离退休处和节能处谁报的表多", ("自治区工信厅离退休干部工作处", "2张", "1张")),
        ("单位的预算谁最多", ("自治区无线电管理局", "10270万元")),
        ("处室的总分哪个最低", ("自治区工信厅办公室", "94.2分")),
        ("没拿满分的指标有几条，牵涉几个处室", ("15条", "8个")),
    ],
)
def test_counts_and_comparisons(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    told = asker.ask(question).values
    assert [value for value in values if value not in told] == []


def test_forms_that_are_alike_are_no_list_of_all(asker: Asker) -> None:
    assert not asker.ask("哪些表的指标一样多").found


def test_a_total_that_is_higher_is_no_mistake(years_asker: Asker) -> None:
    asked = years_asker.ask("文旅局2022年那两个项目，哪个总分高，高多少分")
    assert {"非遗传承补助", "100分", "95分", "5分"} <= set(asked.values)


def test_departments_are_called_by_the_last_character_of_their_names(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    forms = [
        form.model_copy(update={"department": form.department.replace("局", "厅")})
        for form in several_years.forms()
    ]
    library = Library(f"sqlite:///{tmp_path_factory.mktemp('departments')}/l.sqlite", IndicatorIndex())
    library.add_forms(forms)
    asker = Asker(library)
    told = {question: asker.ask(question).values for question in _OF_DEPARTMENTS}
    library.close()
    assert told == _OF_DEPARTMENTS


_OF_DEPARTMENTS = {
    "2022年两个厅各自执行了多少资金": ("临溪市林业厅", "290万元", "临溪市文化和旅游厅", "130万元"),
    "2024年这两个厅谁的预算多": ("临溪市林业厅", "579万元"),
    "2023年各厅分别有几个项目": ("临溪市文化和旅游厅", "3张", "临溪市林业厅", "3张"),
}
