"""A space in parts: the library as it was indexed, and beside it what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.row import IndicatorRow
from vectorstore.space import LexicalSpace, Positions, build_space

if TYPE_CHECKING:
    from scipy import sparse

Parts = Sequence[LexicalSpace]
"""Spaces whose rows follow one another. The last one knows the features, and the counts, of all of them."""


def beside(base: LexicalSpace, gone: Positions, rows: Sequence[IndicatorRow]) -> Parts:
    """``base`` without the rows of some forms, and ``rows`` of others: weighed as all of it built anew.

    Features of nothing but what is gone keep their columns, and are none of the library's.
    """
    later = build_space(rows, base.vocabulary)
    return base, replace(later, counts=base.counts.changed(base.at(gone).counted(), later.counts))


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
    form_of = [piece.form_of + offset for piece, offset in zip(pieces, starts, strict=False)]
    width = len(parts[-1].vocabulary)
    return replace(
        parts[-1],
        row_side=sparse.vstack([_wide(piece.row_side, width) for piece in pieces], format="csr"),
        form_side=sparse.vstack([_wide(piece.form_side, width) for piece in pieces], format="csr"),
        form_of=np.concatenate(form_of).astype(np.int32),
    )


def _wide(matrix: sparse.csr_array, width: int) -> sparse.csr_array:
    matrix.resize((matrix.shape[0], width))
    return matrix
