"""Single characters that say nothing, but not where they are part of a word that the library uses."""

from __future__ import annotations

from assistant.asking.language.words import bundled_words
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import TAKEN

_AND = "和与及"
_IN_NAMES_ONLY = "的了在是和与"
"""These are part of a word only where a name has it; others (减排) wherever the library does."""


def idle_characters(text: str, entities: Entities) -> list[int]:
    """Where they stand in ``text``, of which the understood parts are TAKEN."""
    idle = bundled_words().idle
    found: list[int] = []
    for at, character in enumerate(text):
        pairs = [p for p in (text[max(0, at - 1) : at + 1], text[at : at + 2]) if len(p) == 2]
        whole = [pair for pair in pairs if TAKEN not in pair]
        if text[at : at + 2] == "及时":
            continue
        if character in _AND:
            inside = len(whole) == len(pairs) == 2 and all(map(entities.names_have, whole))
        elif character in idle:
            known = entities.names_have if character in _IN_NAMES_ONLY else entities.knows
            inside = any(map(known, whole))
        else:
            continue
        if not inside:
            found.append(at)
    return found
