"""What 哪些 or 几个 is asked of: a form, an indicator, an office, or a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.language.patterns import LISTS, WHOLE
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.predicates import Predicate

_ASKING = ("which", "count", "which_unit", "count_units", "yesno", "unit_name", "problems")
_NEAR = re.compile("(?:的)?(?:都|各|分别|一共|总共|共|各自|主要|具体)*(?:有|是|占|叫)?(?:的|了)?")
_OVER_ALL = re.compile(f"[,;](?:在)?{WHOLE}的?$")
_ROW_OF_FORM = re.compile(
    "哪一?(?:个|张|份|些|几[个张份])?(?:项目|表)(?:里头?|里面|上|中)?的?(?:哪|什么)(?:(?:一|几)?[条个项]|些)?指标"
    "|哪一?(?:个|张|份|些|几[个张份])?(?:项目|表)(?:里头?|里面|上|中)?的?哪(?:一|几)?[条项行](?!规则|原因|措施|[一-龥]{0,4}资金)"
)
"""哪个项目的哪条指标, 哪张表的哪一条: rows are asked, each with its form."""
_ITS_ROWS = re.compile(
    "[,;、但却而且]指标(?:却|都|也|全部?|均|一律|倒)+[^,;]*的(?:有|是)?(?:哪|几|多少|谁)(?![条项])"
)
"""钱没花完，指标却一分没扣的有哪些: the forms of which both is said."""


_SUM_SUCH = re.compile(
    "(?:分值|权重|得分|扣分)的?(?:合计|之和|总和|加起来|总计|一共|加总)(?![,;])[^,;]{0,8}?[0-9.]+分?(?:以[上下])?的?(?:都)?"
    "(?:有|是)?(?:哪(?:些|几[个张])|谁)$"
)
"""效益指标分值合计不足30分的是哪些: only the rows of a form add up to such a number."""


def head_of(reading: Reading, predicates: Sequence[Predicate], *, parts: bool) -> str:
    """form, row, unit, finding, or ""; ``parts``: things are named side by side."""
    if _ITS_ROWS.search(reading.text) and any(one.of == "forms" for one in predicates):
        return "form"
    nouns = [noun for noun in reading.nouns if not is_used(noun, reading)]
    for mark in (m for m in reading.marks if m.name in _ASKING):
        levels = mark.text.startswith(("有哪", "是哪")) and any(m.start == mark.end for m in reading.levels)
        if levels or _ROW_OF_FORM.search(reading.text):
            return "row"
        if (head := _at(mark, nouns, reading)) is not None:
            return head
    told = [n for n in nouns if any(p.end == n.start - 1 and reading.text[p.end] == "的" for p in predicates)]
    if told and not parts:
        return told[-1].name
    ends = [n for n in nouns if re.fullmatch("(?:的)?(?:名单|清单|明细|列表)?", reading.text[n.end :])]
    qualified = ends and (reading.text[: ends[-1].start].endswith("的") or len(nouns) > 0)
    if ends and qualified and not parts:
        return ends[-1].name
    if reading.levels and _SUM_SUCH.search(reading.text):
        return "form"
    # 处室平均总分超过99分的有几个: nothing else is told of.
    offices = {noun.name for noun in nouns} == {"unit"} and bool(predicates) and not parts
    return "unit" if offices and _SUCH.search(reading.text) else ""


_SUCH = re.compile("的(?:都|一共|总共)*(?:有|是)(?:几|多少|哪)(?:些|几?[个家])$")


def is_used(noun: Mention, reading: Reading) -> bool:
    """指标 in 指标数, 单位 in 没写单位: part of another word."""
    inside = [m for m in (*reading.fields, *reading.levels) if m.start <= noun.start < m.end]
    return bool(inside)


def _at(mark: Mention, nouns: Sequence[Mention], reading: Reading) -> str | None:
    """The noun that one asking word is said of; None where none stands near it."""
    counts = mark.name == "count" and mark.text.endswith("数")
    if counts or (mark.name == "problems" and _asks_after(mark, reading)):
        return None
    inside = [n for n in nouns if mark.start <= n.start < mark.end]
    before = [
        n
        for n in nouns
        if n.end <= mark.start
        and (_NEAR.fullmatch(between := reading.text[n.end : mark.start]) or _is_among(n, between))
        and not _is_of_all(n, nouns, reading)
    ]
    after = [
        n for n in nouns if n.start >= mark.end and not re.search("[,;]", reading.text[mark.end : n.start])
    ]
    if after and after[0].start == mark.end and not inside:
        return after[0].name
    if mark.text.startswith("有") and before and after and not inside:
        return after[0].name
    if inside or before:
        return (inside or before)[-1].name
    if not after or mark.name in ("unit_name", "problems"):
        return None
    return _last_listed(after, reading) if LISTS.match(mark.text) else after[0].name


def _is_among(noun: Mention, between: str) -> bool:
    """处室里头谁…: one of the offices is asked for; 表里哪个 may be a row of a form."""
    return noun.name == "unit" and _AMONG.fullmatch(between) is not None


_AMONG = re.compile("(?:里头?|里面|当?中|之中|之间),?(?:的|是|有)?")


def _last_listed(nouns: Sequence[Mention], reading: Reading) -> str:
    """列出…项目的数量指标: what follows an imperative last is listed, what stands before says of what."""
    level = max((m.end for m in reading.levels), default=0)
    return "row" if level > nouns[-1].end else nouns[-1].name


def _is_of_all(noun: Mention, nouns: Sequence[Mention], reading: Reading) -> bool:
    """…的指标,所有表一共有多少个: over which all are counted that were named before."""
    over = _OVER_ALL.search(reading.text[: noun.start])
    return over is not None and any(n.end <= over.start() and n.name != noun.name for n in nouns)


def _asks_after(problems: Mention, reading: Reading) -> bool:
    """有错误的是哪几张表: what has the mistakes is asked, not these."""
    told = reading.text[problems.end :].startswith("的")
    return told and any(m.name in ("which", "count") and m.start > problems.end for m in reading.marks)
