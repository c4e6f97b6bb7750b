"""Every figure of a sentence, as strictly as grounding needs it: quantities, dates, ordinals and codes.

Reading a cell asks which number is meant; here none may be overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from assistant.form.numerals import ARABIC, number_of
from assistant.form.units import is_money, ratio, standard, unit_at
from assistant.form.value_types import Sign
from assistant.form.value_words import sign_after, sign_before
from assistant.grounding.days import DATES, Day, days_of
from assistant.grounding.idioms import CHINESE_DIGITS, IDIOMS, LIST_MARKS

MASK = "□"
Bound = Literal["", "low", "high"]

_NUMBER = re.compile(rf"{ARABIC}|[{CHINESE_DIGITS}]+(?:点[零一二三四五六七八九]+)?")
_N = f"(?:{_NUMBER.pattern})"
_FRACTION = re.compile(f"({_N})分之({_N})")
_TENTHS = re.compile(
    rf"(?<![{CHINESE_DIGITS}0-9.])([1-9一二三四五六七八九])成([一二三四五六七八九半])?(?![功果效立本长员交品分为])"
)
_HALF = re.compile("一半|半数|对半")
_DOUBLED = re.compile("翻([一两二三]?)番")
_ORDINAL = re.compile(f"第({_N})")
_ORDINAL_OF = re.compile("标段|次会议|[届批次期轮名位号行条款章卷册个阶版代]")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_+&-]*")
_TO = re.compile("[-~至到]")
_MORE = re.compile("[余多几]")
_ABOUT_BEFORE = re.compile("(?:约|大约|近|将近|接近|大致)$")
_ABOUT_AFTER = re.compile("左右|上下")
_COINS = re.compile(f"(?:({_N})角)?(?:({_N})分)?")
_SCALE = re.compile("^[十百千]?[万亿]+|^[百千](?![瓦克米])")
_DECADE = re.compile("(?:19|20)?([1-9]0)年代|([二三四五六七八九])十年代")
_BASES = ("%", "公斤", "米", "平方米", "立方米", "千瓦时", "千瓦", "分钟", "个月")
_NOT_COUNTED = frozenset({"%", "元", "分", "倍", "百分点"})
_BOUNDS: dict[Sign, Bound] = {Sign.GE: "low", Sign.LE: "high"}


@dataclass(frozen=True)
class Figure:
    """One figure. ``value`` and ``upper`` (of a range) are in ``unit``, a base unit (元, %, 人; "" if none).

    ``unit_text``: the unit as printed.
    ``value`` None: written so that it has no exact number (两三个, 上千万元). ``step``: what one of the last
    printed digit is worth. ``about``: 约, 近, 左右; ``more``: 余, 多. ``scale_only``: 12万, money or a count.
    ``loose``: the number as it compares with one without a unit (4 for 4天, 120000 for 12万人).
    ``days``: the dates, for kind ``date``; a year without 年 carries a value too.
    """

    kind: Literal["quantity", "date", "ordinal", "code"]
    text: str
    value: Fraction | None = None
    upper: Fraction | None = None
    loose: Fraction | None = None
    unit: str = ""
    unit_text: str = ""
    step: Fraction = Fraction(1)
    about: bool = False
    more: bool = False
    bound: Bound = ""
    scale_only: bool = False
    days: tuple[Day, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether this is a number of things, people or days: anything but money, shares and points."""
        return self.unit not in _NOT_COUNTED and not self.unit.startswith("元/")


def find_figures(text: str) -> list[Figure]:
    """All figures of a normal sentence (``assistant.form.numerals``) with its dates in digits.

    What stands in names must have been masked before (``MASK``).
    """
    return list(_figures_of(text))


@lru_cache(maxsize=8192)
def _figures_of(text: str) -> tuple[Figure, ...]:
    scan = _Scan(text)
    for idle in (LIST_MARKS, IDIOMS):
        scan.take(idle, lambda match: (None, match.end()))
    scan.take(_DECADE, _decade)
    for pattern in DATES:
        scan.take(pattern, _date)
    for pattern, read in ((_FRACTION, _fraction), (_TENTHS, _tenths), (_HALF, _half), (_DOUBLED, _doubled)):
        scan.take(pattern, read)
    for pattern, read in ((_ORDINAL, _ordinal), (_CODE, _code), (_NUMBER, _quantity)):
        scan.take(pattern, read)
    return tuple(scan.figures)


_Found = tuple[Figure | None, int] | None
"""A figure (None for words that count nothing) and where it ends; None leaves the match to later patterns."""


class _Scan:
    """The sentence, with what has been read masked out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.figures: list[Figure] = []

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], _Found]) -> None:
        """Reads from left to right what ``pattern`` finds."""
        position = 0
        while match := pattern.search(self.text, position):
            found = read(match)
            position = max(match.end(), found[1] if found else 0, match.start() + 1)
            if found is None:
                continue
            if found[0] is not None:
                self.figures.append(found[0])
            self.text = self.text[: match.start()] + MASK * (found[1] - match.start()) + self.text[found[1] :]


def number(text: str) -> Fraction | None:
    """The number that ``text`` spells in digits or Chinese numerals, 万 and 亿 included; else None."""
    text = text.replace("萬", "万").replace("億", "亿").replace("廿", "二十").replace("卅", "三十")
    for scale, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(scale)
        if found:
            high, low = number(head), _after_scale(tail, factor)
            return None if high is None or low is None else high * factor + low
    plain = number_of(text) if text else None
    return None if plain is None else Fraction(plain)


def _after_scale(tail: str, factor: int) -> Fraction | None:
    if not tail:
        return Fraction(0)
    low = number(tail.lstrip("零〇○") or "零")
    if low is not None and len(tail) == 1 and tail not in "十百千拾佰仟":
        return low * factor / 10  # 一万二 is 12000
    return low


@lru_cache(maxsize=1000)
def canonical(unit: str) -> tuple[Fraction, str]:
    """What one ``unit`` is, in its base unit: 万元 is 10000 元, 亩 is 2000/3 平方米, 万人次 is 10000 人次."""
    head, slash, per = standard(unit).partition("/") if unit else ("", "", "")
    if not head:
        return Fraction(1), ""
    for base in ("元",) if is_money(head) else _BASES:
        factor = ratio(head, base)
        if factor is not None:
            return factor, base + slash + per
    scale = _SCALE.match(head)
    rest = head[scale.end() :] if scale else ""
    factor = ratio(head, rest) if rest else None
    return (Fraction(1), head + slash + per) if factor is None else (factor, rest + slash + per)


def _date(match: re.Match[str]) -> _Found:
    if match.groupdict().get("bare") is None:
        return Figure("date", match[0], days=days_of(match)), match.end()
    after = match.string[match.end() : match.end() + 1]
    if unit_at(match.string, match.end()) or after in ("%", "‰", "倍", "成", "余", "多"):
        return None
    return Figure("date", match[0], Fraction(int(match[0])), days=days_of(match)), match.end()


def _decade(match: re.Match[str]) -> _Found:
    tens = number(match[1] or match[2] + "十")
    return Figure("ordinal", match[0], tens, unit="年代"), match.end()


def _fraction(match: re.Match[str]) -> _Found:
    below, above = number(match[1]), number(match[2])
    value = above / below * 100 if below and above is not None else None
    return Figure("quantity", match[0], value, unit="%"), match.end()


def _tenths(match: re.Match[str]) -> _Found:
    tail = Fraction(5) if match[2] == "半" else number(match[2] or "零")
    tens = number(match[1])
    value = None if tens is None or tail is None else tens * 10 + tail
    return Figure("quantity", match[0], value, unit="%"), match.end()


def _half(match: re.Match[str]) -> _Found:
    return Figure("quantity", match[0], Fraction(50), unit="%"), match.end()


def _doubled(match: re.Match[str]) -> _Found:
    times = int(number(match[1] or "一") or 1)
    return Figure("quantity", match[0], Fraction(2**times), unit="倍"), match.end()


def _ordinal(match: re.Match[str]) -> _Found:
    counter = _ORDINAL_OF.match(match.string, match.end())
    if counter is None and match[1][0] in CHINESE_DIGITS:
        return None, match.end()  # 第一，第二，: an enumeration
    end = counter.end() if counter else match.end()
    unit = "第" + (counter[0] if counter else "")
    return Figure("ordinal", match.string[match.start() : end], number(match[1]), unit=unit), end


def _code(match: re.Match[str]) -> _Found:
    """A token of letters and digits (5G, TC-200). Plain words, plain numbers and 5kg are none."""
    token = match[0].rstrip("./_+&-")
    if not re.search("[A-Za-z]", token) or not re.search("[0-9]", token):
        return None
    start = re.match(ARABIC, token)
    unit = unit_at(match.string, match.start() + start.end()) if start else ""
    if unit.isascii() and unit.lower() == unit != "":
        return None
    return Figure("code", token), match.start() + len(token)


@dataclass(frozen=True)
class _Part:
    """A number with its unit.

    ``plain``: the number before conversion; ``factor``: what its unit is in ``unit``; ``scale``: its 万.
    """

    plain: Fraction | None
    decimals: int
    factor: Fraction
    scale: Fraction
    unit: str
    unit_text: str
    more: bool
    end: int

    @property
    def scale_only(self) -> bool:
        return bool(_SCALE.fullmatch(self.unit_text))


def _quantity(match: re.Match[str]) -> _Found:
    text, spelled = match.string, match[0][0] in CHINESE_DIGITS
    part = _part(match)
    if spelled and not part.unit and (len(match[0]) == 1 or part.plain is None):
        return None
    to = _TO.match(text, part.end)
    second = _NUMBER.match(text, to.end()) if to else None
    if second is not None:
        upper = _part(second)
        if _is_range(part, upper):
            return _figure(match, upper, lower=part), upper.end
    return _figure(match, part), part.end


def _part(match: re.Match[str]) -> _Part:
    text = match.string
    plain, start = number(match[0]), match.end()
    more = _MORE.match(text, start)
    start = more.end() if more else start
    unit = unit_at(text, start) or ("号" if text.startswith("号", start) else "")
    if more and not unit:
        more, start = None, match.end()
    factor, base = canonical(unit)
    decimals = len(re.split("[.点]", match[0])[-1]) if re.search("[.点]", match[0]) else 0
    end = start + len(unit)
    if base == "元" and plain is not None and (joined := _joined(text, end, plain * factor)):
        plain, factor, end, unit = joined[0], Fraction(1), joined[1], "元"
    head = _SCALE.match(unit)
    scale = canonical(head[0])[0] if head else Fraction(1)
    return _Part(plain, decimals, factor, scale, base, unit, more is not None, end)


def _joined(text: str, end: int, high: Fraction) -> tuple[Fraction, int] | None:
    """An amount that goes on: 1亿2000万元, 12万3456元, 9元6角. The sum in 元 and where it ends."""
    following = _NUMBER.match(text, end)
    low = _part(following) if following else None
    if low is not None and low.unit == "元" and low.plain is not None and low.plain * low.factor < high:
        return high + low.plain * low.factor, low.end
    coins = _COINS.match(text, end)
    if text[end - 1] != "元" or coins is None or not coins[0]:
        return None
    tenths, hundredths = number(coins[1] or "0"), number(coins[2] or "0")
    return high + Fraction(tenths or 0, 10) + Fraction(hundredths or 0, 100), coins.end()


def _is_range(low: _Part, high: _Part) -> bool:
    if low.plain is None or high.plain is None or low.unit not in ("", high.unit):
        return False
    factor = low.factor if low.unit else high.factor
    return low.plain * factor < high.plain * high.factor


def _figure(match: re.Match[str], part: _Part, lower: _Part | None = None) -> Figure:
    text, start, end = match.string, match.start(), part.end
    value = None if part.plain is None else part.plain * part.factor
    first = value
    if lower is not None and lower.plain is not None:
        first = lower.plain * (lower.factor if lower.unit else part.factor)
    sign = sign_before(text, start)[0]
    if sign is Sign.NONE:
        sign = sign_after(text, end)[0]
    about = _ABOUT_BEFORE.search(text, max(0, start - 2), start) or _ABOUT_AFTER.match(text, end)
    return Figure(
        "quantity",
        text[start:end],
        first,
        upper=value if lower is not None else None,
        loose=None if part.plain is None or lower is not None else part.plain * part.scale,
        unit=part.unit,
        unit_text=part.unit_text,
        step=part.factor / 10**part.decimals,
        about=about is not None,
        more=part.more,
        bound=_BOUNDS.get(sign, ""),
        scale_only=part.scale_only or (not part.unit and match[0][-1] in "万亿"),
    )
