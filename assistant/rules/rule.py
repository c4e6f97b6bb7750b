"""What a rule is: a short function from a Case to observations, with its metadata and a docstring contract.

A rule looks at one form; a batch rule looks at all forms that are checked together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.form.finding import Finding, Location, Section, Severity
from assistant.form.model import Form, Frozen
from assistant.form.record import computed, record
from assistant.rules.beside import Passage, beside
from assistant.rules.cells import PROSE, Cells, prose_of, texts_of
from assistant.rules.contract import basis_of
from assistant.rules.deviation import Deviation, deviation, is_money_cost
from assistant.rules.fund_lines import ReadFund, read_funds
from assistant.rules.fund_style import RateStyle
from assistant.rules.line import Line, line_of
from assistant.rules.other_points import OtherPoints, other_points
from assistant.rules.profile import Profile
from assistant.rules.reading import ReadRow
from assistant.rules.rows import is_spare, parts_of_rows
from assistant.rules.score import ScoreSheet, execution_counts


class FormYear(Frozen):
    """The year a form is about and how it is known; ``year`` None where nothing tells it."""

    year: int | None = None
    told_by: Literal["option", "year_line", "name_or_goal", "prose", "batch", "nothing"] = "nothing"


@dataclass(frozen=True)
class Case:
    """What a rule sees: one form, its score sheet under a profile, its year, its rows as read.

    ``usual_rates``: how the forms checked with it fill the 执行率 cells of their source rows.
    """

    form: Form
    profile: Profile
    sheet: ScoreSheet
    year: FormYear
    rows: Sequence[ReadRow]
    usual_rates: RateStyle | None = None

    @computed
    def lines(self) -> tuple[Line, ...]:
        """The indicator rows with their values and scores, in the form's order."""
        return tuple(map(line_of, self.rows, self.sheet.indicators))

    @computed
    def execution_counts(self) -> bool:
        """Whether the fund row counts towards the total, see ``score``."""
        return execution_counts([row.cells for row in self.rows])

    @computed
    def weights(self) -> tuple[Decimal | None, ...]:
        """The points of the execution rate, where printed and counted, and of all rows that are counted."""
        execution = self.sheet.execution.weight if self.execution_counts else None
        rows = [line.score.weight for line in self.counted]
        others = [other.weight for other in self.other_points]
        return (*([] if execution is None else [execution]), *others, *rows)

    @computed
    def other_points(self) -> tuple[OtherPoints, ...]:
        """The rows scored outside 项目资金 and 绩效指标, in the form's order."""
        return other_points(self.form)

    @computed
    def is_weighted(self) -> bool:
        """Whether the form carries points, and some row has them."""
        return self.form.is_scored and any(row.weight is not None for row in self.sheet.indicators)

    @computed
    def parts(self) -> dict[int, int]:
        """Rows that break another row down -> that row, see ``rows.parts_of_rows``."""
        return parts_of_rows([row.cells for row in self.rows])

    @computed
    def filled(self) -> tuple[Line, ...]:
        """The rows but those that the template left."""
        return tuple(line for line in self.lines if not is_spare(line.cells))

    @computed
    def counted(self) -> tuple[Line, ...]:
        """The rows that should carry points: neither left by the template nor part of another row."""
        return tuple(line for line in self.filled if line.number not in self.parts)

    @computed
    def money_costs(self) -> tuple[Line, ...]:
        """The rows that state an amount of money spent."""
        return tuple(filter(is_money_cost, self.lines))

    @computed
    def _deviations(self) -> tuple[Deviation, ...]:
        return tuple(deviation(line, self.profile) for line in self.lines)

    def deviation(self, line: Line) -> Deviation:
        """How a row of this form came out against its target."""
        return self._deviations[line.number - 1]

    @computed
    def passages(self) -> tuple[Passage, ...]:
        """What the office says outside the cells, see ``beside``."""
        return beside(self.form)

    @computed
    def fund_rows(self) -> tuple[ReadFund, ...]:
        """The fund rows with their amounts, in the form's order."""
        return read_funds(self.form)

    @computed
    def total_fund(self) -> ReadFund | None:
        """The row of 年度资金总额; None for a form without fund rows."""
        return next((row for row in self.fund_rows if row.is_total), None)

    @computed
    def cells(self) -> Cells:
        """Every filled cell of the form; not the foot notes."""
        return Cells(self.form, texts_of(self.form))

    @computed
    def prose(self) -> Cells:
        """Every filled cell that holds words, see ``cells.PROSE``."""
        return Cells(self.form, prose_of(self.form, [row.cells for row in self.rows]), PROSE)


@record
class Observation:
    """What a rule yields; the catalogue adds code, name, severity and basis to make it a Finding."""

    message: str
    section: Section
    row: int | None = None
    field: str = ""
    printed: str = ""
    expected: str = ""
    arithmetic: str = ""
    hint: str = ""
    severity: Severity | None = None


@lru_cache(maxsize=1024)
def _location(section: Section, row: int | None, field: str) -> Location:
    """Places are few, whatever stands in them."""
    return Location(section=section, row=row, field=field)


RuleFunction = Callable[[Case], Iterator[Observation]]
BatchFunction = Callable[[Sequence[Case]], Iterator[tuple[int, Observation]]]
"""Yields the index of the form with each observation; is called for two forms or more."""


@dataclass(frozen=True)
class RuleEntry:
    """What every rule of the catalogue has: ``code`` is forever, ``severity`` the default of a finding.

    ``name`` is the fixed name of the rule, ``contract`` its docstring, see ``rules.contract``.
    """

    code: str
    name: str
    severity: Severity
    basis: str
    contract: str

    def finding(self, seen: Observation) -> Finding:
        """``seen`` as a Finding of this rule."""
        return Finding.trusted_dict(
            {
                "code": self.code,
                "rule": self.name,
                "severity": seen.severity or self.severity,
                "location": _location(seen.section, seen.row, seen.field),
                "printed": seen.printed,
                "expected": seen.expected,
                "arithmetic": seen.arithmetic,
                "message": seen.message,
                "hint": seen.hint,
                "basis": self.basis,
            }
        )


@dataclass(frozen=True)
class Rule(RuleEntry):
    """A rule over one form."""

    function: RuleFunction


@dataclass(frozen=True)
class BatchRule(RuleEntry):
    """A rule over all forms that are checked together."""

    function: BatchFunction

    def findings(self, cases: Sequence[Case]) -> Iterator[tuple[int, Finding]]:
        """The observations of this rule on ``cases`` as findings, each with the index of its form."""
        for index, seen in self.function(cases):
            yield index, self.finding(seen)


def rule(code: str, severity: Severity, basis: str = "") -> Callable[[RuleFunction], Rule]:
    """Makes a Rule of a function: its name is the rule's fixed name, its docstring the contract.

    ``basis`` is what the contract says under 依据 unless given.
    """

    def make(function: RuleFunction) -> Rule:
        contract = (function.__doc__ or "").strip()
        return Rule(code, function.__name__, severity, basis or basis_of(contract), contract, function)

    return make


def batch_rule(code: str, severity: Severity, basis: str = "") -> Callable[[BatchFunction], BatchRule]:
    """Makes a BatchRule of a function over cases, see ``rule``."""

    def make(function: BatchFunction) -> BatchRule:
        contract = (function.__doc__ or "").strip()
        return BatchRule(code, function.__name__, severity, basis or basis_of(contract), contract, function)

    return make
