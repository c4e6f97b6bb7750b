"""The drafts as a list: names and times without their contents, and which of them were put aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from assistant.errors import AssistantError
from assistant.form.model import Frozen
from assistant.library.audit import record, with_zone
from assistant.library.database import Database
from assistant.library.tables import DraftRow, DraftVersionRow, RemovedDraftRow
from assistant.people.transitions import DraftState


class DraftSummary(Frozen):
    """A draft in a list; ``saved_at`` is the time of its newest version, in UTC.

    ``unit`` stands in the form, ``owner`` is the unit whose people may work on it ("" none). ``said``: of a
    draft whose project has no name yet what the person answered to its greeting, "" where nothing.
    """

    id: str
    version: int
    project_name: str
    unit: str
    owner: str
    year: int | None
    saved_at: datetime
    state: DraftState = DraftState.DRAFT
    said: str = ""


def summaries(database: Database, owners: Iterable[str] | None = None) -> list[DraftSummary]:
    """The drafts that were not put aside, all or those of some owners, the last changed first."""
    wanted = _select().order_by(DraftRow.changed_at.desc(), DraftRow.id)
    if owners is not None:
        wanted = wanted.where(DraftRow.unit.in_(tuple(owners)))
    with database.reading() as session:
        return [_summary(row) for row in session.execute(wanted)]


def summary(database: Database, draft_id: str) -> DraftSummary:
    """One draft. Raises AssistantError where there is none, or where it was put aside."""
    with database.reading() as session:
        row = session.execute(_select().where(DraftRow.id == draft_id)).first()
    if row is None:
        raise AssistantError("找不到这份草稿，它可能已被删除；请从草稿列表中重新选择。")
    return _summary(row)


def count(database: Database) -> int:
    """How many drafts there are that were not put aside."""
    removed = select(RemovedDraftRow.draft_id)
    with database.reading() as session:
        return session.scalar(select(func.count()).where(DraftRow.id.not_in(removed))) or 0


def states_by_form(database: Database) -> dict[int, str]:
    """The state of the draft that each past form was approved from; imported forms have none."""
    query = select(DraftRow.form_number, DraftRow.state).order_by(DraftRow.changed_at)
    with database.reading() as session:
        rows = session.execute(query.where(DraftRow.form_number.is_not(None)))
        return {number: state for number, state in rows if number is not None}


def remove(database: Database, draft_id: str, *, person: str) -> None:
    """Takes a draft out of the list; its versions and its audit trail stay. ``restore`` brings it back."""
    with database.writing() as session:
        draft = session.get(DraftRow, draft_id)
        if draft is None:
            raise AssistantError("找不到这份草稿，它可能已被删除。")
        if draft.state == DraftState.SUBMITTED:
            raise AssistantError("这份草稿已提交，正在等待审核；要删除请先打开它撤回。")
        if session.get(RemovedDraftRow, draft_id) is None:
            session.add(RemovedDraftRow(draft_id=draft_id, removed_at=datetime.now(UTC)))
            record(session, f"draft:{draft_id}", draft.newest, "删除草稿", person=person)


def restore(database: Database, draft_id: str, *, person: str) -> None:
    """Brings a draft that was removed back into the list."""
    with database.writing() as session:
        removed, draft = session.get(RemovedDraftRow, draft_id), session.get(DraftRow, draft_id)
        if removed is not None and draft is not None:
            session.delete(removed)
            record(session, f"draft:{draft_id}", draft.newest, "恢复草稿", person=person)


def _select() -> Select[Any]:
    body = DraftVersionRow.body
    name = body["project_name"].as_string()
    # Conversations are long: only those that the list needs are looked into.
    first = DraftVersionRow.log["messages"][1]
    answered = and_(name == "", first["role"].as_string() == "user")
    said = case((answered, first["text"].as_string()), else_=None)
    return (
        select(
            DraftRow.id,
            DraftRow.newest,
            DraftRow.state,
            DraftRow.unit.label("owner"),
            name.label("project_name"),
            said.label("said"),
            body["unit"].as_string().label("unit"),
            body["year"].as_integer().label("year"),
            DraftVersionRow.saved_at,
        )
        .join(DraftVersionRow, DraftVersionRow.draft_id == DraftRow.id)
        .outerjoin(RemovedDraftRow, RemovedDraftRow.draft_id == DraftRow.id)
        .where(DraftVersionRow.version == DraftRow.newest, RemovedDraftRow.draft_id.is_(None))
    )


def _summary(row: Any) -> DraftSummary:
    return DraftSummary(
        id=row.id,
        version=row.newest,
        project_name=row.project_name or "",
        unit=row.unit or "",
        owner=row.owner,
        year=row.year,
        saved_at=with_zone(row.saved_at),
        state=DraftState(row.state),
        said=row.said or "",
    )
