"""What a report is made of: chapters of lines and tables, with links between them; no file format here."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assistant.form.model import Frozen


class Column(NamedTuple):
    """A column's heading, its relative width, and what its cells are; ``number`` may also hold a dash."""

    name: str
    width: int
    kind: Literal["text", "number", "severity"] = "text"


class ReportTable(Frozen):
    """A table with its heading. ``links``: per row the anchor of the chapter it leads to, or none at all.

    ``folded``: shown closed where the format can. ``title_column``: the column that carries the links;
    ``short_column``: the one that does where programs do not wrap a link, None where titles are short.
    """

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()
    title_column: int = 0
    short_column: int | None = None
    folded: bool = False


class ReportPart(Frozen):
    """A chapter: heading, lines of text, tables (empty ones are left out).

    ``level`` 1 or 2. ``anchor``: its own name for links. ``origin``: what tells in a spreadsheet, where the
    tables of all chapters stand in one sheet, which chapter a row belongs to; columns and their texts.
    """

    heading: str
    lines: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    level: int = 1
    anchor: str = ""
    origin: tuple[tuple[Column, str], ...] = ()
