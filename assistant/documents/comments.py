"""Findings as comments in a Word document: each at the cell that it is about, everything else untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from assistant.documents.docx_package import W
from assistant.documents.grid import visible_blocks
from assistant.documents.layout import read_layout
from assistant.documents.places import Places, Spot
from assistant.documents.read_docx import STRICT, Trace, read_docx
from assistant.documents.safety import Package, check_xml, parse_xml
from assistant.errors import UnreadableFileError
from assistant.form.finding import Finding
from assistant.form.text import visible
from assistant.form.wording import SEVERITY_NAMES

AUTHOR = "绩效自评助手"
_INITIALS = "助手"
_DOCUMENT, _NUMBERING, _COMMENTS = "word/document.xml", "word/numbering.xml", "word/comments.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_FORM = "这份文件里没有找到要批注的自评表，请改用正式版式的批注稿。"
_MAIN_FIELDS = {"indicators": "name", "funds": "label"}


def annotated(original: bytes, position: int, findings: Sequence[Finding]) -> bytes:
    """``original`` (.docx) with a comment for each finding of its form number ``position``.

    The document's text gets marks, the comments stand in their own part; all other parts keep their bytes.
    Raises UnreadableFileError where the file is no .docx or has no such form.
    """
    package = Package(original)
    if _DOCUMENT not in package.names:
        raise UnreadableFileError(_NO_FORM)
    document = package.read(_DOCUMENT)
    trace = Trace()
    numbering = package.read(_NUMBERING) if _NUMBERING in package.names else b""
    blocks, _ = visible_blocks(read_docx(document, parse_xml, numbering, trace).blocks)
    places = read_layout(blocks, "").places
    if not 1 <= position <= len(places):
        raise UnreadableFileError(_NO_FORM)
    tree = _Document(package, document)
    for finding, spot in _anchors(findings, places[position - 1]):
        tree.add(_paragraphs_of(tree, trace, spot), _lines(finding))
    return _repacked(original, tree.parts())


def _anchors(findings: Sequence[Finding], places: Places) -> Iterator[tuple[Finding, Spot]]:
    for finding in findings:
        spot = _spot(finding, places)
        if spot is not None:
            yield finding, spot


def _spot(finding: Finding, places: Places) -> Spot | None:
    """The cell of a finding; else the nearest: its row, its section, the form's beginning."""
    section, row, name = finding.location.section, finding.location.row, finding.location.field
    rows = section if section in _MAIN_FIELDS else "indicators"
    wanted: list[tuple[str, int | None, str]] = [(section, row, name), (rows, row, name)]
    if row is not None:
        wanted.append((rows, row, _MAIN_FIELDS[rows]))
        wanted += [key for key in places if key[:2] == (rows, row)]
    wanted += [("title", None, name), ("header", None, name), (section, None, name), (section, None, "")]
    if section in ("weights", "total"):
        wanted += [("total", None, name), ("total", None, "")]
    wanted += [key for key in places if key[0] == section]
    if section in ("weights", "total", "structure", "cost"):
        wanted.append(("indicators", None, ""))
    wanted += [("title", None, "title"), ("header", None, "project_name"), *places]
    return next((places[key] for key in wanted if key in places), None)


def _lines(finding: Finding) -> list[str]:
    """What a comment says, paragraph by paragraph."""
    lines = [f"【{SEVERITY_NAMES[finding.severity]}】{finding.message}"]
    lines += [f"算式：{finding.arithmetic}"] * bool(finding.arithmetic)
    lines += [f"建议：{finding.hint}"] * bool(finding.hint)
    basis = f"依据：{finding.basis}" if finding.basis else ""
    lines.append(f"{basis}（规则 {finding.code}）")
    return [part for line in lines for part in visible(line)[0].split("\n") if part.strip()]


def _paragraphs_of(tree: _Document, trace: Trace, spot: Spot) -> list[etree._Element]:
    """The paragraphs of a cell, in the tree that is written."""
    element = trace.blocks[spot.block].get((spot.row, spot.column))
    number = next((n for n, known in enumerate(trace.elements) if known is element), None)
    if number is None:
        return []
    holder = tree.elements[number]
    if holder.tag == tree.name("p"):
        return [holder]
    inner = holder.iterdescendants(tree.name("p"))
    return [paragraph for paragraph in inner if next(paragraph.iterancestors(tree.name("tc"))) is holder]


class _Document:
    """word/document.xml as it was handed in, its comments, and what makes them known."""

    def __init__(self, package: Package, document: bytes) -> None:
        self.package = package
        self.space = STRICT if STRICT.encode() in document else W
        self.root = _tree(document)
        self.elements = list(self.root.iter(self.name("p"), self.name("tc")))
        self.comments = (
            _tree(package.read(_COMMENTS))
            if _COMMENTS in package.names
            else etree.Element(self.name("comments"), nsmap={"w": self.space})
        )
        taken = [
            int(c.get(self.name("id"), "0")) for c in self.comments if c.get(self.name("id"), "").isdigit()
        ]
        self.next = max(taken, default=-1) + 1

    def name(self, tag: str) -> str:
        """A qualified name in the document's own namespace."""
        return f"{{{self.space}}}{tag}"

    def add(self, paragraphs: Sequence[etree._Element], lines: Sequence[str]) -> None:
        """A comment over paragraphs."""
        if not paragraphs:
            return
        number = str(self.next)
        self.next += 1
        first, last = paragraphs[0], paragraphs[-1]
        start = etree.Element(self.name("commentRangeStart"), {self.name("id"): number})
        has_properties = len(first) > 0 and first[0].tag == self.name("pPr")
        first.insert(1 if has_properties else 0, start)
        etree.SubElement(last, self.name("commentRangeEnd"), {self.name("id"): number})
        run = etree.SubElement(last, self.name("r"))
        etree.SubElement(run, self.name("commentReference"), {self.name("id"): number})
        comment = etree.SubElement(self.comments, self.name("comment"))
        for key, value in (("id", number), ("author", AUTHOR), ("initials", _INITIALS)):
            comment.set(self.name(key), value)
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, self.name("p")), self.name("r"))
            text = etree.SubElement(run, self.name("t"))
            text.text = line

    def parts(self) -> dict[str, bytes]:
        """The parts that changed."""
        return {
            _DOCUMENT: _printed(self.root),
            _COMMENTS: _printed(self.comments),
            _RELATIONS: self._relations(),
            _TYPES: self._types(),
        }

    def _relations(self) -> bytes:
        space = f"{_PACKAGE}/relationships"
        root = (
            _tree(self.package.read(_RELATIONS))
            if _RELATIONS in self.package.names
            else etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        )
        kind = f"{_STRICT_OFFICE if self.space == STRICT else _OFFICE}/comments"
        if not any((relation.get("Type") or "").endswith("/comments") for relation in root):
            taken = {relation.get("Id") for relation in root}
            number = next(n for n in range(1, len(taken) + 2) if f"rIdNote{n}" not in taken)
            relation = etree.SubElement(root, f"{{{space}}}Relationship")
            for key, value in (("Id", f"rIdNote{number}"), ("Type", kind), ("Target", "comments.xml")):
                relation.set(key, value)
        return _printed(root)

    def _types(self) -> bytes:
        root = _tree(self.package.read(_TYPES))
        name = f"/{_COMMENTS}"
        if not any((entry.get("PartName") or "").casefold() == name for entry in root):
            entry = etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override")
            entry.set("PartName", name)
            entry.set("ContentType", _COMMENTS_TYPE)
        return _printed(root)


def _tree(part: bytes) -> etree._Element:
    """An XML part with everything in it, comments too, which must come out again."""
    check_xml(part)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    return etree.fromstring(part, parser)


def _printed(root: etree._Element) -> bytes:
    printed: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return _HEAD + printed


def _repacked(original: bytes, changed: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(original)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            copy = ZipInfo(entry.filename, entry.date_time)
            copy.compress_type = entry.compress_type
            content = changed.get(entry.filename)
            new.writestr(copy, old.read(entry) if content is None else content)
        known = set(old.namelist())
        for name, content in changed.items():
            if name not in known:
                copy = ZipInfo(name)
                copy.compress_type = ZIP_DEFLATED
                new.writestr(copy, content)
    return buffer.getvalue()
