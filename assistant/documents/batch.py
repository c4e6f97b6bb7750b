"""Many files as one .zip: what is handed in and what is handed out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from assistant.documents.safety import MAX_BYTES, Kind, broken, check_directory, kind_of, protected, too_much
from assistant.errors import UnreadableFileError
from assistant.form.text import visible

MOST_MEMBERS = 1000
"""Files in one .zip."""
_MOST_TOTAL = 300 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 1024 * 1024
_PACKAGE_PARTS = {"[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml"}
_UTF8 = 0x800
_ENCRYPTED = 0x1
_LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
NESTED = "压缩包里还有压缩包，里面那一层没有读取，请解压后再试。"
_SKIPPED = ("~$", ".", "Thumbs.db", "desktop.ini")


class Member(NamedTuple):
    """A file in a .zip: the name that is shown (its path inside is never used), and its content."""

    name: str
    data: bytes


def is_batch(data: bytes) -> bool:
    """Whether a file is a .zip of files, not an office document. Raises UnreadableFileError."""
    if kind_of(data) is not Kind.ZIP:
        return False
    check_directory(data)
    try:
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return bool(names) and not macros and not _PACKAGE_PARTS.intersection(names)


def members(data: bytes) -> Iterator[Member]:
    """The files of a .zip, one after the other. Raises UnreadableFileError at the first broken limit."""
    with ZipFile(BytesIO(data)) as package:
        entries = [entry for entry in package.infolist() if _is_wanted(entry)]
        if len(entries) > MOST_MEMBERS:
            raise UnreadableFileError(f"压缩包里的文件超过{MOST_MEMBERS}个，请分成几个压缩包再试。")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise protected()
        if sum(entry.file_size for entry in entries) > _MOST_TOTAL or any(map(_is_bomb, entries)):
            raise too_much()
        if not entries:
            raise UnreadableFileError("压缩包里没有文件，请重新选择。")
        for entry in entries:
            yield Member(_shown_name(entry), _content(package, entry))


def _is_wanted(entry: ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(_SKIPPED) or part == "__MACOSX" for part in parts if part not in (".", ".."))
    return not entry.is_dir() and not hidden


def _is_bomb(entry: ZipInfo) -> bool:
    large = entry.file_size > _RATIO_MATTERS_FROM
    return large and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1)


def _content(package: ZipFile, entry: ZipInfo) -> bytes:
    try:
        with package.open(entry) as file:
            # One byte more than is allowed: the reader then says so.
            return file.read(MAX_BYTES + 1)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, OSError) as error:
        raise broken() from error


def _shown_name(entry: ZipInfo) -> str:
    """The last part of an entry's name; Chinese Windows writes GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return visible(PurePosixPath(name.replace("\\", "/")).name)[0] or "未命名"


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as one .zip. Names are made harmless, and different where they are the same."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in named_apart(files):
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()


def named_apart(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files under harmless names, each under another one."""
    taken: set[str] = set()
    for name, content in files:
        yield _unique(safe_name(name), taken), content


def safe_name(name: str) -> str:
    """A file name that every system takes: no path, no signs that some refuse, not too long."""
    path = PurePosixPath(_NOT_IN_NAMES.sub("_", visible(name.replace("\n", " "))[0]).strip(" ."))
    stem = path.stem.strip(" .")[:_LONGEST_NAME] or "未命名"
    return stem + path.suffix[:10]


def _unique(name: str, taken: set[str]) -> str:
    path = PurePosixPath(name)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{path.stem}（{number}）{path.suffix}"
    taken.add(name.casefold())
    return name
