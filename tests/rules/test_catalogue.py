"""The catalogue is complete, its codes are unique, and the examples in its contracts are true."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from overlay import named_form, overlaid

from assistant.errors import DefinitionError
from assistant.rules.catalogue import BATCH_RULES, FAMILIES, FORM_RULES, NOT_CHECKED, RULES
from assistant.rules.check import check_forms
from assistant.rules.contract import Example, basis_of, place, read_contract
from assistant.rules.page import catalogue_page, rule_page
from assistant.rules.rule import RuleEntry

CASES = Path(__file__).parent / "cases"
NAMES = """
exec_rate exec_rate_format exec_score over_execution low_execution_unexplained fund_sources_missing
fund_sources_sum fund_row_format fund_unit_noise budget_zero budget_changed_unexplained weight_sum
total_weight_printed level_weights level_points weight_not_positive missing_second_level missing_first_level
level_label rule_score score_over_weight score_negative score_missing qualitative_band total_score
total_over_100 grade_mismatch target_no_sign target_no_unit target_sign_odd sign_glyph unit_mismatch
unit_abbrev percent_mismatch percent_range actual_missing actual_has_sign actual_narrative
actual_not_answer qualitative_vague qualitative_in_quantitative_slot cost_sign cost_sum name_prefix
name_carries_target duplicate_indicator satisfaction_name placeholder deviation_unexplained
over_completion_unexplained explanation_without_measure explanation_without_deviation
explanation_contradicts duplicate_explanation explanation_vague explanation_too_long year_missing
year_contradiction date_late date_impossible goal_missing goal_copy goal_quantity goal_unit_missing
text_sum consistency title_missing total_note_place privacy instruction_text cross_form
all_full_marks spending_output_mismatch across_years required_missing typo
"""


def found_by(entry: RuleEntry, example: Example) -> list[str]:
    forms = [overlaid(named_form(part.form), dict(part.cells), part.deleted) for part in example.forms]
    reports = check_forms(forms, year=example.year)
    return [seen.message for report in reports for seen in report.findings if seen.rule == entry.name]


def examples(side: str) -> list[object]:
    return [
        pytest.param(entry, example, id=f"{entry.name}-{number}")
        for entry in RULES
        for number, example in enumerate(getattr(read_contract(entry.contract), side), 1)
    ]


@pytest.mark.parametrize(("entry", "example"), examples("bad"))
def test_a_bad_example_is_found(entry: RuleEntry, example: Example) -> None:
    assert found_by(entry, example)


@pytest.mark.parametrize(("entry", "example"), examples("good"))
def test_a_good_example_is_not_found(entry: RuleEntry, example: Example) -> None:
    assert not found_by(entry, example)


def test_every_rule_is_in_the_catalogue_once() -> None:
    assert sorted(entry.name for entry in RULES) == sorted(NAMES.split())
    assert len({entry.code for entry in RULES}) == len(RULES)
    assert {entry.code[0] for entry in RULES} == set(FAMILIES)
    assert len(FORM_RULES) + len(BATCH_RULES) == len(RULES)


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.name)
def test_every_rule_has_its_cases(entry: RuleEntry) -> None:
    cases = yaml.load((CASES / f"{entry.name}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    rules = [seen["rule"] for case in cases for seen in case.get("findings", ())]
    assert entry.name in rules, "no case where the rule finds something"
    assert any(entry.name not in [seen["rule"] for seen in case.get("findings", ())] for case in cases), (
        "no case on the other side of the boundary"
    )


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.name)
def test_every_rule_says_where_it_comes_from(entry: RuleEntry) -> None:
    contract = read_contract(entry.contract)
    assert entry.basis
    assert contract.bad
    assert contract.good


def test_what_is_not_checked_is_listed_with_a_reason() -> None:
    assert all("：" in clause for clause in NOT_CHECKED)


def test_a_contract_without_a_heading_is_refused() -> None:
    with pytest.raises(DefinitionError, match="依次为"):
        read_contract("标题。\n检查什么：甲\n依据：乙")
    with pytest.raises(DefinitionError, match="位置 = 内容"):
        read_contract(
            "题。\n检查什么：甲\n依据：乙\n为什么：丙\n反例：\n  title\n正例：\n  title = 甲\n不检查什么：丁"
        )
    assert basis_of("标题。\n依据：甲") == "甲"


def test_places_of_a_form() -> None:
    assert place("indicators[2].actual").row == 2
    assert place("goal.actual").section == "goal"
    assert place("title").section == "header"
    with pytest.raises(DefinitionError, match="不是表中的位置"):
        place("第二行")


def test_the_page_in_the_repository_is_what_the_code_says() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == catalogue_page(), "run `make docs`"


def test_the_page_shows_every_rule_and_names_none_in_english_prose() -> None:
    page = catalogue_page()
    for entry in RULES:
        assert f"### {entry.code} " in page
        assert rule_page(entry) in page
    prose = [line for line in page.splitlines() if line.startswith("- **")]
    assert not [line for line in prose for entry in RULES if entry.name in line]
