"""Offices called by a few of their characters, and what one of a thing costs, in the words of names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asking.asker import Asker
from assistant.form.model import Form, Indicator
from assistant.library import Library
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex


def _forms() -> list[Form]:
    """The past forms, the first of them of a sports school that renews its stands."""
    first, *others = bundled_forms()
    rows = (
        Indicator(level1="产出指标", level2="数量指标", name="改造看台数量", target="≥3座", actual="3座"),
        Indicator(
            level1="产出指标", level2="成本指标", name="单座看台改造成本", target="≤8万元", actual="7.6万元"
        ),
        Indicator(level1="产出指标", level2="成本指标", name="护具采购单价", target="≤300元", actual="285元"),
        Indicator(
            level1="效益指标", level2="社会效益指标", name="受训运动员人数", target="≥90人", actual="96人"
        ),
    )
    school = {"unit": "青禾市体育运动学校", "project_name": "训练场馆修缮经费", "indicators": rows}
    return [first.model_copy(update=school), *others]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('school')}/l.sqlite", IndicatorIndex())
    opened.add_forms(_forms())
    yield Asker(opened)
    opened.close()


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("体校受训运动员有多少人", {"96人"}),
        ("体校的执行率是多少", {"100.00%"}),
        ("体校的看台改造数量是多少", {"3座"}),
        ("一座看台的造价是多少", {"7.6万元"}),
        ("每座看台改造成本多少万", {"7.6万元"}),
        ("护具多少钱一件", {"285元"}),
    ],
)
def test_a_school_and_its_prices(school: Asker, question: str, values: set[str]) -> None:
    answer = school.ask(question)
    assert values <= set(answer.values), answer.answer


@pytest.mark.parametrize("question", ["艺校的执行率是多少", "党校花了多少钱", "泳池多少钱一座"])
def test_none_that_the_library_has(school: Asker, question: str) -> None:
    assert not school.ask(question).found
