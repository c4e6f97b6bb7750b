"""What reading a file gives."""

from __future__ import annotations

from assistant.form.model import Form, Frozen


class Problem(Frozen):
    """Why a file, or a part of it, could not be read: one Chinese sentence that says what to do."""

    file: str
    message: str


class ReadResult(Frozen):
    """What was read. A file may give forms and problems at once."""

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()


def refused(name: str, message: str) -> ReadResult:
    """The result of a file that gave nothing."""
    return ReadResult(problems=(Problem(file=name, message=message),))
