"""What every reader produces: tables as rows of cells with spans, and paragraphs, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from assistant.documents.celltext import LINE_BREAK
from assistant.documents.safety import too_much
from assistant.form.text import is_clean, visible

_MOST_CELLS = 300_000
MARKED_BREAK = "\ue00a"
"""What a reader writes for a line break that is meant; a sign that no text has."""

ParagraphRole = Literal["", "title", "year", "note"]


class Cell(NamedTuple):
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


def visible_blocks(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], int]:
    """``blocks`` without control, bidirectional and invisible characters, and how many of them there were."""
    blocks = tuple(blocks)
    whole = "".join(text for block in blocks for text in _texts(block))
    if is_clean(whole) and MARKED_BREAK not in whole:
        return blocks, 0
    removed = 0
    cleaned: list[Block] = []
    if is_clean(whole):
        return tuple(_with_breaks(block) for block in blocks), 0
    for block in blocks:
        if isinstance(block, Paragraph):
            text, count = _visible(block.text)
            cleaned.append(replace(block, text=text))
        else:
            rows, count = _visible_rows(block.rows)
            cleaned.append(replace(block, rows=rows))
        removed += count
    return tuple(cleaned), removed


def _with_breaks(block: Block) -> Block:
    """The block with the line breaks that are meant as such."""
    if isinstance(block, Paragraph):
        return replace(block, text=block.text.replace(MARKED_BREAK, LINE_BREAK))
    rows = [
        tuple(cell._replace(text=cell.text.replace(MARKED_BREAK, LINE_BREAK)) for cell in row)
        if any(MARKED_BREAK in cell.text for cell in row)
        else row
        for row in block.rows
    ]
    return replace(block, rows=tuple(rows))


def _visible(text: str) -> tuple[str, int]:
    if text.isascii() and text.isprintable():
        return text, 0
    text, count = visible(text)
    return text.replace(MARKED_BREAK, LINE_BREAK), count


def _texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows for cell in row]


def _visible_rows(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], int]:
    removed = 0
    cleaned = []
    for row in rows:
        cells = []
        for cell in row:
            text, count = _visible(cell.text)
            cells.append(cell._replace(text=text))
            removed += 0 if cell.covered else count
        cleaned.append(tuple(cells))
    return tuple(cleaned), removed


def counted_row(texts: Iterable[str]) -> Row:
    """A row of single cells, for sources that tell nothing of spans."""
    return tuple(Cell(text, column) for column, text in enumerate(texts))


def resolve_spans(rows: Iterable[Iterable[Spanned]]) -> tuple[Row, ...]:
    """Rows in which every cell knows its column and the cells below a tall one are marked as covered.

    Raises UnreadableFileError where a few tall cells would make a table of millions.
    """
    reaching: dict[int, tuple[Spanned, int]] = {}
    resolved = []
    count = 0
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
        count += len(cells)
        if count > _MOST_CELLS:
            raise too_much()
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
