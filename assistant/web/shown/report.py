"""A Report as HTML: the score in one line, each point with its arithmetic, findings by severity. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.form.finding import Finding, Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES, place_name
from assistant.rules.check import Report
from assistant.rules.other_points import AS_PRINTED, other_points
from assistant.rules.profile import load_profile
from assistant.rules.score import ScoreSheet
from assistant.web.shown.escape import escape
from assistant.web.shown.gaps import is_gap

_NEW_TAB = 'target="_blank" rel="noopener"'
GAP = "gap"
"""The mark of what is only not yet filled in."""
_SUM_TOLERANCE = Decimal("0.005")


def score_line(report: Report, *, in_work: bool = False) -> str:
    """Score, grade and the number of findings, as one line of small figures.

    ``in_work``: what is only not yet filled in is counted apart.
    """
    sheet = report.sheet
    parts = [_figure("按规则得分", _number(sheet.total_rule), sheet.grade_told)]
    if sheet.total_printed is not None:
        parts.append(_figure("填报得分", _number(sheet.total_printed)))
    gaps = [finding for finding in report.findings if in_work and is_gap(report.form, finding)]
    counts = Counter(finding.severity for finding in report.findings if finding not in gaps)
    parts += [_count(SEVERITY_NAMES[severity], counts[severity], severity.value) for severity in Severity]
    if in_work:
        parts.append(_count("待填", len(gaps), GAP))
    return f'<div class="af-scoreline">{"".join(parts)}</div>'


def score_table(form: Form, sheet: ScoreSheet) -> str:
    """Each point of the form: printed, by the rule, and the arithmetic that led there."""
    rows = []
    execution = sheet.execution
    if execution.weight is not None or execution.formula:
        printed, rule = execution.printed, execution.rule
        rows.append(
            _score_row("", "预算执行率", "", "", (execution.weight, printed, rule), execution.formula)
        )
    for other in other_points(form):
        rows.append(_score_row("", other.name, "", "", (other.weight, other.score, None), AS_PRINTED))
    for score, row in zip(sheet.indicators, form.indicators, strict=False):
        figures = (score.weight, score.printed, score.rule)
        rows.append(_score_row(str(score.row), row.name, row.target, row.actual, figures, score.formula))
    total = (
        f'<tr class="af-total"><td></td><td class="af-left" colspan="4">合计</td>'
        f"<td>{_number(sheet.total_printed)}</td><td>{_number(sheet.total_rule)}</td>"
        f'<td class="af-left">{escape(sheet.grade_told)}</td></tr>'
    )
    profile = escape(load_profile(sheet.profile).title)
    names = ("行", "指标", "年度指标值", "实际完成值", "分值", "填报", "规则", "算式")
    head = "".join(f"<th>{name}</th>" for name in names)
    return (
        f'<table class="af-plain af-points"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}{total}</tbody></table>"
        f'<p class="af-quiet">评分口径：{profile}；{escape(sheet.profile_reason)}。'
        f"没有规则能给分的行按填报分计入合计。</p>"
    )


def finding_groups(
    form: Form, findings: Sequence[Finding], *, in_work: bool = False
) -> list[tuple[str, str, list[Finding]]]:
    """The findings by severity, errors first: the group's name, its mark in style.css, what is in it.

    ``in_work``: what is only not yet filled in stands in a group of its own, before the notes.
    """
    gaps = [finding for finding in findings if in_work and is_gap(form, finding)]
    groups = [
        (
            SEVERITY_NAMES[severity],
            severity.value,
            [f for f in findings if f.severity == severity and f not in gaps],
        )
        for severity in Severity
    ]
    groups.insert(-1, ("待填", GAP, gaps))
    return [group for group in groups if group[-1]]


def finding_item(form: Form, finding: Finding, *, brief: bool = False) -> str:
    """One finding: where, what, the arithmetic, what to do, and the rule with a link to its page.

    ``brief``: what and what to do, in a line; enough for a cell that nobody has come to yet.
    """
    hint = f'<span class="af-hint">{escape(finding.hint)}</span>' if finding.hint else ""
    if brief:
        return f'<div class="af-item af-brief">{escape(finding.message)}{hint}</div>'
    place = escape(place_name(form, finding.location))
    lines = [f'<span class="af-place">{place}</span>{escape(finding.message)}']
    if finding.arithmetic:
        lines.append(f'<span class="af-sum">{escape(finding.arithmetic)}</span>')
    lines.append(hint)
    code = escape(finding.code)
    basis = f" · {escape(finding.basis)}" if finding.basis else ""
    link = f'<a {_NEW_TAB} href="rules?rule={code}">规则 {code}</a>'
    lines.append(f'<span class="af-quiet">{link}{basis}</span>')
    return f'<div class="af-item">{"".join(lines)}</div>'


def table(head: Iterable[str], rows: Iterable[Iterable[object]], css: str = "") -> str:
    """A plain table of escaped texts; ``css`` is a class of style.css."""
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f'<td class="af-left">{escape(c)}</td>' for c in row) + "</tr>" for row in rows
    )
    return f'<table class="af-plain {css}"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def linked_table(
    head: Iterable[str], rows: Iterable[tuple[Sequence[object], str]], at: int, css: str = ""
) -> str:
    """As ``table``; column ``at`` of each row leads to the row's address within this product."""
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(_linked(cell, link if n == at else "") for n, cell in enumerate(row)) + "</tr>"
        for row, link in rows
    )
    return f'<table class="af-plain {css}"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def _linked(cell: object, link: str) -> str:
    text = escape(cell)
    shown = f'<a href="{escape(link)}">{text}</a>' if link else text
    return f'<td class="af-left">{shown}</td>'


def _score_row(
    number: str,
    name: str,
    target: str,
    actual: str,
    figures: tuple[Decimal | None, Decimal | None, Decimal | None],
    formula: str,
) -> str:
    weight, printed, rule = figures
    differs = printed is not None and rule is not None and abs(printed - rule) > _SUM_TOLERANCE
    mark = ' data-mark="error"' if differs else ""
    return (
        f'<tr><td>{number}</td><td class="af-left">{escape(name)}</td><td>{escape(target)}</td>'
        f"<td>{escape(actual)}</td><td>{_number(weight)}</td><td{mark}>{_number(printed)}</td>"
        f'<td><b>{_number(rule)}</b></td><td class="af-left af-sum">{escape(formula)}</td></tr>'
    )


def _count(name: str, count: int, mark: str) -> str:
    return f'<span class="af-count" data-mark="{mark if count else "none"}">{name} <b>{count}</b></span>'


def _figure(label: str, value: str, extra: str = "") -> str:
    grade = f'<span class="af-grade" data-grade="{escape(extra)}">{escape(extra)}</span>' if extra else ""
    return f'<span class="af-figure"><span>{label}</span><b>{value}</b>{grade}</span>'


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value, 2)
