"""Sheets as PDF files, drawn by reportlab: fonts not embedded, rows cut by page breaks, missing lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.documents.editions import Box, Sheet

_FONT = "STSong-Light"
_MARGIN = 40

Commands = list[tuple[Any, ...]]
LINES: Commands = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
ROWS_ONLY: Commands = [
    ("LINEABOVE", (0, 0), (-1, -1), 0.5, "black"),
    ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black"),
]
OPEN_SIDES: Commands = [
    ("INNERGRID", (0, 0), (-1, -1), 0.5, "black"),
    ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
    ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
]


def as_pdf(
    sheets: Sequence[Sheet],
    *,
    lines: Commands = LINES,
    wide: bool = False,
    size: float = 9,
    footer: str = "",
    password: str = "",
    room: float = 3,
    split: bool = False,
) -> bytes:
    """Sheets one after the other; ``wide``: in landscape; ``footer``: a line at the foot of each page.

    ``room``: points between the text of a cell and its edges. ``split``: page breaks go through rows.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    page = landscape(A4) if wide else A4
    out = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    document = SimpleDocTemplate(out, pagesize=page, encrypt=password or None, **margins)
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=size, leading=size * 1.25, wordWrap="CJK")
    title = ParagraphStyle("title", parent=style, fontSize=18, leading=24, alignment=1)
    parts: list[Any] = []
    for sheet in sheets:
        parts += [Paragraph(escape(line), title) for line in sheet.above if line]
        parts.append(_table(sheet, style, lines, page[0] - 2 * _MARGIN, room, split))
        parts += [Paragraph(escape(line), style) for line in sheet.below]

    def foot(canvas: Any, built: Any) -> None:
        canvas.setFont(_FONT, 8)
        canvas.drawString(_MARGIN, 20, footer)
        canvas.drawCentredString(page[0] / 2, 20, f"第 {built.page} 页")

    document.build(parts, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def rules_above_cells(sheet: Sheet) -> Commands:
    """Level lines only: those inside of a table stop at the cells that reach down."""
    rules: Commands = [
        ("LINEABOVE", first, (last[0], first[1]), 0.5, "black") for _, first, last in _placed(sheet)
    ]
    return [*rules, ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black")]


def _placed(sheet: Sheet) -> Iterator[tuple[Box, tuple[int, int], tuple[int, int]]]:
    """Each box with the column and row of its first and its last cell."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(sheet.rows):
        column = 0
        for box in row:
            while (number, column) in taken:
                column += 1
            right, bottom = column + box.wide - 1, number + box.high - 1
            taken |= {(r, c) for r in range(number, bottom + 1) for c in range(column, right + 1)}
            yield box, (column, number), (right, bottom)
            column = right + 1


def _table(
    sheet: Sheet, style: ParagraphStyle, lines: Commands, width: float, room: float, split: bool
) -> Table:
    cells: list[list[Any]] = [[""] * sheet.columns for _ in sheet.rows]
    spans: Commands = []
    for box, (left, top), (right, bottom) in _placed(sheet):
        cells[top][left] = Paragraph(escape(box.text).replace("\n", "<br/>"), style)
        if box.wide * box.high > 1:
            spans.append(("SPAN", (left, top), (right, bottom)))
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), room) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return Table(
        cells,
        colWidths=[width / sheet.columns] * sheet.columns,
        style=[*spans, *lines, *padding, ("VALIGN", (0, 0), (-1, -1), "TOP")],
        splitInRow=int(split),
    )
