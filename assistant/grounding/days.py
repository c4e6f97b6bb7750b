"""Dates in a sentence, and whether one date says no more than another."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_Y = r"(?P<y>(?:19|20)[0-9]{2})"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
_TO = "[-~至到]"
_PART = r"(?P<part>上旬|中旬|下旬|月底|月末|月初|底|末|初)?"
_EDGE = r"(?<![0-9.])"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}

DATES = tuple(
    re.compile(_EDGE + pattern)
    for pattern in (
        rf"{_Y}年度?{_M}月{_D}[日号]?{_TO}(?P<d2>3[01]|[12][0-9]|0?[1-9])[日号]",
        rf"{_Y}年度?{_M}月{_D}(?:[日号]|(?![0-9.%万亿元个人家次]))",
        rf"{_Y}[-/.]{_M}[-/.]{_D}(?![0-9])日?",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9%万亿元个人家次]|[.,][0-9])",
        rf"{_Y}年度?{_M}月?{_TO}(?P<m2>1[0-2]|0?[1-9])月份?",
        rf"{_Y}年度?{_M}月份?{_PART}",
        rf"{_Y}年度?第?(?P<q>[1-4一二三四])季度",
        rf"{_Y}年?度?(?:{_TO}|/)(?P<y2>(?:19|20)[0-9]{{2}})(?:年度?|(?=[^0-9]|$))",
        rf"{_Y}年度?(?P<part>上半年|下半年|年底|年末|年初|底|末|初)?",
        r"(?P<ys>[0-9]{2})年(?:度|(?P<m>1[0-2]|0?[1-9])月(?:(?P<d>3[01]|[12][0-9]|0?[1-9])[日号])?)",
        rf"{_M}月{_D}[日号]?{_TO}(?P<d2>3[01]|[12][0-9]|0?[1-9])[日号]",
        rf"{_M}月{_D}[日号]",
        rf"{_M}月?{_TO}(?P<m2>1[0-2]|0?[1-9])月份?",
        rf"{_M}月份?{_PART}",
        r"(?<![一-龥])?第?(?P<q>[1-4一二三四])季度",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<bare>)(?![0-9]|[.,][0-9])",
    )
)
"""Spellings of dates, to be tried in order; a group ``bare`` means a year without 年, perhaps a number."""


@dataclass(frozen=True)
class Day:
    """A date as exact as it is written. ``part``: ``Q1``–``Q4``, ``H1``, ``H2``, 初 上 中 下 末, or ""."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""

    def says_no_more_than(self, known: Day) -> bool:
        """Whether this follows from ``known``: the same, or coarser (2021年6月 from 2021年6月30日)."""
        if self.year is not None and self.year != known.year:
            return False
        if self.month is not None and self.month != known.month:
            return False
        if self.day is not None and self.day != known.day:
            return False
        return not self.part or self.part == known.part or self._part_holds(known)

    def _part_holds(self, known: Day) -> bool:
        if known.month is None:
            return False
        if self.part[0] in "QH":
            months = 3 if self.part[0] == "Q" else 6
            return (known.month - 1) // months + 1 == int(self.part[1])
        if self.month is None:
            return (self.part, known.month) in (("末", 12), ("初", 1))
        return known.day is not None and self.part in _parts_of(known.year or 2001, known.month, known.day)


def _parts_of(year: int, month: int, day: int) -> tuple[str, ...]:
    """The parts of its month that a date lies in; 末 and 初 mean the very last and first day."""
    tens = "上" if day <= 10 else "中" if day <= 20 else "下"
    edge = ("末",) if day == calendar.monthrange(year, month)[1] else ("初",) if day == 1 else ()
    return (tens, *edge)


def days_of(match: re.Match[str]) -> tuple[Day, ...]:
    """The dates that a match of ``DATES`` names: one, or the two ends of a period."""
    part = {name: value for name, value in match.groupdict().items() if value}
    year = int(part["y"]) if "y" in part else 2000 + int(part["ys"]) if "ys" in part else None
    month = int(part["m"]) if "m" in part else None
    first = Day(year, month, int(part["d"]) if "d" in part else None, _part(part))
    if "d2" in part:
        return first, Day(year, month, int(part["d2"]))
    if "m2" in part:
        return first, Day(year, int(part["m2"]))
    if "y2" in part:
        return first, Day(int(part["y2"]))
    return (first,)


def _part(part: dict[str, str]) -> str:
    if "q" in part:
        return f"Q{_QUARTERS.get(part['q']) or part['q']}"
    word = part.get("part", "")
    if word in ("上半年", "下半年"):
        return "H1" if word == "上半年" else "H2"
    word = word.removeprefix("年").removeprefix("月").removesuffix("旬")
    return "末" if word == "底" else word
