"""What a rule is: a short function from a Case to observations, with its metadata and a docstring contract.

A rule looks at one form; a batch rule looks at all forms that are checked together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Literal, NamedTuple

from assistant.form.finding import Finding, Location, Section, Severity
from assistant.form.model import Form, Frozen
from assistant.form.record import record
from assistant.rules.contract import basis_of
from assistant.rules.deviation import Deviation, deviation, is_money_cost
from assistant.rules.fund_lines import ReadFund, read_funds
from assistant.rules.fund_style import RateStyle
from assistant.rules.line import Line, line_of
from assistant.rules.other_points import OtherPoints, other_points
from assistant.rules.profile import Profile
from assistant.rules.reading import ReadValues
from assistant.rules.rows import is_spare, parts_of_rows
from assistant.rules.score import ScoreSheet, execution_counts


class FormYear(Frozen):
    """The year a form is about and how it is known; ``year`` None where nothing tells it."""

    year: int | None = None
    told_by: Literal["option", "year_line", "name_or_goal", "prose", "batch", "nothing"] = "nothing"


class Cell(NamedTuple):
    """A filled cell of a form and its place."""

    section: Section
    row: int | None
    field: str
    text: str


_HEADER_CELLS = (
    "title",
    "year_line",
    "project_name",
    "department",
    "central_department",
    "unit",
    "remark",
    "grade",
)
_header_texts = itemgetter(*_HEADER_CELLS)


@dataclass(frozen=True)
class Case:
    """What a rule sees: one form, its score sheet under a profile, its year, its rows as read.

    ``usual_rates``: how the forms checked with it fill the 执行率 cells of their source rows.
    """

    form: Form
    profile: Profile
    sheet: ScoreSheet
    year: FormYear
    values: Sequence[ReadValues]
    usual_rates: RateStyle | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The indicator rows with their values and scores, in the form's order."""
        return tuple(map(line_of, self.form.indicators, self.values, self.sheet.indicators))

    @cached_property
    def execution_counts(self) -> bool:
        """Whether the fund row counts towards the total, see ``score``."""
        return execution_counts(self.form)

    @cached_property
    def weights(self) -> tuple[Decimal | None, ...]:
        """The points of the execution rate, where printed and counted, and of all rows that are counted."""
        execution = self.sheet.execution.weight if self.execution_counts else None
        rows = [line.score.weight for line in self.counted]
        others = [other.weight for other in self.other_points]
        return (*([] if execution is None else [execution]), *others, *rows)

    @cached_property
    def other_points(self) -> tuple[OtherPoints, ...]:
        """The rows scored outside 项目资金 and 绩效指标, in the form's order."""
        return other_points(self.form)

    @cached_property
    def is_weighted(self) -> bool:
        """Whether the form carries points, and some row has them."""
        return self.form.is_scored and any(row.weight is not None for row in self.sheet.indicators)

    @cached_property
    def parts(self) -> dict[int, int]:
        """Rows that break another row down -> that row, see ``rows.parts_of_rows``."""
        return parts_of_rows(self.form.indicators)

    @cached_property
    def filled(self) -> tuple[Line, ...]:
        """The rows but those that the template left."""
        return tuple(line for line in self.lines if not is_spare(line.cells))

    @cached_property
    def counted(self) -> tuple[Line, ...]:
        """The rows that should carry points: neither left by the template nor part of another row."""
        return tuple(line for line in self.filled if line.number not in self.parts)

    @cached_property
    def money_costs(self) -> tuple[Line, ...]:
        """The rows that state an amount of money spent."""
        return tuple(filter(is_money_cost, self.lines))

    @cached_property
    def _deviations(self) -> tuple[Deviation, ...]:
        return tuple(deviation(line, self.profile) for line in self.lines)

    def deviation(self, line: Line) -> Deviation:
        """How a row of this form came out against its target."""
        return self._deviations[line.number - 1]

    @cached_property
    def fund_rows(self) -> tuple[ReadFund, ...]:
        """The fund rows with their amounts, in the form's order."""
        return read_funds(self.form)

    @cached_property
    def total_fund(self) -> ReadFund | None:
        """The row of 年度资金总额; None for a form without fund rows."""
        return next((row for row in self.fund_rows if row.is_total), None)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every filled cell of the form, in the form's order; not the foot notes."""
        form = self.form
        found = [
            Cell("title" if name == "title" else "header", None, name, text)
            for name, text in zip(_HEADER_CELLS, _header_texts(vars(form)), strict=True)
            if text
        ]
        blocks: tuple[tuple[Section, Iterable[tuple[int | None, Frozen]]], ...] = (
            ("funds", enumerate(form.funds, 1)),
            ("goal", ((None, form.goal),)),
            ("indicators", enumerate(form.indicators, 1)),
            ("total", ((None, form.total),)),
        )
        for section, rows in blocks:
            for row, values in rows:
                found += [Cell(section, row, name, text) for name, text in vars(values).items() if text]
        return tuple(found)

    @cached_property
    def _texts(self) -> list[str]:
        """The texts of ``cells``, which do not have to be made to be looked through."""
        form = self.form
        texts = [*_header_texts(vars(form))]
        for values in (*form.funds, form.goal, *form.indicators, form.total):
            texts += vars(values).values()
        return list(filter(None, texts))

    @cached_property
    def text(self) -> str:
        """The texts of ``cells``, a line each: a quick look for what most forms do not contain."""
        return "\n".join(self._texts)

    def texts_with(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Which of the ``cells`` (from 0) have what ``pattern`` looks for, each with its first match."""
        last = -1
        for seen in pattern.finditer(self.text):
            place = bisect_right(self._starts, seen.start()) - 1
            if place != last and (found := pattern.search(self._texts[place])):
                yield place, found
            last = place

    def cells_with(self, pattern: re.Pattern[str]) -> Iterator[tuple[Cell, re.Match[str]]]:
        """The cells where ``pattern`` occurs, each with its first match."""
        return ((self.cells[place], found) for place, found in self.texts_with(pattern))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each cell starts in ``text``."""
        return list(accumulate([len(text) + 1 for text in self._texts], initial=0))


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
