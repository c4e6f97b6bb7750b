"""`benchmark`: every measurement stands beside its baseline; what it checks is not one form over and over."""

from __future__ import annotations

import json

import pytest

from assistant.benchmark import COLUMNS
from assistant.cli import main
from assistant.documents.baseline import parse_only
from assistant.documents.write_docx import write_docx
from assistant.form.finding import Finding
from assistant.generated_forms import varied
from assistant.rules.check import check_form
from vectorstore.baselines import plain_scan
from vectorstore.corpus import bundled_forms
from vectorstore.evaluate import bundled_rows


def test_varied_forms_repeat_neither_texts_nor_amounts_and_still_add_up() -> None:
    forms = list(varied(60))
    for first, second, third in zip(forms[:20], forms[20:40], forms[40:], strict=True):
        assert len({form.goal.actual for form in (first, second, third)}) == 3
        assert not {row.name for row in first.indicators} & {row.name for row in second.indicators}
        assert not {row.name for row in second.indicators} & {row.name for row in third.indicators}
    amounts = [{line.budget for line in form.funds if line.budget.strip("0-—")} for form in forms[::20]]
    assert not amounts[0] & amounts[1] and not amounts[1] & amounts[2]
    printed, moved = (
        {place(finding) for form in some for finding in check_form(form).findings}
        for some in (forms[:20], forms[40:])
    )
    assert len(printed & moved) > 0.9 * len(printed | moved)


def place(finding: Finding) -> tuple[str, str, int | None]:
    return finding.code, finding.location.section, finding.location.row


def test_the_least_reading_sees_the_whole_document() -> None:
    forms = bundled_forms()
    few, many = sorted(forms, key=lambda form: len(form.indicators))[:: len(forms) - 1]
    assert 100 < parse_only(write_docx(few)) < parse_only(write_docx(many))


def test_the_scan_finds_a_row_by_its_own_words() -> None:
    rows = bundled_rows()
    found = plain_scan(rows)(rows[3].indicator, 5)
    names = {row.id: row.indicator for row in rows}
    assert rows[3].indicator in [names[at] for at in found]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_table_has_a_baseline_for_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--forms", "1000", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert len(rows) == 23
    for row in rows:
        assert tuple(row) == COLUMNS and float(row["ratio"]) > 0 and row["baseline"]
    checked = next(row for row in rows if row["what"].startswith("check"))
    assert float(checked["measured"].split()[0]) > 100


def test_a_thousand_forms_at_least(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--forms", "10"]) == 2
    assert "1000" in capsys.readouterr().err
    assert main(["benchmark", "--questions", "1000,many"]) == 2
    assert "--questions" in capsys.readouterr().err
