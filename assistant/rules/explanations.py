"""Rules on 偏差原因分析及改进措施."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from assistant.form.finding import Section, Severity
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.form.value import Direction, Kind
from assistant.rules.deviation import Deviation, ratio_shown
from assistant.rules.figures import figures
from assistant.rules.line import Line
from assistant.rules.measures import impossible_share
from assistant.rules.passages import Told, is_explained, measure_beside, reason_beside
from assistant.rules.phrasing import named
from assistant.rules.reasons import has_measure, is_generic, pieces, says_done, says_no_deviation
from assistant.rules.rule import Case, Observation, rule

# Asked of every row, see ``value_types``.
_EMPTY, _OVER, _MISSED = Kind.EMPTY, Deviation.OVER, Deviation.MISSED
_STRAYS, _UPWARDS = (Deviation.MISSED, Deviation.OVER), (Direction.HIGHER, Direction.EQUAL)
_SHORTEST_REASON = 6
_SHORTEST_SHARED_PIECE = 8
_NOT_DONE = re.compile(
    r"(?:未能?|没有|尚未|没能)(?:按[时期])?(?:全部|全面)?(?:完成|达到|达成|实现)(?:年度|年初|预期|既定)?(?:目标|指标|任务|计划)"
)
_OVERDONE = re.compile(r"超额完成|超过(?:年度|预期|既定)?(?:目标|指标)|高于(?:年度|预期|既定)?(?:目标|指标)")
_ACTUALLY = re.compile(r"实际(?:完成|达到|培训|发放|支付|支出|执行)?(?:值|数|量)?(?:为|是|了)?$")


@rule("E001", Severity.ERROR)
def deviation_unexplained(case: Case) -> Iterator[Observation]:
    """没有得满分或没有达到目标，却没有说明原因

    检查什么：得分低于分值，或者完成值没有达到指标值，而偏差栏是空白，或者只写了“无”“/”“无偏差”“已完成”。
    依据：未完成绩效目标的应说明偏差原因和改进措施（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：扣了分不说原因，审核时必被退回；原因和措施是自评最重要的内容。
    反例：
        indicators[2].explanation =
        或
        indicators[2].explanation = 无偏差
    正例：
        indicators[2].explanation = 部分学校封闭管理，教师未能到场。今后分期组织。
    不检查什么：预算执行率低的原因（见 low_execution_unexplained）；还没填完成值的行；
        得了满分而符号写反的行（见 target_sign_odd、cost_sign）；原因写在表下“偏差原因分析”等处的行，
        那里只说到别的指标时为提醒。
    """
    for line in case.lines:
        if line.actual.kind is _EMPTY or line.reason or not _lost(case, line):
            continue
        told = reason_beside(case, line)
        if told in (Told.OF_IT, Told.OF_ALL):
            continue
        where = "表上" if "indicators.explanation" in case.form.absent else "偏差栏"
        yield Observation(
            f"{named(line)}{_shortfall(case, line)}，"
            + (
                f"{where}没有说明原因和改进措施。" if told is Told.NOWHERE else "表下的说明没有说清它的原因。"
            ),
            "indicators",
            line.number,
            "explanation",
            printed=line.cells.explanation,
            expected="偏差原因和改进措施",
            arithmetic=_lost_shown(line),
            hint="写明为什么没有达到、差在哪里，以及下一步怎么做。",
            severity=None if told is Told.NOWHERE else Severity.WARNING,
        )


@rule("E002", Severity.WARNING)
def over_completion_unexplained(case: Case) -> Iterator[Observation]:
    """完成值远远超过目标，却没有说明原因

    检查什么：完成值达到目标的 130%（以评分口径的规定为准）、超过“=”的目标、落在区间之外，或成本一分未花，
        得了满分而没有原因。
    依据：完成值明显超过指标值的应分析原因，指标值过低的适当扣分（财预〔2020〕10号，未核对原文）
    为什么：远超目标多半是目标定低了，审核时会追问，也会影响明年的目标。
    反例：
        indicators[6].actual = 90所
    正例：
        indicators[6].actual = 58所
        或
        indicators[6].actual = 90所
        indicators[6].explanation = 市里新增两个片区的学校一并使用。今后按实际学校数设定目标。
    不检查什么：没有得满分的行（见 deviation_unexplained）；成本低于目标但不为 0 的行；
        不可能的百分比（见 percent_range）。
    """
    for line in case.lines:
        if case.deviation(line) is not _OVER or _below_weight(line) or is_explained(case, line):
            continue
        if impossible_share(line, line.actual):
            continue
        yield Observation(
            f"{named(line)}目标“{line.cells.target.strip()}”，完成“{shortened(line.cells.actual)}”，"
            "偏离较大，没有说明原因。",
            "indicators",
            line.number,
            "explanation",
            printed=line.cells.explanation,
            expected="偏离较大的原因",
            arithmetic=ratio_shown(line),
            hint="说明为什么与目标相差这么多；目标定得不合适的，写明今后怎样设定。",
        )


@rule("E003", Severity.WARNING)
def explanation_without_measure(case: Case) -> Iterator[Observation]:
    """只写了原因，没有改进措施

    检查什么：偏差栏里有原因，但没有说以后怎么做。本来不需要说明的行、只是超额完成的行，给提示。
    依据：偏差栏应包括原因分析和改进措施（财预〔2020〕10号 自评表，未核对原文）
    为什么：只有原因没有措施，明年还会出现同样的问题。
    反例：
        indicators[2].explanation = 两所寄宿制学校封闭管理，18名教师未能到场。
    正例：
        indicators[2].explanation = 两所寄宿制学校封闭管理，18名教师未能到场。后续组织线上补训。
    不检查什么：措施是否有力；写在表下“改进措施”等处、没有只说别的指标的措施也算；不要求出现“改进措施”四个字，“今后”“后续”“督促”“将”等都算。
    """
    for line in case.lines:
        text = line.cells.explanation
        if not line.reason or has_measure(text, case.year.year or 0):
            continue
        if measure_beside(case, line) in (Told.OF_IT, Told.OF_ALL):
            continue
        needed = _lost(case, line)
        yield Observation(
            f"{named(line)}的偏差栏只有原因，没有改进措施。",
            "indicators",
            line.number,
            "explanation",
            printed=text,
            expected="原因＋改进措施",
            hint="补一句今后怎么做，例如谁在什么时候之前完成什么。"
            if needed
            else "保留原因的话，补一句今后怎么做。",
            severity=None if needed else Severity.NOTE,
        )


@rule("E004", Severity.WARNING)
def explanation_without_deviation(case: Case) -> Iterator[Observation]:
    """完成值正好达到目标，却写了偏差原因

    检查什么：完成值与指标值相同的行，偏差栏写了原因。超过目标但不到规定幅度的，只给提示。
    依据：偏差栏用于说明实际完成值与指标值的偏差（财预〔2020〕10号 自评表，未核对原文）
    为什么：没有偏差却有原因，不是完成值填错了，就是原因填错了行。
    反例：
        indicators[1].explanation = 一期培训因天气推迟。今后提前安排。
    正例：
        indicators[1].explanation = 无
    不检查什么：成本低于目标的说明、提前完成的说明、没有得满分的定性指标。
    """
    for line in case.lines:
        if not line.reason:
            continue
        found = case.deviation(line)
        better = found is Deviation.BETTER and line.direction in (Direction.HIGHER, Direction.EQUAL)
        if found is not Deviation.SAME and not (better and not _below_weight(line)):
            continue
        if line.direction is Direction.QUALITATIVE and _below_weight(line):
            continue
        yield Observation(
            f"{named(line)}{'已超过' if better else '正好达到'}目标，偏差栏却写了原因。",
            "indicators",
            line.number,
            "explanation",
            printed=line.cells.explanation,
            expected="完成值与原因一致",
            arithmetic=ratio_shown(line) if line.target.number is not None else "",
            hint="核对完成值；确实达到目标的，偏差栏写“无”，情况说明移到总体目标的完成情况中。",
            severity=Severity.NOTE if better else None,
        )


@rule("E005", Severity.WARNING)
def explanation_contradicts(case: Case) -> Iterator[Observation]:
    """偏差栏的说法与数据相反

    检查什么：有偏差却写“无偏差”“已完成”；达到目标却写“未完成目标”；没有达到却写“超额完成”；
        文中的实际完成数与完成值不同。
    依据：自评内容应真实、一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：文字和数据必有一处是错的。
    反例：
        indicators[2].explanation = 无偏离
        或
        indicators[6].explanation = 超出了片区范围，实际完成60所。今后合理设定目标。
    正例：
        indicators[6].explanation = 无偏离
    不检查什么：单写一个“无”；原因是否说得通。
    """
    for line in case.lines:
        said = _contradiction(case, line)
        if said:
            yield Observation(
                f"{named(line)}的偏差栏{said}，与完成值“{shortened(line.cells.actual)}”不符。",
                "indicators",
                line.number,
                "explanation",
                printed=line.cells.explanation,
                expected="文字与数据一致",
                arithmetic=ratio_shown(line),
                hint="核对完成值和偏差栏，改正其中错的一处。",
            )


@rule("E006", Severity.WARNING)
def duplicate_explanation(case: Case) -> Iterator[Observation]:
    """两行的偏差说明一模一样

    检查什么：两行的说明逐字相同，或有一整句相同。两行都确有偏差且偏差大小不同，整段相同的为提醒，
        其余为提示。
    依据：偏差原因应逐项分析（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：不同的偏差写同一个原因，多半是照抄的。
    反例：
        indicators[6].actual = 40所
        indicators[6].score = 13.33
        indicators[2].explanation = 部分学校封闭管理，教师未能到场。今后分期组织。
        indicators[6].explanation = 部分学校封闭管理，教师未能到场。今后分期组织。
        total.score = 97.63
    正例：
        indicators[6].explanation = 无
        indicators[1].explanation = 无
    不检查什么：“无”“/”；少于 8 个字的短句；不同表之间的相同说明。
    """
    given = [line for line in case.lines if line.reason]
    told = [(line, pieces(line.cells.explanation)) for line in given] if len(given) > 1 else []
    reported: set[int] = set()
    for (first, before), (second, after) in combinations(told, 2):
        shared = [piece for piece in after if piece in before and len(piece) >= _SHORTEST_SHARED_PIECE]
        if not shared or second.number in reported:
            continue
        whole = before == after
        others = [line.number for line, parts in told if line.number > second.number and shared[0] in parts]
        reported.update((second.number, *(() if whole else others)))
        rows = "、".join(str(number) for number in (second.number, *(() if whole else others)))
        same = "完全相同" if whole else "有一句完全相同"
        yield Observation(
            f"第{rows}行的偏差说明与第{first.number}行{same}：“{shortened(shared[0])}”。",
            "indicators",
            second.number,
            "explanation",
            printed=second.cells.explanation,
            expected="各行自己的原因和措施",
            hint="按各行的实际情况分别写。",
            severity=None if whole and _differ(case, first, second) else Severity.NOTE,
        )


@rule("E007", Severity.WARNING)
def explanation_vague(case: Case) -> Iterator[Observation]:
    """偏差原因没有内容

    检查什么：需要说明原因的行，只写了“客观原因”“受实际情况影响”“加强管理”这类放到哪一行都行的空话；
        不到 6 个字的给提示。
    依据：偏差原因应具体（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：看不出到底发生了什么，也就无法判断措施对不对。
    反例：
        indicators[2].explanation = 受客观原因影响。今后加强管理。
    正例：
        indicators[2].explanation = 受暴雪影响两期停课。今后避开冬季组织。
    不检查什么：写得具体但不充分的原因，需要人判断。
    """
    for line in case.lines:
        reason = line.reason
        if not reason or not _needs_reason(case, line):
            continue
        generic, brief = is_generic(line.cells.explanation), len(reason) < _SHORTEST_REASON
        if generic or brief:
            yield Observation(
                f"{named(line)}的偏差原因“{shortened(line.cells.explanation)}”没有说清发生了什么。",
                "indicators",
                line.number,
                "explanation",
                printed=line.cells.explanation,
                expected="具体的事情、时间、数量",
                hint="写明哪件事、什么时候、影响了多少，再写怎么改进。",
                severity=None if generic else Severity.NOTE,
            )


@rule("E008", Severity.NOTE)
def explanation_too_long(case: Case) -> Iterator[Observation]:
    """文字超过评分口径规定的字数

    检查什么：偏差说明、总体目标完成情况、总分行备注（低执行率原因）超过所用口径的字数限制。
    依据：所用评分口径的字数限制；没有规定的取 300 字，表格一栏放得下
    为什么：系统填报时会被截断，表格一页也放不下。
    反例：
        indicators[2].explanation = 原因：学校封闭管理。措施：{今后提前与学校商定时间。}×200
    正例：
        indicators[2].explanation = 原因：学校封闭管理。措施：{今后提前与学校商定时间。}×20
    不检查什么：预期目标的长短。
    """
    profile, most = case.profile, case.profile.explanation_limit.value
    texts: list[tuple[int | None, Section, int | None, str, str]] = [
        (profile.goal_actual_limit.value, "goal", None, "actual", case.form.goal.actual),
        *((most, "indicators", line.number, "explanation", line.cells.explanation) for line in case.lines),
        (profile.low_execution_reason_limit.value, "total", None, "note", case.form.total.note),
    ]
    for limit, section, row, field, text in texts:
        if limit is not None and len(text) > limit and (length := len("".join(text.split()))) > limit:
            whose = named(case.lines[row - 1]) + "的偏差说明" if row else "这段文字"
            yield Observation(
                f"{whose}有{length}个字，超过所用口径的{limit}字。",
                section,
                row,
                field,
                printed=shortened(text, 60),
                expected=f"不超过{limit}字",
                arithmetic=f"{length} ＞ {limit}",
                hint="留下原因、影响的数量和措施，背景写到自评报告中。",
            )


def _below_weight(line: Line) -> bool:
    score = line.score
    return score.printed is not None and score.weight is not None and score.printed < score.weight


def _lost(case: Case, line: Line) -> bool:
    if _below_weight(line):
        return True
    return case.deviation(line) is _MISSED and not line.is_backwards


def _needs_reason(case: Case, line: Line) -> bool:
    over = case.deviation(line) is _OVER and line.direction is not Direction.LOWER
    return over or _lost(case, line)


def _shortfall(case: Case, line: Line) -> str:
    missed = case.deviation(line) is Deviation.MISSED
    if missed:
        return f"目标“{line.cells.target.strip()}”，完成“{shortened(line.cells.actual)}”，没有达到"
    return f"得{line.cells.score}分，低于分值{line.cells.weight}分"


def _lost_shown(line: Line) -> str:
    shown = [ratio_shown(line)] if line.target.number is not None else []
    if _below_weight(line):
        shown.append(f"得分 {line.cells.score} ＜ 分值 {line.cells.weight}")
    return "；".join(part for part in shown if part)


def _contradiction(case: Case, line: Line) -> str:
    """What the explanation says against the figures, in words; ``""`` if nothing."""
    text, found = line.cells.explanation, case.deviation(line)
    if not text or found is Deviation.UNKNOWN:
        return ""
    if found in _STRAYS and says_no_deviation(text):
        return f"写“{shortened(text)}”"
    if found is _MISSED and (says_done(text) or _OVERDONE.search(text)):
        return f"写“{shortened(text)}”"
    if found is not _MISSED and line.direction in _UPWARDS and _NOT_DONE.search(text):
        return "说没有完成"
    return _other_actual(line)


def _other_actual(line: Line) -> str:
    """``写实际为60所`` where the text gives an actual value that is not the row's."""
    actual = line.reached
    unit = line.target.unit_norm or line.actual.unit_norm
    if actual is None or not unit or "实际" not in line.cells.explanation:
        return ""
    for figure in figures(line.cells.explanation):
        if _ACTUALLY.search(figure.lead) and figure.same_kind(unit) and not figure.about:
            return "" if figure.equals(actual, unit) else f"写实际为{figure.printed}"
    return ""


def _differ(case: Case, first: Line, second: Line) -> bool:
    """True where both rows really deviate, and by different ratios."""
    if case.deviation(first) not in _STRAYS or case.deviation(second) not in _STRAYS:
        return False
    return _completion(first) != _completion(second)


def _completion(line: Line) -> str:
    actual, target = line.reached, line.target.number
    return plain(actual / target, 4) if actual is not None and target else plain(actual or Decimal(0))


RULES = (
    deviation_unexplained,
    over_completion_unexplained,
    explanation_without_measure,
    explanation_without_deviation,
    explanation_contradicts,
    duplicate_explanation,
    explanation_vague,
    explanation_too_long,
)
