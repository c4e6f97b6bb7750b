"""The rule on sums that a text states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assistant.form.finding import Section, Severity
from assistant.form.rounding import plain
from assistant.rules.deviation import short
from assistant.rules.figures import Figure, figures
from assistant.rules.line import Line
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule

_LOST = re.compile(
    "去世|死亡|病故|没有联系|未联系|联系不上|失联|未参加|未到|没有到|没能到|未能到|缺席|退出|取消|离职|调离|调出|辞职|注销|"
    "搬迁|放弃|未开|未完成|未实施|推迟|延期|暂停|停工|停业|退休|减少|不符合|缺训|未训|未领取"
)
_PARTS = re.compile("其中|分别为|包括")
_ETC = re.compile("等|主要|重点|仅|只")
_OVERLAP = re.compile("女|男|少数民族|党员|贫困|残疾|老年|儿童|青年|新增|骨干|本科|高级|中级|以上")
_TOTAL = re.compile(r"(?:(?:共计|合计|总计|总共)(?:[^,、]{0,6})|^一?共)$")
_SAVED = re.compile("(?:结余|节余|节约|节省|剩余)(?:资金|经费|金额)?(?:了|为|共)?$")
_ASIDE = re.compile(r"[（(]([^（()）]*\d[^（()）]*)[)）]")
_INNER_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_FEWEST_PARTS = 2
_NEARLY = 8
"""Parts that miss a whole by less than an eighth of it were meant to add up."""


@rule("G005", Severity.WARNING)
def text_sum(case: Case) -> Iterator[Observation]:
    """文字里的数加不起来

    检查什么：偏差说明列出的减少数与“目标－完成”不符；“其中”各项之和与总数不符；合计与前面各项之和不符；
        结余与两个金额之差不符。总体目标、偏差说明和写成一段话的完成值都看。
    依据：自评内容应真实、准确（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：审核时会用这些数去核对，加不起来说明漏了一项或者有一项是错的。
    反例：
        indicators[2].explanation = 15名教师未到场，另有6名教师调离。今后提前安排。
        或
        goal.actual = 举办集中培训班6期，支出78.4万元，其中课时费50万元、教材费30万元，参训342人。
    正例：
        indicators[2].explanation = 12名教师未到场，另有6名教师调离。今后提前安排。
        或
        goal.actual = 举办集中培训班6期，参训342人，其中女教师200人、少数民族教师180人。
    不检查什么：可能重叠的人群（女、少数民族、党员等）；带“等”“主要”的列举；约数。
    """
    for line in case.lines:
        text = line.cells.explanation
        for seen in (*_losses(line, figures(text)), *_wrong_sums(text)) if text else ():
            yield _observation("indicators", line.number, "explanation", f"{named(line)}的偏差说明中", seen)
        for seen in _wrong_sums(line.cells.actual) if line.actual.narrative else ():
            yield _observation("indicators", line.number, "actual", f"{named(line)}的完成值中", seen)
    for field, title in (("expected", "预期目标"), ("actual", "实际完成情况")):
        for seen in _wrong_sums(getattr(case.form.goal, field)):
            yield _observation("goal", None, field, f"{title}中", seen)


_Seen = tuple[str, str, str]
"""As printed, as expected, the arithmetic."""


def _observation(section: Section, row: int | None, field: str, where: str, seen: _Seen) -> Observation:
    printed, expected, arithmetic = seen
    return Observation(
        f"{where}的数加不起来：{arithmetic}。",
        section,
        row,
        field,
        printed=printed,
        expected=expected,
        arithmetic=arithmetic,
        hint="逐项核对，补上漏掉的一项或改正错的数。",
    )


def _losses(line: Line, told: Sequence[Figure]) -> Iterator[_Seen]:
    """What an explanation says was lost, where it is not what the row lacks."""
    if not told:
        return
    unit = line.target.unit_norm or line.actual.unit_norm
    lost = [f for f in told if f.unit and _LOST.search(f.lead + f.tail) and not f.about]
    lost = [f for f in lost if _counts_in(f, unit)] if unit else [f for f in lost if f.is_people]
    if not lost or (gap := short(line)) is None:
        return
    total = sum((f.number for f in lost), Decimal(0))
    if total == gap or (len(lost) == 1 and total < gap):
        return
    target, actual = line.target.number or Decimal(0), (line.target.number or Decimal(0)) - gap
    steps = f"{plain(target)} − {' − '.join(plain(f.number) for f in lost)}"
    listed = "、".join(f.printed for f in lost)
    yield listed, f"合计 {plain(gap)}", f"{steps} = {plain(target - total)} ≠ {plain(actual)}"


def _counts_in(figure: Figure, unit: str) -> bool:
    """True where the figure counts what the row counts; 人 say nothing of 人次."""
    return figure.same_kind(unit) and ("次" in figure.unit) == ("次" in unit)


def _wrong_sums(text: str) -> list[_Seen]:
    """Blanks may part sentences, or stand within a list by mistake: then both readings must be wrong."""
    seen = list(_wrong_as_written(text))
    joined = _INNER_BLANK.sub("", text) if seen else text
    if joined == text:
        return seen
    wholes = {printed for printed, _, _ in seen}
    return [other for other in _wrong_as_written(joined) if other[0] in wholes]


def _wrong_as_written(text: str) -> Iterator[_Seen]:
    told = figures(text)
    if "（" in text or "(" in text:
        yield from _wrong_asides(text)
    if len(told) < _FEWEST_PARTS:
        return
    for _, group in groupby(told, key=lambda figure: figure.sentence):
        sentence = [figure for figure in group if figure.unit and not figure.about]
        if len(sentence) < _FEWEST_PARTS:
            continue
        yield from _wrong_parts(sentence)
        yield from _wrong_totals(sentence)
        yield from _wrong_rest(sentence)


def _wrong_asides(text: str) -> Iterator[_Seen]:
    """``总数 T（甲 a、乙 b）``: the parts stand in the brackets behind the total."""
    for aside in _ASIDE.finditer(text):
        before = figures(text[: aside.start()])
        # Words between the total and the brackets may say what is in them: 120人参加（…
        if (
            not before
            or before[-1].tail
            or before[-1].about
            or not text[: aside.start()].endswith(before[-1].unit)
        ):
            continue
        whole, parts = before[-1], figures(aside[1])
        if len(parts) < _FEWEST_PARTS or not all(
            _of_one_unit(part, whole) and not part.about for part in parts
        ):
            continue
        yield from _parts_shown(parts, whole, aside[1])


def _wrong_parts(sentence: Sequence[Figure]) -> Iterator[_Seen]:
    """``总数 T，其中 a、b``: more than the total, a little less, or less of an amount of money."""
    for index, figure in enumerate(sentence[1:], 1):
        whole = sentence[index - 1]
        if not _PARTS.search(figure.lead) or not _of_one_unit(figure, whole):
            continue
        parts = [figure]
        for after in sentence[index + 1 :]:
            if not _of_one_unit(after, whole):
                break
            parts.append(after)
        yield from _parts_shown(parts, whole, "".join(part.lead + part.tail for part in parts))


def _parts_shown(parts: Sequence[Figure], whole: Figure, words: str) -> Iterator[_Seen]:
    """The sum of ``parts``, described in ``words``, where it should be the whole and is not."""
    total = sum((part.number for part in parts), Decimal(0))
    if _OVERLAP.search(words) or total == whole.number or len(parts) < _FEWEST_PARTS:
        return
    nearly = (whole.number - total) * _NEARLY <= whole.number
    if total < whole.number and (not (whole.is_money or nearly) or _ETC.search(words)):
        return
    yield _sum_shown(parts, total, whole)


def _of_one_unit(part: Figure, whole: Figure) -> bool:
    return part.unit == whole.unit or part.same_kind(whole.unit)


def _wrong_totals(sentence: Sequence[Figure]) -> Iterator[_Seen]:
    """``a、b，合计 T`` of persons or money."""
    for index, whole in enumerate(sentence):
        if index < _FEWEST_PARTS or not _TOTAL.search(whole.lead) or not (whole.is_money or whole.is_people):
            continue
        parts: list[Figure] = []
        for before in reversed(sentence[:index]):
            if before.unit != whole.unit or _PARTS.search(before.lead):
                break
            parts.insert(0, before)
        total = sum((part.number for part in parts), Decimal(0))
        repeated = any(part.number == whole.number for part in parts)
        if len(parts) >= _FEWEST_PARTS and not repeated and total != whole.number:
            yield _sum_shown(parts, total, whole)


def _wrong_rest(sentence: Sequence[Figure]) -> Iterator[_Seen]:
    """``A，实际 B，结余 C``."""
    for index, rest in enumerate(sentence):
        if index < _FEWEST_PARTS or not _SAVED.search(rest.lead) or not rest.is_money:
            continue
        more, less = sentence[index - 2], sentence[index - 1]
        if more.unit == less.unit == rest.unit and more.number - less.number != rest.number:
            shown = f"{plain(more.number)} − {plain(less.number)} = {plain(more.number - less.number)}"
            yield (
                rest.printed,
                f"{plain(more.number - less.number)}{rest.unit}",
                f"{shown} ≠ {plain(rest.number)}",
            )


def _sum_shown(parts: Sequence[Figure], total: Decimal, whole: Figure) -> _Seen:
    terms = " + ".join(plain(part.number) for part in parts)
    return whole.printed, f"{plain(total)}{whole.unit}", f"{terms} = {plain(total)} ≠ {plain(whole.number)}"


RULES = (text_sum,)
