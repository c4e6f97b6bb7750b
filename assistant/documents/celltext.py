"""The text of a cell: what may stand in it, how wrapped labels are joined, how labels are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_ENDS_SENTENCE = ("。", "！", "？", "；", "!", "?", ";")
_STARTS_ITEM = re.compile(
    r"\d{1,2}[.．、)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]"
    r"|[①-⑳]|(?:指标|目标)\s*\d|[注备][:：注]|偏差原因|改进措施"
)
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DROPPED_IN_KEYS = re.compile(r"[\s:*#.、,，。_\-]+")
LONGEST_LABEL = 40
LINE_BREAK = "\u2028"
"""A line break that our own writer put into a cell: it is part of the text, not made by a narrow column."""
OWN_WORKBOOK = "格内的换行是原文"
"""The category of workbooks that we write, in which every line break is such a one."""


def paragraphs(text: str) -> str:
    """Prose: each paragraph trimmed, empty ones left out, a line break between them."""
    if LINE_BREAK in text:
        return _with_breaks(text, paragraphs)
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def unwrapped(text: str) -> str:
    """A short cell: lines parted by a narrow column are joined, sentences and numbered items not."""
    if LINE_BREAK in text:
        return _with_breaks(text, unwrapped)
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


def begins_paragraph(before: str, line: str) -> bool:
    """Whether a line that follows a full one begins a paragraph all the same: 2.…, 改进措施：…"""
    return before.endswith(_ENDS_SENTENCE) and bool(_STARTS_ITEM.match(line))


def one_line(text: str) -> str:
    """A label: all its lines joined."""
    if LINE_BREAK in text:
        return _with_breaks(text, one_line)
    return "".join(line.strip() for line in text.split("\n"))


def level_label(text: str) -> str:
    """The label of a level; blanks in one over several lines (指 标) were set to fill its narrow column."""
    joined = one_line(text)
    return _BETWEEN.sub("", joined) if "\n" in text.strip() else joined


def _with_breaks(text: str, read: Callable[[str], str]) -> str:
    """The text between line breaks that are meant, which are kept as they stand."""
    return "\n".join(read(part) if "\n" in part else part for part in text.strip().split(LINE_BREAK))


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
