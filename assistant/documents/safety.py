"""Uploads are hostile: what a file really is, and the limits it must keep before anything parses it."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from assistant.errors import UnreadableFileError

MAX_BYTES = 30 * 1024 * 1024
_MAX_ENTRIES = 2000
_MAX_ENTRY_BYTES = 20 * 1024 * 1024
_MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_LONGEST_END = 22 + 65535
"""Bytes of the record at the end of a ZIP file, with its comment."""
_MAX_TOTAL_BYTES = 50 * 1024 * 1024
_MAX_RATIO = 100
_RATIO_MATTERS_FROM = 1024 * 1024
_MAX_ELEMENTS = 500_000
_MAX_PAGE = 5_000_000
_MAX_LINES = 400_000
_MAX_CELLS = 200_000
_MAX_ATTRIBUTES = 1_500_000
_ENCRYPTED = 0x1

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_UTF8_NAMES = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class Kind(StrEnum):
    """What the first bytes of a file say it is."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    ZIP = "zip"
    OLE = "ole"
    PDF = "pdf"
    RTF = "rtf"
    IMAGE = "image"
    ARCHIVE = "archive"
    TEXT = "text"
    UNKNOWN = "unknown"


_SIGNATURES = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"%PDF", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
_REFUSALS = {
    Kind.EMPTY: "文件是空的，请重新选择文件。",
    Kind.TOO_LARGE: f"文件超过{MAX_BYTES // 1024 // 1024}MB，不像一张自评表，请删去图片和附件后再试。",
    Kind.OLE: "这是旧版 .doc/.xls/.wps 文件，" + _SAVE_AS,
    Kind.RTF: "这是 RTF 文件，" + _SAVE_AS,
    Kind.IMAGE: "这是图片，读不出文字，请换用 .docx 或 .xlsx 文件。",
    Kind.ARCHIVE: "这是压缩包，请解压后选择里面的 .docx 或 .xlsx 文件。",
    Kind.UNKNOWN: "认不出这是什么文件，" + _SAVE_AS,
}
_PROTECTED = "文件设了打开密码，请用 Word 或 WPS 去掉密码后再试。"
_BROKEN = "文件不完整或已损坏（可能没有传完），请重新上传，或" + _SAVE_AS[1:]
TOO_MUCH = "文件里的内容多得不正常，为安全起见没有读取，请只留下自评表，另存为 .docx 再试。"
_DANGEROUS = "文件的内部结构不安全，没有读取，" + _SAVE_AS
_MACROS = "文件带有宏，为安全起见没有读取，请另存为不带宏的 .docx 或 .xlsx 再试。"
DAMAGED = "文件内容已损坏或不规范，无法读取，请用 Word 或 WPS 打开后另存为 .docx 再试。"
OTHER_PACKAGE = "这不是 Word 或 Excel 文件（或是 .odt 等其他格式），请用 Word 或 WPS 另存为 .docx 再试。"
# The stream of an encrypted Office file in an OLE container, in UTF-16.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes) -> Kind:
    """What a file is, by its content."""
    if not data.strip():
        return Kind.EMPTY
    if len(data) > MAX_BYTES:
        return Kind.TOO_LARGE
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Kind.TEXT
    return Kind.UNKNOWN if b"\x00" in data[:4096] else Kind.TEXT


def refusal(kind: Kind, data: bytes = b"") -> str:
    """Why a file of this kind is not read and what to do instead: one Chinese sentence."""
    if kind is Kind.OLE and _ENCRYPTED_STREAM in data:
        return _PROTECTED
    return _REFUSALS.get(kind, _REFUSALS[Kind.UNKNOWN])


def check_directory(data: bytes) -> None:
    """Refuses a ZIP file whose list of entries alone would fill the memory. Raises UnreadableFileError."""
    end = data.rfind(_END_OF_DIRECTORY, -_LONGEST_END)
    if end < 0 or len(data) < end + 20:
        raise broken()
    entries, size = (
        int.from_bytes(data[end + 10 : end + 12], "little"),
        int.from_bytes(data[end + 12 : end + 16], "little"),
    )
    # All bits set: the figures stand in an extension for archives that are far too large here.
    if entries > _MAX_ENTRIES or size > _MAX_DIRECTORY_BYTES:
        raise too_much()


class Package:
    """An Office file: its parts, read within the limits. Raises UnreadableFileError where one is passed."""

    def __init__(self, data: bytes) -> None:
        check_directory(data)
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, LargeZipFile, ValueError, OSError) as error:
            raise UnreadableFileError(_BROKEN) from error
        entries = self._zip.infolist()
        _check_entries(entries)
        self.names = {entry.filename for entry in entries}
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise UnreadableFileError(_MACROS)

    def read(self, name: str) -> bytes:
        """One part, uncompressed."""
        try:
            with self._zip.open(name) as part:
                data = part.read(_MAX_ENTRY_BYTES + 1)
        except (
            BadZipFile,
            KeyError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
            OSError,
        ) as error:
            raise UnreadableFileError(_BROKEN) from error
        if len(data) > _MAX_ENTRY_BYTES:
            raise too_much()
        return data

    def check_xml(self, folder: str) -> None:
        """Checks every XML part of a folder, for readers that open the file by themselves."""
        elements = 0
        for name in sorted(self.names):
            if name.startswith(folder) and name.lower().endswith((".xml", ".rels")):
                elements += check_xml(self.read(name))
        if elements > _MAX_ELEMENTS:
            raise too_much()


def protected() -> UnreadableFileError:
    """The error for a file that opens with a password only."""
    return UnreadableFileError(_PROTECTED)


def broken() -> UnreadableFileError:
    """The error for a file that is incomplete or damaged."""
    return UnreadableFileError(_BROKEN)


def too_much() -> UnreadableFileError:
    """The error for content beyond any real form's size."""
    return UnreadableFileError(TOO_MUCH)


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise protected()
    if len(set(names)) != len(names) or any(_leaves_package(name) for name in names):
        raise UnreadableFileError(_DANGEROUS)
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_TOTAL_BYTES:
        raise too_much()
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        large = entry.file_size > _RATIO_MATTERS_FROM
        if entry.file_size > _MAX_ENTRY_BYTES or (large and ratio > _MAX_RATIO):
            raise too_much()


def _leaves_package(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def check_xml(data: bytes) -> int:
    """The number of elements of an XML part. Raises UnreadableFileError for entities and bombs."""
    encoding = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in data[:200] or (encoding and encoding.group(1).lower() not in _UTF8_NAMES):
        raise UnreadableFileError(_DANGEROUS)
    if any(declaration in data for declaration in _DECLARATIONS):
        raise UnreadableFileError(_DANGEROUS)
    elements = data.count(b"<") - data.count(b"</")
    if elements > _MAX_ELEMENTS or data.count(b"=") > _MAX_ATTRIBUTES:
        raise too_much()
    return elements


def check_page(page: str) -> None:
    """Refuses a web page that is longer or has more elements than any form."""
    if len(page) > _MAX_PAGE or page.count("<") > _MAX_ELEMENTS:
        raise too_much()


def check_text(text: str) -> None:
    """Refuses a text of more lines and cells than a thousand forms have."""
    if text.count("\n") > _MAX_LINES or text.count("\t") > _MAX_CELLS:
        raise too_much()


def parse_xml(data: bytes) -> etree._Element:
    """The tree of an untrusted XML part: no entities, no network, limited size."""
    check_xml(data)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(_BROKEN) from error
