"""Reports as a Word document: landscape, headings for the navigation pane, links from overview to detail."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from assistant.documents.report import Column, ReportPart, ReportTable
from assistant.form.text import visible

_FONT = "宋体"
_MARGIN, _WIDTH = 18, 261
"""Millimetres of a landscape A4 page: at its sides, and between them."""
_TWIPS_PER_MM = 56.6929
_EDGE, _HEAD_FILL, _LINK = "CBD2D9", "DCE6F1", "1F5FA8"
_TONES = {"错误": "A61B1B", "提醒": "8A5A00", "提示": "52606D"}
_SIZES = {"Title": 18, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5, "Normal": 10}
_ROOM = {"top": 30, "left": 80, "bottom": 30, "right": 80}
"""Twips between a cell's text and its lines."""
_CELL_SIZE = 18
"""Half points."""
_DOCUMENT = "word/document.xml"
_TITLE, _TABLE_HEADING = "Title", "Heading3"
_HEADINGS = {1: "Heading1", 2: "Heading2"}
_FOOTER = (
    f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">第 </w:t></w:r>'
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> 页</w:t></w:r></w:p>'
)


def docx_report(title: str, parts: tuple[ReportPart, ...]) -> bytes:
    """The report as .docx."""
    document = Document()
    _set_up(document)
    anchors = {part.anchor: f"a{number}" for number, part in enumerate(parts) if part.anchor}
    written = [_paragraph(_run(title), _TITLE)]
    for number, part in enumerate(parts):
        written += _part(number, part, anchors)
    out = BytesIO()
    document.save(out)
    return _with_body("".join(written), out)


def _with_body(body: str, empty: BytesIO) -> bytes:
    """The package ``empty`` with ``body`` before the properties of its section.

    As text in one piece: for a thousand forms python-docx takes minutes cell by cell, a tree a gigabyte.
    """
    out = BytesIO()
    with ZipFile(empty) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == _DOCUMENT:
                before, section, after = data.decode("utf-8").partition("<w:sectPr")
                data = "".join((before, body, section, after)).encode("utf-8")
            target.writestr(entry, data, ZIP_DEFLATED)
    return out.getvalue()


def _set_up(document: DocxDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for margin in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, margin, Mm(_MARGIN))
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
        # Word takes the East Asian font from its own attribute, not from the Latin font name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.element.get_or_add_pPr().remove_all("w:pBdr")
    footer = section.footer
    footer.is_linked_to_previous = False
    footer._element.replace(footer.paragraphs[0]._p, parse_xml(_FOOTER))


def _part(number: int, part: ReportPart, anchors: dict[str, str]) -> Iterator[str]:
    heading = _run(part.heading)
    if name := anchors.get(part.anchor):
        heading = (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{heading}<w:bookmarkEnd w:id="{number}"/>'
        )
    yield _paragraph(heading, _HEADINGS[part.level])
    yield from (_paragraph(_run(line)) for line in part.lines)
    for table in part.tables:
        if table.rows:
            yield _paragraph(_run(table.heading), _TABLE_HEADING)
            yield from _table(table, anchors)


class _Shape(NamedTuple):
    """What each cell of a column is the same in: its properties, and those of its paragraph."""

    cell: str
    paragraph: str


def _table(table: ReportTable, anchors: dict[str, str]) -> Iterator[str]:
    whole = sum(column.width for column in table.columns)
    widths = [round(column.width / whole * _WIDTH * _TWIPS_PER_MM) for column in table.columns]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_EDGE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    room = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in _ROOM.items())
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    shapes = [_shape(column, width) for column, width in zip(table.columns, widths, strict=True)]
    heads = (
        _cell(shape, _run(column.name, bold=True), fill=_HEAD_FILL)
        for shape, column in zip(shapes, table.columns, strict=True)
    )
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    links = table.links or ("",) * len(table.rows)
    for row, link in zip(table.rows, links, strict=True):
        runs = [_run(text, color=_TONES.get(text, ""), bold=text in _TONES) for text in row]
        if target := anchors.get(link):
            at = table.title_column
            runs[at] = f'<w:hyperlink w:anchor="{target}">{_run(row[at], color=_LINK)}</w:hyperlink>'
        cells = (_cell(shape, run) for shape, run in zip(shapes, runs, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    # Two tables that touch would become one.
    yield "</w:tbl><w:p/>"


def _shape(column: Column, width: int) -> _Shape:
    side = '<w:jc w:val="right"/>' if column.kind == "number" else ""
    return _Shape(f'<w:tcW w:w="{width}" w:type="dxa"/>', f'<w:pPr><w:spacing w:after="0"/>{side}</w:pPr>')


def _cell(shape: _Shape, runs: str, fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{shape.cell}{shade}</w:tcPr><w:p>{shape.paragraph}{_sized(runs)}</w:p></w:tc>"


def _sized(runs: str) -> str:
    """Runs of a cell in its smaller letters."""
    return runs.replace("</w:rPr>", f'<w:sz w:val="{_CELL_SIZE}"/><w:szCs w:val="{_CELL_SIZE}"/></w:rPr>')


def _paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(text: str, *, color: str = "", bold: bool = False) -> str:
    """A run with its properties; line breaks of the text stay line breaks."""
    look = ("<w:b/>" if bold else "") + (f'<w:color w:val="{color}"/>' if color else "")
    lines = escape(visible(text)[0]).split("\n")
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{look}</w:rPr>{said}</w:r>"
