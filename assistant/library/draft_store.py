"""Drafts in the database: every saved version is kept."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import AssistantError, ConflictError
from assistant.form.edit import difference
from assistant.form.model import Form, Frozen
from assistant.library.audit import record
from assistant.library.database import Database
from assistant.library.tables import DraftRow, DraftVersionRow


class DraftRecord(Frozen):
    """A draft as stored. ``log``, opaque here, is the conversation: messages, proposals, decisions."""

    id: str
    version: int
    form: Form
    log: dict[str, Any]
    versions: int


def create(database: Database, form: Form, log: dict[str, Any]) -> DraftRecord:
    """Stores a new draft as version 1."""
    draft_id, now = uuid.uuid4().hex, datetime.now(UTC)
    with database.writing() as session:
        session.add(DraftRow(id=draft_id, newest=1, created_at=now, changed_at=now))
        session.flush()
        session.add(_version(draft_id, 1, form, log, now))
        record(session, f"draft:{draft_id}", 1, "", "新建草稿", ())
    return DraftRecord(id=draft_id, version=1, form=form, log=log, versions=1)


def read(database: Database, draft_id: str, version: int | None) -> DraftRecord:
    """A draft, its newest version or an older one. Raises AssistantError where there is none."""
    with database.reading() as session:
        return _read(session, draft_id, version)


def read_all(database: Database) -> list[DraftRecord]:
    """All drafts, the last changed first."""
    with database.reading() as session:
        found = session.execute(
            select(DraftRow, DraftVersionRow)
            .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
            .where(DraftVersionRow.version == DraftRow.newest)
            .order_by(DraftRow.changed_at.desc(), DraftRow.id)
        )
        return [_record(draft, version) for draft, version in found]


def save(
    database: Database,
    draft_id: str,
    form: Form,
    log: dict[str, Any],
    *,
    base_version: int,
    by: str,
    what: str,
) -> DraftRecord:
    """Stores the version after ``base_version`` and its audit entry; ConflictError if that exists."""
    now, version = datetime.now(UTC), base_version + 1
    try:
        with database.writing() as session:
            before = _read(session, draft_id, None)
            if before.version != base_version:
                raise _conflict()
            session.add(_version(draft_id, version, form, log, now))
            session.flush()
            session.execute(
                update(DraftRow).where(DraftRow.id == draft_id).values(newest=version, changed_at=now)
            )
            record(session, f"draft:{draft_id}", version, by, what, difference(before.form, form))
    except IntegrityError as error:
        # Another process stored the same version between our reading and writing.
        raise _conflict() from error
    return DraftRecord(id=draft_id, version=version, form=form, log=log, versions=version)


def save_log(database: Database, draft_id: str, log: dict[str, Any]) -> None:
    """Replaces the conversation of the newest version."""
    now = datetime.now(UTC)
    with database.writing() as session:
        newest = _read(session, draft_id, None).version
        session.execute(
            update(DraftVersionRow)
            .where(DraftVersionRow.draft_id == draft_id, DraftVersionRow.version == newest)
            .values(log=log)
        )
        session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(changed_at=now))


def _read(session: Session, draft_id: str, version: int | None) -> DraftRecord:
    draft = session.get(DraftRow, draft_id)
    if draft is None:
        raise AssistantError("找不到这份草稿，它可能属于另一个数据目录；请从草稿列表中重新选择。")
    found = session.get(DraftVersionRow, (draft_id, version or draft.newest))
    if found is None:
        raise AssistantError(f"这份草稿没有第{version}版，现有第1至第{draft.newest}版。")
    return _record(draft, found)


def _record(draft: DraftRow, found: DraftVersionRow) -> DraftRecord:
    return DraftRecord(
        id=draft.id,
        version=found.version,
        form=Form.model_validate(found.body),
        log=found.log,
        versions=draft.newest,
    )


def _version(draft_id: str, version: int, form: Form, log: dict[str, Any], now: datetime) -> DraftVersionRow:
    body = form.model_dump(mode="json")
    return DraftVersionRow(draft_id=draft_id, version=version, body=body, log=log, saved_at=now)


def _conflict() -> ConflictError:
    return ConflictError("这份草稿刚刚被他人保存过，您的修改没有写入；请刷新后在最新一版上再改。")
