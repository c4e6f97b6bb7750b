"""A finding as it is kept: its texts, and what orders it among the findings of its form."""

from __future__ import annotations

from typing import NamedTuple

from assistant.asking.records.records import Cell
from assistant.form.finding import Finding, Severity
from assistant.form.model import Form
from assistant.form.wording import SEVERITY_NAMES, place_name
from assistant.rules.catalogue import RULES
from assistant.rules.check import SECTIONS

SECTION_RANKS = {section: rank for rank, section in enumerate(SECTIONS)}
SEVERITY_RANKS = {SEVERITY_NAMES[severity]: rank for rank, severity in enumerate(Severity)}
RULE_RANKS = {entry.name: rank for rank, entry in enumerate(sorted(RULES, key=lambda entry: entry.code))}


class Said(NamedTuple):
    """What a finding says; ``severity`` and ``place`` in Chinese, ``row`` 0 for a whole section."""

    rule: str
    severity: str
    section: str
    field: str
    row: int
    place: str
    message: str
    printed: str
    expected: str
    arithmetic: str

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Orders the findings of a form as ``finding_order`` does."""
        return (
            SECTION_RANKS[self.section],
            self.row,
            SEVERITY_RANKS[self.severity],
            RULE_RANKS.get(self.rule, len(RULE_RANKS)),
        )

    def cell(self, name: str) -> Cell:
        """The cell of a field."""
        value = getattr(self, name)
        return Cell(str(value) if value else "") if name == "row" else Cell(value)


def said_of(form: Form, finding: Finding) -> Said:
    """A finding of ``form`` as it is kept."""
    place = finding.location
    return Said(
        finding.rule,
        SEVERITY_NAMES[finding.severity],
        place.section,
        place.field,
        place.row or 0,
        place_name(form, place),
        finding.message,
        finding.printed,
        finding.expected,
        finding.arithmetic,
    )
