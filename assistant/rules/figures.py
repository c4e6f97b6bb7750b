"""The figures of a prose text: numbers with their units and the words around them.

Years, dates, ordinals (第3届), document numbers (〔2021〕5号), Chinese numerals and whatever stands in
brackets or quotation marks are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.form.dates import find_dates
from assistant.form.numerals import dates_in_digits, normal
from assistant.form.quantities import find_quantities
from assistant.form.record import TEXTS_OF_A_FORM
from assistant.form.units import MEASURES, ONE, is_money, ratio, standard, times
from assistant.form.value_types import Sign

# Both begin with a character that is rare, so that places are found fast; what stands around it comes second.
_SENTENCE = re.compile(r"[。；;！!？?\s](?:(?<=[。；;！!？?\r\n])[。；;！!？?\r\n]*|(?<=[^\d\s]\s)\s*(?=\S))")
# The comma of 12,893 and 、 between dates (2020年11月、2021年5月去世) end no clause.
_CLAUSE = re.compile(
    r"[,:，：、](?:(?<=[:，：])|(?<=,)(?:(?<!\d,)|(?!\d{3}(?!\d)))|(?<=、)(?!(?:19|20)\d\d年))"
)
_ABOUT_BEFORE = ("约", "近", "逾", "超", "超过", "不足", "多达")
_ABOUT_AFTER = ("余", "多", "左右", "上下", "以上", "以内", "以下")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_SERIAL = re.compile(r"\s*(?:三级)?指标\s*\d+\s*[:：、.．]")
_NOTHING = Decimal(0)
_UNSIGNED = Sign.NONE
_NO_UNIT = frozenset(
    {
        "月",
        "日",
        "点",
        "级",
        "度",
        "线",
        "路",
        "层",
        "版",
        "届",
        "营",
        "连",
        "团",
        "师",
        "道",
        "分",
        "字",
        "号",
    }
)


class Figure(NamedTuple):
    """A number of a text. ``unit`` in its standard form or ``""``; ``printed``: both as printed.

    ``lead`` and ``tail``: the words of its clause before and after it. ``sentence``: which one.
    ``about``: an approximation or a bound (约2亿元, 300余家, 95%以上).
    """

    number: Decimal
    unit: str
    printed: str
    lead: str
    tail: str
    sentence: int
    about: bool

    def equals(self, number: Decimal, unit: str) -> bool:
        """True where this is ``number`` ``unit``, to the decimals printed here; a missing unit fits any."""
        return self.is_among((number,), unit)

    def is_among(self, numbers: Collection[Decimal], unit: str) -> bool:
        """True where it ``equals`` one of several numbers of a unit."""
        factor = ONE if unit == self.unit else ratio(unit, self.unit)
        if factor is None:
            return False
        if factor is ONE and self.number in numbers:
            return True
        if self.about:
            allowed = max(_NOTHING, self.number / 50)
        else:
            exponent = int(self.number.as_tuple().exponent)
            allowed = _NOTHING if exponent >= 0 and factor == 1 else Decimal(1).scaleb(exponent) / 2
        if factor is ONE and not allowed:
            return False
        return any(abs(times(number, factor) - self.number) <= allowed for number in numbers)

    def same_kind(self, unit: str) -> bool:
        """True where both units are printed and count the same sort of thing; 个 only equals 个."""
        if unit == self.unit:
            return unit != ""
        if not unit or not self.unit or "个" in (unit, self.unit):
            return False
        return ratio(self.unit, unit) is not None

    @property
    def is_money(self) -> bool:
        """True for amounts of money."""
        return bool(self.unit) and is_money(self.unit)

    @property
    def is_people(self) -> bool:
        """True for counts of persons."""
        return MEASURES.get(self.unit, ("",))[0] == "people"


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def figures(text: str) -> tuple[Figure, ...]:
    """All figures of ``text`` in order."""
    if not _DIGIT.search(text):
        return ()
    return tuple(_found(text))


def figures_of_name(name: str) -> tuple[Figure, ...]:
    """The figures of an indicator's name; none where its only number is the template's (指标1：)."""
    if not _DIGIT.search(name):
        return ()
    serial = _SERIAL.match(name)
    return figures(name) if serial is None or _DIGIT.search(name, serial.end()) else ()


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def sentences(text: str) -> tuple[str, ...]:
    """``text`` cut at full stops, line breaks and blanks between words, each part as normal text."""
    return tuple(dates_in_digits(normal(part)) for part in _SENTENCE.split(text) if part.strip())


def _found(text: str) -> Iterator[Figure]:
    for number, sentence in enumerate(sentences(text)):
        if not _DIGIT.search(sentence):
            continue
        stops = [0, *[found.end() for found in _CLAUSE.finditer(sentence)], len(sentence) + 1]
        for quantity in find_quantities(sentence, find_dates(sentence)):
            printed = sentence[quantity.start : quantity.end]
            unit = standard(quantity.unit) if quantity.unit else ""
            bare_year = not unit and _YEAR_ALONE.fullmatch(printed)
            if (
                quantity.spelled
                or quantity.aside
                or quantity.upper is not None
                or bare_year
                or unit in _NO_UNIT
            ):
                continue
            index = bisect_right(stops, quantity.start) - 1
            lead = sentence[stops[index] : quantity.start]
            tail = sentence[quantity.end : stops[index + 1] - 1]
            about = (
                quantity.sign is not _UNSIGNED
                or lead.endswith(_ABOUT_BEFORE)
                or tail.startswith(_ABOUT_AFTER)
                or "余" in printed
                or "多" in printed
                or "左右" in printed
            )
            yield Figure(quantity.number, unit, printed, lead, tail, number, about)
