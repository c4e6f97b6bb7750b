"""What is looked for in all cells at once is found in the very cell that has it."""

from __future__ import annotations

import pytest
from overlay import named_form, overlaid

from assistant.rules.check import check_form

PHONE = "联系电话13800001234"


@pytest.mark.parametrize(
    ("cell", "section", "row", "field"),
    [
        ("project_name", "header", None, "project_name"),
        ("remark", "header", None, "remark"),
        ("goal.expected", "goal", None, "expected"),
        ("goal.actual", "goal", None, "actual"),
        ("indicators[1].name", "indicators", 1, "name"),
        ("indicators[7].target", "indicators", 7, "target"),
        ("indicators[7].actual", "indicators", 7, "actual"),
        ("indicators[8].explanation", "indicators", 8, "explanation"),
        ("total.note", "total", None, "note"),
    ],
)
def test_a_cell_of_words_is_told_by_its_place(cell: str, section: str, row: int | None, field: str) -> None:
    found = [
        f
        for f in check_form(overlaid(named_form("project_10"), {cell: PHONE})).findings
        if f.rule == "privacy"
    ]
    assert [(f.location.section, f.location.row, f.location.field) for f in found] == [(section, row, field)]


@pytest.mark.parametrize(
    "cell", ["department", "unit", "funds[1].budget", "indicators[1].level2", "indicators[1].weight"]
)
def test_cells_of_labels_and_numbers_tell_no_person(cell: str) -> None:
    report = check_form(overlaid(named_form("project_10"), {cell: PHONE}))
    assert "privacy" not in [finding.rule for finding in report.findings]
