"""The drafts as a list: names and times without their contents, and which of them were put aside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select

from assistant.errors import AssistantError
from assistant.form.model import Frozen
from assistant.library.audit import record
from assistant.library.database import Database
from assistant.library.tables import DraftRow, DraftVersionRow, RemovedDraftRow


class DraftSummary(Frozen):
    """A draft in a list; ``saved_at`` is the time of its newest version, in UTC."""

    id: str
    version: int
    project_name: str
    unit: str
    year: int | None
    saved_at: datetime


def summaries(database: Database) -> list[DraftSummary]:
    """All drafts that were not put aside, the last changed first."""
    with database.reading() as session:
        found = session.execute(_select().order_by(DraftRow.changed_at.desc(), DraftRow.id))
        return [_summary(row) for row in found]


def summary(database: Database, draft_id: str) -> DraftSummary:
    """One draft. Raises AssistantError where there is none, or where it was put aside."""
    with database.reading() as session:
        row = session.execute(_select().where(DraftRow.id == draft_id)).first()
    if row is None:
        raise AssistantError("找不到这份草稿，它可能已被删除；请从草稿列表中重新选择。")
    return _summary(row)


def remove(database: Database, draft_id: str, *, by: str) -> None:
    """Takes a draft out of the list; its versions and its audit trail stay. ``restore`` brings it back."""
    with database.writing() as session:
        draft = session.get(DraftRow, draft_id)
        if draft is None:
            raise AssistantError("找不到这份草稿，它可能已被删除。")
        if session.get(RemovedDraftRow, draft_id) is None:
            session.add(RemovedDraftRow(draft_id=draft_id, removed_at=datetime.now(UTC)))
            record(session, f"draft:{draft_id}", draft.newest, by, "删除草稿", ())


def restore(database: Database, draft_id: str, *, by: str) -> None:
    """Brings a draft that was removed back into the list."""
    with database.writing() as session:
        removed, draft = session.get(RemovedDraftRow, draft_id), session.get(DraftRow, draft_id)
        if removed is not None and draft is not None:
            session.delete(removed)
            record(session, f"draft:{draft_id}", draft.newest, by, "恢复草稿", ())


def _select() -> Select[Any]:
    body = DraftVersionRow.body
    return (
        select(
            DraftRow.id,
            DraftRow.newest,
            body["project_name"].as_string().label("project_name"),
            body["unit"].as_string().label("unit"),
            body["year"].as_integer().label("year"),
            DraftVersionRow.saved_at,
        )
        .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
        .outerjoin(RemovedDraftRow, RemovedDraftRow.draft_id == DraftRow.id)
        .where(DraftVersionRow.version == DraftRow.newest, RemovedDraftRow.draft_id.is_(None))
    )


def _summary(row: Any) -> DraftSummary:
    at = row.saved_at
    return DraftSummary(
        id=row.id,
        version=row.newest,
        project_name=row.project_name or "",
        unit=row.unit or "",
        year=row.year,
        # SQLite gives a time back without its zone, which is always UTC.
        saved_at=at.replace(tzinfo=UTC) if at.tzinfo is None else at,
    )
