"""The way through a form: which section is done, what is missing, and the one thing to ask for next."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.drafting.context import is_open
from assistant.form.finding import Location, Severity
from assistant.form.model import BLANK, Form, Frozen, FundLine
from assistant.form.wording import place_name
from assistant.rules.check import Report
from assistant.rules.score import total_fund_row

_HEADER = (("project_name", "项目名称"), ("department", "主管部门"), ("unit", "实施单位"))
_EXPLAIN = frozenset({"deviation_unexplained", "over_completion_unexplained", "explanation_contradicts"})
_LOW = "low_execution_unexplained"
_WEIGHTS = frozenset({"weight_sum", "level_weights", "total_weight_printed", "weight_not_positive"})
_MISSING = _EXPLAIN | {
    "required_missing",
    "goal_missing",
    "budget_zero",
    "missing_first_level",
    "actual_missing",
    _LOW,
}
_AFTER_ACTUALS = "填好完成值后才知道哪些行有偏差"
_AFTER_ALL = "前面各步填好后自动检查"
_SHOWN = 6
_LISTED = 3


class Step(Frozen):
    """A section of the work (基本信息, 资金, 目标, 指标, 完成情况, 偏差, 检查): done, or what it lacks."""

    name: str
    done: bool
    missing: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is missing, as a line: things by name, faults and what must come first as they are."""
        if not self.missing:
            return ""
        if self.name == "检查" or self.missing == (_AFTER_ACTUALS,):
            return f"{self.name}：{'；'.join(self.missing)}"
        return f"{self.name}还缺：{'、'.join(self.missing)}"


class Question(Frozen):
    """What the assistant asks next; ``asked`` is the cell that the answer belongs to, None for several."""

    text: str
    asked: Location | None = None


def steps_of(form: Form, report: Report) -> tuple[Step, ...]:
    """All sections in the order in which they are worked through."""
    sections = (
        ("基本信息", _header(form)),
        ("资金", _funds(form)),
        ("目标", () if form.goal.expected.strip() else ("年度总体目标",)),
        ("指标", _indicators(form, report)),
        ("完成情况", _actuals(form)),
        ("偏差", _deviations(form, report)),
        ("检查", _errors(form, report)),
    )
    return tuple(Step(name=name, done=not missing, missing=missing) for name, missing in sections)


def deviating_rows(form: Form, report: Report) -> tuple[int, ...]:
    """Rows that still need an explanation of their deviation."""
    found = {
        finding.location.row
        for finding in report.findings
        if finding.rule in _EXPLAIN and finding.location.section == "indicators"
    }
    for score in report.sheet.indicators:
        if score.met is False and is_open(form.indicators[score.row - 1].explanation):
            found.add(score.row)
    found |= {
        number
        for number, row in enumerate(form.indicators, 1)
        if "偏差原因" in row.explanation and BLANK[:3] in row.explanation
    }
    return tuple(sorted(row for row in found if row is not None))


def has_low_execution(form: Form, report: Report) -> bool:
    """Whether a low execution of the budget is still to be explained, or its cause is a marked blank."""
    blank = BLANK[:3] in form.total.note and "执行率" in form.total.note
    return blank or any(finding.rule == _LOW for finding in report.findings)


def next_question(form: Form, report: Report, passed: Collection[Location] = ()) -> Question:
    """The one thing to ask for next, in the order of the sections; at the end, what to do with the form.

    ``passed``: cells that the user does not want to be asked for now.
    """
    fields = {place.field for place in passed if place.section == "header"}
    if question := _ask_header(form, fields):
        return question
    for ask in (_ask_funds, _ask_goal, _ask_targets, _ask_actuals):
        if (question := ask(form)) and (question.asked is None or question.asked not in passed):
            return question
    question = _ask_deviation(form, report)
    if question is not None and question.asked not in passed:
        return question
    return _ask_check(form, report)


def _header(form: Form) -> tuple[str, ...]:
    missing = [label for field, label in _HEADER if not getattr(form, field).strip()]
    return (*missing, *(() if form.year or form.year_line.strip() else ("年度",)))


def _total_row(form: Form) -> int:
    return total_fund_row(form) or 1


def _funds(form: Form) -> tuple[str, ...]:
    line = form.funds[_total_row(form) - 1] if form.funds else FundLine()
    cells = [("budget", "全年预算数"), ("executed", "全年执行数")]
    if form.template == "project":
        cells.insert(0, ("initial", "年初预算数"))
    missing = [label for field, label in cells if is_open(getattr(line, field))]
    return (*missing, *(() if missing or _sources_known(form) else ("资金来源",)))


def _sources_known(form: Form) -> bool:
    """Whether some source row carries an amount in each column that the total carries."""
    number = _total_row(form)
    sources = [line for at, line in enumerate(form.funds, 1) if at != number]
    return any(re.search(r"[1-9]", line.budget + line.executed) for line in sources)


def _indicators(form: Form, report: Report) -> tuple[str, ...]:
    if not form.indicators:
        return ("绩效指标",)
    missing = []
    if rows := [n for n, row in enumerate(form.indicators, 1) if is_open(row.target)]:
        missing.append(f"第{_listed(rows)}行的年度指标值")
    scored = form.template == "project"
    if rows := [n for n, row in enumerate(form.indicators, 1) if scored and is_open(row.weight)]:
        missing.append(f"第{_listed(rows)}行的分值")
    elif any(f.rule in _WEIGHTS and f.severity is Severity.ERROR for f in report.findings):
        missing.append("分值合计不对")
    return tuple(missing)


def _actuals(form: Form) -> tuple[str, ...]:
    missing = []
    if not form.indicators:
        missing.append("各项指标的完成值")
    elif rows := [n for n, row in enumerate(form.indicators, 1) if is_open(row.actual)]:
        missing.append(f"第{_listed(rows)}行的实际完成值")
    return (*missing, *(() if form.goal.actual.strip() else ("总体目标的实际完成情况",)))


def _deviations(form: Form, report: Report) -> tuple[str, ...]:
    if all(is_open(row.actual) for row in form.indicators):
        return (_AFTER_ACTUALS,)
    rows = deviating_rows(form, report)
    missing = [f"第{row}行“{_short(form.indicators[row - 1].name)}”的偏差说明" for row in rows[:_SHOWN]]
    missing += [f"还有{len(rows) - _SHOWN}行的偏差说明"] if len(rows) > _SHOWN else []
    return (*missing, *(("预算执行率低的原因",) if has_low_execution(form, report) else ()))


def _errors(form: Form, report: Report) -> tuple[str, ...]:
    every = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    errors = [finding for finding in every if finding.rule not in _MISSING]
    if every and not errors:
        return (_AFTER_ALL,)
    return tuple(
        f"{place_name(form, finding.location)}：{finding.message.rstrip('。')}" for finding in errors[:_SHOWN]
    )


def _ask_header(form: Form, passed: Collection[str] = ()) -> Question | None:
    questions = {
        "project_name": "请问项目叫什么名称？例如“项目名称是基层图书室建设”。",
        "department": "请问主管部门是哪个单位？例如“主管部门是市文化局”。",
        "unit": "请问实施单位是哪个单位或处室？例如“实施单位是公共服务科”。",
    }
    for field, text in questions.items():
        if not getattr(form, field).strip() and field not in passed:
            return Question(text=text, asked=Location(section="header", field=field))
    if not form.year and not form.year_line.strip() and "year" not in passed:
        return Question(
            text="请问这张表是哪一年度的？例如“2023年度”。", asked=Location(section="header", field="year")
        )
    return None


def _ask_funds(form: Form) -> Question | None:
    missing = _funds(form)
    if not missing:
        return None
    row = _total_row(form)
    if missing == ("资金来源",):
        text = "这些资金是从哪里来的？例如“都是当年财政拨款”，或“财政拨款50万元，其他资金10万元”。"
        return Question(text=text)
    line = form.funds[row - 1] if row <= len(form.funds) else FundLine()
    if line.initial and "全年预算数" in missing:
        known = f"年初预算是{line.initial}{form.money_unit}"
        text = f"{known}，全年预算有调整吗？没有就说“没有调整”，有就说“调整后…{form.money_unit}”。"
        return Question(text=text, asked=Location(section="funds", row=row, field="budget"))
    if line.budget and "年初预算数" in missing:
        known = f"{line.budget}{form.money_unit}"
        text = f"全年预算是{known}，年初预算也是{known}吗？一样就回复“是”，不一样就说“年初预算…”。"
        return Question(text=text, asked=Location(section="funds", row=row, field="initial"))
    if "全年预算数" in missing or "年初预算数" in missing:
        text = "请问预算是多少？例如“年初预算60万元”；中途有调整的，再说“调整后58万元”。"
        return Question(text=text, asked=Location(section="funds", row=row, field="budget"))
    text = "请问全年实际支出了多少？例如“实际支出57.5万元”。"
    return Question(text=text, asked=Location(section="funds", row=row, field="executed"))


def _ask_goal(form: Form) -> Question | None:
    if form.goal.expected.strip() or form.indicators:
        return None
    text = "请用一两句话说说今年打算做什么、做到什么程度，例如“今年计划培训100人，满意度90%以上”。"
    return Question(text=text, asked=Location(section="goal", field="expected"))


def _ask_targets(form: Form) -> Question | None:
    rows = [number for number, row in enumerate(form.indicators, 1) if is_open(row.target)]
    if not rows:
        return _ask_expected(form)
    name = _short(form.indicators[rows[0] - 1].name)
    text = f"第{rows[0]}行“{name}”今年的指标值定多少？例如“第{rows[0]}行目标是…”。"
    return Question(text=text, asked=Location(section="indicators", row=rows[0], field="target"))


def _ask_expected(form: Form) -> Question | None:
    if form.goal.expected.strip():
        return None
    text = "年度总体目标还没写，请用一两句话说说，例如“总体目标：……”。"
    return Question(text=text, asked=Location(section="goal", field="expected"))


def _ask_actuals(form: Form) -> Question | None:
    rows = [number for number, row in enumerate(form.indicators, 1) if is_open(row.actual)]
    if len(rows) == 1:
        last = form.indicators[rows[0] - 1]
        text = f"只差第{rows[0]}行“{_short(last.name)}”（指标值{last.target}）的实际完成值了，实际是多少？"
        return Question(text=text, asked=Location(section="indicators", row=rows[0], field="actual"))
    if rows:
        names = "、".join(f"第{n}行“{_short(form.indicators[n - 1].name)}”" for n in rows[:_SHOWN])
        more = f"等{len(rows)}项" if len(rows) > _SHOWN else ""
        example = f"例如“第{rows[0]}行完成…，第{rows[1]}行完成…”，和目标一样的可以说“其余按目标值填”"
        return Question(text=f"请说说完成情况，一句话可以说几项，{example}。还没填的有：{names}{more}。")
    if not form.goal.actual.strip():
        text = "总体目标的实际完成情况还没写，请说一两句，例如“完成情况：……”。"
        return Question(text=text, asked=Location(section="goal", field="actual"))
    return None


def _ask_deviation(form: Form, report: Report) -> Question | None:
    for row in deviating_rows(form, report):
        indicator = form.indicators[row - 1]
        text = (
            f"第{row}行“{_short(indicator.name)}”指标值{indicator.target}，实际{indicator.actual}，"
            "主要是什么原因？下一步怎么改进？"
        )
        return Question(text=text, asked=Location(section="indicators", row=row, field="explanation"))
    if has_low_execution(form, report):
        text = "预算执行率偏低，资金没有用完主要是什么原因？下一步怎么办？"
        return Question(text=text, asked=Location(section="total", field="note"))
    return None


def _ask_check(form: Form, report: Report) -> Question:
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        hint = f"{first.hint}" if first.hint else ""
        return Question(
            text=f"还有{len(errors)}处错误。先看{place_name(form, first.location)}：{first.message}{hint}"
        )
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    reminder = f"另有{warnings}处提醒，可在“问题”里看。" if warnings else ""
    return Question(text=f"表已经填完，没有错误。{reminder}可以点右上方的导出按钮，下载正式的Word表。")


def _listed(rows: list[int]) -> str:
    most = len(rows) if len(rows) <= _LISTED + 1 else _LISTED
    return "、".join(str(row) for row in rows[:most]) + (f"等{len(rows)}" if len(rows) > most else "")


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"
