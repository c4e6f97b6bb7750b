"""Reads files into forms: content decides the format, not the file's name.

Every file is parsed in a limited child process (``confined``). Where the system cannot limit one, it is
parsed here, up to a smaller size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.documents import confined
from assistant.documents.batch import NESTED, Member, is_batch, members
from assistant.documents.read_converted import converted
from assistant.documents.result import Problem, ReadResult, refused
from assistant.documents.safety import DAMAGED, MAX_BYTES, TOO_MUCH, Kind, refusal
from assistant.errors import UnreadableFileError

__all__ = ["Problem", "ReadResult", "files_in", "joined", "read_bytes", "read_each", "read_paths"]

_MAX_BYTES_HERE = 5 * 1024 * 1024
_TOO_LARGE_HERE = "这台服务器的系统不能限制读文件的内存，超过5MB的文件不读，请删去图片和附件后再试。"
_SKIPPED_NAMES = ("~$", ".")


def read_bytes(data: bytes, name: str) -> ReadResult:
    """Forms in one file's content (.docx, .xlsx, PDF, text dump, HTML, Form JSON). Never raises on bad input.

    .doc, .wps, .xls, .rtf, .odt and .ods are read where LibreOffice is installed; a .zip of such files gives
    the forms of all of them. ``name`` is only what the forms and problems call the file; its ending decides
    nothing.
    """
    if len(data) > MAX_BYTES:
        return refused(name, refusal(Kind.TOO_LARGE))
    try:
        if is_batch(data):
            return joined(_read_member(member) for member in members(data))
    except UnreadableFileError as error:
        return refused(name, str(error))
    return _read_one(data, name)


def _read_member(member: Member) -> ReadResult:
    try:
        nested = is_batch(member.data)
    except UnreadableFileError as error:
        return refused(member.name, str(error))
    return refused(member.name, NESTED) if nested else _read_one(member.data, member.name)


def joined(results: Iterable[ReadResult]) -> ReadResult:
    """Several results as one."""
    results = list(results)
    return ReadResult(
        forms=tuple(form for result in results for form in result.forms),
        problems=tuple(problem for result in results for problem in result.problems),
    )


def _read_one(data: bytes, name: str) -> ReadResult:
    if not confined.available():
        return _read_here(data, name)
    try:
        return _read_confined(data, name)
    except confined.ChildEndedError as ended:
        return refused(name, TOO_MUCH if ended.over_limit else DAMAGED)
    except OSError:
        return _read_here(data, name)


def _read_confined(data: bytes, name: str) -> ReadResult:
    kind, content = confined.ask({"do": "read", "name": name, "converted": False}, data)
    if kind == "convert":
        # LibreOffice is a limited process of its own, started from here: a child may start none.
        modern = converted(data, content.decode())
        kind, content = confined.ask({"do": "read", "name": name, "converted": True}, modern or data)
    return ReadResult.model_validate_json(content)


def _read_here(data: bytes, name: str) -> ReadResult:
    # Imported here: the libraries that parse are loaded in the child processes only.
    from assistant.documents.content import forms_in  # noqa: PLC0415

    if len(data) > _MAX_BYTES_HERE:
        return refused(name, _TOO_LARGE_HERE)
    return forms_in(data, name, lambda ending: converted(data, ending))


def read_paths(paths: Iterable[Path], *, jobs: int = 1) -> ReadResult:
    """Forms in files, and in all files of folders (sorted by path), in order. Never raises on bad input.

    ``jobs`` files are read at once, each in a process of its own.
    """
    return joined(read_each(files_in(paths), jobs=jobs))


def read_each(files: Iterable[Path], *, jobs: int = 1) -> Iterator[ReadResult]:
    """The result of each file, in order, as soon as it is there."""
    if jobs <= 1:
        yield from map(_read_file, files)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(_read_file, files)


def _read_file(path: Path) -> ReadResult:
    try:
        if path.stat().st_size > MAX_BYTES:
            return refused(path.name, refusal(Kind.TOO_LARGE))
        return read_bytes(path.read_bytes(), path.name)
    except OSError:
        return refused(str(path), "文件打不开或不存在，请检查路径和权限。")


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given, and those in folders without the hidden and lock files that office programs leave."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            parts = found.relative_to(path).parts
            if found.is_file() and not any(part.startswith(_SKIPPED_NAMES) for part in parts):
                yield found
