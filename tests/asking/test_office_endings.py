"""Offices whose names end as the library's do: 股, 馆; and an office said right after what it is of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import several_years
from vectorstore.index import IndicatorIndex

_FORESTS, _CULTURE = "临溪市林业局", "临溪市文化和旅游局"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('endings')}/l.sqlite", IndicatorIndex())
    opened.add_forms(
        several_years.made(name, department, unit, 2024, f"{budget} {budget} 98 95%")
        for name, department, unit, budget in (
            ("苗木检疫补助", _FORESTS, "临溪市林业局林政管理股", "31"),
            ("林政宣传栏更新", _FORESTS, "临溪市林业局宣传股", "7"),
            ("古琴名家展览", _CULTURE, "临溪市美术馆", "52"),
            ("美术进校园", _CULTURE, "临溪市少年宫", "18"),
            ("林区巡山摩托购置", _FORESTS, "临溪市林业局森林警察大队", "66"),
        )
    )
    yield Asker(opened)
    opened.close()


@pytest.mark.parametrize(
    ("question", "budget"),
    [
        ("林政管理股2024年的预算是多少", "31万元"),
        ("2024年林业局宣传股预算合计多少", "7万元"),
        ("市美术馆2024年花了多少钱", "52万元"),
        ("少年宫2024年的预算一共多少", "18万元"),
        ("林业局林警大队2024年总共支出多少万", "66万元"),
    ],
)
def test_an_office_is_known_by_its_ending(asker: Asker, question: str, budget: str) -> None:
    assert asker.ask(question).values == (budget,)


def test_an_office_that_no_form_has_is_not_taken_for_another(asker: Asker) -> None:
    assert not asker.ask("计划财务股2024年的预算是多少").found
