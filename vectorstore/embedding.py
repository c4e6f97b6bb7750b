"""The built-in embedding: tf-idf of characters and pairs in few dimensions; nothing is downloaded."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.space import Floats, LexicalSpace, Positions

if TYPE_CHECKING:
    from scipy import sparse

NAME = "char-lsa"
VERSION = 2
"""Raised with every change of the features or field weights: vectors of different versions do not compare."""
_LEAST_DIMENSIONS, _MOST_DIMENSIONS = 32, 256
_ROWS_PER_DIMENSION = 3
_LARGE, _LARGE_DIMENSIONS = 20_000, 128
"""From so many rows on, vectors only find candidates: fewer dimensions build and answer twice as fast."""
_FIT_ROWS = 4000
"""More rows than this add nothing to the axes found but cost time; the fit takes an even sample of them."""
_TINY = 1e-9
"""Shorter vectors are none."""


@dataclass(frozen=True)
class Embedding:
    """A fitted embedding. ``axes`` is features x dimensions; ``fitted_rows`` counts what it was fitted to."""

    vocabulary: Mapping[str, int]
    idf: Floats
    axes: Floats
    fitted_rows: int
    _mapped: dict[int, tuple[Mapping[str, int], Positions]] = field(default_factory=dict, repr=False)

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
        return np.asarray(vector / max(float(np.linalg.norm(vector)), _TINY), dtype=np.float32)

    def embed_rows(self, space: LexicalSpace, rows: Positions) -> Floats:
        """The unit vectors of some rows of a space; features that came after the fit count nothing."""
        vectors = np.asarray(self._tf_idf(space, rows) @ self.axes, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, _TINY), dtype=np.float32)

    def _tf_idf(self, space: LexicalSpace, rows: Positions) -> sparse.csr_array:
        """Rows x features of the fit, of length one as in ``space`` with all its features."""
        matrix = _strongest(space, rows)
        mine = self._mine(space.vocabulary)
        columns = mine[matrix.indices]
        idf = np.where(columns >= 0, self.idf[columns], 0.0)
        return _scaled(matrix, idf, np.maximum(columns, 0), len(self.idf))

    def _mine(self, vocabulary: Mapping[str, int]) -> Positions:
        """For each column of another vocabulary the column here, -1 for a feature that is not known here."""
        found = self._mapped.get(id(vocabulary))
        if found is None or found[0] is not vocabulary:
            found = (vocabulary, self._columns(vocabulary))
            self._mapped.clear()
            self._mapped[id(vocabulary)] = found
        return found[1]

    def extend(self, known: Mapping[str, int], vocabulary: Mapping[str, int]) -> None:
        """Prepares for a ``vocabulary`` that begins with all of a ``known`` one."""
        mapped = self._mine(known)
        more = self._columns(islice(vocabulary, len(known), None))
        # Searches that have begun go on with the known one.
        self._mapped[id(vocabulary)] = (vocabulary, np.concatenate([mapped, more]))
        for other in list(self._mapped):
            if other not in (id(known), id(vocabulary)):
                self._mapped.pop(other, None)  # a search may have cleared them

    def _columns(self, words: Iterable[str]) -> Positions:
        return np.fromiter((self.vocabulary.get(word, -1) for word in words), np.int32)

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
    matrix = _strongest(space, np.arange(0, count, max(1, count // _FIT_ROWS), dtype=np.int32))
    used, columns = np.unique(matrix.indices, return_inverse=True)
    words = list(space.vocabulary)
    idf = space.idf[used]
    matrix = _scaled(matrix, idf[columns], columns, len(used))
    most = _MOST_DIMENSIONS if count < _LARGE else _LARGE_DIMENSIONS
    wanted = min(most, max(_LEAST_DIMENSIONS, matrix.shape[0] // _ROWS_PER_DIMENSION))
    if min(matrix.shape) < 2:
        axes = np.asarray(matrix.sum(axis=0)).reshape(-1, 1)
    else:
        rounds = 5 if count < _FIT_ROWS else 2
        found = TruncatedSVD(min(wanted, min(matrix.shape) - 1), n_iter=rounds, random_state=0).fit(matrix)
        axes = found.components_.T
    vocabulary = {words[column]: line for line, column in enumerate(used.tolist())}
    return Embedding(vocabulary, idf, np.ascontiguousarray(axes, dtype=np.float32), count)


def _strongest(space: LexicalSpace, rows: Positions) -> sparse.csr_array:
    """Rows x features: a row's own field weights and, where stronger, those of its form."""
    return space.row_side[rows].maximum(space.form_side[space.form_of[rows]]).tocsr()


def _scaled(
    matrix: sparse.csr_array, idf: Floats, columns: NDArray[np.integer], count: int
) -> sparse.csr_array:
    """``matrix`` times ``idf`` (one for each entry), its rows of length one, in other ``columns``."""
    from scipy import sparse  # noqa: PLC0415  half a second that only a search needs

    data = matrix.data * idf
    lines = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    lengths = np.sqrt(np.bincount(lines, weights=data * data, minlength=matrix.shape[0]))
    data = np.asarray(data / np.maximum(lengths, _TINY)[lines], dtype=np.float32)
    return sparse.csr_array((data, columns, matrix.indptr), shape=(matrix.shape[0], count))
