"""Reads the pages' HTML back: what a browser would show, where, and with which attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Cell:
    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def span(self, name: str) -> int:
        return int(self.attributes.get(name, "1"))


class Page(HTMLParser):
    """Every element that was opened, all visible text, and the first table's rows of cells."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.rows: list[list[Cell]] = []
        self._cell: Cell | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = Cell(tag, attributes=attributes)
            self.rows[-1].append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._cell is not None:
            self._cell.text += data

    def cell(self, text: str) -> Cell:
        return next(cell for row in self.rows for cell in row if cell.text == text)

    def grid(self) -> list[list[Cell | None]]:
        """The cells as they are laid out; a merged cell stands at every place that it covers."""
        taken: dict[tuple[int, int], Cell] = {}
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                for dy in range(cell.span("rowspan")):
                    for dx in range(cell.span("colspan")):
                        assert (y + dy, x + dx) not in taken, "cells overlap"
                        taken[y + dy, x + dx] = cell
                x += cell.span("colspan")
        height = 1 + max(y for y, _ in taken)
        width = 1 + max(x for _, x in taken)
        return [[taken.get((y, x)) for x in range(width)] for y in range(height)]
