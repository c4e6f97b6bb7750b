"""Changes in an editable table: each one reaches the form once, whatever came before it."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.edit import apply
from assistant.form.model import Form, FundLine, Indicator
from assistant.web.table_edits import TableReport, new_edits, rows_of

NAMES = ("清淤长度", "清运淤泥", "验收合格率", "居民满意度")
BASE = Form(indicators=tuple(Indicator(name=name, target="≥1") for name in NAMES))


def report(**raw: object) -> TableReport:
    return TableReport.of(raw)


def test_two_changes_in_a_row_both_survive() -> None:
    first = report(edited_rows={0: {"actual": "5"}})
    both = report(edited_rows={0: {"actual": "5"}, 1: {"actual": "6"}})
    form = apply(BASE, new_edits("indicators", BASE.indicators, TableReport(), first))
    later = new_edits("indicators", BASE.indicators, first, both)
    assert [(edit.location.row, edit.new) for edit in later] == [(2, "6")]
    assert [row.actual for row in apply(form, later).indicators] == ["5", "6", "", ""]


def test_an_emptied_cell_becomes_empty_text_and_a_restored_one_its_printed_text() -> None:
    emptied = report(edited_rows={0: {"target": None}})
    form = apply(BASE, new_edits("indicators", BASE.indicators, TableReport(), emptied))
    assert form.indicators[0].target == ""
    again = new_edits("indicators", BASE.indicators, emptied, report(edited_rows={}))
    assert apply(form, again) == BASE


def test_funds_are_edited_by_the_same_way() -> None:
    form = Form(funds=(FundLine(label="年度资金总额"),))
    edits = new_edits("funds", form.funds, TableReport(), report(edited_rows={0: {"budget": "60"}}))
    assert apply(form, edits).funds[0].budget == "60"


TEXTS = st.sampled_from(["甲", "乙", "", "≥5"])
CELLS = st.dictionaries(st.sampled_from(["name", "target", "actual"]), TEXTS, max_size=2)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 3), CELLS),
        st.tuples(st.just("add"), st.just(0), CELLS),
        st.tuples(st.just("change"), st.integers(0, 3), CELLS),
        st.tuples(st.just("delete"), st.integers(0, 3), CELLS),
        st.tuples(st.just("remove"), st.integers(0, 3), CELLS),
    ),
    max_size=8,
)


@given(ACTIONS)
def test_any_course_of_changes_ends_where_the_table_ends(
    actions: list[tuple[str, int, dict[str, str]]],
) -> None:
    """The form follows the widget's report step by step and is at the end what the table shows."""
    edited: dict[int, dict[str, str]] = {}
    added: list[dict[str, str]] = []
    deleted: set[int] = set()
    form, before = BASE, TableReport()
    for what, at, cells in actions:
        if what == "edit" and at not in deleted and cells:
            edited[at] = {**edited.get(at, {}), **cells}
        elif what == "add":
            added.append(dict(cells))
        elif what == "change" and at < len(added):
            added[at].update(cells)
        elif what == "delete":
            deleted.add(at)
        elif what == "remove" and at < len(added):
            del added[at]
        after = report(
            edited_rows=edited, added_rows=[dict(row) for row in added], deleted_rows=sorted(deleted)
        )
        form = apply(form, new_edits("indicators", BASE.indicators, before, after))
        before = after
    kept = [
        row.model_copy(update=edited.get(at, {}))
        for at, row in enumerate(BASE.indicators)
        if at not in deleted
    ]
    assert list(rows_of(form, "indicators")) == kept + [Indicator(**row) for row in added]
