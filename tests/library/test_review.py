"""From submission to precedent, and what each person may see on the way."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest

from assistant.errors import AssistantError, ConflictError, PermissionDeniedError
from assistant.form.finding import Location
from assistant.library import Library
from assistant.library.register import Register
from assistant.library.review import Review
from assistant.people import ALL_UNITS, NOBODY, DraftState, Person, Role
from tests.library.small_forms import planting, project
from vectorstore.index import IndicatorIndex

FORESTRY, WATER = "滨河市林业局", "滨河市水利局"
AREA = Location(section="indicators", row=1, field="target")


def person(name: str, role: Role, *units: str) -> Person:
    return Person(id=name, name=name, roles=frozenset({role}), units=units)


@pytest.fixture
def library(database_url: str) -> Iterator[Library]:
    with closing(Library(database_url, IndicatorIndex())) as opened:
        yield opened


@pytest.fixture
def drafter(library: Library) -> Library:
    return library.for_person(person("王芳", Role.DRAFTER, FORESTRY))


@pytest.fixture
def reviewer(library: Library) -> Library:
    return library.for_person(person("李审", Role.REVIEWER, ALL_UNITS))


def test_returned_corrected_approved_and_found_as_a_precedent(drafter: Library, reviewer: Library) -> None:
    draft = drafter.new_draft(planting(), {"messages": ["悄悄话"]})
    assert reviewer.review.queue() == [], "what is not submitted is not seen"
    drafter.review.move(draft.id, "submit")
    [waiting] = reviewer.review.queue()
    assert (waiting.form, waiting.state, waiting.log) == (planting(), DraftState.SUBMITTED, {})
    with pytest.raises(AssistantError, match="先撤回"):
        drafter.save_draft(draft.id, planting(target="≥3万亩"), {}, base_version=1, by="user", what="改")
    reviewer.review.comment(draft.id, 1, AREA, "目标偏低，请核对规划")
    reviewer.review.move(draft.id, "return", "目标值与规划不一致")
    assert reviewer.search("造林面积") == []

    better = planting(target="≥2万亩")
    drafter.save_draft(draft.id, better, {}, base_version=1, by="user", what="改目标")
    seen = reviewer.review.submitted(draft.id).form
    assert seen == planting(), "corrections are not seen before they are submitted"
    [comment] = drafter.review.comments(draft.id)
    drafter.review.resolve(draft.id, comment.id)
    drafter.review.move(draft.id, "submit")
    assert reviewer.review.submitted(draft.id).form == better
    before = reviewer.review.submitted_before(draft.id)
    assert before is not None
    assert before.form == planting()

    reviewer.review.move(draft.id, "approve")
    assert drafter.search("造林面积", 1)[0].row.target == "≥2万亩"
    number = drafter.draft(draft.id).form_number
    assert number is not None
    assert [(entry.what, entry.person) for entry in drafter.audit(f"draft:{draft.id}")] == [
        ("新建草稿", "王芳（王芳）"),
        ("提交", "王芳（王芳）"),
        ("批注：目标偏低，请核对规划", "李审（李审）"),
        ("退回：目标值与规划不一致", "李审（李审）"),
        ("改目标", "王芳（王芳）"),
        ("标为已改批注：目标偏低，请核对规划", "王芳（王芳）"),
        ("提交", "王芳（王芳）"),
        ("通过", "李审（李审）"),
    ]
    assert [entry.person for entry in drafter.audit(f"form:{number}")] == ["李审（李审）"]

    reviewer.review.move(draft.id, "reopen", "发现重复申报")
    assert drafter.search("造林面积") == [], "what is no longer approved is no precedent"
    drafter.review.move(draft.id, "submit")
    reviewer.review.move(draft.id, "approve")
    assert drafter.search("造林面积", 1)[0].row.form == number


def test_withdrawn_by_its_submitter(drafter: Library, reviewer: Library, library: Library) -> None:
    draft = drafter.new_draft(planting(), {})
    drafter.review.move(draft.id, "submit")
    colleague = library.for_person(person("陈", Role.DRAFTER, FORESTRY))
    with pytest.raises(PermissionDeniedError, match="只有提交人"):
        colleague.review.move(draft.id, "withdraw")
    assert [act.id for act in drafter.review.acts(drafter.draft(draft.id))] == ["withdraw"]
    drafter.review.move(draft.id, "withdraw")
    assert drafter.draft(draft.id).state == DraftState.DRAFT
    with pytest.raises(AssistantError, match="现在是“草稿”"):
        reviewer.review.move(draft.id, "approve")


def test_nobody_decides_on_a_version_that_they_have_not_seen(drafter: Library, reviewer: Library) -> None:
    draft = drafter.new_draft(planting(), {})
    drafter.review.move(draft.id, "submit", seen=1)
    drafter.review.move(draft.id, "withdraw")
    drafter.save_draft(draft.id, planting(target="≥1亩"), {}, base_version=1, by="user", what="改")
    with pytest.raises(ConflictError, match="第2版"):
        drafter.review.move(draft.id, "submit", seen=1)
    drafter.review.move(draft.id, "submit", seen=2)
    with pytest.raises(ConflictError, match="第2版"):
        reviewer.review.move(draft.id, "approve", seen=1)
    assert reviewer.search("造林") == []


def test_what_lacks_its_name_cannot_be_submitted(drafter: Library) -> None:
    nameless = planting().model_copy(update={"project_name": " ", "indicators": ()})
    draft = drafter.new_draft(nameless, {})
    with pytest.raises(AssistantError, match="还缺项目名称、绩效指标"):
        drafter.review.move(draft.id, "submit")
    assert drafter.draft(draft.id).state == DraftState.DRAFT


def test_points_are_kept_with_their_version_and_bounded(drafter: Library, reviewer: Library) -> None:
    draft = drafter.new_draft(planting(), {})
    drafter.review.move(draft.id, "submit")
    weights = {0: Decimal(10), 1: Decimal(20), 2: None}
    reviewer.review.save_scores(draft.id, 1, {0: "9.5", 1: "20"}, weights)
    reviewer.review.save_scores(draft.id, 1, {1: "18.25", 2: ""}, weights)
    assert reviewer.review.scores(draft.id, 1) == {0: "9.5", 1: "18.25"}
    for wrong in ("20.01", "-1", "九", "1.234"):
        with pytest.raises(AssistantError, match="第1行"):
            reviewer.review.save_scores(draft.id, 1, {1: wrong}, weights)
    assert reviewer.audit(f"draft:{draft.id}")[-1].what == "审核评分：第1行20改为18.25"
    with pytest.raises(AssistantError, match="没有提交过"):
        reviewer.review.save_scores(draft.id, 2, {1: "1"}, weights)


def test_drafts_never_leave_their_unit(drafter: Library, library: Library) -> None:
    draft = drafter.new_draft(planting(), {})
    assert draft.unit == FORESTRY
    stranger = library.for_person(person("赵", Role.DRAFTER, WATER))
    assert stranger.drafts() == []
    for call in (
        lambda: stranger.draft(draft.id),
        lambda: stranger.save_log(draft.id, {}),
        lambda: stranger.save_draft(draft.id, planting(), {}, base_version=1, by="user", what="x"),
        lambda: stranger.review.move(draft.id, "submit"),
        lambda: stranger.review.comments(draft.id),
        lambda: stranger.audit(f"draft:{draft.id}"),
    ):
        with pytest.raises(PermissionDeniedError, match="别的单位"):
            call()
    drafter.review.move(draft.id, "submit")
    elsewhere = library.for_person(person("钱", Role.REVIEWER, WATER))
    assert elsewhere.review.queue() == []
    with pytest.raises(PermissionDeniedError, match="单位范围"):
        elsewhere.review.submitted(draft.id)


def test_a_unit_written_into_the_form_gives_no_entry(drafter: Library, library: Library) -> None:
    draft = drafter.new_draft(planting(unit=WATER), {})
    assert draft.unit == FORESTRY
    with pytest.raises(PermissionDeniedError):
        library.for_person(person("赵", Role.DRAFTER, WATER)).draft(draft.id)


def test_past_forms_of_others_are_left_out_before_the_search(library: Library) -> None:
    library.add_forms([planting(), project(1)])
    narrow = person("王芳", Role.DRAFTER, FORESTRY).model_copy(update={"past_forms": "own"})
    own = library.for_person(narrow)
    assert [stored.number for stored in own.forms()] == [1]
    assert {hit.row.form for hit in own.search("治理河道", 5)} <= {1}
    assert {hit.row.form for hit in library.search("治理河道", 5)} >= {2}
    with pytest.raises(PermissionDeniedError):
        own.form(2)


def calls_of(owner: Any, draft: str) -> dict[str, Callable[[], object]]:
    """Each public method with plain arguments; a new method without a line here fails the test below."""
    arguments: dict[str, tuple[object, ...]] = {
        "add_forms": ([],),
        "form": (1,),
        "form_versions": (1,),
        "set_state": (1, "withdrawn"),
        "search": ("造林",),
        "search_many": (["造林"],),
        "search_with_facets": ("造林",),
        "past_values": ("造林",),
        "draft_summary": (draft,),
        "remove_draft": (draft,),
        "restore_draft": (draft,),
        "new_draft": (planting(), {}),
        "draft": (draft,),
        "save_draft": (draft, planting(), {}),
        "save_log": (draft, {}),
        "audit": (f"draft:{draft}",),
        "head": (draft,),
        "submitted": (draft,),
        "submitted_before": (draft,),
        "move": (draft, "approve"),
        "moves": (draft,),
        "comments": (draft,),
        "comment": (draft, 1, AREA, "好"),
        "resolve": (draft, 1),
        "scores": (draft, 1),
        "save_scores": (draft, 1, {}, {}),
        "save": (person("新人", Role.ADMIN, ALL_UNITS),),
    }
    named = {"set_state": {"by": ""}, "save_draft": {"base_version": 1, "by": "user", "what": "x"}}
    free = {"close", "for_person", "find", "any", "acts"}
    public = [name for name, _ in inspect.getmembers(owner, inspect.ismethod) if not name.startswith("_")]
    return {
        name: lambda name=name: getattr(owner, name)(*arguments.get(name, ()), **named.get(name, {}))
        for name in public
        if name not in free
    }


@pytest.mark.parametrize("part", ["library", "review", "register"])
def test_nobody_may_do_anything(library: Library, part: str) -> None:
    library.add_forms([planting()])
    draft = library.new_draft(planting(), {})
    library.review.move(draft.id, "submit")
    bound = library.for_person(NOBODY)
    owner: Library | Review | Register = bound if part == "library" else getattr(bound, part)
    for name, call in calls_of(owner, draft.id).items():
        try:
            call()
        except PermissionDeniedError:
            continue
        pytest.fail(f"{name} let somebody in")


def test_persons_are_kept_by_administrators_only(library: Library, drafter: Library) -> None:
    admin = library.for_person(person("admin@city", Role.ADMIN, ALL_UNITS))
    saved = admin.register.save(
        Person(id=" Wang@City ", name="王芳", roles=frozenset({Role.DRAFTER}), units=(FORESTRY, " "))
    )
    assert (saved.id, saved.units) == ("wang@city", (FORESTRY,))
    assert library.register.find("WANG@city") == saved
    assert library.register.find("other@city") is None
    assert admin.audit("person:wang@city")[0].person == "admin@city（admin@city）"
    with pytest.raises(PermissionDeniedError):
        drafter.register.save(saved)
    with pytest.raises(AssistantError, match="另一位管理员"):
        admin.register.save(Person(id="admin@city", roles=frozenset({Role.DRAFTER})))
    with pytest.raises(AssistantError, match="不能用"):
        admin.register.save(Person(id="local", roles=frozenset(Role), units=(ALL_UNITS,)))


def test_two_writers_of_the_conversation_are_told(library: Library) -> None:
    draft = library.new_draft(planting(), {"messages": []})
    library.save_log(draft.id, {"messages": ["一"]}, draft.revision)
    with pytest.raises(ConflictError):
        library.save_log(draft.id, {"messages": ["二"]}, draft.revision)
    assert library.draft(draft.id).log == {"messages": ["一"]}
