"""Runs ``cases/*.yml``, the specification of the rules; and demands silence on the named valid forms.

A file is a list of cases:

    - name: what the case shows
      form: project_10                  # a named valid form, see forms/
      set: {"indicators[2].actual": 88人}     # rows count from 1; block style needs no quotes around the path
      delete: ["indicators[3]", "goal.actual"]     # optional: a row, or the text of a cell
      add: {indicators: [{level1: …}]}             # optional: rows appended to a section
      year: 2022                        # optional: the year given as an option
      batch: [{form: …, set: …}, …]     # optional: forms checked together with this one, before it
      only: weight_sum                  # optional: look at this rule alone
      findings:                         # all findings of this form, of any rule
        - {rule: weight_sum, severity: error, section: weights}     # row: 2, where the finding has one
      pass: true                        # instead of findings: none at all

A finding may also name ``field``, ``expected``, ``printed`` or ``arithmetic`` (compared whole) and
``message`` or ``hint`` (a part of it). A finding that is not listed fails the case. All texts are strings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from overlay import FORMS, named_form, overlaid

from assistant.form.finding import Finding
from assistant.form.model import Form
from assistant.rules.check import check_forms

CASES = Path(__file__).parent / "cases"
KEYS = {"name", "form", "set", "delete", "add", "year", "batch", "only", "findings", "pass"}


def load() -> list[Any]:
    loaded = []
    for path in sorted(CASES.glob("*.yml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or []:
            loaded.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    return loaded


def built(case: dict[str, Any]) -> Form:
    return overlaid(named_form(case["form"]), case.get("set"), case.get("delete") or (), case.get("add"))


def place(finding: Finding) -> tuple[str, str, str, str]:
    row = "" if finding.location.row is None else str(finding.location.row)
    return finding.rule, finding.severity.value, finding.location.section, row


def fits(finding: Finding, wanted: dict[str, str]) -> bool:
    if place(finding) != tuple(wanted.get(key, "") for key in ("rule", "severity", "section", "row")):
        return False
    whole = {"field": finding.location.field} | {
        key: getattr(finding, key) for key in ("expected", "printed", "arithmetic")
    }
    return all(wanted.get(key, text) == text for key, text in whole.items()) and all(
        wanted.get(key, "") in getattr(finding, key) for key in ("message", "hint")
    )


def described(findings: list[Finding]) -> str:
    return "\n".join(f"  {place(seen)}: {seen.message} [{seen.arithmetic}]" for seen in findings) or "  none"


@pytest.mark.parametrize("case", load())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"unknown keys: {set(case) - KEYS}"
    assert ("findings" in case) != ("pass" in case), "a case lists its findings or says pass"
    forms = [*(built(other) for other in case.get("batch", ())), built(case)]
    report = check_forms(forms, year=int(case["year"]) if case.get("year") else None)[-1]
    found = [seen for seen in report.findings if case.get("only") in (None, seen.rule)]
    left = list(found)
    for wanted in case.get("findings", ()):
        match = next((seen for seen in left if fits(seen, wanted)), None)
        assert match, f"missing: {wanted}\nfound:\n{described(found)}"
        left.remove(match)
    assert not left, f"not in the case:\n{described(left)}"


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.json")), ids=lambda path: path.stem)
def test_valid_forms_are_silent(path: Path) -> None:
    report = check_forms([named_form(path.stem)])[0]
    assert not report.findings, described(list(report.findings))
