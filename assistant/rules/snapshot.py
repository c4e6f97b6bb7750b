"""What the rules find on a set of forms, as data to keep; and what a change of rules adds or removes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.form.finding import Finding, Location, Severity
from assistant.form.model import Frozen
from assistant.rules.check import Report


class Seen(NamedTuple):
    """A finding without its wording: the form's name or number, ``code rule``, the cell, the severity."""

    form: str
    rule: str
    place: str
    severity: str


class Snapshot(Frozen):
    """The findings on a set of forms, in the order of the forms and of their cells."""

    forms: tuple[str, ...]
    findings: tuple[Seen, ...]

    def to_json(self) -> dict[str, Any]:
        """One object; each finding a list of form, rule, place, severity."""
        return {"forms": list(self.forms), "findings": [list(seen) for seen in self.findings]}


class Difference(Frozen):
    """What the later of two snapshots has more and less; the same finding twice counts twice."""

    added: tuple[Seen, ...]
    removed: tuple[Seen, ...]

    def by_rule(self) -> list[tuple[str, str, int, int]]:
        """Rule, severity, how many added, how many removed; ordered by rule and severity."""
        more, less = (Counter((s.rule, s.severity) for s in side) for side in (self.added, self.removed))
        order = [severity.value for severity in Severity]
        keys = sorted({*more, *less}, key=lambda key: (key[0], order.index(key[1])))
        return [(rule, severity, more[rule, severity], less[rule, severity]) for rule, severity in keys]


def snapshot(reports: Sequence[Report]) -> Snapshot:
    """The findings of ``reports``; a form is named by its number in the sequence and its project."""
    names = [f"{number:02} {report.form.project_name}" for number, report in enumerate(reports, 1)]
    found = (_seen(name, f) for name, report in zip(names, reports, strict=True) for f in report.findings)
    return Snapshot(forms=tuple(names), findings=tuple(found))


def read_snapshot(data: Any) -> Snapshot:
    """The snapshot that ``to_json`` gave. Raises AssistantError for anything else."""
    try:
        snapshot = Snapshot.model_validate(data)
        for seen in snapshot.findings:
            Severity(seen.severity)
    except (ValidationError, ValueError) as error:
        raise AssistantError("这个文件不是检查结果的快照，请用 differences --write 生成的文件。") from error
    return snapshot


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What ``after`` has and ``before`` has not, and the other way round, each in its own order."""
    return Difference(
        added=_without(after.findings, before.findings), removed=_without(before.findings, after.findings)
    )


def place_of(location: Location) -> str:
    """``indicators[3].target``, ``goal.actual``, ``weights`` …"""
    row = f"[{location.row}]" if location.row is not None else ""
    field = f".{location.field}" if location.field else ""
    return f"{location.section}{row}{field}"


def _seen(form: str, finding: Finding) -> Seen:
    return Seen(form, f"{finding.code} {finding.rule}", place_of(finding.location), finding.severity.value)


def _without(these: Sequence[Seen], those: Sequence[Seen]) -> tuple[Seen, ...]:
    left, kept = Counter(those), []
    for seen in these:
        if left[seen] > 0:
            left[seen] -= 1
        else:
            kept.append(seen)
    return tuple(kept)
