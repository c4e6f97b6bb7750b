"""The forms in a file's content, which decides the format; runs where untrusted files may be parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.documents.grid import Block, visible_blocks
from assistant.documents.labels import is_title, year_in
from assistant.documents.layout import read_layout
from assistant.documents.read_converted import checked_open_document, format_of
from assistant.documents.read_docx import page_header_lines, read_docx
from assistant.documents.read_html import looks_like_html, read_html
from assistant.documents.read_json import read_json
from assistant.documents.read_pdf import read_pdf
from assistant.documents.read_text import decode_text, read_text
from assistant.documents.read_xlsx import read_xlsx
from assistant.documents.result import Problem, ReadResult, refused
from assistant.documents.safety import (
    DAMAGED,
    OTHER_PACKAGE,
    TOO_MUCH,
    Kind,
    Package,
    check_page,
    check_text,
    kind_of,
    parse_xml,
    refusal,
)
from assistant.errors import UnreadableFileError
from assistant.form.model import Form
from assistant.form.text import visible

_NUMBERING = "word/numbering.xml"
_PAGE_HEADER = re.compile(r"word/header\d*\.xml")
_MOST_PAGE_HEADERS = 12
_HIDDEN = "文件里有隐藏的文字，打印时看不到，没有读取。"
_CHANGES = "文件里有未接受的修订，已按全部接受读取，请核对。"

Converter = Callable[[str], bytes | None]
"""Makes .docx or .xlsx of the file that is being read, which LibreOffice knows by the given ending."""


def forms_in(data: bytes, name: str, convert: Converter) -> ReadResult:
    """Forms in one file's content. Never raises on bad input.

    ``name`` is only what the forms and problems call the file; its ending decides nothing. What ``convert``
    raises that is no Exception goes through.
    """
    try:
        forms, messages = _read(data, name, convert)
    except UnreadableFileError as error:
        return refused(name, str(error))
    except MemoryError:
        return refused(name, TOO_MUCH)
    except Exception:  # noqa: BLE001 - the boundary to untrusted files: whatever a library stumbles over is a problem
        return refused(name, DAMAGED)
    return ReadResult(
        forms=tuple(forms), problems=tuple(Problem(file=name, message=message) for message in messages)
    )


def _read(data: bytes, name: str, convert: Converter) -> tuple[list[Form], list[str]]:
    kind = kind_of(data)
    if kind is Kind.TEXT:
        return _read_plain(data, name)
    if kind is Kind.PDF:
        content = read_pdf(data)
        forms, messages = _forms(*visible_blocks(content.blocks), name)
        return forms, [*messages, *content.messages]
    if kind is Kind.ZIP:
        package = Package(data)
        ending = checked_open_document(package)
        if ending is None:
            return _read_package(data, package, name)
    else:
        ending = format_of(data, kind)
    modern = convert(ending) if ending else None
    if modern is None or kind_of(modern) is not Kind.ZIP:
        raise UnreadableFileError(OTHER_PACKAGE if kind is Kind.ZIP else refusal(kind, data))
    return _read_package(modern, Package(modern), name)


def _read_package(data: bytes, package: Package, name: str) -> tuple[list[Form], list[str]]:
    if "word/document.xml" in package.names:
        document = package.read("word/document.xml")
        has_lists = _NUMBERING in package.names and b"numPr" in document
        content = read_docx(document, parse_xml, package.read(_NUMBERING) if has_lists else b"")
        forms, messages = _forms(*visible_blocks(content.blocks), name)
        if not all(form.title for form in forms):
            forms = _titled(forms, _page_headers(package))
        return forms, messages + [_HIDDEN] * content.hidden + [_CHANGES] * content.changes
    if "xl/workbook.xml" in package.names:
        sheets = read_xlsx(data, package)
        forms, messages = _forms(*visible_blocks(sheets.grids), name)
        forms = _titled(forms, sheets.page_headers)
        return forms, [*messages, *sheets.messages]
    raise UnreadableFileError(OTHER_PACKAGE)


def _page_headers(package: Package) -> list[str]:
    """The lines of a document's page headers; nothing where one cannot be read: the form itself can."""
    parts = [part for part in sorted(package.names) if _PAGE_HEADER.fullmatch(part)]
    try:
        return page_header_lines(map(package.read, parts[:_MOST_PAGE_HEADERS]), parse_xml)
    except UnreadableFileError:
        return []


def _titled(forms: list[Form], page_headers: Sequence[str]) -> list[Form]:
    """The forms, those without a title with the one that stands at the top of every page."""
    title = next((visible(line)[0] for line in page_headers if is_title(line)), "")
    if not title:
        return forms
    return [
        form if form.title else form.model_copy(update={"title": title, "year": form.year or year_in(title)})
        for form in forms
    ]


def _read_plain(data: bytes, name: str) -> tuple[list[Form], list[str]]:
    text = decode_text(data)
    if text is None:
        raise UnreadableFileError(refusal(Kind.UNKNOWN))
    if not text.strip():
        raise UnreadableFileError(refusal(Kind.EMPTY))
    if text.lstrip()[:1] in ("{", "["):
        forms, removed = read_json(text, name)
        return forms, _removal_message(removed)
    if looks_like_html(text):
        check_page(text)
        return _forms(*visible_blocks(read_html(text)), name)
    check_text(text)
    return _forms(*visible_blocks(read_text(text)), name)


def _forms(blocks: Sequence[Block], removed: int, name: str) -> tuple[list[Form], list[str]]:
    layout = read_layout(blocks, name)
    if not layout.forms:
        raise UnreadableFileError(
            "没有找到自评表：文件里没有带“三级指标、指标值、完成值”表头的表格，请确认选对了文件。"
        )
    return list(layout.forms), [*layout.messages, *_removal_message(removed)]


def _removal_message(removed: int) -> list[str]:
    return [f"已去掉{removed}个看不见的控制字符，请核对内容。"] if removed else []
