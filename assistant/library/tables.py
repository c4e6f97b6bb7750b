"""The database schema, in types that SQLite and PostgreSQL share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Text
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


class FormChangeRow(Base):
    """Which past forms each generation of the library has changed, so that a process reads only these."""

    __tablename__ = "form_changes"
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class FactRow(Base):
    """One part of what was computed of the past forms of a block, for questions over all of them.

    ``stamp`` hashes the contents of these forms and the rules that computed it. Everything here can be
    computed anew from ``forms``.
    """

    __tablename__ = "form_facts"
    block: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(60), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class FindingRow(Base):
    """One part of the findings that the past forms of a block have each by itself, as ``FactRow``."""

    __tablename__ = "form_findings"
    block: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(60), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class OfficeFindingRow(Base):
    """The findings of rules that compare the past forms of one office; ``office`` hashes its name.

    ``body`` says for which forms they were found. All of it can be computed anew.
    """

    __tablename__ = "office_findings"
    office: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DraftRow(Base):
    """A draft; its content stands in its versions, ``newest`` counts them.

    ``unit`` owns it ("" none), ``revision`` counts every write. ``submitted_version`` and ``submitter`` tell
    the last submission, ``form_number`` the past form that its approval made.
    """

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    newest: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), server_default="draft", index=True)
    unit: Mapped[str] = mapped_column(Text, server_default="")
    author: Mapped[str] = mapped_column(Text, server_default="")
    revision: Mapped[int] = mapped_column(server_default="0")
    submitted_version: Mapped[int | None]
    submitter: Mapped[str] = mapped_column(Text, server_default="")
    form_number: Mapped[int | None]
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
    """Who did what to ``draft:<id>``, ``form:<number>`` or ``person:<id>``; only ever added to."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_subject", "subject", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    subject: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    by: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text, server_default="")
    what: Mapped[str] = mapped_column(Text)
    edits: Mapped[list[dict[str, Any]]] = mapped_column(Json)


class MoveRow(Base):
    """One step of a draft's way to approval: who did which act on which version, and why."""

    __tablename__ = "draft_moves"
    __table_args__ = (Index("draft_moves_draft", "draft_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    act: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    person: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CommentRow(Base):
    """A reviewer's comment at a cell of one version; ``row`` 0 means the whole section."""

    __tablename__ = "draft_comments"
    __table_args__ = (Index("draft_comments_draft", "draft_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    version: Mapped[int]
    section: Mapped[str] = mapped_column(String(20))
    row: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    resolved_by: Mapped[str] = mapped_column(Text, server_default="")


class ScoreRow(Base):
    """The points a reviewer gives one row of a submitted version; ``row`` 0 is the execution rate."""

    __tablename__ = "review_scores"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    points: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(Text)


class PersonRow(Base):
    """Somebody who may log in; ``roles`` and ``units`` are lists of texts."""

    __tablename__ = "persons"
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(Json)
    units: Mapped[list[str]] = mapped_column(Json)
    active: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class StateRow(Base):
    """Small facts about the library.

    ``generation`` counts the changes of the set of past forms, ``schema`` is the version of the tables.
    """

    __tablename__ = "library_state"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
