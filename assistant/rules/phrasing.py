"""How rows and texts are named in messages."""

from __future__ import annotations

import re

from assistant.form.numerals import normal
from assistant.form.text import shortened
from assistant.rules.line import Line

_NO_WORDS = re.compile(r"[\W_]")


def named(line: Line) -> str:
    """A row as staff know it: “资金拨付及时率”, or 第3行指标 where it has no name."""
    name = shortened(line.cells.name)
    return f"“{name}”" if name else f"第{line.number}行指标"


def same_words(text: str) -> str:
    """``text`` without punctuation, blanks and case, for comparing names."""
    words = normal(text).lower()
    # Most names are nothing but words.
    return words if words.isalnum() else _NO_WORDS.sub("", words)
