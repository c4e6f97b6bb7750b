"""Which rows of a large library are worth ranking: the best by an upper bound of what the ranking gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.parts import Parts
from vectorstore.space import Floats, LexicalSpace, Positions

if TYPE_CHECKING:
    from scipy import sparse

_MOST_ENTRIES = 1_500_000
"""So many entries of the inverted index are read for one query, those of rare features first."""


def lexical_candidates(
    parts: Parts, weights: Mapping[int, float], factors: Floats | None, n: int
) -> Positions:
    """At most ``n`` rows of ``parts`` in rising order: the best by the summed ``weights`` of their columns.

    ``factors``: what each row counts, 0 for one that is not allowed. With the most that a column can give as
    its weight, the sum is at least the coverage that the ranking finds.
    """
    by_part = [_scores(part, weights) for part in parts]
    scores = by_part[0] if len(by_part) == 1 else np.concatenate(by_part)
    if factors is not None:
        scores *= factors
    found = np.flatnonzero(scores > 0)
    last = len(found) - n
    if last > 0:
        found = np.sort(found[np.argpartition(scores[found], last)[last:]])
    return found.astype(np.int32)


def _scores(space: LexicalSpace, weights: Mapping[int, float]) -> Floats:
    scores = _sums(space.rows_by_column, weights)
    shared = _sums(space.forms_by_column, weights)
    if shared.any():
        scores += shared[space.form_of]
    return scores


def _sums(matrix: sparse.csc_array, weights: Mapping[int, float]) -> Floats:
    """The weighted sum of some columns. The commonest are left out where there is too much to add up."""
    starts, ends = matrix.indptr[:-1], matrix.indptr[1:]
    columns = np.array([column for column in weights if column < matrix.shape[1]], dtype=np.int64)
    lengths = (ends - starts)[columns]
    columns = columns[np.argsort(lengths, kind="stable")]
    kept = np.cumsum(np.sort(lengths)) <= _MOST_ENTRIES
    columns = columns[kept] if kept.any() else columns[:1]
    if not len(columns):
        return np.zeros(matrix.shape[0], dtype=np.float32)
    slices = [slice(starts[column], ends[column]) for column in columns]
    lines = np.concatenate([matrix.indices[part] for part in slices])
    values = np.concatenate(
        [matrix.data[part] * weights[int(column)] for part, column in zip(slices, columns, strict=True)]
    )
    return np.asarray(np.bincount(lines, weights=values, minlength=matrix.shape[0]), dtype=np.float32)
