"""Clauses beside a question that hold no condition: remarks at its head, wishes for the form of its answer.

A clause goes only where every word of it is known to say nothing of the records: whatever else it holds may
narrow what is asked, and stays to be read or refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.asking.language.words import bundled_words

_PAUSE = re.compile(r"(?<![0-9])[,，]|[,，](?![0-9])|[:：;；。!！?？]+|——?|…+|\s+(?=[一-龥])")
_BRACKETS = re.compile(r"[(（]([^()（）]{2,30})[)）]")
_ASKS = re.compile(
    "多少|(?<![这那])几(?![十百千])|哪|谁|什么|啥|怎|咋|吗|是否|是不是|有没有|有无|最|排|列出|找出"
)
_COUNTS = re.compile("多少|(?<![这那哪])几|合计|平均|中位|总和")
_LISTS = re.compile("哪|谁|列|找|挑|筛")
_ENOUGH = "(?:就|即|便)?(?:行|可|好|可以|够)?(?:了|啦|吧)?"
_VALUE = "(?:结果|答案|得数|数字|数值|数|金额|百分[数比]|比例|占比|平均数|平均分|平均值)?"
_ROUNDED = re.compile(
    f"{_VALUE}(?:请|都|均|一律|要|也|统一)*(?P<way>(?:四舍五入|保留|精确|取|留|算|写|说|报|给)*)(?:到|至|成|出)?"
    f"(?:小数点?(?:后面?|以后|之后)?(?:的)?)?(?P<places>[一两二三四五1-5])位(?P<noun>小数)?{_ENOUGH}"
)
_ROUNDED_WITHIN = re.compile(
    "(?<=[^(（])(?:四舍五入|保留|精确|取)+(?:到|至|成|出)?(?:小数点?(?:后面?|以后|之后)?(?:的)?)?"
    f"(?P<places>[一两二三四五1-5])位(?:小数)?{_ENOUGH}$"
)
"""平均是多少保留两位小数: the wish without a pause before it."""
_WHOLE = re.compile(
    f"{_VALUE}(?:请|都|均|一律|要|也|统一)*(?:四舍五入|保留|精确|取)+(?:到|至|成|为)?(?:整数|个位数?|整|百分之一|1%){_ENOUGH}"
)
_ONLY_ROUNDED = re.compile(f"{_VALUE}(?:请|都|均|一律|要|也)*四舍五入(?:一下)?{_ENOUGH}")
_POLITE = "(?:请|麻烦|劳驾|你|您|只要?|就|直接|光|给我|帮我|替我)*"
_TELL = "(?:说|给|报|列|要|写|拉|出|来|拿|讲|答)(?:一?个|一?份|一?张|一?下|出来?)?"
_NUMBER_WISH = re.compile(
    f"{_POLITE}{_TELL}(?:总|准|具体|确切|整|得)?数(?:字|目)?(?:给我|出来|上来|一下)?{_ENOUGH}"
)
_LIST_WISH = re.compile(
    f"{_POLITE}{_TELL}(?:名单|清单|名字|项目名称?|表名|单子)(?:给我|出来|上来|一下)?{_ENOUGH}"
)
_NORM = re.compile(
    "(?:照理|按理|按说|照说|论理|照常理|按常理|理论上|原则上|[照按]规[矩定]|照道理|按道理|本来|本)(?:说|讲|来说|来讲)?"
    ".{0,8}(?:该|应|会|能|得).*"
)
_DOUBT = re.compile(
    ".*(?:怕是|恐怕|多半是?|八成是|看来|似乎|好像|总觉得|怀疑|莫非|别是|感觉|担心|生怕|未免|难免|不免|像话|说不过去|讲不通).*"
)
_MAY_NARROW = re.compile('却|但|可是|反而|结果|偏偏|其中|[“”"0-9]|的$|除|限|只[看算查要说]|仅')
"""What sets a clause against the one before it, or names some of its records."""
_DIGITS = {digit: at // 2 + 1 for at, digit in enumerate("1一2二3三4四5五")} | {"两": 2}
_EMPHASIS = "(?:不多不少|不偏不倚|严丝合缝|分毫不差|丝毫不差|分文不差|一分不差|一分钱不差|一点不差|毫厘不差)"
_EXACTLY = re.compile(
    "正好|刚好|恰好|整好|一样|相等|相同|一致|持平|吻合|对得上|等于|[花用支执付拨完][完光]|执行完毕|一分不剩"
)
_EMPHASISED = re.compile(f"[、,，]?{_EMPHASIS}(?:[、,，]{_EMPHASIS})*(?!地?(?:完成|达到|做到))")
_ALIKE = re.compile(f"(?<![、,，]){_EMPHASIS}(?:[、,，]{_EMPHASIS})*(?=的|$|[,，?？])")

Named = Callable[[str], bool]
"""Whether a text holds a name of the library."""


@dataclass
class Asides:
    """What stood beside a question: ``places`` to round its figures to, ``notes`` of what was left out."""

    places: int | None = None
    notes: list[str] = field(default_factory=list)


def without_asides(question: str, named: Named) -> tuple[str, Asides]:
    """``question`` without what says nothing of the records, and what stood beside it.

    The question is as it was where nothing else would be left.
    """
    asides = Asides()
    text = _BRACKETS.sub(lambda found: "" if _is_wish(found[1], question, asides) else found[0], question)
    clauses = _clauses(_said_once(text))
    while len(clauses) > 1 and _is_remark(clauses[0][0]) and not named(clauses[0][0]):
        clauses.pop(0)
    kept: list[tuple[str, str]] = []
    for at, (clause, pause) in enumerate(clauses):
        rest = "".join(one for other, (one, _) in enumerate(clauses) if other != at)
        before = "".join(one for one, _ in kept)
        too = _COUNTS.search(before) and _LIST_WISH.fullmatch(clause)
        said = "是哪些" if too else clause
        if said and rest and _is_wish(said, rest, asides):
            continue
        if _ASKS.search(before) and at == len(clauses) - 1 and _is_comment(said) and not named(said):
            asides.notes.append(f"“{said}”没有当作条件")
            continue
        kept.append((_unrounded(said, asides), pause))
    if not any(said for said, _ in kept):
        return question, Asides()
    return "".join(map("".join, kept)), asides


def _unrounded(clause: str, asides: Asides) -> str:
    """``clause`` without a wish to round at its end; ``asides`` get the places."""
    if (within := _ROUNDED_WITHIN.search(clause)) is None:
        return clause
    asides.places = _DIGITS[within["places"]]
    return clause[: within.start()]


def _said_once(text: str) -> str:
    """花完、不多不少 as 花完; where nothing else says so, 不多不少 is 一样."""
    plain = _EMPHASISED.sub("", text)
    return plain if _EXACTLY.search(plain) else _ALIKE.sub("一样", text)


def _clauses(text: str) -> list[tuple[str, str]]:
    """Each clause with the mark behind it."""
    clauses, start = [], 0
    for found in _PAUSE.finditer(text):
        clauses.append((text[start : found.start()], found[0]))
        start = found.end()
    return [*clauses, (text[start:], "")] if text[start:] else clauses


def _is_remark(clause: str) -> bool:
    """说来奇怪, 我翻了半天: nothing but what the one who asks does, and how it strikes him."""
    words = bundled_words()
    if clause.endswith("的") and not clause.startswith(("说", "讲", "坦")):
        # 看过的 tells which.
        return False
    return words.remark.fullmatch(clause) is not None and words.strikes.search(clause) is not None


def _is_wish(clause: str, rest: str, asides: Asides) -> bool:
    """Whether ``clause`` wishes only how the answer to ``rest`` be written; ``asides`` get the places."""
    if (rounded := _ROUNDED.fullmatch(clause)) is not None and (rounded["way"] or rounded["noun"]):
        asides.places = _DIGITS[rounded["places"]]
        return True
    if _WHOLE.fullmatch(clause) is not None:
        asides.places = 0
        return True
    if _ONLY_ROUNDED.fullmatch(clause) is not None:
        return True
    counted = _NUMBER_WISH.fullmatch(clause) is not None and _COUNTS.search(rest) is not None
    # 有几个,列个名单给我 asks for the names too.
    listed = _LIST_WISH.fullmatch(clause) is not None and not _COUNTS.search(rest)
    return counted or (listed and _LISTS.search(rest) is not None)


def _is_comment(clause: str) -> bool:
    """照理只该总额行有, 目标怕是定得太低了: what the asker holds of it, behind the question."""
    said = _NORM.fullmatch(clause) or _DOUBT.fullmatch(clause)
    return said is not None and not _ASKS.search(clause) and not _MAY_NARROW.search(clause)
