"""The short fields of all rows as columns of codes: filters and wishes cost no pass over the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vectorstore.query import Bound, printed_value
from vectorstore.row import Filters, IndicatorRow
from vectorstore.space import Positions

TEXT_FIELDS = ("level1", "level2", "unit", "department")
_SAYS_NOTHING = 3
"""Explanations of so few characters (无偏离) give no cause."""
_KEY = 100_000
"""More rows than a form can have."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RowColumns:
    """``values`` are the distinct texts of a field, ``codes`` the number of each row's text among them.

    ``years`` are 0 where unknown; ``keys`` rise with form and row; ``numbers`` and ``units`` belong to the
    distinct targets, NaN where a target has no number; ``contents`` hash each row with all it says.
    """

    values: Mapping[str, Sequence[str]]
    codes: Mapping[str, Positions]
    contents: NDArray[np.int64]
    years: Positions
    forms: Positions
    keys: NDArray[np.int64]
    order: Positions
    numbers: NDArray[np.float64]
    units: NDArray[np.str_]
    explained: Mask

    def having(self, name: str, part: str) -> Mask:
        """The rows whose field ``name`` contains ``part``."""
        return self._where(name, [part in value for value in self.values[name]])

    def having_one(self, name: str, parts: frozenset[str]) -> Mask:
        """The rows whose field ``name`` contains one of ``parts``."""
        return self._where(name, [any(part in value for part in parts) for value in self.values[name]])

    def meeting(self, bound: Bound) -> tuple[Mask, Mask]:
        """The rows whose target is such a value, and those of them whose target is exactly that number."""
        allowed = bound.compare(self.numbers)
        if bound.unit:
            # A bare number may be of any unit: 满意度 ≥90 is 90 %.
            allowed &= (self.units == bound.unit[0]) | (self.units == "")
        codes = self.codes["target"]
        return allowed[codes], (allowed & (self.numbers == float(bound.number)))[codes]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.years)

    @property
    def digest(self) -> str:
        """A hash of all rows, in whatever order they come."""
        return f"{self.size}-{int(self.contents.sum()) % 2**64:x}"

    def of_office(self, names: Sequence[str]) -> Mask | None:
        """The rows of the first of ``names`` (节能处) that some units, not all, end in; None if none does."""
        for name in names:
            matching = [_has_office(unit, name) for unit in self.values["unit"]]
            if any(matching) and not all(matching):
                return self._where("unit", matching)
        return None

    def allowed(self, filters: Filters) -> Mask | None:
        """The rows that ``filters`` allow; None where there is nothing to filter by."""
        masks = [self.having(name, part) for name in TEXT_FIELDS if (part := getattr(filters, name))]
        if filters.year is not None:
            masks.append(self.years == filters.year)
        if filters.without_forms:
            masks.append(~np.isin(self.forms, filters.without_forms))
        return np.logical_and.reduce(masks) if masks else None

    def positions(self, vector_ids: Sequence[str]) -> Positions:
        """Where the rows of these vectors are; -1 for one that is gone or says something else now."""
        parts = [vector_id.split("#") for vector_id in vector_ids]
        keys = np.array([_key(int(form), int(row)) for form, row, _ in parts], dtype=np.int64)
        contents = np.array([int(content, 16) for *_, content in parts], dtype=np.int64)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        rows = self.order[at]
        return np.where((self.keys[at] == keys) & (self.contents[rows] == contents), rows, -1).astype(
            np.int32
        )

    def of_forms(self, forms: Sequence[int]) -> Positions:
        """Where the rows of these forms are, by form and row."""
        asked = np.sort(np.array(forms, dtype=np.int64))
        starts = np.searchsorted(self.keys, asked * _KEY)
        ends = np.searchsorted(self.keys, (asked + 1) * _KEY)
        parts = [self.order[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def followed_by(self, later: RowColumns, live: Mask) -> RowColumns:
        """These rows and then those of ``later``; only the ``live`` ones of these are found by their ids."""
        kept = live[self.order]
        keys, order = self.keys[kept], self.order[kept]
        places = np.searchsorted(keys, later.keys)
        names = self.codes
        return RowColumns(
            values={name: (*self.values[name], *later.values[name]) for name in names},
            codes={
                name: np.concatenate([self.codes[name], later.codes[name] + np.int32(len(self.values[name]))])
                for name in names
            },
            contents=np.concatenate([self.contents, later.contents]),
            years=np.concatenate([self.years, later.years]),
            forms=np.concatenate([self.forms, later.forms]),
            keys=np.insert(keys, places, later.keys),
            order=np.insert(order, places, later.order + np.int32(self.size)),
            numbers=np.concatenate([self.numbers, later.numbers]),
            units=np.concatenate([self.units, later.units]),
            explained=np.concatenate([self.explained, later.explained]),
        )

    def at(self, rows: Positions) -> RowColumns:
        """The columns of some rows, given in rising order."""
        places = np.full(self.size, -1, dtype=np.int32)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        order = places[self.order]
        kept = order >= 0
        return replace(
            self,
            codes={name: codes[rows] for name, codes in self.codes.items()},
            contents=self.contents[rows],
            years=self.years[rows],
            forms=self.forms[rows],
            keys=self.keys[kept],
            order=order[kept],
            explained=self.explained[rows],
        )

    def _where(self, name: str, wanted: Sequence[bool]) -> Mask:
        found: Mask = np.array(wanted, dtype=bool)[self.codes[name]]
        return found


def build_columns(rows: Sequence[IndicatorRow]) -> RowColumns:
    """The columns of ``rows``."""
    numbered: dict[str, dict[str, int]] = {name: {} for name in (*TEXT_FIELDS, "target")}
    codes = {
        name: np.fromiter(
            (known.setdefault(getattr(row, name), len(known)) for row in rows), np.int32, len(rows)
        )
        for name, known in numbered.items()
    }
    keys = np.fromiter((_key(row.form, row.row) for row in rows), np.int64, len(rows))
    order = np.argsort(keys, kind="stable").astype(np.int32)
    printed = [printed_value(target) for target in numbered["target"]]
    return RowColumns(
        values={name: tuple(known) for name, known in numbered.items()},
        codes=codes,
        contents=np.fromiter((row.content for row in rows), np.int64, len(rows)),
        years=np.fromiter((row.year or 0 for row in rows), np.int32, len(rows)),
        forms=np.fromiter((row.form for row in rows), np.int32, len(rows)),
        keys=keys[order],
        order=order,
        numbers=np.array([np.nan if number is None else float(number) for number, _ in printed]),
        units=np.array([unit[:1] for _, unit in printed], dtype="<U1"),
        explained=np.fromiter((_says_something(row.explanation) for row in rows), bool, len(rows)),
    )


def _has_office(unit: str, name: str) -> bool:
    """Whether ``name`` is the end of ``unit``, or short for it: 轻工处 for 某厅轻工业行业管理处."""
    if not unit.endswith(name[-1]):
        return False
    if unit.endswith(name):
        return True
    start = unit.rfind(name[0])
    while start >= 0:
        rest = iter(unit[start:])
        if name[1] == unit[start + 1 : start + 2] and all(character in rest for character in name):
            return True
        start = unit.rfind(name[0], 0, start)
    return False


def _says_something(explanation: str) -> bool:
    return len(explanation.strip(" /无。—-")) > _SAYS_NOTHING


def _key(form: int, row: int) -> int:
    return form * _KEY + row
