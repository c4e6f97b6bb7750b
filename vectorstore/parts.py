"""A space in parts: the library as it was indexed, and beside it what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.row import IndicatorRow
from vectorstore.space import LexicalSpace, Positions, build_space, idf_of

if TYPE_CHECKING:
    from scipy import sparse

Parts = Sequence[LexicalSpace]
"""Spaces whose rows follow one another. The last one knows the features, and their idf, of all of them."""


def beside(base: LexicalSpace, rows: Sequence[IndicatorRow]) -> Parts:
    """``base`` and a space of ``rows`` that weighs features as ``base`` does; new ones as its rarest."""
    later = build_space(rows, base.vocabulary)
    new = np.full(len(later.vocabulary) - len(base.idf), base.rarest, dtype=np.float32)
    return base, replace(later, idf=np.concatenate([base.idf, new]), size=base.size)


def at(parts: Parts, rows: Positions) -> LexicalSpace:
    """One space of some rows, given in rising order, weighed as in the whole library."""
    if len(parts) == 1:
        return parts[0] if len(rows) == len(parts[0].form_of) else parts[0].at(rows)
    from scipy import sparse  # noqa: PLC0415  half a second that only a search needs

    pieces: list[LexicalSpace] = []
    start = 0
    for part in parts:
        end = start + len(part.form_of)
        first, last = np.searchsorted(rows, (start, end))
        pieces.append(part.at(rows[first:last] - start))
        start = end
    starts = np.cumsum([0, *(piece.form_side.shape[0] for piece in pieces)])
    words = parts[-1]
    width = len(words.vocabulary)
    form_of = [piece.form_of + offset for piece, offset in zip(pieces, starts, strict=False)]
    return LexicalSpace(
        words.vocabulary,
        words.idf,
        sparse.vstack([_wide(piece.row_side, width) for piece in pieces], format="csr"),
        sparse.vstack([_wide(piece.form_side, width) for piece in pieces], format="csr"),
        np.concatenate(form_of).astype(np.int32),
        words.size,
    )


def joined(parts: Parts, rows: Positions) -> LexicalSpace:
    """One space of some rows, given in rising order, weighed anew as a library of their own."""
    found = at(parts, rows)
    idf = idf_of(found.row_side, found.form_side, found.form_of)
    return replace(found, idf=idf, size=len(rows))


def _wide(matrix: sparse.csr_array, width: int) -> sparse.csr_array:
    matrix.resize((matrix.shape[0], width))
    return matrix
