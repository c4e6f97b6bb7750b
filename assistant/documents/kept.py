"""What a form's file says that has no cell in the form: kept as text, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.celltext import one_line, paragraphs
from assistant.documents.columns import Line
from assistant.documents.grid import Cell
from assistant.documents.labels import is_section_label
from assistant.documents.places import Placed
from assistant.form.model import Unplaced


@dataclass(slots=True)
class Kept(Placed):
    """Collects such texts, in the order in which they are read."""

    unplaced: list[Unplaced] = field(default_factory=list)

    def keep(self, place: str, text: str) -> None:
        """Keeps what fits nowhere."""
        if text.strip():
            self.unplaced.append(Unplaced(place=place, text=paragraphs(text)))

    def keep_line(self, line: Line) -> None:
        """Keeps a whole row; a pair of cells is kept as name and text."""
        if len(line.own) == 2 and len(line.own[0].text) <= 30:
            self.keep(f"{line.place}“{one_line(line.own[0].text)}”", line.own[1].text)
        else:
            self.keep(line.place, " ".join(paragraphs(cell.text) for cell in line.own))

    def keep_unless_label(self, line: Line, cell: Cell) -> None:
        """Keeps a cell of the label column unless it is (part of) the section's label or the row's number."""
        if not is_section_label(cell.text) and not cell.text.strip().isdigit():
            self.keep(line.place, cell.text)
