"""Rules of the family scores about the total and the grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.form.finding import Severity
from assistant.form.rounding import is_rounded, plain
from assistant.rules import row_sums
from assistant.rules.fill import score_text
from assistant.rules.grade import stated_grade
from assistant.rules.rows import scored_elsewhere
from assistant.rules.rule import Case, Observation, Rule, rule
from assistant.rules.score import IndicatorScore, grade_of


def printed_sum(case: Case) -> Decimal | None:
    """The sum of all printed scores; None where one is missing, or no row is scored."""
    total, scored = Decimal(0), False
    for score in case.sheet.indicators:
        if score.printed is not None:
            total, scored = total + score.printed, True
        elif score.weight is not None:
            return None
    execution = case.sheet.execution
    if not scored:
        return None
    if case.execution_counts and (execution.weight is not None or execution.printed is not None):
        if execution.printed is None:
            return None
        total += execution.printed
    for other in case.other_points:
        if other.score is None:
            return None
        total += other.score
    return total


@rule("S006", Severity.ERROR)
def total_score(case: Case) -> Iterator[Observation]:
    """总分或小计不等于各项得分之和

    检查什么：总分行的得分是否等于预算执行得分与各指标得分之和；指标中间有小计、合计行的，它的得分是否等于以上各行得分之和。
    依据：自评表总分为各项得分之和。
    为什么：总分是等次和公开的依据，加错了会被整表退回。
    反例：
        total.score = 98
    或
        indicators[7].score =
        total.score = 86
    正例：
        total.score = 99.3
    或
        indicators[7].score =
    不检查什么：有得分没有填写时，只看总分减去已填的得分是否在这几行应得的范围之内；各项得分本身是否正确由其他规则检查；保留一位小数的尾差只作提示。
    """
    yield from _subtotals(case)
    printed, total = case.sheet.total_printed, printed_sum(case)
    if printed is None or not case.form.is_scored or scored_elsewhere(case.form):
        return
    if total is None:
        yield from _beyond_missing(case, printed)
        return
    difference = abs(printed - total)
    if difference < case.profile.tolerance.value:
        return
    rounded = difference <= case.profile.note_tolerance.value or is_rounded(printed, total)
    execution = case.sheet.execution.printed
    points = [execution] if execution is not None and case.execution_counts else []
    points += [other.score for other in case.other_points if other.score is not None]
    points += [score.printed for score in case.sheet.indicators if score.printed is not None]
    yield Observation(
        message=f"总分填写为{case.form.total.score}，各项得分合计为{score_text(total)}，相差{plain(difference)}分。",
        section="total",
        field="score",
        printed=case.form.total.score,
        expected=score_text(total),
        arithmetic=f"{' + '.join(plain(value) for value in points)} = {score_text(total)} ≠ {plain(printed)}",
        hint=f"把总分改为{score_text(total)}；如某项得分填错，先改正该项。"
        if total <= case.profile.total_weight.value
        else "各项得分合计已超过满分，先改正各项分值和得分，再重新计算总分。",
        severity=Severity.NOTE if rounded else None,
    )


def _subtotals(case: Case) -> Iterator[Observation]:
    for seen in row_sums.misadded(case, "score"):
        small = abs(seen.printed - seen.total) <= case.profile.note_tolerance.value
        note = small or is_rounded(seen.printed, seen.total)
        yield replace(row_sums.observed(seen, "score"), severity=Severity.NOTE if note else None)


def _beyond_missing(case: Case, printed: Decimal) -> Iterator[Observation]:
    """A total that no scores of the rows left blank would make true."""
    missing = [score for score in case.sheet.indicators if score.weight and score.printed is None]
    filled = [score.printed for score in case.sheet.indicators if score.printed is not None]
    execution = case.sheet.execution
    if case.execution_counts and (execution.weight is not None or execution.printed is not None):
        if execution.printed is None:
            return
        filled.append(execution.printed)
    filled += [other.score for other in case.other_points if other.score is not None]
    if not missing or not filled:
        return
    known = sum(filled, Decimal(0))
    low, high = (sum(ends, Decimal(0)) for ends in zip(*map(_due, missing), strict=True))
    left, tolerance = printed - known, case.profile.tolerance.value
    # A total without the blank rows is right as far as it goes: score_missing asks for them.
    if low - tolerance < left < high + tolerance or abs(left) < tolerance:
        return
    rows = "、".join(str(score.row) for score in missing)
    due = score_text(low) if low == high else f"{score_text(low)}～{score_text(high)}"
    yield Observation(
        message=f"总分填写为{case.form.total.score}，已填的各项得分合计为{score_text(known)}，"
        f"没有填得分的第{rows}行应得{due}，不是{score_text(left)}。",
        section="total",
        field="score",
        printed=case.form.total.score,
        expected=score_text(known + low)
        if low == high
        else f"{score_text(known + low)}～{score_text(known + high)}",
        arithmetic=f"{plain(printed)} − {score_text(known)} = {plain(left)}",
        hint="补填空着的得分，再重新计算总分。",
    )


def _due(score: IndicatorScore) -> tuple[Decimal, Decimal]:
    """The least and the most that a row may score by the rules; all of its weight where none tells."""
    if score.rule is not None:
        return score.rule, score.rule
    return score.band or (Decimal(0), score.weight or Decimal(0))


@rule("S007", Severity.ERROR)
def total_over_100(case: Case) -> Iterator[Observation]:
    """总分超过100

    检查什么：总分行的得分是否超过100。
    依据：财预〔2020〕10号：单位自评满分100分。
    为什么：总分超过满分，一定是分值或得分填错了；这样的总分不能定等次。
    反例：
        total.score = 100.5
    正例：
        total.score = 99.30
    不检查什么：分值合计由weight_sum检查。
    """
    printed, most = case.sheet.total_printed, case.profile.total_weight.value
    if printed is None or printed <= most:
        return
    yield Observation(
        message=f"总分{case.form.total.score}超过满分{plain(most)}。",
        section="total",
        field="score",
        printed=case.form.total.score,
        expected=f"≤{plain(most)}",
        arithmetic=f"{plain(printed)} − {plain(most)} = {plain(printed - most)}",
        hint="检查各项分值合计是否为100、得分是否超过分值，然后重新计算总分。",
    )


@rule("S008", Severity.ERROR)
def grade_mismatch(case: Case) -> Iterator[Observation]:
    """自评等次与总分不符

    检查什么：表中写明自评等次（优、良、中、差）时，是否与总分所在的区间一致。
    依据：财预〔2020〕10号：90（含）分以上为优，80（含）至90分为良，60（含）至80分为中，60分以下为差；界限在评分口径中设定。
    为什么：等次是结果应用和公开的内容，必须与总分一致。
    反例：
        remark = 自评等次：良
    正例：
        remark = 自评等次：优
    或
        grade = 优秀
    或
        remark = 自评等次：☑优 □良 □中 □差
    不检查什么：没有写明等次的表格；总分本身是否正确；超过满分的总分，见total_over_100。
    """
    total = case.sheet.total_printed
    if total is None or total > case.profile.total_weight.value:
        return
    texts = [("grade", case.form.grade), ("remark", case.form.remark), ("note", case.form.total.note)]
    texts += [("", text) for text in (*case.form.notes, *(piece.text for piece in case.form.unplaced))]
    expected = grade_of(total, case.profile)
    for field, text in texts:
        stated = stated_grade(text)
        if stated in ("", expected):
            continue
        yield Observation(
            message=f"总分{case.form.total.score}对应的等次是“{expected}”，表中写的是“{stated}”。",
            section="header" if field in ("grade", "remark") else "total",
            field=field,
            printed=stated,
            expected=expected,
            arithmetic=_bands(case),
            hint=f"把等次改为“{expected}”，或核对总分。",
        )


def _bands(case: Case) -> str:
    grades = case.profile.grades.value
    return f"优≥{plain(grades.excellent)}，良≥{plain(grades.good)}，中≥{plain(grades.fair)}，其余为差"


RULES: tuple[Rule, ...] = (
    total_score,
    total_over_100,
    grade_mismatch,
)
