import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.chroma import chroma_server, client_of
from tests.vectorstore.other_offices import rows
from vectorstore import embedding
from vectorstore.columns import build_columns
from vectorstore.index import Hit, IndicatorIndex
from vectorstore.row import IndicatorRow

ROOT = Path(__file__).resolve().parents[2]


def names(hits: list[Hit]) -> list[str]:
    return [hit.row.indicator for hit in hits]


@pytest.fixture
def no_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test in which the index is fitted again instead of being taken as stored."""

    def refuse(_space: object) -> None:
        raise AssertionError("fitted again")

    monkeypatch.setattr(embedding, "fit", refuse)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder in which an earlier process has left an index of all rows."""
    with closing(IndicatorIndex(tmp_path)) as index:
        index.sync(rows())
    return tmp_path


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    with closing(IndicatorIndex(tmp_path)) as index:
        assert index.search("培训") == []
        index.sync([])
        assert index.search("培训") == []
        assert len(index) == 0


def test_rows_that_are_gone_are_not_found_again_in_the_store(stored: Path) -> None:
    with closing(IndicatorIndex(stored)) as index:
        index.sync([])
        assert index.search("演练") == []
    with closing(IndicatorIndex(stored)) as later:
        later.sync([])
        assert later.search("演练") == []


def test_a_library_of_one_row() -> None:
    with closing(IndicatorIndex(None)) as index:
        index.rebuild(rows()[:1])
        assert names(index.search("疫苗接种")) == [rows()[0].indicator]
        assert index.search("河道清淤") == []


def test_a_restart_takes_the_index_as_stored(stored: Path, no_fit: None) -> None:
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
        assert names(index.search("种了多少树", 2))[0] in {"完成人工造林面积", "当年造林成活率"}


def test_few_changes_are_written_without_a_new_fit(stored: Path, no_fit: None) -> None:
    changed = [row.model_copy(update={"indicator": "聘用湿地管护员人数"}) for row in rows()[-3:-2]]
    added = IndicatorRow(
        form=99, row=1, indicator="博物馆接待观众人次", level2="数量指标", project_name="博物馆"
    )
    wanted = [*rows()[1:-3], *changed, *rows()[-2:], added]
    with closing(IndicatorIndex(stored)) as index:
        index.sync(wanted)
        assert names(index.search("湿地管护员", 1)) == ["聘用湿地管护员人数"]
        assert names(index.search("博物馆观众", 1)) == ["博物馆接待观众人次"]
        assert rows()[0].indicator not in names(index.search(rows()[0].indicator, 50))
    with closing(IndicatorIndex(stored)) as again:
        again.sync(wanted)
        assert len(again) == len(wanted)


def test_a_vector_counts_only_for_a_row_that_says_what_was_embedded() -> None:
    first, second, third = rows()[:3]
    changed = first.model_copy(update={"explanation": "汛期提前"})
    ids = [f"{row.id}#{row.content:012x}" for row in (first, changed, third)]
    assert build_columns([second, first]).positions(ids).tolist() == [1, -1, -1]


def test_many_changes_lead_to_a_new_fit(stored: Path) -> None:
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows()[:40])
        assert len(index) == 40
    before = embedding.load(stored / "embedding.npz")
    assert before is not None
    assert before.fitted_rows == 40


def test_a_deleted_folder_is_built_again(stored: Path) -> None:
    shutil.rmtree(stored)
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
        assert index.search("演练")


def test_a_damaged_database_is_left_behind(stored: Path) -> None:
    for file in stored.glob("store-*/chroma.sqlite3"):
        file.write_bytes(b"this is no database" * 500)
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
        assert names(index.search("抽检合格率", 1)) == ["农产品质量安全抽检合格率"]
    with closing(IndicatorIndex(stored)) as again:
        again.sync(rows())
        assert again.search("演练")


def test_a_damaged_fitted_state_is_built_again(stored: Path) -> None:
    (stored / "embedding.npz").write_bytes(b"broken")
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
        assert index.search("演练")
    assert embedding.load(stored / "embedding.npz") is not None


def _with_the_store(folder: Path, what: str) -> None:
    """Changes the stored collection behind the index's back, in a process of its own."""
    code = (
        "import sys, chromadb\n"
        "from chromadb.config import Settings\n"
        "client = chromadb.PersistentClient(sys.argv[1], Settings(anonymized_telemetry=False))\n"
        "collection = client.list_collections()[0]\n" + what
    )
    store = next(folder.glob("store-*"))
    subprocess.run([sys.executable, "-c", code, str(store)], check=True, timeout=60)


@pytest.mark.slow
def test_lost_rows_are_noticed_by_the_count(stored: Path) -> None:
    _with_the_store(stored, "collection.delete(ids=collection.get(limit=2)['ids'])")
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
    _with_the_store(stored, f"assert collection.count() == {len(rows())}")


@pytest.mark.slow
def test_stale_vectors_are_noticed_by_searching_a_sample(stored: Path) -> None:
    """The count is right, but rows cannot be reached by their own vectors."""
    _with_the_store(
        stored,
        "found = collection.get(include=['embeddings'])\n"
        "collection.update(ids=found['ids'], embeddings=-found['embeddings'])",
    )
    with closing(IndicatorIndex(stored)) as index:
        index.sync(rows())
        nearest = index.search("生态护林员", 1)
    assert names(nearest) == ["聘用生态护林员人数"]
    assert nearest[0].score > 0.6


@pytest.mark.slow
def test_an_index_in_use_is_opened_in_memory_by_a_second_process(stored: Path) -> None:
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from tests.vectorstore.other_offices import rows\n"
        "from vectorstore.index import IndicatorIndex\n"
        "index = IndicatorIndex(Path(sys.argv[1]))\n"
        "index.sync(rows()[1:])\n"
        "print(json.dumps([index.persistent, [hit.row.indicator for hit in index.search('护林员', 3)]]))\n"
        "index.close()\n"
    )
    with closing(IndicatorIndex(stored)) as owner:
        owner.sync(rows())
        second = subprocess.run(
            [sys.executable, "-c", code, str(stored)],
            check=True,
            capture_output=True,
            cwd=ROOT,
            timeout=60,
        )
        assert json.loads(second.stdout) == [False, names(owner.search("护林员", 3))]
        assert owner.persistent
        assert len(owner) == len(rows())
    with closing(IndicatorIndex(stored)) as later:
        later.sync(rows())
        assert later.persistent


def test_two_indexes_of_one_process_do_not_mix(stored: Path) -> None:
    with closing(IndicatorIndex(stored)) as owner, closing(IndicatorIndex(stored)) as second:
        owner.sync(rows())
        second.sync(rows()[:30])
        with closing(IndicatorIndex(None)) as third:
            third.sync(rows()[30:])
            assert (len(owner), len(second), len(third)) == (len(rows()), 30, len(rows()) - 30)
            assert names(owner.search("护林员", 1)) == names(third.search("护林员", 1))
        assert second.search("疫苗接种", 1)
        assert (owner.persistent, second.persistent) == (True, False)


def test_searching_goes_on_while_the_index_is_rebuilt(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    done = threading.Event()
    with closing(IndicatorIndex(tmp_path)) as index:
        index.sync(rows())

        def ask() -> None:
            try:
                while not done.is_set():
                    assert "聘用生态护林员人数" in names(index.search("护林员", 3))
            except BaseException as error:  # noqa: BLE001
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            index.rebuild(rows())
            index.sync(rows()[:-1])
        done.set()
        for thread in threads:
            thread.join()
    assert not failures


Two = tuple[IndicatorIndex, IndicatorIndex]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def two(server: str, tmp_path: Path) -> Iterator[Two]:
    """The indexes of two machines on one server, on which nothing is left of other tests."""
    with client_of(server) as client:
        for collection in client.list_collections():
            client.delete_collection(collection.name)
    with (
        closing(IndicatorIndex(tmp_path / "one", chroma_url=server)) as one,
        closing(IndicatorIndex(tmp_path / "two", chroma_url=server)) as other,
    ):
        yield one, other


def by_vectors(index: IndicatorIndex, query: str) -> bool:
    """Whether the vectors take part in what is found: words alone score lower."""
    return index.search(query, 3)[0].score > 0.6


@pytest.mark.slow
def test_two_machines_on_one_server_find_the_same(two: Two) -> None:
    one, other = two
    one.sync(rows())
    assert one.persistent
    other.sync(rows())
    assert other.search("护林员", 3) == one.search("护林员", 3)
    other.rebuild(rows())
    assert by_vectors(one, "护林员")
    one.sync(rows()[:-1])
    assert len(one) == len(rows()) - 1
    assert rows()[-1].indicator not in names(one.search(rows()[-1].indicator, 50))


@pytest.mark.slow
def test_two_machines_that_write_at_once_do_not_undo_each_other(two: Two) -> None:
    for act in (IndicatorIndex.sync, IndicatorIndex.rebuild, IndicatorIndex.rebuild):
        with ThreadPoolExecutor() as threads:
            for done in [threads.submit(act, index, rows()) for index in two]:
                done.result()
        assert all(by_vectors(index, "护林员") for index in two)


@pytest.mark.slow
def test_a_machine_that_is_late_leaves_the_newer_rows(two: Two, server: str) -> None:
    one, late = two
    one.sync(rows()[:-1])
    late.sync(rows()[:-1])
    one.sync(rows())
    late.sync(rows()[:-2])
    with client_of(server) as client:
        [stored] = [c for c in client.list_collections() if c.name.startswith("indicators-")]
        assert {row.id for row in rows()} <= {"#".join(i.split("#")[:2]) for i in stored.get()["ids"]}
    assert len(late) == len(rows()) - 2
    assert rows()[-1].indicator not in names(late.search(rows()[-1].indicator, 50))


@pytest.mark.slow
def test_a_collection_that_is_lost_on_the_server_is_written_again(two: Two, server: str) -> None:
    one, _ = two
    one.sync(rows())
    with client_of(server) as client:
        for collection in client.list_collections():
            client.delete_collection(collection.name)
    assert names(one.search("护林员", 1)) == ["聘用生态护林员人数"], "words alone answer meanwhile"
    end = time.monotonic() + 60
    while not by_vectors(one, "护林员"):
        assert time.monotonic() < end
        time.sleep(0.2)


def test_without_the_configured_server_words_alone_are_ranked(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with closing(IndicatorIndex(tmp_path, chroma_url=url)) as index:
        index.sync(rows())
        assert names(index.search("护林员", 1)) == ["聘用生态护林员人数"]
