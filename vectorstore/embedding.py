"""The built-in embedding: tf-idf of characters and pairs in few dimensions; nothing is downloaded."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.space import Floats, LexicalSpace, Positions

if TYPE_CHECKING:
    from scipy import sparse

NAME = "char-lsa"
VERSION = 1
"""Raised with every change of the features or field weights: vectors of different versions do not compare."""
_LEAST_DIMENSIONS, _MOST_DIMENSIONS = 32, 256
_ROWS_PER_DIMENSION = 3
_FIT_ROWS = 4000
"""More rows than this add nothing to the axes found but cost time; the fit takes an even sample of them."""


@dataclass(frozen=True)
class Embedding:
    """A fitted embedding. ``axes`` is features x dimensions; ``fitted_rows`` counts what it was fitted to."""

    vocabulary: Mapping[str, int]
    idf: Floats
    axes: Floats
    fitted_rows: int

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.axes.shape[1])

    @property
    def fingerprint(self) -> str:
        """``name-version-dimensions-hash``; the hash covers features and axes (to three decimals)."""
        content = hashlib.sha256("\n".join(self.vocabulary).encode())
        content.update(np.round(np.abs(self.axes), 3).tobytes())
        return f"{NAME}-{VERSION}-{self.dimensions}-{content.hexdigest()[:12]}"

    def embed(self, bag: Mapping[str, float]) -> Floats:
        """The unit vector of a bag of weighted features; all zeros where none of them is known."""
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for feature, weight in bag.items():
            column = self.vocabulary.get(feature)
            if column is not None:
                vector += self.axes[column] * (weight * self.idf[column])
        unit: Floats = _unit(vector[None, :])[0]
        return unit

    def embed_rows(self, space: LexicalSpace, rows: Positions) -> Floats:
        """The unit vectors of some rows of a space; features that came after the fit count nothing."""
        columns = [(here, self.vocabulary.get(word, -1)) for word, here in space.vocabulary.items()]
        known = np.array([pair for pair in columns if pair[1] >= 0], dtype=np.intp).reshape(-1, 2)
        idf = np.zeros(len(space.vocabulary), dtype=np.float32)
        axes = np.zeros((len(space.vocabulary), self.dimensions), dtype=np.float32)
        idf[known[:, 0]] = self.idf[known[:, 1]]
        axes[known[:, 0]] = self.axes[known[:, 1]]
        return _unit(np.asarray(_tf_idf(space, idf, rows) @ axes, dtype=np.float32))

    def save(self, file: Path) -> None:
        """Writes the fitted state; a reader sees the old file or the new one, never a part."""
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        with partial.open("wb") as out:
            np.savez_compressed(
                out,
                fingerprint=np.array(self.fingerprint),
                vocabulary=np.array("\n".join(self.vocabulary)),
                idf=self.idf,
                axes=self.axes,
                fitted_rows=np.array(self.fitted_rows),
            )
        partial.replace(file)


def load(file: Path) -> Embedding | None:
    """A fitted state as saved; None where the file is missing, damaged, or of another version."""
    try:
        with file.open("rb") as content, np.load(content, allow_pickle=False) as state:
            words = str(state["vocabulary"]).split("\n")
            vocabulary = {word: column for column, word in enumerate(words)}
            found = Embedding(vocabulary, state["idf"], state["axes"], int(state["fitted_rows"]))
            intact = str(state["fingerprint"]) == found.fingerprint
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    return found if intact else None


def fit(space: LexicalSpace) -> Embedding:
    """Fits the axes to ``space``: a truncated singular value decomposition with a fixed seed."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  takes seconds, and only a fit needs it

    count = len(space.form_of)
    matrix = _tf_idf(space, space.idf, np.arange(0, count, max(1, count // _FIT_ROWS), dtype=np.int32))
    wanted = min(_MOST_DIMENSIONS, max(_LEAST_DIMENSIONS, matrix.shape[0] // _ROWS_PER_DIMENSION))
    if min(matrix.shape) < 2:
        axes = np.asarray(matrix.sum(axis=0)).reshape(-1, 1)
    else:
        axes = TruncatedSVD(min(wanted, min(matrix.shape) - 1), random_state=0).fit(matrix).components_.T
    return Embedding(space.vocabulary, space.idf, np.ascontiguousarray(axes, dtype=np.float32), count)


def _tf_idf(space: LexicalSpace, idf: Floats, rows: Positions) -> sparse.csr_array:
    """Rows x features, of length one: a row's own features and, where stronger, those of its form."""
    from scipy import sparse  # noqa: PLC0415  half a second that only a search needs

    own = space.row_side.tocsr()[rows]
    shared = space.form_side.tocsr()[space.form_of[rows]]
    matrix = own.maximum(shared) @ sparse.diags_array(idf)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(lengths, 1e-9)) @ matrix, dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
