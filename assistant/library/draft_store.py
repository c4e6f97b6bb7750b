"""Drafts in the database: every saved version is kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import AssistantError, ConflictError
from assistant.form.edit import difference
from assistant.form.model import Form, Frozen
from assistant.library.audit import record, with_zone
from assistant.library.database import Database
from assistant.library.tables import DraftRow, DraftVersionRow
from assistant.people.transitions import EDITABLE, DraftState


class DraftHead(Frozen):
    """What a draft is without its content. ``versions`` is the number of its newest version.

    ``unit`` owns it ("" none). ``revision`` counts all writes, also of the log alone. ``submitted_version``
    is what reviewers see (None: never submitted), ``submitter`` the id of who submitted it.
    """

    id: str
    versions: int
    revision: int = 0
    state: DraftState = DraftState.DRAFT
    unit: str = ""
    submitted_version: int | None = None
    submitter: str = ""
    form_number: int | None = None
    changed_at: datetime | None = None


class DraftRecord(DraftHead):
    """A version of a draft. ``log``, opaque here, is the conversation: messages, proposals, decisions."""

    version: int
    form: Form
    log: dict[str, Any]


def create(
    database: Database, form: Form, log: dict[str, Any], *, unit: str = "", author: str = "", person: str = ""
) -> DraftRecord:
    """Stores a new draft as version 1. ``author`` is an id, ``person`` the name for the audit trail."""
    draft_id, now = uuid.uuid4().hex, datetime.now(UTC)
    with database.writing() as session:
        session.add(
            DraftRow(
                id=draft_id,
                newest=1,
                state=DraftState.DRAFT,
                unit=unit,
                author=author,
                revision=0,
                submitter="",
                created_at=now,
                changed_at=now,
            )
        )
        session.flush()
        session.add(_version(draft_id, 1, form, log, now))
        record(session, f"draft:{draft_id}", 1, "新建草稿", person=person)
    return DraftRecord(id=draft_id, version=1, form=form, log=log, versions=1, unit=unit, changed_at=now)


def read(database: Database, draft_id: str, version: int | None) -> DraftRecord:
    """A draft, its newest version or an older one. Raises AssistantError where there is none."""
    with database.reading() as session:
        return read_in(session, draft_id, version)


def read_head(database: Database, draft_id: str) -> DraftHead:
    """A draft without its content. Raises AssistantError where there is none."""
    with database.reading() as session:
        return DraftHead(**_head(_row(session, draft_id)))


def read_all(database: Database, units: Iterable[str] | None = None) -> list[DraftRecord]:
    """The newest versions of all drafts, or of those that ``units`` own, the last changed first."""
    with database.reading() as session:
        wanted = (
            select(DraftRow, DraftVersionRow)
            .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
            .where(DraftVersionRow.version == DraftRow.newest)
            .order_by(DraftRow.changed_at.desc(), DraftRow.id)
        )
        if units is not None:
            wanted = wanted.where(DraftRow.unit.in_(tuple(units)))
        return [_record(draft, version) for draft, version in session.execute(wanted)]


def read_submitted(database: Database) -> list[DraftRecord]:
    """All drafts that were ever submitted, as they were submitted last, the last changed first."""
    with database.reading() as session:
        wanted = (
            select(DraftRow, DraftVersionRow)
            .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
            .where(DraftVersionRow.version == DraftRow.submitted_version)
            .order_by(DraftRow.changed_at.desc(), DraftRow.id)
        )
        return [_record(draft, version) for draft, version in session.execute(wanted)]


def units(database: Database) -> list[str]:
    """The units that own drafts."""
    with database.reading() as session:
        return list(session.scalars(select(DraftRow.unit).distinct()))


def save(  # noqa: PLR0913  what a version consists of
    database: Database,
    draft_id: str,
    form: Form,
    log: dict[str, Any],
    *,
    base_version: int,
    base_revision: int | None = None,
    by: str,
    person: str = "",
    what: str,
) -> DraftRecord:
    """Stores the version after ``base_version`` and its audit entry.

    ConflictError if that exists or, with ``base_revision``, if the log was written since.
    """
    now, version = datetime.now(UTC), base_version + 1
    try:
        with database.writing() as session:
            draft, before = _open(session, draft_id, base_revision)
            if before.version != base_version:
                raise _conflict()
            saved = _version(draft_id, version, form, log, now)
            session.add(saved)
            session.flush()
            _touch(draft, now)
            draft.newest = version
            edits = difference(Form.model_validate(before.body), form)
            record(session, f"draft:{draft_id}", version, what, by=by, person=person, edits=edits)
            session.flush()
            return _record(draft, saved)
    except IntegrityError as error:
        # Another process stored the same version between our reading and writing.
        raise _conflict() from error


def save_log(
    database: Database, draft_id: str, log: dict[str, Any], base_revision: int | None = None
) -> DraftRecord:
    """Replaces the conversation of the newest version; ConflictError as in ``save``."""
    with database.writing() as session:
        draft, newest = _open(session, draft_id, base_revision)
        newest.log = log
        _touch(draft, datetime.now(UTC))
        session.flush()
        return _record(draft, newest)


def read_in(session: Session, draft_id: str, version: int | None) -> DraftRecord:
    """``read`` within the caller's session."""
    return _record(*_rows(session, draft_id, version))


def _rows(session: Session, draft_id: str, version: int | None) -> tuple[DraftRow, DraftVersionRow]:
    draft = _row(session, draft_id)
    found = session.get(DraftVersionRow, (draft_id, version or draft.newest))
    if found is None:
        raise AssistantError(f"这份草稿没有第{version}版，现有第1至第{draft.newest}版。")
    return draft, found


def _open(session: Session, draft_id: str, base_revision: int | None) -> tuple[DraftRow, DraftVersionRow]:
    """The newest version, for a write: nothing is written while a form is under review or approved."""
    draft, newest = _rows(session, draft_id, None)
    state = DraftState(draft.state)
    if state not in EDITABLE:
        told = "已提交，正在审核" if state == DraftState.SUBMITTED else "已审核通过"
        way = "要改请先撤回" if state == DraftState.SUBMITTED else "要改请联系审核人撤销通过"
        raise AssistantError(f"这张表{told}，不能修改；{way}。")
    if base_revision is not None and draft.revision != base_revision:
        raise _conflict()
    return draft, newest


def _touch(draft: DraftRow, now: datetime) -> None:
    draft.revision += 1
    draft.changed_at = now


def _row(session: Session, draft_id: str) -> DraftRow:
    draft = session.get(DraftRow, draft_id)
    if draft is None:
        raise AssistantError("找不到这份草稿，它可能属于另一个数据目录；请从草稿列表中重新选择。")
    return draft


def _record(draft: DraftRow, found: DraftVersionRow) -> DraftRecord:
    return DraftRecord(
        **_head(draft), version=found.version, form=Form.model_validate(found.body), log=found.log
    )


def _head(draft: DraftRow) -> dict[str, Any]:
    return {
        "id": draft.id,
        "versions": draft.newest,
        "revision": draft.revision,
        "state": DraftState(draft.state),
        "unit": draft.unit,
        "submitted_version": draft.submitted_version,
        "submitter": draft.submitter,
        "form_number": draft.form_number,
        "changed_at": with_zone(draft.changed_at),
    }


def _version(draft_id: str, version: int, form: Form, log: dict[str, Any], now: datetime) -> DraftVersionRow:
    body = form.model_dump(mode="json")
    return DraftVersionRow(draft_id=draft_id, version=version, body=body, log=log, saved_at=now)


def _conflict() -> ConflictError:
    return ConflictError("这份草稿刚刚被他人保存过，您的修改没有写入；请刷新后在最新一版上再改。")
