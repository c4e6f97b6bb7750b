from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.other_offices import rows
from vectorstore import embedding
from vectorstore.space import build_space


def every(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.int32)


@pytest.mark.parametrize("count", [1, 2, 9, 70])
def test_a_library_of_any_size_can_be_embedded(count: int) -> None:
    space = build_space(rows()[:count])
    fitted = embedding.fit(space)
    vectors = fitted.embed_rows(space, every(count))
    assert vectors.shape == (count, fitted.dimensions)
    assert fitted.dimensions <= 256
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_the_same_rows_give_the_same_embedding() -> None:
    first, second = embedding.fit(build_space(rows())), embedding.fit(build_space(rows()))
    assert first.fingerprint == second.fingerprint
    assert embedding.fit(build_space(rows()[1:])).fingerprint != first.fingerprint


def test_unknown_words_have_no_vector() -> None:
    fitted = embedding.fit(build_space(rows()))
    assert not fitted.embed({"鼹鼠": 1.0}).any()
    assert fitted.embed({"鼹鼠": 1.0, "培": 1.0, "造林": 1.0}).any()


def test_rows_that_came_after_the_fit_are_embedded_by_what_is_known() -> None:
    fitted = embedding.fit(build_space(rows()[:60]))
    later = build_space(rows())
    vectors = fitted.embed_rows(later, every(len(rows())))
    before = fitted.embed_rows(build_space(rows()[:60]), every(60))
    assert np.allclose(vectors[:60], before, atol=1e-5)


def test_the_fitted_state_survives_a_restart_and_damage_is_noticed(tmp_path: Path) -> None:
    fitted = embedding.fit(build_space(rows()))
    file = tmp_path / "embedding.npz"
    fitted.save(file)
    loaded = embedding.load(file)
    assert loaded is not None
    assert loaded.fingerprint == fitted.fingerprint
    assert np.array_equal(loaded.embed({"造林": 1.0}), fitted.embed({"造林": 1.0}))
    assert [path.name for path in tmp_path.iterdir()] == ["embedding.npz"]
    content = file.read_bytes()
    for damaged in (content[: len(content) // 2], b"", b"not an archive", content[:-200] + b"x" * 200):
        file.write_bytes(damaged)
        assert embedding.load(file) is None
    assert embedding.load(tmp_path / "missing.npz") is None
