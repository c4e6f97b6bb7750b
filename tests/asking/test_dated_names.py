"""A library in which a project is called by its year: 2023年河道清淤工程."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import several_years
from vectorstore.index import IndicatorIndex

_OFFICE = ("临溪市水利局", "河道科")


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('dated')}/l.sqlite", IndicatorIndex())
    figures = {2022: "60 60 98 95%", 2023: "70 63 96 93%", 2024: "90 90 99 96%"}
    dated = [
        several_years.made(f"{year}年河道清淤工程", *_OFFICE, year, text) for year, text in figures.items()
    ]
    opened.add_forms([*several_years.forms(), *dated])
    yield Asker(opened)
    opened.close()


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("2024年预算比2023年河道宽的项目有哪些", None),
        ("2024年预算比2023年减少的项目有哪些", {"非遗传承补助", "森林防火巡护"}),
        ("2024年预算比2023年增加最多的项目是哪个", {"乡村戏台修缮"}),
        ("哪些项目2023年总分不如2022年", {"非遗传承补助", "森林防火巡护", "2023年河道清淤工程"}),
        ("从2022年到2024年预算减少最多的项目", {"森林防火巡护"}),
    ],
)
def test_a_year_is_no_part_of_a_name_where_the_rest_of_it_does_not_follow(
    asker: Asker, question: str, projects: set[str] | None
) -> None:
    answer = asker.ask(question)
    assert answer.found == (projects is not None), answer.answer
    if projects is not None:
        assert {row[0] for row in answer.table.rows} == projects


def test_a_year_before_the_name_is_a_part_of_it(asker: Asker) -> None:
    assert "70万元" in asker.ask("2023年河道清淤工程的预算是多少").values
    assert asker.ask("河道清淤工程2024年预算比上年增加了多少").values[0] == "20万元"
