"""Questions kept in the database: history, feedback on answers, and the notebook of saved questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import desc, select

from assistant.errors import AssistantError
from assistant.library.database import Database
from assistant.library.question_tables import AskedRow, FeedbackRow, SavedQuestionRow
from assistant.people.person import Person, Role

_MOST_WORDS = 1000


@dataclass(frozen=True)
class Asked:
    """A question of the history."""

    at: datetime
    question: str
    answer: str
    found: bool


@dataclass(frozen=True)
class Feedback:
    """A judgement on an answer with who gave it and when."""

    at: datetime
    by: str
    good: bool
    words: str
    question: str
    answer: str
    queries: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class SavedQuestion:
    """A question of the notebook; ``queries`` and ``answer`` as the asking side wrote them."""

    id: int
    at: datetime
    by: str
    question: str
    queries: tuple[dict[str, Any], ...]
    labels: tuple[str, ...]
    answer: dict[str, Any]


class Questions:
    """What is kept of a person's questions, who sees nobody else's; every entry carries who and when.

    Raises PermissionDeniedError for somebody without any role.
    """

    def __init__(self, database: Database, person: Person) -> None:
        self._database = database
        self._person = person

    @property
    def _by(self) -> str:
        self._person.need(*Role)
        return self._person.id

    def note(self, question: str, answer: str, *, found: bool) -> None:
        """Adds a question to the history."""
        by = self._by
        with self._database.writing() as session:
            session.add(AskedRow(at=_now(), by=by, question=question, answer=answer, found=found))

    def history(self, most: int = 50) -> list[Asked]:
        """The last questions, the newest first, each question once."""
        query = select(AskedRow).where(AskedRow.by == self._by).order_by(desc(AskedRow.id)).limit(most * 4)
        with self._database.reading() as session:
            rows = session.scalars(query).all()
        once = {row.question: row for row in reversed(rows)}
        newest = sorted(once.values(), key=lambda row: -row.id)[:most]
        return [Asked(row.at, row.question, row.answer, row.found) for row in newest]

    def rate(
        self,
        question: str,
        answer: str,
        queries: Sequence[dict[str, Any]],
        *,
        good: bool,
        words: str = "",
    ) -> None:
        """Keeps a judgement on an answer."""
        by = self._by
        with self._database.writing() as session:
            session.add(
                FeedbackRow(
                    at=_now(),
                    by=by,
                    good=good,
                    words=words.strip()[:_MOST_WORDS],
                    question=question,
                    answer=answer,
                    queries=list(queries),
                )
            )

    def feedback(self) -> list[Feedback]:
        """All judgements of everybody, the newest first; for administrators."""
        self._person.need(Role.ADMIN)
        with self._database.reading() as session:
            rows = session.scalars(select(FeedbackRow).order_by(desc(FeedbackRow.id))).all()
        return [Feedback(r.at, r.by, r.good, r.words, r.question, r.answer, tuple(r.queries)) for r in rows]

    def save(
        self,
        question: str,
        queries: Sequence[dict[str, Any]],
        labels: Sequence[str],
        answer: dict[str, Any],
    ) -> int:
        """Puts a question into the notebook, in place of the same one saved earlier; gives its id."""
        by = self._by
        with self._database.writing() as session:
            same = select(SavedQuestionRow).where(
                SavedQuestionRow.by == by, SavedQuestionRow.question == question
            )
            row = session.scalars(same).first()
            if row is None:
                row = SavedQuestionRow(by=by, question=question)
                session.add(row)
            row.at, row.queries, row.labels, row.answer = _now(), list(queries), list(labels), answer
            session.flush()
            return row.id

    def saved(self) -> list[SavedQuestion]:
        """The notebook, in the order of saving."""
        query = select(SavedQuestionRow).where(SavedQuestionRow.by == self._by).order_by(SavedQuestionRow.id)
        with self._database.reading() as session:
            return [_saved(row) for row in session.scalars(query)]

    def forget(self, identifier: int) -> None:
        """Takes a question out of the notebook. Raises AssistantError where it is not there."""
        by = self._by
        with self._database.writing() as session:
            row = session.get(SavedQuestionRow, identifier)
            if row is None or row.by != by:
                raise AssistantError("问题本里没有这个问题，可能已经删除。请刷新页面。")
            session.delete(row)


def _saved(row: SavedQuestionRow) -> SavedQuestion:
    return SavedQuestion(
        row.id, row.at, row.by, row.question, tuple(row.queries), tuple(row.labels), dict(row.answer)
    )


def _now() -> datetime:
    return datetime.now(UTC)
