"""Computed cells: written where their inputs are, emptied where they are gone, the person's left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from overlay import named_form, overlaid

from assistant.form.edit import difference
from assistant.form.model import BLANK, Form
from assistant.rules.check import check_form
from assistant.rules.fill import fill_scores
from assistant.rules.profile import load_profile, profile_for

GOLDEN = Path(__file__).parents[2].parent / "shared" / "golden" / "forms"
COMPUTED = {
    "exec_rate",
    "exec_score",
    "rule_score",
    "total_score",
    "total_weight_printed",
    "exec_rate_format",
}


def filled(changes: dict[str, str], form: str = "project_10") -> Form:
    given = overlaid(named_form(form), changes)
    return fill_scores(given, profile_for(given))


def test_what_code_computes_is_written() -> None:
    form = filled(
        {
            "funds[1].executed": "72.05",
            "funds[1].rate": "",
            "funds[1].score": "",
            "indicators[2].actual": "300人",
            "total.weight": "",
            "total.score": "",
        }
    )
    assert (form.funds[0].rate, form.funds[0].score) == ("90.06%", "9.01")
    assert form.indicators[1].score == "8.33"
    assert (form.total.weight, form.total.score) == ("100", "97.34")


def test_scores_carry_no_trailing_zeros_and_rates_two_decimals() -> None:
    form = filled({"funds[1].executed": "80"})
    assert (form.funds[0].rate, form.funds[0].score, form.indicators[1].score) == ("100.00%", "10", "9.5")


@pytest.mark.parametrize("cell", ["", "—", BLANK])
def test_a_row_without_an_actual_has_no_score_and_the_total_waits(cell: str) -> None:
    form = filled({"indicators[1].actual": cell})
    assert form.indicators[0].score == ""
    assert form.total.score == ""
    assert form.total.weight == "100"


def test_without_indicators_there_is_no_total_and_no_grade() -> None:
    given = named_form("project_10")
    bare = given.model_copy(update={"indicators": ()})
    form = fill_scores(bare, profile_for(bare))
    sheet = check_form(form, profile_for(form)).sheet
    assert form.funds[0].score != "", "the execution is scored all the same"
    assert (form.total.score, form.total.weight) == ("", bare.total.weight)
    assert (sheet.total_rule, sheet.total_printed, sheet.grade) == (None, None, "")


def test_cells_whose_inputs_are_gone_are_emptied() -> None:
    form = filled({"funds[1].executed": "", "indicators[2].target": "", "indicators[3].weight": ""})
    assert (form.funds[0].rate, form.funds[0].score) == ("", "")
    assert (form.indicators[1].score, form.indicators[2].score) == ("", "")
    assert (form.total.weight, form.total.score) == ("", "")


def test_what_no_rule_scores_is_the_persons() -> None:
    form = filled({"indicators[4].actual": "已完成", "indicators[4].score": "8.5"})
    assert form.indicators[3].score == "8.5"
    assert form.total.score == "97.8"


@pytest.mark.parametrize(("given", "kept"), [("13", "13"), ("12", "12"), ("3", "15"), ("", "15")])
def test_a_qualitative_score_within_its_band_is_the_persons(given: str, kept: str) -> None:
    assert filled({"indicators[7].score": given}).indicators[6].score == kept


def test_the_true_sum_of_the_weights_is_printed() -> None:
    form = filled({"indicators[1].weight": "20"})
    assert form.total.weight == "110"
    assert "weight_sum" in {finding.rule for finding in check_form(form).findings}


def test_a_transfer_form_gets_its_rates_only() -> None:
    form = filled({"funds[1].executed": "2400", "funds[2].rate": "95%"}, "transfer")
    assert [line.rate for line in form.funds] == ["75.00%", "95.20%", "100.00%", ""]
    assert all(not line.score for line in form.funds)
    assert form.total.score == ""


def test_other_cells_stay_as_they_are() -> None:
    given = overlaid(named_form("project_10"), {"indicators[2].score": "1", "funds[1].rate": "1%"})
    changed = {
        (edit.location.section, edit.location.field)
        for edit in difference(given, fill_scores(given, profile_for(given)))
    }
    assert changed <= {("funds", "rate"), ("funds", "score"), ("indicators", "score"), ("total", "score")}


@pytest.mark.parametrize("name", ["project_10", "project_101", "transfer"])
def test_a_filled_form_is_filled_already(name: str) -> None:
    form = filled({}, name)
    assert fill_scores(form, profile_for(form)) == form
    assert fill_scores(form, load_profile("hubei")) == fill_scores(
        fill_scores(form, load_profile("hubei")), load_profile("hubei")
    )


@pytest.mark.skipif(not GOLDEN.is_dir(), reason="the transcribed past forms are not on this machine")
@pytest.mark.parametrize("number", range(1, 21))
def test_no_finding_on_a_computed_cell_of_a_past_form(number: int) -> None:
    given = Form.model_validate(json.loads((GOLDEN / f"{number:02}.json").read_text(encoding="utf-8")))
    profile = profile_for(given)
    form = fill_scores(given, profile)
    assert fill_scores(form, profile) == form
    assert not {finding.rule for finding in check_form(form).findings} & COMPUTED


def test_rows_without_points_of_their_own_do_not_keep_the_total_open() -> None:
    spare = {"level1": "效益指标", "level2": "生态效益指标", "name": "指标2："}
    part = {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "其中城区教师", "actual": "97%"}
    given = overlaid(named_form("project_10"), add={"indicators": [part, spare]})
    form = fill_scores(given, profile_for(given))
    assert (form.total.weight, form.total.score) == ("100", "99.3")
