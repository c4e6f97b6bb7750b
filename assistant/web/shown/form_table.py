"""A Form as an HTML table in its official layout, with findings at their cells. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from assistant.form.finding import Finding, Location, Severity
from assistant.form.model import Form, Frozen, FundLine, Indicator
from assistant.form.wording import FIELD_NAMES, SEVERITY_NAMES
from assistant.rules.score import total_fund_row
from assistant.web.shown.escape import conspicuous, escape
from assistant.web.shown.gaps import is_gap
from assistant.web.shown.place import cell_of

Place = tuple[str, int | None, str]
"""Section, row counted from 1 (None: the whole section), field."""

_SIDE = {"weights": "weight", "cost": "", "structure": ""}
"""Sections that have no rows of their own: shown at the indicators, at this field."""
_RANK = list(Severity)
_COLUMNS = 9
_GAP = "待填"
COMMENT = "comment"
"""The rule of what is no finding of a rule but a reviewer's comment."""
_STORY = 20
"""Characters from which an actual value is a story that needs a wider column."""
_NOT_YET = 0
"""The number of a row that is only proposed."""
_FUND_FIELDS = {
    "project": (
        ("initial", "年初预算数"),
        ("budget", "全年预算数"),
        ("executed", "全年执行数"),
        ("weight", "分值"),
        ("rate", "执行率"),
        ("score", "得分"),
    ),
    "transfer": (("budget", "全年预算数（A）"), ("executed", "全年执行数（B）"), ("rate", "执行率（B/A）")),
}
_AMOUNTS = ("initial", "budget", "executed")
_USUAL_FUNDS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
_SCORED = (("weight", "分值"), ("score", "得分"))


class Proposed(Frozen):
    """What waits for the person's decision: new texts of cells, and rows that would be added."""

    cells: Mapping[Place, str] = {}
    rows: tuple[Indicator, ...] = ()


class Marks:
    """Findings sorted to the places where the table shows them."""

    def __init__(self, findings: Sequence[Finding], gaps: Sequence[Finding] = ()) -> None:
        self._at: dict[Place, list[Finding]] = {}
        self._rows: dict[tuple[str, int | None], list[Finding]] = {}
        self._gaps = gaps
        for finding in findings:
            section, row, field = _place(finding)
            self._at.setdefault((section, row, field), []).append(finding)
            if finding not in gaps:
                self._rows.setdefault((section, row), []).append(finding)

    def cell(self, section: str, row: int | None, field: str) -> str:
        """Class and title attributes of a cell, ``""`` where nothing was found."""
        found = self._at.get((section, row, field), [])
        if not found:
            return ""
        worst = min((finding.severity for finding in found), key=_RANK.index)
        gap = all(finding in self._gaps for finding in found)
        told = "\n".join(f"{_GAP if gap else _name(f)}：{f.message}" for f in found)
        mark = COMMENT if any(f.rule == COMMENT for f in found) else "gap" if gap else worst.value
        return f' data-mark="{mark}" title="{escape(told)}"'

    def beneath(self, section: str, row: int | None) -> str:
        """The errors and warnings of a row as a list, ``""`` where there are none."""
        found = self._rows.get((section, row), [])
        serious = [
            f for f in sorted(found, key=lambda f: _RANK.index(f.severity)) if f.severity != Severity.NOTE
        ]
        if not serious:
            return ""
        return f'<ul class="af-found">{"".join(map(_found_item, serious))}</ul>'


def form_table(
    form: Form,
    findings: Iterable[Finding] = (),
    proposed: Proposed | None = None,
    here: Location | None = None,
) -> str:
    """The official table. Every cell is escaped; ``data-mark`` of a cell is its worst severity.

    With ``proposed`` the form is in work: what is still to be filled in is marked ``gap``, not talked about.
    The cell of ``here`` carries ``data-here``: ``row`` where a whole row is meant, else ``cell``.
    """
    found = list(findings)
    in_work = [finding for finding in found if finding.rule != COMMENT] if proposed is not None else []
    gaps = [finding for finding in in_work if is_gap(form, finding)]
    sheet = _Sheet(form, Marks(found, gaps), proposed, here)
    body = "".join(sheet.rows())
    year = sheet.attributes(("header", None, "year_line"))
    return (
        f'<div class="af-paper"><div class="af-title"{sheet.marks.cell("title", None, "")}>'
        f"{conspicuous(form.title or '项目支出绩效自评表')}</div>"
        f'<div class="af-year"{year}>{conspicuous(_year_line(form))}</div>'
        f"{sheet.marks.beneath('title', None)}"
        f'<table class="af-form"><colgroup>{_colgroup(form)}</colgroup><tbody>{body}</tbody></table></div>'
    )


class _Sheet:
    """The rows of one form's table, top to bottom."""

    def __init__(self, form: Form, marks: Marks, proposed: Proposed | None, here: Location | None) -> None:
        self.form = form
        self.marks = marks
        self.in_work = proposed is not None
        self.proposed = proposed or Proposed()
        self._here = cell_of(form, here) if here is not None else None
        self._whole = here is not None and not here.field

    def rows(self) -> Iterator[str]:
        yield from self._header()
        yield from self._funds()
        yield from self._goal()
        yield from self._indicators()
        yield from self._foot()

    def attributes(self, place: Place) -> str:
        """What a cell says beside its text: the findings at it, and whether the page was asked for it."""
        here = self._here
        asked = here is not None and place == (here.section, here.row, here.field)
        shown = f' data-here="{"row" if self._whole else "cell"}"' if asked else ""
        return self.marks.cell(*place) + shown

    def _cell(self, place: Place, text: str, span: int = 1, css: str = "", rows: int = 1) -> str:
        """A cell; the name of an indicator carries its number, by which people call the row in the chat."""
        ghost = self.proposed.cells.get(place, "")
        shown = conspicuous(text) + (f'<ins class="af-ghost">{conspicuous(ghost)}</ins>' if ghost else "")
        marks = self.attributes(place)
        if place[0] == "indicators" and place[2] == "name" and place[1] != _NOT_YET:
            marks += f' data-row="{place[1]}"'
        if self._owed(place) and not text.strip() and "data-mark" not in marks:
            marks += f' data-mark="gap" title="{_GAP}"'
        return f'<td{_spans(span, rows)} class="{css}"{marks}>{shown}</td>'

    def _owed(self, place: Place) -> bool:
        """Whether a form in work needs the cell although no rule speaks of it: the amounts of the total."""
        section, row, field = place
        total = total_fund_row(self.form) or 1
        return self.in_work and section == "funds" and row == total and field in _AMOUNTS

    def _note(self, section: str, row: int | None, span: int) -> str:
        """The findings of a row as a table row of their own, ``""`` without any."""
        told = self.marks.beneath(section, row)
        return f'<tr class="af-told"><td colspan="{span}">{told}</td></tr>' if told else ""

    def _block(self, side: str, lines: Iterable[str]) -> Iterator[str]:
        """Rows that share one merged cell at their left."""
        present = [line for line in lines if line]
        head = f'<th class="af-side" rowspan="{len(present)}">{escape(side)}</th>'
        for number, line in enumerate(present):
            yield line.replace(">", ">" + head, 1) if number == 0 else line

    def _header(self) -> Iterator[str]:
        form = self.form

        def pair(label: str, field: str, span: int, label_span: int = 1) -> str:
            cell = self._cell(("header", None, field), getattr(form, field), span, "af-left")
            return f'<th colspan="{label_span}">{label}</th>{cell}'

        transfer = form.template == "transfer"
        name = "转移支付（项目）名称" if transfer else "项目名称"
        yield f"<tr>{pair(name, 'project_name', 7, 2)}</tr>"
        if transfer:
            yield f"<tr>{pair('中央主管部门', 'central_department', 7, 2)}</tr>"
        labels = ("地方主管部门", "资金使用单位") if transfer else ("主管部门", "实施单位")
        yield f"<tr>{pair(labels[0], 'department', 3, 2)}{pair(labels[1], 'unit', 3)}</tr>"
        yield self._note("header", None, _COLUMNS)

    def _funds(self) -> Iterator[str]:
        fields = _FUND_FIELDS[self.form.template]
        widths = [1] * 6 if self.form.template == "project" else [2, 2, 2]
        heads = "".join(f'<th colspan="{w}">{name}</th>' for w, (_, name) in zip(widths, fields, strict=True))
        lines = [f'<tr class="af-heads"><th colspan="2"></th>{heads}</tr>', self._note("funds", None, 8)]
        usual = tuple(FundLine(label=label) for label in _USUAL_FUNDS)
        for number, fund in enumerate(self.form.funds or usual, 1):
            cells = "".join(
                self._cell(("funds", number, field), getattr(fund, field), width)
                for width, (field, _) in zip(widths, fields, strict=True)
            )
            label = self._cell(("funds", number, "label"), fund.label, 2, "af-left")
            lines += [f"<tr>{label}{cells}</tr>", self._note("funds", number, 8)]
        yield from self._block(f"项目资金（{self.form.money_unit}）", lines)

    def _goal(self) -> Iterator[str]:
        goal = self.form.goal
        expected = self._cell(("goal", None, "expected"), goal.expected, 4, "af-prose")
        actual = self._cell(("goal", None, "actual"), goal.actual, 4, "af-prose")
        lines = [
            '<tr class="af-heads"><th colspan="4">预期目标</th><th colspan="4">实际完成情况</th></tr>',
            f"<tr>{expected}{actual}</tr>",
            self._note("goal", None, 8),
        ]
        yield from self._block("年度总体目标", lines)

    def _indicators(self) -> Iterator[str]:
        heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]
        scored = self.form.template == "project"
        heads += [name for _, name in _SCORED] if scored else []
        last = "偏差原因分析及改进措施" if scored else "未完成原因和改进措施"
        row = (
            "".join(f"<th>{name}</th>" for name in heads) + f'<th colspan="{1 if scored else 3}">{last}</th>'
        )
        lines = [f'<tr class="af-heads">{row}</tr>', self._note("indicators", None, 8)]
        if numbered := self._numbered():
            lines += self._levels(numbered)
        else:
            lines.append('<tr><td colspan="8" class="af-empty">还没有指标</td></tr>')
        yield from self._block("绩效指标", lines)

    def _numbered(self) -> list[tuple[int, Indicator]]:
        """The indicators by number, each that is only proposed behind the last one of its kind."""
        numbered = list(enumerate(self.form.indicators, 1))
        for new in self.proposed.rows:
            same = [at for at, (_, row) in enumerate(numbered, 1) if _kind(row) == _kind(new)]
            near = [at for at, (_, row) in enumerate(numbered, 1) if row.level1 == new.level1]
            numbered.insert(max(same or near or [len(numbered)]), (_NOT_YET, new))
        return numbered

    def _levels(self, numbered: Sequence[tuple[int, Indicator]]) -> list[str]:
        """The indicator rows, equal neighbours of 一级 and 二级指标 merged."""
        lines: list[str] = []
        for level1, group in _merged(numbered, lambda row: row.level1):
            first = len(lines)
            for level2, members in _merged(group, lambda row: row.level2):
                start = len(lines)
                for number, row in members:
                    lines += [self._indicator(number, row), self._note("indicators", number, 6)]
                lines[start:] = [line for line in lines[start:] if line]
                self._merge(lines, start, members, "level2", level2)
            self._merge(lines, first, group, "level1", level1)
        return lines

    def _merge(
        self,
        lines: list[str],
        start: int,
        members: Sequence[tuple[int, Indicator]],
        field: str,
        text: str,
    ) -> None:
        """Puts the merged cell of a level before the first of its lines."""
        marked = (number for number, _ in members if self.marks.cell("indicators", number, field))
        place: Place = ("indicators", next(marked, members[0][0]), field)
        cell = self._cell(place, text, rows=len(lines) - start)
        lines[start] = lines[start].replace(">", ">" + cell, 1)

    def _indicator(self, number: int, row: Indicator) -> str:
        scored = self.form.template == "project"
        css = {"name": "af-left", "explanation": "af-prose"}
        fields = ["name", "target", "actual", *[field for field, _ in _SCORED if scored], "explanation"]
        cells = "".join(
            self._cell(
                ("indicators", number, field),
                getattr(row, field),
                3 if field == "explanation" and not scored else 1,
                css.get(field, ""),
            )
            for field in fields
        )
        kind = (
            ' class="af-new"'
            if number == _NOT_YET
            else self.marks.cell("indicators", number, "").replace("data-mark", "data-row-mark")
        )
        return f"<tr{kind}>{cells}</tr>"

    def _foot(self) -> Iterator[str]:
        form, total = self.form, self.form.total
        if form.template == "project":
            cells = "".join(
                self._cell(
                    ("total", None, field), getattr(total, field), css="af-prose" if field == "note" else ""
                )
                for field in ("weight", "score", "note")
            )
            marks = self.marks.cell("total", None, "")
            yield f'<tr class="af-total"{marks}><th colspan="6">总分</th>{cells}</tr>'
        yield self._note("total", None, _COLUMNS)
        if form.grade:
            grade = self._cell(("header", None, "grade"), form.grade, 8)
            yield f"<tr><th>{FIELD_NAMES['grade']}</th>{grade}</tr>"
        if form.template == "transfer" or form.remark:
            remark = self._cell(("header", None, "remark"), form.remark, 8, "af-prose")
            yield f"<tr><th>说明</th>{remark}</tr>"
        if form.notes:
            notes = conspicuous("\n".join(form.notes))
            yield f'<tr><td colspan="{_COLUMNS}" class="af-prose">{notes}</td></tr>'


def _place(finding: Finding) -> Place:
    location = finding.location
    if location.section in _SIDE:
        return "indicators", location.row, location.field or _SIDE[location.section]
    return location.section, location.row, location.field


def _found_item(finding: Finding) -> str:
    sums = f'<span class="af-sum">{escape(finding.arithmetic)}</span>' if finding.arithmetic else ""
    hint = f'<span class="af-hint">{escape(finding.hint)}</span>' if finding.hint else ""
    mark = COMMENT if finding.rule == COMMENT else finding.severity.value
    return f'<li data-mark="{mark}"><b>{_name(finding)}</b> {escape(finding.message)}{sums}{hint}</li>'


def _name(finding: Finding) -> str:
    return "批注" if finding.rule == COMMENT else SEVERITY_NAMES[finding.severity]


def _kind(row: Indicator) -> tuple[str, str]:
    return row.level1, row.level2


def _merged(
    rows: Sequence[tuple[int, Indicator]], key: Callable[[Indicator], str]
) -> Iterator[tuple[str, list[tuple[int, Indicator]]]]:
    for text, members in groupby(rows, lambda pair: key(pair[1])):
        yield text, list(members)


def _spans(columns: int, rows: int) -> str:
    wide = f' colspan="{columns}"' if columns > 1 else ""
    return wide + (f' rowspan="{rows}"' if rows > 1 else "")


def _year_line(form: Form) -> str:
    return form.year_line or (f"（{form.year}年度）" if form.year else "")


def _colgroup(form: Form) -> str:
    if form.template == "transfer":
        widths = (4, 9, 10, 20, 13, 14, 10, 10, 10)
    elif any(len(row.actual) > _STORY for row in form.indicators):
        widths = (4, 7, 8, 16, 10, 22, 5, 7, 21)
    else:
        widths = (4, 8, 9, 19, 11, 11, 6, 8, 24)
    return "".join(f'<col style="width:{width}%">' for width in widths)
