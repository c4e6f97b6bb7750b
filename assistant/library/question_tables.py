"""The tables of questions: what was asked, what people thought of the answers, and the notebook."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.tables import Base, Json

_PERSON = 200


class AskedRow(Base):
    """A question with the sentence that answered it; ``found`` False: the forms did not say."""

    __tablename__ = "asked_questions"
    __table_args__ = (Index("asked_by", "by", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(_PERSON))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    found: Mapped[bool]


class FeedbackRow(Base):
    """What a person thought of an answer. ``queries``: how the question had been understood."""

    __tablename__ = "answer_feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(_PERSON))
    good: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    queries: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class SavedQuestionRow(Base):
    """A question of the notebook with its queries and the answer it had when it was saved."""

    __tablename__ = "saved_questions"
    __table_args__ = (Index("saved_by", "by", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(_PERSON))
    question: Mapped[str] = mapped_column(Text)
    queries: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    labels: Mapped[list[str]] = mapped_column(Json)
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
