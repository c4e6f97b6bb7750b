"""Reads tables of a web page, also where it calls itself .doc or .xls, as many systems export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from assistant.documents.grid import Block, Grid, Paragraph, Spanned, resolve_spans
from assistant.errors import UnreadableFileError

_MOST_SPAN = 200
_SKIPPED = {"script", "style", "head", "title", "noscript", "template", "select", "button"}
_SOURCE_BREAK = re.compile(r"[ \t]*[\r\n]\s*")
_BLOCK = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}


def looks_like_html(text: str) -> bool:
    """Whether a text file is a web page."""
    start = text[:4096].lower()
    marks = ("<html", "<table", "<body", "<!doctype html")
    return start.lstrip().startswith("<") and any(mark in start for mark in marks)


def read_html(text: str) -> list[Block]:
    """The tables, cut where they hold other tables, and the text between them, in the order of the page."""
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError("网页文件是空的或已损坏，请用 Word 或 WPS 另存为 .docx 再试。") from error
    return list(_Page().blocks(root))


class _Page:
    """Walks the page and numbers its tables."""

    def __init__(self) -> None:
        self.tables = 0
        self.pieces: list[str] = []

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        """Grids; what stands between them line by line."""
        yield from self._walk(root)
        yield from self._paragraphs()

    def _walk(self, element: etree._Element) -> Iterator[Block]:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if element.tag == "table":
            yield from self._table(element)
            return
        yield from self._inside(element)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """A table as grids: rows that hold tables themselves, or nothing but one cell, stand between them."""
        yield from self._paragraphs()
        nested = next(table.iterdescendants("table"), None) is not None
        run: list[etree._Element] = []
        for row in _own_rows(table):
            if nested and (len(_cells(row)) < 2 or next(row.iterdescendants("table"), None) is not None):
                yield from self._grid(run)
                run = []
                yield from self._inside(row)
                yield from self._paragraphs()
            else:
                run.append(row)
        yield from self._grid(run)

    def _grid(self, rows: list[etree._Element]) -> Iterator[Block]:
        if rows:
            self.tables += 1
            yield Grid(resolve_spans(map(_spanned, rows)), f"第{self.tables}个表格")

    def _inside(self, element: etree._Element) -> Iterator[Block]:
        if element.tag in _BLOCK:
            self.pieces.append("\n")
        self.pieces.append(_flowing(element.text))
        for child in element:
            yield from self._walk(child)
            self.pieces.append(_flowing(child.tail))
        if element.tag in _BLOCK:
            self.pieces.append("\n")

    def _paragraphs(self) -> Iterator[Block]:
        lines = "".join(self.pieces).split("\n")
        self.pieces = []
        for line in lines:
            if line.strip():
                yield Paragraph(line.strip())


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, without those of the tables inside it."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield row


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _spanned(row: etree._Element) -> list[Spanned]:
    return [Spanned(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in _cells(row)]


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name) or ""
    return min(max(int(value[:4]), 1), _MOST_SPAN) if value.isascii() and value.isdigit() else 1


def _text(element: etree._Element) -> str:
    """The text of a cell, its blocks apart by line breaks."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return ""
    text = _flowing(element.text) + "".join(_text(child) + _flowing(child.tail) for child in element)
    return f"\n{text}\n" if element.tag in _BLOCK else text


def _flowing(text: str | None) -> str:
    """Line ends of the source mean nothing on a page; between Chinese characters not even a blank."""
    return _SOURCE_BREAK.sub("", text) if text else ""
