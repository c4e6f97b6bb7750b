"""Runs the catalogue over a form, or over a batch of forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.form.finding import Finding, Severity
from assistant.form.model import Form, Frozen
from assistant.rules.catalogue import BATCH_RULES, FORM_RULES
from assistant.rules.fund_sources import BY_USUAL_RATES
from assistant.rules.fund_style import RateStyle, usual_rates
from assistant.rules.profile import Profile, choose_profile, load_profile
from assistant.rules.reading import read_rows
from assistant.rules.rule import Case, FormYear, Observation, RuleEntry
from assistant.rules.score import ScoreSheet, score_form
from assistant.rules.year import form_years, own_year

SECTIONS = ("title", "header", "funds", "goal", "indicators", "cost", "structure", "weights", "total")
_ORDER = {name: number for number, name in enumerate(SECTIONS)}
_Seen = tuple[RuleEntry, Observation]
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
    cases: list[Case] = []
    found: list[list[_Seen]] = []
    for form, known in zip(forms, years, strict=True):
        cases.append(case := case_of(form, known, profile, usual))
        found.append([(rule, seen) for rule in FORM_RULES for seen in rule.function(case)])
    if len(cases) > 1:
        for rule in BATCH_RULES:
            for index, seen in rule.function(cases):
                found[index].append((rule, seen))
    return [
        Report.trusted(
            form=case.form,
            profile=case.profile.id,
            year=case.year.year,
            sheet=case.sheet,
            findings=tuple([rule.finding(seen) for rule, seen in sorted(all_seen, key=finding_order)]),
        )
        for case, all_seen in zip(cases, found, strict=True)
    ]


Rates = frozenset[RateStyle | None]
ANY_RATES: Rates = frozenset((None, *RateStyle))


def check_alone(form: Form, year: FormYear | None = None) -> list[tuple[Finding, Rates]]:
    """The findings of a form that no other form can change, each with the usual rates that it holds for.

    Usual rates are what the forms checked with it are like, see ``usual_rates``; ``year`` None: as the form
    itself tells it. Ordered as in a Report.
    """
    case = case_of(form, year or own_year(form))
    cases = {usual: replace(case, usual_rates=usual) for usual in RateStyle}
    found: list[tuple[_Seen, Rates]] = []
    for rule in FORM_RULES:
        if rule in BY_USUAL_RATES:
            holds: dict[_Seen, set[RateStyle | None]] = {}
            for usual, other in ((None, case), *cases.items()):
                for seen in rule.function(other):
                    holds.setdefault((rule, seen), set()).add(usual)
            found += [(seen_by, frozenset(rates)) for seen_by, rates in holds.items()]
        else:
            found += [((rule, seen), ANY_RATES) for seen in rule.function(case)]
    found.sort(key=lambda one: finding_order(one[0]))
    return [(rule.finding(seen), rates) for (rule, seen), rates in found]


def case_of(
    form: Form, year: FormYear, profile: Profile | None = None, usual: RateStyle | None = None
) -> Case:
    """A form as the rules see it; ``profile`` None: the one that fits it."""
    chosen = choose_profile(form, year.year)
    profile = profile or load_profile(chosen.profile)
    rows = read_rows(form)
    sheet = score_form(form, profile, year.year, rows, chosen)
    return Case(form=form, profile=profile, sheet=sheet, year=year, rows=rows, usual_rates=usual)


def finding_order(found: _Seen) -> tuple[int, int, int, str]:
    """What orders the findings of a form: the place, then the severity, then the rule."""
    rule, seen = found
    return _ORDER[seen.section], seen.row or 0, _SEVERITIES[seen.severity or rule.severity], rule.code
