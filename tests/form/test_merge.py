"""Two people's changes of one form, and differences as people read them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.changes import changes
from assistant.form.finding import Location
from assistant.form.merge import Clash, merge, same_rows
from assistant.form.model import Form, FundLine, Goal, Indicator

ROWS = tuple(
    Indicator(level2="数量指标", name=name, target=f"≥{n}个", actual="")
    for n, name in enumerate("甲乙丙丁", 1)
)
BASE = Form(
    project_name="绿化",
    unit="林业局",
    funds=(FundLine(label="年度资金总额", budget="10"),),
    goal=Goal(expected="种树"),
    indicators=ROWS,
)


def with_row(form: Form, number: int, **cells: str) -> Form:
    rows = list(form.indicators)
    rows[number - 1] = rows[number - 1].model_copy(update=cells)
    return form.model_copy(update={"indicators": tuple(rows)})


def without(form: Form, number: int) -> Form:
    rows = form.indicators
    return form.model_copy(update={"indicators": (*rows[: number - 1], *rows[number:])})


def with_new(form: Form, at: int, name: str) -> Form:
    rows = list(form.indicators)
    rows.insert(at - 1, Indicator(level2="数量指标", name=name))
    return form.model_copy(update={"indicators": tuple(rows)})


def names(form: Form) -> str:
    return "".join(row.name for row in form.indicators)


def test_changes_of_different_cells_both_count() -> None:
    mine = with_row(BASE, 2, actual="5个").model_copy(update={"unit": "林业和草原局"})
    theirs = with_row(BASE, 2, target="≥3个").model_copy(update={"goal": Goal(expected="种树育林")})
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == ()
    assert merged.form.indicators[1] == ROWS[1].model_copy(update={"actual": "5个", "target": "≥3个"})
    assert (merged.form.unit, merged.form.goal.expected) == ("林业和草原局", "种树育林")


def test_a_row_is_the_same_wherever_it_has_moved() -> None:
    mine = with_row(BASE, 3, actual="7个")
    theirs = without(with_new(BASE, 1, "新"), 2)
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == ()
    assert [(row.name, row.actual) for row in merged.form.indicators] == [
        ("新", ""),
        ("乙", ""),
        ("丙", "7个"),
        ("丁", ""),
    ]


def test_new_rows_of_both_stand_where_they_were_put_and_equal_ones_once() -> None:
    mine = with_new(with_new(BASE, 2, "戊"), 6, "己")
    theirs = with_new(with_new(BASE, 1, "庚"), 6, "己")
    assert names(merge(BASE, mine, theirs).form) == "庚甲戊乙丙丁己"


def test_one_cell_changed_by_both_is_asked() -> None:
    mine, theirs = with_row(BASE, 2, actual="5个"), with_new(with_row(BASE, 2, actual="6个"), 1, "新")
    merged = merge(BASE, mine, theirs)
    place = Location(section="indicators", row=3, field="actual")
    assert merged.clashes == (Clash(location=place, base="", mine="5个", theirs="6个"),)
    assert merged.form == theirs, "nothing of theirs is overwritten before somebody decides"
    picked = merge(BASE, mine, theirs, {merged.clashes[0]: "mine"})
    assert (picked.clashes, picked.form.indicators[2].actual) == ((), "5个")
    assert merge(BASE, mine, theirs, {merged.clashes[0]: "theirs"}).clashes == ()
    later = with_new(with_row(BASE, 2, actual="8个"), 1, "新")
    assert merge(BASE, mine, later, {merged.clashes[0]: "mine"}).clashes, "a pick counts for what was seen"


def test_a_row_deleted_by_one_and_changed_by_the_other_is_asked() -> None:
    changed, deleted = with_row(BASE, 2, actual="5个"), without(BASE, 2)
    gone = merge(BASE, changed, deleted)
    assert ([clash.kind for clash in gone.clashes], names(gone.form)) == (["gone"], "甲丙丁")
    back = merge(BASE, changed, deleted, {gone.clashes[0]: "mine"}).form
    assert sorted(names(back)) == sorted("甲乙丙丁")
    assert next(row for row in back.indicators if row.name == "乙").actual == "5个"
    kept = merge(BASE, deleted, changed)
    assert ([clash.kind for clash in kept.clashes], names(kept.form)) == (["kept"], "甲乙丙丁")
    assert names(merge(BASE, deleted, changed, {kept.clashes[0]: "mine"}).form) == "甲丙丁"
    assert names(merge(BASE, deleted, without(BASE, 2)).form) == "甲丙丁"


edited = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(1, 4), st.sampled_from(["1个", "2个"])),
        st.tuples(st.just("drop"), st.integers(1, 4), st.just("")),
        st.tuples(st.just("add"), st.integers(1, 4), st.sampled_from("子丑寅")),
    ),
    max_size=3,
)


def made(steps: list[tuple[str, int, str]]) -> Form:
    form = BASE
    for kind, at, text in steps:
        if kind == "add":
            form = with_new(form, min(at, len(form.indicators) + 1), text)
        elif at <= len(form.indicators):
            form = with_row(form, at, actual=text) if kind == "set" else without(form, at)
    return form


@given(edited, edited)
def test_merging_never_invents_and_one_side_alone_wins(mine: list, theirs: list) -> None:
    left, right = made(mine), made(theirs)
    assert merge(BASE, left, BASE).form.model_dump(exclude={"indicators"}) == BASE.model_dump(
        exclude={"indicators"}
    )
    assert merge(BASE, BASE, right) == merge(BASE, right, right), "what only they changed is theirs"
    assert merge(BASE, BASE, right).form == right
    assert set(names(merge(BASE, left, right).form)) <= set(names(BASE) + names(left) + names(right))


def test_a_difference_is_read_by_row_names() -> None:
    after = with_row(without(with_new(BASE, 1, "新"), 3), 3, actual="7个").model_copy(update={"unit": "局"})
    told = [
        (one.kind, one.location.row, one.location.field, one.old, one.new) for one in changes(BASE, after)
    ]
    assert told == [
        ("changed", None, "unit", "林业局", "局"),
        ("added", 1, "", "", "数量指标｜新"),
        ("changed", 3, "actual", "", "7个"),
        ("removed", 2, "", "数量指标｜乙｜≥2个", ""),
    ]
    assert changes(BASE, BASE) == ()


def test_rows_renamed_in_their_place_stay_the_same_rows() -> None:
    assert same_rows(BASE, with_row(BASE, 2, name="别的")) == {1: 1, 2: 2, 3: 3, 4: 4}
