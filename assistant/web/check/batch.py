"""What a person reads off many checked forms: by form, by rule and by unit, the worst first. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.form.finding import Finding, Severity
from assistant.form.wording import place_name
from assistant.rules.catalogue import RULES
from assistant.rules.check import Report

_ORDER = {severity: number for number, severity in enumerate(Severity)}
_TITLES = {entry.code: entry.contract.strip().partition("\n")[0].strip() for entry in RULES}
_NO_UNIT = "（未填单位）"


@dataclass(frozen=True)
class RuleCount:
    """One rule at one severity: how often it was broken, and in how many forms."""

    code: str
    severity: Severity
    title: str
    times: int
    forms: int


@dataclass(frozen=True)
class Broken:
    """One place where a rule was broken; ``report`` is the form's position in the batch."""

    report: int
    finding: Finding
    where: str


@dataclass(frozen=True)
class UnitCount:
    """The forms of one unit and the findings in them, by severity."""

    unit: str
    forms: int
    faulty: int
    counts: Counter[Severity]


def title_of(code: str) -> str:
    """What a rule looks for, in words; the code itself for a rule that is not in the catalogue."""
    return _TITLES.get(code, code)


def counts(report: Report) -> Counter[Severity]:
    """The findings of a form by severity."""
    return Counter(finding.severity for finding in report.findings)


def unit_of(report: Report) -> str:
    """The unit that handed the form in; the department where no unit stands in it."""
    return report.form.unit.strip() or report.form.department.strip() or _NO_UNIT


def matching(reports: Sequence[Report], words: str, severity: Severity | None = None) -> list[int]:
    """Positions of the forms that ``words`` name and that have a finding of ``severity``; the worst first."""
    wanted = words.split()

    def fits(report: Report) -> bool:
        form = report.form
        said = f"{form.project_name} {form.unit} {form.department} {form.source.file}"
        return all(word in said for word in wanted) and (severity is None or counts(report)[severity] > 0)

    return sorted(
        (at for at, report in enumerate(reports) if fits(report)), key=lambda at: _badness(reports[at])
    )


def by_rule(reports: Sequence[Report], chosen: Iterable[int]) -> list[RuleCount]:
    """The rules that the chosen forms break: errors first, of each the commonest first."""
    places: dict[tuple[str, Severity], list[int]] = defaultdict(list)
    for at in chosen:
        for finding in reports[at].findings:
            places[finding.code, finding.severity].append(at)
    found = [
        RuleCount(code, severity, title_of(code), len(ats), len(set(ats)))
        for (code, severity), ats in places.items()
    ]
    return sorted(found, key=lambda one: (_ORDER[one.severity], -one.times, one.code))


def places_of(reports: Sequence[Report], chosen: Iterable[int], rule: RuleCount) -> list[Broken]:
    """Every place where ``rule`` is broken in the chosen forms."""
    return [
        Broken(at, finding, place_name(reports[at].form, finding.location))
        for at in chosen
        for finding in reports[at].findings
        if (finding.code, finding.severity) == (rule.code, rule.severity)
    ]


def by_unit(reports: Sequence[Report], chosen: Iterable[int]) -> list[UnitCount]:
    """The units of the chosen forms, the one with most errors first."""
    grouped: dict[str, list[Report]] = defaultdict(list)
    for at in chosen:
        grouped[unit_of(reports[at])].append(reports[at])
    found = [
        UnitCount(
            unit,
            len(of_unit),
            sum(counts(report)[Severity.ERROR] > 0 for report in of_unit),
            sum((counts(report) for report in of_unit), Counter()),
        )
        for unit, of_unit in grouped.items()
    ]
    return sorted(found, key=lambda one: tuple(-one.counts[severity] for severity in Severity))


def _badness(report: Report) -> tuple[int, ...]:
    found = counts(report)
    return tuple(-found[severity] for severity in Severity)
