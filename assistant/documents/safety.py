"""Uploads are hostile: what a file really is, and the limits it must keep before anything parses it."""

from __future__ import annotations

from enum import StrEnum

MAX_BYTES = 30 * 1024 * 1024


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
_REFUSALS = {
    Kind.EMPTY: "文件是空的，请重新选择文件。",
    Kind.TOO_LARGE: f"文件超过{MAX_BYTES // 1024 // 1024}MB，不像一张自评表，请删去图片和附件后再试。",
    Kind.OLE: "这是旧版 .doc/.xls/.wps 文件，或设了密码，请用 Word 或 WPS 打开，另存为不加密的 .docx 再试。",
    Kind.PDF: "这是 PDF 文件，不能直接读出表格，请找到它的 Word 原件，另存为 .docx 再试。",
    Kind.RTF: "这是 RTF 文件，请用 Word 或 WPS 打开，另存为 .docx 再试。",
    Kind.IMAGE: "这是图片，读不出文字，请换用 .docx 或 .xlsx 文件。",
    Kind.ARCHIVE: "这是压缩包，请解压后选择里面的 .docx 或 .xlsx 文件。",
    Kind.ZIP: "这个文件打不开，请用 Word 或 WPS 打开后另存为 .docx 再试。",
    Kind.UNKNOWN: "认不出这是什么文件，请用 Word 或 WPS 另存为 .docx 再试。",
}


def kind_of(data: bytes) -> Kind:
    """What a file is, by its content."""
    if not data.strip():
        return Kind.EMPTY
    if len(data) > MAX_BYTES:
        return Kind.TOO_LARGE
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return (
        Kind.UNKNOWN if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff") else Kind.TEXT
    )


def refusal(kind: Kind) -> str:
    """Why a file of this kind is not read and what to do instead: one Chinese sentence."""
    return _REFUSALS.get(kind, _REFUSALS[Kind.UNKNOWN])
