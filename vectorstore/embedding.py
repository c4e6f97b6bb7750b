"""The built-in embedding: tf-idf of characters and their pairs, reduced to a few dimensions. Nothing is downloaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from vectorstore.lexical import Floats, LexicalSpace

NAME = "char-lsa"
VERSION = 1
DIMENSIONS = 256
_FIT_ROWS = 4000
"""More rows than this add nothing to the axes found but cost time; the fit takes an even sample of them."""


@dataclass(frozen=True)
class Embedding:
    """A fitted embedding. ``axes`` is features x dimensions; ``fingerprint`` names what the vectors depend on."""

    vocabulary: Mapping[str, int]
    idf: Floats
    axes: Floats

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.axes.shape[1])

    @property
    def fingerprint(self) -> str:
        """``name-version-dimensions-hash``; the hash covers features and axes (to three decimals)."""
        digest = hashlib.sha256("\n".join(self.vocabulary).encode())
        digest.update(np.round(np.abs(self.axes), 3).astype(np.float32).tobytes())
        return f"{NAME}-{VERSION}-{self.dimensions}-{digest.hexdigest()[:12]}"

    def embed(self, bag: Mapping[str, float]) -> Floats:
        """The unit vector of a bag of weighted features; all zeros where none of them is known."""
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for feature, weight in bag.items():
            column = self.vocabulary.get(feature)
            if column is not None:
                vector += self.axes[column] * (weight * self.idf[column])
        return _unit(vector[None, :])[0]

    def embed_space(self, space: LexicalSpace) -> Floats:
        """The unit vectors of all rows of a space with this embedding's features, rows x dimensions."""
        return _unit(np.asarray(_combined(space) @ self.axes, dtype=np.float32))


def fit(space: LexicalSpace) -> Embedding:
    """Fits the axes to ``space``: a truncated singular value decomposition with a fixed seed."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  takes seconds to import, and only a fit needs it

    matrix = _combined(space)
    step = max(1, matrix.shape[0] // _FIT_ROWS)
    matrix = matrix[::step]
    dimensions = max(1, min(DIMENSIONS, min(matrix.shape) - 1))
    if min(matrix.shape) < 2:
        axes = np.asarray(matrix.mean(axis=0), dtype=np.float32).reshape(-1, 1)
    else:
        axes = TruncatedSVD(dimensions, random_state=0).fit(matrix).components_.T
    return Embedding(space.vocabulary, space.idf, np.ascontiguousarray(axes, dtype=np.float32))


def _combined(space: LexicalSpace) -> sparse.csr_array:
    """Rows x features, tf-idf: a row's own features and, where stronger, those of its form; rows of length one."""
    shared = space.form_side.tocsr()[space.form_of]
    matrix = space.row_side.tocsr().maximum(shared) @ sparse.diags_array(space.idf)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = 1.0 / np.maximum(norms, 1e-9)
    return sparse.csr_array(sparse.diags_array(scale) @ matrix, dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
