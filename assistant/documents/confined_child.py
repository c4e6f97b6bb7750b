"""The child process that parses untrusted files: it reads requests from stdin and answers on stdout.

A request is one line of JSON, then as many bytes as it says; so is an answer. It opens no file and no
connection, and ends with its parent.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from assistant.documents.comments import annotated
from assistant.documents.content import forms_in
from assistant.documents.safety import DAMAGED, TOO_MUCH
from assistant.errors import UnreadableFileError
from assistant.form.finding import Finding

ADDRESS_SPACE = 1_500_000_000
"""Bytes that a child may take up, the interpreter and its libraries among them."""
SECONDS = 30
"""Of computing, for one file."""
_TIRED = 300 * 1024 * 1024
"""Bytes: a child that holds more gives way to a fresh one."""


class _NeedsConversion(BaseException):
    """Ends a reading whose file the parent must convert first; no Exception, which reading would take in."""

    def __init__(self, ending: str) -> None:
        super().__init__(ending)
        self.ending = ending


def serve() -> None:
    """Answers requests until the parent closes the pipe."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up among the answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        if len(data) < request["size"]:
            return
        _limit_time()
        kind, content = _answer(request, data)
        tired = _resident() > _TIRED
        _send(answers, {"kind": kind, "last": tired}, content)
        if tired:
            return


def _resident() -> int:
    """Bytes of memory in use, 0 where the system does not tell.

    Not the peak of getrusage: after a fork that begins with the parent's, and ours is large.
    """
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _limit_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer(request: dict[str, Any], data: bytes) -> tuple[str, bytes]:
    """Kind and content of the answer; nothing that a file does to a library ends the child."""
    if request["do"] == "annotate":
        return _annotate(request, data)
    return _read(request, data)


def _annotate(request: dict[str, Any], data: bytes) -> tuple[str, bytes]:
    findings = [Finding.model_validate(finding) for finding in request["findings"]]
    try:
        return "document", annotated(data, request["position"], findings)
    except UnreadableFileError as error:
        return "refused", str(error).encode()
    except MemoryError:
        return "refused", TOO_MUCH.encode()
    except Exception:  # noqa: BLE001 - the boundary to untrusted files
        return "refused", DAMAGED.encode()


def _read(request: dict[str, Any], data: bytes) -> tuple[str, bytes]:
    def convert(ending: str) -> bytes | None:
        if request["converted"]:
            return None
        raise _NeedsConversion(ending)

    try:
        result = forms_in(data, request["name"], convert)
    except _NeedsConversion as need:
        return "convert", need.ending.encode()
    return "result", result.model_dump_json().encode()


def _send(answers: BinaryIO, head: dict[str, Any], content: bytes) -> None:
    answers.write(json.dumps({**head, "size": len(content)}).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    sys.exit("confined_child is started by assistant.documents.confined")
