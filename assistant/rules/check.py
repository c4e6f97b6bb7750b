"""Runs the catalogue over a form, or over a batch of forms."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.form.finding import Finding, Severity
from assistant.form.model import Form, Frozen
from assistant.rules.catalogue import BATCH_RULES, FORM_RULES
from assistant.rules.fund_style import RateStyle, usual_rates
from assistant.rules.line import ReadRow
from assistant.rules.profile import Profile, profile_for
from assistant.rules.reading import read_row
from assistant.rules.rule import Case, FormYear
from assistant.rules.score import ScoreSheet, score_form
from assistant.rules.year import form_years

_SECTIONS = ("title", "header", "funds", "goal", "indicators", "cost", "structure", "weights", "total")
_ORDER = {name: number for number, name in enumerate(_SECTIONS)}
_SEVERITIES = {severity: number for number, severity in enumerate(Severity)}


class Report(Frozen):
    """A checked form. ``findings`` ordered by place in the form, then severity."""

    form: Form
    profile: str
    year: int | None = None
    sheet: ScoreSheet
    findings: tuple[Finding, ...]


def check_form(form: Form, profile: Profile | None = None, year: int | None = None) -> Report:
    """Checks one form; ``profile`` None chooses by the form, ``year`` overrides the form's own."""
    return check_forms([form], profile, year)[0]


def check_forms(
    forms: Sequence[Form], profile: Profile | None = None, year: int | None = None
) -> list[Report]:
    """Checks a batch: the same as one by one, plus the rules that compare forms and the year they tell."""
    years = form_years(forms, year)
    usual = usual_rates(forms)
    cases = [
        _case(form, profile or profile_for(form, known.year), known, usual)
        for form, known in zip(forms, years, strict=True)
    ]
    found: list[list[Finding]] = [
        [rule.finding(seen) for rule in FORM_RULES for seen in rule.function(case)] for case in cases
    ]
    if len(cases) > 1:
        for rule in BATCH_RULES:
            for index, finding in rule.findings(cases):
                found[index].append(finding)
    return [
        Report(
            form=case.form,
            profile=case.profile.id,
            year=case.year.year,
            sheet=case.sheet,
            findings=tuple(sorted(findings, key=_place)),
        )
        for case, findings in zip(cases, found, strict=True)
    ]


def _case(form: Form, profile: Profile, year: FormYear, usual: RateStyle | None) -> Case:
    values = [read_row(row) for row in form.indicators]
    rows = tuple(ReadRow(number, *read) for number, read in enumerate(values, 1))
    sheet = score_form(form, profile, year.year, values)
    return Case(form=form, profile=profile, sheet=sheet, year=year, rows=rows, usual_rates=usual)


def _place(finding: Finding) -> tuple[int, int, int, str]:
    place = finding.location
    return _ORDER[place.section], place.row or 0, _SEVERITIES[finding.severity], finding.code
