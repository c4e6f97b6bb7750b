"""自评概述: one paragraph on money, points, indicators, problems and measures, every number by code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.drafting.context import Context, Draft, amount, is_open, total_line
from assistant.drafting.explanations import cause_in, gap_of, measure_in, nothing_said
from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import structure_of
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, Indicator
from assistant.form.rounding import half_up, plain
from assistant.rules.score import IndicatorScore, ScoreSheet
from assistant.understanding.measure import plain_name

PLACE = Location(section="header", field="remark")
"""Where a summary stands: the row under the table that is printed where it is filled."""

_FIGURES = re.compile(
    r"年度指标值|全年预算数|目标|实际|执行|完成率|比目标|未执行|为目标的|超出|低于范围|高于范围|计划.*完成$|晚于计划"
)
_MOST = 4
_WHOLE = 100
_FEWEST_RESULTS = 2


def summary_proposals(context: Context) -> Iterator[Proposal]:
    """The summary of a form whose results are known; none while fewer than two rows have a result."""
    if text := summary_text(context):
        reason = (
            "金额、得分和完成数都由表中数据算出，原因和措施取自各行的偏差说明；"
            "采纳后写入表下的备注，也可以复制使用。"
        )
        yield context.set_cell("summary", PLACE, Draft(new=text, reason=reason, computed=text))


def summary_text(context: Context) -> str:
    """The paragraph; "" while the results tell too little."""
    form, sheet = context.form, context.report.sheet
    known = [row for row in form.indicators if not is_open(row.actual)]
    if not form.project_name or len(known) < _FEWEST_RESULTS:
        return ""
    parts = (
        _money(context),
        _points(context),
        _rows(form, sheet),
        _problems(form, sheet),
        _measures(form, sheet),
    )
    return "".join(part for part in parts if part)


def _money(context: Context) -> str:
    form, line = context.form, total_line(context.form)
    year = f"{context.year}年度，" if context.year is not None else "本年度，"
    who = f"由{form.unit}实施，" if form.unit else ""
    project = form.project_name.removesuffix("项目")
    begin = f"{year}“{project}”项目{who}"
    if line is None:
        return begin.rstrip("，") + "。"
    initial, budget, executed = (
        amount(text, form.money_unit) for text in (line.initial, line.budget, line.executed)
    )
    said = []
    if initial is not None and initial != budget:
        said.append(f"年初预算{plain(initial)}万元")
    known = budget if budget else None
    if known is not None or executed is not None:
        said.append(f"全年预算{_amount(known)}万元")
        said.append(f"全年执行{_amount(executed)}万元")
    said += _rate(context, known, executed)
    return begin.rstrip("，") + "，" * bool(said) + "，".join(said) + "。"


def _amount(amount: Decimal | None) -> str:
    return BLANK if amount is None else plain(amount)


def _rate(context: Context, budget: Decimal | None, executed: Decimal | None) -> list[str]:
    """The rate where both amounts are known; an overspent budget with how much and why."""
    rate = context.report.sheet.execution.rate
    if rate is None or budget is None or executed is None:
        return []
    if executed <= budget:
        return [f"预算执行率{_percent(rate)}"]
    note = context.form.total.note
    cause = "" if nothing_said(note) else _short_cause(cause_in(note))
    return [f"超出全年预算{plain(executed - budget)}万元，{cause or f'超支原因是{BLANK}'}"]


def _percent(rate: Decimal) -> str:
    return f"{plain(half_up(rate * 100, 2))}%"


def _points(context: Context) -> str:
    """The total with its parts; that it is open while a row has no points."""
    form, sheet = context.form, context.report.sheet
    if form.template != "project":
        return ""
    if sheet.total_rule is None:
        waiting = sum(_given(score) is None for score in sheet.indicators)
        if waiting:
            return f"有{waiting}项指标尚未计分，总分待补齐后计算。"
        return "预算执行率尚未计分，总分待资金填齐后计算。" if sheet.execution.rule is None else ""
    weights = sum(
        (score.weight or Decimal(0) for score in sheet.indicators), sheet.execution.weight or Decimal(0)
    )
    grade = f"，等次为“{sheet.grade}”" if sheet.grade and weights == _WHOLE else ""
    parts = []
    execution = sheet.execution
    if execution.rule is not None and execution.weight is not None:
        parts.append(f"预算执行率{plain(execution.rule)}分（满分{plain(execution.weight)}分）")
    structure = structure_of(form, context.profile)
    for first in structure.points:
        scores = [
            score
            for score, row in zip(sheet.indicators, form.indicators, strict=True)
            if structure.first_level(row) == first
        ]
        got = sum((_given(score) or Decimal(0) for score in scores), Decimal(0))
        full = sum((score.weight or Decimal(0) for score in scores), Decimal(0))
        if scores:
            parts.append(f"{first}指标{plain(got)}分（满分{plain(full)}分）")
    return f"自评得分{plain(sheet.total_rule, 2)}分{grade}，其中{'、'.join(parts)}。"


def _given(score: IndicatorScore) -> Decimal | None:
    return score.rule if score.rule is not None else score.printed


def _rows(form: Form, sheet: ScoreSheet) -> str:
    total = len(form.indicators)
    met = [score for score in sheet.indicators if score.met is True]
    missed = _missed(form, sheet)
    waiting = sum(is_open(row.actual) for row in form.indicators)
    text = f"共设绩效指标{total}项，达到年度指标值的{len(met)}项"
    if missed:
        names = "、".join(f"{_name(row)}（{_values(row)}）" for row in missed[:_MOST])
        more = f"等{len(missed)}项" if len(missed) > _MOST else f"{len(missed)}项"
        text += f"，未达到的{more}：{names}"
    if waiting:
        text += f"；尚未填写完成值的{waiting}项"
    return text + "。"


def _missed(form: Form, sheet: ScoreSheet) -> list[Indicator]:
    return [form.indicators[score.row - 1] for score in sheet.indicators if score.met is False]


def _name(row: Indicator) -> str:
    return plain_name(row.name)


def _values(row: Indicator) -> str:
    return f"指标值{row.target.strip()}，实际{row.actual.strip()}"


def _problems(form: Form, sheet: ScoreSheet) -> str:
    """The causes as the rows tell them; a marked blank for a missed row that tells none."""
    told = []
    for row in _missed(form, sheet)[:_MOST]:
        cause = "" if nothing_said(row.explanation) else _short_cause(cause_in(row.explanation))
        told.append(f"{_name(row)}{_direction(row)}，{cause or f'原因是{BLANK}'}")
    note = "" if nothing_said(form.total.note) else _short_cause(cause_in(form.total.note))
    if note and not _is_overspent(sheet):
        told.append(f"预算执行率偏低，{note}")
    return f"存在的主要问题：{'；'.join(told)}。" if told else ""


def _is_overspent(sheet: ScoreSheet) -> bool:
    return sheet.execution.rate is not None and sheet.execution.rate > 1


def _direction(row: Indicator) -> str:
    gap = gap_of(row)
    return {"overrun": "超出指标值", "late": "晚于计划"}.get(gap.kind if gap else "", "未达到指标值")


def _short_cause(cause: str) -> str:
    """A cause without the figures that stand before it, which the summary has given already."""
    return "，".join(clause for clause in cause.strip("。").split("，") if not _FIGURES.match(clause))


def _measures(form: Form, sheet: ScoreSheet) -> str:
    texts = [row.explanation for row in _missed(form, sheet)]
    texts += [form.total.note] if not nothing_said(form.total.note) else []
    told = dict.fromkeys(measure.rstrip("。") for text in texts if (measure := measure_in(text)))
    return f"改进措施：{'；'.join(list(told)[:_MOST])}。" if told else ""
