"""Rules of the family weights: points of the rows, their sums, and the levels that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.form.amount import read_points
from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.rules.levels import (
    SECOND_LEVELS,
    FirstLevel,
    bare,
    first_level,
    is_official,
    official_first,
    official_second,
    second_level,
)
from assistant.rules.phrasing import named
from assistant.rules.profile import LevelWeights, Profile
from assistant.rules.rule import Case, Observation, Rule, rule
from assistant.rules.score import execution_counts

_PAYROLL = re.compile(
    "人员经费|工资|薪酬|津贴|津补贴|社保|社会保险|养老保险|医疗保险|公积金|职业年金|抚恤|遗属|离退休|编外|临聘|聘用人员"
)


def _weights(case: Case) -> list[Decimal | None]:
    """The points of the execution rate, where printed, and of all rows."""
    execution = case.sheet.execution.weight if execution_counts(case.form) else None
    rows = [score.weight for score in case.sheet.indicators]
    return rows if execution is None else [execution, *rows]


def _known_sum(case: Case) -> tuple[Decimal, bool]:
    """The sum of all printed weights and whether every row has one."""
    weights = _weights(case)
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)), bool(known) and len(known) == len(weights)


def _addition(case: Case) -> str:
    return " + ".join("空" if weight is None else plain(weight) for weight in _weights(case))


def _is_scored(case: Case) -> bool:
    return case.form.template == "project" and any(row.weight is not None for row in case.sheet.indicators)


@rule("W001", Severity.ERROR)
def weight_sum(case: Case) -> Iterator[Observation]:
    """分值合计不等于100

    检查什么：预算执行率的分值与全部指标的分值相加是否为100。
    依据：财预〔2020〕10号单位自评：预算执行率10分，指标合计90分，总分100分；总分在计分口径中设定。
    为什么：分值合计不是100，总分和等次都没有意义。
    反例：
        indicators[1].weight = 20
    或
        indicators[1].weight = 9.5
    正例：
        indicators[1].weight = 15
        indicators[2].weight = 5
        indicators[2].score = 4.75
    不检查什么：各级分值的分配由level_weights检查；转移支付自评表不设分值；有指标没有填写分值时先由weight_not_positive提示。
    """
    if not _is_scored(case):
        return
    total, complete = _known_sum(case)
    wanted = case.profile.total_weight.value
    if total == wanted or (not complete and total < wanted):
        return
    missing = case.sheet.execution.weight is None and execution_counts(case.form)
    execution = "（预算执行率没有填写分值）" if missing else ""
    yield Observation(
        message=f"分值合计为{plain(total)}，应为{plain(wanted)}{execution}。",
        section="weights",
        printed=plain(total),
        expected=plain(wanted),
        arithmetic=f"{_addition(case)} = {plain(total)}",
        hint=f"调整各指标的分值，使其与预算执行率的分值合计为{plain(wanted)}。",
    )


@rule("W002", Severity.ERROR)
def total_weight_printed(case: Case) -> Iterator[Observation]:
    """总分行的分值与合计不符

    检查什么：总分行填写的分值是否等于预算执行率与各指标分值之和。
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
    printed = read_points(case.form.total.weight)
    total, complete = _known_sum(case)
    if printed is None or not _is_scored(case) or not complete or printed == total:
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

    检查什么：产出、效益、满意度（以及单列的成本）各级指标的分值合计是否等于计分口径的权重。
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
    不检查什么：特殊情况可以调整权重，因此只作提示；不设满意度而把其分值并入效益的不提示。
    """
    wanted = case.profile.weights_for(case.form)
    if wanted is None or not _is_scored(case) or not _known_sum(case)[1]:
        return
    sums = _level_sums(case)
    if any(first_level(cells) is None for cells in case.form.indicators):
        return
    if sums in _accepted(wanted, case.profile):
        return
    levels = [level for level in FirstLevel if level in sums or _wanted(wanted, level)]
    printed = " / ".join(f"{level}{plain(sums.get(level, Decimal(0)))}" for level in levels)
    expected = " / ".join(f"{level}{plain(_wanted(wanted, level))}" for level in levels)
    yield Observation(
        message=f"一级指标的分值为{printed}，通行权重为{expected}。",
        section="weights",
        printed=printed,
        expected=expected,
        arithmetic="；".join(_level_addition(case, level) for level in levels if level in sums),
        hint="如无特殊规定，按通行权重调整各级分值；确需调整的，准备好说明。",
    )


def _level_sums(case: Case) -> dict[FirstLevel, Decimal]:
    sums: dict[FirstLevel, Decimal] = {}
    for line in case.lines:
        level = first_level(line.cells)
        if level and line.score.weight is not None:
            sums[level] = sums.get(level, Decimal(0)) + line.score.weight
    return sums


def _level_addition(case: Case, level: FirstLevel) -> str:
    weights = [
        plain(line.score.weight or Decimal(0)) for line in case.lines if first_level(line.cells) is level
    ]
    return f"{level} {' + '.join(weights)}"


def _wanted(weights: LevelWeights, level: FirstLevel) -> Decimal:
    by_level = {
        FirstLevel.COST: weights.cost,
        FirstLevel.OUTPUT: weights.output,
        FirstLevel.BENEFIT: weights.benefit,
        FirstLevel.SATISFACTION: weights.satisfaction,
    }
    return by_level[level] or Decimal(0)


def _accepted(weights: LevelWeights, profile: Profile) -> list[dict[FirstLevel, Decimal]]:
    """The level sums that a profile accepts: its own, and those without 满意度."""
    plain_sums: dict[FirstLevel, Decimal] = {
        level: value for level in FirstLevel if (value := _wanted(weights, level)) > 0
    }
    accepted = [plain_sums]
    if profile.satisfaction_moves_to_benefit.value:
        moved = dict(plain_sums)
        moved.pop(FirstLevel.SATISFACTION, None)
        moved[FirstLevel.BENEFIT] = weights.benefit + weights.satisfaction
        accepted.append(moved)
    return accepted


@rule("W004", Severity.ERROR)
def weight_not_positive(case: Case) -> Iterator[Observation]:
    """指标的分值没有填写，或不大于零

    检查什么：每个指标的分值是否为大于零的数；全部没有填写时只报一条。
    依据：在用系统的校验：指标权重必须大于零。
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
    不检查什么：转移支付自评表不设分值；分值合计由weight_sum检查。
    """
    if case.form.template != "project" or not case.form.indicators:
        return
    if not _is_scored(case):
        yield Observation(
            message="所有指标都没有填写分值，无法计分。",
            section="weights",
            expected="指标分值合计90，加预算执行率10",
            hint="为每个指标填写分值，与预算执行率的分值合计为100。",
        )
        return
    for line in case.lines:
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


_COST = "成本"


@rule("W005", Severity.WARNING)
def missing_second_level(case: Case) -> Iterator[Observation]:
    """产出指标缺少二级指标

    检查什么：产出指标下是否有数量、质量、时效、成本各类指标；成本已单列为一级指标时不要求，2022年起的表完全没有成本指标时只提示。
    依据：财预〔2020〕10号附件1：产出指标分为数量、质量、时效、成本指标；101号把成本单列。
    为什么：缺一类，就看不出花多少钱、按什么标准、什么时候完成。
    反例：
        indicators[5].level2 = 数量指标
        indicators[5].name = 配发培训教材套数
        indicators[5].target = ≥360套
        indicators[5].actual = 360套
    正例：
        indicators[5].level2 = 成本
    不检查什么：效益指标下的各类按项目需要设置，不要求齐全；整个产出指标都没有时由missing_first_level提示。
    """
    rows = [cells for cells in case.form.indicators if first_level(cells) is FirstLevel.OUTPUT]
    if not rows or any(not second_level(cells) for cells in rows):
        return
    present = {second_level(cells) for cells in rows}
    cost_first = any(first_level(cells) is FirstLevel.COST for cells in case.form.indicators)
    due = case.profile.second_levels.value.output
    wanted = [*due, _COST] if _COST not in due else list(due)
    missing = [
        stem
        for stem in wanted
        if stem not in present
        and not any(stem in other for other in present)
        and not (cost_first and stem == _COST)
    ]
    if not missing:
        return
    counts = "、".join(f"{stem}{sum(second_level(cells) == stem for cells in rows)}个" for stem in wanted)
    names = "、".join(official_second(stem) for stem in missing)
    yield Observation(
        message=f"产出指标下没有{names}。",
        section="structure",
        printed=counts,
        expected=f"至少1个{names}",
        hint=f"补充{names}；如确实不适用，在备注中说明。",
        severity=None if set(missing) & set(due) else Severity.NOTE,
    )


@rule("W006", Severity.ERROR)
def missing_first_level(case: Case) -> Iterator[Observation]:
    """缺少一级指标

    检查什么：是否有产出指标和效益指标（错误），是否有满意度指标（提醒；工资、社保一类人员经费项目为提示）。
    依据：财预〔2020〕10号附件1的指标框架；在用系统要求产出和效益至少各有一个指标。
    为什么：缺少产出或效益，不能说明资金花在哪里、有什么效果。
    反例：
        删除 = indicators[6]
        删除 = indicators[7]
    或
        删除 = indicators[8]
    正例：
        删除 = indicators[8]
        indicators[7].weight = 25
    不检查什么：不适用满意度而把其分值并入效益的不提示；采用其他指标框架的表格不检查。
    """
    rows = case.form.indicators
    levels = {first_level(cells) for cells in rows}
    if None in levels:
        return
    satisfied = any(second_level(cells) == "服务对象满意度" for cells in rows)
    for level in (FirstLevel.OUTPUT, FirstLevel.BENEFIT, FirstLevel.SATISFACTION):
        optional = level is FirstLevel.SATISFACTION
        if level in levels or (optional and (satisfied or _moved_to_benefit(case))):
            continue
        name = official_first(level)
        yield Observation(
            message=f"没有{name}。",
            section="structure",
            expected=f"至少1个{name}",
            hint="设置服务对象满意度指标；确实不适用的，把它的分值并入效益指标。"
            if optional
            else f"补充{name}，并从其他指标调整出分值。",
            severity=_satisfaction_severity(case) if optional else None,
        )


def _satisfaction_severity(case: Case) -> Severity:
    """Payroll serves nobody whom one could ask; elsewhere a person must look."""
    return Severity.NOTE if _PAYROLL.search(case.form.project_name) else Severity.WARNING


def _moved_to_benefit(case: Case) -> bool:
    wanted = case.profile.weights_for(case.form)
    if wanted is None or not case.profile.satisfaction_moves_to_benefit.value:
        return False
    return _level_sums(case).get(FirstLevel.BENEFIT, Decimal(0)) >= wanted.benefit + wanted.satisfaction


@rule("W007", Severity.NOTE)
def level_label(case: Case) -> Iterator[Observation]:
    """一级、二级指标的名称不规范，或放错了位置

    检查什么：一级、二级指标是否写成规定的名称（提示）；二级指标是否放在了别的一级指标之下（提醒）。
    依据：财预〔2020〕10号附件1、财预〔2021〕101号附件1的指标名称。
    为什么：名称不统一，汇总时归不到同一类；放错位置会使各级分值失真。
    反例：
        indicators[8].level2 = 满意度指标
    或
        indicators[8].level1 = 效益指标
    正例：
        indicators[8].level1 = 满意度指标（10分）
    不检查什么：其他指标框架（如决策、过程）的名称；空着的一级、二级指标。
    """
    yield from _misnamed(case.form)
    for number, cells in enumerate(case.form.indicators, 1):
        stem, level = second_level(cells), first_level(cells)
        if not stem or level is None or level in SECOND_LEVELS[stem] or not bare(cells.level1):
            continue
        wanted = official_first(SECOND_LEVELS[stem][0])
        yield Observation(
            message=f"第{number}行的“{cells.level2}”放在了“{cells.level1}”之下，应属于{wanted}。",
            section="indicators",
            row=number,
            field="level1",
            printed=f"{cells.level1} / {cells.level2}",
            expected=f"{wanted} / {official_second(stem)}",
            hint=f"把这一行移到{wanted}之下，并核对各级分值。",
            severity=Severity.WARNING,
        )


def _misnamed(form: Form) -> Iterator[Observation]:
    """One observation for each wrong label, at its first row."""
    seen: dict[tuple[str, str, str], list[int]] = {}
    for number, cells in enumerate(form.indicators, 1):
        level, stem = first_level(cells), second_level(cells)
        if level and cells.level1.strip() and not is_official(cells.level1, official_first(level)):
            seen.setdefault(("level1", cells.level1, official_first(level)), []).append(number)
        if stem and not is_official(cells.level2, official_second(stem)):
            seen.setdefault(("level2", cells.level2, official_second(stem)), []).append(number)
    for (field, label, official), numbers in seen.items():
        rank = "一级" if field == "level1" else "二级"
        yield Observation(
            message=f"第{'、'.join(map(str, numbers))}行的{rank}指标“{label}”，规定的名称是“{official}”。",
            section="indicators",
            row=numbers[0],
            field=field,
            printed=label,
            expected=official,
            hint=f"改为“{official}”。",
        )


RULES: tuple[Rule, ...] = (
    weight_sum,
    total_weight_printed,
    level_weights,
    weight_not_positive,
    missing_second_level,
    missing_first_level,
    level_label,
)
