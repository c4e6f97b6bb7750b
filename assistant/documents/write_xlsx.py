"""Form -> the official table as .xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from assistant.documents.celltext import OWN_WORKBOOK
from assistant.documents.official import WIDTH, Placed, PlacedRow, official_table
from assistant.documents.paging import NARROW, Lettering, row_heights
from assistant.documents.widths import line_count
from assistant.form.model import Form
from assistant.form.text import visible

_TEXT_FONT = "宋体"
_TITLE_FONT = "方正小标宋简体"
_WIDTH_OF_MM = 0.53
"""Excel's column width (characters of the default font) of a millimetre."""
_LETTERING = Lettering(character=10, line=14, least_row=21)
_MOST_POINTS = 409.0
_STACKED = 255
_SHEET = "自评表"


def write_xlsx(form: Form) -> bytes:
    """The official table as a workbook; text that starts with = + - @ is never taken for a formula.

    Every cell holds text exactly as it stands in the form. What fits no cell (``unplaced``) is not printed.
    """
    table = official_table(form)
    rows = (*table.head, *table.body)
    writer = _Writer(sorted({edge for row in rows for cell in row.cells for edge in (cell.left, cell.right)}))
    if table.title:
        writer.line(table.title, Font(name=_TITLE_FONT, size=22), "center")
    if table.year_line:
        writer.line(table.year_line, Font(name=_TEXT_FONT, size=12), "center")
    writer.add(table.head)
    writer.repeat_next_row()
    writer.add(table.body)
    for note in table.notes:
        writer.line(note, Font(name=_TEXT_FONT, size=9), "left")
    return writer.save()


class _Writer:
    """Fills a sheet from top to bottom. ``edges`` (mm) are the borders of its columns."""

    def __init__(self, edges: Sequence[int]) -> None:
        self.book = Workbook()
        self.book.properties.category = OWN_WORKBOOK
        self.sheet = self.book.worksheets[0]
        self.sheet.title = _SHEET
        self.edges = list(edges)
        self.row = 0
        for number, (left, right) in enumerate(pairwise(self.edges), 1):
            width = (right - left) * _WIDTH_OF_MM
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.regular = Font(name=_TEXT_FONT, size=10)
        side = Side(style="thin", color="000000")
        self.closed = Border(left=side, right=side, top=side, bottom=side)
        self.open = Border(left=side, right=side, top=side)

    def line(self, text: str, font: Font, align: str) -> None:
        """A line over the whole width, above or below the table."""
        self.row += 1
        self._text(1, text, font, align)
        self._merge(1, len(self.edges) - 1, 1)
        height = line_count(text, WIDTH) * font.size * 1.4 + 6
        self.sheet.row_dimensions[self.row].height = min(height, _MOST_POINTS)

    def add(self, rows: Sequence[PlacedRow]) -> None:
        """Rows of the table, each high enough for its texts."""
        for row, height in zip(rows, row_heights(rows, _LETTERING), strict=True):
            self.row += 1
            for placed in row.cells:
                first, last = self.edges.index(placed.left) + 1, self.edges.index(placed.right)
                for column in range(first, last + 1):
                    cell = self.sheet.cell(self.row, column)
                    cell.border = self.open if placed.open_below else self.closed
                if placed.height:
                    self._cell(placed, first, last)
            self.sheet.row_dimensions[self.row].height = min(height, _MOST_POINTS)

    def repeat_next_row(self) -> None:
        """The next row is printed at the top of each further page."""
        self.sheet.print_title_rows = f"{self.row + 1}:{self.row + 1}"

    def save(self) -> bytes:
        """The workbook's bytes, set up for A4 in portrait."""
        sheet = self.sheet
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.6
        sheet.print_area = f"A1:{get_column_letter(len(self.edges) - 1)}{self.row}"
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    def _cell(self, placed: Placed, first: int, last: int) -> None:
        if placed.text or placed.own:
            self._text(first, placed.text, self.regular, "left" if placed.kind == "prose" else "center")
            if placed.right - placed.left < NARROW:
                self.sheet.cell(self.row, first).alignment = Alignment(
                    horizontal="center", vertical="center", text_rotation=_STACKED
                )
        self._merge(first, last, placed.height)

    def _merge(self, first: int, last: int, height: int) -> None:
        if last > first or height > 1:
            self.sheet.merge_cells(
                start_row=self.row, start_column=first, end_row=self.row + height - 1, end_column=last
            )

    def _text(self, column: int, text: str, font: Font, align: str) -> None:
        """Text as text, whatever it begins with."""
        cell = self.sheet.cell(self.row, column)
        cell.value = visible(text)[0]
        cell.data_type = "s"
        cell.number_format = "@"
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
