"""Rules on 年度指标值: its sign, its wording, and whether it can be measured at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.form.finding import Severity
from assistant.form.numerals import normal
from assistant.form.text import has_any, shortened
from assistant.form.value import Direction, Kind, Sign
from assistant.form.value_words import change_by
from assistant.rules.line import Line
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule

# A character that any of them begins with is looked for first: it is rare, and found fast.
_GLYPHS = re.compile(r"[≧≦⩾⩽>＞<＜=＝](?:(?<=[≧≦⩾⩽])|(?<=[>＞<＜])\s*[=＝]|(?<=[=＝])[>＞<＜])")
_ODD_SIGNS = "≧≦⩾⩽>＞<＜"
"""Every glyph has one of these."""
_ABOVE = re.compile("[≧⩾>＞]")
_HEDGES = re.compile(
    "有所|一定|逐步|逐渐|适当|适时|尽量|尽可能|基本|较好|较大|较高|进一步|酌情|大概|若干|初步|力争|争取|相对"
)
_BARE = re.compile("[很较更]?(?:好|高|强|大|多|优)|不错|一般|还行|可以|尚可")
"""Praise that names nothing: neither what is good nor by which measure."""
_SHORT_PHRASE = 14


@rule("I001", Severity.NOTE)
def target_no_sign(case: Case) -> Iterator[Observation]:
    """定量指标值前没有比较符号

    检查什么：年度指标值是数量，前面却没有 ≥、≤、=，也没有“不低于”“不超过”这样的文字。
    依据：指标值由比较符号、数值和计量单位组成（财预〔2021〕101号 绩效指标设置要求，未核对原文）
    为什么：没有符号就分不清“至少”“至多”还是“正好”，评分只能按惯例理解：成本和投诉一类按 ≤，其余按 ≥。
    反例：
        indicators[1].target = 6期
    正例：
        indicators[1].target = ≥6期
        或
        indicators[1].target = 不少于6期
    不检查什么：日期、区间（3-5天）和定性指标值；写明“提高5%”“降低3%”的。
    """
    unsigned, quantitative = Sign.NONE, Kind.QUANTITATIVE
    for line in case.lines:
        if line.target.sign is unsigned and line.target.kind is quantitative:
            if change_by(normal(line.target.raw)):
                continue
            sign = "≤" if line.direction is Direction.LOWER else "≥"
            printed = line.cells.target.strip()
            shown = shortened(printed)
            yield Observation(
                f"{named(line)}的指标值“{shown}”没有比较符号，这里按“{sign}”理解。",
                "indicators",
                line.number,
                "target",
                printed=printed,
                expected=f"{sign}{printed}",
                hint=f"写成“{sign}{shown}”；如果要求正好等于，写“=”。",
            )


@rule("I003", Severity.WARNING)
def target_sign_odd(case: Case) -> Iterator[Observation]:
    """指标值的符号与指标的方向相反

    检查什么：投诉、事故、违规一类越少越好的指标用了 ≥；满意度、合格率一类越高越好的指标用了 ≤。
    依据：指标值应能衡量目标是否实现（财预〔2021〕101号，未核对原文）
    为什么：符号反了，做得越差得分越高，等于没有目标。
    反例：
        indicators[8].target = ≤90%
        或
        indicators[6].name = 学员投诉次数
        indicators[6].target = ≥3次
    正例：
        indicators[6].name = 投诉处理率
        indicators[6].target = ≥95%
        indicators[6].actual = 95%
    不检查什么：成本指标（见 cost_sign）、使用率和完成率这类两个方向都说得通的指标。
    """
    for line in case.lines:
        wanted = line.wanted_sign
        if not wanted:
            continue
        yield Observation(
            f"{named(line)}的指标值“{line.cells.target}”方向反了，应当用“{wanted}”。",
            "indicators",
            line.number,
            "target",
            printed=line.cells.target,
            expected=f"{wanted}…",
            hint=f"核对符号；确实是这个意思的，把指标名称改得与符号一致，否则改成“{wanted}”。",
        )


@rule("I004", Severity.NOTE)
def sign_glyph(case: Case) -> Iterator[Observation]:
    """比较符号的写法不规范

    检查什么：指标名称、指标值和完成值里用了 ≧、≦、>=、<= 这些写法。
    依据：公文和表格中的数学符号按 GB/T 3102.11 写作 ≥、≤
    为什么：同一张表里两种写法并存，汇总和查找时会当成两种符号。
    反例：
        indicators[1].target = >=6期
        或
        indicators[8].target = ≧90%
    正例：
        indicators[1].target = ≥6期
    不检查什么：“不低于”“不超过”等文字写法。
    """
    for line in case.lines if has_any(case.prose.text, _ODD_SIGNS) else ():
        cells = (("target", line.cells.target), ("actual", line.cells.actual), ("name", line.cells.name))
        field, text, glyph = next(
            ((field, text, found[0]) for field, text in cells if (found := _GLYPHS.search(text))),
            ("", "", ""),
        )
        if glyph:
            better = "≥" if _ABOVE.search(glyph) else "≤"
            yield Observation(
                f"{named(line)}中的“{glyph}”应写作“{better}”。",
                "indicators",
                line.number,
                field,
                printed=text,
                expected=_GLYPHS.sub(better, text),
                hint=f"改成“{better}”。",
            )


@rule("I013", Severity.NOTE)
def qualitative_vague(case: Case) -> Iterator[Observation]:
    """定性指标值含糊，无法判断是否达到

    检查什么：定性指标值里有“有所”“一定”“逐步”“基本”“进一步”这样的词，或者只有一个“好”“高”。
    依据：定性指标值应能分档评判（财预〔2021〕101号，未核对原文）
    为什么：“逐步完善”做多做少都算，年底无法分出达成、部分达成和未达成。
    反例：
        indicators[7].target = 逐步提升
        indicators[7].actual = 逐步提升
    或
        indicators[7].target = 好
        indicators[7].actual = 好
    正例：
        indicators[7].target = 有效提升
    不检查什么：“有效提升”“明显改善”“长期”等可以分档的惯用写法。
    """
    qualitative = Kind.QUALITATIVE
    for line in case.lines:
        if line.target.kind is not qualitative:
            continue
        text = line.cells.target.strip()
        if len(text) <= _SHORT_PHRASE and (found := _HEDGES.search(text) or _BARE.fullmatch(text)):
            yield Observation(
                f"{named(line)}的指标值“{text}”中“{found[0]}”没有可以判断的标准。",
                "indicators",
                line.number,
                "target",
                printed=text,
                expected="可以分档评判的说法，或数量",
                hint="能用数量就用数量；不能的，写明达到什么状态算达成。",
            )


@rule("I014", Severity.WARNING)
def qualitative_in_quantitative_slot(case: Case) -> Iterator[Observation]:
    """应当用数量衡量的指标，指标值却是一句话

    检查什么：数量指标、满意度指标的指标值是定性描述；成本指标的指标值是定性描述时给提示。
    依据：数量指标反映提供产品或服务的数量，满意度指标以满意程度的百分比衡量（财预〔2021〕101号，未核对原文）
    为什么：数量和满意度写成“较好”“完成”，就没有可以核对的完成率。
    反例：
        indicators[8].target = 满意
        indicators[8].actual = 满意
    正例：
        indicators[8].target = ≥90%
    不检查什么：质量、时效和效益指标，它们可以定性。
    """
    qualitative = Kind.QUALITATIVE
    for line in case.lines:
        if line.target.kind is not qualitative or (slot := _quantitative_slot(line)) is None:
            continue
        yield Observation(
            f"{named(line)}是{slot}，指标值“{shortened(line.cells.target)}”却不是数量。",
            "indicators",
            line.number,
            "target",
            printed=line.cells.target,
            expected="符号＋数值＋单位",
            hint="写成可以核对的数量，如“≥90%”；确实只能定性的，移到质量或效益指标下。",
            severity=Severity.NOTE if slot == "成本指标" else None,
        )


def _quantitative_slot(line: Line) -> str | None:
    levels = line.cells.level1 + line.cells.level2
    if "数量" in line.cells.level2:
        return "数量指标"
    if "满意" in levels:
        return "满意度指标"
    return "成本指标" if "成本" in levels else None


RULES = (target_no_sign, target_sign_odd, sign_glyph, qualitative_vague, qualitative_in_quantitative_slot)
