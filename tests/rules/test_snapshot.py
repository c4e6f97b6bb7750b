"""The findings on the bundled forms are those of the committed snapshot; differences count every finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from overlay import named_form, overlaid

from assistant.cli.rules_difference import difference_lines
from assistant.errors import AssistantError
from assistant.rules.check import check_forms
from assistant.rules.snapshot import Snapshot, difference, read_snapshot, snapshot
from vectorstore.corpus import bundled_forms

CORPUS = Path(__file__).parent / "corpus_findings.json"


def found(**changes: str) -> Snapshot:
    paths = {path.replace("__", "."): text for path, text in changes.items()}
    return snapshot(check_forms([overlaid(named_form("project_10"), paths)]))


def test_the_findings_on_the_bundled_forms_are_the_committed_ones() -> None:
    before = read_snapshot(json.loads(CORPUS.read_text(encoding="utf-8")))
    changed = difference(before, snapshot(check_forms(bundled_forms())))
    said = "the rules find something else on the bundled forms; if that is meant, run `make docs`:"
    assert not (changed.added or changed.removed), "\n".join([said, *difference_lines(changed)])


def test_a_new_fault_is_added_and_a_mended_one_removed() -> None:
    clean, faulty = found(), found(goal__actual="", total__score="99.8")
    worse, better = difference(clean, faulty), difference(faulty, clean)
    assert {(s.rule.split()[1], s.place, s.severity) for s in worse.added} == {
        ("goal_missing", "goal.actual", "error"),
        ("total_score", "total.score", "error"),
    }
    assert worse.removed == () and better.added == () and better.removed == worse.added
    assert worse.by_rule() == [("G001 goal_missing", "error", 1, 0), ("S006 total_score", "error", 1, 0)]


def test_the_same_finding_twice_counts_twice() -> None:
    once = found(goal__actual="")
    twice = Snapshot(forms=once.forms, findings=once.findings * 2)
    assert difference(once, twice).added == once.findings
    assert difference(twice, once).removed == once.findings
    assert difference(twice, twice).added == ()


def test_a_snapshot_survives_json() -> None:
    kept = found(goal__actual="")
    assert read_snapshot(json.loads(json.dumps(kept.to_json()))) == kept


@pytest.mark.parametrize(
    "data", [[], {}, {"forms": [], "findings": [["a", "b", "c", "bad"]]}, {"forms": [], "findings": [["a"]]}]
)
def test_another_file_is_no_snapshot(data: object) -> None:
    with pytest.raises(AssistantError, match="快照"):
        read_snapshot(data)
