"""Reads WordprocessingML: tables with their spans, as Word shows them with all changes accepted.

Kept: text in content controls, inserted text, text boxes, formulas. Left out: deleted and moved-away text, hidden
text, field codes, the prompts of empty content controls, the second copy that Word keeps for older programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from assistant.documents.docx_package import NOTE_STYLE, TITLE_STYLE, YEAR_STYLE, W
from assistant.documents.grid import Block, Cell, Grid, Paragraph, ParagraphRole, Row

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
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
_VAL = _w("val")
_TR_PROPERTIES, _TC_PROPERTIES, _P_PROPERTIES = map(_w, ("trPr", "tcPr", "pPr"))
_GRID_BEFORE, _GRID_SPAN, _V_MERGE = map(_w, ("gridBefore", "gridSpan", "vMerge"))
_STYLE = f"{_P_PROPERTIES}/{_w('pStyle')}"
_WRAPPERS = frozenset(
    map(_w, ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"))
)
_SPECIALS = (*map(_w, ("del", "moveFrom", "vanish", "showingPlcHdr", "cellDel")), _FALLBACK)
_TEXTS = (_T, _TAB, _BR, _CR, _HYPHEN, _SYM, _P, _MATH)
_CELL_PARTS = (*_TEXTS, _GRID_SPAN, _V_MERGE, _TBL)


@dataclass(frozen=True, slots=True)
class DocxContent:
    """The blocks of a document. ``hidden``: some hidden text was left out; ``changes``: there were tracked changes."""

    blocks: tuple[Block, ...]
    hidden: bool = False
    changes: bool = False


def read_docx(document: bytes, parse: Callable[[bytes], etree._Element]) -> DocxContent:
    """The content of word/document.xml. ``parse`` builds the tree within the limits for untrusted XML."""
    root = parse(document.replace(_STRICT, W.encode()) if _STRICT in document else document)
    hidden, changes = _accept_changes(root)
    body = root.find(_w("body"))
    blocks = tuple(_Body().blocks(body)) if body is not None else ()
    return DocxContent(blocks, hidden, changes)


def _accept_changes(root: etree._Element) -> tuple[bool, bool]:
    """Takes out what is not printed. Returns whether hidden text and whether tracked changes were found."""
    found = {element.tag for element in root.iter(*_SPECIALS)}
    if not found:
        return False, False
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
    etree.strip_elements(root, _FALLBACK, _w("del"), _w("moveFrom"), with_tail=False)
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

    def __init__(self) -> None:
        self.tables = 0

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables of a container, in order."""
        for child in container:
            if child.tag == _P:
                text = _text(child)
                if text and not text.isspace():
                    yield Paragraph(text, "正文", _role(child))
            elif child.tag == _TBL:
                yield from self.table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def table(self, table: etree._Element) -> Iterator[Block]:
        """A table; tables inside its cells that are (parts of) forms follow it as tables of their own."""
        self.tables += 1
        place = f"第{self.tables}个表格"
        nested: list[etree._Element] = []
        reaching: dict[int, str] = {}
        rows = tuple(_row(row, reaching, nested) for row in _children(table, _TR))
        yield Grid(rows, place)
        for inner in nested:
            yield from self.table(inner)


def _children(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _row(row: etree._Element, reaching: dict[int, str], nested: list[etree._Element]) -> Row:
    """The cells of a row. ``reaching``: column -> text of the merged cell that comes down there."""
    cells: list[Cell] = []
    properties = row.find(_TR_PROPERTIES)
    before = properties.find(_GRID_BEFORE) if properties is not None else None
    column = _count(before.get(_VAL), 0) if before is not None else 0
    for element in _children(row, _TC):
        width, merge, text = _cell(element, nested)
        if merge == "continue" and column in reaching:
            cells.append(Cell(reaching[column], column, width, True))
        else:
            cells.append(Cell(text, column, width, False, merge == "restart"))
            reaching.pop(column, None)
            if merge == "restart":
                reaching[column] = text
        column += width
    return tuple(cells)


def _cell(cell: etree._Element, nested: list[etree._Element]) -> tuple[int, str, str]:
    """Columns that a cell takes, how it is merged downwards (``restart``, ``continue``, ``""``), and its text.

    One pass over the cell, for most cells hold a single run: walking its parts one by one takes twice as long.
    """
    width, merge = 1, ""
    pieces: list[str] = []
    paragraphs = 0
    for element in cell.iter(_CELL_PARTS):
        tag = element.tag
        if tag == _P:
            if paragraphs:
                pieces.append("\n")
            paragraphs += 1
        elif tag == _T:
            pieces.append(element.text or "")
        elif tag == _TBL:
            return width, merge, "\n".join(_parts(cell, nested))
        elif tag == _GRID_SPAN:
            width = _count(element.get(_VAL), 1)
        elif tag == _V_MERGE:
            merge = element.get(_VAL) or "continue"
        else:
            pieces.append(_sign(element, tag))
    return width, merge, "".join(pieces)


def _sign(element: etree._Element, tag: str) -> str:
    """What stands in a run for a character: TAB, line break, symbol; and the text of a formula."""
    if tag == _MATH:
        return element.text or ""
    if tag == _TAB:
        # Tab stops of the paragraph's style carry the same name.
        parent = element.getparent()
        return " " if parent is not None and parent.tag == _R else ""
    if tag == _SYM:
        return _SYMBOLS.get((element.get(_w("char")) or "").upper(), "")
    return "-" if tag == _HYPHEN else "\n"


def _count(value: str | None, least: int) -> int:
    if value is None or not value.isascii() or not value.isdigit():
        return least
    return min(max(int(value[:4]), least), _MOST_COLUMNS)


def _parts(container: etree._Element, nested: list[etree._Element]) -> Iterator[str]:
    """The paragraphs of a cell that holds a table."""
    for child in container:
        if child.tag == _P:
            yield _text(child)
        elif child.tag in _WRAPPERS:
            yield from _parts(child, nested)
        elif child.tag == _TBL:
            if any(word in "".join(child.itertext(_T)) for word in _FORM_WORDS):
                nested.append(child)
                continue
            for row in _children(child, _TR):
                texts = (_cell(cell, nested)[2] for cell in _children(row, _TC))
                yield " ".join(text for text in texts if text.strip())


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph; paragraphs of a text box inside it begin a new line."""
    pieces: list[str] = []
    for element in paragraph.iter(_TEXTS):
        tag = element.tag
        if tag == _T:
            pieces.append(element.text or "")
        elif tag == _P:
            pieces.append("\n" if pieces else "")
        else:
            pieces.append(_sign(element, tag))
    return "".join(pieces)


def _role(paragraph: etree._Element) -> ParagraphRole:
    style = paragraph.find(_STYLE)
    return _ROLES.get(style.get(_VAL) or "", "") if style is not None else ""
