"""The library's forms as records: cells as printed, their numbers in standard units, what is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from assistant.asking.records.fields import Sort
from assistant.form.amount import read_amount, read_points, read_rate
from assistant.form.model import Form, FundLine, Indicator
from assistant.form.numerals import normal
from assistant.form.rounding import half_up, plain
from assistant.form.value import Direction, Kind, Value
from assistant.library import StoredForm
from assistant.rules.profile import profile_for
from assistant.rules.reading import read_row
from assistant.rules.reasons import has_measure, reason_of
from assistant.rules.score import ScoreSheet, grade_of, score_form, total_fund_row
from assistant.rules.year import own_year

YES, NO = "是", "否"
_SAME_CELLS = 8192
NO_UNIT = "无"
_KINDS = {
    Kind.QUANTITATIVE: "定量",
    Kind.RANGE: "区间",
    Kind.DATE: "日期",
    Kind.QUALITATIVE: "定性",
    Kind.TEXT: "文字",
    Kind.EMPTY: "空",
}


class Cell(NamedTuple):
    """``text`` as it is shown; ``number`` in ``unit``, None where the cell holds no number."""

    text: str = ""
    number: Decimal | None = None
    unit: str = ""


NO_CELL = Cell()
"""What stands where a record has no such field."""


@dataclass(frozen=True)
class Record:
    """A form, an indicator row, a fund row or a finding; ``row`` is None for a form."""

    of: Sort
    form: int
    row: int | None
    cells: Mapping[str, Cell]

    def __getitem__(self, field: str) -> Cell:
        return self.cells.get(field, NO_CELL)


class FormRecords(Protocol):
    """A form of the library with its score sheet and all its records but the findings."""

    @property
    def number(self) -> int:
        """Its number."""
        ...

    @property
    def form(self) -> Form:
        """The form itself."""
        ...

    @property
    def year(self) -> int | None:
        """The year that it tells."""
        ...

    @property
    def sheet(self) -> ScoreSheet:
        """Its score sheet."""
        ...

    @property
    def record(self) -> Record:
        """The form as a record."""
        ...

    @property
    def indicators(self) -> Sequence[Record]:
        """Its indicators."""
        ...

    @property
    def funds(self) -> Sequence[Record]:
        """Its fund rows."""
        ...


@dataclass(frozen=True)
class ComputedForm:
    """``FormRecords`` computed from the form itself."""

    number: int
    form: Form
    year: int | None
    sheet: ScoreSheet
    record: Record
    indicators: tuple[Record, ...]
    funds: tuple[Record, ...]


def records_of(stored: StoredForm) -> ComputedForm:
    """All records of one form."""
    form, number = stored.form, stored.number
    profile = profile_for(form)
    sheet = score_form(form, profile)
    year = own_year(form).year
    shared = {
        "form": Cell(str(number), Decimal(number)),
        "project_name": Cell(_one_line(form.project_name)),
        "unit": Cell(_one_line(form.unit)),
        "department": Cell(_one_line(form.department)),
        "year": Cell(str(year), Decimal(year)) if year else Cell(),
    }
    indicators = tuple(
        Record("indicators", number, at, {**shared, **_indicator(row, at, sheet)})
        for at, row in enumerate(form.indicators, 1)
    )
    funds = tuple(
        Record("funds", number, at, {**shared, **_fund(line, at, form)})
        for at, line in enumerate(form.funds, 1)
    )
    cells = {**shared, **_header(form), **_money(form, sheet), **_scores(form, sheet, indicators)}
    if (total := cells["total"].number) is not None:
        cells["grade"] = Cell(grade_of(total, profile))
    record = Record("forms", number, None, cells)
    return ComputedForm(number, form, year, sheet, record, indicators, funds)


@lru_cache(maxsize=_SAME_CELLS)
def computed(number: Decimal | None, unit: str, places: int = 6) -> Cell:
    """A computed number as a cell; an empty one for None."""
    return Cell() if number is None else Cell(plain(number, places), number, unit)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _header(form: Form) -> dict[str, Cell]:
    names = ("title", "year_line", "central_department", "remark")
    return {
        **{name: Cell(_one_line(getattr(form, name))) for name in names},
        "template": Cell("转移支付" if form.template == "transfer" else "项目支出"),
        "goal_expected": Cell(form.goal.expected),
        "goal_actual": Cell(form.goal.actual),
        "note": Cell(form.total.note),
        "indicator_count": computed(Decimal(len(form.indicators)), "个"),
    }


def _amount(text: str, form: Form) -> Cell:
    number = read_amount(text, form.money_unit)
    if number is not None and form.money_unit == "元":
        number /= 10000
    return Cell(text, number, "万元" if number is not None else "")


@lru_cache(maxsize=_SAME_CELLS)
def _points(text: str) -> Cell:
    number = read_points(text)
    return Cell(text, number, "分" if number is not None else "")


@lru_cache(maxsize=_SAME_CELLS)
def _rate(text: str) -> Cell:
    rate = read_rate(text)
    return Cell(text, rate.fraction * 100, "%") if rate else Cell(text)


def _money(form: Form, sheet: ScoreSheet) -> dict[str, Cell]:
    row = total_fund_row(form)
    line = form.funds[row - 1] if row else FundLine()
    cells = {name: _amount(getattr(line, name), form) for name in ("initial", "budget", "executed")}
    initial, budget, executed = (cells[name].number for name in ("initial", "budget", "executed"))
    left = budget - executed if budget is not None and executed is not None else None
    changed = budget - initial if budget is not None and initial is not None else None
    execution = sheet.execution
    rate = None if execution.rate is None else half_up(execution.rate * 100)
    lost = _minus(execution.weight, execution.printed)
    return {
        **cells,
        "sources": computed(Decimal(len(form.funds) - (1 if row else 0)), "行"),
        "unspent": computed(left, "万元"),
        "overspent": computed(-left if left is not None else None, "万元"),
        "adjusted": computed(changed, "万元"),
        "adjusted_rate": computed(
            changed * 100 / initial if changed is not None and initial else None, "%", 2
        ),
        "rate": Cell() if rate is None else Cell(f"{rate}%", rate, "%"),
        "left_rate": computed(None if rate is None else 100 - rate, "%", 2),
        "rate_printed": _rate(line.rate),
        "rate_diff": computed(_apart(_rate(line.rate).number, rate), "%", 2),
        "exec_weight": _points(line.weight),
        "exec_score": _points(line.score),
        "exec_score_rule": computed(execution.rule, "分"),
        "exec_gap": computed(_minus(execution.printed, execution.rule), "分"),
        "exec_diff": computed(_apart(execution.printed, execution.rule), "分"),
        "exec_lost": computed(lost, "分"),
    }


def _scores(form: Form, sheet: ScoreSheet, rows: tuple[Record, ...]) -> dict[str, Cell]:
    printed = [row["score"].number for row in rows] + [sheet.execution.printed]
    known = [number for number in printed if number is not None]
    weights = [row["weight"].number for row in rows] + [sheet.execution.weight]
    weighed = [number for number in weights if number is not None]
    total, rule = sheet.total_printed, sheet.total_rule
    met = [row["met"].text for row in rows if row["met"].text]
    share = Decimal(100) * met.count(YES) / len(met) if met else None
    return {
        "weight_sum": computed(sum(weighed, Decimal(0)) if weighed else None, "分"),
        "total": _points(form.total.score),
        "total_sum": computed(sum(known, Decimal(0)) if known else None, "分"),
        "total_rule": computed(rule, "分"),
        "total_gap": computed(_minus(total, rule), "分"),
        "total_diff": computed(_apart(total, rule), "分"),
        "sum_diff": computed(_apart(total, sum(known, Decimal(0)) if known else None), "分"),
        "total_lost": computed(_minus(read_points(form.total.weight) or Decimal(100), total), "分"),
        "levels": Cell("、".join(dict.fromkeys(row["level2"].text for row in rows))),
        "met_share": computed(share, "%", 2),
    }


def _apart(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else abs(left - right)


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return left - right if left is not None and right is not None else None


def _indicator(row: Indicator, number: int, sheet: ScoreSheet) -> dict[str, Cell]:
    read = read_row(row)
    target, actual = read.target, read.actual
    score = sheet.indicators[number - 1]
    reached = read.reached if actual.kind is Kind.QUANTITATIVE else None
    aim = _aim(target, reached)
    gap = _minus(reached, aim)
    completion = reached * 100 / aim if reached is not None and aim else None
    overshot = score.met is False and score.direction in (Direction.EQUAL, Direction.RANGE) and (gap or 0) > 0
    met = "" if score.met is None else YES if score.met or overshot else NO
    return {
        "row": Cell(str(number), Decimal(number)),
        **{name: Cell(_one_line(getattr(row, name))) for name in ("level1", "level2", "name")},
        "target": _value(row.target, target),
        "actual": _value(row.actual, actual, target),
        "weight": _points(row.weight),
        "score": _points(row.score),
        "rule_score": computed(score.rule, "分"),
        "score_gap": computed(_minus(score.printed, score.rule), "分"),
        "lost": computed(_minus(score.weight, score.printed), "分"),
        "score_rate": computed(
            score.printed * 100 / score.weight if score.printed is not None and score.weight else None, "%", 2
        ),
        "completion": computed(completion, "%", 2),
        "gap": computed(gap, target.unit_norm or actual.unit_norm),
        "met": Cell(met),
        "way": Cell(score.direction.value),
        "target_kind": Cell(_KINDS[target.kind]),
        "counted_in": Cell(_counted_in(target) or _counted_in(actual)),
        "actual_kind": Cell(_KINDS[actual.kind]),
        "target_unit": Cell(_unit_told(target)),
        "actual_unit": Cell(_unit_told(actual)),
        "target_sign": Cell(target.sign.value),
        "explanation": Cell(row.explanation),
        "reason": Cell(YES if reason_of(row.explanation) else NO),
        "measure": Cell(YES if reason_of(row.explanation) and has_measure(row.explanation) else NO),
    }


def _aim(target: Value, reached: Decimal | None) -> Decimal | None:
    """The number that an actual is measured by: of a range its nearer end."""
    if target.kind is Kind.RANGE and target.upper is not None and reached is not None:
        below = target.number is not None and reached < target.number
        inside = target.number is not None and target.number <= reached <= target.upper
        return target.number if below else reached if inside else target.upper
    return target.number if target.kind is Kind.QUANTITATIVE else None


def _value(text: str, value: Value, like: Value | None = None) -> Cell:
    """A target or actual; an actual without a unit counts in its target's."""
    unit = value.unit_norm or (like.unit_norm if like is not None else "")
    quantity = value.kind is Kind.QUANTITATIVE or value.kind is Kind.RANGE
    return Cell(text, value.number if quantity else None, unit if quantity else "")


def _counted_in(value: Value) -> str:
    """The unit as printed; a bare 万 of money is 万元."""
    bare = value.unit and value.unit_norm == f"{value.unit}元"
    return f"{value.unit}元" if bare else value.unit


def _unit_told(value: Value) -> str:
    """The unit that a number is printed with, NO_UNIT where it has none; "" for what is no number."""
    return (_counted_in(value) or NO_UNIT) if value.kind in (Kind.QUANTITATIVE, Kind.RANGE) else ""


def _fund(line: FundLine, number: int, form: Form) -> dict[str, Cell]:
    cells = {name: _amount(getattr(line, name), form) for name in ("initial", "budget", "executed")}
    left = _minus(cells["budget"].number, cells["executed"].number)
    return {
        "row": Cell(str(number), Decimal(number)),
        "label": Cell(normal(line.label)),
        **cells,
        "unspent": computed(left, "万元"),
        "overspent": computed(None if left is None else -left, "万元"),
        "rate": _rate(line.rate),
        "score": _points(line.score),
    }
