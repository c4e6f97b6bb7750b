"""The way of a draft through review in the database: its moves, comments and the reviewers' points."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import AssistantError, ConflictError
from assistant.form.finding import Location
from assistant.form.model import Form, Frozen
from assistant.library import draft_store, past_forms
from assistant.library.audit import record, with_zone
from assistant.library.database import Database
from assistant.library.draft_store import DraftRecord
from assistant.library.tables import CommentRow, DraftRow, MoveRow, ScoreRow
from assistant.people.person import Person
from assistant.people.transitions import ACTS, Act, ActId, allow

_LONGEST = 2000


class Move(Frozen):
    """One step of a draft: ``act`` done on ``version`` by ``person``; ``reason`` "" where none was given."""

    act: ActId
    version: int
    person: str
    reason: str
    at: datetime


class Comment(Frozen):
    """A comment at ``location`` of ``version``; ``resolved_by`` "" while it is open."""

    id: int
    version: int
    location: Location
    text: str
    person: str
    at: datetime
    resolved_by: str = ""


def move(
    database: Database, draft_id: str, act: Act, person: Person, reason: str, seen: int | None = None
) -> None:
    """Does ``act`` with everything that belongs to it, in one transaction.

    ConflictError where ``seen``, the version that the person looked at, is no longer the newest.
    """
    try:
        with database.writing() as session:
            before = draft_store.read_in(session, draft_id, None)
            allow(act, person, before.state, before.submitter, reason)
            if seen is not None and seen != before.version:
                raise ConflictError(
                    f"这张表刚刚有了第{before.version}版，您看的是第{seen}版，没有{act.title}；请看过新的一版再决定。"
                )
            _move(session, before, act, person, reason.strip()[:_LONGEST])
    except IntegrityError as error:
        # Another process added a past form with this number or content between our reading and writing.
        raise ConflictError(f"其他人正在同时导入，没有{act.title}，请再点一次。") from error


def _move(session: Session, before: DraftRecord, act: Act, person: Person, reason: str) -> None:
    draft_id = before.id
    draft, now = session.get_one(DraftRow, draft_id), datetime.now(UTC)
    draft.state, draft.changed_at, draft.revision = act.target, now, draft.revision + 1
    if act.id == "submit":
        _check_complete(before.form)
        draft.submitted_version, draft.submitter = before.version, person.id
    elif act.id == "approve":
        draft.form_number = past_forms.put_approved(session, before.form, person=person.signed)
    elif act.id == "reopen" and draft.form_number is not None:
        past_forms.put_state(session, draft.form_number, "withdrawn", person=person.signed)
    session.add(
        MoveRow(
            draft_id=draft_id,
            act=act.id,
            version=before.version,
            person=person.signed,
            reason=reason,
            at=now,
        )
    )
    what = f"{act.title}：{reason}" if reason else act.title
    record(session, f"draft:{draft_id}", before.version, what, person=person.signed)


def moves(database: Database, draft_id: str) -> list[Move]:
    """The way of a draft so far, oldest first."""
    with database.reading() as session:
        rows = session.scalars(select(MoveRow).where(MoveRow.draft_id == draft_id).order_by(MoveRow.id))
        return [
            Move(
                act=ACTS[row.act].id,  # type: ignore[index]
                version=row.version,
                person=row.person,
                reason=row.reason,
                at=with_zone(row.at),
            )
            for row in rows
        ]


def add_comment(
    database: Database, draft_id: str, version: int, location: Location, text: str, person: Person
) -> None:
    """Stores a comment at a place of one version."""
    text = text.strip()[:_LONGEST]
    if not text:
        raise AssistantError("批注还没有内容，请写明问题和改法。")
    with database.writing() as session:
        draft_store.read_in(session, draft_id, version)
        session.add(
            CommentRow(
                draft_id=draft_id,
                version=version,
                section=location.section,
                row=location.row or 0,
                field=location.field,
                text=text,
                person=person.signed,
                at=datetime.now(UTC),
                resolved_by="",
            )
        )
        record(session, f"draft:{draft_id}", version, f"批注：{text}", person=person.signed)


def resolve_comment(database: Database, draft_id: str, comment: int, person: Person, *, done: bool) -> None:
    """Marks a comment as settled, or opens it again."""
    with database.writing() as session:
        row = session.get(CommentRow, comment)
        if row is None or row.draft_id != draft_id:
            raise AssistantError("找不到这条批注，请刷新页面后再试。")
        if bool(row.resolved_by) == done:
            return
        row.resolved_by = person.signed if done else ""
        what = f"{'标为已改' if done else '重新提出'}批注：{row.text}"
        record(session, f"draft:{draft_id}", row.version, what, person=person.signed)


def comments(database: Database, draft_id: str) -> list[Comment]:
    """All comments on a draft, oldest first."""
    with database.reading() as session:
        rows = session.scalars(
            select(CommentRow).where(CommentRow.draft_id == draft_id).order_by(CommentRow.id)
        )
        return [
            Comment(
                id=row.id,
                version=row.version,
                location=_location(row),
                text=row.text,
                person=row.person,
                at=with_zone(row.at),
                resolved_by=row.resolved_by,
            )
            for row in rows
        ]


def save_scores(
    database: Database, draft_id: str, version: int, points: dict[int, str], person: Person
) -> None:
    """Replaces the points of some rows of a version; "" takes a row's points away."""
    with database.writing() as session:
        draft_store.read_in(session, draft_id, version)
        told = []
        for row, text in sorted(points.items()):
            known = session.get(ScoreRow, (draft_id, version, row))
            before = known.points if known else ""
            if before == text:
                continue
            _put_points(session, known, ScoreRow(draft_id=draft_id, version=version, row=row), text, person)
            name = f"第{row}行" if row else "预算执行率"
            told.append(f"{name}{before or '未评'}改为{text or '未评'}" if before else f"{name}{text}")
        if told:
            what = f"审核评分：{'；'.join(told)}"
            record(session, f"draft:{draft_id}", version, what, person=person.signed)


def scores(database: Database, draft_id: str, version: int) -> dict[int, str]:
    """The reviewer's points of a version by row; 0 is the execution of the budget."""
    with database.reading() as session:
        rows = session.scalars(
            select(ScoreRow).where(ScoreRow.draft_id == draft_id, ScoreRow.version == version)
        )
        return {row.row: row.points for row in rows}


def all_scores(database: Database) -> dict[tuple[str, int], dict[int, str]]:
    """The points of all versions, by draft and version."""
    found: dict[tuple[str, int], dict[int, str]] = {}
    with database.reading() as session:
        for row in session.scalars(select(ScoreRow)):
            found.setdefault((row.draft_id, row.version), {})[row.row] = row.points
    return found


def _put_points(session: Session, known: ScoreRow | None, fresh: ScoreRow, text: str, person: Person) -> None:
    if not text:
        if known is not None:
            session.delete(known)
        return
    row = known or fresh
    row.points, row.person = text, person.signed
    if known is None:
        session.add(row)


def lacking(form: Form) -> str:
    """What must be filled in before a form can be submitted, as a sentence; "" where nothing is missing.

    Without these a form could not be told from others in the library.
    """
    needed = {
        "项目名称": form.project_name.strip(),
        "实施单位": form.unit.strip(),
        "绩效指标": form.indicators,
    }
    missing = [name for name, there in needed.items() if not there]
    return f"还缺{'、'.join(missing)}，填好以后才能提交。" if missing else ""


def _check_complete(form: Form) -> None:
    if told := lacking(form):
        raise AssistantError(told)


def _location(row: CommentRow) -> Location:
    return Location.model_validate({"section": row.section, "row": row.row or None, "field": row.field})
