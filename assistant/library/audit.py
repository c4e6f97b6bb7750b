"""The audit trail: entries are added in the transaction of what they record, and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.form.edit import Edit
from assistant.form.model import Frozen
from assistant.library.database import Database
from assistant.library.tables import AuditRow


class AuditEntry(Frozen):
    """One act by a person, ``rule`` or ``model``; ``edits`` turn the version before into ``version``."""

    at: datetime
    subject: str
    version: int
    by: str
    what: str
    edits: tuple[Edit, ...] = ()


def record(session: Session, subject: str, version: int, by: str, what: str, edits: Sequence[Edit]) -> None:
    """Adds an entry within the caller's transaction."""
    session.add(
        AuditRow(
            at=datetime.now(UTC),
            subject=subject,
            version=version,
            by=by,
            what=what,
            edits=[edit.model_dump(mode="json", exclude_defaults=True) for edit in edits],
        )
    )


def entries(database: Database, subject: str) -> list[AuditEntry]:
    """All entries about ``subject`` (``draft:<id>`` or ``form:<number>``), oldest first."""
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id))
        return [
            AuditEntry(
                at=row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at,
                subject=row.subject,
                version=row.version,
                by=row.by,
                what=row.what,
                edits=tuple(Edit.model_validate(edit) for edit in row.edits),
            )
            for row in rows
        ]
