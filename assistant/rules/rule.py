"""What a rule is: a short function from a Case to observations, with its metadata and a docstring contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.form.finding import Finding, Location, Section, Severity
from assistant.form.model import Form, Frozen
from assistant.form.value import Direction, Value
from assistant.rules.profile import Profile
from assistant.rules.score import ScoreSheet


class FormYear(Frozen):
    """The year a form is about and how it is known; ``year`` None where nothing tells it."""

    year: int | None = None
    told_by: Literal["option", "year_line", "name_or_goal", "prose", "batch", "nothing"] = "nothing"


@dataclass(frozen=True)
class ReadRow:
    """An indicator row with its values read once for all rules."""

    number: int
    target: Value
    actual: Value
    direction: Direction


@dataclass(frozen=True)
class Case:
    """What a rule sees: one form, its score sheet under a profile, its year, its rows as read."""

    form: Form
    profile: Profile
    sheet: ScoreSheet
    year: FormYear
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True)
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
    severity: Severity | None = field(default=None)


RuleFunction = Callable[[Case], Iterator[Observation]]


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue: ``code`` is forever, ``severity`` the default that an observation may lower or raise."""

    code: str
    name: str
    severity: Severity
    basis: str
    contract: str
    function: RuleFunction

    def findings(self, case: Case) -> Iterator[Finding]:
        """The observations of this rule on ``case`` as findings."""
        for seen in self.function(case):
            yield Finding(
                code=self.code,
                rule=self.name,
                severity=seen.severity or self.severity,
                location=Location(section=seen.section, row=seen.row, field=seen.field),
                printed=seen.printed,
                expected=seen.expected,
                arithmetic=seen.arithmetic,
                message=seen.message,
                hint=seen.hint,
                basis=self.basis,
            )


def rule(code: str, severity: Severity, basis: str) -> Callable[[RuleFunction], Rule]:
    """Makes a Rule of a function: its name is the rule's fixed name, its docstring the contract."""

    def make(function: RuleFunction) -> Rule:
        return Rule(code, function.__name__, severity, basis, (function.__doc__ or "").strip(), function)

    return make
