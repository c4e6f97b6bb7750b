"""Text as it is shown: without what nobody sees (for files, prompts, grounding), shortened; and in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, soft hyphens, zero-width and bidirectional marks, fillers, tags: nothing that prints.
_UNSEEN = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e0fff\ud800-\udfff"
)
_BLANK = r"\t\xa0\u2000-\u200a\u202f\u205f"
_INVISIBLE, _BLANKS = re.compile(f"[{_UNSEEN}]"), re.compile(f"[{_BLANK}]")
_ODD = re.compile(rf"[{_UNSEEN}{_BLANK}\r\x0b\x0c\x85\u2028\u2029]")
"""Whatever ``visible`` changes has one of these."""
_LONGEST = 24


def shortened(text: str, longest: int = _LONGEST) -> str:
    """``text`` on one line, cut with … where it is longer than ``longest`` characters."""
    line = text if " " not in text and text.isprintable() else " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def has_any(text: str, clues: Iterable[str]) -> bool:
    """Whether ``text`` has one of a few ``clues``: faster than a pattern where a long text has none."""
    for clue in clues:  # noqa: SIM110  a generator would take as long as the looking
        if clue in text:
            return True
    return False


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


def is_clean(text: str) -> bool:
    """Whether ``visible`` would leave ``text`` as it is."""
    return not _ODD.search(text)


def visible(text: str) -> tuple[str, int]:
    """``text`` without control, bidirectional and invisible characters, and how many of them it had."""
    if not _ODD.search(text):
        return text, 0
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
    return _INVISIBLE.subn("", text)
