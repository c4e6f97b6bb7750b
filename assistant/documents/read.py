"""Reads files into forms: content decides the format, not the file's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from assistant.documents.grid import Block, visible_blocks
from assistant.documents.layout import read_layout
from assistant.documents.read_converted import converted, converted_open_document
from assistant.documents.read_docx import read_docx
from assistant.documents.read_html import looks_like_html, read_html
from assistant.documents.read_json import read_json
from assistant.documents.read_pdf import read_pdf
from assistant.documents.read_text import decode_text, read_text
from assistant.documents.read_xlsx import read_xlsx
from assistant.documents.safety import (
    MAX_BYTES,
    Kind,
    Package,
    check_page,
    check_text,
    kind_of,
    parse_xml,
    refusal,
)
from assistant.errors import UnreadableFileError
from assistant.form.model import Form, Frozen

_SKIPPED_NAMES = ("~$", ".")
_NUMBERING = "word/numbering.xml"
_HIDDEN = "文件里有隐藏的文字，打印时看不到，没有读取。"
_CHANGES = "文件里有未接受的修订，已按全部接受读取，请核对。"
_OTHER_PACKAGE = "这不是 Word 或 Excel 文件（或是 .odt 等其他格式），请用 Word 或 WPS 另存为 .docx 再试。"


class Problem(Frozen):
    """Why a file, or a part of it, could not be read: one Chinese sentence that says what to do."""

    file: str
    message: str


class ReadResult(Frozen):
    """What was read. A file may give forms and problems at once."""

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_bytes(data: bytes, name: str) -> ReadResult:
    """Forms in one file's content (.docx, .xlsx, the text dump, HTML, Form JSON). Never raises on bad input.

    .doc, .wps, .xls, .rtf, .odt and .ods are read where LibreOffice is installed.
    ``name`` is only what the forms and problems call the file; its ending decides nothing.
    """
    try:
        forms, messages = _read(data, name)
    except UnreadableFileError as error:
        return ReadResult(problems=(Problem(file=name, message=str(error)),))
    except Exception:  # noqa: BLE001 - the boundary to untrusted files: whatever a library stumbles over is a problem
        message = "文件内容已损坏或不规范，无法读取，请用 Word 或 WPS 打开后另存为 .docx 再试。"
        return ReadResult(problems=(Problem(file=name, message=message),))
    return ReadResult(
        forms=tuple(forms), problems=tuple(Problem(file=name, message=message) for message in messages)
    )


def read_paths(paths: Iterable[Path], *, jobs: int = 1) -> ReadResult:
    """Forms in files, and in all files of folders (sorted by path), in order. Never raises on bad input.

    ``jobs`` > 1 reads that many files at once, each in a process of its own.
    """
    files = list(_files(paths))
    results = (
        _read_apart(files, jobs) if jobs > 1 and len(files) > 1 else [_read_file(path) for path in files]
    )
    return ReadResult(
        forms=tuple(form for result in results for form in result.forms),
        problems=tuple(problem for result in results for problem in result.problems),
    )


def _read_apart(files: Sequence[Path], jobs: int) -> list[ReadResult]:
    # Spawned, not forked: a fork copies the locks of whatever threads the caller runs.
    try:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            return list(pool.map(_read_file, files, chunksize=8))
    except BrokenProcessPool:
        # A process that could not start or was ended from outside stops no import: read on in this one.
        return [_read_file(path) for path in files]


def _read_file(path: Path) -> ReadResult:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(refusal(Kind.TOO_LARGE))
        return read_bytes(path.read_bytes(), path.name)
    except UnreadableFileError as error:
        return ReadResult(problems=(Problem(file=path.name, message=str(error)),))
    except OSError:
        return ReadResult(
            problems=(Problem(file=str(path), message="文件打不开或不存在，请检查路径和权限。"),)
        )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given, and those in folders without the hidden and lock files that office programs leave."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            parts = found.relative_to(path).parts
            if found.is_file() and not any(part.startswith(_SKIPPED_NAMES) for part in parts):
                yield found


def _read(data: bytes, name: str) -> tuple[list[Form], list[str]]:
    kind = kind_of(data)
    if kind is Kind.TEXT:
        return _read_plain(data, name)
    if kind is Kind.ZIP:
        package = Package(data)
        opened = converted_open_document(data, package)
        return _read_package(opened, Package(opened), name) if opened else _read_package(data, package, name)
    if kind is Kind.PDF:
        content = read_pdf(data)
        forms, messages = _forms(*visible_blocks(content.blocks), name)
        return forms, [*messages, *content.messages]
    modern = converted(data, kind)
    if modern is None or kind_of(modern) is not Kind.ZIP:
        raise UnreadableFileError(refusal(kind, data))
    return _read_package(modern, Package(modern), name)


def _read_package(data: bytes, package: Package, name: str) -> tuple[list[Form], list[str]]:
    if "word/document.xml" in package.names:
        document = package.read("word/document.xml")
        has_lists = _NUMBERING in package.names and b"numPr" in document
        content = read_docx(document, parse_xml, package.read(_NUMBERING) if has_lists else b"")
        forms, messages = _forms(*visible_blocks(content.blocks), name)
        return forms, messages + [_HIDDEN] * content.hidden + [_CHANGES] * content.changes
    if "xl/workbook.xml" in package.names:
        sheets = read_xlsx(data, package)
        forms, messages = _forms(*visible_blocks(sheets.grids), name)
        return forms, [*messages, *sheets.messages]
    raise UnreadableFileError(_OTHER_PACKAGE)


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
