"""The audit trail: entries are added in the transaction of what they record, and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.form.edit import Edit
from assistant.form.model import Frozen
from assistant.library.database import Database
from assistant.library.tables import AuditRow


class AuditEntry(Frozen):
    """One act. ``edits`` turn the version before into ``version``.

    ``person`` is who did it ("" before there were persons), ``by`` whose words were taken: the person's own
    (``user``), those of the ``rules`` or of the ``model``, or whoever an import names.
    """

    at: datetime
    subject: str
    version: int
    by: str
    person: str = ""
    what: str
    edits: tuple[Edit, ...] = ()


def record(
    session: Session,
    subject: str,
    version: int,
    what: str,
    *,
    by: str = "",
    person: str = "",
    edits: Sequence[Edit] = (),
) -> None:
    """Adds an entry within the caller's transaction."""
    session.add(
        AuditRow(
            at=datetime.now(UTC),
            subject=subject,
            version=version,
            by=by,
            person=person,
            what=what,
            edits=[edit.model_dump(mode="json", exclude_defaults=True) for edit in edits],
        )
    )


def entries(database: Database, subject: str) -> list[AuditEntry]:
    """All entries about ``subject`` (``draft:<id>``, ``form:<number>``, ``person:<id>``), oldest first."""
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id))
        return [_entry(row) for row in rows]


def latest(database: Database, kind: Literal["draft", "form", "person"], most: int) -> list[AuditEntry]:
    """The ``most`` latest entries about any subject of a kind, oldest first."""
    of_kind = select(AuditRow).where(AuditRow.subject.startswith(f"{kind}:"))
    with database.reading() as session:
        rows = session.scalars(of_kind.order_by(AuditRow.id.desc()).limit(most)).all()
        return [_entry(row) for row in reversed(rows)]


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        at=with_zone(row.at),
        subject=row.subject,
        version=row.version,
        by=row.by,
        person=row.person,
        what=row.what,
        edits=tuple(Edit.model_validate(edit) for edit in row.edits),
    )


def with_zone(at: datetime) -> datetime:
    """A stored time; SQLite gives it back without its zone, which is always UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
