"""Cells of one field as a column: each distinct cell once, and for every record which of them it has."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.asking.records.records import Cell

Codes = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
_SAME = 0
"""Stands for a number that is written as the text is."""
_LEVEL = 1
_HEAD = 4
_MANY = 1000


class Column(NamedTuple):
    """``cells``: distinct ones, some of which no record may have; ``codes``: for each record its own."""

    cells: Sequence[Cell]
    codes: Codes

    def at(self, record: int) -> Cell:
        """The cell of a record."""
        return self.cells[int(self.codes[record])]

    def used(self, among: Codes) -> NDArray[np.intp]:
        """The places of the cells that the records ``among`` have."""
        seen = np.zeros(len(self.cells), dtype=np.bool_)
        seen[self.codes[among]] = True
        return np.flatnonzero(seen)

    def where(self, holds: Callable[[Cell], bool], among: Codes) -> Mask:
        """For each record of ``among`` whether ``holds`` is true of its cell; asked once for equal cells."""
        table = np.zeros(len(self.cells), dtype=np.bool_)
        for place in self.used(among).tolist():
            table[place] = holds(self.cells[place])
        return table[self.codes[among]]

    def counts(self, among: Codes) -> NDArray[np.intp]:
        """How many records of ``among`` have each cell."""
        return np.bincount(self.codes[among], minlength=len(self.cells))

    def texts(self, among: Codes) -> list[str]:
        """The texts of the records ``among``."""
        cells = self.cells
        return [cells[code].text for code in self.codes[among].tolist()]


def column_of(cells: Iterable[Cell]) -> Column:
    """The column of these cells, in their order."""
    places: dict[Cell, int] = {}
    codes = [places.setdefault(cell, len(places)) for cell in cells]
    return Column(list(places), np.array(codes, dtype=np.int32))


class Growing:
    """A column of which parts come one by one; equal cells of all of them are one."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._places: dict[Cell, int] = {}

    def add(self, part: Column) -> Codes:
        """Takes up the cells of a part; gives its codes as those of the whole column."""
        places, cells = self._places, self.cells
        if not places:
            places.update((cell, place) for place, cell in enumerate(cells))
        moved = np.empty(len(part.cells), dtype=np.int32)
        for number, cell in enumerate(part.cells):
            place = places.setdefault(cell, len(cells))
            if place == len(cells):
                cells.append(cell)
            moved[number] = place
        return moved[part.codes]

    def rest(self) -> None:
        """Gives back memory until the next part comes."""
        if len(self.cells) > _MANY:
            self._places = {}


class Stamped(Protocol):
    """A block as it is now; ``stamp`` changes with everything that it says."""

    @property
    def number(self) -> int:
        """Its number."""
        ...

    @property
    def stamp(self) -> str:
        """Its stamp."""
        ...


class BlockColumns:
    """Columns over all blocks, of which each part is read once."""

    def __init__(self, parts: Callable[[Sequence[Any], str], Iterable[tuple[Stamped, bytes]]]) -> None:
        """``parts`` reads a part of some blocks."""
        self._parts = parts
        self._grown: dict[str, tuple[Growing, dict[int, tuple[str, Codes]]]] = {}

    def column(self, name: str, blocks: Sequence[Stamped]) -> Column:
        """A column over these blocks, in their order."""
        growing, known = self._grown.setdefault(name, (Growing(), {}))
        missing = [block for block in blocks if known.get(block.number, ("",))[0] != block.stamp]
        for block, body in self._parts(missing, name):
            known[block.number] = (block.stamp, growing.add(read(body)))
        growing.rest()
        codes = [known[block.number][1] for block in blocks]
        return Column(growing.cells, np.concatenate(codes or [np.empty(0, dtype=np.int32)]))

    def cells(self, name: str) -> Sequence[Cell]:
        """The cells of a column that was read."""
        return self._grown[name][0].cells


def written(column: Column) -> bytes:
    """A column as bytes, without cells that no record has."""
    used, codes = np.unique(column.codes, return_inverse=True)
    cells = [column.cells[place] for place in used.tolist()]
    units = list(dict.fromkeys(cell.unit for cell in cells))
    known = {unit: number for number, unit in enumerate(units)}
    head: dict[str, Any] = {"t": [cell.text for cell in cells]}
    if any(cell.number is not None for cell in cells):
        head["n"] = [_number_written(cell) for cell in cells]
    if units not in ([""], []):
        head["u"], head["k"] = units, [known[cell.unit] for cell in cells]
    size = 1 if len(cells) < 1 << 8 else 2 if len(cells) < 1 << 16 else 4
    head["s"] = size
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    numbers = codes.astype(f"<u{size}").tobytes()
    return zlib.compress(len(told).to_bytes(_HEAD, "little") + told + numbers, _LEVEL)


def read(body: bytes) -> Column:
    """The column that was ``written``."""
    plain = zlib.decompress(body)
    end = _HEAD + int.from_bytes(plain[:_HEAD], "little")
    head = json.loads(plain[_HEAD:end].decode("utf-8", "surrogatepass"))
    texts = head["t"]
    numbers = map(_number_read, head["n"], texts) if "n" in head else [None] * len(texts)
    units = [head["u"][at] for at in head["k"]] if "u" in head else [""] * len(texts)
    codes = np.frombuffer(plain, dtype=f"<u{head['s']}", offset=end).astype(np.int32)
    return Column([*map(Cell, texts, numbers, units)], codes)


def _number_written(cell: Cell) -> str | int | None:
    if cell.number is None:
        return None
    number = str(cell.number)
    return _SAME if number == cell.text else number


def _number_read(number: str | int | None, text: str) -> Decimal | None:
    if number is None:
        return None
    return Decimal(text if number == _SAME else number)
