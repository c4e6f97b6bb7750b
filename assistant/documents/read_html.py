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
    """The outermost tables that hold cells of their own, and the text between them."""
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
        """Tables without tables inside; what stands between them line by line."""
        yield from self._walk(root)
        yield from self._paragraphs()

    def _walk(self, element: etree._Element) -> Iterator[Block]:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if element.tag == "table" and next(element.iterdescendants("table"), None) is None:
            yield from self._paragraphs()
            self.tables += 1
            yield Grid(resolve_spans(_rows(element)), f"第{self.tables}个表格")
            return
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


def _rows(table: etree._Element) -> Iterator[list[Spanned]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        yield [Spanned(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells]


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
