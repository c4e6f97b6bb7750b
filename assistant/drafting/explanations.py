"""偏差原因分析及改进措施: figures by code, the cause as told or a marked blank, a measure that fits."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.drafting.context import Context, Draft, amount, is_open, total_line
from assistant.drafting.precedents import Precedent, cite, precedents
from assistant.drafting.proposal import Proposal
from assistant.form.finding import Location
from assistant.form.model import BLANK, Form, Frozen, Indicator
from assistant.form.rounding import plain
from assistant.form.value import Direction, Kind, Value, direction, in_unit_of, read_actual, read_target
from assistant.grounding.evidence import Evidence
from assistant.rules.reasons import reason_of
from assistant.understanding.customs import Deviation, customs, phrases
from assistant.understanding.measure import plain_name, read_measure
from assistant.understanding.row_matching import find_rows, row_numbers
from assistant.understanding.statements import Told, formal, read_causes, read_measures

LONGEST = 150
"""How long an explanation may be in characters; figures are shortened before a cause is."""

_CALLS = frozenset(
    {
        "deviation_unexplained",
        "over_completion_unexplained",
        "explanation_without_measure",
        "explanation_contradicts",
    }
)
_MEASURE = re.compile(r"[。；;，,\s]*(?:改进措施|整改措施)[为是：:]*")
_CAUSE = re.compile(r"^\s*(?:偏差)?原因(?:分析)?[为是：:]*")
_AFTER_FIGURES = re.compile(
    r"(?:年度指标值|全年预算数|计划|目标|预算执行率).*?，(?:主要原因是|(?=因|受|由于))(?P<cause>.+)$",
    re.DOTALL,
)
_FUND_WORDS = ("执行", "预算", "资金", "支出", "拨付", "支付", "尾款", "结余", "合同")
_OF_SPENDING = re.compile(
    r"^(?:本?项目)?(?:预算|资金)?(?:执行率|支出进度|资金)[^，。]{0,4}(?:低|慢|没|未|不)"
)
_OWNER_LENGTH = 22
_EXAMPLES = 3
_BARE_INFLUENCE = re.compile(r"^[^，。受因由]{1,10}影响$")
_BEGINS_AS_CAUSE = re.compile(r"^(?:因|由于|受|为了?|根据|按照|主要|原因)")


class Gap(Frozen):
    """A row's deviation: its kind and its figures in words, long and short, computed from the row."""

    kind: Deviation
    figures: str
    short: str


def explanation_proposals(context: Context) -> Iterator[Proposal]:
    """A proposal for each row that needs an explanation, then one for a low execution of the budget."""
    causes, measures = told_by_row(context)
    used = {measure for row in context.form.indicators if (measure := measure_in(row.explanation))}
    for number in rows_needing(context):
        draft = draft_explanation(context, number, causes.get(number, ""), measures.get(number, ""), used)
        used.add(measure_in(draft.new))
        place = Location(section="indicators", row=number, field="explanation")
        if not draft.new or draft.new == context.form.indicators[number - 1].explanation:
            continue
        proposal = context.set_cell("explanation", place, draft)
        if causes.get(number) and (faults := context.at_cell(proposal.edits, place)):
            proposal = context.set_cell(
                "explanation", place, _asked_again(context, number, faults[0].message)
            )
        yield proposal
    draft = draft_execution(context)
    if draft.new and draft.new != context.form.total.note:
        yield context.set_cell("explanation", Location(section="total", field="note"), draft)


def rows_needing(context: Context) -> tuple[int, ...]:
    """Rows whose deviation has no full explanation: as the rules find, or not met and nothing said."""
    found = {
        finding.location.row
        for finding in context.report.findings
        if finding.rule in _CALLS and finding.location.section == "indicators" and finding.location.row
    }
    for score in context.report.sheet.indicators:
        if score.met is False and nothing_said(context.form.indicators[score.row - 1].explanation):
            found.add(score.row)
    return tuple(number for number in sorted(found) if gap_of(context.form.indicators[number - 1]))


def nothing_said(explanation: str) -> bool:
    """Whether an explanation cell says nothing: empty, a dash, 无, no deviation, or still a marked blank."""
    return is_open(explanation) or not reason_of(explanation)


def draft_explanation(
    context: Context, number: int, cause: str = "", measure: str = "", used: Container[str] = ()
) -> Draft:
    """The explanation of row ``number``; ``cause`` and ``measure`` as told, "" where nothing was.

    ``used``: measures of other rows, which this one does not repeat.
    """
    row = context.form.indicators[number - 1]
    gap = gap_of(row)
    if gap is None:
        return Draft()
    own_cause, own_measure = _parts(row.explanation)
    stated = cause or own_cause
    action = measure or own_measure or measure_for(gap.kind, row, stated, context.form.unit, used)
    text = compose(gap, stated, action)
    examples = _examples(context, row, gap)
    question = "" if stated else _question(number, row, gap)
    return Draft(
        new=text,
        reason=_reason(gap, cause, own_cause, measure, examples),
        question=question,
        evidence=examples,
        computed="；".join((gap.figures, gap.short, stated, measure or own_measure)),
    )


def _asked_again(context: Context, number: int, fault: str) -> Draft:
    """The explanation without the cause that was told, because the rules find fault with it."""
    draft = draft_explanation(context, number)
    return draft.model_copy(
        update={
            "question": f"{fault}请核对后再说一遍原因。",
            "reason": f"您说的原因没有采用：{fault}{draft.reason}",
        }
    )


def compose(gap: Gap, cause: str, measure: str) -> str:
    """偏差原因：…。改进措施：…。 within the usual length; a marked blank stands for an unknown cause."""
    said = f"，{_said(cause)}" if cause else f"，原因是{BLANK}"
    ending = f"。改进措施：{measure.rstrip('。')}。"
    full = f"偏差原因：{gap.figures}{said}{ending}"
    return full if len(full) <= LONGEST else f"偏差原因：{gap.short}{said}{ending}"


def _said(cause: str) -> str:
    """A cause as it follows the figures: 疫情影响 becomes 受疫情影响, a bare statement 主要原因是…."""
    cause = re.sub(r"\s+", "，", cause.strip("。；;，,. "))
    if _BARE_INFLUENCE.match(cause):
        return f"受{cause}"
    return cause if _BEGINS_AS_CAUSE.match(cause) else f"主要原因是{cause}"


def gap_of(row: Indicator) -> Gap | None:
    """How a row's actual lies beside its target, in words; None if it does not deviate or cannot be read."""
    target = read_target(row.target, name=row.name, level2=row.level2)
    actual = read_actual(row.actual, target)
    way = direction(target, name=row.name, level2=row.level2)
    if target.kind is Kind.DATE:
        return _date_gap(target, actual)
    if target.kind is Kind.QUALITATIVE:
        return _wording_gap(row)
    if actual.number is None or target.number is None:
        return None
    number = in_unit_of(actual, target)
    if number is None:
        return None
    if target.kind is Kind.RANGE and target.upper is not None:
        return _range_gap(target, number)
    if not target.unit_norm:
        target = replace(target, unit_norm=actual.unit_norm or _unit_in(row))
    return _number_gap(target, number, way)


def _unit_in(row: Indicator) -> str:
    """The unit that the name itself tells (人数), for values printed without one; "" where it does not."""
    measure = read_measure(row.name, row.level2, row.level1)
    return measure.unit if measure.shape == "count" and measure.certain else ""


def _number_gap(target: Value, actual: Decimal, way: Direction) -> Gap | None:
    goal = target.number
    if goal is None or goal == actual:
        return None
    unit = "" if target.unit_norm == "%" else target.unit_norm
    percent = "%" if target.unit_norm == "%" else ""
    goal_text, actual_text = f"{plain(goal)}{percent}{unit}", f"{plain(actual)}{percent}{unit}"
    size = f"{plain(abs(actual - goal))}{'个百分点' if percent else unit}"
    rate = f"{plain(actual / goal * 100, 2)}%" if goal else ""
    lower = way is Direction.LOWER
    base = f"年度指标值{goal_text}，实际{'' if lower else '完成'}{actual_text}"
    short = f"目标{goal_text}，实际{actual_text}"
    if actual < goal and not lower:
        long = f"{base}，完成率{rate}，比目标少{size}" if not percent else f"{base}，比目标低{size}"
        return Gap(kind="shortfall", figures=long, short=short)
    if actual > goal and lower:
        return Gap(kind="overrun", figures=f"{base}，比目标高{size}", short=short)
    if lower:
        return Gap(kind="underspend", figures=f"{base}，比目标低{size}", short=short)
    long = f"{base}，为目标的{rate}，超出{size}" if rate and not percent else f"{base}，超出{size}"
    return Gap(kind="excess", figures=long, short=short)


def _range_gap(target: Value, actual: Decimal) -> Gap | None:
    low, high = target.number, target.upper
    if low is None or high is None or low <= actual <= high:
        return None
    unit = target.unit_norm
    near, word, kind = (low, "低于", "shortfall") if actual < low else (high, "高于", "excess")
    size = f"{plain(abs(actual - near))}{'个百分点' if unit == '%' else unit}"
    base = f"年度指标值{plain(low)}-{plain(high)}{unit}，实际完成{plain(actual)}{unit}"
    short = f"目标{plain(low)}-{plain(high)}{unit}，实际{plain(actual)}{unit}"
    return Gap.model_validate({"kind": kind, "figures": f"{base}，{word}范围{size}", "short": short})


def _date_gap(target: Value, actual: Value) -> Gap | None:
    if actual.kind is not Kind.DATE or not actual.date or actual.date <= target.date:
        return None
    late = _days_late(target.date, actual.date)
    behind = f"比计划晚{late}天" if late else "晚于计划时限"
    figures = f"计划{target.raw.strip()}完成，实际于{actual.raw.strip()}完成，{behind}"
    return Gap(kind="late", figures=figures, short=f"实际于{actual.raw.strip()}完成，{behind}")


def _days_late(planned: str, done: str) -> int:
    """Days between two dates that are exact to the day, else 0."""
    try:
        return (date.fromisoformat(done) - date.fromisoformat(planned)).days
    except ValueError:
        return 0


def _wording_gap(row: Indicator) -> Gap | None:
    actual = row.actual.strip()
    if not actual or actual == row.target.strip() or len(actual) > 12:
        return None
    figures = f"年度指标值为“{row.target.strip()}”，实际为“{actual}”"
    return Gap(kind="partial", figures=figures, short=figures)


def measure_for(
    kind: Deviation, row: Indicator, cause: str, owner: str = "", used: Container[str] = ()
) -> str:
    """A general improvement measure: by the kind of cause where known, else by deviation and indicator.

    One that another row has already (``used``) gives way to the next that fits, at last to one that names
    the row.
    """
    begin = f"下一年度由{owner}负责，" if owner and len(owner) <= _OWNER_LENGTH else "下一年度"
    subject = row.name + row.level2
    by_cause = (
        one.measure
        for one in phrases().cause_measures
        if cause and kind != "excess" and any(word in cause for word in one.words)
    )
    by_row = (
        one.measure
        for one in phrases().measures[kind]
        if not one.about or any(word in subject for word in one.about)
    )
    named = f"围绕{plain_name(row.name)}逐项分析差距，细化工作安排，加强过程跟踪"
    return next(f"{begin}{text}" for text in (*by_cause, *by_row, named) if f"{begin}{text}" not in used)


def draft_execution(context: Context) -> Draft:
    """A note on a low execution of the budget, where the rules miss one or a cause of it was told."""
    line, form = total_line(context.form), context.form
    told, action = _fund_cause(context), _fund_measure(context)
    if line is None or not (told or (nothing_said(form.total.note) and _is_missed(context))):
        return Draft()
    budget, executed = amount(line.budget, form.money_unit), amount(line.executed, form.money_unit)
    if not budget or executed is None or executed >= budget:
        return Draft()
    rate = plain(executed / budget * 100, 2)
    figures = (
        f"全年预算数{plain(budget)}万元，执行{plain(executed)}万元，执行率{rate}%，"
        f"未执行{plain(budget - executed)}万元"
    )
    gap = Gap(kind="low_execution", figures=figures, short=f"预算执行率{rate}%")
    action = action or measure_for("low_execution", Indicator(), told, form.unit)
    new = compose(gap, told, action)
    reason = f"预算执行率{rate}%，按规则需要说明原因" + ("；原因取自您所说" if told else "") + "。"
    question = "" if told else f"预算执行率只有{rate}%，主要是什么原因？"
    return Draft(new=new, reason=reason, question=question, computed=figures)


def _is_missed(context: Context) -> bool:
    """Whether the rules miss an explanation of the execution, or hold a marked blank for one."""
    empty = context.form.total.model_copy(update={"note": ""})
    report = context.with_form(context.form.model_copy(update={"total": empty})).report
    return any(finding.rule == "low_execution_unexplained" for finding in report.findings)


def _fund_measure(context: Context) -> str:
    told = (one for one in read_measures(context.words) if any(word in one.source for word in _FUND_WORDS))
    return next((one.text for one in told if not find_rows(context.form, one.source).row), "")


def _fund_cause(context: Context) -> str:
    for told in read_causes(context.words):
        if any(word in told.source for word in _FUND_WORDS) and not find_rows(context.form, told.source).row:
            return told.text
    return ""


def told_by_row(context: Context) -> tuple[dict[int, str], dict[int, str]]:
    """The user's causes and measures by row: the row a sentence names, else that of the sentence before."""
    needing = set(rows_needing(context))
    rows = {one.sentence: number for number, said in context.by_row.items() for one in said}
    causes = _by_row(context.form, read_causes(context.words), rows, needing)
    measures = _by_row(context.form, read_measures(context.words), rows, needing)
    return causes, measures


def _by_row(form: Form, told: tuple[Told, ...], rows: dict[int, int], needing: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    before: tuple[int, int] = (-2, 0)
    for one in told:
        if _OF_SPENDING.search(one.source):
            before = (-2, 0)
            continue
        named = row_numbers(one.source, len(form.indicators))
        row = named[0] if len(named) == 1 else rows.get(one.sentence)
        row = row or find_rows(form, one.source).row or _by_level(form, one.source, needing)
        row = row or rows.get(one.sentence - 1)
        if row is None and one.sentence == before[0] + 1:
            row = before[1]
        if row is None and len(needing) == 1:
            row = next(iter(needing))
        if row is None or row not in needing:
            continue
        follows = before == (one.sentence - 1, row)
        found[row] = f"{found[row]}；{one.text}" if follows and row in found else one.text
        before = (one.sentence, row)
    return found


def _by_level(form: Form, told: str, needing: set[int]) -> int | None:
    """The one row in need whose second level is spoken of (成本高是因为…), else None."""
    spoken = [level.key for level in customs().second_levels if any(word in told for word in level.words)]
    rows = [number for number in needing if _level_of(form.indicators[number - 1]) in spoken]
    return rows[0] if len(rows) == 1 else None


def _level_of(row: Indicator) -> str:
    level = customs().second_level(row.level2, row.level1)
    return level.key if level else ""


def cause_in(explanation: str) -> str:
    """The cause that an explanation states, without its heading; "" where it states none."""
    return _parts(explanation)[0]


def bare_cause_in(explanation: str) -> str:
    """The cause that an explanation states, without the figures of the deviation before it."""
    cause = cause_in(explanation)
    found = _AFTER_FIGURES.match(cause)
    return found["cause"] if found else cause


def measure_in(explanation: str) -> str:
    """The improvement measure that an explanation states, without its heading; "" where it states none."""
    return _parts(explanation)[1]


def _parts(explanation: str) -> tuple[str, str]:
    """Cause and measure of an explanation that stands in the form already."""
    cause, *measure = _MEASURE.split(explanation, maxsplit=1)
    if nothing_said(explanation):  # beside a blank for the cause, the measure may have been told
        told = measure[0] if measure and BLANK[:3] in cause and not _is_general(measure[0]) else ""
        return "", formal(told)
    cause = _CAUSE.sub("", cause)
    if not measure:
        told = read_measures(explanation)
        at = min((explanation.find(one.text[:4]) for one in told), default=-1)
        measure = [explanation[at:]] if at > 0 else []
        cause = _CAUSE.sub("", explanation[:at]) if at > 0 else cause
    return formal(cause), formal(measure[0]) if measure else ""


def _is_general(measure: str) -> bool:
    """Whether a measure is one that stands in where none was told."""
    texts = [one.measure for kind in phrases().measures.values() for one in kind]
    return any(text in measure for text in (*texts, *(one.measure for one in phrases().cause_measures)))


def _examples(context: Context, row: Indicator, gap: Gap) -> tuple[Evidence, ...]:
    """Past explanations of the same kind of deviation, as examples only."""
    found = precedents(context.form, row, context.search, year=context.year, topic="偏差原因")
    return cite([one for one in found if _explains(one, gap)][:_EXAMPLES], explanations=True)


def _explains(one: Precedent, gap: Gap) -> bool:
    if nothing_said(one.row.explanation):
        return False
    past = gap_of(
        Indicator(level2=one.row.level2, name=one.row.indicator, target=one.row.target, actual=one.row.actual)
    )
    return past is not None and past.kind == gap.kind


def _question(number: int, row: Indicator, gap: Gap) -> str:
    why = "为什么会超出这么多" if gap.kind == "excess" else "主要是什么原因"
    return f"第{number}行“{row.name}”{gap.short}，{why}？"


def _reason(gap: Gap, cause: str, own: str, measure: str, examples: tuple[Evidence, ...]) -> str:
    parts = ["偏差的大小由指标值和完成值算出"]
    if cause:
        parts.append("原因取自您所说")
    elif own:
        parts.append("原因沿用表中已有的说明")
    else:
        parts.append("原因只有单位清楚，请补充")
    parts.append("改进措施取自您所说" if measure else "改进措施为一般性安排，可按实际修改")
    if examples:
        parts.append(f"另有{len(examples)}条近似指标的往年说明可作写法参考，其原因不是本项目的事实")
    return "；".join(parts) + "。"
