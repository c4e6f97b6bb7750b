"""What a query wishes beside its words (level, year, value, office, cause); rows that miss it count less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.columns import Mask, RowColumns
from vectorstore.mix import Mix
from vectorstore.query import Query
from vectorstore.row import IndicatorRow
from vectorstore.space import Floats


@dataclass(frozen=True)
class Wishes:
    """The wishes of a query over all rows.

    ``factors``: what each row counts, None where nothing is wished. ``met``: the rows that meet all wishes
    that are named, None where none is. ``valued``, ``offices``: the rows of the value, the office asked.
    """

    query: Query
    factors: Floats | None = None
    met: Mask | None = None
    valued: Mask | None = None
    offices: Mask | None = None

    def of(self, rows: NDArray[np.integer]) -> Floats:
        """What some rows count."""
        return np.ones(len(rows), dtype=np.float32) if self.factors is None else self.factors[rows]

    def limited_to(self, allowed: Mask | None) -> Floats | None:
        """What each row counts, 0 for rows that are not allowed; None where all count the same."""
        if allowed is None:
            return self.factors
        ones = np.ones(len(allowed), dtype=np.float32) if self.factors is None else self.factors
        return ones * allowed

    def reasons(self, at: int, row: IndicatorRow) -> list[str]:
        """The wishes that a row meets, in Chinese."""
        query = self.query
        parts = [f"“{one.typed}”按“{one.meant}”查" for one in query.corrections]
        if (query.level1 or query.level2) and query.level1 in row.level1 and query.level2 in row.level2:
            parts.append(f"类别：{row.level2 or row.level1}")
        if query.year is not None and row.year == query.year:
            parts.append(f"年份：{row.year}")
        if self.valued is not None and self.valued[at]:
            parts.append(f"指标值：{row.target}")
        if self.offices is not None and self.offices[at]:
            parts.append(f"单位：{row.unit}")
        return parts


def weigh(query: Query, columns: RowColumns, mix: Mix) -> Wishes:
    """The wishes of ``query`` over the rows of ``columns``."""
    factors: list[Floats] = []
    named: list[Mask] = []
    valued = offices = None
    for name in ("level1", "level2"):
        if part := getattr(query, name):
            named.append(columns.having(name, part))
            factors.append(_weighed(named[-1], mix.other_level))
    if query.kinds:
        factors.append(_weighed(columns.having_one("level2", query.kinds), mix.other_kind))
    if query.year is not None:
        named.append(columns.years == query.year)
        factors.append(_weighed(named[-1], mix.other_year))
    if query.bound is not None:
        valued, exactly = columns.meeting(query.bound)
        named.append(valued)
        factors += [_weighed(valued, mix.other_value / mix.near_value), _weighed(exactly, mix.near_value)]
    if query.offices and (offices := columns.of_office(query.offices)) is not None:
        named.append(offices)
        factors.append(_weighed(offices, mix.other_unit))
    if query.cause:
        factors.append(_weighed(columns.explained, mix.unexplained))
    return Wishes(
        query,
        np.multiply.reduce(factors) if factors else None,
        np.logical_and.reduce(named) if named else None,
        valued,
        offices,
    )


def _weighed(wished: Mask, other: float) -> Floats:
    """1 for rows as wished, ``other`` for all others."""
    return np.where(wished, np.float32(1.0), np.float32(other))
