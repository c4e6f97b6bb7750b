"""Which features stand in which fields of which rows, as sparse matrices."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.row import IndicatorRow
from vectorstore.text import features

if TYPE_CHECKING:
    from scipy import sparse

Floats = NDArray[np.float32]
Positions = NDArray[np.int32]

ROW_FIELDS: Mapping[str, float] = {
    "indicator": 1.0,
    "level2": 0.5,
    "target": 0.3,
    "actual": 0.3,
    "explanation": 0.3,
}
"""A feature counts with the weight of the strongest field it stands in."""
FORM_FIELDS: Mapping[str, float] = {"project_name": 0.3, "unit": 0.15, "department": 0.05, "goal": 0.1}
"""Texts that all rows of a form share; what matches here is added to what matches in the row."""


@dataclass(frozen=True)
class Counts:
    """In how many of ``rows`` rows each feature stands, in ``own`` fields or in those that a form shares."""

    rows: int
    own: Positions
    shared: Positions

    @cached_property
    def idf(self) -> Floats:
        """1 + ln((N + 1) / (df + 1)); df is the more of both counts, and at least one."""
        df = np.maximum(np.maximum(self.own, self.shared), 1)
        return np.asarray(1.0 + np.log((self.rows + 1.0) / (df + 1.0)), dtype=np.float32)

    def changed(self, gone: Counts, later: Counts) -> Counts:
        """Without the rows of ``gone`` and with those of ``later``, which may have further features."""
        new = (0, len(later.own) - len(self.own))
        return Counts(
            self.rows - gone.rows + later.rows,
            np.pad(self.own - gone.own, new) + later.own,
            np.pad(self.shared - gone.shared, new) + later.shared,
        )


@dataclass(frozen=True)
class LexicalSpace:
    """The features of a library, or of some of its rows.

    ``row_side`` is rows x features and ``form_side`` forms x features, both by row; ``form_of`` gives a row's
    line in ``form_side``; ``counts`` are those of the whole library.
    """

    vocabulary: Mapping[str, int]
    counts: Counts
    row_side: sparse.csr_array
    form_side: sparse.csr_array
    form_of: Positions

    def __contains__(self, feature: object) -> bool:
        """Whether the library has this feature."""
        column = self.vocabulary.get(str(feature))
        return column is not None and bool(self.counts.own[column] or self.counts.shared[column])

    @property
    def idf(self) -> Floats:
        """How much each feature tells in the whole library; high for rare ones."""
        return self.counts.idf

    @property
    def rarest(self) -> float:
        """The idf that a feature of one row has."""
        return float(1.0 + np.log((self.counts.rows + 1.0) / 2.0))

    def at(self, rows: Positions) -> LexicalSpace:
        """The space of some rows, weighed as in the whole library."""
        forms, form_of = np.unique(self.form_of[rows], return_inverse=True)
        return replace(
            self,
            row_side=self.row_side[rows],
            form_side=self.form_side[forms],
            form_of=form_of.astype(np.int32),
        )

    def counted(self) -> Counts:
        """The counts of these rows alone."""
        own = np.bincount(self.row_side.indices, minlength=self.row_side.shape[1])
        rows_per_form = np.bincount(self.form_of, minlength=self.form_side.shape[0])
        shared = (self.form_side > 0).T @ rows_per_form
        return Counts(len(self.form_of), own.astype(np.int32), shared.astype(np.int32))

    def invert(self) -> None:
        """Prepares the inverted index, which the first search would wait for."""
        _ = self.rows_by_column, self.forms_by_column

    def columns(self, columns: Sequence[int]) -> tuple[Floats, Floats]:
        """Some features of every row and of every form, as dense matrices."""
        return _some(self.row_side, columns), _some(self.form_side, columns)

    @cached_property
    def rows_by_column(self) -> sparse.csc_array:
        """``row_side`` by feature: the inverted index."""
        return self.row_side.tocsc()

    @cached_property
    def forms_by_column(self) -> sparse.csc_array:
        """``form_side`` by feature."""
        return self.form_side.tocsc()


def build_space(rows: Sequence[IndicatorRow], known: Mapping[str, int] | None = None) -> LexicalSpace:
    """The lexical space of ``rows``; no rows give an empty one. ``known`` features keep their columns."""
    vocabulary = dict(known or {})
    lines: dict[int, int] = {}
    first_rows: list[IndicatorRow] = []
    for row in rows:
        if row.form not in lines:
            lines[row.form] = len(first_rows)
            first_rows.append(row)
    form_of = np.array([lines[row.form] for row in rows], dtype=np.int32)
    row_side = _matrix(rows, ROW_FIELDS, vocabulary)
    form_side = _matrix(first_rows, FORM_FIELDS, vocabulary)
    row_side.resize((len(rows), len(vocabulary)))
    none = np.zeros(0, dtype=np.int32)
    space = LexicalSpace(vocabulary, Counts(0, none, none), row_side, form_side, form_of)
    return replace(space, counts=space.counted())


def _matrix(
    rows: Sequence[IndicatorRow], fields: Mapping[str, float], vocabulary: dict[str, int]
) -> sparse.csr_array:
    """Rows x features by field weight; new features are added to ``vocabulary``."""
    from scipy import sparse  # noqa: PLC0415  half a second that only a search needs

    columns = array("i")
    values = array("f")
    ends = array("q", [0])
    rising = sorted(fields.items(), key=lambda item: item[1])
    for row in rows:
        found: dict[str, float] = {}
        for name, weight in rising:
            text = getattr(row, name)
            if text:
                found.update(dict.fromkeys(_distinct(text), weight))
        columns.extend([vocabulary.setdefault(feature, len(vocabulary)) for feature in found])
        values.extend(found.values())
        ends.append(len(columns))
    content = (
        np.frombuffer(values, dtype=np.float32) if values else np.zeros(0, np.float32),
        np.frombuffer(columns, dtype=np.int32) if columns else np.zeros(0, np.int32),
        np.frombuffer(ends, dtype=np.int64),
    )
    return sparse.csr_array(content, shape=(len(rows), len(vocabulary)))


def _some(matrix: sparse.csr_array, columns: Sequence[int]) -> Floats:
    """Some columns of ``matrix``, dense."""
    places = np.full(matrix.shape[1], -1, dtype=np.int32)
    places[columns] = np.arange(len(columns), dtype=np.int32)
    found = places[matrix.indices]
    kept = found >= 0
    lines = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    dense = np.zeros((matrix.shape[0], len(columns)), dtype=np.float32)
    dense[lines[kept], found[kept]] = matrix.data[kept]
    return dense


@lru_cache(maxsize=200_000)
def _distinct(text: str) -> tuple[str, ...]:
    # Names, values and explanations repeat from form to form.
    return tuple(dict.fromkeys(features(text)))
