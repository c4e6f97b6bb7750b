"""Headings and tables as .docx, .xlsx or .html: how check reports leave the program."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.documents.report import Column, ReportPart, ReportTable
from assistant.documents.report_html import html_report
from assistant.documents.report_xlsx import xlsx_report
from assistant.errors import AssistantError

__all__ = ["Column", "ReportPart", "ReportTable", "write_parts"]

_FONT = "宋体"


def write_parts(title: str, parts: tuple[ReportPart, ...], suffix: str) -> bytes:
    """The report as ``suffix`` (``.docx``, ``.xlsx``, ``.html``). Raises AssistantError for any other."""
    writers = {".docx": _docx, ".xlsx": xlsx_report, ".html": html_report}
    if suffix not in writers:
        raise AssistantError(f"检查报告不能写成“{suffix}”，请用 .docx、.xlsx 或 .html。")
    return writers[suffix](title, parts)


def _docx(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for margin in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, margin, Mm(18))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = _FONT
        # Word takes the East Asian font from its own attribute, not from the Latin font name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(title, 0)
    for part in parts:
        document.add_heading(part.heading, part.level)
        for line in part.lines:
            document.add_paragraph(line)
        for table in part.tables:
            if table.rows:
                document.add_heading(table.heading, 3)
                _docx_table(document, table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: DocxDocument, table: ReportTable) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    names = tuple(column.name for column in table.columns)
    widths = [column.width for column in table.columns]
    unit = Mm(261) // sum(widths)
    for number, row in enumerate((names, *table.rows)):
        cells = grid.rows[0].cells if number == 0 else grid.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.text = text
            cell.width = unit * width
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = unit * width
