"""Form -> the official .docx."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from assistant.documents.docx_package import (
    CELL_STYLE,
    NOTE_STYLE,
    TITLE_STYLE,
    YEAR_STYLE,
    W,
    pack,
)
from assistant.documents.official import WIDTH, Placed, PlacedRow, official_table
from assistant.form.model import Form
from assistant.form.text import visible

_TWIPS_PER_MM = 56.6929
_ROW_HEIGHT = 400
_PAGE = {"w": 11906, "h": 16838}
_MARGINS = {
    "top": 1134,
    "bottom": 1134,
    "left": 1077,
    "right": 1077,
    "header": 567,
    "footer": 567,
    "gutter": 0,
}


def write_docx(form: Form) -> bytes:
    """The official table (A4, merged cells) as a .docx; reading it back gives the same form.

    What fits no cell of the form (``unplaced``) is not printed.
    """
    table = official_table(form)
    root = etree.Element(f"{{{W}}}document", nsmap={"w": W})
    body = _add(root, "body")
    _paragraph(body, table.title, TITLE_STYLE)
    _paragraph(body, table.year_line, YEAR_STYLE)
    # Two tables, so that the second can repeat its header on each page: Word repeats only first rows.
    _table(body, table.head, open_below=True)
    _joint(body)
    _table(body, table.body, open_below=False)
    for note in table.notes:
        _paragraph(body, note, NOTE_STYLE)
    if not table.notes:
        _joint(body)
    section = _add(body, "sectPr")
    _add(section, "pgSz", **_PAGE)
    _add(section, "pgMar", **_MARGINS)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(xml, visible(form.project_name or form.title)[0])


def _add(parent: etree._Element, name: str, **attributes: str | int) -> etree._Element:
    element = etree.SubElement(parent, f"{{{W}}}{name}")
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", str(value))
    return element


def _paragraph(parent: etree._Element, text: str, style: str) -> None:
    """A paragraph of its own; line breaks stay inside it. Nothing for an empty text."""
    if text:
        paragraph = _add(parent, "p")
        _add(_add(paragraph, "pPr"), "pStyle", val=style)
        _run(paragraph, text)


def _run(paragraph: etree._Element, text: str) -> None:
    run = _add(paragraph, "r")
    for number, line in enumerate(visible(text)[0].split("\n")):
        if number:
            _add(run, "br")
        element = _add(run, "t")
        element.text = line
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _joint(body: etree._Element) -> None:
    """The paragraph that must stand between two tables and after the last one, one point high and hidden."""
    properties = _add(_add(body, "p"), "pPr")
    _add(properties, "pStyle", val=CELL_STYLE)
    _add(properties, "spacing", before=0, after=0, line=20, lineRule="exact")
    mark = _add(properties, "rPr")
    _add(mark, "vanish")
    _add(mark, "sz", val=2)


def _twips(millimetres: int) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _table(body: etree._Element, rows: Sequence[PlacedRow], *, open_below: bool) -> None:
    """A table; the first of two has no line at its end, where the second one begins with its own."""
    edges = sorted({0, WIDTH} | {edge for row in rows for c in row.cells for edge in (c.left, c.right)})
    table = _add(body, "tbl")
    properties = _add(table, "tblPr")
    _add(properties, "tblW", w=_twips(WIDTH), type="dxa")
    _add(properties, "jc", val="center")
    borders = _add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = not (open_below and side == "bottom")
        _add(borders, side, val="single" if drawn else "nil", sz=4, space=0, color="000000")
    _add(properties, "tblLayout", type="fixed")
    margins = _add(properties, "tblCellMar")
    for side in ("left", "right"):
        _add(margins, side, w=57, type="dxa")
    grid = _add(table, "tblGrid")
    for left, right in pairwise(edges):
        _add(grid, "gridCol", w=_twips(right) - _twips(left))
    for number, row in enumerate(rows):
        _row(table, row, edges, repeats=number == 0 and not open_below)


def _row(table: etree._Element, row: PlacedRow, edges: Sequence[int], repeats: bool) -> None:
    element = _add(table, "tr")
    properties = _add(element, "trPr")
    if not row.splits:
        _add(properties, "cantSplit")
    _add(properties, "trHeight", val=_ROW_HEIGHT, hRule="atLeast")
    if repeats:
        _add(properties, "tblHeader")
    for cell in row.cells:
        _cell(element, cell, edges, follows=row.follows)


def _cell(row: etree._Element, cell: Placed, edges: Sequence[int], follows: bool) -> None:
    element = _add(row, "tc")
    properties = _add(element, "tcPr")
    _add(properties, "tcW", w=_twips(cell.right) - _twips(cell.left), type="dxa")
    span = edges.index(cell.right) - edges.index(cell.left)
    if span > 1:
        _add(properties, "gridSpan", val=span)
    if cell.height > 1 or cell.own:
        _add(properties, "vMerge", val="restart")
    elif cell.height == 0:
        _add(properties, "vMerge")
    if cell.open_below:
        _add(_add(properties, "tcBorders"), "bottom", val="nil")
    _add(properties, "vAlign", val="center")
    lines = cell.text.split("\n") if cell.height else [""]
    for line in lines:
        paragraph = _add(element, "p")
        style = _add(paragraph, "pPr")
        _add(style, "pStyle", val=CELL_STYLE)
        if follows:
            _add(style, "keepNext")
        _add(style, "jc", val="left" if cell.kind == "prose" else "center")
        if line:
            _run(paragraph, line)
