"""History, feedback and notebook in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.library import Library
from vectorstore.index import IndicatorIndex

QUERY = {"of": "forms", "where": [{"field": "total", "op": "lt", "number": "97"}]}
ANSWER = {"answer": "共3张。", "values": [], "columns": [], "rows": []}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    yield opened
    opened.close()


def test_each_person_has_a_history_with_every_question_once_the_newest_first(library: Library) -> None:
    for question, by in (("甲", "王"), ("乙", "王"), ("丙", "李"), ("甲", "王")):
        library.questions.note(question, "答", found=question != "乙", by=by)
    assert [(one.question, one.found) for one in library.questions.history("王")] == [
        ("甲", True),
        ("乙", False),
    ]
    assert [one.question for one in library.questions.history("王", 1)] == ["甲"]


def test_feedback_keeps_who_when_and_what(library: Library) -> None:
    library.questions.rate("问", "答", [QUERY], good=True, by="王")
    library.questions.rate("问", "答", [QUERY], good=False, words=" 少了一张 " + "长" * 2000, by="李")
    newest, older = library.questions.feedback()
    assert (newest.by, newest.good, newest.words[:4]) == ("李", False, "少了一张")
    assert len(newest.words) == 1000
    assert (older.by, older.good, older.queries) == ("王", True, (QUERY,))
    assert older.at <= newest.at


def test_the_notebook_keeps_a_question_once_and_belongs_to_a_person(library: Library, tmp_path: Path) -> None:
    first = library.questions.save("问", [QUERY], ["全部"], ANSWER, by="王")
    again = library.questions.save("问", [QUERY], [], {**ANSWER, "answer": "共2张。"}, by="王")
    library.questions.save("问", [], [], ANSWER, by="李")
    assert first == again
    library.close()
    reopened = Library(f"sqlite:///{tmp_path}/l.sqlite", IndicatorIndex())
    (kept,) = reopened.questions.saved("王")
    assert (kept.question, kept.queries, kept.labels, kept.answer["answer"]) == (
        "问",
        (QUERY,),
        (),
        "共2张。",
    )
    with pytest.raises(AssistantError, match="没有这个问题"):
        reopened.questions.forget(kept.id, by="李")
    reopened.questions.forget(kept.id, by="王")
    assert not reopened.questions.saved("王")
    reopened.close()
