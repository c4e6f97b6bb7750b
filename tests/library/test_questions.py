"""History, feedback and notebook in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import AssistantError, PermissionDeniedError
from assistant.library import Library
from assistant.library.questions import Questions
from assistant.people.person import ALL_UNITS, NOBODY, Person, Role
from vectorstore.index import IndicatorIndex

QUERY = {"of": "forms", "where": [{"field": "total", "op": "lt", "number": "97"}]}
ANSWER = {"answer": "共3张。", "values": [], "columns": [], "rows": []}


def of(library: Library, name: str) -> Questions:
    """The questions of somebody who reviews everywhere."""
    person = Person(id=name, roles=frozenset({Role.REVIEWER}), units=(ALL_UNITS,))
    return library.for_person(person).questions


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    yield opened
    opened.close()


def test_each_person_has_a_history_with_every_question_once_the_newest_first(library: Library) -> None:
    for question, by in (("甲", "王"), ("乙", "王"), ("丙", "李"), ("甲", "王")):
        of(library, by).note(question, "答", found=question != "乙")
    assert [(one.question, one.found) for one in of(library, "王").history()] == [
        ("甲", True),
        ("乙", False),
    ]
    assert [one.question for one in of(library, "王").history(1)] == ["甲"]


def test_feedback_keeps_who_when_and_what(library: Library) -> None:
    of(library, "王").rate("问", "答", [QUERY], good=True)
    of(library, "李").rate("问", "答", [QUERY], good=False, words=" 少了一张 " + "长" * 2000)
    newest, older = library.questions.feedback()
    assert (newest.by, newest.good, newest.words[:4]) == ("李", False, "少了一张")
    assert len(newest.words) == 1000
    assert (older.by, older.good, older.queries) == ("王", True, (QUERY,))
    assert older.at <= newest.at


def test_the_notebook_keeps_a_question_once_and_belongs_to_a_person(library: Library, tmp_path: Path) -> None:
    first = of(library, "王").save("问", [QUERY], ["全部"], ANSWER)
    again = of(library, "王").save("问", [QUERY], [], {**ANSWER, "answer": "共2张。"})
    of(library, "李").save("问", [], [], ANSWER)
    assert first == again
    library.close()
    reopened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    (kept,) = of(reopened, "王").saved()
    assert (kept.question, kept.queries, kept.labels, kept.answer["answer"]) == (
        "问",
        (QUERY,),
        (),
        "共2张。",
    )
    with pytest.raises(AssistantError, match="没有这个问题"):
        of(reopened, "李").forget(kept.id)
    of(reopened, "王").forget(kept.id)
    assert not of(reopened, "王").saved()
    reopened.close()


def test_judgements_are_for_administrators_and_nothing_is_for_strangers(library: Library) -> None:
    with pytest.raises(PermissionDeniedError):
        of(library, "王").feedback()
    stranger = library.for_person(NOBODY).questions
    for call in (stranger.history, stranger.saved, lambda: stranger.forget(1)):
        with pytest.raises(PermissionDeniedError):
            call()
    with pytest.raises(PermissionDeniedError):
        stranger.note("问", "答", found=True)
    with pytest.raises(PermissionDeniedError):
        stranger.save("问", [QUERY], [], ANSWER)
    with pytest.raises(PermissionDeniedError):
        stranger.rate("问", "答", [QUERY], good=True)
