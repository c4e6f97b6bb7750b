"""The text of a cell: what may stand in it, how wrapped labels are joined, how labels are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, soft hyphens, zero-width and bidirectional marks, fillers, tags: nothing that prints.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e0fff\ud800-\udfff]"
)
_BLANKS = re.compile(r"[\t\xa0\u2000-\u200a\u202f\u205f]")
_ENDS_SENTENCE = ("。", "！", "？", "；", "!", "?", ";")
_STARTS_ITEM = re.compile(
    r"\d{1,2}[.．、)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]"
    r"|[①-⑳]|(?:指标|目标)\s*\d|[注备][:：注]|偏差原因|改进措施"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DROPPED_IN_KEYS = re.compile(r"[\s:*#.、,，。_\-]+")
LONGEST_LABEL = 40


def is_clean(text: str) -> bool:
    """Whether ``visible`` would leave ``text`` as it is."""
    return not (_INVISIBLE.search(text) or _BLANKS.search(text) or _LINE_ENDS.search(text))


def visible(text: str) -> tuple[str, int]:
    """``text`` without control, bidirectional and invisible characters, and how many of them it had."""
    if text.isascii() and text.isprintable():
        return text, 0
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
    return _INVISIBLE.subn("", text)


def paragraphs(text: str) -> str:
    """Prose: each paragraph trimmed, empty ones left out, a line break between them."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def unwrapped(text: str) -> str:
    """A short cell: lines parted by a narrow column are joined, sentences and numbered items not."""
    if "\n" not in text:
        return text.strip()
    joined = ""
    for line in paragraphs(text).split("\n"):
        if not joined:
            joined = line
        elif joined.endswith(_ENDS_SENTENCE) or _STARTS_ITEM.match(line):
            joined += "\n" + line
        elif _is_latin(joined[-1]) and _is_latin(line[0]):
            joined += " " + line
        else:
            joined += line
    return joined


def one_line(text: str) -> str:
    """A label: all its lines joined."""
    return "".join(line.strip() for line in text.split("\n"))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def label_key(text: str) -> str:
    """What labels are compared by: half-width, without blanks, brackets (（A）, （万元）) and punctuation.

    ``""`` for texts that are too long to be a label.
    """
    return _short_key(text) if len(text) <= 2 * LONGEST_LABEL else ""


@lru_cache(maxsize=4096)
def _short_key(text: str) -> str:
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    key = _DROPPED_IN_KEYS.sub("", _BRACKETS.sub("", key))
    return key if len(key) <= LONGEST_LABEL else ""
