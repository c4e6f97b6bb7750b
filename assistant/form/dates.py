"""Dates in cells: every usual spelling, as exact as printed, and their comparison."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from assistant.form.record import record

DateBounds = tuple[tuple[int, int, int], tuple[int, int, int]]
"""Earliest and latest day that a date as printed can mean, each as (year, month, day)."""

_Y = r"(?P<y>(?:19|20)[0-9]{2})"
_M = r"(?P<m>[0-9]{1,2})"
_D = r"(?P<d>[0-9]{1,2})"
_TAIL = r"(?P<tail>底|末|上旬|中旬|下旬|初)?"
_QUARTER = r"第?(?P<q>[1-4一二三四])季度(?P<tail>末|底)?"
_YEAR_TAIL = r"(?P<tail>年底|年末|年中|上半年|下半年|底|末|内|中(?![央小国期旬]))?"
_TO = "[-~至到]"
_HOUR = "(?:[0-9]{1,2}[时点](?:[0-9]{1,2}分)?)?"

_DIGIT_EDGE = r"(?<![0-9.])"
_SEPARATED, _EIGHT_DIGITS, _YEAR_END = "2021-12", "20211231", "年底"
_NO_WORDS = {
    _SEPARATED: re.compile("[0-9][-/.][0-9]"),
    _EIGHT_DIGITS: re.compile("[0-9]{8}"),
    _YEAR_END: re.compile("年度?[底末内]"),
}
"""What finds those of the needs that are no word."""
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (needs, re.compile(_DIGIT_EDGE + pattern))
    for needs, pattern in (
        ("月", rf"{_Y}年度?{_M}月份?(?:[0-9]{{1,2}}[日号]?{_TO}(?=[0-9]{{1,2}}[日号]))?{_D}[日号]?{_HOUR}"),
        ("月", rf"{_Y}年度?(?:[0-9]{{1,2}}月?份?{_TO})?{_M}月份?{_TAIL}"),
        (_SEPARATED, rf"{_Y}[-/.]{_M}[-/.]{_D}(?![0-9])日?"),
        (
            _EIGHT_DIGITS,
            r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9.,%])",
        ),
        ("季度", rf"{_Y}年度?{_QUARTER}"),
        ("年", rf"(?:(?:19|20)[0-9]{{2}}年?{_TO})?{_Y}年度?{_YEAR_TAIL}"),
        (_SEPARATED, rf"{_Y}[-/](?P<m>0?[1-9]|1[0-2])(?![0-9/%-])月?"),
        ("月", rf"(?P<y2>[0-9]{{2}})年{_M}月(?:{_D}[日号])?{_TAIL}"),
        ("月", rf"(?:[0-9]{{1,2}}月?{_TO})?{_M}月份?(?:{_D}[日号]{_HOUR}|{_TAIL})"),
        ("季度", _QUARTER),
        (_YEAR_END, r"(?<![一二两三四五六七八九十几多近])(?:当年|本年度?|全年)?(?P<tail>年底|年末|年内)"),
        (
            _YEAR_END,
            r"(?:当年|本年)度?(?P<tail>底|末|内)|(?<![0-9一二两三四五六七八九十几多近])年度(?P<tail2>内)",
        ),
        ("半年", r"(?P<tail>上半年|下半年)"),
    )
)
"""The spellings of dates, each with what every date so spelled has: most cells need no closer look."""
_DOTTED = (
    (_SEPARATED, re.compile(_DIGIT_EDGE + rf"{_Y}\.(?P<m>0[1-9]|1[0-2])(?![0-9])")),
    (
        _SEPARATED,
        re.compile(_DIGIT_EDGE + r"(?P<m>0?[1-9]|1[0-2])\.(?P<d>[12][0-9]|3[01])(?=日|前|之前|以前|底|$)"),
    ),
)
_NEEDS = frozenset(needs for needs, _ in (*_PATTERNS, *_DOTTED))
_IN_WORDS = frozenset(("季度", _YEAR_END, "半年"))
"""The needs of spellings that may begin without a digit: 第一季度, 当年底, 上半年."""
_BEGINS = re.compile("[0-9第一二三四当本全年上下](?<![0-9.][0-9])")
"""What every date begins with."""
_ANY = re.compile(r"[年月季0-9](?:(?<=[年月季])|[-/.][0-9]|[0-9]{7})")
"""What every date has one of."""
_BEFORE = re.compile(r"(?:\([^)]*\))?(?:日|之)?(?:前(?![1-3一二三]季)|以前|以内|内|止)")
_BETWEEN = re.compile(f"{_TO}|前|")
_NOT_LATER = re.compile(r"(?:截至|截止到?|不晚于|不迟于|早于|[≤<])$")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_ISO_YEAR = re.compile("[0-9]{4}")
_LAST = {"上半年": 6, "下半年": 12, "年中": 6, "中": 6}


@record
class FoundDate:
    """A date in normal text: its place, ISO text as exact as printed, and whether it is a bound (…之前)."""

    start: int
    end: int
    iso: str
    before: bool


def find_dates(text: str, *, dotted_months: bool = False) -> list[FoundDate]:
    """All dates of normal text in order, a period by its end; ``2021.12`` only with ``dotted_months``."""
    if not _ANY.search(text):
        return []
    found: list[FoundDate] = []
    for match in _spelled(text, (*_PATTERNS, *_DOTTED) if dotted_months else _PATTERNS):
        if iso := _iso(match):
            after = _BEFORE.match(text, match.end())
            before = after is not None or bool(_NOT_LATER.search(text, 0, match.start()))
            before = before or match[0].endswith("内")
            found.append(FoundDate(match.start(), after.end() if after else match.end(), iso, before))
    return _joined(text, found) if len(found) > 1 else found


def _spelled(text: str, spellings: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[re.Match[str]]:
    """The matches from left to right, none in another; of those at one place the first spelling's."""
    there = {needs for needs in _NEEDS if _has(text, needs)}
    possible = [pattern for needs, pattern in spellings if needs in there]
    in_words = [pattern for needs, pattern in spellings if needs in there and needs in _IN_WORDS]
    end = 0
    for begin in _BEGINS.finditer(text) if possible else ():
        start = begin.start()
        if start < end:
            continue
        for pattern in possible if text[start] in "0123456789" else in_words:
            if found := pattern.match(text, start):
                yield found
                end = found.end()
                break


def _has(text: str, needs: str) -> bool:
    pattern = _NO_WORDS.get(needs)
    return needs in text if pattern is None else pattern.search(text) is not None


def _joined(text: str, dates: list[FoundDate]) -> list[FoundDate]:
    """A period (A 至 B) as one date, its end, which takes the year of A where it has none."""
    joined: list[FoundDate] = []
    for date in dates:
        last = joined[-1] if joined else None
        if last and _BETWEEN.fullmatch(text, last.end, date.start):
            year = "" if _year(date.iso) or not _year(last.iso) else last.iso[:4] + "-"
            joined[-1] = FoundDate(last.start, date.end, year + date.iso, date.before)
        else:
            joined.append(date)
    return joined


def _iso(match: re.Match[str]) -> str:
    part = {key.rstrip("2"): value for key, value in match.groupdict().items() if value}
    year = int(part["y"]) if "y" in part else None
    if year is not None and year < 100:
        year += 2000
    if year is None and 0 in (int(part.get("m", 1)), int(part.get("d", 1))):
        return ""
    head = f"{year:04d}-" if year is not None else ""
    if "q" in part:
        month = 3 * (_QUARTERS.get(part["q"]) or int(part["q"]))
        return head + _of_month(year, month, "底" if "tail" in part else "")
    if "m" in part:
        day = f"{int(part['d']):02d}" if "d" in part else ""
        month = int(part["m"])
        return head + (f"{month:02d}-{day}" if day else _of_month(year, month, part.get("tail", "")))
    tail = part.get("tail", "")
    if tail in _LAST:
        return f"{head}{_LAST[tail]:02d}"
    return f"{head}12-31" if tail or year is None else f"{year:04d}"


def _of_month(year: int | None, month: int, tail: str) -> str:
    """A month, or the day of it that 底, 中旬 … mean: the end of the ten days, or of the month."""
    day = {"上旬": 10, "中旬": 20}.get(tail, 0)
    if tail in ("底", "末", "下旬"):
        day = _last_day(year or 2001, month)
    return f"{month:02d}-{day:02d}" if day else f"{month:02d}"


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year > 0 else 31


def _year(iso: str) -> int | None:
    return int(iso[:4]) if _ISO_YEAR.match(iso) else None


def date_bounds(iso: str, year: int | None = None) -> DateBounds | None:
    """The days that ``iso`` can mean; ``year`` stands in for a missing one. None without a year.

    Impossible days (2021-02-30) are kept as printed, so that they still compare.
    """
    printed = _year(iso)
    parts = [int(part) for part in iso.split("-")] if iso else []
    if printed is None and parts and year is not None:
        parts = [year, *parts]
    elif printed is None:
        return None
    first, last = [*parts, 1, 1], [*parts, 12, 31]
    if len(parts) == 2:
        last = [*parts, _last_day(parts[0], parts[1])]
    return (first[0], first[1], first[2]), (last[0], last[1], last[2])
