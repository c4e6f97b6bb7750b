"""Child processes with limits on memory and time, in which untrusted files are parsed.

They are started when they are first needed and used again: an ordinary file costs a millisecond more. A
child that dies on a file, or was ended over it, costs that file only.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Timer
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_MOST_CHILDREN = 4
_WALL_SECONDS = 90.0
"""A child whose processor is shared with others may wait; its own computing is limited to less."""
_CODE = (
    "import sys; sys.path.insert(0, {root!r}); from assistant.documents.confined_child import serve; serve()"
)


class ChildEndedError(Exception):
    """A child ended over a file. ``over_limit``: it was too slow, not merely broken."""

    def __init__(self, *, over_limit: bool) -> None:
        super().__init__("a reading process ended")
        self.over_limit = over_limit


def available() -> bool:
    """Whether this system can limit a child process."""
    return os.name == "posix" and bool(sys.executable)


class _Child:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        surroundings = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
        # Isolated: neither settings and keys of ours nor modules beside the caller are its business.
        self.process = subprocess.Popen(  # noqa: S603 - a fixed command
            [sys.executable, "-I", "-c", _CODE.format(root=str(_ROOT))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            start_new_session=True,
        )
        self.usable = True

    def ask(self, head: dict[str, Any], data: bytes) -> tuple[str, bytes]:
        """Kind and content of the answer. Raises ChildEndedError."""
        process = self.process
        if process.stdin is None or process.stdout is None:
            raise ChildEndedError(over_limit=False)
        ended: list[bool] = []

        def end() -> None:
            ended.append(True)
            process.kill()

        watch = Timer(_WALL_SECONDS, end)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(json.dumps({**head, "size": len(data)}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or b"{}")
            content = process.stdout.read(answer["size"])
            if len(content) < answer["size"]:
                raise EOFError
        except (OSError, EOFError, KeyError, ValueError):
            self.close()
            slow = bool(ended) or process.returncode == -signal.SIGXCPU
            raise ChildEndedError(over_limit=slow) from None
        finally:
            watch.cancel()
        self.usable = not answer["last"]
        return answer["kind"], content

    def close(self) -> None:
        """Ends the process, whatever it does."""
        self.usable = False
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()


class _Children:
    """Children that wait for work; at most ``_MOST_CHILDREN`` at a time."""

    def __init__(self) -> None:
        self.idle: LifoQueue[_Child] = LifoQueue()
        self.room = BoundedSemaphore(_MOST_CHILDREN)
        atexit.register(self.close)

    @contextmanager
    def one(self) -> Iterator[_Child]:
        """A child of one's own for a while."""
        with self.room:
            child = self._waiting() or _Child()
            try:
                yield child
            finally:
                if child.usable:
                    self.idle.put(child)
                else:
                    child.close()

    def _waiting(self) -> _Child | None:
        while True:
            try:
                child = self.idle.get_nowait()
            except Empty:
                return None
            if child.process.poll() is None:
                return child
            child.close()

    def close(self) -> None:
        """Ends all that wait."""
        while True:
            try:
                self.idle.get_nowait().close()
            except Empty:
                return


_children = _Children()


def ask(head: dict[str, Any], data: bytes) -> tuple[str, bytes]:
    """Kind and content of a child's answer. Raises ChildEndedError, OSError where none can be started."""
    with _children.one() as child:
        return child.ask(head, data)


def start_reading() -> None:
    """Starts a child ahead of the first file, so that this one need not wait for it."""
    if available():
        with suppress(OSError), _children.one():
            pass
