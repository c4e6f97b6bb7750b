"""Report -> .docx: an A4 page in landscape, tables with a heading row that is repeated on each page."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.run import Run

from assistant.documents.report import Column, ReportPart, ReportTable

_FONT = "宋体"
_MARGIN = 18
_ROOM = Mm(297 - 2 * _MARGIN)
_INK = RGBColor(0x1F, 0x29, 0x33)
_HEAD = "E8EDF4"
_LINE = "A9B4C2"
_SEVERITIES = {"错误": RGBColor(0xC0, 0x39, 0x2B), "提醒": RGBColor(0x8A, 0x5A, 0x0B)}
_HEADINGS = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 10.5}


def docx_report(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    """The report as a Word document; its headings make the outline that Word shows beside it."""
    document = Document()
    _dress(document)
    document.add_heading(title, 0)
    for part in parts:
        document.add_heading(part.heading, part.level)
        for line in part.lines:
            document.add_paragraph(line)
        for table in part.tables:
            if table.rows:
                document.add_heading(table.heading, 3)
                _table(document, table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(document: DocxDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for margin in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, margin, Mm(_MARGIN))
    for name in ("Normal", *_HEADINGS):
        style = document.styles[name]
        style.font.name = _FONT
        # Word takes the East Asian font from its own attribute, not from the Latin font name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), _FONT)
    normal = document.styles["Normal"]
    normal.font.size = Pt(9.5)
    normal.paragraph_format.space_after = Pt(2)
    for name, size in _HEADINGS.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, _INK
        style.paragraph_format.space_before = Pt(size if name != "Title" else 0)
        style.paragraph_format.space_after = Pt(4)


def _table(document: DocxDocument, table: ReportTable) -> None:
    grid = document.add_table(rows=2, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    _frame(grid)
    unit = _ROOM // sum(column.width for column in table.columns)
    for column, shape in zip(grid.columns, table.columns, strict=True):
        column.width = Emu(unit * shape.width)
    head, pattern = grid.rows
    _shape(head, table.columns, unit)
    _shape(pattern, table.columns, unit)
    for cell, column in zip(head.cells, table.columns, strict=True):
        cell.paragraphs[0].runs[0].text = column.name
        cell.paragraphs[0].runs[0].bold = True
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    properties = head._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    # Building a row is slow, so all rows are copies of one.
    grid._tbl.remove(pattern._tr)
    for row in table.rows:
        grid._tbl.append(_filled(pattern._tr, table.columns, row))


def _shape(row: _Row, columns: tuple[Column, ...], unit: int) -> None:
    """A row of empty cells with their widths, each with one run; it is not divided between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column in zip(row.cells, columns, strict=True):
        cell.width = Length(unit * column.width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        if column.kind == "number":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run("").bold = column.kind == "severity"


def _filled(pattern: CT_Row, columns: tuple[Column, ...], texts: tuple[str, ...]) -> CT_Row:
    row = deepcopy(pattern)
    for run, column, text in zip(_runs(row), columns, texts, strict=True):
        run.text = text
        if column.kind == "severity" and text in _SEVERITIES:
            run.font.color.rgb = _SEVERITIES[text]
    return row


def _runs(row: CT_Row) -> Iterator[Run]:
    for element in row.iter(qn("w:r")):
        yield Run(element, None)  # type: ignore[arg-type]


def _frame(grid: Table) -> None:
    """Grey lines, so that the figures stand out and not the grid."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblLook")
