"""The built-in embedding: tf-idf of characters and pairs, reduced to a few dimensions. Nothing is downloaded."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from vectorstore.lexical import Floats, LexicalSpace

NAME = "char-lsa"
VERSION = 1
"""Raised with every change of the features or field weights: vectors of different versions do not compare."""
LEAST_DIMENSIONS, MOST_DIMENSIONS = 32, 256
_ROWS_PER_DIMENSION = 3
_FIT_ROWS = 4000
"""More rows than this add nothing to the axes found but cost time; the fit takes an even sample of them."""


@dataclass(frozen=True)
class Embedding:
    """A fitted embedding. ``axes`` is features x dimensions; ``fitted_rows`` counts the rows it was fitted to."""

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
        return _unit(vector[None, :])[0]

    def embed_space(self, space: LexicalSpace, rows: slice = slice(None)) -> Floats:
        """The unit vectors of ``rows`` of a space, rows x dimensions; features unknown to the fit count nothing."""
        known = [(column, self.vocabulary.get(word)) for word, column in space.vocabulary.items()]
        pairs = np.array([(here, there) for here, there in known if there is not None], dtype=np.intp)
        idf = np.zeros(len(space.vocabulary), dtype=np.float32)
        axes = np.zeros((len(space.vocabulary), self.dimensions), dtype=np.float32)
        if len(pairs):
            idf[pairs[:, 0]] = self.idf[pairs[:, 1]]
            axes[pairs[:, 0]] = self.axes[pairs[:, 1]]
        return _unit(np.asarray(_combined(space, idf, rows) @ axes, dtype=np.float32))

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
        with np.load(file, allow_pickle=False) as state:
            words = str(state["vocabulary"]).split("\n")
            vocabulary = {word: column for column, word in enumerate(words)}
            found = Embedding(vocabulary, state["idf"], state["axes"], int(state["fitted_rows"]))
            intact = str(state["fingerprint"]) == found.fingerprint
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return found if intact else None


def fit(space: LexicalSpace) -> Embedding:
    """Fits the axes to ``space``: a truncated singular value decomposition with a fixed seed."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  takes seconds, and only a fit needs it

    step = max(1, len(space.form_of) // _FIT_ROWS)
    matrix = _combined(space, space.idf, slice(None, None, step))
    wanted = min(MOST_DIMENSIONS, max(LEAST_DIMENSIONS, matrix.shape[0] // _ROWS_PER_DIMENSION))
    if min(matrix.shape) < 2:
        axes = np.asarray(matrix.sum(axis=0), dtype=np.float32).reshape(-1, 1)
    else:
        found = TruncatedSVD(min(wanted, min(matrix.shape) - 1), random_state=0).fit(matrix)
        axes = found.components_.T
    return Embedding(
        space.vocabulary, space.idf, np.ascontiguousarray(axes, dtype=np.float32), len(space.form_of)
    )


def _combined(space: LexicalSpace, idf: Floats, rows: slice) -> sparse.csr_array:
    """Rows x features, tf-idf: a row's own features and, where stronger, those of its form; rows of length one."""
    shared = space.form_side.tocsr()[space.form_of[rows]]
    own = space.row_side.tocsr()[rows]
    matrix = own.maximum(shared) @ sparse.diags_array(idf)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(norms, 1e-9)) @ matrix, dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
