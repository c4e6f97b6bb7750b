"""One time budget for everything that a call does, name look-up and dripping servers included."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
_BEAT = 0.3


class Deadline:
    """A moment that is ``seconds`` away; ``remaining`` raises TimeoutError once it has passed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, always above 0."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def wait(self, seconds: float) -> None:
        """Sleeps, but not where the sleep alone would use up what is left (TimeoutError)."""
        if seconds >= self.remaining():
            raise TimeoutError
        time.sleep(seconds)


class Exchange(Generic[Result]):
    """A call in a thread of its own whose partial results are heard in the thread that waits for it."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._given_up = threading.Event()

    def run(
        self,
        seconds: float,
        call: Callable[[Callable[[str], None]], Result],
        listener: Callable[[str], None] | None = None,
    ) -> Result:
        """``call(tell)``; each ``tell(text)`` reaches ``listener`` here. TimeoutError after ``seconds``.

        While nothing arrives ``listener`` hears the last text again ("" before any) every ``_BEAT`` seconds,
        so that a person can stop waiting for a silent server.

        Socket timeouts bound each read, not the whole exchange, and nothing bounds a name look-up. What
        ``listener`` raises ends the wait; the thread stops at its next ``tell``, and as a daemon it keeps no
        program from ending.
        """
        threading.Thread(target=self._work, args=(call,), name="model-call", daemon=True).start()
        end, heard = time.monotonic() + seconds, ""
        try:
            while True:
                kind, value = self._next(end, beating=listener is not None)
                if kind == "error":
                    raise value
                if kind == "result":
                    return value  # type: ignore[no-any-return]
                heard = value if kind == "text" else heard
                if listener is not None:
                    listener(heard)
        finally:
            self._given_up.set()

    def _next(self, end: float, *, beating: bool) -> tuple[str, Any]:
        """The next event; ``("beat", None)`` where none comes for a while. Raises TimeoutError at ``end``."""
        left = max(0.001, end - time.monotonic())
        try:
            return self._events.get(timeout=min(left, _BEAT) if beating else left)
        except queue.Empty:
            if beating and time.monotonic() < end:
                return "beat", None
            raise TimeoutError from None

    def _work(self, call: Callable[[Callable[[str], None]], Result]) -> None:
        try:
            self._events.put(("result", call(self._tell)))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which decides
            self._events.put(("error", error))

    def _tell(self, text: str) -> None:
        if self._given_up.is_set():
            raise TimeoutError
        self._events.put(("text", text))
