"""The database schema, in types that SQLite and PostgreSQL share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Base of all tables."""


class FormRecord(Base):
    """A past form. ``identity`` hashes project, unit and year; ``content`` all that is printed."""

    __tablename__ = "forms"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default="approved", index=True)
    project_name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    source_file: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class FormVersionRecord(Base):
    """What a past form said before an import replaced it."""

    __tablename__ = "form_versions"
    number: Mapped[int] = mapped_column(ForeignKey("forms.number"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    replaced_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DraftRow(Base):
    """A draft; its content stands in its versions, ``newest`` counts them."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    newest: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class DraftVersionRow(Base):
    """One version of a draft with the conversation as it was then."""

    __tablename__ = "draft_versions"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    log: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RemovedDraftRow(Base):
    """A draft that was taken out of the list; it can be brought back."""

    __tablename__ = "removed_drafts"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    removed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AuditRow(Base):
    """Who did what to which subject (``draft:<id>`` or ``form:<number>``); rows are only ever added."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_subject", "subject", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    subject: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    by: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    edits: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class StateRow(Base):
    """Small facts about the library; ``generation`` counts the changes of the set of past forms."""

    __tablename__ = "library_state"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
