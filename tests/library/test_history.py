from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest

from assistant.form.model import Form, Indicator
from assistant.library import Library, PastSeries
from vectorstore.index import Filters, IndicatorIndex


def form(year: int, *indicators: Indicator) -> Form:
    return Form(project_name="水库管护", unit="水利局", year=year, indicators=indicators)


def indicator(name: str, target: str, actual: str, level2: str = "数量指标") -> Indicator:
    return Indicator(level1="产出指标", level2=level2, name=name, target=target, actual=actual)


@pytest.fixture
def library() -> Iterator[Library]:
    with closing(Library("sqlite://", IndicatorIndex(None))) as found:
        found.add_forms(
            [
                form(2023, indicator("指标1：管护水库座数", "≥14座", "全年共管护水库15座")),
                form(
                    2021,
                    indicator("管护水库座数", "≥12座", "12"),
                    indicator("巡查人员培训人数", "≥30人", "31人"),
                ),
                form(
                    2022,
                    indicator("管护水库座数", "效果显著", "效果显著"),
                    indicator("水库管护经费", "≤120万元", "1180000元", "成本指标"),
                ),
                form(2024, indicator("管护水库座数", "≥15座", "")),
            ]
        )
        yield found


def points(series: PastSeries) -> list[tuple[int | None, Decimal | None, Decimal | None]]:
    return [(value.year, value.target, value.actual) for value in series.values]


def test_targets_and_actuals_by_year(library: Library) -> None:
    found = library.past_values("管护水库座数")
    assert found[0].unit == "座"
    assert points(found[0]) == [(2021, 12, 12), (2023, 14, 15), (2024, 15, None)]
    first = found[0].values[1]
    assert (first.form, first.row, first.indicator, first.actual_text) == (
        1,
        1,
        "管护水库座数",
        "全年共管护水库15座",
    )


def test_actuals_are_in_the_unit_of_the_target(library: Library) -> None:
    (costs,) = library.past_values("水库管护经费")
    assert (costs.unit, points(costs)) == ("万元", [(2022, 120, 118)])


def test_filters_and_nothing_similar(library: Library) -> None:
    assert points(library.past_values("管护水库座数", Filters(year=2023))[0]) == [(2023, 14, 15)]
    assert library.past_values("地铁票价") == ()


def test_facets_count_more_than_is_shown(library: Library) -> None:
    hits, counted = library.search_with_facets("管护水库座数", 1)
    assert len(hits) == 1
    assert [year.value for year in counted.years] == ["2024", "2023", "2022", "2021"]
    assert counted.years[0].hits == 1
