"""Two people on one draft: what each saves is kept, put together, or asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation.merging import ClashError
from assistant.errors import AssistantError, ConflictError
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.people import Person, Role
from assistant.services import Services, open_services
from assistant.settings import Settings
from tests.web.forms import DREDGING


def cell(row: int, text: str, field: str = "actual") -> Edit:
    return Edit(location=Location(section="indicators", row=row, field=field), new=text)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(Settings(home=tmp_path), offline=True)
    yield opened
    opened.close()


def member(services: Services, name: str) -> Services:
    drafter = Person(id=f"{name}@city", name=name, roles=frozenset({Role.DRAFTER}), units=(DREDGING.unit,))
    return services.for_person(drafter)


@pytest.fixture
def wang(services: Services) -> Services:
    return member(services, "王芳")


@pytest.fixture
def chen(services: Services) -> Services:
    return member(services, "陈明")


def test_changes_of_different_cells_are_merged_and_told(wang: Services, chen: Services) -> None:
    start = wang.session.begin(DREDGING)
    after = chen.session.edit(start.id, (cell(1, "13公里"),), start.version)
    removed = Edit(operation="delete", location=Location(section="indicators", row=1))
    chen.session.edit(start.id, (removed,), after.version)
    merged = wang.session.edit(start.id, (cell(3, "98%"),), start.version)
    rows = {row.name: row.actual for row in merged.form.indicators}
    assert (rows["验收合格率"], "清淤长度" in rows) == ("98%", False)
    told = next(one.text for one in merged.messages if "已自动合并" in one.text)
    assert "陈明" in told
    assert "验收合格率" in told
    entry = wang.library.audit(f"draft:{start.id}")[-1]
    assert (entry.person, entry.by, entry.version) == ("王芳（王芳@city）", "user", merged.version)


def test_the_same_cell_is_asked_and_then_taken_as_chosen(wang: Services, chen: Services) -> None:
    start = wang.session.begin(DREDGING)
    chen.session.edit(start.id, (cell(4, "95%"),), start.version)
    mine = (cell(4, "91%"), cell(1, "13公里"))
    with pytest.raises(ClashError) as caught:
        wang.session.edit(start.id, mine, start.version)
    clash = caught.value
    assert [(one.base, one.mine, one.theirs) for one in clash.clashes] == [("93%", "91%", "95%")]
    assert wang.session.view(start.id).form.indicators[3].actual == "95%"
    picked = {clash.clashes[0]: "mine"}
    chosen = wang.session.edit(clash.draft, clash.edits, clash.base_version, picked)  # type: ignore[arg-type]
    assert [chosen.form.indicators[at].actual for at in (0, 3)] == ["13公里", "91%"]
    theirs = wang.library.draft(start.id, 2).form
    assert theirs.indicators[3].actual == "95%", "what was replaced is still a version"


def test_undo_and_restore_take_nothing_back_that_was_not_seen(wang: Services, chen: Services) -> None:
    start = wang.session.begin(DREDGING)
    seen = wang.session.edit(start.id, (cell(1, "13公里"),), start.version)
    newest = chen.session.edit(start.id, (cell(3, "98%"),), seen.version)
    with pytest.raises(ConflictError, match="陈明"):
        wang.session.undo(start.id, seen.version)
    with pytest.raises(ConflictError, match="恢复没有执行"):
        wang.session.restore(start.id, 1, seen.version)
    assert wang.session.view(start.id).version == newest.version
    back = wang.session.restore(start.id, 2, newest.version)
    assert (back.version, back.form.indicators[2].actual) == (newest.version + 1, "100%")
    again = wang.session.undo(start.id, back.version)
    assert again.form.indicators[2].actual == "98%"
    assert wang.library.audit(f"draft:{start.id}")[-2].what == "恢复到第2版"


def test_a_suggestion_is_not_taken_over_a_cell_that_changed_since(wang: Services, chen: Services) -> None:
    start = wang.session.begin(DREDGING)
    view = wang.session.say(start.id, "第4行实际完成91%")
    [card] = [one for one in view.proposals if view.decisions[one.id] == "pending"]
    chen.session.edit(start.id, (cell(4, "95%"),), view.version)
    with pytest.raises(ConflictError, match=r"陈明.*93%.*95%"):
        wang.session.decide(start.id, card.id, accept=True, base_version=view.version)
    now = wang.session.view(start.id)
    assert now.form.indicators[3].actual == "95%"


def test_a_conversation_written_meanwhile_is_kept(
    wang: Services, chen: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one answer is being made, the colleague's whole turn comes in between."""
    start = wang.session.begin(DREDGING)
    load = type(wang.session)._load
    done: list[str] = []

    def interrupted(self: object, draft_id: str) -> object:
        found = load(self, draft_id)  # type: ignore[arg-type]
        if len(done) == 1:
            done.append("chen")
            chen.session.say(start.id, "验收合格率是99%")
        elif not done:
            done.append("counted")
        return found

    monkeypatch.setattr(type(wang.session), "_load", interrupted)
    wang.session.say(start.id, "清淤长度实际完成13公里")
    said = [one.text for one in wang.session.view(start.id).messages if one.role == "user"]
    assert said == ["验收合格率是99%", "清淤长度实际完成13公里"]


def test_nothing_is_changed_while_a_form_is_under_review(wang: Services) -> None:
    start = wang.session.begin(DREDGING)
    wang.library.review.move(start.id, "submit")
    view = wang.session.view(start.id)
    for change in (
        lambda: wang.session.edit(start.id, (cell(1, "13公里"),), view.version),
        lambda: wang.session.say(start.id, "第1行实际完成13公里"),
    ):
        with pytest.raises(AssistantError, match="先撤回"):
            change()
    assert not view.can_undo
    assert wang.session.view(start.id) == view


def test_a_form_that_is_no_longer_approved_is_not_leaned_on(services: Services) -> None:
    past = DREDGING.model_copy(update={"year": 2023, "year_line": "（2023年度）"})
    services.library.add_forms([past])
    number = services.library.forms()[-1].number
    begun = services.session.begin(DREDGING.model_copy(update={"indicators": ()})).id
    assert "清运淤泥" in services.session.say(begun, "照去年的来").model_dump_json()
    services.library.set_state(number, "withdrawn", by="")
    begun = services.session.begin(DREDGING.model_copy(update={"indicators": ()})).id
    view = services.session.say(begun, "照去年的来")
    assert "没有找到" in view.messages[-1].text
    assert "清运淤泥" not in view.model_dump_json()


def test_each_person_asks_and_searches_within_what_they_see(services: Services) -> None:
    units = {stored.form.unit for stored in services.library.forms()}
    unit = sorted(units)[0]
    narrow = Person(id="a", roles=frozenset({Role.DRAFTER}), units=(unit,), past_forms="own")
    own = services.for_person(narrow)
    assert {stored.form.unit for stored in own.library.forms()} == {unit}
    everything = services.asker.ask("一共有多少张表？")
    answer = own.asker.ask("一共有多少张表？")
    assert answer.answer != everything.answer
    assert str(len(own.library.forms())) in answer.answer
    assert own.asker is services.for_person(narrow).asker, "the records are not read anew for each page"
    with pytest.raises(AssistantError, match="角色"):
        services.for_person(narrow.model_copy(update={"roles": frozenset()})).asker.ask("一共有多少张表？")
