"""What every reader produces: tables as rows of cells with spans, and paragraphs, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ParagraphRole = Literal["", "title", "year", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row. ``text`` keeps the paragraphs of the cell apart by a line break.

    ``column`` counts grid columns from 0. ``covered`` cells repeat the text of the merged cell that reaches
    down from a row above. ``origin`` marks a cell that says itself that it is merged (or, in a workbook, that
    it holds an empty text): such a cell is empty on purpose and takes nothing from the row above.
    """

    text: str
    column: int
    width: int = 1
    covered: bool = False
    origin: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``exact`` is False where the source tells nothing of spans: columns are merely counted."""

    rows: tuple[Row, ...]
    place: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of a table. ``role`` is what its style says of it, ``""`` where that is nothing."""

    text: str
    place: str = "正文"
    role: ParagraphRole = ""


Block = Grid | Paragraph


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as HTML and WordprocessingML print it: once, with the number of rows and columns it takes."""

    text: str
    width: int = 1
    height: int = 1


def counted_row(texts: Iterable[str]) -> Row:
    """A row of single cells, for sources that tell nothing of spans."""
    return tuple(Cell(text, column) for column, text in enumerate(texts))


def resolve_spans(rows: Iterable[Iterable[Spanned]]) -> tuple[Row, ...]:
    """Rows in which every cell knows its column and the cells below a tall one are marked as covered."""
    reaching: dict[int, tuple[Spanned, int]] = {}
    resolved = []
    for row in rows:
        cells: list[Cell] = []
        reaching = _covered_cells(reaching, cells)
        taken = {c for cell in cells for c in range(cell.column, cell.column + cell.width)}
        column = 0
        for spanned in row:
            while column in taken:
                column += 1
            cells.append(Cell(spanned.text, column, spanned.width, origin=spanned.height > 1))
            if spanned.height > 1:
                reaching[column] = (spanned, spanned.height - 1)
            column += spanned.width
        resolved.append(tuple(sorted(cells, key=lambda cell: cell.column)))
    return tuple(resolved)


def _covered_cells(
    reaching: dict[int, tuple[Spanned, int]], cells: list[Cell]
) -> dict[int, tuple[Spanned, int]]:
    left = {}
    for column, (spanned, rows) in reaching.items():
        cells.append(Cell(spanned.text, column, spanned.width, covered=True))
        if rows > 1:
            left[column] = (spanned, rows - 1)
    return left
