"""Whole names of projects, put into the numbers of their forms: what stands inside a name says nothing."""

from __future__ import annotations

import re

from assistant.asking.language.naming import squeezed
from assistant.asking.reading.entities import Entities

_LEAST = 6
"""Names of fewer characters are read as they stand."""
_SAYS = re.compile("[、,;:和与及或0-9一二三四五六七八九十]")
"""退休、遗属三项补助: a name with pauses, or with a number, which are read as such unless it is put aside."""


def in_numbers(question: str, entities: Entities) -> str | None:
    """``question`` with 7号表 for the whole name of form 7, which no other has; None where there is none."""
    text = squeezed(question)
    names = [(name, form) for name, form in entities.whole_names(text) if len(name) >= _LEAST]
    if not any(_SAYS.search(name) for name, _ in names):
        return None
    for name, form in sorted(names, key=lambda one: -len(one[0])):
        text = text.replace(name, f"{form}号表")
    return text
