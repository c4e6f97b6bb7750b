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
    factors = np.ones(columns.size, dtype=np.float32)
    met = np.ones(columns.size, dtype=bool)
    valued = None
    if query.level1 or query.level2:
        met &= columns.having("level1", query.level1) & columns.having("level2", query.level2)
        factors[~met] *= mix.other_level
    if query.kinds:
        factors[met & ~columns.having_one("level2", query.kinds)] *= mix.other_kind
    if query.year is not None:
        of_year = columns.years == query.year
        factors[~of_year] *= mix.other_year
        met &= of_year
    if query.bound is not None:
        valued, exactly = columns.meeting(query.bound)
        factors[~exactly] *= mix.near_value
        factors[~valued] *= mix.other_value / mix.near_value
        met &= valued
    offices = columns.of_office(query.offices) if query.offices else None
    if offices is not None:
        factors[~offices] *= mix.other_unit
        met &= offices
    if query.cause:
        factors[~columns.explained] *= mix.unexplained
    named = query.wishes or offices is not None
    wished = named or bool(query.kinds) or query.cause
    return Wishes(query, factors if wished else None, met if named else None, valued, offices)
