"""One turn of a conversation with a model: a time budget over all its calls, and text as it arrives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from assistant.llm.deadline import Deadline

Listener = Callable[[str], None]
"""Called in the caller's thread with all that has arrived of a reply so far, again while nothing new does;
what it raises ends the call."""

TURN_SECONDS = 90.0
_SHOWN = ("name", "wording", "value", "unit", "cause", "measure", "reason", "answer")
_FIELD = re.compile(rf'"(?P<key>{"|".join(_SHOWN)})"\s*:\s*"(?P<text>(?:[^"\\]|\\.)*)')
_MOST = 600


@dataclass(frozen=True)
class TurnState:
    """What holds for every call of a turn. ``listener`` None: replies are not streamed."""

    deadline: Deadline
    listener: Listener | None = None


_CURRENT: ContextVar[TurnState | None] = ContextVar("model_turn", default=None)


@contextmanager
def one_turn(listener: Listener | None = None, seconds: float = TURN_SECONDS) -> Iterator[None]:
    """Within it all calls together take at most ``seconds``; ``listener`` hears the replies arrive."""
    token = _CURRENT.set(TurnState(Deadline(seconds), listener))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current_turn() -> TurnState | None:
    """The turn that this thread is in, None outside of one."""
    return _CURRENT.get()


def provisional(arrived: str) -> str:
    """The readable part of an unfinished reply, one line for each text in it; "" before the first."""
    texts = [found["text"].replace("\\n", " ").replace('\\"', "”") for found in _FIELD.finditer(arrived)]
    return "\n".join(text for text in texts if text.strip())[-_MOST:]
