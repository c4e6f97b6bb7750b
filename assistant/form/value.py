"""Reads 年度指标值 and 实际完成值: sign, number, unit, range, date, wording, narrative.

The grammar is that of real forms: whatever people print must be read, and the raw text kept. Nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from assistant.form.dates import FoundDate, find_dates
from assistant.form.model import BLANK, UNVERIFIED
from assistant.form.numerals import dates_in_digits, normal
from assistant.form.quantities import Quantity, clue, find_quantities, only_quantity, pick_by_unit
from assistant.form.record import TEXTS_OF_A_FORM
from assistant.form.units import is_money, ratio, standard, times
from assistant.form.value_types import Direction, Kind, Sign, Value
from assistant.form.value_words import (
    change_by,
    claim_of,
    claims_none,
    denied,
    find_phrase,
    is_bad_event,
    is_controlled,
    is_cost,
)

__all__ = ["Direction", "Kind", "Sign", "Value", "direction", "in_unit_of", "read_actual", "read_target"]

_WAYS = {
    Kind.RANGE: Direction.RANGE,
    Kind.DATE: Direction.DATE,
    Kind.QUALITATIVE: Direction.QUALITATIVE,
    Sign.LE: Direction.LOWER,
    Sign.LT: Direction.LOWER,
    Sign.GE: Direction.HIGHER,
    Sign.GT: Direction.HIGHER,
    Sign.EQ: Direction.EQUAL,
}
"""How a target is to be met, by what it is, else by its sign."""
# Asked of every cell, see ``value_types``.
_QUANTITATIVE, _QUALITATIVE, _DATE = Kind.QUANTITATIVE, Kind.QUALITATIVE, Kind.DATE
_UNSIGNED = Sign.NONE
_FARTHEST = 5
_LEAST_DATE = Decimal(10**7)
"""Numbers of eight digits may be dates: 20211231."""
_OF_DATES = frozenset("年月日号季")
_EDGE = " 。;,、.!:"
_DASH = re.compile(r"[-/\\~_—.]*|N/A|n/a|NULL|null|None|空")
_PLACEHOLDER = re.compile(r"[XxＸ×*△□○_]{2,}|…|\.{3,}")
_DATE_NAME = re.compile("时间|日期|时限|期限|何时|时点|截止")
_RATE_NAME = re.compile("率|比例|比重|占比|满意度|增速|覆盖面|增幅|%")
_AMOUNT_NAME = re.compile(
    "资金|金额|成本|经费|费|收入|产值|投资|税|支出|额|价|款|补贴|补助|奖励|工资|贷款|预算|财政|利润"
)
_COUNT_NAME = re.compile(
    r"(?:数|数量|人次|次数|人数|面积|里程|长度|产量|流量|规模|总量|用户|受益|惠及|覆盖)(?:\([^)]*\))?$"
)
_LOOSE_UNIT = re.compile(r"([一-龥A-Za-z·/^²³μ°]{1,6}?)(以上|以下|以内|及以上|之内)?$")
_NOT_A_UNIT = re.compile("完成|达|左右|前|容忍|投诉|事故|上访|差错|发生|及|和|与|为|的|已|不|以|无|全|有")
_ABOUT_DONE = re.compile(
    "完成|竣工|验收|结题|实施|前|按时|按期|于|在|投入使用|交付|建成|全部|工作|项目|通过|已|底|拨付|开展|发放到位"
)
_FROM = re.compile("[由从]$|[由从][一-龥]{0,6}$")
_FILLER = re.compile(
    "共计|合计|总计|累计|共|约|近|达到|达|实际|完成|实现|已|为|超|人民币|目标|大约|[¥￥()≥≤<>=]|左右|以上|以下|以内|余|多|及|"
    "不低于|不少于|不超过|不高于|不小于|不大于|至少|小于|大于|等于|控制在|超过|指标"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_SCALES = frozenset("十百千万亿")
_STOPS = re.compile("[,。;:、“”《》]")
_PUNCTUATION = re.compile("[^0-9A-Za-z\u4e00-\u9fff%]")


def read_target(text: str, *, name: str = "", level2: str = "") -> Value:
    """A 年度指标值 as a Value; ``name`` and ``level2`` decide where the cell alone is ambiguous."""
    body = _body(text)
    dotted = "." in body and (bool(_DATE_NAME.search(name)) or "时效" in level2)
    if not dotted and (only := _plain_quantity(body)):
        return _plain_value(text, only, _bare_scale(only.unit, name, level2))
    if (value := _nothing(text, body)) is not None:
        return value
    dates, quantities = _found(body, dotted=dotted)
    if dates and _means_date(body, dates, quantities, name):
        return _date_value(text, body, dates)
    if quantities:
        chosen = _asked_for(body, quantities, name)
        unit = chosen[0].unit or chosen[-1].unit
        return _quantity_value(text, body, chosen, _bare_scale(unit, name, level2), target=True)
    phrase = find_phrase(body)
    wording = phrase if phrase and len(body) > 2 * len(phrase) + 8 else _trimmed(text)
    return Value(
        raw=text, kind=Kind.QUALITATIVE, wording=wording, narrative=wording == phrase != _trimmed(text)
    )


def read_actual(text: str, target: Value) -> Value:
    """A 实际完成值 as a Value; of several numbers in a narrative the one in the target's unit is meant."""
    body = _body(text)
    numeric = target.kind is not _QUALITATIVE and target.kind is not _DATE and not body.startswith("0")
    if numeric and (only := _plain_quantity(body)):
        bare = "元" if _SCALES.isdisjoint(only.unit) else _bare_like(target)
        return _plain_value(text, only, bare)
    if (value := _nothing(text, body)) is not None:
        return value
    if target.kind is _QUALITATIVE and (answer := _qualitative_answer(text, body, target)) is not None:
        return answer
    dates, quantities = _found(body, dotted=target.kind is Kind.DATE)
    if dates and (target.kind is Kind.DATE or not quantities):
        if find_phrase(body) and target.kind is not Kind.DATE:
            return _worded(text, body, target)
        return _date_value(text, body, dates)
    if claims_none(body) and (target.sign in (Sign.LE, Sign.LT) or target.number == 0):
        return Value(raw=text, kind=Kind.QUANTITATIVE, number=Decimal(0), narrative=len(body) > 8)
    chosen = pick_by_unit(body, quantities, target.unit_norm) if quantities else None
    if chosen and (target.kind is not Kind.QUALITATIVE or _is_bare(body, chosen)):
        if (change := change_by(body)) and change * change_by(normal(target.raw)) < 0:
            chosen = chosen._replace(number=-chosen.number)
        return _quantity_value(text, body, [chosen], _bare_like(target))
    return _worded(text, body, target)


def _bare_like(target: Value) -> str:
    """What a bare 万 counts in the actual of a target: what the target counts."""
    bare = target.unit_norm if target.unit_norm and not is_money(target.unit_norm) else "元"
    return bare.partition("/")[0].lstrip("十百千万亿") or "元"


def direction(target: Value, *, name: str = "", level2: str = "") -> Direction:
    """How ``target`` is to be met; without a sign, costs and rates of bad events read as ≤, the rest as ≥.

    A change (降低3%) is met by more of it, whatever it is that changes.
    """
    if target.kind is not _QUANTITATIVE and (way := _WAYS.get(target.kind)) is not None:
        return way
    if target.sign is not _UNSIGNED and (way := _WAYS.get(target.sign)) is not None:
        return way
    if change_by(normal(target.raw)):
        return Direction.HIGHER
    subject = normal(name)
    lower = target.number == 0 or is_cost(level2, subject) or is_bad_event(subject)
    return Direction.LOWER if lower else Direction.HIGHER


def in_unit_of(value: Value, other: Value) -> Decimal | None:
    """``value.number`` converted exactly into ``other``'s unit (元/万元/亿元); None if units do not compare.

    A missing unit on either side counts as the other's unit; beside a percentage, a bare 0.95 is read as the
    spreadsheet's 95% where that is what fits.
    """
    return None if value.number is None else converted(value.number, value, other)


def converted(number: Decimal, value: Value, other: Value) -> Decimal | None:
    """``number``, given in ``value``'s unit, in ``other``'s unit; see ``in_unit_of``."""
    if value.unit_norm == other.unit_norm:
        return number
    factor = ratio(value.unit_norm, other.unit_norm)
    if factor is None:
        factor = _price_factor(value, other)
    if factor is None:
        return None
    if _is_fraction(value, other):
        return number * 100
    if _is_fraction(other, value):
        return number / 100
    factor = _unscaled(value, other) or factor
    return times(number, factor)


def _price_factor(value: Value, other: Value) -> Fraction | None:
    """For a price without its 每-part on one side (1000元 for 1000元/人); None where amounts differ much."""
    head, other_head = value.unit_norm.partition("/")[0], other.unit_norm.partition("/")[0]
    if not (is_money(head) and is_money(other_head)) or ("/" in value.unit_norm) == ("/" in other.unit_norm):
        return None
    factor = ratio(head, other_head)
    return factor if factor is not None and _alike_large(value, other, factor) else None


def _unscaled(value: Value, other: Value) -> Fraction | None:
    """For a bare 38000 beside 3万人, which can only mean persons: what one of them is in the other's unit."""
    if value.unit_norm or other.unit_norm[:1] not in ("万", "亿"):
        return None
    factor = Fraction(1, 10**4 if other.unit_norm[0] == "万" else 10**8)
    return factor if _alike_large(value, other, factor) else None


def _alike_large(value: Value, other: Value, factor: Fraction) -> bool:
    """True where two numbers, the first times ``factor``, are of one order of magnitude."""
    if value.number is None or other.number is None or other.number <= 0:
        return False
    return Fraction(1, _FARTHEST) <= Fraction(value.number) * factor / Fraction(other.number) <= _FARTHEST


def _is_fraction(bare: Value, percent: Value) -> bool:
    """True where ``bare`` (0.95 without a unit) can only mean a share of one beside ``percent`` (95%)."""
    if bare.unit_norm or percent.unit_norm != "%" or bare.number is None or percent.number is None:
        return False
    at_most = bare.sign in (Sign.LE, Sign.LT) or percent.sign in (Sign.LE, Sign.LT)
    return 0 < bare.number <= 1 and percent.number > 10 * bare.number and not at_most


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def _plain_quantity(body: str) -> Quantity | None:
    """The quantity of a cell that is nothing else, as most are; None also where it may be a date."""
    only = only_quantity(body)
    if only is None or only.number >= _LEAST_DATE or not _OF_DATES.isdisjoint(only.unit):
        return None
    return only


def _plain_value(text: str, only: Quantity, bare_scale: str) -> Value:
    unit = only.unit
    norm = standard(unit, bare_scale=bare_scale) if unit else ""
    return Value(text, _QUANTITATIVE, only.sign, only.number, None, unit, norm)


def _body(text: str) -> str:
    return dates_in_digits(normal(text)).strip(_EDGE)


def _trimmed(text: str) -> str:
    return text.strip().strip("。；;，,、.！!：: ")


def _nothing(text: str, body: str) -> Value | None:
    """EMPTY for blanks and dashes, TEXT for placeholders; None where there is something to read."""
    if not body or _DASH.fullmatch(body):
        return Value(raw=text)
    if BLANK in text or UNVERIFIED in text or _PLACEHOLDER.search(body):
        return Value(raw=text, kind=Kind.TEXT, wording=_trimmed(text))
    return None


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def _found(body: str, *, dotted: bool) -> tuple[Sequence[FoundDate], Sequence[Quantity]]:
    dates = find_dates(body, dotted_months=dotted)
    return tuple(dates), tuple(find_quantities(body, dates))


def _means_date(body: str, dates: Sequence[FoundDate], quantities: Sequence[Quantity], name: str) -> bool:
    """A cell with a date asks for the date unless a quantity or a quality stands beside it."""
    arabic = [quantity for quantity in quantities if not quantity.spelled]
    if arabic and not _DATE_NAME.search(name):
        return False
    rest = body
    for date in reversed(dates):
        rest = rest[: date.start] + rest[date.end :]
    return not find_phrase(_ABOUT_DONE.sub("", rest))


def _date_value(text: str, body: str, dates: Sequence[FoundDate]) -> Value:
    date = max(enumerate(dates), key=lambda item: (_date_clue(body, item[1]), item[0]))[1]
    equal = body[: date.start].endswith("=")
    sign = Sign.BEFORE if date.before else Sign.EQ if equal else Sign.NONE
    rest = _ABOUT_DONE.sub("", body[: date.start] + body[date.end :])
    narrative = len(rest) > 6 or bool(_STOPS.search(rest))
    return Value(raw=text, kind=Kind.DATE, sign=sign, date=date.iso, narrative=narrative)


def _date_clue(body: str, date: FoundDate) -> int:
    return clue(body, Quantity(date.start, date.end, Decimal(0)))


def _asked_for(body: str, quantities: Sequence[Quantity], name: str) -> list[Quantity]:
    """The quantity that the target asks for; two, where they are the ends of a range (≥80%且≤90%)."""
    if len(quantities) == 1:
        return list(quantities)
    plain = [q for q in quantities if not q.aside and not q.spelled] or list(quantities)
    first, *rest = plain
    low, high = first.sign in (Sign.GE, Sign.GT), rest and rest[0].sign in (Sign.LE, Sign.LT)
    if (
        len(plain) == 2
        and low
        and high
        and first.number < rest[0].number
        and first.unit in ("", rest[0].unit)
    ):
        return [first, rest[0]]
    shares = [q for q in plain if standard(q.unit) == "%"]
    if shares and len(shares) < len(plain):
        others = [q for q in plain if q not in shares]
        return [shares[0] if _RATE_NAME.search(name) else others[0]]
    return [max(plain, key=lambda q: clue(body, q)) if _FROM.search(body, 0, first.start) else first]


def _bare_scale(unit: str, name: str, level2: str) -> str:
    """What ``unit``, a bare 万, counts: 元, unless the row counts something else."""
    if _SCALES.isdisjoint(unit):
        return "元"
    money = "成本" in level2 or _AMOUNT_NAME.search(name)
    return "" if not money and ("数量" in level2 or _COUNT_NAME.search(name)) else "元"


def _quantity_value(
    text: str, body: str, chosen: Sequence[Quantity], bare_scale: str, *, target: bool = False
) -> Value:
    quantity = chosen[0]
    upper = chosen[1].number if len(chosen) == 2 else quantity.upper
    unit, sign, end = quantity.unit or chosen[-1].unit, quantity.sign, chosen[-1].end
    if not unit and upper is None and (loose := _loose_unit(body, end)):
        unit, end = loose[0], len(body)
        sign = loose[1] if sign is Sign.NONE else sign
    if target and sign is Sign.NONE and quantity.start and is_controlled(body, quantity.start):
        sign = Sign.LE
    rest = body[: quantity.start] + body[end:]
    return Value(
        raw=text,
        kind=Kind.QUANTITATIVE if upper is None else Kind.RANGE,
        sign=sign if upper is None else Sign.RANGE,
        number=quantity.number,
        upper=upper,
        unit=unit,
        unit_norm=standard(unit, bare_scale=bare_scale) if unit else "",
        narrative=_tells(rest),
    )


def _loose_unit(body: str, end: int) -> tuple[str, Sign] | None:
    """An unknown unit: what stands after the last number, when it is short and no verb."""
    found = _LOOSE_UNIT.match(body, end)
    if not found or _NOT_A_UNIT.search(found[1]):
        return None
    words = found[2] or ""
    return found[1], Sign.GE if "上" in words else Sign.LE if words else Sign.NONE


def _tells(rest: str) -> bool:
    """True where what stands around a quantity is a story, not a label or a counting word."""
    if not rest:
        return False
    rest = _BRACKETED.sub("", rest)
    return bool(_STOPS.search(rest)) or len(_FILLER.sub("", rest)) > 6


def _is_bare(body: str, quantity: Quantity) -> bool:
    return not _FILLER.sub("", body[: quantity.start] + body[quantity.end :])


def _qualitative_answer(text: str, body: str, target: Value) -> Value | None:
    """The target's wording, or a claim, found in the actual; None where the actual has neither."""
    wanted, given = (_PUNCTUATION.sub("", words) for words in (normal(target.wording), body))
    place = given.find(wanted) if wanted else -1
    if place >= 0 and not denied(given, place):
        short = len(body) <= len(wanted) + 8 and not _STOPS.search(body)
        return Value(raw=text, kind=Kind.QUALITATIVE, wording=target.wording, narrative=not short)
    if claim_of(body) is not None and not find_quantities(body):
        return Value(raw=text, kind=Kind.QUALITATIVE, wording=_trimmed(text), narrative=_tells(body))
    return None


def _worded(text: str, body: str, target: Value) -> Value:
    """An actual without a usable number: a quality, or TEXT where it says nothing that can be compared."""
    phrase = find_phrase(body)
    told = len(body) > 16 or bool(_STOPS.search(body))
    if phrase and told:
        return Value(raw=text, kind=Kind.QUALITATIVE, wording=phrase, narrative=True)
    claims = claim_of(body) is not None or claims_none(body)
    number = any(c.isdigit() for c in body)
    if told or number or (claims and target.kind is not Kind.QUALITATIVE):
        return Value(raw=text, kind=Kind.TEXT, wording="" if told else _trimmed(text), narrative=told)
    return Value(raw=text, kind=Kind.QUALITATIVE, wording=_trimmed(text))
