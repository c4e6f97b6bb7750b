"""Headings and tables as .docx, .xlsx or .html: how check reports leave the program."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assistant.errors import AssistantError
from assistant.form.model import Frozen

_FONT = "宋体"
_STYLE = """
body{font-family:"Noto Serif CJK SC","SimSun",serif;color:#1f2933}
body{max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;text-align:center}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #9aa5b1}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 1.2rem}
th,td{border:1px solid #9aa5b1;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#eef2f6}
"""


class ReportTable(Frozen):
    """A table with its heading; ``columns`` are headings with their relative widths."""

    heading: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


class ReportPart(Frozen):
    """A chapter: heading, some lines of text, some tables. Empty tables are left out."""

    heading: str
    lines: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()


def write_parts(title: str, parts: tuple[ReportPart, ...], suffix: str) -> bytes:
    """The report as ``suffix`` (``.docx``, ``.xlsx``, ``.html``). Raises AssistantError for any other."""
    writers = {".docx": _docx, ".xlsx": _xlsx, ".html": _html}
    if suffix not in writers:
        raise AssistantError(f"检查报告不能写成“{suffix}”，请用 .docx、.xlsx 或 .html。")
    return writers[suffix](title, parts)


def _html(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    out = [
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
    ]
    for part in parts:
        out.append(f"<h2>{escape(part.heading)}</h2>")
        out += [f"<p>{escape(line)}</p>" for line in part.lines]
        for table in part.tables:
            if table.rows:
                out.append(_html_table(table))
    out.append("</body></html>")
    return "\n".join(out).encode("utf-8")


def _html_table(table: ReportTable) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name, _ in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return (
        f"<h3>{escape(table.heading)}</h3><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _docx(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for margin in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, margin, Mm(18))
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
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
        document.add_heading(part.heading, 1)
        for line in part.lines:
            document.add_paragraph(line)
        for table in part.tables:
            if table.rows:
                document.add_heading(table.heading, 2)
                _docx_table(document, table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: DocxDocument, table: ReportTable) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    names, widths = zip(*table.columns, strict=True)
    unit = Mm(261) // sum(widths)
    for number, row in enumerate((names, *table.rows)):
        cells = grid.rows[0].cells if number == 0 else grid.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.text = text
            cell.width = unit * width
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = unit * width


def _xlsx(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    """One sheet per table heading, so that tables of many forms can be filtered together."""
    book = Workbook()
    book.remove(book.active)
    for part in parts:
        for table in part.tables:
            sheet = book[table.heading] if table.heading in book.sheetnames else _sheet(book, table)
            for row in table.rows:
                sheet.append([part.heading, *row])
                for cell in sheet[sheet.max_row]:
                    # Text stays text: a cell that begins with = + - @ must never become a formula.
                    cell.data_type = "s"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if not book.sheetnames:
        book.create_sheet(title[:30])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, table: ReportTable) -> Any:
    sheet = book.create_sheet(table.heading)
    for number, (name, width) in enumerate((("所在表", 9), *table.columns), 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(width * 2, 8)
        cell = sheet.cell(1, number, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF2F6")
    sheet.freeze_panes = "A2"
    return sheet
