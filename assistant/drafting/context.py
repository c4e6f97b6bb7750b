"""What every kind of proposal needs: the form, its year and check, the user's words as read, the search."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.drafting.proposal import Kind, Proposal, Search
from assistant.form.amount import read_amount
from assistant.form.edit import Edit, apply, read_cell
from assistant.form.finding import Finding, Location, Severity
from assistant.form.model import BLANK, Form, Frozen, FundLine
from assistant.grounding.check import ground
from assistant.grounding.evidence import Evidence
from assistant.grounding.facts import facts_of, stated
from assistant.grounding.of_row import ground_of_row
from assistant.rules.check import Report, check_form
from assistant.rules.profile import Profile
from assistant.rules.score import total_fund_row
from assistant.rules.year import own_year
from assistant.understanding.row_matching import find_rows
from assistant.understanding.said_budget import said_budget
from assistant.understanding.statements import Statement, read_statements

_OPEN_BLANK = re.compile(r"【待填[^】]*】")
_PLACEHOLDER = "placeholder"
_OPEN_YET = frozenset({"actual_missing", "score_missing", "goal_missing"})
"""Findings of cells that are filled later; a proposal is not at fault for them."""


class Draft(Frozen):
    """A text for one cell before it becomes a proposal; ``new`` "" means that nothing can be proposed.

    ``computed``: numbers and dates in ``new`` that code worked out (a sum, the end of the form's year).
    """

    new: str = ""
    reason: str = ""
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    computed: str = ""


@dataclass(frozen=True)
class Context:
    """A form to be drafted under ``profile``. ``words``: all that the user has said."""

    form: Form
    search: Search
    words: str
    profile: Profile
    year: int | None = None

    @cached_property
    def report(self) -> Report:
        """The form as it stands, checked."""
        return check_form(self.form, self.profile)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The quantities that the user named."""
        return read_statements(self.words, self.year)

    @cached_property
    def by_row(self) -> dict[int, tuple[Statement, ...]]:
        """The user's quantities by the indicator row that they mean."""
        return rows_of(self.form, self.statements)

    @cached_property
    def goal_by_row(self) -> dict[int, tuple[Statement, ...]]:
        """The quantities of the expected goal by the indicator row that they mean."""
        return rows_of(self.form, read_statements(self.form.goal.expected, self.year))

    @cached_property
    def budget(self) -> Decimal | None:
        """The year's budget in 万元: as the form has it, else as the user said it; else None."""
        line = total_line(self.form)
        text = (line.budget or line.initial) if line else ""
        number = amount(text, self.form.money_unit)
        if number is not None:
            return number
        return said_budget(self.statements)

    def with_form(self, form: Form) -> Context:
        """The same words and search over another form."""
        return Context(form, self.search, self.words, self.profile, self.year)

    def added(self, edits: Iterable[Edit]) -> tuple[Finding, ...]:
        """Errors and warnings of a trial copy with ``edits`` that the form has not; blanks are no fault."""
        trial = check_form(apply(self.form, edits), self.profile)
        known = {_identity(finding) for finding in self.report.findings}
        return tuple(
            finding
            for finding in trial.findings
            if finding.severity is not Severity.NOTE
            and _identity(finding) not in known
            and finding.rule not in _OPEN_YET
            and not (finding.rule == _PLACEHOLDER and BLANK[:3] in finding.printed)
        )

    def at_cell(self, edits: tuple[Edit, ...], location: Location) -> tuple[Finding, ...]:
        """Those of ``added`` that stand in the row (or block) of ``location``."""
        return tuple(
            finding
            for finding in self.added(edits)
            if finding.location.section == location.section and finding.location.row == location.row
        )

    def set_cell(self, kind: Kind, location: Location, draft: Draft) -> Proposal:
        """A proposal that writes ``draft`` into one cell."""
        old = read_cell(self.form, location)
        return Proposal(
            id=proposal_id(kind, location),
            kind=kind,
            edits=(Edit(location=location, old=old, new=draft.new),),
            location=location,
            old=old,
            new=draft.new,
            reason=draft.reason,
            evidence=draft.evidence,
            grounded=self._stands(kind, location, draft),
            question=draft.question,
        )

    def _stands(self, kind: Kind, location: Location, draft: Draft) -> bool:
        if kind == "explanation" and location.section == "indicators" and location.row is not None:
            return self.supports_row(location.row, draft.new, draft.computed)
        return self.supports(draft.new, draft.evidence if kind == "target" else (), draft.computed)

    def supports_row(self, number: int, text: str, computed: str = "") -> bool:
        """Whether every figure of ``text`` is row ``number``'s own, or of a row that its sentence names.

        ``computed``: figures that code worked out for the row, and what the user told of it.
        """
        return ground_of_row(text, self.form, number, words=self.words, computed=computed).grounded

    def supports(self, text: str, evidence: Iterable[Evidence] = (), computed: str = "") -> bool:
        """Whether every figure and name of ``text`` stands in the form, the user's words or ``evidence``.

        ``computed``: figures that code worked out. What happened this year never leans on evidence.
        """
        facts = facts_of(self.form, words=self.words, evidence=evidence) + stated(computed)
        return ground(text, facts).grounded


def form_year(form: Form, words: str = "") -> int | None:
    """The year a form is about: as the form tells it, else as the user said it; None where neither does."""
    if (year := own_year(form).year) is not None:
        return year
    said = re.search(r"(20\d\d)\s*年度?(?:的?(?:项目|自评|目标|计划|预算))", words)
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)\s*年", words)}
    return int(said[1]) if said else years.pop() if len(years) == 1 else None


def rows_of(form: Form, statements: Iterable[Statement]) -> dict[int, tuple[Statement, ...]]:
    """Which of ``statements`` mean which row; those that fit several rows or none are left out."""
    found: dict[int, tuple[Statement, ...]] = {}
    for one in statements:
        row = find_rows(form, one.topic or one.text, one.quantity).row
        if row is not None:
            found[row] = (*found.get(row, ()), one)
    return found


def proposal_id(kind: Kind, location: Location, key: str = "") -> str:
    """A stable id: the same kind of proposal for the same place (and ``key``) always has the same one."""
    content = "|".join((kind, location.section, str(location.row or 0), location.field, key))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def is_open(text: str) -> bool:
    """Whether a cell still lacks its fact: empty, or with a marked blank."""
    return not text.strip() or bool(_OPEN_BLANK.search(text))


def total_line(form: Form) -> FundLine | None:
    """The row 年度资金总额, or the first fund row; None where the form has no funds."""
    row = total_fund_row(form)
    return form.funds[row - 1] if row is not None else None


def amount(text: str, money_unit: str) -> Decimal | None:
    """An amount of a money cell in 万元; ``money_unit`` is that of a bare number. None without a number."""
    number = read_amount(text, money_unit)
    return number / 10000 if number is not None and money_unit == "元" else number


def _identity(finding: Finding) -> tuple[str, str, int | None, str]:
    where = finding.location
    return finding.rule, where.section, where.row, where.field
