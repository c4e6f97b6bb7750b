"""A configured embedding model as one more list, with an embedder that can be told to fail."""

import hashlib
import logging
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelUnavailableError
from tests.vectorstore.other_offices import rows
from vectorstore import model_vectors
from vectorstore.index import Hit, IndicatorIndex
from vectorstore.model_cache import VectorCache
from vectorstore.probes import PAIRS, probe, probe_texts

MEANT = {"蝙蝠侠": "聘用生态护林员人数"}
"""What only the model knows: no word of the first stands in the second or in the lexicon."""


class Model:
    """Vectors by meaning: the pairs of the probes and of MEANT share one, all other texts are far apart."""

    def __init__(self, seed: str = "", *, knows_nothing: bool = False) -> None:
        self.model = "meaning"
        self.asked: list[list[str]] = []
        self.without: set[str] = set()
        self.cut: set[str] = set()
        self.down = False
        self.slow = 0.0
        self._seed = seed
        self._same = {} if knows_nothing else {spoken: printed for printed, spoken in PAIRS} | MEANT

    def embed(self, texts: Sequence[str], seconds: float) -> list[tuple[float, ...] | None]:
        assert seconds > 0
        self.asked.append(list(texts))
        time.sleep(self.slow)
        if self.down:
            raise ModelUnavailableError("连不上向量模型服务。")
        vectors = [self._vector(self._same.get(text, text)) for text in texts]
        given = [
            vector[:32] if text in self.cut else vector for text, vector in zip(texts, vectors, strict=True)
        ]
        return [None if text in self.without else vector for text, vector in zip(texts, given, strict=True)]

    def _vector(self, text: str) -> tuple[float, ...]:
        number = int(hashlib.sha256((self._seed + text).encode()).hexdigest()[:8], 16)
        return tuple(np.random.default_rng(number).standard_normal(64).tolist())


def found(index: IndicatorIndex, query: str = "蝙蝠侠") -> list[str]:
    return [hit.row.indicator for hit in index.search(query, 3)]


def hits(model: Model | None) -> list[list[Hit]]:
    queries = ["护林员", "打预防针", "种了多少树", "群众满不满意", "钱有没有按时给"]
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        return index.search_many(queries, 10)


def test_what_only_the_model_knows_is_found_and_said() -> None:
    model = Model()
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        hit = index.search("蝙蝠侠", 1)[0]
        assert (hit.row.indicator, hit.why) == ("聘用生态护林员人数", "语义相近")
        assert index.notice == ""
    with closing(IndicatorIndex(None)) as without:
        without.sync(rows())
        assert found(without) == []


def test_says_how_many_rows_carry_its_vectors() -> None:
    model = Model()
    missing = model_vectors.name_of_indicator(rows()[0].indicator)
    model.without = {missing}
    lacking = sum(model_vectors.name_of_indicator(row.indicator) == missing for row in rows())
    with closing(IndicatorIndex(None, embedder=model)) as index:
        assert index.model_rows == 0
        index.sync(rows())
        assert index.model_rows == len(rows()) - lacking
        model.without = set()
        index.rebuild(rows())
        assert index.model_rows == len(rows())
    with closing(IndicatorIndex(None)) as index:
        index.sync(rows())
        assert index.model_rows is None


def test_a_model_that_knows_nothing_changes_nothing_and_is_named() -> None:
    junk = Model(knows_nothing=True)
    assert hits(junk) == hits(None)
    with closing(IndicatorIndex(None, embedder=junk)) as index:
        index.sync(rows())
        assert "分不清" in index.notice


def test_names_are_asked_once_for_all_processes_and_restarts(tmp_path: Path) -> None:
    with closing(IndicatorIndex(tmp_path, embedder=Model())) as index:
        index.sync(rows())
    later = Model()
    with closing(IndicatorIndex(tmp_path, embedder=later)) as owner:
        owner.sync(rows())
        assert found(owner)[0] == MEANT["蝙蝠侠"]
        with closing(IndicatorIndex(tmp_path, embedder=later)) as second:
            second.sync(rows())
            assert found(second)[0] == MEANT["蝙蝠侠"]
    canary = PAIRS[0][0]
    assert later.asked == [[canary, "蝙蝠侠"]] * 2


def test_a_lost_store_is_filled_again_without_asking(tmp_path: Path) -> None:
    with closing(IndicatorIndex(tmp_path, embedder=Model())) as index:
        index.sync(rows())
    for file in tmp_path.glob("store-*/chroma.sqlite3"):
        file.write_bytes(b"this is no database" * 500)
    later = Model()
    with closing(IndicatorIndex(tmp_path, embedder=later)) as index:
        index.sync(rows())
        assert later.asked == []
        assert found(index)[0] == MEANT["蝙蝠侠"]


def test_new_names_only_are_asked_and_gone_ones_not_found(tmp_path: Path) -> None:
    model = Model()
    with closing(IndicatorIndex(tmp_path, embedder=model)) as index:
        index.sync(rows())
        added = rows()[0].model_copy(update={"form": 99, "indicator": "指标1：博物馆接待观众人次"})
        index.sync([*rows(), added])
        assert model.asked[-1] == ["博物馆接待观众人次"]
        index.sync([row for row in rows() if row.indicator != MEANT["蝙蝠侠"]])
        assert found(index) == []


def test_a_model_that_is_down_is_said_once_and_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    model = Model()
    with (
        closing(IndicatorIndex(None, embedder=model)) as index,
        caplog.at_level(logging.INFO, "vectorstore.model_vectors"),
    ):
        index.sync(rows())
        model.down = True
        model.asked.clear()
        for query in ("护林员", "造林", "演练"):
            assert index.search(query, 1)
        assert len(model.asked) == 1
        assert index.notice == "连不上向量模型服务。"
    assert [record.message for record in caplog.records] == ["连不上向量模型服务。"]


def test_a_slow_model_is_not_waited_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model()
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        model.asked.clear()
        monkeypatch.setattr(model_vectors, "QUERY_SECONDS", 0.05)
        model.slow = 0.1
        for query in ("护林员", "造林", "演练", "桥梁"):
            assert index.search(query, 1)
        assert [asked[-1] for asked in model.asked] == ["护林员"]
        monkeypatch.setattr(model_vectors, "QUERY_SECONDS", 5)
        assert index.search("桥梁", 1)
        assert model.asked[-1] == ["桥梁"]


def test_a_model_that_is_down_from_the_start() -> None:
    model = Model()
    model.down = True
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        assert [hit.row.indicator for hit in index.search("护林员", 1)] == ["聘用生态护林员人数"]
        assert index.notice == "连不上向量模型服务。"
    assert len(model.asked) == 1


def test_a_name_without_a_vector_is_found_by_its_words() -> None:
    model = Model()
    model.without = {"聘用生态护林员人数"}
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        assert found(index, "护林员")[0] == "聘用生态护林员人数"
        assert found(index) == []
        model.without = set()
        index.rebuild(rows())
        assert found(index)[0] == "聘用生态护林员人数"


def test_a_vector_of_another_length_counts_as_none() -> None:
    model = Model()
    odd = model_vectors.name_of_indicator(rows()[0].indicator)
    model.cut = {odd}
    having = sum(model_vectors.name_of_indicator(row.indicator) != odd for row in rows())
    with closing(IndicatorIndex(None, embedder=model)) as index:
        index.sync(rows())
        assert index.model_rows == having
        assert found(index) == ["聘用生态护林员人数"]
        assert odd in found(index, odd)


def test_another_model_behind_the_same_name_is_noticed(tmp_path: Path) -> None:
    with closing(IndicatorIndex(tmp_path, embedder=Model())) as index:
        index.sync(rows())
    with closing(IndicatorIndex(tmp_path, embedder=Model(seed="other"))) as index:
        index.sync(rows())
        assert found(index) == []
        assert "reindex" in index.notice
        index.rebuild(rows())
        assert found(index)[0] == MEANT["蝙蝠侠"]
        assert index.notice == ""


def test_search_goes_on_when_the_kept_vectors_are_damaged(tmp_path: Path) -> None:
    with closing(IndicatorIndex(tmp_path, embedder=Model())) as index:
        index.sync(rows())
    (tmp_path / "model-vectors.sqlite3").write_bytes(b"no database" * 1000)
    with closing(IndicatorIndex(tmp_path, embedder=Model())) as index:
        index.sync(rows())
        assert found(index)[0] == MEANT["蝙蝠侠"]
    assert set(VectorCache(tmp_path / "model-vectors.sqlite3").read("meaning", probe_texts())) == set(
        probe_texts()
    )


def test_the_probe_trusts_by_how_often_the_right_name_is_nearer() -> None:
    model = Model()

    def vectors(source: Model) -> dict[str, np.ndarray]:
        return {
            text: np.array(vector) / np.linalg.norm(vector)
            for text, vector in zip(probe_texts(), source.embed(probe_texts(), 1), strict=True)
            if vector is not None
        }

    good = probe(vectors(model))
    assert good.trust == 1.0
    assert good.scaled(np.array([good.unlike, good.like, 2.0], dtype=np.float32)).tolist() == [0.0, 1.0, 1.0]
    assert probe(vectors(Model(knows_nothing=True))).trust == 0.0
    assert probe({text: np.ones(4) / 2 for text in probe_texts()}).trust == 0.0
    assert probe({}).trust == 0.0
