"""Form + profile -> ScoreSheet: every point with its inputs and its arithmetic in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.form.amount import read_amount, read_points, read_weight
from assistant.form.model import BLANK, Form, Frozen, Indicator
from assistant.form.record import record
from assistant.form.rounding import half_up, plain
from assistant.form.value import Direction
from assistant.form.value_words import Claim
from assistant.rules.judge import Outcome, outcome
from assistant.rules.other_points import other_points
from assistant.rules.points import Points, band_of, points_for
from assistant.rules.profile import ASKED_FOR, Choice, Profile, choose_profile
from assistant.rules.reading import ReadRow, RowCells, read_rows

UNGRADED = "超过满分，不能定等次"
_TOTAL_LABEL = re.compile("总额|合计|总计|小计|总预算|资金总")
_EXECUTION_ROW = re.compile("预算执行率|预算执行指标|预算执行情况")
# Asked of every row, see ``value_types``.
_DATE, _QUALITATIVE = Direction.DATE, Direction.QUALITATIVE


class ExecutionScore(Frozen):
    """预算执行率 and its score. ``rate`` as a fraction (1 is 100%), unrounded; None without inputs.

    ``weight`` None where execution carries no points (转移支付).
    ``formula``: "10 × 85.385 ÷ 89.7558 = 9.51".
    """

    rate: Decimal | None = None
    weight: Decimal | None = None
    printed: Decimal | None = None
    rule: Decimal | None = None
    formula: str = ""


@record
class IndicatorScore:
    """One indicator row. ``rule`` None where no rule gives a score; ``formula`` then says why.

    ``completion``: actual ÷ target in the target's unit (target ÷ actual where lower is better), None where
    that is no ratio. ``met``: None where undecided.
    ``band``: the score range that the wording of a qualitative actual claims, else None.
    """

    row: int
    weight: Decimal | None = None
    printed: Decimal | None = None
    rule: Decimal | None = None
    formula: str = ""
    direction: Direction = Direction.HIGHER
    completion: Decimal | None = None
    met: bool | None = None
    band: tuple[Decimal, Decimal] | None = None


class ScoreSheet(Frozen):
    """Every point of a form under ``profile`` (its id); ``profile_reason`` says why that one, in Chinese.

    ``total_rule`` is the sum of the rule scores, the printed score standing in where no rule gives one (as in
    all rows outside 项目资金 and 绩效指标); None
    for a form without scores or without indicators, or while a row with a weight has neither. ``grade`` is of
    ``total_rule`` (优 良 中 差), "" where there is none or it is above full points.
    """

    profile: str
    profile_reason: str = ""
    execution: ExecutionScore = ExecutionScore()
    indicators: tuple[IndicatorScore, ...] = ()
    total_printed: Decimal | None = None
    total_rule: Decimal | None = None
    grade: str = ""

    @property
    def grade_told(self) -> str:
        """The grade for people to read, or why a total has none."""
        return self.grade if self.grade or self.total_rule is None else UNGRADED


def score_form(
    form: Form,
    profile: Profile,
    year: int | None = None,
    rows: Sequence[ReadRow] | None = None,
    chosen: Choice | None = None,
) -> ScoreSheet:
    """The score sheet of ``form``; never raises on odd cells, they come out as None with the reason.

    ``year``: that of the form where it does not state one itself. ``rows``: the form's rows, where they are
    read already. ``chosen``: the profile that fits it, where that is known already.
    """
    chosen = chosen or choose_profile(form, year)
    execution, exact = _execution(form, profile)
    rows = read_rows(form) if rows is None else rows
    scores: list[IndicatorScore] = []
    counts = execution_counts([row.cells for row in rows])
    by_row = profile.rounding.value == "per_row"
    points = execution.rule if by_row else exact
    parts = [_part(execution.weight, points, execution.printed, by_row=by_row)] if counts else []
    scored, stated = form.is_scored, form.stated_year
    for number, row in enumerate(rows, 1):
        score, exact = (_row if scored else _unscored)(number, row, outcome(row, stated), profile)
        scores.append(score)
        points = score.rule if by_row else exact
        parts.append(_part(score.weight, points, score.printed, by_row=by_row))
    parts += [_part(other.weight, None, other.score, by_row=by_row) for other in other_points(form)]
    total = _total(parts) if scored and rows else None
    return ScoreSheet.trusted(
        profile=profile.id,
        profile_reason=chosen.reason if chosen.profile == profile.id else ASKED_FOR,
        execution=execution,
        indicators=tuple(scores),
        total_printed=read_points(form.total.score),
        total_rule=total,
        grade=grade_of(total, profile) if total is not None else "",
    )


def total_fund_row(form: Form) -> int | None:
    """The row (from 1) of 年度资金总额: the first so labelled, else the first; None without fund rows."""
    for number, line in enumerate(form.funds, 1):
        if _TOTAL_LABEL.search(line.label):
            return number
    return 1 if form.funds else None


def execution_counts(rows: Iterable[Indicator | RowCells]) -> bool:
    """Whether the fund row counts towards the total: not where 预算执行率 is a row of the form too."""
    return not any(
        _EXECUTION_ROW.search(text) and read_weight(row.weight) is not None
        for row in rows
        if "执行" in (text := row.level1 + row.level2 + row.name)
    )


def execution_rate(budget: Decimal | None, executed: Decimal | None) -> Decimal | None:
    """全年执行数 ÷ 全年预算数, unrounded; None where a number is missing or the budget is 0."""
    if budget is None or executed is None or budget <= 0:
        return None
    return executed / budget


def grade_of(total: Decimal, profile: Profile) -> str:
    """优, 良, 中 or 差 of a total; "" above full points, which no total may be."""
    if total > profile.total_weight.value:
        return ""
    grades = profile.grades.value
    steps = ((grades.excellent, "优"), (grades.good, "良"), (grades.fair, "中"))
    return next((name for start, name in steps if total >= start), "差")


def _execution(form: Form, profile: Profile) -> tuple[ExecutionScore, Decimal | None]:
    row = total_fund_row(form)
    if row is None:
        return ExecutionScore(formula="没有填写项目资金"), None
    line = form.funds[row - 1]
    budget, executed = read_amount(line.budget, form.money_unit), read_amount(line.executed, form.money_unit)
    scored = form.is_scored
    weight, printed = (read_weight(line.weight), read_points(line.score)) if scored else (None, None)
    rate = execution_rate(budget, executed)
    if rate is None or budget is None or executed is None:
        exact, formula = _without_rate(budget, weight, profile)
    else:
        exact, formula = _execution_points(budget, executed, rate, weight, profile, scored=scored)
    rule = None if exact is None else half_up(exact)
    score = ExecutionScore.trusted(rate=rate, weight=weight, printed=printed, rule=rule, formula=formula)
    return score, exact


def _without_rate(budget: Decimal | None, weight: Decimal | None, profile: Profile) -> Points:
    if profile.zero_budget.value == "zero" and budget == 0 and weight is not None:
        return Decimal(0), "全年预算数为 0，得 0"
    empty = "全年预算数" if not budget else "全年执行数"
    return None, f"{empty}没有填写或为 0，无法计算执行率"


def _execution_points(
    budget: Decimal,
    executed: Decimal,
    rate: Decimal,
    weight: Decimal | None,
    profile: Profile,
    *,
    scored: bool,
) -> Points:
    if weight is None:
        shown = f"{plain(executed)} ÷ {plain(budget)} = {half_up(rate * 100)}%"
        reason = "没有填写执行率的分值，不计分" if scored else "转移支付自评表不打分"
        return None, f"{shown}；{reason}"
    if rate > 1 and profile.execution_cap.value:
        shown = f"{plain(executed)} ÷ {plain(budget)} = {half_up(rate * 100)}%"
        return weight, f"{shown}，超过 100% 按 100% 计，得满分 {plain(weight)}"
    points = max(Decimal(0), weight * rate)
    return points, f"{plain(weight)} × {plain(executed)} ÷ {plain(budget)} = {plain(points, 2)}"


def _row(number: int, row: ReadRow, seen: Outcome, profile: Profile) -> tuple[IndicatorScore, Decimal | None]:
    cells, way = row.cells, row.direction
    weight = read_weight(cells.weight)
    exact, formula = _points(cells, weight, way, seen, profile)
    score = IndicatorScore(
        row=number,
        weight=weight,
        printed=read_points(cells.score),
        rule=None if exact is None else half_up(exact),
        formula=formula,
        direction=way,
        completion=seen.completion,
        met=seen.met,
        band=band_of(seen, weight, profile) if seen.claim and way is _QUALITATIVE else None,
    )
    return score, exact


def _unscored(number: int, row: ReadRow, seen: Outcome, _profile: Profile) -> tuple[IndicatorScore, None]:
    score = IndicatorScore(
        row=number,
        formula="转移支付自评表不打分",
        direction=row.direction,
        completion=seen.completion,
        met=seen.met,
    )
    return score, None


def _points(
    cells: RowCells, weight: Decimal | None, way: Direction, seen: Outcome, profile: Profile
) -> Points:
    if weight is None:
        text = cells.weight.strip()
        return None, f"分值“{text}”不是数字，无法计分" if text else "没有填写分值，无法计分"
    if weight <= 0:
        return None, f"分值 {plain(weight)} 不大于 0，无法计分"
    if BLANK in cells.actual:
        return None, "实际完成值待填，无法计分"
    if seen.claim and way is _DATE and seen.claim is Claim.ACHIEVED and profile.claim_meets_date.value:
        return weight, f"按口径“完成”视为按时，得满分 {plain(weight)}"
    satisfaction = "满意" in cells.level1 or "满意" in cells.level2
    return points_for(seen, weight, way, profile, satisfaction=satisfaction)


_Part = tuple[bool, Decimal | None]


def _part(weight: Decimal | None, points: Decimal | None, printed: Decimal | None, *, by_row: bool) -> _Part:
    """Whether a row counts towards the total, and its ``points`` by rule, else as printed.

    ``by_row``: each row is rounded by itself, as ``points`` then are.
    """
    if points is None and printed is not None:
        points = half_up(printed) if by_row else printed
    return weight is not None or printed is not None, points


def _total(parts: Iterable[_Part]) -> Decimal | None:
    total, counted = Decimal(0), False
    for counts, points in parts:
        if counts and points is None:
            return None
        if counts and points is not None:
            total, counted = total + points, True
    return half_up(total) if counted else None
