"""Form -> the official .docx."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import pairwise
from typing import cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_Merge
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, Twips
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row

from assistant.documents.celltext import unwrapped
from assistant.documents.docx_package import (
    CELL_STYLE,
    JOINT_STYLE,
    NOTE_STYLE,
    PROSE_STYLE,
    TITLE_STYLE,
    YEAR_STYLE,
    template,
    without_dates,
)
from assistant.documents.official import WIDTH, Placed, PlacedRow, official_table
from assistant.documents.paging import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE_MARGIN,
    UPPER_MARGIN,
    Lettering,
    lettering,
)
from assistant.form.model import Form
from assistant.form.text import visible

_TWIPS_PER_MM = 56.6929
_PADDING = {"top": 15, "left": 57, "bottom": 15, "right": 57}
"""Twips between a cell's text and its lines."""
_LONGEST_PROPERTY = 255
"""Characters of a document property, by the OPC standard."""


def write_docx(form: Form) -> bytes:
    """The official table (A4, merged cells) as a .docx; reading it back gives the same form.

    What fits no cell of the form (``unplaced``) is not printed.
    """
    table = official_table(form)
    document = docx.Document(BytesIO(template()))
    document.core_properties.title = visible(form.project_name or form.title)[0][:_LONGEST_PROPERTY]
    writer = _Writer(document, lettering(table))
    writer.paragraph(table.title, TITLE_STYLE)
    writer.paragraph(table.year_line, YEAR_STYLE)
    # Two tables, so that the second can repeat its header on each page: Word repeats only first rows.
    writer.table(table.head, open_below=True)
    document.add_paragraph(style=writer.style(JOINT_STYLE))
    writer.table(table.body, open_below=False)
    for note in table.notes:
        writer.paragraph(note, NOTE_STYLE)
    if not table.notes:
        document.add_paragraph(style=writer.style(JOINT_STYLE))
    buffer = BytesIO()
    document.save(buffer)
    return without_dates(buffer.getvalue())


class _Writer:
    """Appends to a document of the form's template."""

    def __init__(self, document: Document, size: Lettering) -> None:
        self.document = document
        self.row_height = Pt(size.least_row)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        section.left_margin = section.right_margin = Mm(SIDE_MARGIN)
        section.top_margin = section.bottom_margin = Mm(UPPER_MARGIN)
        section.header_distance = section.footer_distance = Mm(UPPER_MARGIN / 2)
        self.centred, self.prose = self.style(CELL_STYLE), self.style(PROSE_STYLE)
        self.centred.font.size = Pt(size.character)
        self.centred.paragraph_format.line_spacing = Pt(size.line)

    def style(self, identity: str) -> ParagraphStyle:
        """One of the template's paragraph styles."""
        return cast(ParagraphStyle, self.document.styles.get_by_id(identity, WD_STYLE_TYPE.PARAGRAPH))

    def paragraph(self, text: str, style: str) -> None:
        """A paragraph of its own; line breaks stay inside it. Nothing for an empty text."""
        if text:
            self.document.add_paragraph(visible(text)[0], self.style(style))

    def table(self, rows: Sequence[PlacedRow], *, open_below: bool) -> None:
        """A table; the first of two has no line at its end, where the second one begins with its own."""
        edges = sorted({0, WIDTH} | {edge for row in rows for c in row.cells for edge in (c.left, c.right)})
        table = self.document.add_table(0, len(edges) - 1)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, (left, right) in zip(table.columns, pairwise(edges), strict=True):
            column.width = Twips(_twips(right) - _twips(left))
        _frame(table, open_below)
        shapes: dict[tuple[tuple[int, int], ...], CT_Row] = {}
        for number, row in enumerate(rows):
            spans = tuple((edges.index(cell.left), edges.index(cell.right) - 1) for cell in row.cells)
            if spans not in shapes:
                shapes[spans] = self._shape(table, spans)
            added = _Row(deepcopy(shapes[spans]), table)
            table._tbl.append(added._tr)
            self._fill(added, row, [first for first, _ in spans], repeats=number == 0 and not open_below)

    def _shape(self, table: Table, spans: Iterable[tuple[int, int]]) -> CT_Row:
        """An empty row with a cell for each span of columns. Building one is slow, so rows are copied."""
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        row.height, row.height_rule = self.row_height, WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = row.cells
        for first, last in spans:
            cell = cells[first].merge(cells[last]) if last > first else cells[first]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].style = self.centred
        table._tbl.remove(row._tr)
        return row._tr

    def _fill(self, added: _Row, row: PlacedRow, columns: Iterable[int], repeats: bool) -> None:
        properties = added._tr.get_or_add_trPr()
        if not row.splits:
            properties.append(OxmlElement("w:cantSplit"))
        if repeats:
            properties.append(OxmlElement("w:tblHeader"))
        cells = added.cells
        for column, placed in zip(columns, row.cells, strict=True):
            self._cell(cells[column], placed, follows=row.follows)

    def _cell(self, cell: _Cell, placed: Placed, follows: bool) -> None:
        # Not merge(): it walks down the rows by recursion, and knows no merged cell of one row.
        if placed.height > 1 or placed.own:
            cell._tc.vMerge = ST_Merge.RESTART
        elif placed.height == 0:
            cell._tc.vMerge = ST_Merge.CONTINUE
        if placed.open_below:
            borders = OxmlElement("w:tcBorders")
            borders.append(_line("bottom", drawn=False))
            cell._tc.get_or_add_tcPr().insert_element_before(borders, "w:vAlign")
        text = placed.text if placed.height else ""
        # Lines of a short cell would be joined as wrapped ones when they are read: their breaks are marked.
        marked = unwrapped(text) != text or placed.kind == "short" or placed.value
        lines = [text] if marked else text.split("\n")
        for number, line in enumerate(lines):
            paragraph = cell.add_paragraph(style=self.centred) if number else cell.paragraphs[0]
            if placed.kind == "prose":
                paragraph.style = self.prose
            if follows:
                paragraph.paragraph_format.keep_with_next = True
            if line:
                paragraph.add_run(visible(line)[0])


def _twips(millimetres: int) -> int:
    return round(millimetres * _TWIPS_PER_MM)


def _frame(table: Table, open_below: bool) -> None:
    """The table's width, which WPS and Word want said once more, and its lines."""
    properties = table._tbl.tblPr
    properties.remove_all("w:tblW")
    width = _element("tblW", w=_twips(WIDTH), type="dxa")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side, drawn=not (open_below and side == "bottom")))
    margins = OxmlElement("w:tblCellMar")
    for side, room in _PADDING.items():
        margins.append(_element(side, w=room, type="dxa"))
    properties.insert_element_before(width, "w:jc", "w:tblLayout", "w:tblLook")
    properties.insert_element_before(borders, "w:tblLayout", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def _line(side: str, drawn: bool) -> BaseOxmlElement:
    return _element(side, val="single" if drawn else "nil", sz=4, space=0, color="000000")


def _element(name: str, **attributes: str | int) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
