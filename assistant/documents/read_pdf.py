"""Reads PDF files with text: tables over several pages, repeated headers, cells that a page break cut."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from assistant.documents.grid import Block, Cell, Grid, Paragraph, Row
from assistant.documents.labels import indicator_role, is_title
from assistant.documents.pdf_page import (
    Glyph,
    PageContent,
    TextLine,
    clusters,
    lines_of,
    nearest,
    page_content,
)
from assistant.documents.pdf_tables import Box, PageTable, page_tables
from assistant.documents.pdf_text import joined_lines, wraps
from assistant.documents.safety import broken, protected, too_much
from assistant.errors import UnreadableFileError

_MOST_PAGES = 400
_MOST_GLYPHS = 20_000
"""Of one page: a page full of small type has some 5,000."""
_MOST_STROKES = 6_000
_MOST_MERGED = 3
"""Merged cells that begin in one row of the form: section, first and second level."""
_SAME_EDGE = 4.0
_MARGIN_SHARE = 0.1
_WIDEST_PADDING = 9.0
_PAGE_NUMBER = re.compile(
    r"[-—–·.\s]*\d{1,4}[-—–·.\s]*|第?\s*\d{1,4}\s*(?:页|/)[\s,，/]*(?:共?\s*\d{1,4}\s*页?)?"
)
_NUMBER_AT_END = re.compile(
    r"第\s*\d{1,4}\s*页\s*(?:[,，/]?\s*共\s*\d{1,4}\s*页)?\s*$|\s\d{1,3}\s*/\s*\d{1,3}\s*$"
)
_SCANNED = "这份 PDF 是扫描件或图片，里面没有文字，读不出表格；请找到它的 Word 原件，或先做文字识别再试。"
_NO_CODES = "这份 PDF 的文字没有保存编码，读出来是乱码；请找到它的 Word 原件，另存为 .docx 再试。"
_UNREADABLE_CODES = re.compile(r"\(cid:\d+\)|\ufffd")


@dataclass(frozen=True, slots=True)
class PdfContent:
    """The blocks of a document, and one Chinese sentence for each thing that was not read."""

    blocks: tuple[Block, ...]
    messages: tuple[str, ...]


@dataclass(slots=True)
class _Series:
    """A table with its parts on the following pages. ``cut``: boxes that go on at the top of a part."""

    parts: list[PageTable]
    cut: dict[int, Box] = field(default_factory=dict)


def read_pdf(data: bytes) -> PdfContent:
    """The tables and paragraphs of all pages. Raises UnreadableFileError."""
    pages = _pages(data)
    glyphs = sum(len(page.glyphs) for page in pages)
    pictured = [number for number, page in enumerate(pages, 1) if page.pictures and not page.glyphs]
    if glyphs == 0:
        raise UnreadableFileError(_SCANNED)
    unknown = sum(bool(_UNREADABLE_CODES.fullmatch(g.text)) for page in pages for g in page.glyphs)
    if unknown * 3 > glyphs:
        raise UnreadableFileError(_NO_CODES)
    messages = []
    if pictured:
        messages.append(f"第{'、'.join(map(str, pictured))}页是图片，没有文字，没有读取，请对照原文件补填。")
    if unknown:
        messages.append(f"有{unknown}个字没有保存编码，读不出来，请对照原文件核对。")
    return PdfContent(tuple(_Document(pages).blocks()), tuple(messages))


def _pages(data: bytes) -> list[PageContent]:
    # Imported here: it takes half a second, which only PDF files should cost.
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise too_much()
            return [_content(page) for page in pdf.pages]
    except UnreadableFileError:
        raise
    except MemoryError:
        raise too_much() from None
    except Exception as error:
        if isinstance(error.__cause__ or error.__context__, PDFPasswordIncorrect) or any(
            isinstance(argument, PDFPasswordIncorrect) for argument in error.args
        ):
            raise protected() from error
        raise broken() from error


def _content(page: Any) -> PageContent:
    if len(page.chars) > _MOST_GLYPHS:
        raise too_much()
    content = page_content(page)
    if len(content.level) + len(content.upright) > _MOST_STROKES:
        raise too_much()
    page.close()
    return content


class _Document:
    """Goes through the pages and puts together what page breaks cut."""

    def __init__(self, pages: Sequence[PageContent]) -> None:
        self.pages = pages
        self.tables = 0
        self.open: _Series | None = None
        self.margin_lines: set[tuple[str, int]] = set()

    def blocks(self) -> Iterator[Block]:
        """All blocks in reading order."""
        parted: list[tuple[list[PageTable], list[Glyph]]] = []
        for number, page in enumerate(self.pages, 1):
            parted.append(page_tables(page, number, parted[-1][0] if parted else ()))
        texts = [lines_of(rest, fields=True) for _, rest in parted]
        running = _running_lines(self.pages, texts)
        following = [tables for tables, _ in parted[1:]] + [[]]
        for page, (tables, _), lines, after in zip(self.pages, parted, texts, following, strict=True):
            kept = [line for line in lines if not (_in_margin(line, page) and _mark(line) in running)]
            yield from self._page(page, tables, _without_overhang(kept, tables, after))
        yield from self._close()

    def _page(self, page: PageContent, tables: list[PageTable], lines: list[TextLine]) -> Iterator[Block]:
        edges = [*((t.left, t.right) for t in tables), *((line.left, line.right) for line in lines)]
        if not edges:
            return
        left, right = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        if tables and self.open and _goes_on(self.open.parts[-1], tables[0]):
            lines = [line for line in lines if not self._is_running(line, tables[0])]
        self.margin_lines = {_spot(line) for line in lines}
        for table in tables:
            above = [line for line in lines if line.top < table.top]
            lines = lines[len(above) :]
            if above or not (self.open and _goes_on(self.open.parts[-1], table)):
                yield from self._close()
            yield from _paragraphs(above, left, right)
            if self.open:
                self._go_on(self.open, table)
            else:
                self.open = _Series([table])
        if lines:
            yield from self._close()
            yield from _paragraphs(lines, left, right)

    def _is_running(self, line: TextLine, table: PageTable) -> bool:
        """Whether a line above a table's second part stood in the same place on the page before."""
        first = "".join(box.text for box in table.boxes if box.row == 0)
        return line.top < table.top and _spot(line) in self.margin_lines and "名称" not in first

    def _close(self) -> Iterator[Block]:
        if self.open:
            self.tables += 1
            yield _grid(self.open, f"第{self.tables}个表格")
        self.open = None

    def _go_on(self, series: _Series, part: PageTable) -> None:
        repeated = _repeated_rows(series.parts, part)
        part.boxes = [box for box in part.boxes if box.row >= repeated]
        if not part.boxes:
            return
        first = min(box.row for box in part.boxes)
        for box in part.boxes:
            box.row -= first
        part.rows -= first
        _join_cut_row(series, part)
        series.parts.append(part)


def _running_lines(pages: Sequence[PageContent], texts: Sequence[Sequence[TextLine]]) -> set[tuple[str, int]]:
    """What stands in the margins of most pages: page numbers, names of files, dates of printing.

    A form's title may stand there too, at the top of every form; it is none of them.
    """
    counts: Counter[tuple[str, int]] = Counter()
    running = set()
    for page, lines in zip(pages, texts, strict=True):
        marks = {_mark(line) for line in lines if _in_margin(line, page) and not is_title(line.text)}
        counts.update(marks)
        running |= {_mark(line) for line in lines if _in_margin(line, page) and _is_page_number(line.text)}
    return running | {mark for mark, count in counts.items() if count > 1 and 2 * count >= len(pages)}


def _is_page_number(text: str) -> bool:
    """Whether a line is a page's number, or ends with one after the name of the file or the office."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()) or (len(text) < 60 and _NUMBER_AT_END.search(text)))


def _without_overhang(
    lines: list[TextLine], tables: Sequence[PageTable], after: Sequence[PageTable]
) -> list[TextLine]:
    """The lines without those of a merged cell that goes on: spreadsheets print its text on both pages."""
    if not tables or not after:
        return lines
    bottom = tables[-1].bottom
    again = "".join(box.text for box in after[0].boxes if box.row == 0 and box.rows > 1)
    return [line for line in lines if line.top < bottom or line.text.replace(" ", "") not in again]


def _in_margin(line: TextLine, page: PageContent) -> bool:
    return line.top < _MARGIN_SHARE * page.height or line.bottom > (1 - _MARGIN_SHARE) * page.height


def _mark(line: TextLine) -> tuple[str, int]:
    """A line's text whatever its numbers, and its height on the page."""
    return re.sub(r"\d+", "0", line.text), round(line.top / _SAME_EDGE)


def _spot(line: TextLine) -> tuple[str, int]:
    return line.text, round(line.top / _SAME_EDGE)


def _goes_on(before: PageTable, table: PageTable) -> bool:
    """Whether a table can be the next part of one that ended the page before: the same edges."""
    same = abs(before.left - table.left) <= _SAME_EDGE and abs(before.right - table.right) <= _SAME_EDGE
    return same and table.page == before.page + 1


def _row_texts(part: PageTable, row: int) -> list[str]:
    return [box.text for box in part.boxes if box.row == row and box.text]


def _repeated_rows(parts: Sequence[PageTable], part: PageTable) -> int:
    """How many rows at the top of a part repeat a header that stood in the parts before."""
    earlier = {tuple(texts) for p in parts for row in range(p.rows) if len(texts := _row_texts(p, row)) >= 3}
    count = 0
    while count < part.rows and tuple(_row_texts(part, count)) in earlier:
        count += 1
    return count


def _join_cut_row(series: _Series, part: PageTable) -> None:
    """Moves the lines of a row that a page break cut to the boxes where they begin."""
    above = series.parts[-1]
    pairs = [(_above(above, box), box) for box in part.boxes if box.row == 0]
    room = _padding(above.boxes)
    if _is_cut(pairs, room):
        for upper, box in pairs:
            if upper is not None and box.rows == 1:
                upper.lines += box.lines
        part.boxes = [box for box in part.boxes if box.row > 0 or box.rows > 1]
        for box in part.boxes:
            box.rows -= box.row == 0
            box.row -= box.row > 0
        part.rows -= 1
    for upper, box in pairs:
        if upper is None or max(box.rows, upper.rows) == 1:
            continue
        if box.lines and not upper.lines and min(box.rows, upper.rows) > 1 and id(upper) not in series.cut:
            upper.lines, box.lines = box.lines, []
        if box.lines and _cut(upper, box) and _breaks_off(upper, box, room):
            upper.lines += box.lines
            box.lines = []
        if not box.lines:
            series.cut[id(box)] = upper


def _is_cut(pairs: Sequence[tuple[Box | None, Box]], room: float) -> bool:
    """Whether the first row of a part is the rest of a row: its texts go on from full cells above them."""
    single = [(upper, box) for upper, box in pairs if upper is not None and max(upper.rows, box.rows) == 1]
    both = [(upper, box) for upper, box in single if upper.lines and box.lines]
    only_above = sum(bool(upper.lines) and not box.lines for upper, box in single)
    only_below = sum(bool(box.lines) for _, box in pairs if box.rows == 1) - len(both)
    if not both or not all(_cut(upper, box) for upper, box in both):
        return False
    full = [_breaks_off(upper, box, room) for upper, box in both]
    long = any(full) or any(len(upper.lines) > 1 for upper, _ in both)
    if only_below:
        # The short texts stand in the middle of their cells, below the break.
        return any(full) and not only_above and only_below >= len(both)
    if only_above and long and only_above + 1 >= len(both):
        return True
    tallest = max(len(upper.lines) for upper, _ in single)
    ends = [tallest > 1 and len(upper.lines) == tallest for upper, _ in both]
    return any(full) and all(broken or end for broken, end in zip(full, ends, strict=True))


def _breaks_off(upper: Box, lower: Box, room: float) -> bool:
    """Whether the upper text ends where its line is full."""
    return wraps(upper.lines[-1], lower.lines[0], upper.left + room, upper.right - room)


def _above(table: PageTable, box: Box) -> Box | None:
    """The box of a table's last row that has the same edges."""
    for other in table.boxes:
        if (
            other.row + other.rows == table.rows
            and abs(other.left - box.left) <= _SAME_EDGE
            and abs(other.right - box.right) <= _SAME_EDGE
        ):
            return other
    return None


def _cut(upper: Box, lower: Box) -> bool:
    """Whether the lines of two boxes can be one text: the upper one is full to its end."""
    if not upper.lines:
        return False
    size = upper.lines[-1].size
    return upper.bottom - upper.lines[-1].bottom < 1.5 * size and lower.lines[0].top - lower.top < 1.5 * size


def _paragraphs(lines: Sequence[TextLine], left: float, right: float) -> Iterator[Paragraph]:
    for paragraph in joined_lines(lines, left, right).split("\n"):
        if paragraph.strip():
            yield Paragraph(paragraph.strip())


def _grid(series: _Series, place: str) -> Grid:
    """The parts as one table with columns that all pages share."""
    boxes = [box for part in series.parts for box in part.boxes]
    positions = [edge for box in boxes for edge in (box.left, box.right)]
    edges = [sum(group) / len(group) for group in clusters(positions, positions)]
    padding = _padding(boxes)
    texts: dict[int, str] = {}
    for box in boxes:
        texts[id(box)] = joined_lines(box.lines, box.left + padding, box.right - padding)
    merging = {nearest(edges, box.left) for part in series.parts for box in _merged_labels(part)}
    rows: list[list[Cell]] = []
    for part in series.parts:
        start = len(rows)
        rows += [[] for _ in range(part.rows)]
        for box in part.boxes:
            column = nearest(edges, box.left)
            width = max(1, nearest(edges, box.right) - column)
            upper = series.cut.get(id(box))
            text = texts[id(upper or box)]
            # In columns with merged cells an empty cell is empty on purpose; at a page's top it may go on.
            own = box.rows > 1 or (column in merging and not (start and box.row == 0))
            for row in range(box.row, box.row + box.rows):
                covered = row > box.row or upper is not None
                rows[start + row].append(Cell(text, column, width, covered, own and not covered))
    return Grid(tuple(map(_sorted, rows)), place)


def _merged_labels(part: PageTable) -> list[Box]:
    """Cells over several rows below the indicators' header, a second row of which is no such cell."""
    header = max((box.row for box in part.boxes if indicator_role(box.text) == "level1"), default=-1)
    tall = [box for box in part.boxes if box.rows > 1 and box.lines and box.row > header]
    beginning = Counter(box.row for box in tall)
    return [box for box in tall if beginning[box.row] <= _MOST_MERGED]


def _sorted(row: list[Cell]) -> Row:
    return tuple(sorted(row, key=lambda cell: cell.column))


def _padding(boxes: Sequence[Box]) -> float:
    """The room between a cell's edge and its text, as the fullest cells have it."""
    rooms = sorted(min(line.left for line in box.lines) - box.left for box in boxes if len(box.lines) > 1)
    rooms = rooms or sorted(box.lines[0].left - box.left for box in boxes if box.lines)
    return min(max(rooms[len(rooms) // 10], 0.0), _WIDEST_PADDING) if rooms else 0.0
