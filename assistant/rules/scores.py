"""Rules of the family scores: the score of each row; the total is in ``totals``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.form.finding import Section, Severity
from assistant.form.model import BLANK
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.form.value import Direction, Kind
from assistant.rules import totals
from assistant.rules.fill import score_text
from assistant.rules.line import Line
from assistant.rules.phrasing import named
from assistant.rules.practices import practice_followed
from assistant.rules.rows import scored_elsewhere
from assistant.rules.rule import Case, Observation, Rule, rule


@rule("S001", Severity.ERROR)
def rule_score(case: Case) -> Iterator[Observation]:
    """指标得分与按规则计算的不符

    检查什么：定量、日期、区间指标的得分是否等于按目标值、完成值和分值算出的得分，保留两位小数。
    依据：财预〔2020〕10号：定量指标达到指标值的得满分，未达到的按完成比例计分；成本超支的算法取自评分口径。
    为什么：得分多报或少报都会改变总分，复核时逐项重算。
    反例：
        indicators[2].score = 9
    或
        indicators[1].score = 9
    正例：
        indicators[2].score = 9.5
    或
        indicators[2].actual = 341人
        indicators[2].score = 9.47
    不检查什么：定性指标由qualitative_band检查；区间指标偏离、只写“完成”的日期、单位不能换算的，规则算不出得分，不检查；得分小于0或超过分值的、得了满分而符号写反的，由其他规则提示；得分符合另一种已知算法（成本超支线性扣分、满意度分档、超额后自行调减并说明）的只提示。
    """
    for line in case.lines:
        score = line.score
        if score.rule is None or score.printed is None or score.weight is None:
            continue
        if (
            score.printed == score.rule
            or score.direction is Direction.QUALITATIVE
            or not 0 <= score.printed <= score.weight
        ):
            continue
        if score.printed == score.weight and line.is_backwards:
            continue
        difference = abs(score.printed - score.rule)
        if difference < case.profile.tolerance.value:
            continue
        practice = practice_followed(case, line)
        yield Observation(
            message=f"指标{named(line)}的得分填写为{line.cells.score}，按规则应为{score_text(score.rule)}，"
            f"{'多' if score.printed > score.rule else '少'}{plain(difference)}分"
            + (f"；所填的得分是另一种算法：{practice}。" if practice else "。"),
            section="indicators",
            row=line.number,
            field="score",
            printed=line.cells.score,
            expected=score_text(score.rule),
            arithmetic=_row_arithmetic(line),
            hint="本地规定这样计分的可以保留，或选用相应的评分口径。"
            if practice
            else f"核对目标值和完成值；都对的，把得分改为{score_text(score.rule)}，并相应改正总分。",
            severity=Severity.NOTE
            if practice
            else _score_severity(line, difference, case.profile.note_tolerance.value),
        )


def _row_arithmetic(line: Line) -> str:
    """The arithmetic, with the two values where full points leave nothing to compute."""
    if not line.score.met:
        return line.score.formula
    return f"目标{shortened(line.cells.target)}，完成{shortened(line.cells.actual)}，{line.score.formula}"


def _score_severity(line: Line, difference: Decimal, rounding: Decimal) -> Severity:
    """A missed limit is scored by the profile's formula, a narrative by a number picked from it."""
    if difference <= rounding:
        return Severity.NOTE
    chosen = line.score.direction is Direction.LOWER and line.score.met is False
    return Severity.WARNING if chosen or line.actual.narrative else Severity.ERROR


@rule("S002", Severity.ERROR)
def score_over_weight(case: Case) -> Iterator[Observation]:
    """得分超过分值

    检查什么：每个指标的得分、预算执行的得分、资金管理等另有分值的各行的得分是否超过分值。
    依据：财预〔2020〕10号：得分最高为该指标的分值；在用的填报系统同样限制。
    为什么：超额完成也只得满分，得分超过分值一定是填错了。
    反例：
        indicators[1].score = 10.5
    正例：
        indicators[1].score = 10.00
    不检查什么：总分由total_over_100检查。
    """
    fund, execution = case.total_fund, case.sheet.execution
    if fund is not None and (over := _over(execution.printed, execution.weight)) is not None:
        yield Observation(
            message=f"预算执行得分{fund.cells.score}超过分值{fund.cells.weight}。",
            section="funds",
            row=fund.number,
            field="score",
            printed=fund.cells.score,
            expected=f"≤{fund.cells.weight}",
            arithmetic=over,
            hint="执行率超过100%的按100%计分，得分改为分值以内。",
        )
    for other in case.other_points:
        if (over := _over(other.score, other.weight)) is not None:
            yield Observation(
                message=f"{other.name}的得分{other.cells.score}超过分值{other.cells.weight}。",
                section="weights",
                row=other.number,
                field="score",
                printed=other.cells.score,
                expected=f"≤{other.cells.weight}",
                arithmetic=over,
                hint=f"得分最高为{other.cells.weight}，请改正。",
            )
    for line in case.lines:
        over = _over(line.score.printed, line.score.weight)
        if over is None or line.score.weight is None:
            continue
        yield Observation(
            message=f"指标{named(line)}的得分{line.cells.score}超过分值{line.cells.weight}。",
            section="indicators",
            row=line.number,
            field="score",
            printed=line.cells.score,
            expected=f"≤{plain(line.score.weight)}",
            arithmetic=over,
            hint=f"得分最高为{plain(line.score.weight)}，请改正；超额完成的在偏差原因栏说明。",
        )


def _over(printed: Decimal | None, weight: Decimal | None) -> str | None:
    """``10.5 − 10 = 0.5`` where a score exceeds its weight."""
    if printed is None or weight is None or not 0 < weight < printed:
        return None
    return f"{plain(printed)} − {plain(weight)} = {plain(printed - weight)}"


@rule("S003", Severity.ERROR)
def score_negative(case: Case) -> Iterator[Observation]:
    """得分为负数

    检查什么：指标得分和预算执行得分是否小于零。
    依据：得分扣到零为止（在用的填报系统按零计）。
    为什么：负分会错误地冲减总分。
    反例：
        indicators[2].score = -1
    正例：
        indicators[2].actual = 0人
        indicators[2].score = 0
    不检查什么：得分是否算对由rule_score检查。
    """
    fund = case.total_fund
    execution = case.sheet.execution.printed
    if fund is not None and execution is not None and execution < 0:
        yield Observation(
            message=f"预算执行得分填写为{fund.cells.score}，得分不能小于0。",
            section="funds",
            row=fund.number,
            field="score",
            printed=fund.cells.score,
            expected="≥0",
            hint="按执行率重新计算得分。",
        )
    for line in case.lines:
        printed = line.score.printed
        if printed is None or printed >= 0:
            continue
        yield Observation(
            message=f"指标{named(line)}的得分填写为{line.cells.score}，得分不能小于0。",
            section="indicators",
            row=line.number,
            field="score",
            printed=line.cells.score,
            expected="≥0",
            hint="扣分扣到0为止，请改正得分。",
        )


@rule("S004", Severity.WARNING)
def score_missing(case: Case) -> Iterator[Observation]:
    """没有填写得分

    检查什么：有分值和完成值的指标、有执行率的总额行、资金管理等另有分值的行、各项得分齐全的总分行，得分是否填写了数字。
    依据：自评表“得分”栏为必填。
    为什么：缺一项得分，总分就无法核对。
    反例：
        indicators[1].score =
    或
        total.score =
    或
        funds[1].score = —
    正例：
        indicators[1].actual =
        indicators[1].score =
        total.score =
    不检查什么：还没有填写完成值的指标；不填得分的转移支付自评表。
    """
    fund, execution = case.total_fund, case.sheet.execution
    if fund is not None and execution.rule is not None and execution.printed is None:
        yield _lacking("预算执行率", "funds", fund.number, fund.cells.score, execution.rule)
    lacking = [line for line in case.lines if _lacks_score(line)]
    if len(lacking) > 1 and all(line.score.printed is None for line in case.lines):
        yield Observation(
            message=f"所有指标都没有填写得分（{len(lacking)}行有分值和完成值）。",
            section="indicators",
            field="score",
            expected="各行得分",
            hint="按目标值和完成值填写各行得分；规则能算出的得分可以自动填写。",
        )
        lacking = []
    for line in lacking:
        yield _lacking(f"指标{named(line)}", "indicators", line.number, line.cells.score, line.score.rule)
    for other in case.other_points:
        if other.weight is not None and other.score is None:
            yield _lacking(other.name, "weights", other.number, other.cells.score, None)
    total = totals.printed_sum(case)
    if total is not None and case.sheet.total_printed is None:
        known = None if scored_elsewhere(case.form) else total
        yield _lacking("总分行", "total", None, case.form.total.score, known)


def _lacking(
    name: str, section: Section, row: int | None, printed: str, expected: Decimal | None
) -> Observation:
    told = f"，应为{score_text(expected)}" if expected is not None else ""
    return Observation(
        message=f"{name}没有填写得分{told}。"
        if not printed.strip()
        else f"{name}的得分“{printed}”不是数字{told}。",
        section=section,
        row=row,
        field="score",
        printed=printed,
        expected="" if expected is None else score_text(expected),
        hint=f"填写得分{score_text(expected)}。" if expected is not None else "按评分办法填写得分。",
    )


def _lacks_score(line: Line) -> bool:
    """True for a row with a weight and an actual, but no score."""
    if line.score.weight is None or line.score.weight <= 0 or line.score.printed is not None:
        return False
    return line.actual.kind is not Kind.EMPTY and BLANK not in line.cells.actual


@rule("S005", Severity.ERROR)
def qualitative_band(case: Case) -> Iterator[Observation]:
    """定性指标的得分不在所称档次之内

    检查什么：定性指标的完成值写达成、部分达成或未达成时，得分是否在相应的档次之内；照抄目标原话的视为达成。
    依据：财预〔2020〕10号：定性指标分三档，100-80%（含）、80-60%（含）、60-0%；各档界限在评分口径中设定。
    为什么：文字说达成而分数只有一半，或文字说未达成而得满分，前后矛盾。
    反例：
        indicators[7].score = 11.9
    或
        indicators[7].actual = 部分达成
        indicators[7].score = 12
    或
        indicators[7].actual = 未达成
        indicators[7].score = 9
    正例：
        indicators[7].score = 12
    或
        indicators[7].actual = 部分达成
        indicators[7].score = 9
    或
        indicators[7].actual = 未达成
        indicators[7].score = 8.99
    不检查什么：完成值与目标说法不同而又没有说是否达成的，由actual_not_answer提示，不判断档次。
    """
    tolerance = case.profile.tolerance.value
    for line in case.lines:
        score = line.score
        if score.band is None or score.printed is None or score.weight is None or score.met is None:
            continue
        low, high = score.band
        closed = high == score.weight or not case.profile.band_start_included.value
        inside = low - tolerance < score.printed and (
            score.printed < high + tolerance if closed else score.printed < high
        )
        if inside or not 0 <= score.printed <= score.weight:
            continue
        shown = f"{plain(low)}～{plain(high)}{'' if closed else '（不含）'}"
        shares = f"{plain(low / score.weight * 100)}%～{plain(high / score.weight * 100)}%"
        yield Observation(
            message=f"指标{named(line)}的完成值为“{shortened(line.cells.actual)}”，得分{line.cells.score}不在"
            f"这一档的{shown}之内。",
            section="indicators",
            row=line.number,
            field="score",
            printed=line.cells.score,
            expected=shown,
            arithmetic=f"{plain(score.weight)} × {shares} = {shown}",
            hint="得分和完成值改正其中一处：确实达成的，得分改到最高一档；没有全部达成的，完成值写“部分达成”并说明原因。",
        )


RULES: tuple[Rule, ...] = (
    rule_score,
    score_over_weight,
    score_negative,
    score_missing,
    qualitative_band,
    *totals.RULES,
)
