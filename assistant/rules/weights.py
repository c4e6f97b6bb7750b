"""Rules of the family weights: points of the rows and their sums; the levels are in ``structure``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.form.amount import read_weight
from assistant.form.finding import Severity
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.rules import printed_points, row_sums, structure
from assistant.rules.levels import FirstLevel
from assistant.rules.phrasing import named
from assistant.rules.profile import LevelWeights, Profile, load_profile, profile_ids
from assistant.rules.rows import scored_elsewhere
from assistant.rules.rule import Case, Observation, Rule, rule
from assistant.rules.structure import level_sums


def _known_sum(case: Case) -> tuple[Decimal, bool]:
    """The sum of all printed weights and whether every row has one."""
    known = [weight for weight in case.weights if weight is not None]
    return sum(known, Decimal(0)), bool(known) and len(known) == len(case.weights)


def _addition(case: Case) -> str:
    return " + ".join("空" if weight is None else plain(weight) for weight in case.weights)


@rule("W001", Severity.ERROR)
def weight_sum(case: Case) -> Iterator[Observation]:
    """分值合计不等于100

    检查什么：预算执行率的分值与全部指标的分值相加是否为100；各行没有分值、只在年度目标后注明分值的，看注明的分值相加是否为100。
    依据：财预〔2020〕10号单位自评：预算执行率10分，指标合计90分，总分100分；总分在评分口径中设定。
    为什么：分值合计不是100，总分和等次都没有意义。
    反例：
        indicators[1].weight = 20
    或
        indicators[1].weight = 9.5
    正例：
        indicators[1].weight = 15
        indicators[2].weight = 5
        indicators[2].score = 4.75
    不检查什么：各级分值的分配由level_weights检查；不设分值的转移支付自评表；有指标没有填写分值时先由weight_not_positive提示。
    """
    if scored_elsewhere(case.form):
        return
    if not case.is_weighted:
        yield from _headed(case)
        return
    total, complete = _known_sum(case)
    wanted = case.profile.total_weight.value
    if total == wanted or (not complete and total < wanted):
        return
    missing = case.sheet.execution.weight is None and case.execution_counts
    execution = "（预算执行率没有填写分值）" if missing else ""
    yield Observation(
        message=f"分值合计为{plain(total)}，应为{plain(wanted)}{execution}。",
        section="weights",
        printed=plain(total),
        expected=plain(wanted),
        arithmetic=f"{_addition(case)} = {plain(total)}",
        hint=f"调整各指标的分值，使其与预算执行率的分值合计为{plain(wanted)}。",
    )


def _headed(case: Case) -> Iterator[Observation]:
    """The points of headings over all rows of a form that prints none for the rows themselves."""
    heads = row_sums.headings(case)
    headed = {row.number for head in heads for row in head.rows}
    execution = case.sheet.execution.weight if case.execution_counts else Decimal(0)
    points = [execution, *(other.weight for other in case.other_points), *(head.points for head in heads)]
    known = [value for value in points if value is not None]
    total, wanted = sum(known, Decimal(0)), case.profile.total_weight.value
    if not heads or len(headed) < len(case.counted) or len(known) < len(points) or total == wanted:
        return
    yield Observation(
        message=f"预算执行率的分值与各处注明的分值合计为{plain(total)}，应为{plain(wanted)}。",
        section="weights",
        printed=plain(total),
        expected=plain(wanted),
        arithmetic=f"{' + '.join(map(plain, known))} = {plain(total)}",
        hint=f"核对这几处注明的分值：{'、'.join(shortened(head.label) for head in heads)}。",
    )


@rule("W002", Severity.ERROR)
def total_weight_printed(case: Case) -> Iterator[Observation]:
    """总分行或小计行的分值与合计不符

    检查什么：总分行填写的分值是否等于预算执行率与各指标分值之和；指标中间有小计、合计行的，它的分值是否等于以上各行分值之和。
    依据：自评表总分行为以上各项之和。
    为什么：总分行照抄100而实际合计不是100，会掩盖分值设置的错误。
    反例：
        indicators[1].weight = 12
    或
        total.weight = 90
    正例：
        total.weight = 100.00
    不检查什么：总分行没有填写分值时不检查；有指标没有填写分值时不检查。
    """
    for seen in row_sums.misadded(case, "weight"):
        yield row_sums.observed(seen, "weight")
    printed = read_weight(case.form.total.weight)
    if printed is None or not case.is_weighted:
        return
    total, complete = _known_sum(case)
    if not complete or printed == total:
        return
    if scored_elsewhere(case.form):
        return
    yield Observation(
        message=f"总分行的分值填写为{case.form.total.weight}，各项分值实际合计为{plain(total)}。",
        section="total",
        field="weight",
        printed=case.form.total.weight,
        expected=plain(total),
        arithmetic=f"{_addition(case)} = {plain(total)} ≠ {plain(printed)}",
        hint="先把各项分值改正到合计100，再核对总分行。",
    )


@rule("W003", Severity.NOTE)
def level_weights(case: Case) -> Iterator[Observation]:
    """一级指标的分值与通行权重不同

    检查什么：产出、效益、满意度（以及单列的成本）各级指标的分值合计是否等于评分口径的权重。
    依据：财预〔2020〕10号建议产出50、效益30、满意度10；财预〔2021〕101号设成本指标时为成本20、产出40、效益20、满意度10，不设的为产出50、效益30、满意度10。
    为什么：权重偏离通行做法时，审核人通常要求说明。
    反例：
        indicators[1].weight = 5
        indicators[7].weight = 20
    正例：
        indicators[1].weight = 5
        indicators[2].weight = 15
    或
        删除 = indicators[8]
        indicators[7].weight = 25
    不检查什么：特殊情况可以调整权重，因此只作提示；预算执行20分、指标80分的表；资金管理等另有分值的表；不设满意度而把其分值并入效益的不提示。
    """
    if not case.is_weighted or any(line.level is None for line in case.filled) or not _known_sum(case)[1]:
        return
    if case.other_points:
        return
    wanted = case.profile.weights_for(case.form)
    if wanted is None:
        return
    if _of_free_practice(case.sheet.execution.weight, case.profile):
        return
    sums = level_sums(case)
    if _is_accepted(sums, wanted, case.profile):
        return
    due = _by_level(wanted)
    levels = [level for level in FirstLevel if level in sums or due[level]]
    printed = " / ".join(f"{level}{plain(sums.get(level, Decimal(0)))}" for level in levels)
    expected = " / ".join(f"{level}{plain(due[level])}" for level in levels)
    yield Observation(
        message=f"一级指标的分值为{printed}，通行权重为{expected}。",
        section="weights",
        printed=printed,
        expected=expected,
        arithmetic="；".join(_level_addition(case, level) for level in levels if level in sums),
        hint="如无特殊规定，按通行权重调整各级分值；确需调整的，准备好说明。",
    )


def _of_free_practice(execution: Decimal | None, profile: Profile) -> bool:
    """True for the points of execution of a practice (20 + 80) that fixes none for the first levels."""
    if execution == profile.execution_weight.value:
        return profile.level_weights.value is None
    known = (load_profile(name) for name in profile_ids())
    return any(
        other.execution_weight.value == execution and other.level_weights.value is None for other in known
    )


def _level_addition(case: Case, level: FirstLevel) -> str:
    weights = [plain(line.score.weight or Decimal(0)) for line in case.lines if line.level is level]
    return f"{level} {' + '.join(weights)}"


def _by_level(weights: LevelWeights) -> dict[FirstLevel, Decimal]:
    return {
        FirstLevel.COST: weights.cost or Decimal(0),
        FirstLevel.OUTPUT: weights.output,
        FirstLevel.BENEFIT: weights.benefit,
        FirstLevel.SATISFACTION: weights.satisfaction,
    }


def _is_accepted(sums: dict[FirstLevel, Decimal], weights: LevelWeights, profile: Profile) -> bool:
    """Whether a profile accepts the level sums: its own, and those without 满意度."""
    accepted = {level: value for level, value in _by_level(weights).items() if value > 0}
    if sums == accepted or not profile.satisfaction_moves_to_benefit.value:
        return sums == accepted
    accepted.pop(FirstLevel.SATISFACTION, None)
    accepted[FirstLevel.BENEFIT] = weights.benefit + weights.satisfaction
    return sums == accepted


@rule("W004", Severity.ERROR)
def weight_not_positive(case: Case) -> Iterator[Observation]:
    """指标的分值没有填写，或不大于零

    检查什么：每个指标的分值是否为大于零的数；全部没有填写时只报一条，表式本来没有分值栏的降为提醒或提示。
    依据：在用的填报系统校验指标权重必须大于零。
    为什么：没有分值的指标不参与计分，等于没有设置。
    反例：
        indicators[1].weight = 0
        indicators[2].weight = 20
    或
        indicators[1].weight =
    或
        indicators[1].weight = -5
    正例：
        indicators[1].weight = 10分
    不检查什么：不设分值的转移支付自评表；分值合计由weight_sum检查；模板留下的空行，以及“其中”一类不单独计分的细项。
    """
    if not case.form.is_scored or not case.form.indicators:
        return
    if not case.is_weighted:
        yield _unweighted(case)
        return
    for line in case.counted:
        weight = line.score.weight
        if weight is not None and weight > 0:
            continue
        text = line.cells.weight.strip()
        problem = (
            "没有填写"
            if not text
            else f"填写为“{text}”，不是数字"
            if weight is None
            else f"为{text}，不大于0"
        )
        yield Observation(
            message=f"指标{named(line)}的分值{problem}。",
            section="indicators",
            row=line.number,
            field="weight",
            printed=line.cells.weight,
            expected=">0",
            hint="填写这个指标的分值；不再考核的指标应删除，并把分值分给其他指标。",
        )


def without_weights(case: Case) -> bool:
    """Whether the form is of an edition (execution 20, indicators 80) that prints scores and no weights."""
    weighted = any(row.weight.strip() for row in case.form.indicators)
    return not weighted and _of_free_practice(case.sheet.execution.weight, case.profile)


def _unweighted(case: Case) -> Observation:
    """No row has points: an error, unless the edition has no column for them."""
    form = case.form
    scored = any(row.score.strip() for row in form.indicators)
    if without_weights(case) or ("indicators.weight" in form.absent and scored):
        message, severity = (
            "表上没有各指标的分值，各项得分无法核对。",
            Severity.NOTE,
        )
    elif not any((form.total.score, form.total.weight, *(r.score for r in form.indicators))) and all(
        line.cells.actual.strip() for line in case.filled
    ):
        message, severity = "这张表没有分值和得分，不能计分。", Severity.WARNING
    else:
        message, severity = "所有指标都没有填写分值，无法计分。", Severity.ERROR
    return Observation(
        message=message,
        section="weights",
        expected="指标分值合计90，加预算执行率10",
        hint="为每个指标填写分值，与预算执行率的分值合计为100。"
        if severity is Severity.ERROR
        else "表式有分值栏的，补填各指标的分值；没有的，按本地的评分标准核对各项得分。",
        severity=severity,
    )


RULES: tuple[Rule, ...] = (
    weight_sum,
    total_weight_printed,
    level_weights,
    weight_not_positive,
    *structure.RULES,
    printed_points.level_points,
)
