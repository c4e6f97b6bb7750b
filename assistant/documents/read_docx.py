"""Reads WordprocessingML: tables with their spans, as Word shows them with all changes accepted.

Kept: text in content controls, inserted text, text boxes, formulas. Left out: deleted and moved-away text,
hidden text, field codes, the prompts of empty content controls, the copy that Word keeps for older programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from assistant.documents.docx_package import NOTE_STYLE, OWN_STYLES, TITLE_STYLE, YEAR_STYLE, W
from assistant.documents.grid import MARKED_BREAK, Block, Cell, Grid, Paragraph, ParagraphRole, Row
from assistant.documents.numbering import Numbering, read_numbering

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_COLUMNS = 200
_ROLES: dict[str, ParagraphRole] = {
    TITLE_STYLE: "title", "Title": "title", YEAR_STYLE: "year", NOTE_STYLE: "note"
}  # fmt: skip
_FORM_WORDS = ("三级指标", "项目名称")
# Characters that Word stores as places of the Symbol font.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B7": "·", "F0B0": "°", "F0B9": "≠"}


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


_P, _TBL, _TR, _TC, _R, _T = map(_w, ("p", "tbl", "tr", "tc", "r", "t"))
_TAB, _BR, _CR, _HYPHEN, _SYM = map(_w, ("tab", "br", "cr", "noBreakHyphen", "sym"))
_VAL, _CHAR = _w("val"), _w("char")
_TR_PROPERTIES, _TC_PROPERTIES, _P_PROPERTIES = map(_w, ("trPr", "tcPr", "pPr"))
_GRID_BEFORE, _GRID_SPAN, _V_MERGE = map(_w, ("gridBefore", "gridSpan", "vMerge"))
_STYLE = f"{_P_PROPERTIES}/{_w('pStyle')}"
_WRAPPERS = frozenset(
    map(_w, ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"))
)
_OLD_PROPERTIES = tuple(map(_w, ("tcPrChange", "trPrChange", "pPrChange", "rPrChange", "tblPrChange")))
_SPECIALS = (
    *map(_w, ("del", "moveFrom", "vanish", "showingPlcHdr", "cellDel")), *_OLD_PROPERTIES, _FALLBACK
)  # fmt: skip
_NUMBER_PROPERTIES, _NUMBER_LEVEL, _NUMBER_LIST = map(_w, ("numPr", "ilvl", "numId"))
_TEXTS = (_T, _TAB, _BR, _CR, _HYPHEN, _SYM, _P, _MATH, _NUMBER_PROPERTIES)
_TABLE_PARTS = (*_TEXTS, _TR, _TC, _GRID_BEFORE, _GRID_SPAN, _V_MERGE)


@dataclass(frozen=True, slots=True)
class DocxContent:
    """The blocks of a document; whether ``hidden`` text was left out, and tracked ``changes`` accepted."""

    blocks: tuple[Block, ...]
    hidden: bool = False
    changes: bool = False


Elements = dict[tuple[int, int], etree._Element | None]
"""Row and grid column -> the element of that cell."""


def read_docx(
    document: bytes,
    parse: Callable[[bytes], etree._Element],
    numbering: bytes = b"",
    trace: Trace | None = None,
) -> DocxContent:
    """The content of word/document.xml and, for the numbers of its lists, word/numbering.xml.

    ``parse`` builds a tree within the limits for untrusted XML. ``trace`` learns where each block stands.
    """
    root = parse(_transitional(document))
    if trace is not None:
        trace.elements = list(root.iter(_P, _TC))
    lists = read_numbering(parse(_transitional(numbering))) if numbering else Numbering()
    hidden, changes = _accept_changes(root)
    body = root.find(_w("body"))
    blocks = tuple(_Body(lists, trace).blocks(body)) if body is not None else ()
    return DocxContent(blocks, hidden, changes)


def page_header_lines(headers: Iterable[bytes], parse: Callable[[bytes], etree._Element]) -> list[str]:
    """The lines of text that word/header….xml print at the top of the pages."""
    lines = []
    for header in headers:
        root = parse(_transitional(header))
        _accept_changes(root)
        lines += [text for paragraph in root.iter(_P) if (text := _text(paragraph, Numbering()).strip())]
    return lines


@dataclass(slots=True)
class Trace:
    """Where the blocks of a document stand in it.

    ``elements``: its paragraphs and cells in document order, before anything is taken out. ``blocks``: for
    each block its cells, a paragraph's own element at (0, 0).
    """

    elements: list[etree._Element] = field(default_factory=list)
    blocks: list[Elements] = field(default_factory=list)


def _transitional(part: bytes) -> bytes:
    return part.replace(STRICT.encode(), W.encode()) if STRICT.encode() in part else part


def _accept_changes(root: etree._Element) -> tuple[bool, bool]:
    """Takes out what is not printed. Returns whether hidden text and whether tracked changes were found."""
    found = {element.tag for element in root.iter(*_SPECIALS)}
    if not found:
        return False, False
    etree.strip_elements(root, *_OLD_PROPERTIES, _FALLBACK, with_tail=False)
    hidden = _w("vanish") in found and _drop_hidden(root)
    for marker in list(root.iter(_w("showingPlcHdr"))):
        holder = _ancestor(marker, _w("sdt"))
        content = holder.find(_w("sdtContent")) if holder is not None else None
        if content is not None:
            for text in list(content.iter(_T)):
                text.text = ""
    changes = bool(found & {_w("del"), _w("moveFrom")})
    if changes or _w("cellDel") in found:
        _drop_deleted(root)
    etree.strip_elements(root, _w("del"), _w("moveFrom"), with_tail=False)
    return hidden, changes


def _ancestor(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _drop_hidden(root: etree._Element) -> bool:
    dropped = False
    for mark in list(root.iter(_w("vanish"))):
        properties = mark.getparent()
        run = properties.getparent() if properties is not None else None
        if mark.get(_VAL) in ("0", "false", "off") or run is None or run.tag != _R:
            continue
        for text in run.iter(_T):
            dropped = dropped or bool((text.text or "").strip())
            text.text = ""
    return dropped


def _drop_deleted(root: etree._Element) -> None:
    """Deleted rows, cells and paragraph marks; runs that were deleted carry their mark around them."""
    # From the end, so that of several deleted paragraph marks each finds the next paragraph complete.
    for mark in reversed([*root.iter(_w("cellDel"), _w("del"))]):
        properties = mark.getparent()
        if properties is None:
            continue
        if properties.tag in (_TR_PROPERTIES, _TC_PROPERTIES):
            holder = properties.getparent()
            table = holder.getparent() if holder is not None else None
            if holder is not None and table is not None:
                table.remove(holder)
        elif properties.tag == _w("rPr") and _ancestor(properties, _P_PROPERTIES) is not None:
            _join_with_next(_ancestor(properties, _P))


def _join_with_next(paragraph: etree._Element | None) -> None:
    following = paragraph.getnext() if paragraph is not None else None
    if paragraph is not None and following is not None and following.tag == _P:
        paragraph.extend([child for child in following if child.tag != _P_PROPERTIES])
        parent = following.getparent()
        if parent is not None:
            parent.remove(following)


class _Body:
    """Walks the tree and numbers its tables."""

    def __init__(self, lists: Numbering, trace: Trace | None = None) -> None:
        self.tables = 0
        self.lists = lists
        self.trace = trace

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables of a container, in order."""
        for child in container:
            if child.tag == _P:
                text = _text(child, self.lists)
                if text and not text.isspace():
                    if self.trace is not None:
                        self.trace.blocks.append({(0, 0): child})
                    yield Paragraph(text, "正文", _role(child))
            elif child.tag == _TBL:
                yield from self.table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def table(self, table: etree._Element) -> Iterator[Block]:
        """A table; tables inside its cells that are (parts of) forms follow it as tables of their own."""
        self.tables += 1
        place = f"第{self.tables}个表格"
        inner = _unnest(table, self.lists)
        rows = _Rows(self.lists)
        grid = Grid(rows.read(table), place)
        if self.trace is not None:
            self.trace.blocks.append(rows.elements)
        yield grid
        for form in inner:
            yield from self.table(form)


def _unnest(table: etree._Element, lists: Numbering) -> list[etree._Element]:
    """Takes tables out of the cells: returns those like forms, makes lines of text of the others."""
    forms: list[etree._Element] = []
    # From the end: a table inside a table inside a cell comes before the one that holds it.
    for inner in reversed(list(table.iterdescendants(_TBL))):
        parent = inner.getparent()
        if parent is None:
            continue
        if any(word in "".join(inner.itertext(_T)) for word in _FORM_WORDS):
            parent.remove(inner)
            forms.insert(0, inner)
            continue
        for row in _Rows(lists).read(inner):
            paragraph = etree.Element(_P)
            inner.addprevious(paragraph)
            text = etree.SubElement(etree.SubElement(paragraph, _R), _T)
            text.text = " ".join(cell.text.replace("\n", " ") for cell in row if cell.text.strip())
        parent.remove(inner)
    return forms


class _Rows:
    """The rows of a table without tables inside, in one pass over its elements in document order.

    One pass, because asking every cell for its parts takes three times as long.
    """

    def __init__(self, lists: Numbering) -> None:
        self.lists = lists
        self.rows: list[Row] = []
        self.elements: Elements = {}
        self.cells: list[Cell] | None = None
        self.reaching: dict[int, str] = {}
        self.column = 0
        self.element: etree._Element | None = None
        self._begin_cell(open_=False)

    def read(self, table: etree._Element) -> tuple[Row, ...]:
        """All rows, the cells below a tall one marked as covered."""
        for element in table.iter(_TABLE_PARTS):
            tag = element.tag
            if tag == _T:
                self.pieces.append(element.text or "")
            elif tag == _P:
                if self.paragraphs:
                    self.pieces.append("\n")
                self.paragraphs += 1
            elif tag == _TC:
                self._end_cell()
                self._begin_cell(open_=True)
                self.element = element
            elif tag == _TR:
                self._end_row()
                self.cells = []
            else:
                self._property(element, tag)
        self._end_row()
        return tuple(self.rows)

    def _property(self, element: etree._Element, tag: str) -> None:
        if tag == _GRID_SPAN:
            self.width = _count(element.get(_VAL), 1)
        elif tag == _V_MERGE:
            self.merge = element.get(_VAL) or "continue"
        elif tag == _GRID_BEFORE:
            self.column = _count(element.get(_VAL), 0)
        else:
            self.pieces.append(_sign(element, tag, self.lists))

    def _begin_cell(self, open_: bool) -> None:
        self.open = open_
        self.width, self.merge = 1, ""
        self.pieces: list[str] = []
        self.paragraphs = 0

    def _end_cell(self) -> None:
        if not self.open or self.cells is None:
            return
        column = self.column
        self.elements[len(self.rows), column] = self.element
        if self.merge == "continue" and column in self.reaching:
            self.cells.append(Cell(self.reaching[column], column, self.width, True))
        else:
            text = "".join(self.pieces)
            starts = self.merge == "restart"
            self.cells.append(Cell(text, column, self.width, False, starts))
            if starts:
                self.reaching[column] = text
            else:
                self.reaching.pop(column, None)
        self.column += self.width

    def _end_row(self) -> None:
        self._end_cell()
        if self.cells is not None:
            self.rows.append(tuple(self.cells))
        self.cells = None
        self.column = 0
        self._begin_cell(open_=False)


def _sign(element: etree._Element, tag: str, lists: Numbering) -> str:
    """What is printed without being text: TAB, line break, symbol, formula, number of a list."""
    if tag == _MATH:
        return element.text or ""
    if tag == _NUMBER_PROPERTIES:
        level, number = element.find(_NUMBER_LEVEL), element.find(_NUMBER_LIST)
        depth = _count(level.get(_VAL), 0) if level is not None else 0
        return lists.next(number.get(_VAL) or "", depth) if number is not None else ""
    if tag == _TAB:
        # Tab stops of the paragraph's style carry the same name.
        parent = element.getparent()
        return " " if parent is not None and parent.tag == _R else ""
    if tag == _SYM:
        return _SYMBOLS.get((element.get(_CHAR) or "").upper(), "")
    if tag == _HYPHEN:
        return "-"
    paragraph = _ancestor(element, _P)
    style = paragraph.find(_STYLE) if paragraph is not None else None
    ours = style is not None and style.get(_VAL) in OWN_STYLES
    return MARKED_BREAK if ours else "\n"


def _count(value: str | None, least: int) -> int:
    if value is None or not value.isascii() or not value.isdigit():
        return least
    return min(max(int(value[:4]), least), _MOST_COLUMNS)


def _text(paragraph: etree._Element, lists: Numbering) -> str:
    """The text of a paragraph; paragraphs of a text box inside it begin a new line."""
    pieces: list[str] = []
    for element in paragraph.iter(_TEXTS):
        tag = element.tag
        if tag == _T:
            pieces.append(element.text or "")
        elif tag == _P:
            pieces.append("\n" if pieces else "")
        else:
            pieces.append(_sign(element, tag, lists))
    return "".join(pieces)


def _role(paragraph: etree._Element) -> ParagraphRole:
    style = paragraph.find(_STYLE)
    return _ROLES.get(style.get(_VAL) or "", "") if style is not None else ""
