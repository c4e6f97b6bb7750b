"""Edits: a form is never changed in place; a difference, applied, gives the other form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AssistantError
from assistant.form.edit import Edit, apply, difference, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form, FundLine, Goal, Indicator, RowSum, Total

texts = st.text(max_size=6)
indicators = st.builds(Indicator, name=texts, target=texts, actual=texts, score=texts)
forms = st.builds(
    Form,
    project_name=texts,
    year=st.none() | st.integers(2015, 2035),
    money_unit=st.sampled_from(["万元", "元"]),
    template=st.sampled_from(["project", "transfer"]),
    funds=st.lists(st.builds(FundLine, label=texts, executed=texts), max_size=3).map(tuple),
    goal=st.builds(Goal, expected=texts, actual=texts),
    indicators=st.lists(indicators, max_size=4).map(tuple),
    total=st.builds(Total, score=texts, note=texts),
)
ROW = Indicator(level1="产出指标", level2="数量指标", name="培训人数", target="≥100人", weight="20")
FORM = Form(project_name="培训", indicators=(ROW,))


def at(section: str, row: int | None = None, field: str = "") -> Location:
    return Location.model_validate({"section": section, "row": row, "field": field})


@given(forms, forms)
def test_the_difference_applied_gives_the_other_form(before: Form, after: Form) -> None:
    assert apply(before, difference(before, after)) == after


@given(forms)
def test_no_difference_with_itself(form: Form) -> None:
    assert difference(form, form) == ()


def test_a_set_makes_a_new_form_and_leaves_the_old_one() -> None:
    edit = Edit(location=at("indicators", 1, "actual"), new="88人")
    changed = apply(FORM, [edit])
    assert changed.indicators[0].actual == "88人"
    assert FORM.indicators[0].actual == ""
    assert read_cell(changed, edit.location) == "88人"


def test_rows_are_inserted_before_the_named_row_and_deleted() -> None:
    other = Indicator(name="培训期数")
    appended = apply(FORM, [Edit(operation="insert", location=at("indicators", 2), indicator=other)])
    first = apply(FORM, [Edit(operation="insert", location=at("indicators", 1), indicator=other)])
    assert [i.name for i in appended.indicators] == ["培训人数", "培训期数"]
    assert [i.name for i in first.indicators] == ["培训期数", "培训人数"]
    assert apply(appended, [Edit(operation="delete", location=at("indicators", 1))]).indicators == (other,)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(location=at("indicators", 2, "actual"), new="x"),
        Edit(location=at("indicators", 1, "colour"), new="x"),
        Edit(location=at("weights", None, "weight"), new="x"),
        Edit(operation="delete", location=at("indicators", 9)),
        Edit(operation="insert", location=at("indicators", 1)),
        Edit(operation="insert", location=at("goal", 1)),
    ],
)
def test_a_place_that_does_not_exist_is_one_chinese_sentence(edit: Edit) -> None:
    with pytest.raises(AssistantError, match=r"[\u4e00-\u9fff]"):
        apply(FORM, [edit])


def test_a_cell_of_a_row_that_is_not_there_reads_as_empty() -> None:
    assert read_cell(FORM, at("funds", 3, "executed")) == ""


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (Edit(location=at("indicators", 1, "actual"), new="96人"), 1),
        (Edit(location=at("indicators", 1, "weight"), new="30"), 0),
        (Edit(location=at("indicators", 1, "score"), new="19.2"), 0),
        (Edit(operation="insert", location=at("indicators", 2), indicator=ROW), 0),
        (Edit(operation="delete", location=at("indicators", 1)), 0),
    ],
)
def test_a_printed_sum_ends_with_the_points_it_was_printed_for(edit: Edit, left: int) -> None:
    form = FORM.model_copy(
        update={"row_sums": (RowSum(label="小计", weight="20", first=1, last=1, below=True),)}
    )
    assert len(apply(form, [edit]).row_sums) == left
