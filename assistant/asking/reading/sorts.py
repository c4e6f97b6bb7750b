"""Of which sort of record a word for a field is: 得分 of an indicator, or of its form."""

from __future__ import annotations

import re

from assistant.asking.reading import conditions as cond
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.records.fields import FIELDS, Sort

_MONEY_SAID = frozenset(("initial", "budget", "executed", "unspent", "overspent", "rate"))
_EITHER = frozenset(("score", "lost", "rule_score", "weight"))
"""得分, 扣分: of an indicator where indicators are spoken of, else of the form."""
_OF_A_FORM = re.compile(
    "(?:[^,;0-9一二三四五六七八九十]{0,4}[0-9.一二三四五六七八九十百]+分?(?:及?以[上下]|之间)?)?的(?:项目|表|专项)"
)
"""扣分超过4分的项目里…: points of the form, though indicators are spoken of."""
_JOINED = re.compile("[,;、]|但|可|却|还|又|而|且")
"""资金全部花完但有指标扣分: another statement begins, not of the same thing."""


def sort_of(mention: Mention, reading: Reading, rows: bool) -> tuple[Sort, str]:
    """The sort of record that a word for a field is of, and its field there."""
    name = mention.name
    if name == "gap" and not rows:
        return "forms", "overspent"
    if name in _EITHER - {"weight"} and rows and _OF_A_FORM.match(reading.text[mention.end :]):
        return "forms", cond.field_of(name, "forms")
    if name in _EITHER:
        of: Sort = "indicators" if rows or name == "weight" else "forms"
    elif name in _MONEY_SAID and rows and is_of_a_row(mention, reading):
        of = "indicators"
    elif name in FIELDS["forms"]:
        of = "forms"
    else:
        of = "indicators"
    return of, cond.field_of(name, of)


def is_of_a_row(mention: Mention, reading: Reading) -> bool:
    """成本指标里预算…, 花费超过10万的成本指标: money of an indicator, not of its form."""
    rows = [*reading.levels, *(noun for noun in reading.nouns if noun.name == "row")]
    named = {phrase.end for phrase in reading.phrases}
    forms = [noun for noun in reading.nouns if noun.name == "form" and noun.start not in named]
    before = max((m.end for m in rows if m.end <= mention.start), default=-1)
    if before >= 0:
        between = reading.text[before : mention.start]
        apart = mention.name == "rate" and _JOINED.search(between) is not None
        return not (apart or any(before <= noun.start < mention.start for noun in forms))
    after = min((m.start for m in rows if m.start >= mention.end), default=-1)
    apart = any(mention.end <= noun.start < after for noun in forms)
    return after >= 0 and not (apart or _JOINED.search(reading.text[mention.end : after]))
