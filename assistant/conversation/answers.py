"""Answers to questions about the form, from its score sheet and its findings; no model, no guess."""

from __future__ import annotations

from decimal import Decimal

from assistant.conversation.commands import Topic
from assistant.conversation.steps import deviating_rows, steps_of
from assistant.drafting.context import is_open
from assistant.drafting.explanations import gap_of
from assistant.form.finding import Finding, Severity
from assistant.form.model import BLANK, Form, Indicator
from assistant.form.rounding import plain
from assistant.form.value import Direction, Kind, direction, in_unit_of, read_actual, read_target
from assistant.form.wording import SEVERITY_NAMES, place_name
from assistant.rules.check import Report
from assistant.rules.profile import load_profile
from assistant.rules.score import IndicatorScore

_MOST = 8


def answer(topic: Topic, form: Form, report: Report) -> str:
    """The answer to a question on ``topic``."""
    answers = {
        "lost": _lost,
        "unmet": _unmet,
        "total": _total,
        "missing": _missing,
        "execution": _execution,
        "problems": _problems,
        "weights": _weights,
        "rules": _rules,
    }
    return answers[topic](form, report) if topic in answers else ""


def row_answer(row: int, form: Form, report: Report) -> str:
    """How one row's points come about, and what the rules find in it."""
    indicator, score = form.indicators[row - 1], report.sheet.indicators[row - 1]
    parts = [
        f"第{row}行“{indicator.name}”：指标值{_shown(indicator.target)}，实际完成{_shown(indicator.actual)}，分值{_shown(indicator.weight)}。"
    ]
    parts.append(_reached(indicator))
    parts.append(_points(score))
    parts.append(_explained(row, form, report))
    parts += [f"{SEVERITY_NAMES[f.severity]}：{f.message}{f.hint}" for f in _of_row(report, row)[:3]]
    return "\n".join(part for part in parts if part)


def _reached(row: Indicator) -> str:
    """What share of its target a row's result is, "" where that means nothing."""
    target = read_target(row.target, name=row.name, level2=row.level2)
    actual = read_actual(row.actual, target)
    number = in_unit_of(actual, target)
    if number is None or not target.number or target.kind is Kind.DATE:
        return ""
    way = direction(target, name=row.name, level2=row.level2)
    if way is Direction.LOWER:
        return ""
    share = number / target.number * 100
    beyond = share - 100
    more = f"，超额{plain(beyond, 2)}%" if beyond > 0 else f"，还差{plain(-beyond, 2)}%" if beyond < 0 else ""
    return f"完成比例：{plain(number)} ÷ {plain(target.number)}＝{plain(share, 2)}%{more}。"


def _points(score: IndicatorScore) -> str:
    if score.rule is None:
        return (
            f"规则不给分：{score.formula}"
            if score.formula
            else "这一行还不能算分，先填指标值、完成值和分值。"
        )
    lost = (score.weight or Decimal(0)) - score.rule
    tail = f"，扣{plain(lost, 2)}分" if lost > 0 else "，没有扣分"
    return f"得分：{score.formula or plain(score.rule, 2)}{tail}。"


def _explained(row: int, form: Form, report: Report) -> str:
    """Whether the row's deviation has to be explained, and how far it goes."""
    gap = gap_of(form.indicators[row - 1])
    if gap is None:
        return ""
    if row in deviating_rows(form, report):
        return f"{gap.short}，需要写明偏差原因和改进措施；请告诉我原因，我来写。"
    if is_open(form.indicators[row - 1].explanation):
        return f"{gap.short}，按规则可以不写原因；想写就直接说原因。"
    return f"偏差说明已填：{form.indicators[row - 1].explanation}"


def _of_row(report: Report, row: int) -> list[Finding]:
    order = list(Severity)
    found = [f for f in report.findings if f.location.section == "indicators" and f.location.row == row]
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _lost(form: Form, report: Report) -> str:
    lines = []
    execution = report.sheet.execution
    if execution.rule is not None and execution.weight is not None and execution.rule < execution.weight:
        lost = plain(execution.weight - execution.rule, 2)
        lines.append(f"预算执行率：{execution.formula}，扣{lost}分。")
    for score in report.sheet.indicators:
        given = score.rule if score.rule is not None else score.printed
        if given is None or score.weight is None or given >= score.weight:
            continue
        name = form.indicators[score.row - 1].name
        how = score.formula if score.rule is not None else f"表上填{plain(given)}分"
        lines.append(f"第{score.row}行“{name}”：{how}，扣{plain(score.weight - given, 2)}分。")
    if lines:
        return (
            "扣分的地方有：\n"
            + "\n".join(lines[:_MOST])
            + (f"\n共{len(lines)}处。" if len(lines) > _MOST else "")
        )
    if report.sheet.total_rule is None:
        return "现在还算不出总分，先把预算、执行数和各行的指标值、完成值填上；已经能算的各行没有扣分。"
    return f"按规则没有扣分，总分{plain(report.sheet.total_rule, 2)}分。"


def _unmet(form: Form, report: Report) -> str:
    """The rows whose result lies off their target, whether that is explained, and what has no result yet."""
    short: list[str] = []
    over: list[str] = []
    open_rows = [n for n, row in enumerate(form.indicators, 1) if is_open(row.actual)]
    for number, row in enumerate(form.indicators, 1):
        gap = gap_of(row) if number not in open_rows else None
        if gap is None:
            continue
        told = "原因待填" if is_open(row.explanation) or BLANK[:3] in row.explanation else "原因已填"
        if gap.kind in ("shortfall", "late", "overrun", "partial"):
            short.append(f"第{number}行“{row.name}”：{gap.short}，{told}。")
        elif number in deviating_rows(form, report):
            over.append(f"第{number}行“{row.name}”：{gap.short}，超出较多，{told}。")
    lines = [f"没有达到目标的有{len(short)}项：", *short] if short else []
    lines += ["要说明超额原因的有：", *over] if over else []
    if open_rows:
        names = "、".join(f"第{n}行“{form.indicators[n - 1].name}”" for n in open_rows[:_MOST])
        lines.append(f"还没填完成值的有：{names}{'等' if len(open_rows) > _MOST else ''}。")
    return "\n".join(lines) or ("各项指标都达到了目标。" if form.indicators else "表里还没有指标。")


def _total(form: Form, report: Report) -> str:
    sheet = report.sheet
    if form.template == "transfer":
        return "转移支付自评表不打分，只填执行率、完成值和未完成原因。"
    if sheet.total_rule is None:
        waiting = [str(s.row) for s in sheet.indicators if s.rule is None and s.printed is None]
        rows = f"第{'、'.join(waiting[:_MOST])}行还不能算分。" if waiting else ""
        rules = (sheet.execution.rule, *(score.rule for score in sheet.indicators))
        given = [points for points in rules if points is not None]
        so_far = f"能算的{len(given)}项合计{plain(sum(given, Decimal(0)), 2)}分。" if given else ""
        return f"总分要等各行都能算分后才有。{so_far}{rows}"
    grade = f"，等次“{sheet.grade}”" if sheet.grade else ""
    text = f"按规则总分{plain(sheet.total_rule, 2)}分{grade}。"
    if sheet.total_printed is not None and sheet.total_printed != sheet.total_rule:
        text += f"表上填的是{plain(sheet.total_printed, 2)}分。"
    return text + "想知道扣在哪里，可以问“为什么扣分”。"


def _missing(form: Form, report: Report) -> str:
    lines = [f"{step.name}：{'；'.join(step.missing)}" for step in steps_of(form, report) if not step.done]
    open_rows = [n for n, row in enumerate(form.indicators, 1) if is_open(row.actual) or is_open(row.target)]
    if open_rows:
        names = "、".join(f"第{n}行“{form.indicators[n - 1].name}”" for n in open_rows)
        lines.append(f"还空着的指标：{names}")
    absent = [
        name for name in ("产出", "效益", "满意度") if not any(name in r.level1 for r in form.indicators)
    ]
    if form.indicators and absent:
        lines.append(f"还没有的一级指标：{'、'.join(absent)}（说“加一个{absent[0]}指标”，我来拟）")
    return "还没填好的有：\n" + "\n".join(lines) if lines else "各部分都已填好，可以导出了。"


def _execution(form: Form, report: Report) -> str:
    execution = report.sheet.execution
    rule = "执行率＝全年执行数÷全年预算数×100%，由系统自动计算。"
    if execution.rate is None:
        return rule + "现在还缺全年预算数或全年执行数。"
    rate = plain(execution.rate * 100, 2)
    score = f"得分：{execution.formula}。" if execution.rule is not None else ""
    return f"{rule}现在是{rate}%。{score}"


def _problems(form: Form, report: Report) -> str:
    counts = {severity: sum(f.severity is severity for f in report.findings) for severity in Severity}
    if not report.findings:
        return "检查过了，没有发现问题。"
    head = "检查结果：" + "、".join(f"{SEVERITY_NAMES[s]}{n}处" for s, n in counts.items() if n) + "。"
    order = list(Severity)
    ranked = sorted(report.findings, key=lambda finding: order.index(finding.severity))
    serious = [f for f in ranked if f.severity is not Severity.NOTE] or ranked
    lines = [
        f"{SEVERITY_NAMES[f.severity]}｜{place_name(form, f.location)}：{f.message}{f.hint}"
        for f in serious[:_MOST]
    ]
    more = "其余的在“问题”里看。" if len(report.findings) > len(lines) else ""
    return "\n".join([head, *lines, *([more] if more else [])])


def _weights(form: Form, report: Report) -> str:
    weights = [score.weight for score in report.sheet.indicators]
    known = sum((weight for weight in weights if weight is not None), Decimal(0))
    execution = report.sheet.execution.weight or Decimal(0)
    blank = [str(number) for number, weight in enumerate(weights, 1) if weight is None]
    total = plain(known + execution)
    text = f"分值合计：预算执行率{plain(execution)}＋各项指标{plain(known)}＝{total}分，应为100分。"
    return text + (f"第{'、'.join(blank)}行还没有分值。" if blank else "")


def _rules(form: Form, report: Report) -> str:
    profile = load_profile(report.profile)
    return (
        f"这张表按“{profile.name}”计分：完成值达到指标值得满分，没有达到的按比例得分；"
        "定性指标按达成、部分达成、未达成三档给分；预算执行率得分＝10分×执行率。"
        "每一行的算式可以问“第3行怎么算的”，或看右边的“得分”。"
    )


def _shown(text: str) -> str:
    return text.strip() or "（空）"
