"""The lexical side: which features stand in which field of which row, as one sparse matrix per level of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vectorstore.row import IndicatorRow
from vectorstore.text import features

Floats = NDArray[np.float32]

ROW_FIELDS: Mapping[str, float] = {
    "indicator": 1.0,
    "level2": 0.5,
    "target": 0.3,
    "actual": 0.3,
    "explanation": 0.3,
}
FORM_FIELDS: Mapping[str, float] = {"project_name": 0.3, "unit": 0.15, "department": 0.05, "goal": 0.1}
"""A feature counts with the weight of the strongest field it stands in; texts of the form are shared by its rows."""


@dataclass(frozen=True)
class LexicalSpace:
    """The features of a library. ``row_side`` is rows x features, ``form_side`` forms x features, both by column.

    ``form_of`` gives a row's line in ``form_side``; ``idf`` is high for rare features; ``lengths`` is the norm of
    a row's own tf-idf vector.
    """

    vocabulary: Mapping[str, int]
    idf: Floats
    row_side: sparse.csc_array
    form_side: sparse.csc_array
    form_of: NDArray[np.int32]
    lengths: Floats

    @property
    def rarest(self) -> float:
        """The idf that a feature of one row would have."""
        return float(1.0 + np.log((len(self.form_of) + 1.0) / 2.0))

    def weights(self, bag: Mapping[str, float]) -> dict[int, float]:
        """Columns and tf-idf weights of the features that the library knows."""
        known = {self.vocabulary[word]: weight for word, weight in bag.items() if word in self.vocabulary}
        return {column: weight * float(self.idf[column]) for column, weight in known.items()}


def build(rows: Sequence[IndicatorRow]) -> LexicalSpace:
    """The lexical space of ``rows``; no rows give an empty one."""
    vocabulary: dict[str, int] = {}
    form_numbers: dict[int, int] = {}
    form_rows: list[IndicatorRow] = []
    form_of = np.empty(len(rows), dtype=np.int32)
    for position, row in enumerate(rows):
        if row.form not in form_numbers:
            form_numbers[row.form] = len(form_rows)
            form_rows.append(row)
        form_of[position] = form_numbers[row.form]
    row_side = _matrix(rows, lambda row: field_weights(row, ROW_FIELDS), vocabulary)
    form_side = _matrix(form_rows, lambda row: field_weights(row, FORM_FIELDS), vocabulary)
    width = len(vocabulary)
    row_side.resize((len(rows), width))
    form_side.resize((len(form_rows), width))
    idf = _idf(row_side, form_side, form_of)
    squares = row_side.multiply(row_side) @ (idf * idf)
    return LexicalSpace(
        vocabulary,
        idf,
        row_side.tocsc(),
        form_side.tocsc(),
        form_of,
        np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32),
    )


def field_weights(row: IndicatorRow, fields: Mapping[str, float]) -> dict[str, float]:
    """Every feature of ``fields`` of ``row`` with the weight of the strongest field it stands in."""
    found: dict[str, float] = {}
    for field, weight in sorted(fields.items(), key=lambda item: item[1]):
        for feature in features(getattr(row, field)):
            found[feature] = weight
    return found


def _matrix(
    rows: Sequence[IndicatorRow],
    weigh: Callable[[IndicatorRow], Mapping[str, float]],
    vocabulary: dict[str, int],
) -> sparse.csr_array:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for feature, weight in weigh(row).items():
            columns.append(vocabulary.setdefault(feature, len(vocabulary)))
            values.append(weight)
        ends.append(len(columns))
    shape = (len(rows), max(len(vocabulary), 1))
    data = np.asarray(values, dtype=np.float32)
    return sparse.csr_array((data, np.asarray(columns, dtype=np.int32), np.asarray(ends)), shape=shape)


def _idf(row_side: sparse.csr_array, form_side: sparse.csr_array, form_of: NDArray[np.int32]) -> Floats:
    """1 + ln((N + 1) / (df + 1)): a feature's row count is its own rows, or the rows of the forms it stands in."""
    own = np.bincount(row_side.indices, minlength=row_side.shape[1])
    rows_per_form = np.bincount(form_of, minlength=form_side.shape[0]).astype(np.float64)
    present = form_side.copy()
    present.data = np.ones_like(present.data)
    shared = present.T @ rows_per_form
    total = row_side.shape[0]
    return (1.0 + np.log((total + 1.0) / (np.maximum(own, shared) + 1.0))).astype(np.float32)


def term_counts(text: str) -> Counter[str]:
    """How often each feature stands in ``text``."""
    return Counter(features(text))
