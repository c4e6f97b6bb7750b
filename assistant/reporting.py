"""Checked forms -> the check report: an overview, worst first, then each form with its arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from assistant.documents.write_report import ReportPart, ReportTable, write_parts
from assistant.form.finding import Finding, Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES, place_name
from assistant.rules.check import Report

# Column headings with their relative widths.
_FORM_COLUMNS = (
    *(("项目名称", 8), ("实施单位", 6), ("文件", 6), ("填报总分", 3), ("规则总分", 3), ("等次", 2)),
    *(("错误", 2), ("提醒", 2), ("提示", 2)),
)
_RULE_COLUMNS = (("编号", 2), ("级别", 2), ("规则", 6), ("次数", 2))
_FINDING_COLUMNS = (("级别", 2), ("位置", 7), ("问题", 9), ("算式", 7), ("怎么改", 8), ("规则", 2))
_SCORE_COLUMNS = (
    *(("行", 1), ("指标", 8), ("年度指标值", 4), ("实际完成值", 6)),
    *(("分值", 2), ("填报得分", 2), ("规则得分", 2), ("算式", 9)),
)


def write_report(reports: Sequence[Report], suffix: str) -> bytes:
    """The check report of one or many forms as .docx, .xlsx or .html; AssistantError for another suffix."""
    ordered = sorted(reports, key=_badness, reverse=True)
    parts = tuple(_part(report) for report in ordered)
    if len(ordered) > 1:
        parts = (_overview(ordered), *parts)
    return write_parts("项目支出绩效自评表检查报告", parts, suffix)


def _counts(report: Report) -> Counter[Severity]:
    return Counter(finding.severity for finding in report.findings)


def _badness(report: Report) -> tuple[int, ...]:
    return tuple(_counts(report)[severity] for severity in Severity)


def _overview(reports: Sequence[Report]) -> ReportPart:
    rows = []
    for report in reports:
        counts, sheet = _counts(report), report.sheet
        form = report.form
        numbers = (str(counts[severity]) for severity in Severity)
        scores = (_number(sheet.total_printed), _number(sheet.total_rule), sheet.grade)
        rows.append((form.project_name, form.unit, _file(form), *scores, *numbers))
    rules = Counter((f.code, SEVERITY_NAMES[f.severity], f.rule) for r in reports for f in r.findings)
    by_rule = tuple((code, severity, name, str(n)) for (code, severity, name), n in rules.most_common())
    return ReportPart(
        heading="总览",
        lines=(f"共检查{len(reports)}张表，问题多的在前。",),
        tables=(
            ReportTable(heading="各表情况", columns=_FORM_COLUMNS, rows=tuple(rows)),
            ReportTable(heading="各规则情况", columns=_RULE_COLUMNS, rows=by_rule),
        ),
    )


def _part(report: Report) -> ReportPart:
    sheet = report.sheet
    lines = (
        f"单位：{report.form.unit or '未填'}；来源：{_file(report.form)}；评分口径：{report.profile}",
        f"填报 {_number(sheet.total_printed)} 分，按规则 {_number(sheet.total_rule)} {sheet.grade}".strip(),
    )
    return ReportPart(
        heading=report.form.project_name or "（无项目名称）",
        lines=lines,
        tables=(_findings_table(report), _scores_table(report)),
    )


def _findings_table(report: Report) -> ReportTable:
    order = list(Severity)
    rows = [
        _finding_row(report.form, f) for f in sorted(report.findings, key=lambda f: order.index(f.severity))
    ]
    return ReportTable(heading="发现的问题", columns=_FINDING_COLUMNS, rows=tuple(rows))


def _finding_row(form: Form, finding: Finding) -> tuple[str, ...]:
    place = place_name(form, finding.location)
    return (
        SEVERITY_NAMES[finding.severity],
        place,
        finding.message,
        finding.arithmetic,
        finding.hint,
        finding.code,
    )


def _scores_table(report: Report) -> ReportTable:
    sheet = report.sheet
    rows = []
    if sheet.execution.weight is not None:
        execution = sheet.execution
        scores = (_number(execution.weight), _number(execution.printed), _number(execution.rule))
        rows.append(("", "预算执行率", "", "", *scores, execution.formula))
    for score, row in zip(sheet.indicators, report.form.indicators, strict=True):
        scores = (_number(score.weight), _number(score.printed), _number(score.rule))
        rows.append((str(score.row), row.name, row.target, row.actual, *scores, score.formula))
    return ReportTable(heading="得分明细", columns=_SCORE_COLUMNS, rows=tuple(rows))


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _file(form: Form) -> str:
    return f"{form.source.file} 第{form.source.position}张" if form.source.file else "—"
