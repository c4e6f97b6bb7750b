"""Rules on 实际完成值: is it there, is it a value, does it answer the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.form.finding import Severity
from assistant.form.numerals import normal
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.form.value import Kind, Sign, Value
from assistant.form.value_words import claim_of
from assistant.rules.line import Line
from assistant.rules.names import placeholder_in
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule
from assistant.rules.signs import LOW

_BOUNDS = (Sign.GE, Sign.GT, Sign.LE, Sign.LT)
_NUMBERS = (Kind.QUANTITATIVE, Kind.RANGE)
_GLYPH = re.compile("[≤≦<＜]")
_RATE_NAME = re.compile(r"(?:率|满意度|比例|比重|占比)$")
_MODIFIERS = re.compile(
    "有效|显著|明显|持续|不断|稳步|大幅|进一步|逐步|全面|切实|得到|较大|较|充分|有力|积极|稳定|已|均|了"
)
_KINDS = (
    re.compile(
        "提升|提高|增强|改善|好转|优化|加强|促进|推动|推进|带动|增加|增长|完善|改进|扩大|巩固|降低|减少|下降"
    ),
    re.compile("效果|成效|效益|作用|影响|贡献"),
    re.compile("长期|持续|永久|可持续|长远"),
    re.compile("保障|保证|确保|维护|支撑|支持"),
    re.compile("正常|稳定|良好|平稳|有序"),
    re.compile("优|良|中|差|合格|达标|满意|好|高|一般|符合|满足"),
)
_SHORT_PHRASE = 12
# Asked of every row, see ``value_types``.
_EMPTY, _RANGE, _UNSIGNED = Kind.EMPTY, Kind.RANGE, Sign.NONE


@rule("I009", Severity.ERROR)
def actual_missing(case: Case) -> Iterator[Observation]:
    """实际完成值没有填

    检查什么：有指标值的行，实际完成值是空白或者只有“—”“/”。
    依据：自评应逐项填写实际完成值（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：没有完成值就无法评分，这一行的得分没有依据。
    反例：
        indicators[3].actual =
    正例：
        indicators[3].actual = 97.50%
    不检查什么：整行都是空白的行；投诉、事故一类指标写“无”“未发生”的，按 0 理解。
    """
    for line in case.lines:
        if line.actual.kind is _EMPTY and line.target.kind is not _EMPTY:
            yield Observation(
                f"{named(line)}没有填写实际完成值。",
                "indicators",
                line.number,
                "actual",
                printed=line.cells.actual,
                expected="实际完成值",
                hint=f"按指标值“{shortened(line.cells.target)}”的口径填写全年实际完成的数。",
            )


@rule("I010", Severity.WARNING)
def actual_has_sign(case: Case) -> Iterator[Observation]:
    """实际完成值写成了一个界限，不是一个值

    检查什么：完成值带 ≥、≤ 或“以上”“以内”为提醒；照抄“=”“之前”或写成区间的为提示。
    依据：实际完成值是已经发生的数（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：“≤1833”只是重复了目标，没有说实际是多少，无法评分。
    反例：
        indicators[8].actual = ≥96%
        或
        indicators[4].actual = 2022年11月30日前
        或
        indicators[5].actual = ≤79万元
    正例：
        indicators[4].actual = 2022年11月25日
    不检查什么：“约”“左右”这样的近似说法；比指标值更严、用文字写的界限（要求30日内，完成25日内）。
    """
    for line in case.lines:
        seen = _bound(line.actual)
        if seen is None or _is_tighter(line):
            continue
        what, severity = seen
        yield Observation(
            f"{named(line)}的完成值“{shortened(line.cells.actual)}”{what}。",
            "indicators",
            line.number,
            "actual",
            printed=line.cells.actual,
            expected="一个日期" if line.actual.kind is Kind.DATE else "一个值",
            hint="填实际完成的日期。" if line.actual.kind is Kind.DATE else "去掉符号，填实际数。",
            severity=severity,
        )


@rule("I011", Severity.NOTE)
def actual_narrative(case: Case) -> Iterator[Observation]:
    """实际完成值写成了一段话

    检查什么：完成值没有直接填数，而是写在一段话里。
    依据：实际完成值与年度指标值对应填写（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：审核时要从句子里找数，容易找错；汇总时也读不出来。
    反例：
        indicators[1].actual = 利用寒暑假分批组织教师到县里集中学习，全年共举办6期。
    正例：
        indicators[1].actual = 6期
    不检查什么：数值前后的一两个词，如“共6期”“6期（含线上2期）”。
    """
    for line in case.lines:
        if line.actual.narrative:
            value = _picked(line.actual)
            yield Observation(
                f"{named(line)}的完成值写成了一段话" + (f"，其中的值是“{value}”。" if value else "。"),
                "indicators",
                line.number,
                "actual",
                printed=line.cells.actual,
                expected=value,
                hint=f"格内只填“{value}”，过程写到总体目标的完成情况中。" if value else "格内只填完成值。",
            )


@rule("I012", Severity.WARNING)
def actual_not_answer(case: Case) -> Iterator[Observation]:
    """实际完成值没有回答指标值

    检查什么：目标是一句话而完成值是百分比或另一种说法；目标是日期而完成值是“完成”；目标是数量而完成值没有数；比率指标填日期。
    依据：实际完成值应与年度指标值口径一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：答非所问的完成值不能说明目标是否实现，得分没有依据。
    反例：
        indicators[7].actual = 100%
        或
        indicators[4].actual = 完成
        或
        indicators[1].actual = 已完成
    正例：
        indicators[7].actual = 达成年度指标
        或
        indicators[7].actual = 明显提高
    不检查什么：程度不同的同类说法（“显著提升”与“有所提升”）、三档评语、完成情况的一段描述。
    """
    for line in case.lines:
        wanted = _unanswered(line)
        if wanted:
            yield Observation(
                f"{named(line)}的指标值是“{shortened(line.cells.target)}”，"
                f"完成值“{shortened(line.cells.actual)}”没有回答它。",
                "indicators",
                line.number,
                "actual",
                printed=f"{line.cells.target.strip()} / {shortened(line.cells.actual)}",
                expected=wanted,
                hint=f"完成值填{wanted}。",
            )


def _bound(actual: Value) -> tuple[str, Severity] | None:
    """What is odd about the form of ``actual`` and how much; None where it is a plain value."""
    if actual.sign is _UNSIGNED and actual.kind is not _RANGE:
        return None
    if actual.sign in _BOUNDS:
        return "是一个界限，没有说实际是多少", Severity.WARNING
    if actual.kind is Kind.RANGE:
        return "是一个区间，没有说实际是多少", Severity.NOTE
    if actual.sign is Sign.EQ:
        return "照抄了指标值的“=”", Severity.NOTE
    if actual.sign is Sign.BEFORE:
        return "照抄了期限，没有写实际完成的日期", Severity.NOTE
    return None


def _is_tighter(line: Line) -> bool:
    """True for a limit in words that lies within the target's: 25日内 for 30日内 does answer it."""
    actual, target = line.reached, line.target.number
    if actual is None or target is None or line.actual.kind is not Kind.QUANTITATIVE:
        return False
    if _GLYPH.search(line.cells.actual):
        return False
    return line.target.sign in LOW and line.actual.sign in LOW and actual < target


def _picked(actual: Value) -> str:
    if actual.number is not None:
        upper = f"-{plain(actual.upper)}" if actual.upper is not None else ""
        return f"{plain(actual.number)}{upper}{actual.unit}"
    return actual.date or actual.wording


def _unanswered(line: Line) -> str:
    """What the actual should have been, ``""`` where it answers the target (or cannot be read at all)."""
    target, actual = line.target, line.actual
    if target.kind in _NUMBERS and actual.kind in _NUMBERS:
        return ""
    if (
        Kind.EMPTY in (target.kind, actual.kind)
        or placeholder_in(line.cells.actual)
        or target.kind is Kind.TEXT
    ):
        return ""
    if target.kind is Kind.QUALITATIVE and line.score.met is not None:
        return ""
    if target.kind is Kind.QUALITATIVE:
        return "" if _answers_phrase(target, actual) else f"“{shortened(target.wording)}”或达到的档次"
    if target.kind is Kind.DATE:
        if _RATE_NAME.search(normal(line.cells.name)):
            return "百分比；或者把指标改为“…完成时间”"
        return "" if actual.kind is Kind.DATE or line.score.met is False else "实际完成的日期"
    return "" if actual.kind in _NUMBERS else f"带单位的数（如“{target.unit or '…'}”）"


def _answers_phrase(target: Value, actual: Value) -> bool:
    if actual.kind in (*_NUMBERS, Kind.DATE):
        return False
    said = actual.wording
    if actual.kind is Kind.TEXT or len(said) > _SHORT_PHRASE:
        return actual.narrative or len(said) > _SHORT_PHRASE
    if actual.narrative or claim_of(normal(said)) is not None:
        return True
    wanted = _MODIFIERS.sub("", target.wording), _MODIFIERS.sub("", said)
    if set(wanted[0]) & set(wanted[1]) or normal(said) in normal(target.wording):
        return True
    return any(kind.search(target.wording) and kind.search(said) for kind in _KINDS)


RULES = (actual_missing, actual_has_sign, actual_narrative, actual_not_answer)
