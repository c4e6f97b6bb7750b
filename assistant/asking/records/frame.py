"""Records of one sort, kept as columns; each is made when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, overload

import numpy as np

from assistant.asking.records.columns import Codes, Column, column_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.records import NO_CELL, Cell, Record

_FEW = 2000


@dataclass(frozen=True)
class Frame:
    """``forms`` and ``rows`` number each record (row 0: none); ``load`` gives a column or None."""

    of: Sort
    forms: Codes
    rows: Codes
    load: Callable[[str], Column | None]
    apart: ClassVar[frozenset[str]] = frozenset()
    """Fields whose cells are better read one by one than all at once."""
    _columns: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.forms)

    def column(self, name: str) -> Column:
        """The cells of a field; empty ones where the records have no such field."""
        found = self._columns.get(name)
        if found is None:
            found = self.load(name) or Column([NO_CELL], np.zeros(len(self), dtype=np.int32))
            self._columns[name] = found
        return found

    def cell(self, name: str, at: int) -> Cell:
        """The cell of a record."""
        return self.column(name).at(at)

    def record(self, at: int) -> Record:
        """One record."""
        row = int(self.rows[at])
        return Record(self.of, int(self.forms[at]), row or None, RowCells(self, at))


class RowCells(Mapping[str, Cell]):
    """The cells of one record of a frame."""

    __slots__ = ("_at", "_frame")

    def __init__(self, frame: Frame, at: int) -> None:
        self._frame, self._at = frame, at

    def __getitem__(self, name: str) -> Cell:
        return self._frame.cell(name, self._at)

    def get(self, name: str, default: Any = None) -> Any:
        """The cell, an empty one where there is none."""
        return self._frame.cell(name, self._at)

    def __iter__(self) -> Iterator[str]:
        return iter(FIELDS[self._frame.of])

    def __len__(self) -> int:
        return len(FIELDS[self._frame.of])


class Rows(Sequence[Record]):
    """Some records of a frame, in an order of their own."""

    __slots__ = ("frame", "places")

    def __init__(self, frame: Frame, places: Codes) -> None:
        self.frame, self.places = frame, places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Record | Rows:
        if isinstance(at, slice):
            return Rows(self.frame, self.places[at])
        return self.frame.record(int(self.places[at]))

    def __iter__(self) -> Iterator[Record]:
        return map(self.frame.record, self.places.tolist())

    def column(self, name: str) -> Column:
        """The column of the whole frame."""
        return self.frame.column(name)

    def texts(self, name: str) -> list[str]:
        """The texts of a field."""
        return [cell.text for cell in self.cells(name)]

    def cells(self, name: str) -> list[Cell]:
        """The cells of a field."""
        if name in self.frame.apart and len(self.places) <= _FEW:
            return [self.frame.cell(name, at) for at in self.places.tolist()]
        column = self.frame.column(name)
        return [column.cells[code] for code in column.codes[self.places].tolist()]

    @property
    def forms(self) -> Codes:
        """The number of each record's form."""
        return self.frame.forms[self.places]

    @property
    def rows(self) -> Codes:
        """The row of each record, 0 for none."""
        return self.frame.rows[self.places]


def rows_of(of: Sort, records: Sequence[Record]) -> Rows:
    """Records that are at hand as those of a frame."""

    def load(name: str) -> Column | None:
        return column_of(record[name] for record in records)

    numbers = np.array([record.form for record in records], dtype=np.int32)
    rows = np.array([record.row or 0 for record in records], dtype=np.int32)
    return Rows(Frame(of, numbers, rows, load), np.arange(len(records), dtype=np.int32))
