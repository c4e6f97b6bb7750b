"""One time budget for everything that a call does, name look-up and dripping servers included."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


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

        Socket timeouts bound each read, not the whole exchange, and nothing bounds a name look-up. What
        ``listener`` raises ends the wait; the thread stops at its next ``tell``, and as a daemon it keeps no
        program from ending.
        """
        threading.Thread(target=self._work, args=(call,), name="model-call", daemon=True).start()
        end = time.monotonic() + seconds
        try:
            while True:
                kind, value = self._events.get(timeout=max(0.001, end - time.monotonic()))
                if kind == "text":
                    if listener is not None:
                        listener(value)
                elif kind == "error":
                    raise value
                else:
                    return value  # type: ignore[no-any-return]
        except queue.Empty:
            raise TimeoutError from None
        finally:
            self._given_up.set()

    def _work(self, call: Callable[[Callable[[str], None]], Result]) -> None:
        try:
            self._events.put(("result", call(self._tell)))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which decides
            self._events.put(("error", error))

    def _tell(self, text: str) -> None:
        if self._given_up.is_set():
            raise TimeoutError
        self._events.put(("text", text))
