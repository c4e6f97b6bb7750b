"""That a cell holds nothing, or something: 没有总分, 标题为空, 有总分的."""

from __future__ import annotations

from typing import NamedTuple

from assistant.asking.language.patterns import COMPARED, EMPTY, FILLED, HAS_CELL, HELD, HOW_MUCH, NO_CELL
from assistant.asking.reading.mentions import Mention


class Said(NamedTuple):
    """What is said of a cell, as a kind of mark, and where."""

    name: str
    start: int
    end: int


def said_of(mention: Mention, work: str, text: str) -> Said | None:
    """What is said of the cell that ``mention`` names; ``work``: ``text`` without what was understood."""
    before, after = work[: mention.start], work[mention.end :]
    filled = FILLED.match(after)
    if filled and HOW_MUCH.match(text[mention.end + filled.end() :]):
        return None
    has = HAS_CELL.search(before) if mention.name in HELD else None
    if has and (text[mention.end :].startswith("的") or mention.end == len(text)):
        return Said("has_cell", has.start(), mention.start)
    if (lacks := NO_CELL.search(before)) is not None and not COMPARED.match(text[mention.end :]):
        return Said("no_cell", lacks.start(), mention.start)
    if (empty := EMPTY.match(after)) is not None:
        return Said("empty_cell", mention.end, mention.end + empty.end())
    return Said("filled_cell", mention.end, mention.end + filled.end()) if filled else None
