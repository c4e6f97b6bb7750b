"""Where the cells of a form stand in the document that it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.documents.columns import Line
from assistant.documents.grid import Cell


class Spot(NamedTuple):
    """A cell of the document: its block and row, counted from 0, and the grid column where it begins."""

    block: int
    row: int
    column: int


Places = dict[tuple[str, int | None, str], Spot]
"""Section, row (from 1) and field of a form, as findings name them -> where it stands."""


@dataclass(slots=True)
class Placed:
    """Remembers such places."""

    places: Places = field(default_factory=dict)

    def note_place(self, section: str, row: int | None, name: str, line: Line, cell: Cell) -> None:
        """Remembers where a cell of the form stands; of several cells the first counts."""
        key = (section, row, name)
        if key not in self.places:
            self.places[key] = Spot(line.grid, line.number, cell.column)

    def stands_in(self, grid: int) -> bool:
        """Whether a cell of the form stands in this block of the document."""
        return any(spot.block == grid for spot in self.places.values())
