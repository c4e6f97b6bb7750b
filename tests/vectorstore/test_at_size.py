"""A large library is not ranked row by row; what comes out must be the same."""

import re
from collections.abc import Iterator

import pytest

from assistant.benchmark_search import search_table
from assistant.generated_indicators import generated_queries, generated_rows
from vectorstore import search
from vectorstore.candidates import lexical_candidates
from vectorstore.index import Filters, IndicatorIndex
from vectorstore.space import build_space

COUNT = 6000


@pytest.fixture(scope="module")
def index() -> Iterator[IndicatorIndex]:
    built = IndicatorIndex(None)
    built.rebuild(generated_rows(COUNT))
    yield built
    built.close()


def test_generated_rows_are_the_same_every_time_and_as_varied_as_names_are() -> None:
    rows = list(generated_rows(COUNT))
    assert rows == list(generated_rows(COUNT))
    assert len({(row.form, row.row) for row in rows}) == len(rows) == COUNT
    names = [row.indicator for row in rows]
    assert 0.3 < len(set(names)) / COUNT < 0.95
    assert all(row.indicator and row.level2 and row.target and row.unit and row.year for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("filters", [Filters(), Filters(year=2024), Filters(year=2024, level2="数量")])
def test_candidates_hold_the_best_of_all_rows(
    index: IndicatorIndex, monkeypatch: pytest.MonkeyPatch, filters: Filters
) -> None:
    queries = generated_queries(40)
    found = index.search_many(queries, 5, filters)
    monkeypatch.setattr(search, "SMALL", COUNT)
    same = of = 0
    for hits, every in zip(found, index.search_many(queries, 5, filters), strict=True):
        assert all(hit.row.year == filters.year for hit in hits if filters.year)
        same += len({hit.score for hit in hits} & {hit.score for hit in every})
        of += len({hit.score for hit in every})
    assert same / of > 0.95


def test_rows_are_candidates_by_words_that_only_their_form_has() -> None:
    rows = [
        row.model_copy(update={"project_name": "飞鹤灌区" if row.form == 7 else ""})
        for row in generated_rows(300)
    ]
    space = build_space(rows)
    found = lexical_candidates((space,), {space.vocabulary["飞鹤"]: 1.0}, None, len(rows))
    assert [rows[at].form for at in found] == [7] * sum(row.form == 7 for row in rows)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_benchmark_at_ten_thousand_keeps_its_bounds() -> None:
    table = search_table([10_000])
    ours, filtered, changed, bm25s, scan = (
        dict(zip(table.columns, line, strict=True)) for line in table.rows
    )
    assert (bm25s["what"], scan["what"]) == ("bm25s", "numpy scan")
    # Far above the figures of a free machine, and of the processor: a bound against ranking every row again.
    for row in (ours, filtered, changed):
        assert float(re.sub("[^0-9.]", "", row["processor p95"])) < 100
    assert ours["memory"].endswith(" MB")
