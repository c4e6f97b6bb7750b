"""The list of drafts: newest first, without their contents; what is removed can be brought back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import AssistantError, PermissionDeniedError
from assistant.library import Library
from assistant.people import Person, Role
from tests.library.small_forms import planting, project
from vectorstore.index import IndicatorIndex


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(f"sqlite:///{tmp_path / 'library.sqlite3'}", IndicatorIndex(None))) as found:
        yield found


def test_the_last_changed_comes_first(library: Library) -> None:
    first, second = library.new_draft(planting(), {}), library.new_draft(project(2), {})
    changed = planting().model_copy(update={"project_name": "国土绿化二期"})
    library.save_draft(first.id, changed, {}, base_version=1, by="user", what="改名")
    assert [(one.id, one.version, one.project_name) for one in library.draft_summaries()] == [
        (first.id, 2, "国土绿化二期"),
        (second.id, 1, "第2号水利工程"),
    ]


def test_a_summary_tells_whose_it_is_and_when_it_was_saved(library: Library) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    draft = library.new_draft(planting(), {})
    found = library.draft_summary(draft.id)
    assert (found.unit, found.year) == ("滨河市林业局", 2023)
    assert before <= found.saved_at <= datetime.now(UTC)
    assert library.draft_summary(library.new_draft(planting(year=None), {}).id).year is None


def test_a_draft_without_a_name_is_told_by_what_was_said_first(database_url: str) -> None:
    def log(*messages: tuple[str, str]) -> dict[str, object]:
        return {"messages": [{"role": role, "text": text} for role, text in messages]}

    greeting = ("assistant", "您好")
    answered = log(greeting, ("user", "我们想填个“表”"), ("user", "预算60万元"))
    nameless = planting().model_copy(update={"project_name": ""})
    with closing(Library(database_url, IndicatorIndex(None))) as library:
        said = library.new_draft(nameless, answered)
        named = library.new_draft(planting(), answered)
        logs = ({}, log(), log(greeting), log(greeting, ("assistant", "已撤销")))
        silent = [library.new_draft(nameless, one) for one in logs]
        found = {one.id: one.said for one in library.draft_summaries()}
    assert found == {said.id: "我们想填个“表”", named.id: ""} | {one.id: "" for one in silent}


def test_what_is_removed_can_be_brought_back(library: Library) -> None:
    draft = library.new_draft(planting(), {"said": "1"})
    for _ in range(2):
        library.remove_draft(draft.id)
    assert library.draft_summaries() == []
    with pytest.raises(AssistantError, match="可能已被删除"):
        library.draft_summary(draft.id)
    library.restore_draft(draft.id)
    assert library.draft_summary(draft.id).id == draft.id
    assert library.draft(draft.id) == draft
    told = [(entry.what, entry.person) for entry in library.audit(f"draft:{draft.id}")]
    assert told[1:] == [("删除草稿", "本机用户"), ("恢复草稿", "本机用户")], "removing twice is one act"


def test_an_administrator_knows_how_many_there_are_without_seeing_them(library: Library) -> None:
    drafts = [library.new_draft(planting(), {}), library.new_draft(project(2), {})]
    library.remove_draft(drafts[0].id)
    chief = library.for_person(Person(id="chief", roles=frozenset({Role.ADMIN}), units=("某局",)))
    assert chief.count_drafts() == 1
    assert chief.draft_summaries() == []
    drafter = library.for_person(Person(id="wang", roles=frozenset({Role.DRAFTER}), units=("某局",)))
    with pytest.raises(PermissionDeniedError):
        drafter.count_drafts()


def test_an_unknown_draft_cannot_be_removed(library: Library) -> None:
    with pytest.raises(AssistantError, match="找不到"):
        library.remove_draft("gibt-es-nicht")
