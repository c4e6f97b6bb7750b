"""Quotations that are part of a name, put into the question without their marks."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import QUOTE
from assistant.asking.reading.entities import Entities

_ENDS_QUOTE = frozenset("的这那有是等类为在一二两三四字和与及或、写填说提含带占当算")
_LOOKED_FOR = re.compile(
    "(?:提到|提及|说到|写到|讲到|谈到|含有?|包含|出现|写着?|填|名称|名字|带有?|叫|[是为])[了过]?$"
)
"""Before a quotation that is looked for in cells."""


def names_unquoted(text: str, entities: Entities) -> str:
    """“十四五”规划编制费: a quotation that a name goes on after is part of the name."""

    def bare(found: re.Match[str]) -> str:
        after = text[found.end() : found.end() + 1]
        goes_on = "一" <= after <= "龥" and after not in _ENDS_QUOTE
        looked_for = _LOOKED_FOR.search(text[: found.start()]) is not None
        return found[1] if goes_on and not looked_for and entities.in_a_name(found[1]) else found[0]

    return QUOTE.sub(bare, text)
