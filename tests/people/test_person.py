"""What roles and units let a person do, and the way of a form as data."""

from __future__ import annotations

import pytest

from assistant.errors import AssistantError, PermissionDeniedError
from assistant.form.model import Form
from assistant.people import ACTS, ALL_UNITS, LOCAL, NOBODY, DraftState, Person, Role
from assistant.people.transitions import allow, possible

DRAFTER = Person(id="a", roles=frozenset({Role.DRAFTER}), units=("滨河市林业局",))
REVIEWER = Person(id="b", roles=frozenset({Role.REVIEWER}), units=(ALL_UNITS,))
BOTH = Person(id="c", roles=frozenset({Role.DRAFTER, Role.REVIEWER}), units=(ALL_UNITS,))


@pytest.mark.parametrize(
    ("unit", "covered"),
    [("滨河市林业局", True), ("滨河市 林业局 ", True), ("滨河市林业局二处", False), ("", False)],
)
def test_a_unit_is_ones_own_by_its_whole_name(unit: str, covered: bool) -> None:
    assert DRAFTER.covers(unit) == covered
    assert REVIEWER.covers(unit)


def test_no_units_cover_nothing_and_no_role_allows_nothing() -> None:
    assert not Person(id="d", roles=frozenset(Role)).covers("", "滨河市林业局")
    for role in Role:
        with pytest.raises(PermissionDeniedError):
            NOBODY.need(role)
        with pytest.raises(PermissionDeniedError):
            LOCAL.model_copy(update={"active": False}).need(role)


def test_past_forms_of_ones_own_units_only_where_so_set() -> None:
    other = Form(unit="滨河市水利局", department="滨河市政府")
    own = Form(unit="滨河市苗圃", department="滨河市林业局")
    narrow = DRAFTER.model_copy(update={"past_forms": "own"})
    assert [DRAFTER.sees_past(form) for form in (other, own)] == [True, True]
    assert [narrow.sees_past(form) for form in (other, own)] == [False, True]
    assert not NOBODY.sees_past(own)


def test_who_may_do_what_in_each_state() -> None:
    seen = {
        state: {
            name: [act.id for act in possible(person, state, "a")]
            for name, person in (("drafter", DRAFTER), ("reviewer", REVIEWER), ("other", BOTH))
        }
        for state in DraftState
    }
    assert seen == {
        DraftState.DRAFT: {"drafter": ["submit"], "reviewer": [], "other": ["submit"]},
        DraftState.SUBMITTED: {
            "drafter": ["withdraw"],
            "reviewer": ["return", "approve"],
            "other": ["return", "approve"],
        },
        DraftState.RETURNED: {"drafter": ["submit"], "reviewer": [], "other": ["submit"]},
        DraftState.APPROVED: {"drafter": [], "reviewer": ["reopen"], "other": ["reopen"]},
    }


def test_nobody_approves_what_they_submitted_but_the_local_person() -> None:
    assert [act.id for act in possible(BOTH, DraftState.SUBMITTED, "c")] == ["withdraw"]
    with pytest.raises(PermissionDeniedError, match="自己提交的表"):
        allow(ACTS["approve"], BOTH, DraftState.SUBMITTED, "c", "")
    allow(ACTS["approve"], LOCAL, DraftState.SUBMITTED, LOCAL.id, "")


def test_a_return_needs_a_reason_and_a_wrong_state_is_told() -> None:
    with pytest.raises(AssistantError, match="写明理由"):
        allow(ACTS["return"], REVIEWER, DraftState.SUBMITTED, "a", "  ")
    with pytest.raises(AssistantError, match="现在是“通过”"):
        allow(ACTS["return"], REVIEWER, DraftState.APPROVED, "a", "不对")
    with pytest.raises(PermissionDeniedError, match="只有提交人"):
        allow(ACTS["withdraw"], DRAFTER, DraftState.SUBMITTED, "x", "")
