from collections.abc import Iterator

import pytest

from vectorstore.index import Filters, Hit, IndicatorIndex
from vectorstore.row import IndicatorRow

OFFICES = {1: "滨河市水利局河湖管理处", 2: "滨河市水利局农村水利处", 3: "滨河市水利局机关服务中心"}


def row(form: int, at: int, indicator: str, target: str = "100%", **fields: str) -> IndicatorRow:
    return IndicatorRow(form=form, row=at, indicator=indicator, target=target, unit=OFFICES[form], **fields)


ROWS = [
    row(1, 1, "巡查河道次数", "≥12次", level2="数量指标"),
    row(1, 2, "河道保洁满意度", "≥95%", level2="满意度指标", actual="96%"),
    row(2, 1, "巡查水渠次数", "≥12次", level2="数量指标", explanation="受疫情影响，两次巡查没有开展。"),
    row(2, 2, "农户用水满意度", "≥90%", level2="满意度指标", explanation="无偏离"),
    row(3, 1, "巡查办公楼次数", "≥12次", level2="数量指标"),
    row(3, 2, "职工满意度", "≧90", level2="满意度指标"),
    row(3, 3, "来访接待满意度", "≥85%", level2="满意度指标"),
]


@pytest.fixture(scope="module")
def index() -> Iterator[IndicatorIndex]:
    built = IndicatorIndex(None)
    built.rebuild(ROWS)
    yield built
    built.close()


def ids(hits: list[Hit]) -> list[str]:
    return [hit.row.id for hit in hits]


@pytest.mark.parametrize(
    ("query", "form"),
    [("河湖管理处巡查", 1), ("河湖处的巡查次数", 1), ("农村水利处 巡查", 2), ("机关服务中心巡查次数", 3)],
)
def test_an_office_named_or_shortened_comes_first(index: IndicatorIndex, query: str, form: int) -> None:
    hit = index.search(query, 1)[0]
    assert hit.row.form == form
    assert f"单位：{OFFICES[form]}" in hit.why


@pytest.mark.parametrize("query", ["巡查处", "水利局巡查次数", "好处"])
def test_what_names_no_office_or_all_of_them_is_no_wish(index: IndicatorIndex, query: str) -> None:
    assert all("单位：" not in hit.why for hit in index.search(query, 5))


def test_the_very_number_asked_for_comes_first_and_a_bare_one_may_be_a_rate(index: IndicatorIndex) -> None:
    assert ids(index.search("≥90%的满意度指标", 5)) == ["2#2", "3#2", "1#2"]


@pytest.mark.parametrize("query", ["因为疫情没完成的巡查", "巡查为什么没开展", "巡查没达到目标的原因"])
def test_a_question_for_the_cause_finds_rows_that_explain(index: IndicatorIndex, query: str) -> None:
    assert ids(index.search(query, 1)) == ["2#1"]


def test_filters_hold_beside_wishes(index: IndicatorIndex) -> None:
    assert ids(index.search("河湖管理处 满意度", 5, Filters(unit="机关"))) == ["3#2", "3#3"]
