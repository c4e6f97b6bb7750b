from vectorstore.facets import Count, facets
from vectorstore.row import Hit, IndicatorRow


def hit(**fields: object) -> Hit:
    return Hit(rank=1, score=0.5, row=IndicatorRow.model_validate({"form": 1, "row": 1, **fields}))


def test_counts_by_year_office_and_level() -> None:
    found = facets(
        [
            hit(year=2021, unit="甲处", level1="产出指标", level2="数量指标"),
            hit(year=2023, unit="乙处", level1="产出指标", level2="质量指标"),
            hit(year=2021, unit="乙处", level1="产出指标", level2="数量指标"),
            hit(unit=" "),
        ]
    )
    assert found.years == (Count(value="2023", hits=1), Count(value="2021", hits=2))
    assert found.units == (Count(value="乙处", hits=2), Count(value="甲处", hits=1))
    assert found.level1 == (Count(value="产出指标", hits=3),)
    assert found.level2 == (Count(value="数量指标", hits=2), Count(value="质量指标", hits=1))


def test_no_hits() -> None:
    assert facets([]) == facets([hit()])
