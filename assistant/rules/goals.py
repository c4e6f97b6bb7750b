"""Rules on 年度总体目标: its two texts, and its figures against the indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.form.finding import Severity
from assistant.form.numerals import normal
from assistant.form.text import shortened
from assistant.rules.carried import Carried
from assistant.rules.figures import figures, sentences
from assistant.rules.linked import contradictions
from assistant.rules.phrasing import named, same_words
from assistant.rules.reasons import reason_of
from assistant.rules.rule import Case, Observation, rule
from assistant.rules.weights import without_weights

_SEVERAL = 2
_ALIKE = 0.94
_EMPTY = re.compile(r"[\s\W_]*无?[\s\W_]*")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_TEXT_NAMES = {"expected": "预期目标", "actual": "实际完成情况"}
_AMOUNT_WORD = r"(?:计|合计|总计|金额|资金|经费|支出|投入|补助|补贴|收入|产值|费用|费|款|达|为|到|共)"
_NO_UNIT = re.compile(rf"{_AMOUNT_WORD}(?:约|达|为|共|:)*(\d[\d,]*(?:\.\d+)?)(?=,(?!\d)|[。;、]|$)")
# The digit comes first, so that places are found fast.
_BARE = re.compile(r"\d(?<=[一-鿿]{2}\d)[\d,]*(?:\.\d+)?[万亿]?(?=[,。;、](?!\d)|$)")
_WITH_UNIT = re.compile(r"\d[\d,.]*[万亿]?(?![万亿余多])[一-鿿%]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@rule("G001", Severity.ERROR)
def goal_missing(case: Case) -> Iterator[Observation]:
    """年度总体目标没有填

    检查什么：预期目标或实际完成情况是空白，或者只写了“无”“—”。
    依据：自评表应填写年度总体目标及其完成情况（财预〔2020〕10号 自评表样）
    为什么：没有总体目标，就不知道这些指标合起来要做成什么事。
    反例：
        goal.actual =
    正例：
        goal.actual = 全年举办集中培训班6期，实际参训教师342人。
    不检查什么：目标写得好不好；表上没有这一栏的，例如以年度绩效目标为指标表抬头、不另设总体目标的表式。
    """
    if not (case.form.goal.expected or case.form.goal.actual) and without_weights(case):
        return
    for field, title in _TEXT_NAMES.items():
        text = getattr(case.form.goal, field)
        if f"goal.{field}" in case.form.absent:
            continue
        if _EMPTY.fullmatch(text):
            yield Observation(
                f"年度总体目标的{title}没有填。",
                "goal",
                field=field,
                printed=text,
                expected=title,
                hint="写明全年要做成的事和主要数量。"
                if field == "expected"
                else "对照预期目标逐项写实际做成的事和数量。",
            )


@rule("G002", Severity.WARNING)
def goal_copy(case: Case) -> Iterator[Observation]:
    """实际完成情况照抄了预期目标

    检查什么：两段文字去掉标点后相同，或几乎一字不差（相似度超过 94%），而且其中的数也相同。
    依据：实际完成情况应反映当年实际（财预〔2020〕10号 自评表样）
    为什么：加几个“了”不能说明做成了什么。
    反例：
        goal.expected = 面向全县教师开展信息技术应用能力培训，使教师的信息化教学能力有效提升。
        goal.actual = 面向全县教师开展了信息技术应用能力培训，使教师的信息化教学能力有效提升
    正例：
        goal.expected = 面向全县教师开展信息技术应用能力培训，培训教师360人，教学能力有效提升。
        goal.actual = 面向全县教师开展信息技术应用能力培训，培训教师342人，教学能力有效提升。
    不检查什么：只有部分句子相同的；数已经按实际改过的。
    """
    expected, actual = case.form.goal.expected, case.form.goal.actual
    if not actual or _DIGITS.findall(expected) != _DIGITS.findall(actual):
        return
    same = same_words(expected) == same_words(actual)
    ratio = 1.0 if same else _likeness(normal(expected), normal(actual))
    if ratio > _ALIKE and reason_of(expected):
        yield Observation(
            "实际完成情况" + ("与预期目标完全相同。" if same else "几乎是照抄预期目标的。"),
            "goal",
            field="actual",
            printed=shortened(actual, 60),
            expected="实际做成的事和数量",
            arithmetic="去掉标点后相同" if same else f"相似度 {ratio:.3f} ＞ {_ALIKE}",
            hint="写实际做成了什么、做了多少、效果怎样。",
        )


def _likeness(first: str, second: str) -> float:
    """The share of characters that two texts have in common in order; 0 where their lengths rule it out."""
    both = len(first) + len(second)
    if 2 * min(len(first), len(second)) <= _ALIKE * both:
        return 0.0
    return 2 * _in_common(first, second) / both


def _in_common(first: str, second: str) -> int:
    """The length of the longest common subsequence.

    One bit for each character of ``first``: it falls where the subsequence grows by that (Hyyrö 2004).
    """
    start = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), 0)
    first, second = first[start:], second[start:]
    places: dict[str, int] = {}
    for at, character in enumerate(first):
        places[character] = places.get(character, 0) | 1 << at
    every = open_ = (1 << len(first)) - 1
    for character in second:
        hits = open_ & places.get(character, 0)
        open_ = (open_ + hits | open_ - hits) & every
    return start + len(first) - open_.bit_count()


@rule("G003", Severity.ERROR)
def goal_quantity(case: Case) -> Iterator[Observation]:
    """总体目标或指标名称里的数与指标对不上

    检查什么：指标名称里的数与指标值不同；完成情况里的数与该指标的完成值不同（错误）。完成情况里有几个数，没有一个
        有指标承接（提醒）；有的有、有的没有，或预期目标里的，给提示。
    依据：绩效指标应与总体目标对应，目标中的任务都有指标衡量（财预〔2021〕101号，未核对原文）
    为什么：同一件事两个数，必有一个是错的；报了成绩却没有指标，成绩无从核对。
    反例：
        goal.actual = 全年举办集中培训班6期，实际参训教师人数351人，培训合格率97.5%。
        或
        indicators[2].name = 参训教师380人
        或
        goal.actual = 建成智慧教室25间，配发平板电脑1300台，举办集中培训班6期。
    正例：
        goal.actual = 举办集中培训班6期，参训342人，其中女教师210人，合格率97.5%，配发教材约400册。
        或
        goal.actual = 举办集中培训班6期，其中线上2期、线下4期，参训小学教师200人、中学教师142人。
    不检查什么：分项之和等于指标的数；“其中”之后的数；年份、日期、届次、文号；约数；引号和括号里的数。
    """
    told: list[str] = []
    for line, said, shown, severity in contradictions(case):
        told.append(said)
        yield Observation(
            f"{named(line)}：{said}。",
            "indicators",
            line.number,
            "name" if "名称" in said else "actual",
            printed=shortened(line.cells.name, 60),
            expected="同一件事同一个数",
            arithmetic=shown,
            hint="核对原始材料，把名称、指标值、完成值和总体目标中的数改成一致。",
            severity=severity,
        )
    carried = Carried(case)
    if not carried.values:
        return
    for field, title in _TEXT_NAMES.items():
        loose, fixed = carried.split(figures(getattr(case.form.goal, field)))
        loose = [
            figure
            for figure in loose
            if not any(said.startswith(f"{title}里是{figure.printed}，") for said in told)
        ]
        if not loose:
            continue
        listed = "、".join(figure.printed for figure in loose)
        none = field == "actual" and not fixed and len(loose) >= _SEVERAL
        yield Observation(
            f"{title}中的{listed}没有指标承接。",
            "goal",
            field=field,
            printed=listed,
            expected="有指标承接，或不在总体目标中列出",
            arithmetic=f"{len(loose) + len(fixed)} 个数中 {len(loose)} 个没有指标承接",
            hint="为主要的数设置指标；不属于本项目的成绩从总体目标中删去。",
            severity=Severity.WARNING if none else Severity.NOTE,
        )


@rule("G004", Severity.WARNING)
def goal_unit_missing(case: Case) -> Iterator[Observation]:
    """总体目标里的数没有单位

    检查什么：“计24242。”“投入资金60，”这样数后面直接是标点的写法；预期目标和实际完成情况中，同一件事
        一处带单位、一处没有单位的。
    依据：文字表述应完整，数值带计量单位（GB/T 15835 出版物上数字用法）
    为什么：不知道是元还是万元，就无法与资金核对。
    反例：
        goal.actual = 举办集中培训班6期，参训教师342人，支出经费78.4。
    正例：
        goal.actual = 举办集中培训班6期，参训教师342人，支出经费78.4万元。
    不检查什么：序号、年份、编号；后面还跟着文字的数。
    """
    whole = "。".join(getattr(case.form.goal, field) for field in _TEXT_NAMES)
    for field, title in _TEXT_NAMES.items():
        text = getattr(case.form.goal, field)
        if not _DIGITS.search(text):
            continue
        bare = [found for sentence in sentences(text) for found in _without_unit(sentence, whole)]
        if bare:
            listed = "、".join(f"“{found}”" for found in bare)
            yield Observation(
                f"{title}中的{listed}没有写单位。",
                "goal",
                field=field,
                printed="、".join(bare),
                expected="数值＋单位",
                hint="在数后面写明单位，如元、万元、人。",
            )


def _without_unit(sentence: str, whole: str) -> Iterator[str]:
    """Amounts that end without a unit, and numbers of what carries a unit elsewhere in the goal."""
    amounts = [found for found in _NO_UNIT.finditer(sentence) if not _YEAR.fullmatch(found[1])]
    yield from (found[0] for found in amounts)
    ends = {found.end() for found in amounts}
    bare = [found for found in _BARE.finditer(sentence) if found.end() not in ends]
    starts = [counted.start() for counted in _WITH_UNIT.finditer(whole)] if bare else []
    before_units = {whole[start - 2 : start] for start in starts}
    for found in bare:
        words = sentence[found.start() - 2 : found.start()]
        if words in before_units:
            yield words + found[0]


RULES = (goal_missing, goal_copy, goal_quantity, goal_unit_missing)
