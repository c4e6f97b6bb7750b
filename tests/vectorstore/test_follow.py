"""A large library follows the change of one form at once; what is found is what a rebuild would find."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant.generated_indicators import generated_queries, generated_rows
from tests.vectorstore.test_index import chroma_server
from tests.vectorstore.test_model_vectors import MEANT, Model
from vectorstore import embedding, search
from vectorstore import index as index_module
from vectorstore.index import Filters, Hit, IndicatorIndex
from vectorstore.row import IndicatorRow
from vectorstore.space import LexicalSpace

ROWS = list(generated_rows(600))
NEW = 9001
"""The number of a form that is not among them."""


def form(number: int, *names: str) -> list[IndicatorRow]:
    return [
        ROWS[0].model_copy(update={"form": number, "row": at, "indicator": name, "unit": "滨河市水文站"})
        for at, name in enumerate(names, 1)
    ]


def found(index: IndicatorIndex, query: str, n: int = 5, filters: Filters | None = None) -> list[str]:
    return [hit.row.indicator for hit in index.search(query, n, filters)]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some hundred rows are treated as many thousand are."""
    monkeypatch.setattr(index_module, "SMALL", 100)
    monkeypatch.setattr(search, "SMALL", 100)
    monkeypatch.setattr(index_module, "_LATER", 60)
    monkeypatch.setattr(index_module, "_REFIT", 0.5)


@pytest.fixture
def index() -> Iterator[IndicatorIndex]:
    with closing(IndicatorIndex(None)) as built:
        built.sync(ROWS)
        yield built


@pytest.fixture
def no_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_rows: Sequence[IndicatorRow]) -> LexicalSpace:
        raise AssertionError("built anew")

    monkeypatch.setattr(index_module, "build_space", refuse)


def test_a_new_a_changed_and_a_removed_form(index: IndicatorIndex, no_rebuild: None) -> None:
    assert index.follow({NEW: form(NEW, "地下蓄洪闸启闭演习次数", "鲢鳙鱼苗增殖放流尾数")})
    assert len(index) == 602
    assert found(index, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]
    assert found(index, "演习", 3, Filters(unit="水文站")) == ["地下蓄洪闸启闭演习次数"]
    assert index.follow({NEW: form(NEW, "鳜鱼苗增殖放流尾数")})
    assert len(index) == 601
    assert found(index, "鲢鳙鱼苗放流", 1) == ["鳜鱼苗增殖放流尾数"]
    assert "地下蓄洪闸启闭演习次数" not in found(index, "蓄洪闸启闭演习", 50)
    assert index.follow({NEW: [], 1: []})
    assert len(index) == 590
    assert not {hit.row.form for hit in index.search(ROWS[0].indicator, 100)} & {NEW, 1}


def test_what_is_found_is_what_a_rebuild_finds(index: IndicatorIndex) -> None:
    changed: dict[int, list[IndicatorRow]] = {}
    for at, row in enumerate(generated_rows(800)):
        if at >= len(ROWS):
            changed.setdefault(row.form, []).append(row)
    gone = {7: [], 8: [], 9: []}
    assert index.follow(changed)
    assert index.follow(gone)
    with closing(IndicatorIndex(None)) as other:
        other.sync([row for row in generated_rows(800) if row.form not in gone])
        assert len(other) == len(index)
        same = of = 0
        for query in generated_queries(30):
            mine, theirs = ({hit.row.id for hit in hits(one, query)} for one in (index, other))
            same += len(mine & theirs)
            of += len(theirs)
        assert same / of > 0.9


def hits(index: IndicatorIndex, query: str) -> list[Hit]:
    return index.search(query, 10, Filters(year=2024))


def test_many_changes_are_taken_in_and_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"第{number}座测流断面" for number in range(10)]
    with closing(IndicatorIndex(tmp_path)) as index:
        index.sync(ROWS)
        for number in range(20):
            assert index.follow({NEW + number: form(NEW + number, *names)})
        assert index.follow({2: []})
        assert len(index) == 600 + 200 - 10
        assert len({hit.row.form for hit in index.search("测流断面", 200)}) == 20
    rows = [row for row in ROWS if row.form != 2]
    rows += [row for number in range(20) for row in form(NEW + number, *names)]

    def refuse(*_: object) -> None:
        raise AssertionError("fitted or written again")

    monkeypatch.setattr(embedding, "fit", refuse)
    monkeypatch.setattr("vectorstore.collection.Vectors.put", refuse)
    with closing(IndicatorIndex(tmp_path)) as later:
        later.sync(rows)
        assert found(later, "测流断面", 1)


def test_the_same_rows_again_are_no_work(index: IndicatorIndex, no_rebuild: None) -> None:
    added = form(NEW, "鲢鳙鱼苗增殖放流尾数")
    assert index.follow({NEW: added})
    index.sync([*ROWS, *added])
    assert found(index, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]


def test_a_process_that_ends_without_closing_loses_nothing(tmp_path: Path) -> None:
    added = form(NEW, "鲢鳙鱼苗增殖放流尾数")
    with closing(IndicatorIndex(tmp_path)) as index:
        index.sync(ROWS)
        index._snapshot = None  # as a killed process, it writes nothing when it ends
    with closing(IndicatorIndex(tmp_path)) as later:
        later.sync([*ROWS[10:], *added])
        assert len(later) == 591
        assert found(later, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]


def test_a_small_or_outgrown_library_is_left_to_sync() -> None:
    with closing(IndicatorIndex(None)) as index:
        assert not index.follow({1: form(1, "鲢鳙鱼苗增殖放流尾数")})
        index.sync(ROWS[:90])
        assert not index.follow({NEW: form(NEW, "鲢鳙鱼苗增殖放流尾数")})
        index.sync(ROWS)
        many = {NEW + number: form(NEW + number, *["鲢鳙鱼苗"] * 10) for number in range(31)}
        assert not index.follow(many)
        assert len(index) == len(ROWS)


def test_a_new_name_is_found_by_its_meaning() -> None:
    model = Model()
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(ROWS)
        assert found(index, "蝙蝠侠") == []
        assert index.follow({NEW: form(NEW, MEANT["蝙蝠侠"])})
        assert model.asked[-1] == [MEANT["蝙蝠侠"]]
        assert found(index, "蝙蝠侠", 1) == [MEANT["蝙蝠侠"]]
        for number in range(1, 10):
            assert index.follow({NEW + number: form(NEW + number, *["测流断面"] * 10)})
        assert found(index, "蝙蝠侠", 1) == [MEANT["蝙蝠侠"]]
        assert index.follow({NEW: []})
        assert MEANT["蝙蝠侠"] not in found(index, "蝙蝠侠")


@pytest.mark.slow
def test_two_processes_of_one_server_follow_and_store_once(tmp_path: Path) -> None:
    added = form(NEW, "鲢鳙鱼苗增殖放流尾数")
    with (
        chroma_server(tmp_path / "server") as url,
        closing(IndicatorIndex(tmp_path / "three", chroma_url=url)) as three,
    ):
        with (
            closing(IndicatorIndex(tmp_path / "one", chroma_url=url)) as one,
            closing(IndicatorIndex(tmp_path / "two", chroma_url=url)) as two,
        ):
            for each in (one, two):
                each.sync(ROWS)
            for each in (one, two):
                assert each.follow({NEW: added, 3: []})
                assert found(each, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]
        three.sync([*(row for row in ROWS if row.form != 3), *added])
        assert three.search("鲢鳙鱼苗放流", 1)[0].score > 0.6
        assert len(three) == 591
