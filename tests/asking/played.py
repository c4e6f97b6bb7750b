"""A conversation played with the asker."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.asking.asker import Asker, Turn


def last_turn(asker: Asker, questions: Iterable[str]) -> Turn:
    """The turn of the last of ``questions``, each asked after the one before."""
    turn = None
    for question in questions:
        turn = asker.turn(question, turn)
    assert turn is not None
    return turn
