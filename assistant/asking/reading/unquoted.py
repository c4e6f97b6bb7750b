"""Quotations that are part of a name, put into the question without their marks."""

from __future__ import annotations

import re

from assistant.asking.language.patterns import EMPTY, QUOTE
from assistant.asking.language.words import bundled_words
from assistant.asking.reading.entities import Entities

_ENDS_QUOTE = frozenset("的这那有是等类为在一二两三四字和与及或、写填说提含带占当算")
_LOOKED_FOR = re.compile(
    "(?:提到|提及|说到|写到|讲到|谈到|含有?|包含|出现|写着?|填|名称|名字|带有?|叫|[是为]|[里中上]有)[了过]?$"
)
"""Before a quotation that is looked for in cells."""
_CELL_OF = re.compile("的?(?:年度|当初|年初|全年)*(?:指标值|目标|完成|实际|得分|分值|权重|原因|措施)")
_COLUMN = re.compile("(?:这|那)?一?(?:栏|行|列|项|格|框|处|单元格)")
"""“总分备注”栏: what is quoted is what a cell is called."""
_LEAST = 4


def _is_field(text: str) -> bool:
    return any(pattern.fullmatch(text) for _, pattern in bundled_words().fields)


def names_unquoted(text: str, entities: Entities) -> str:
    """“十四五”规划编制费: a quotation that a name goes on after is part of the name.

    So is an indicator's name before the cell that is asked: “新增产值”的指标值.
    """

    def bare(found: re.Match[str]) -> str:
        after = text[found.end() : found.end() + 1]
        goes_on = "一" <= after <= "龥" and after not in _ENDS_QUOTE
        looked_for = _LOOKED_FOR.search(text[: found.start()]) is not None
        of_cell = len(found[1]) >= _LEAST and _CELL_OF.match(text, found.end()) is not None
        column = (_COLUMN.match(text, found.end()) or EMPTY.match(text, found.end())) is not None
        called = (
            (column and _is_field(found[1]))
            or (goes_on and entities.in_a_name(found[1]))
            or (of_cell and entities.row_is_called(found[1]))
        )
        return found[1] if called and not looked_for else found[0]

    return QUOTE.sub(bare, text)
