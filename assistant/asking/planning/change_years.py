"""The years that a question sets against each other: 比上年, 2022到2024年, 近三年, 连续两年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.asking.language.numbers import NUMBER
from assistant.asking.planning.year_words import RANGE, SOME, YEARS_LISTED
from assistant.asking.records.query import Way
from assistant.form.numerals import number_of

GAP = "□"
"""Stands for what was taken out of a text."""
_Y = "20[0-9]{2}年?度?"
_YEAR = re.compile(f"在?{_Y}的?")
_THAN = re.compile(
    f"(?:与|和|跟|同)?(?:相比于?|相较于?|比起|较之|对比|对照|比|较)(?P<a>{_Y})(?:同期)?(?:的|相比|比|时|,)*"
    f"|(?:与|和|跟|同)(?P<b>{_Y})(?:同期)?(?:的|相)*(?:(?:比较?|对比)(?:起来)?(?:的|,)*|(?=之?间?(?:持平|一样|相同|一致|相等|差|相差)))|(?:年度)?(?P<same>同比)(?:的|,)*"
)
_AGAINST = re.compile(
    f"(?P<down>低于|少于|小于|不如|不及|逊于|比不上|赶不上)(?P<a>{_Y})(?:同期)?(?:的)?(?:[高多大好](?=$|,|的))?"
    f"|(?P<up>高于|多于|大于|超过了?|好于|超出)(?P<b>{_Y})(?:同期)?"
)
_FROM_TO = re.compile(
    f"(?:从|由|自)?(?P<a>{_Y})的?(?:到了?|至|相比|相较于?|对比|与|和|跟|同|、)(?P<b>{_Y})(?:(?:这|的)?[两二三四五]年)?"
    "(?:之间|期间|间|以来|来)?(?:相比|比较|对比)?(?:的|,)*"
)
CHAIN = re.compile(
    f"(?:持续|连续|接连|一直|连年|逐年|历年|年年|(?:(?<![总得])分|各)年度?|每一?年都?|一年比一年|不断)(?P<n>{NUMBER})?(?:个?年度?)?(?:都|均|在|地|呈)*"
    f"|(?P<m>{NUMBER})连(?=[增涨升降减跌])|越来越(?=[多少高低大小])"
)
_EDGE = re.compile(
    "^(?:的|,|是|在|那么?|了|有|里|中|按|被|数|都|均|和|又|且|却|则|但)+|(?:的|,|呢|吗|了|有|是|在|都|均|又|还|也|比|且|被|却|则)+$"
)
_LEAST = 2


class Pieces:
    """A text of which pieces are taken out, one after the other."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place of ``pattern``, which is taken out."""
        found = pattern.search(self.rest)
        if found is None or found.end() == found.start():
            return None
        self.cut(found.start(), found.end())
        return found

    def cut(self, start: int, end: int) -> None:
        """Takes out a stretch."""
        self.rest = f"{self.rest[:start]}{GAP}{self.rest[end:]}"

    def left(self) -> str:
        """What is left over."""
        text, last = re.sub(f"[{GAP},]+", "", self.rest), None
        while text != last:
            last, text = text, _EDGE.sub("", text)
        return re.sub("的{2,}", "的", text)


class Years(NamedTuple):
    """``years``: the latest first; ``way``: where it is said with them; ``listed``: several are named.

    ``told``: that one is set against another is said; else only a word for a change tells it.
    """

    years: tuple[int, ...]
    way: Way = ""
    notes: tuple[str, ...] = ()
    told: bool = True
    listed: bool = False


def years_said(left: Pieces, known: Sequence[int], chain: re.Match[str] | None) -> Years | None:
    """The years that are set against each other; None where one of them cannot be."""
    newest = known[0]
    if (against := left.take(_AGAINST)) is not None:
        own = left.take(_YEAR)
        then = int((against["a"] or against["b"])[:4])
        now = _year(own, then + 1 if then == newest else newest)
        return Years((now, then), "down" if against["down"] else "up")
    if (than := left.take(_THAN)) is not None:
        own = left.take(_YEAR)
        now = _year(own, newest)
        then = now - 1 if than["same"] else int((than["a"] or than["b"])[:4])
        return Years((max(now, then), min(now, then)))
    ends, spanned = left.take(RANGE) or left.take(_FROM_TO), True
    if ends is None:
        ends, spanned = left.take(YEARS_LISTED), False
    if ends is not None:
        named = sorted({int(year) for year in re.findall("20[0-9]{2}", ends[0])}, reverse=True)
        if len(named) < _LEAST:
            return None
        return Years(tuple(range(named[0], named[-1] - 1, -1) if spanned else named), listed=True)
    some = left.take(SOME)
    if some is not None and (n := number_of(some["n"])) is not None:
        many = tuple(known[: int(n)])
        return Years(many, listed=True) if len(many) == n else None
    own = left.take(_YEAR)
    if chain is not None:
        return _whole_time(known, chain)
    now = _year(own, newest)
    notes = () if own else (f"没有写明年度，按{now}年与{now - 1}年相比理解",)
    return Years((now, now - 1), notes=notes, told=False)


def _whole_time(known: Sequence[int], chain: re.Match[str]) -> Years | None:
    """连续两年增加: from each of three years to the next; of as many as there are where there is no third."""
    said = chain.groupdict().get("n") or chain.groupdict().get("m") or ""
    number = int(number_of(said) or 0) if said else 0
    many = tuple(known[: number + 1] if number else known)
    if len(many) < max(number, _LEAST):
        return None
    notes = (f"按{'、'.join(str(year) for year in reversed(many))}年逐年相比理解",)
    return Years(many, notes=notes, listed=True)


def _year(found: re.Match[str] | None, otherwise: int) -> int:
    digits = re.search("20[0-9]{2}", found[0]) if found is not None else None
    return int(digits[0]) if digits is not None else otherwise
