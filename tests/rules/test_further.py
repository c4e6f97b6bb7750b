"""Forms of other provinces, years and offices in a short notation: clean ones, and each with faults planted.

They were written before the rules had seen them; what was missed or wrongly accused then is mended by now.
"""

from __future__ import annotations

from typing import Any

import pytest
from further import described, listed, spoiled, written

from assistant.form.finding import Finding, Severity
from assistant.form.model import Form
from assistant.rules.check import check_form
from assistant.rules.profile import load_profile

FORMS = described()
SPOILED = [
    pytest.param(entry, planted, form, id=f"{entry['name']}-{number}")
    for entry in FORMS
    for number, (planted, form) in enumerate(spoiled(entry), 1)
]


def found(entry: dict[str, Any], form: Form) -> tuple[Finding, ...]:
    return check_form(form, load_profile(entry["profile"]) if "profile" in entry else None).findings


def place(finding: Finding) -> str:
    row = "" if finding.location.row is None else f"[{finding.location.row}]"
    return f"{finding.rule} {finding.location.section}{row}"


def accused(findings: tuple[Finding, ...]) -> set[str]:
    return {place(f) for f in findings if f.severity is not Severity.NOTE}


@pytest.mark.parametrize("entry", FORMS, ids=lambda entry: entry["name"])
def test_a_clean_form_is_accused_of_nothing(entry: dict[str, Any]) -> None:
    assert accused(found(entry, written(entry))) == set(listed(entry.get("allow", "")))


@pytest.mark.parametrize(("entry", "planted", "form"), SPOILED)
def test_what_is_planted_is_found_and_nothing_else(
    entry: dict[str, Any], planted: dict[str, Any], form: Form
) -> None:
    findings = found(entry, form)
    wanted, missed = set(listed(planted["expect"])), set(listed(planted.get("missed", "")))
    assert wanted - {place(f) for f in findings} == missed
    assert accused(findings) <= wanted | set(listed(entry.get("allow", "")))


def test_nine_of_ten_planted_faults_are_found() -> None:
    sets = [planted for entry in FORMS for planted in entry["planted"]]
    wanted = sum(len(listed(planted["expect"])) for planted in sets)
    assert len(FORMS) >= 40
    assert sum(len(listed(planted.get("missed", ""))) for planted in sets) <= 0.1 * wanted
