"""The findings on the past forms against those verified by hand; skipped where these are not at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.form.finding import Finding
from assistant.form.model import Form
from assistant.rules.check import check_forms

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden"
NEIGHBOURS = {
    "title": {"title", "header"},
    "structure": {"structure", "indicators", "weights"},
    "weights": {"weights", "total", "structure"},
    "total": {"total", "weights"},
    "cost": {"cost", "indicators", "funds"},
}
NOTES_FOUND = 0.95

pytestmark = pytest.mark.skipif(not GOLDEN.exists(), reason="the hand-verified past forms are not at hand")


@pytest.fixture(scope="module")
def wanted() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((GOLDEN / "findings.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def found() -> list[tuple[int, Finding]]:
    paths = sorted((GOLDEN / "forms").glob("*.json"))
    forms = [Form.model_validate(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return [(number, f) for number, report in enumerate(check_forms(forms), 1) for f in report.findings]


def same(expected: dict[str, Any], number: int, seen: Finding) -> bool:
    section = expected["section"]
    if expected["form"] != number or expected["rule"] != seen.rule or expected["severity"] != seen.severity:
        return False
    if seen.location.section not in NEIGHBOURS.get(section, {section}):
        return False
    # A note may stand for several rows at once.
    anywhere = expected["row"] is None or expected["rule"] == "fund_sources_missing"
    grouped = expected["severity"] == "note" and seen.location.row is None
    return anywhere or grouped or expected["row"] == seen.location.row


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_errors_and_warnings_agree_exactly(
    severity: str, wanted: list[dict[str, Any]], found: list[tuple[int, Finding]]
) -> None:
    due = [w for w in wanted if w["severity"] == severity]
    given = [(n, f) for n, f in found if f.severity == severity]
    missing = [w for w in due if not any(same(w, n, f) for n, f in given)]
    others = [(n, f.rule, f.message) for n, f in given if not any(same(w, n, f) for w in due)]
    assert due
    assert not missing
    assert not others


def test_nearly_all_notes_are_found(wanted: list[dict[str, Any]], found: list[tuple[int, Finding]]) -> None:
    due = [w for w in wanted if w["severity"] == "note"]
    hit = [w for w in due if any(same(w, n, f) for n, f in found)]
    assert len(hit) >= NOTES_FOUND * len(due)


def test_notes_stay_few(wanted: list[dict[str, Any]], found: list[tuple[int, Finding]]) -> None:
    notes = [f for _, f in found if f.severity == "note"]
    assert len(notes) <= 1.1 * len([w for w in wanted if w["severity"] == "note"])
