"""A question that is not understood as it stands, in other words: tried one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.asking.language.words import in_looser_words
from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading

Notes = tuple[str, ...]


def may_be_reworded(meaning: Meaning, reading: Reading) -> bool:
    """Whether words were not understood: not where what is asked is plain and no form tells it."""
    return not reading.says("foreign", "opinion") and meaning.kind != "query"


def other_wordings(reading: Reading, entities: Entities) -> Iterator[tuple[str, Notes]]:
    """The text of ``reading`` in other words, each with notes of what was put into which."""
    text, changed = in_looser_words(reading.text, entities.named_spans)
    notes = tuple(f"“{said}”按“{plain}”理解" for said, plain in changed if said and plain)
    if changed:
        yield text, notes
