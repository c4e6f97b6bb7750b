"""Finds the quantities of a cell, with their signs, units and ranges, and picks the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from string import ascii_letters
from typing import NamedTuple

from assistant.form.dates import FoundDate
from assistant.form.numerals import ARABIC, NUMERALS, arabic, number_of
from assistant.form.units import MEASURES, ONE, is_unit, ratio, standard, times, unit_at
from assistant.form.value_types import Sign
from assistant.form.value_words import sign_after, sign_before


class Quantity(NamedTuple):
    """A quantity of normal text; ``start`` to ``end`` covers its sign.

    ``aside``: in brackets or quotation marks. ``spelled``: in Chinese numerals, which are as often no
    quantity at all (一般, 三条产业链).
    """

    start: int
    end: int
    number: Decimal
    sign: Sign = Sign.NONE
    upper: Decimal | None = None
    unit: str = ""
    aside: bool = False
    spelled: bool = False


_ARABIC = re.compile(ARABIC)
_SIGNED_NUMBER = re.compile(f"([≥≤=><]?)(?!0[0-9])({ARABIC})")
_SIGNED_STARTS = frozenset("≥≤=><0123456789")
# Asked of every number, see ``value_types``.
_UNSIGNED = Sign.NONE
_SIGNS = {"": Sign.NONE, **{sign.value: sign for sign in (Sign.GE, Sign.LE, Sign.EQ, Sign.GT, Sign.LT)}}
_LONGEST_KEPT = 8
# ARABIC or CHINESE: begun with a character that either begins with, so that places are found fast.
_EITHER = re.compile(
    rf"[0-9{NUMERALS}](?:(?<=[0-9])(?:[0-9]{{0,2}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]*)(?:\.[0-9]+)?"
    rf"|(?<=[{NUMERALS}])[{NUMERALS}]*(?:点[零〇一二三四五六七八九]+)?)"
)
_ANY_NUMBER = re.compile(f"[0-9{NUMERALS}]")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|《[^》]*》|\"[^\"]*\"|【[^】]*】|〔[^〕]*〕|「[^」]*」")
_OPENING = re.compile(r"[(\[“《\"【〔「]")
_NO_QUANTITY_BEFORE = re.compile(
    r"(?:第|[A-Za-z](?<!x)|[0-9][./:×*]|[0-9]-|〔|No\.?|编号:?|电话:?|[a-z]-)$", re.IGNORECASE
)
_NO_QUANTITY_ENDS = frozenset("第〔号话./:×*-" + ascii_letters)
_NO_QUANTITY_AFTER = re.compile(r"[./:×*][0-9]|\+[0-9A-Za-z]|号|〕|[A-Za-z]|世纪|年代|\*{2}")
_NEIGHBOURS = re.compile("、(?=[0-9])")
_RECURRING = re.compile(
    "(?:[每次当下](?:月|季度?|周|旬)(?:末|底)?|[首末次]月|第[一二三]个月|每(?:个?工作)?[日天])$"
)
_CLOCK = ("时", "点")
_NEGATIVE_BEFORE = re.compile(r"(?:^|[≥≤<>=(,:为至到长率])-$")
_RANGE_STARTS = frozenset("(-~至到")
_RANGE_MARK = re.compile(r"(?:\(不?含\))?[-~至到](?=[0-9])")
_BRACKET_UNIT = re.compile(r"\(([^()]{1,6})\)")
_NOT_SPELLED_BEFORE = frozenset("第每某其同这那各多数几任零一二三四五六七八九十")
_NOT_SPELLED = re.compile(
    "十分|.[级线路点度口方段门环头]|.(?:次性|站式|条龙|带一|门式|篇章|代|方面|体|位一|家人)|.分之"
)


def find_quantities(text: str, dates: Sequence[FoundDate] = ()) -> list[Quantity]:
    """All quantities of normal text outside of ``dates``; ordinals, codes and fractions are none."""
    if not _ANY_NUMBER.search(text):
        return []
    if len(dates) == 1 and (dates[0].start, dates[0].end) == (0, len(text)):
        return []
    if not dates and (only := only_quantity(text)):
        return [only]
    found = _merged(_all(text))
    if dates:
        found = [quantity for quantity in found if not _in_dates(quantity, dates)]
    if found and _OPENING.search(text):
        asides = [match.span() for match in _ASIDE.finditer(text)]
        found = [
            quantity._replace(aside=True)
            if any(start < quantity.start < end for start, end in asides)
            else quantity
            for quantity in found
        ]
    return found


def _in_dates(quantity: Quantity, dates: Sequence[FoundDate]) -> bool:
    start, end = quantity.start, quantity.end
    for date in dates:  # noqa: SIM110  a generator would take as long as the looking
        if date.start <= start < date.end or date.start < end <= date.end:
            return True
    return False


def only_quantity(text: str) -> Quantity | None:
    """The quantity of a text that is nothing but a sign, a number and a unit, as most cells are."""
    match = _SIGNED_NUMBER.match(text) if text[:1] in _SIGNED_STARTS else None
    if match is None or (number := arabic(match[2])) is None:
        return None
    unit = text[match.end() :]
    # The units of cells are few and worth remembering; what is longer is prose.
    known = is_unit(unit) if len(unit) <= _LONGEST_KEPT else unit_at(unit, 0) == unit
    return Quantity(0, len(text), number, _SIGNS[match[1]], None, unit) if known else None


def _all(text: str) -> Iterator[Quantity]:
    end = 0
    for match in _EITHER.finditer(text):
        if match.start() < end:
            continue
        quantity = _spelled(text, match) if match[0][0] not in "0123456789" else _arabic(text, match)
        if quantity:
            end = quantity.end
            yield quantity


def _arabic(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    number = arabic(match[0])
    before = text[start - 1 : start]
    if (
        number is None
        or (text[start] == "0" and "0" <= text[start + 1 : start + 2] <= "9")
        or (before in _NO_QUANTITY_ENDS and _NO_QUANTITY_BEFORE.search(text, max(0, start - 6), start))
    ):
        return None
    negative = before == "-" and bool(_NEGATIVE_BEFORE.search(text, max(0, start - 2), start))
    unit, after = _unit(text, end)
    if not unit and _NO_QUANTITY_AFTER.match(text, end):
        return None
    if (unit == "日" or text.startswith(_CLOCK, end)) and _RECURRING.search(text, 0, start):
        return None
    if negative:
        start, number = start - 1, -number
    upper = None
    neighbours = None if unit else _NEIGHBOURS.match(text, after)
    follows = text[after : after + 1] in _RANGE_STARTS
    if mark := (follows and _RANGE_MARK.match(text, after)) or neighbours:
        other = _ARABIC.match(text, mark.end())
        high = arabic(other[0]) if other else None
        if other and high is not None:
            unit_high, after_high = _unit(text, other.end())
            low = _in(number, unit, unit_high)
            if low is not None and high > low and (not neighbours or high == low + 1):
                number, upper, unit, after = low, high, unit_high or unit, after_high
    if upper is None and before == "±":
        start, number, upper = start - 1, -number, number
    return _signed(text, start, after, number, upper, unit)


def _in(number: Decimal, unit: str, other: str) -> Decimal | None:
    factor = ratio(standard(unit), standard(other)) if unit and other else ONE
    return None if factor is None else times(number, factor)


def _unit(text: str, end: int) -> tuple[str, int]:
    """The unit at ``end``, after 余 or in brackets too, and where it ends."""
    start = end + 1 if text[end : end + 1] in ("余", "多") else end
    if unit := unit_at(text, start):
        after = start + len(unit)
        more = (
            unit_at(text, after + 1)
            if unit in ("万", "亿") and text[after : after + 1] in ("余", "多")
            else ""
        )
        return unit + more, after + len(more) + bool(more)
    bracket = _BRACKET_UNIT.match(text, end) if text[end : end + 1] == "(" else None
    if bracket and unit_at(bracket[1], 0) == bracket[1]:
        return bracket[1], bracket.end()
    return "", start


def _spelled(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if text[start - 1 : start] in _NOT_SPELLED_BEFORE or _NOT_SPELLED.match(text, end - 1):
        return None
    unit, after = _unit(text, end)
    if not (unit or match[0] == text) or (number := number_of(match[0])) is None:
        return None
    return _signed(text, start, after, number, None, unit, spelled=True)


def _signed(
    text: str,
    start: int,
    end: int,
    number: Decimal,
    upper: Decimal | None,
    unit: str,
    *,
    spelled: bool = False,
) -> Quantity:
    """The quantity between ``start`` and ``end`` with the signs around it."""
    before, start = sign_before(text, start)
    after, end = sign_after(text, end)
    sign = before if before is not _UNSIGNED else after
    return Quantity(start, end, number, sign, upper, unit, False, spelled)


def _merged(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Those that are one in two parts as one."""
    merged: list[Quantity] = []
    for quantity in quantities:
        touches = merged and merged[-1].end == quantity.start
        if touches and (whole := _as_one(merged[-1], quantity)):
            merged[-1] = whole
        else:
            merged.append(quantity)
    return merged


def _as_one(first: Quantity, second: Quantity) -> Quantity | None:
    """3亿5000万元 and 12万3456元 in the last unit, 1小时30分钟 in the first; None for two quantities."""
    if _is_duration(first, second):
        rest = _in(second.number, second.unit, first.unit) or Decimal(0)
        return first._replace(end=second.end, number=first.number + rest)
    if first.unit not in ("万", "亿") or first.upper is not None:
        return None
    high = _in(first.number, first.unit, second.unit)
    if high is None or high <= second.number:
        return None
    return second._replace(start=first.start, number=high + second.number, sign=first.sign)


def _is_duration(first: Quantity, second: Quantity) -> bool:
    """True for 1小时30分钟, 2年6个月: a smaller unit of time right after a larger one."""
    units = standard(first.unit), standard(second.unit)
    dimensions = [MEASURES.get(unit, ("",))[0] for unit in units]
    if dimensions[0] != dimensions[1] or dimensions[0] not in ("time", "months"):
        return False
    return first.upper is second.upper is None and MEASURES[units[0]][1] > MEASURES[units[1]][1]


_CLUES = (
    (4, re.compile("共计|合计|总计|累计|总共|共有|总数|总额|总量|共")),
    (3, re.compile("实际|最终|年末|截至|实有|实发")),
    (1, re.compile("达到|达|完成|实现|为|是|有|使用|支出|发放")),
    (2, re.compile("[到至](?=$)")),
    (
        -5,
        re.compile("计划|目标|预计|预算|原定|年初|应|上年|去年|往年|同比|环比|较|比|其中|含|剩余|未|另|超出"),
    ),
    (-5, re.compile("指标值|下达|原|由|从")),
)
_HALVES = re.compile("线上.*线下|线下.*线上|上半年.*下半年|城镇.*农村|城市.*农村|春季.*秋季|男.*女")
_BREAK = re.compile("[,;。:、]")


def clue(text: str, quantity: Quantity) -> int:
    """How much the words before a quantity say that it is the result; negative for plans, comparisons."""
    clause = _BREAK.split(text[max(0, quantity.start - 14) : quantity.start])[-1]
    hits = [(match.end(), points) for points, words in _CLUES for match in words.finditer(clause)]
    return max(hits)[1] if hits else 0


def pick_by_unit(text: str, quantities: Sequence[Quantity], unit_norm: str) -> Quantity | None:
    """The quantity of a narrative that answers a target in ``unit_norm``; None where none can be told.

    Same unit first, then a comparable one, then one without a unit, then the only one there is.
    """
    if len(quantities) == 1 and not quantities[0].spelled:
        return quantities[0]
    tiers: list[list[Quantity]] = [[], [], [], []]
    for quantity in quantities:
        tier = _closeness(quantity, unit_norm)
        alone = (quantity.start, quantity.end) == (0, len(text))
        if not quantity.spelled or tier == 0 or alone:
            tiers[tier].append(quantity)
    for tier, group in enumerate(tiers):
        for chosen in ([q for q in group if not q.aside and not q.spelled], group):
            if chosen and (tier < 3 or len(quantities) == 1):
                return _likeliest(text, chosen)
    return None


def _closeness(quantity: Quantity, unit_norm: str) -> int:
    """0 same unit (or none asked for), 1 comparable, 2 no unit, 3 not comparable."""
    if not unit_norm:
        return 0
    if not quantity.unit:
        return 2
    norm = standard(quantity.unit)
    return 0 if norm == unit_norm else 1 if ratio(norm, unit_norm) is not None else 3


def _likeliest(text: str, quantities: list[Quantity]) -> Quantity | None:
    if len(quantities) == 1:
        return quantities[0]
    best = max(clue(text, quantity) for quantity in quantities)
    first = [quantity for quantity in quantities if clue(text, quantity) == best]
    if len({(quantity.number, quantity.unit) for quantity in first}) == 1:
        return first[0]
    total = max(first, key=lambda quantity: quantity.number)
    same_unit = all(quantity.unit == total.unit for quantity in first)
    parts = sum((quantity.number for quantity in first if quantity is not total), Decimal(0))
    if same_unit and parts == total.number:
        return total
    if same_unit and len(first) == 2 and _HALVES.search(text):
        return total._replace(number=total.number + parts)
    return None
