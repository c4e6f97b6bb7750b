"""Changes in an editable table: each one reaches the form once, whatever came before it."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.edit import apply
from assistant.form.model import BLANK, Form, FundLine, Indicator
from assistant.web.draft.table_edits import Cells, new_edits, new_row, reported, without_row

NAMES = ("清淤长度", "清运淤泥", "验收合格率", "居民满意度")
BASE = Form(indicators=tuple(Indicator(name=name, target="≥1") for name in NAMES))


def test_the_widget_counts_from_zero_and_empties_with_none() -> None:
    raw = {"edited_rows": {"0": {"actual": None}, 2: {"actual": "6"}}, "added_rows": [], "deleted_rows": []}
    assert reported(raw) == {1: {"actual": ""}, 3: {"actual": "6"}}


def test_two_changes_in_a_row_both_survive() -> None:
    first: Cells = {1: {"actual": "5"}}
    both: Cells = {1: {"actual": "5"}, 2: {"actual": "6"}}
    form = apply(BASE, new_edits("indicators", BASE, {}, first))
    later = new_edits("indicators", form, first, both)
    assert [(edit.location.row, edit.old, edit.new) for edit in later] == [(2, "", "6")]
    assert [row.actual for row in apply(form, later).indicators] == ["5", "6", "", ""]


def test_a_cell_that_was_computed_again_is_not_taken_back() -> None:
    """The widget goes on reporting its first change; only a new change counts."""
    first: Cells = {1: {"score": "7"}}
    form = apply(BASE, new_edits("indicators", BASE, {}, first))
    computed = apply(form, new_edits("indicators", form, {}, {1: {"score": "8.8"}}))
    assert new_edits("indicators", computed, first, {**first, 2: {"actual": "6"}})[0].location.row == 2


def test_funds_are_edited_the_same_way() -> None:
    form = Form(funds=(FundLine(label="年度资金总额"),))
    assert apply(form, new_edits("funds", form, {}, {1: {"budget": "60"}})).funds[0].budget == "60"


CHANGES = st.lists(
    st.tuples(
        st.integers(1, len(NAMES)),
        st.sampled_from(["name", "target", "actual"]),
        st.sampled_from(["甲", "乙", "", "≥5"]),
    ),
    max_size=10,
)


@given(CHANGES)
def test_any_course_of_changes_ends_where_the_table_ends(changes: list[tuple[int, str, str]]) -> None:
    form, applied, shown = BASE, {}, [dict(row) for row in BASE.indicators]
    for row, field, text in changes:
        now = {number: dict(cells) for number, cells in applied.items()}
        now.setdefault(row, {})[field] = text
        shown[row - 1][field] = text
        form = apply(form, new_edits("indicators", form, applied, now))
        applied = now
    assert [dict(row) for row in form.indicators] == shown


def test_a_new_row_stands_behind_the_last_of_its_kind() -> None:
    kinds = [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
    ]
    form = Form(indicators=tuple(Indicator(level1=one, level2=two) for one, two in kinds))

    def number(level1: str, level2: str) -> int:
        grown = apply(form, (new_row(form, level1, level2),))
        return [row.name for row in grown.indicators].index(BLANK) + 1

    assert number("产出指标", "数量指标") == 3
    assert number("产出指标", "时效指标") == 4
    assert number("满意度指标", "满意度指标") == 5
    assert len(apply(form, (without_row(2),)).indicators) == 3
    assert new_row(Form(), "产出指标", "数量指标").location.row == 1
