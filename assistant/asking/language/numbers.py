"""Numbers in questions with what is asked of them: 超过60分, 不到九成, 100万以上, 80到90分之间, 一倍以上."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.form.numerals import ARABIC, CHINESE, number_of
from assistant.form.units import standard

Comparison = Literal[
    "eq", "ne", "gt", "ge", "lt", "le", "between", "contains", "lacks", "empty", "filled", "whole"
]
NUMBER = rf"(?:{ARABIC}|{CHINESE}|半)"
_UNIT = (
    r"(?:百分点|个百分点|个点(?=[的以之或及,]|$)|万元|亿元|万|亿|元|块(?=$|[钱的以多左上,;])|%|分(?!之(?!间|[上下])|值|钱)|倍|成(?!本|果|效)"
    r"|个|家|人|次|名|场|期|篇|天|张|条|项|行|户|处|平方米|号)?"
)
_QUANTITY = rf"(?P<n>{NUMBER})(?P<u>{_UNIT})"
BEFORE: dict[Comparison, str] = {
    "le": "不(?:能|得|应)?(?:超过|超出|高于|大于|多于|超)|至多|最多(?:是|为)?|小于等于|低于等于|≤|<=|控制在"
    "|没(?:有)?超过|没超|未超过",
    "ge": "不(?:能|得|应)?(?:低于|少于|小于|下于)|至少(?:有|是|要有)?|最少(?:是|有)?|大于等于|高于等于"
    "|(?<![不没未])(?:能|达)?够(?:得上|到|上|了)?(?=[0-9])|达到?了?(?:或者?)?(?:超过)?|≥|>=|起码|上了?(?=[0-9一二三四五六七八九十])",
    "lt": "(?:没(?:有)?|未)(?:能)?(?:花|用|执行|支出|完成|做|办|干|实现|收|发|打|得|拿|考|评)(?:够|到|满)了?"
    "(?!分)"
    "|不到|不足|不够|没(?:有)?(?:到|达到|做到|拿到|办到|过|上|够到|摸到|拿|得|考|打)(?=[0-9])|不到|没(?:有)?(?:到|达到|做到|拿到|办到|过|上|够到|摸到)|未(?:到|达到|达|满|过)|达不到|不满|低于|小于|少于|低过|<"
    "|在(?=[0-9.]+[%分万元]*(?:以下|之下))",
    "gt": "超过了?|大于|高于|多于|突破|超出|超|过了?(?=[0-9])|高过|>"
    "|不[止只](?:(?:[报交填编做管有]|承担|负责)了?)?",
    "eq": "(?:为|(?<!不)是|满)(?=[0-9零])|(?<=[值分率数])(?:填|写|印|打)(?:的是|成|着|的|了)?(?=[0-9零])"
    "|(?:只有?|仅有?|才有?)(?=[0-9.]+(?:分(?!值)|%|万|元))"
    "|等于|正好(?:是|为)?|刚?刚好(?:是|为)?|恰好(?:是|为)?|就是|=|整整",
    "ne": "不等于|(?<!是)不是|不为|≠",
}
_AFTER: dict[Comparison, str] = {
    "ge": "(?:及|或)?(?:以上(?!不含)|往上|之上|起步|起)",
    "gt": "(?:开外|多)(?=的|$|□)|以上不含",
    "lt": "(?:以下|往下|之下)(?!含)|以下不含",
    "le": "(?:及|或)(?:以下|往下|之下)|以下含|(?:及|或)?(?:以内|之内)",
}
_SIGNS = "|".join(f"(?:{words})" for words in BEFORE.values())
_TAILS = "|".join(f"(?:{words})" for words in _AFTER.values())
_FULL = re.compile(rf"(?:(?P<sign>{_SIGNS}))?(?P<about>了|约)?{_QUANTITY}(?P<after>{_TAILS})?")
_RANGE = re.compile(
    rf"(?:在|介于)?(?P<a>{NUMBER})(?P<u1>{_UNIT})(?:到|至|-|~|和|与)(?P<b>{NUMBER})(?P<u2>{_UNIT})"
    "(?:之间|以内|区间|的|(?=[、,;几多各]|每|$))"
)


_NO_NUMBER = re.compile("一[起下样直些般旦致并律共定度栏列格]")
"""一起, 一下: words that begin like a number."""


class Bound(NamedTuple):
    """A number with its comparison and unit, and where it stands. ``upper``: of 在80到90分之间."""

    start: int
    end: int
    op: Comparison
    number: Decimal
    unit: str
    signed: bool
    upper: Decimal | None = None


_WITH_MONEY = re.compile("(?:填|列|写|印|安排)(?:了|有|着)+(?:有)?(?:钱|金额)(?=的|$|[,;])")
"""填了钱: an amount stands there, and it is more than none."""
_SEVERAL = re.compile("(?<=[报交填有编了])(?:好几|多|不止一)(?P<u>[个张份])(?=的?(?:自评)?(?:项目|表))")
"""报了好几张表: two at least."""


def find_bounds(text: str) -> list[Bound]:
    """All numbers of ``text`` in order; ``signed`` where a comparison is said."""
    found = [Bound(*one.span(), "ge", Decimal(2), one["u"], True) for one in _SEVERAL.finditer(text)]
    found += [Bound(*one.span(), "gt", Decimal(0), "万元", True) for one in _WITH_MONEY.finditer(text)]
    for match in _RANGE.finditer(text):
        low, high = _number(match["a"]), _number(match["b"])
        if low is not None and high is not None and low < high:
            unit = match["u2"] or match["u1"]
            low = low * 10 if match["u1"] == "成" and unit == "%" else low
            low = low * 10 if match["a"] == "半" and unit == "成" else low
            start = match.start() - (text[: match.start("a")].endswith("一") and match["a"] == "半")
            found.append(_scaled(start, match.end(), "ge", low, unit, True, high))
    for match in _FULL.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        number = _number(match["n"])
        if number is None or match["n"] == "百" or _is_no_number(match, text):
            continue
        op = _sign(match["sign"] or "")
        after = next(
            (o for o, w in _AFTER.items() if match["after"] and re.fullmatch(w, match["after"])), None
        )
        if op == "gt" and after == "ge":
            after = None
        if op in ("lt", "le") and after in ("lt", "le"):
            after = None
        found.append(
            _scaled(match.start(), match.end(), op or after or "eq", number, match["u"], bool(op or after))
        )
    return sorted(found)


def compares_at(text: str, at: int) -> bool:
    """Whether a comparison with a number begins at ``at``: what stands before it is what is compared."""
    found = _RANGE.match(text, at) or _FULL.match(text, at)
    return found is not None and (found.re is _RANGE or bool(found["sign"]))


def _is_no_number(match: re.Match[str], text: str) -> bool:
    """一 of 一起, of 这一块, and of 分一分."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end("n") :][:1]
    word = match["n"] == "一" and (before in ("这", "那") or before == after != "")
    return word or _NO_NUMBER.match(match["n"] + text[match.end("n") :][:1]) is not None


def _scaled(
    start: int,
    end: int,
    op: Comparison,
    number: Decimal,
    unit: str,
    signed: bool,
    upper: Decimal | None = None,
) -> Bound:
    """成 as tens of per cent, 万 as 万元."""
    if unit == "成":
        return Bound(start, end, op, number * 10, "%", signed, upper * 10 if upper is not None else None)
    unit = {"块": "元", "个点": "个百分点"}.get(unit, unit)
    return Bound(start, end, op, number, standard(unit) if unit in ("万", "亿") else unit, signed, upper)


def _number(text: str) -> Decimal | None:
    return Decimal("0.5") if text == "半" else number_of(text)


def _sign(words: str) -> Comparison | None:
    if not words:
        return None
    told = f"值{words}0"
    for op, pattern in BEFORE.items():
        if (found := re.compile(pattern).match(told, 1)) and found.end() == len(told) - 1:
            return op
    return None
