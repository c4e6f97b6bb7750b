"""The years that a question asks about, and what is to be told of forms that state none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.asking.language.patterns import LAST_YEARS, WRITTEN, YEAR, YEAR_RANGE
from assistant.asking.reading.dated import year_read
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading, Written
from assistant.form.numerals import number_of

_THAN_LAST = re.compile(
    "[比较跟和与同](?:去年|上年|上一年)|(?:去年|上年)(?:同期|相比)|同比|那(?:去年|上年)|再(?:往)?前"
)
_OWN_YEARS = re.compile("20[0-9]{2}|[去前上今本当]年|上一年|[两二三四五六几历各每]个?年|[0-9]+号表")
"""A part of a question that says itself of which years, or of which form, it is."""
TIMES_TOLD = frozenset(("时间", "日期", "年份", "年度", "期限", "时限", "限期", "截止期", "截止时间"))
"""Words for the cell that a date stands in, no names."""
_SHIFTS = {"year_last": -1, "year_now": 0, "year_next": 1, "year_before": -2, "year_after": 2}


class YearsSaid(NamedTuple):
    """Where years are said: those of forms, and those that a cell is said to read."""

    start: int
    end: int
    years: Sequence[int]
    written: Sequence[Written] = ()


def years_said(text: str, whole: str, known: Collection[int]) -> list[YearsSaid]:
    """The years in ``text``: 近两年 of those ``known``, 2022到2024年, 2023年; ``whole``: with all words."""
    found: list[YearsSaid] = []
    for match in LAST_YEARS.finditer(text):
        latest = sorted(known, reverse=True)[: int(number_of(match[1]) or 0)]
        if len(latest) > 1:
            found.append(YearsSaid(*match.span(), latest))
    for match in YEAR_RANGE.finditer(text):
        first, last = (int(year) for year in match.groups() if year)
        if first < last and not WRITTEN.search(whole[: match.start()]):
            found.append(YearsSaid(*match.span(), range(first, last + 1)))
    for match in YEAR.finditer(text):
        if any(one.start <= match.start() < one.end for one in found):
            continue
        said = WRITTEN.search(whole[: match.start()])
        if said is None:
            found.append(YearsSaid(*match.span(), [int(match[1])]))
            continue
        written, end = year_read(match, text)
        found.append(YearsSaid(match.start() if said["verb"] is None else said.start(), end, [], [written]))
    return found


def _years_asked(reading: Reading, year: int | None) -> list[int]:
    shifted = [] if year is None else [year + by for name, by in _SHIFTS.items() if reading.says(name)]
    return [*reading.years, *shifted]


def in_its_year(text: str, reading: Reading, entities: Entities, year: int | None) -> str:
    """``text``, a part of what was read, in the one year that was said of the whole: 2024年A和B的预算."""
    asked = set(_years_asked(reading, year))
    if len(asked) != 1 or len(entities.years) < 2 or _OWN_YEARS.search(text):
        return text
    return f"{asked.pop()}年{text}"


def forms_of_its_year(reading: Reading, entities: Entities, year: int | None) -> tuple[int, ...] | None:
    """The forms of the one year of which a whole is meant; None where it is all of the library."""
    asked = set(_years_asked(reading, year))
    if len(asked) != 1 or _OWN_YEARS.search(reading.text.replace(f"{next(iter(asked))}年", "", 1)):
        return None
    return by_year(reading, entities, year)[0]


def forms_beside(forms: Sequence[int], entities: Entities) -> tuple[int, ...] | None:
    """All forms of the one year that ``forms`` are of; None where they are of several, or all are of one."""
    years = {entities.by_number[form].year for form in forms}
    if len(years) != 1 or len(entities.years) < 2 or None in years:
        return None
    return tuple(one.number for one in entities.forms if one.year in years)


def _undated(years: Sequence[int], entities: Entities) -> list[int]:
    """The forms that state no year, where others are of the years asked."""
    return [] if entities.years.isdisjoint(years) else [*entities.of_years((None,))]


def _of_one_year(entities: Entities) -> bool:
    """Whether all forms that state a year state the same one."""
    return len(entities.years) == 1


def in_the_only_year(reading: Reading, entities: Entities) -> Reading:
    """去年 where the library holds one year alone: the year evaluated, unless it is compared with."""
    years = entities.years
    compared = len(reading.years) + sum(reading.says(name) for name in _SHIFTS) > 1 or _THAN_LAST.search(
        reading.text
    )
    if not reading.says("year_last") or len(years) != 1 or compared:
        return reading
    said = {name: mention for name, mention in reading.said.items() if name != "year_last"}
    note = f"“{reading.said['year_last'].text}”按库中唯一的{max(years)}年理解"
    return replace(reading, said=said, notes=(*reading.notes, note))


def said_of_years(reading: Reading, entities: Entities, year: int | None, forms: Sequence[int] | None) -> str:
    """What is to be told of forms that state no year, where years are asked or compared; else ""."""
    asked = _years_asked(reading, year)
    silent = set(entities.of_years((None,)))
    if not silent or not (asked or reading.says("per_year")):
        return ""
    if asked and entities.years.isdisjoint(asked):
        return f"库中另有{len(silent)}张表没有写明年度"
    counted = silent if forms is None else silent & set(forms)
    if asked and counted and _of_one_year(entities):
        return f"有{len(counted)}张表没有写明年度，库中写明年度的都是{asked[0]}年，这些表一并计入"
    left = silent - counted if asked else silent
    return f"另有{len(left)}张表没有写明年度，没有计入" if left else ""


def by_year(
    reading: Reading, entities: Entities, year: int | None
) -> tuple[tuple[int, ...] | None, int | None]:
    """The forms of the years asked (None: all), and the first of these years that no form is of."""
    asked = _years_asked(reading, year)
    if not asked:
        return None, None
    found = entities.of_years(asked)
    absent = [y for y in asked if y not in entities.years]
    if absent and not reading.says("date_target"):
        return None, absent[0]
    if undated := _undated(asked, entities):
        found = tuple(sorted({*found, *undated})) if _of_one_year(entities) else found
    everything = len(found) == len(entities.forms)
    return (None if everything else found), None
