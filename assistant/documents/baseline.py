"""What reading a .docx costs at the very least: unzip it and parse its main part."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree


def parse_only(data: bytes) -> int:
    """The number of XML elements of the document's main part; nothing is understood."""
    with ZipFile(BytesIO(data)) as package:
        content = package.read("word/document.xml")
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return sum(1 for _ in tree.iter())
