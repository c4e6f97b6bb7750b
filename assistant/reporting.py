"""Checked forms -> the check report: by unit, by rule, then each form with its arithmetic; worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.documents.result import Problem
from assistant.documents.write_report import Column, ReportPart, ReportTable, write_parts
from assistant.form.finding import Finding, Location, Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.form.wording import FIELD_NAMES, SECTION_NAMES, SEVERITY_NAMES, place_name
from assistant.rules.catalogue import RULES
from assistant.rules.check import Report
from assistant.rules.other_points import AS_PRINTED, other_points
from assistant.rules.profile import load_profile

_TITLE = "项目支出绩效自评表检查报告"
_COUNTS = (Column("错误", 2, "number"), Column("提醒", 2, "number"), Column("提示", 2, "number"))
_UNIT_COLUMNS = (
    *(Column("单位", 7), Column("表数", 2, "number"), Column("有错误的表", 3, "number")),
    *(*_COUNTS, Column("最多的问题", 10)),
)
_FORM_COLUMNS = (
    *(Column("序号", 2, "number"), Column("项目名称", 9), Column("单位", 6), Column("文件", 5)),
    *(
        Column("第几张", 2, "number"),
        Column("填报总分", 3, "number"),
        Column("规则总分", 3, "number"),
        Column("等次", 3),
        *_COUNTS,
    ),
)
_RULE_COLUMNS = (
    *(Column("规则", 2), Column("级别", 2, "severity"), Column("问题", 9)),
    *(Column("次数", 2, "number"), Column("涉及的表", 3, "number"), Column("涉及的单位", 3, "number")),
)
_FINDING_COLUMNS = (
    *(Column("级别", 2, "severity"), Column("位置", 8), Column("填的是", 5)),
    *(Column("应当是", 5), Column("问题", 9), Column("算式", 6), Column("怎么改", 8), Column("规则", 3)),
)
_NOTE_COLUMNS = (
    *(Column("问题", 8), Column("处数", 2, "number"), Column("位置", 9), Column("填的是", 6)),
    *(Column("怎么改", 8), Column("规则", 3)),
)
_PLACE_COLUMNS = (
    *(Column("项目名称", 8), Column("单位", 6), Column("文件", 5), Column("第几张", 2, "number")),
    *(Column("位置", 8), Column("填的是", 5), Column("应当是", 5)),
)
_SCORE_COLUMNS = (
    *(Column("行", 1, "number"), Column("指标", 8), Column("年度指标值", 4), Column("实际完成值", 5)),
    *(Column("分值", 2, "number"), Column("填报得分", 3, "number"), Column("规则得分", 3, "number")),
    Column("算式", 9),
)
_UNREAD = "读文件时的问题"
_UNREAD_COLUMNS = (Column("文件", 6), Column("情况和办法", 14))
_NOTES = "写法和格式的提示"
_NO_UNIT = "（未填单位）"
_MOST_SHOWN, _SHOWN_CHARACTERS = 3, 24
_COMMONEST = 3


class _Entry:
    """A report with what the overview counts of it, and its anchor."""

    def __init__(self, number: int, report: Report) -> None:
        self.report = report
        self.anchor = f"form-{number}"
        self.unit = report.form.unit.strip() or report.form.department.strip() or _NO_UNIT
        self.counts = _counts([report])

    @property
    def badness(self) -> tuple[int, ...]:
        """Sorts the worst first: most errors, then most warnings, then most notes."""
        return tuple(-self.counts[severity] for severity in Severity)


def write_report(reports: Sequence[Report], suffix: str, problems: Sequence[Problem] = ()) -> bytes:
    """The check report of one or many forms as .docx, .xlsx or .html; AssistantError for another suffix.

    ``problems``: what could not be read of the files, or only with reservations.
    """
    entries = [_Entry(number, report) for number, report in enumerate(reports, 1)]
    if len(entries) == 1:
        return write_parts(_TITLE, (_part(entries[0], level=1), *_unread_part(problems)), suffix)
    units = _by_unit(entries)
    worst = sorted(entries, key=lambda entry: entry.badness)
    details = [
        part for number, (unit, of_unit) in enumerate(units, 1) for part in _chapter(number, unit, of_unit)
    ]
    overview, by_rule = _overview(worst, units, problems), _rule_parts(worst) if suffix == ".html" else ()
    parts = (overview, *_unread_part(problems), *by_rule, *details)
    return write_parts(_TITLE, parts, suffix)


def _unread_part(problems: Sequence[Problem]) -> Iterator[ReportPart]:
    """The files that gave no form, or with something to look at, so that none is missed unnoticed."""
    if problems:
        rows = tuple((problem.file, problem.message) for problem in problems)
        table = ReportTable(heading=_UNREAD, columns=_UNREAD_COLUMNS, rows=rows)
        yield ReportPart(heading="读文件", tables=(table,))


def _by_unit(entries: Sequence[_Entry]) -> list[tuple[str, list[_Entry]]]:
    """The forms by unit: the worst unit first, and of each the worst form."""
    units: dict[str, list[_Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.badness):
        units[entry.unit].append(entry)
    return sorted(
        units.items(), key=lambda item: tuple(map(sum, zip(*(e.badness for e in item[1]), strict=True)))
    )


def _counts(reports: Sequence[Report]) -> Counter[Severity]:
    return Counter(finding.severity for report in reports for finding in report.findings)


def _numbers(counts: Counter[Severity]) -> tuple[str, ...]:
    return tuple(str(counts[severity]) for severity in Severity)


def _overview(
    entries: Sequence[_Entry], units: Sequence[tuple[str, list[_Entry]]], problems: Sequence[Problem]
) -> ReportPart:
    files = len({problem.file for problem in problems})
    unread = (f"另有{files}个文件没有读到表，或者读的时候有要核对的地方，见“{_UNREAD}”。",) if files else ()
    return ReportPart(
        heading="总览",
        lines=(*_summary(entries, len(units)), *unread),
        tables=(_units_table(units), _rules_table(entries), _forms_table(entries)),
    )


def _summary(entries: Sequence[_Entry], units: int) -> Iterator[str]:
    counts = _counts([entry.report for entry in entries])
    faulty = sum(entry.counts[Severity.ERROR] > 0 for entry in entries)
    clean = sum(not entry.counts[Severity.ERROR] and not entry.counts[Severity.WARNING] for entry in entries)
    found = "，".join(f"{SEVERITY_NAMES[severity]}{counts[severity]}条" for severity in Severity)
    yield f"共检查{units}个单位的{len(entries)}张表：{found}。"
    yield f"有错误的{faulty}张，没有错误和提醒的{clean}张。单位、规则和表都是问题多的在前。"
    yield "错误：算术不对或违反明确规定，报出前必须改；提醒：要人看一眼，有理由的可保留；提示：写法和格式。"
    yield (
        "填报总分是表上写的，规则总分是按评分口径重新计算的；第几张：这张表是文件里的第几张；规则：检查规则的编号。"
    )
    for profile, number in Counter(entry.report.profile for entry in entries).most_common():
        yield f"评分口径：{load_profile(profile).title}，{number}张。"


def _units_table(units: Sequence[tuple[str, list[_Entry]]]) -> ReportTable:
    rows = []
    for unit, entries in units:
        reports = [entry.report for entry in entries]
        faulty = sum(entry.counts[Severity.ERROR] > 0 for entry in entries)
        rows.append((unit, str(len(entries)), str(faulty), *_numbers(_counts(reports)), _commonest(reports)))
    links = tuple(f"unit-{number}" for number in range(1, len(units) + 1))
    return ReportTable(heading="各单位情况", columns=_UNIT_COLUMNS, rows=tuple(rows), links=links)


def _commonest(reports: Sequence[Report]) -> str:
    """The commonest errors, or else warnings, in words."""
    for severity in (Severity.ERROR, Severity.WARNING):
        found = Counter(f.code for r in reports for f in r.findings if f.severity is severity)
        if found:
            return "；".join(f"{_TITLES[code]}（{n}）" for code, n in found.most_common(_COMMONEST))
    return "—"


def _forms_table(entries: Sequence[_Entry]) -> ReportTable:
    rows = []
    for number, entry in enumerate(entries, 1):
        sheet = entry.report.sheet
        scores = (_number(sheet.total_printed), _number(sheet.total_rule), sheet.grade_told)
        rows.append((str(number), *_whose(entry), *scores, *_numbers(entry.counts)))
    links = tuple(entry.anchor for entry in entries)
    return ReportTable(
        heading="各表情况",
        columns=_FORM_COLUMNS,
        rows=tuple(rows),
        links=links,
        title_column=1,
        short_column=0,
    )


def _rules_found(entries: Sequence[_Entry]) -> list[tuple[str, Severity, list[tuple[_Entry, Finding]]]]:
    """The findings by rule and severity: errors first, of each the commonest first."""
    found: dict[tuple[Severity, str], list[tuple[_Entry, Finding]]] = defaultdict(list)
    for entry in entries:
        for finding in entry.report.findings:
            found[finding.severity, finding.code].append((entry, finding))
    order = list(Severity)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]), item[0][1]))
    return [(code, severity, places) for (severity, code), places in ranked]


def _rules_table(entries: Sequence[_Entry]) -> ReportTable:
    rows, links = [], []
    for code, severity, places in _rules_found(entries):
        forms, units = {entry.anchor for entry, _ in places}, {entry.unit for entry, _ in places}
        numbers = (str(len(places)), str(len(forms)), str(len(units)))
        rows.append((code, SEVERITY_NAMES[severity], _TITLES[code], *numbers))
        links.append("" if severity is Severity.NOTE else _rule_anchor(code, severity))
    return ReportTable(
        heading="各规则情况", columns=_RULE_COLUMNS, rows=tuple(rows), links=tuple(links), title_column=2
    )


def _rule_parts(entries: Sequence[_Entry]) -> Iterator[ReportPart]:
    """For each rule every place where it was broken; notes are left to the forms themselves."""
    yield ReportPart(
        heading="按规则看", lines=("每条规则在哪些表的哪一格，问题多的规则在前；提示只列在各表之下。",)
    )
    for code, severity, places in _rules_found(entries):
        if severity is Severity.NOTE:
            continue
        rows = tuple(
            (*_whose(entry), place_name(entry.report.form, f.location), f.printed, f.expected)
            for entry, f in places
        )
        links = tuple(entry.anchor for entry, _ in places)
        table = ReportTable(
            heading=f"{len(places)}处", columns=_PLACE_COLUMNS, rows=rows, links=links, folded=True
        )
        yield ReportPart(
            heading=f"{code} {_TITLES[code]}（{SEVERITY_NAMES[severity]}）",
            tables=(table,),
            level=2,
            anchor=_rule_anchor(code, severity),
        )


def _rule_anchor(code: str, severity: Severity) -> str:
    return f"rule-{code}-{severity.value}"


def _chapter(number: int, unit: str, entries: Sequence[_Entry]) -> Iterator[ReportPart]:
    counts = _counts([entry.report for entry in entries])
    found = "，".join(f"{SEVERITY_NAMES[severity]}{counts[severity]}条" for severity in Severity)
    yield ReportPart(heading=unit, lines=(f"{len(entries)}张表，{found}。",), anchor=f"unit-{number}")
    for entry in entries:
        yield _part(entry, level=2)


def _part(entry: _Entry, level: int) -> ReportPart:
    report = entry.report
    form, sheet = report.form, report.sheet
    file, position = _file(form)
    lines = (
        f"单位：{entry.unit}；来源：{file} 第{position}张",
        f"评分口径：{load_profile(report.profile).title}；{sheet.profile_reason}",
        f"填报 {_number(sheet.total_printed)} 分，按规则 {_number(sheet.total_rule)} 分，{sheet.grade_told}"
        if sheet.total_rule is not None
        else "这张表不打分，或者有的行没有得分，没有总分可比。",
    )
    return ReportPart(
        heading=_project(form),
        lines=lines,
        tables=(_findings_table(report), _notes_table(report), _scores_table(report)),
        level=level,
        anchor=entry.anchor,
        origin=(
            *((Column("项目名称", 8), _project(form)), (Column("单位", 6), entry.unit)),
            *((Column("文件", 5), file), (Column("第几张", 2, "number"), position)),
        ),
    )


def _findings_table(report: Report) -> ReportTable:
    order = list(Severity)
    worst = sorted(report.findings, key=lambda f: order.index(f.severity))
    rows = tuple(_finding_row(report.form, f) for f in worst if f.severity is not Severity.NOTE)
    return ReportTable(heading="发现的问题", columns=_FINDING_COLUMNS, rows=rows)


def _notes_table(report: Report) -> ReportTable:
    """The notes, one row a rule: they are many and alike, and must not bury the rest."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.severity is Severity.NOTE:
            found[finding.code].append(finding)
    rows = []
    for code, notes in found.items():
        told = notes[0].message if len(notes) == 1 else f"{_TITLES[code]}。"
        printed = list(dict.fromkeys(shortened(f.printed, _SHOWN_CHARACTERS) for f in notes if f.printed))
        shown = "；".join(printed[:_MOST_SHOWN]) + ("……" if len(printed) > _MOST_SHOWN else "")
        rows.append((told, str(len(notes)), _places(report.form, notes), shown, notes[0].hint, code))
    return ReportTable(heading=_NOTES, columns=_NOTE_COLUMNS, rows=tuple(rows), folded=True)


def _places(form: Form, findings: Sequence[Finding]) -> str:
    """The places of findings in words, rows of the same column together: 绩效指标第2、3行年度指标值."""
    columns: dict[tuple[str, str], list[Location]] = defaultdict(list)
    for finding in findings:
        columns[finding.location.section, finding.location.field].append(finding.location)
    said = []
    for (section, field), places in columns.items():
        numbers = sorted({place.row for place in places if place.row is not None})
        if len(numbers) < len(places) or len(numbers) == 1:
            said += list(dict.fromkeys(place_name(form, place) for place in places))
        else:
            rows = "、".join(map(str, numbers))
            said.append(f"{SECTION_NAMES[section]}第{rows}行{FIELD_NAMES.get(field, '')}")
    return "；".join(said)


def _finding_row(form: Form, finding: Finding) -> tuple[str, ...]:
    return (
        *(SEVERITY_NAMES[finding.severity], place_name(form, finding.location)),
        *(finding.printed, finding.expected, finding.message, finding.arithmetic, finding.hint, finding.code),
    )


def _scores_table(report: Report) -> ReportTable:
    sheet = report.sheet
    rows = []
    if sheet.execution.weight is not None:
        execution = sheet.execution
        scores = (_number(execution.weight), _number(execution.printed), _number(execution.rule))
        rows.append(("", "预算执行率", "", "", *scores, execution.formula))
    for other in other_points(report.form):
        scores = (_number(other.weight), _number(other.score), _number(None))
        rows.append(("", other.name, "", "", *scores, AS_PRINTED))
    for score, row in zip(sheet.indicators, report.form.indicators, strict=True):
        scores = (_number(score.weight), _number(score.printed), _number(score.rule))
        rows.append((str(score.row), row.name, row.target, row.actual, *scores, score.formula))
    return ReportTable(heading="得分明细", columns=_SCORE_COLUMNS, rows=tuple(rows), folded=True)


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _project(form: Form) -> str:
    return form.project_name.strip() or "（无项目名称）"


def _whose(entry: _Entry) -> tuple[str, str, str, str]:
    """Project, unit, file and position of a form."""
    return _project(entry.report.form), entry.unit, *_file(entry.report.form)


def _file(form: Form) -> tuple[str, str]:
    """The file's name and which of its forms this is."""
    return (form.source.file, str(form.source.position)) if form.source.file else ("—", "—")


_TITLES = {entry.code: entry.contract.partition("\n")[0].strip() for entry in RULES}
