"""A large library follows the change of one form at once; what is found is what indexing all of it finds."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant.generated_indicators import generated_queries, generated_rows
from tests.vectorstore.chroma import chroma_server, client_of
from tests.vectorstore.test_model_vectors import MEANT, Model
from vectorstore import embedding, search
from vectorstore import index as index_module
from vectorstore.growth import settled
from vectorstore.index import Filters, IndicatorIndex
from vectorstore.mix import Mix
from vectorstore.row import IndicatorRow
from vectorstore.search import Snapshot
from vectorstore.space import LexicalSpace

ROOT = Path(__file__).resolve().parents[2]
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


def taken_in() -> None:
    """Waits until what has changed is one with what was indexed, where that has begun."""
    for thread in threading.enumerate():
        if thread.name == "settle":
            thread.join(60)


def by_vectors(index: IndicatorIndex) -> bool:
    """Whether vectors take part in what is found: words alone score lower."""
    return index.search(ROWS[50].indicator, 1)[0].score > 0.6


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some hundred rows are treated as many thousand are."""
    monkeypatch.setattr(index_module, "SMALL", 100)
    monkeypatch.setattr(search, "SMALL", 100)
    monkeypatch.setattr(search, "RANKED", 100)
    monkeypatch.setattr(search, "NEIGHBOURS", 50)
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


FURTHER = list(generated_rows(800))
GONE = (7, 8, 9)
AFTERWARDS = [row for row in FURTHER if row.form not in GONE]
QUERIES = [*generated_queries(60), "鲢鳙鱼苗放流", "地下蓄洪闸", *(row.indicator for row in ROWS[60:90:3])]


def follow_all(index: IndicatorIndex) -> None:
    """Gives ``index``, which has ROWS, all that makes AFTERWARDS of them, form by form."""
    assert index.follow({NEW: form(NEW, "地下蓄洪闸启闭演习次数", "鲢鳙鱼苗增殖放流尾数")})
    for number in sorted({row.form for row in FURTHER[len(ROWS) :]}):
        assert index.follow({number: [row for row in FURTHER if row.form == number]})
        if number % 3:
            taken_in()
    assert index.follow({number: [] for number in GONE})
    assert index.follow({NEW: []})
    taken_in()


@pytest.mark.parametrize("later", [60, 1000], ids=["taken in now and then", "all beside"])
def test_words_find_exactly_what_indexing_all_of_it_finds(
    index: IndicatorIndex, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_LATER", later)
    follow_all(index)
    with closing(IndicatorIndex(None)) as other:
        other.sync(AFTERWARDS)
        assert len(index) == len(other)
        for filters in (Filters(), Filters(year=2024)):
            mine, theirs = (
                [
                    {(hit.row, hit.score, hit.why) for hit in hits}
                    for hits in each.search_many(QUERIES, 10, filters, mix=Mix(neighbours=0))
                ]
                for each in (index, other)
            )
            assert mine == theirs


@pytest.mark.parametrize("later", [60, 1000], ids=["taken in now and then", "all beside"])
def test_vectors_find_what_indexing_all_of_it_finds(
    tmp_path: Path, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same axes; Chroma's graph, grown in another order, may lead elsewhere now and then."""
    monkeypatch.setattr(index_module, "_LATER", later)
    with (
        closing(IndicatorIndex(tmp_path / "one")) as index,
        closing(IndicatorIndex(tmp_path / "two")) as other,
    ):
        index.sync(ROWS)
        shutil.copy(tmp_path / "one" / "embedding.npz", tmp_path / "two")
        other.sync(AFTERWARDS)
        follow_all(index)
        same = of = 0
        for mine, theirs in zip(*(each.search_many(QUERIES, 10) for each in (index, other)), strict=True):
            scores = {hit.row.id: hit.score for hit in theirs}
            same += sum(abs(scores.get(hit.row.id, 9) - hit.score) < 0.005 for hit in mine)
            of += len(theirs)
        assert same / of >= 0.97


def test_many_changes_are_taken_in_and_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"第{number}座测流断面" for number in range(10)]
    with closing(IndicatorIndex(tmp_path)) as index:
        index.sync(ROWS)
        for number in range(20):
            assert index.follow({NEW + number: form(NEW + number, *names)})
        assert index.follow({2: []})
        taken_in()
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


def test_changes_and_searches_go_on_while_many_are_taken_in(
    index: IndicatorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(snapshot: Snapshot) -> Snapshot:
        begun.set()
        assert go_on.wait(30)
        return settled(snapshot)

    monkeypatch.setattr(index_module, "settled", slow)
    for number in range(7):
        assert index.follow({NEW + number: form(NEW + number, *["测流断面"] * 10)})
    assert begun.wait(30)
    assert index.follow(
        {NEW: form(NEW, "鳜鱼苗增殖放流尾数"), NEW + 1: [], NEW + 7: form(NEW + 7, "鲢鳙鱼苗放流尾数")}
    )
    for _ in range(2):
        assert len(index) == 600 + 1 + 50 + 1
        assert found(index, "鳜鱼苗增殖", 1) == ["鳜鱼苗增殖放流尾数"]
        assert found(index, "鲢鳙鱼苗", 1) == ["鲢鳙鱼苗放流尾数"]
        forms = {hit.row.form for hit in index.search("测流断面", 100)}
        assert {NEW + at for at in range(2, 7)} <= forms
        assert NEW + 1 not in forms
        go_on.set()
        taken_in()


def test_the_same_rows_again_are_no_work(index: IndicatorIndex, no_rebuild: None) -> None:
    added = form(NEW, "鲢鳙鱼苗增殖放流尾数")
    assert index.follow({NEW: added})
    index.sync([*ROWS, *added])
    assert found(index, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.vectorstore.test_follow import NEW, ROWS, form\n"
        "from vectorstore import index\n"
        "index.SMALL = 100\n"
        "opened = index.IndicatorIndex(Path(sys.argv[1]))\n"
        "opened.sync(ROWS)\n"
        "assert opened.follow({NEW: form(NEW, '鲢鳙鱼苗增殖放流尾数')})\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=100, cwd=ROOT)
    with closing(IndicatorIndex(tmp_path)) as later:
        later.sync([*ROWS[10:], *form(NEW, "鲢鳙鱼苗增殖放流尾数")])
        assert len(later) == 591
        assert by_vectors(later)
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
        taken_in()
        assert found(index, "蝙蝠侠", 1) == [MEANT["蝙蝠侠"]]
        assert index.model_rows == len(index) == 600 + 1 + 90
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


@pytest.mark.slow
def test_a_lost_collection_is_written_again_with_what_came_later(tmp_path: Path) -> None:
    added = form(NEW, "鲢鳙鱼苗增殖放流尾数")
    wanted = {f"{row.id}#{row.content:012x}" for row in [*ROWS, *added] if row.form != 3}
    with chroma_server(tmp_path / "server") as url, client_of(url) as client:

        def stored() -> set[str]:
            return {at for each in client.list_collections() for at in each.get()["ids"]}

        with closing(IndicatorIndex(tmp_path / "one", chroma_url=url)) as one:
            one.sync(ROWS)
            assert one.follow({NEW: added, 3: []})
            for collection in client.list_collections():
                client.delete_collection(collection.name)
            assert not by_vectors(one), "words alone answer meanwhile"
            end = time.monotonic() + 60
            while not by_vectors(one):
                assert time.monotonic() < end
                time.sleep(0.2)
            assert found(one, "鲢鳙鱼苗放流", 1) == ["鲢鳙鱼苗增殖放流尾数"]
            assert one.follow({NEW + 1: added, NEW + 1: []})
        assert wanted <= stored()
