"""Whether the end of a range counts, where it is told apart from the range: 40万以下…，刚好40万的不算.

And what is left aside because a cell of it is empty: 没填分值的那张不用算.
"""

from __future__ import annotations

import re

from assistant.asking.language.numbers import NUMBER, Bound, find_bounds
from assistant.form.rounding import plain

_UNFILLED = re.compile(
    "[,(;]+(?:但|而|其中)?(?:没有?|未)(?:填写?|印|写|打|报|给|登)(?P<field>[一-龥]{2,8}?)的(?:那?[张个些几]?)*(?:自评)?(?:表|项目|单子)?"
    "(?:就|也|都|一律)?(?:不用|不必|不需要|别|不要|不)(?:管|算|看|理|计|列|数|统计)(?:了|它|进去|进来|在内)*[)]?$"
)
"""没填分值的那张不用算: only where it is filled in is anything asked."""
_UNIT = "(?:个百分点|万元|亿元|万|亿|元|%|分|倍|成|[个家人次名场期篇天张条项])?"
_JUST = "(?:正好|刚好|恰好|刚刚|整整|等于|就是|整)*"
_OUT = (
    "(?:就|也|都|一律)?(?:不算|别算|不计|不要|不列|别列|不包括|不包含|不含|除外|剔除|去掉|排除|刨除|排在外)"
    "(?:在内|进去|进来|入)?"
)
_IN = (
    "(?:就|也|都|一律)?"
    "(?:也算|算在内|算在里[面头]|计在内|算进去|算进来|计入|包括在内|包含在内|含在内|也要|也列|都算)(?:上|的)?"
)
_TOLD = re.compile(
    rf"[,(、]?(?:但|而|其中)?[一-龥]{{0,3}}?{_JUST}(?P<n>{NUMBER}{_UNIT})(?:本身|自己|整|这个数|的|那[个张条项家]?)*"
    rf"(?:(?P<out>{_OUT})|(?P<in>{_IN}))[)]?"
    rf"|[(,](?:(?P<with>包?含|包括|算上|连)|(?P<without>不包?含|不包括|不算|不计|除去|除开))(?:了)?{_JUST}"
    rf"(?P<m>{NUMBER}{_UNIT})(?:的|本身|整|也算|在内)*(?:[)]|(?=,|$))"
)
_SIGNS = {("ge", False): "超过", ("gt", False): "超过", ("le", False): "低于", ("lt", False): "低于"}
_SIGNS |= {("ge", True): "不低于", ("gt", True): "不低于", ("le", True): "不超过", ("lt", True): "不超过"}
_NEAR = 6
"""So far from its range what is told of an end of it stands, at most: 10万到100万之间的项目(10万整的也算)."""
_OPEN = frozenset(op for op, _ in _SIGNS)


def of_the_filled(text: str) -> str:
    """``text`` with what it leaves aside for a cell that is empty said as what it asks of."""
    told = _UNFILLED.search(text)
    return text if told is None else f"填了{told['field']}的表里,{text[: told.start()]}"


def with_told_ends(text: str) -> str:
    """``text`` with what it tells of the end of a range said by the comparison itself.

    Nothing changes where no comparison has that number.
    """
    told = _TOLD.search(text)
    if told is None:
        return text
    ends = find_bounds(told["n"] or told["m"])
    rest = text[: told.start()] + text[told.end() :]
    counts = bool(told["in"] or told["with"])
    among = [b for b in find_bounds(rest) if ends and _is_end(b, ends[0])]
    ranges = [b for b in among if b.upper is not None and b.start < told.start() <= b.end + _NEAR]
    bounds = [b for b in among if b.op in _OPEN and b.upper is None]
    bounds = [b for b in bounds if b.unit == ends[0].unit] or bounds
    if len(bounds) > 1 or not (bounds or ranges):
        return text
    if ranges and not bounds:
        return with_told_ends(_range_said(ranges[0], ends[0], rest, counts=counts))
    # What belongs to the range that it is said of does not belong to the step beside it.
    bound, counts = bounds[0], counts != bool(ranges)
    sign = _SIGNS[bound.op, counts]
    return with_told_ends(f"{rest[: bound.start]}{sign}{plain(bound.number)}{bound.unit}{rest[bound.end :]}")


def _range_said(bound: Bound, end: Bound, rest: str, *, counts: bool) -> str:
    """100万到1000万, of which one end counts or does not: 不低于100万且低于1000万."""
    upper = bound.upper if bound.upper is not None else bound.number
    below = "低于" if end.number == upper and not counts else "不超过"
    above = "超过" if end.number == bound.number and not counts else "不低于"
    said = f"{above}{plain(bound.number)}{bound.unit}且{below}{plain(upper)}{bound.unit}"
    return f"{rest[: bound.start]}{said}{rest[bound.end :].removeprefix('之间')}"


def _is_end(bound: Bound, end: Bound) -> bool:
    return end.number in (bound.number, bound.upper) and (
        bound.unit == end.unit or not end.unit or not bound.unit
    )
