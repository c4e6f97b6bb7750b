"""Mistyped names, read as a name of the library that sounds the same or differs in one strange character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.reading.entities import Entities
from vectorstore.lexicon import bundled_lexicon
from vectorstore.spelling import corrected, sound_alike

_LEAST = 3


class _Seen:
    """The characters and pairs of the library's names and prose."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self._entities.has(text)


def respelt(phrases: Sequence[str], entities: Entities) -> list[tuple[str, str]]:
    """What of ``phrases`` is mistyped, each with what was meant; empty where nothing is for certain."""
    found = []
    for phrase in phrases:
        mended = _by_name(phrase, entities) or corrected(phrase, bundled_lexicon(), _Seen(entities))[0]
        if mended != phrase and len(mended) == len(phrase):
            found.append((phrase, mended))
    return found


def _by_name(phrase: str, entities: Entities) -> str:
    """The stretch of a project's name that differs from ``phrase`` in one such character; "" for none."""
    if len(phrase) < _LEAST:
        return ""
    meant = set()
    patterns = [
        re.compile(re.escape(phrase[:at]) + "([一-龥])" + re.escape(phrase[at + 1 :]))
        for at in range(len(phrase))
    ]
    for name in entities.names_read_as(phrase):
        for at, typed in enumerate(phrase):
            if (found := patterns[at].search(name)) is not None and (
                sound_alike(typed, found[1]) or (at > 0 and not entities.has(typed))
            ):
                meant.add(found[0])
        if len(meant) > 1:
            return ""
    return meant.pop() if len(meant) == 1 else ""
