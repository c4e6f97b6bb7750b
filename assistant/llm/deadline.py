"""One time budget for everything that a call does, name look-up and dripping servers included."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar

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


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """``call()`` in a thread of its own; TimeoutError after ``seconds``.

    Socket timeouts bound each read, not the whole exchange, and nothing bounds a name look-up. The thread is
    a daemon, so that a program can end while a server still has not answered.
    """
    outcome: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which decides
            outcome.put((None, error))

    threading.Thread(target=run, name="model-call", daemon=True).start()
    try:
        result, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # None only where call() gave None
