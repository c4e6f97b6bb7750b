"""Rules of the family weights about the levels: which there must be, and how they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.form.finding import Severity
from assistant.rules.levels import (
    SECOND_LEVELS,
    FirstLevel,
    bare,
    is_official,
    official_first,
    official_second,
)
from assistant.rules.line import Line
from assistant.rules.rows import is_of_process
from assistant.rules.rule import Case, Observation, Rule, rule

_PAYROLL = re.compile(
    "人员经费|工资|薪酬|津贴|津补贴|社保|社会保险|养老保险|医疗保险|公积金|职业年金|抚恤|遗属|离退休|编外|临聘|聘用人员"
)
_COST = "成本"
_SATISFACTION = "服务对象满意度"
_NEAR = re.compile("数量|质量|时效|成本|效益|效应|影响|持续")
"""Words of the official second levels, by which an unknown one (社会影响) is known as meant for them."""
_MOST_LABELS = 3
_TELLING = 3
"""Characters by which a second level is known in another word: 可持续性."""


def level_sums(case: Case) -> dict[FirstLevel, Decimal]:
    """The points of the rows under each first level."""
    sums: dict[FirstLevel, Decimal] = {}
    for line in case.lines:
        if line.level and line.score.weight is not None:
            sums[line.level] = sums.get(line.level, Decimal(0)) + line.score.weight
    return sums


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
    output, cost = FirstLevel.OUTPUT, FirstLevel.COST
    stems = [line.stem for line in case.filled if line.level is output]
    if not stems or not all(stems):
        return
    present = set(stems)
    cost_first = any(line.level is cost for line in case.filled)
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
    counts = "、".join(f"{stem}{stems.count(stem)}个" for stem in wanted)
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

    检查什么：是否有产出指标和效益指标（错误），是否有满意度指标（提醒；工资、社保一类人员经费项目，或者满意度的
        分值已并入效益的，为提示）。
    依据：财预〔2020〕10号附件1的指标框架；在用的填报系统要求产出和效益至少各有一个指标。
    为什么：缺少产出或效益，不能说明资金花在哪里、有什么效果。
    反例：
        删除 = indicators[6]
        删除 = indicators[7]
    或
        删除 = indicators[8]
    或
        删除 = indicators[8]
        indicators[7].weight = 25
    正例：
        删除 = indicators[8]
        indicators[7].weight = 25
        project_name = 编外人员工资
    不检查什么：人员经费项目把满意度的分值并入效益的不提示；采用其他指标框架的表格不检查。
    """
    levels = {line.level for line in case.filled}
    if None in levels:
        return
    for level in (FirstLevel.OUTPUT, FirstLevel.BENEFIT):
        if level not in levels:
            name = official_first(level)
            yield Observation(
                message=f"没有{name}。",
                section="structure",
                expected=f"至少1个{name}",
                hint=f"补充{name}，并从其他指标调整出分值。",
            )
    satisfied = any(line.stem == _SATISFACTION for line in case.lines)
    if FirstLevel.SATISFACTION not in levels and not satisfied:
        yield from _unsatisfied(case)


def _unsatisfied(case: Case) -> Iterator[Observation]:
    """Payroll serves nobody whom one could ask; elsewhere a person must look."""
    payroll, moved = _PAYROLL.search(case.form.project_name), _moved_to_benefit(case)
    if payroll and moved:
        return
    name = official_first(FirstLevel.SATISFACTION)
    yield Observation(
        message=f"没有{name}，它的分值并入了效益指标。" if moved else f"没有{name}。",
        section="structure",
        expected=f"至少1个{name}",
        hint="有服务对象的，设置服务对象满意度指标。"
        if moved
        else "设置服务对象满意度指标；确实不适用的，把它的分值并入效益指标。",
        severity=Severity.NOTE if payroll or moved else Severity.WARNING,
    )


def _moved_to_benefit(case: Case) -> bool:
    wanted = case.profile.weights_for(case.form)
    if wanted is None or not case.profile.satisfaction_moves_to_benefit.value:
        return False
    return level_sums(case).get(FirstLevel.BENEFIT, Decimal(0)) >= wanted.benefit + wanted.satisfaction


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
    不检查什么：其他指标框架（决策、过程、产出、效益）的表；空着的一级、二级指标；评分口径允许满意度列在效益之下的。
    """
    if any(line.level is None and is_of_process(line.cells) for line in case.lines):
        return
    yield from _misnamed(case.lines)
    for line in case.lines:
        number, cells, stem, level = line.number, line.cells, line.stem, line.level
        if not stem or level is None or level in SECOND_LEVELS[stem] or not bare(cells.level1):
            continue
        beneath = level is FirstLevel.BENEFIT and stem == _SATISFACTION
        if beneath and case.profile.satisfaction_under_benefit.value:
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


def _choice(level: FirstLevel, label: str) -> str:
    """The official second levels under a first level: the one that ``label`` is meant for, else all."""
    stems = [stem for stem, levels in SECOND_LEVELS.items() if level in levels]
    meant = [stem for stem in stems if stem[:_TELLING] in label]
    return "、".join(official_second(stem) for stem in (meant if len(meant) == 1 else stems))


@lru_cache(maxsize=1024)
def _wrong_labels(
    level1: str, level2: str, level: FirstLevel | None, stem: str
) -> tuple[tuple[str, str, str], ...]:
    """The labels of a row that are not the official ones: field, label, official name."""
    wrong: list[tuple[str, str, str]] = []
    if level and level1.strip() and not is_official(level1, official_first(level)):
        wrong.append(("level1", level1, official_first(level)))
    if stem and not is_official(level2, official_second(stem)):
        wrong.append(("level2", level2, official_second(stem)))
    elif level and not stem and _NEAR.search(level2):
        wrong.append(("level2", level2, _choice(level, level2)))
    return tuple(wrong)


def _misnamed(lines: Sequence[Line]) -> Iterator[Observation]:
    """One observation for each wrong label, at its first row; or one for all of them."""
    seen: dict[tuple[str, str, str], list[int]] = {}
    for line in lines:
        for wrong in _wrong_labels(line.cells.level1, line.cells.level2, line.level, line.stem):
            seen.setdefault(wrong, []).append(line.number)
    if len(seen) > _MOST_LABELS:
        labels = "、".join(f"“{label}”应为“{official}”" for _, label, official in seen)
        yield Observation(
            message=f"一级、二级指标的名称与规定的不同：{labels}。",
            section="indicators",
            printed="、".join(label for _, label, _ in seen),
            expected="、".join(official for *_, official in seen),
            hint="按规定的名称填写一级、二级指标。",
        )
        return
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
    missing_second_level,
    missing_first_level,
    level_label,
)
