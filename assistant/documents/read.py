"""Reads files into forms: content decides the format, not the file's name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.form.model import Form, Frozen


class Problem(Frozen):
    """Why a file, or a part of it, could not be read: one Chinese sentence that says what to do."""

    file: str
    message: str


class ReadResult(Frozen):
    """What was read. A file may give forms and problems at once."""

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_bytes(data: bytes, name: str) -> ReadResult:
    """Forms in one file's content (.docx, the text dump, a Form or list of Forms as JSON). Never raises on bad input."""
    raise NotImplementedError


def read_paths(paths: Iterable[Path]) -> ReadResult:
    """Forms in files, and in the readable files of folders, in order. Never raises on bad input."""
    raise NotImplementedError
