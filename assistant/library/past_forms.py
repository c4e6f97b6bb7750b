"""Past forms in the database: adding, updating, reading, and their indicators as rows of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import AssistantError
from assistant.form.edit import difference
from assistant.form.model import Form, Frozen
from assistant.library.audit import record
from assistant.library.database import Database
from assistant.library.identity import content_of, identity_of, year_of
from assistant.library.tables import FormChangeRow, FormRecord, FormVersionRecord, StateRow
from vectorstore.row import IndicatorRow, rows_of

State = Literal["approved", "withdrawn"]
APPROVED: State = "approved"
_GENERATION = "generation"
_GENERATION_READ = select(StateRow.value).where(StateRow.key == _GENERATION)
_ATTEMPTS = 3
_MOST_CHANGED = 500
"""More changed forms than this are as soon read with all others."""
_NOTED = 500
"""So many generations back it is noted what they changed: each changes a form or more."""

_Outcome = Literal["added", "updated", "unchanged"]


class StoredForm(Frozen):
    """A form in the library. ``number`` never changes; only ``approved`` forms are searched."""

    number: int
    form: Form
    state: str = APPROVED


class ImportResult(Frozen):
    """How many forms an import added, updated (same project, unit and year) or left unchanged."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: ImportResult) -> ImportResult:
        return ImportResult(
            added=self.added + other.added,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
        )


def store(database: Database, forms: Sequence[Form], *, by: str, person: str = "") -> ImportResult:
    """Stores ``forms`` in one transaction: all of them, or on an error none."""
    for attempt in range(_ATTEMPTS):
        try:
            with database.writing() as session:
                stored = [_store_one(session, form, by, person) for form in forms]
                outcomes = [outcome for outcome, _ in stored]
                result = ImportResult(
                    added=outcomes.count("added"),
                    updated=outcomes.count("updated"),
                    unchanged=outcomes.count("unchanged"),
                )
                changed = [number for outcome, number in stored if outcome != "unchanged"]
                if changed:
                    _raise_generation(session, changed)
            return result
        except IntegrityError as error:
            # Another process took the same number or added the same form between our reading and writing.
            if attempt + 1 == _ATTEMPTS:
                raise AssistantError("其他人正在同时导入，请稍后再导入一次。") from error
    raise AssertionError("unreachable")


def set_state(database: Database, number: int, state: State, *, by: str, person: str = "") -> None:
    """Lets a form be searched or not. Raises AssistantError where there is no such form."""
    with database.writing() as session:
        put_state(session, number, state, by=by, person=person)


def put_state(session: Session, number: int, state: State, *, by: str = "", person: str = "") -> None:
    """``set_state`` within the caller's transaction."""
    known = session.get(FormRecord, number)
    if known is None:
        raise missing(number)
    if known.state != state:
        known.state = state
        what = "重新作为检索依据" if state == APPROVED else "不再作为检索依据"
        record(session, f"form:{number}", known.version, what, by=by, person=person)
        _raise_generation(session, [number])


def put_approved(session: Session, form: Form, *, person: str) -> int:
    """Stores a form that was approved within the caller's transaction; gives its number."""
    outcome, number = _store_one(session, form, "", person, "审核通过，收入项目库")
    if outcome != "unchanged":
        _raise_generation(session, [number])
    put_state(session, number, APPROVED, person=person)
    return number


def missing(number: int) -> AssistantError:
    """The error for a number that no form has."""
    return AssistantError(f"库中没有编号为{number}的自评表，请先检索或查看往年库，再用其中的编号。")


def generation(database: Database) -> int:
    """How often the set of past forms has changed; 0 for a new library."""
    with database.reading() as session:
        return session.scalar(_GENERATION_READ) or 0


def all_forms(database: Database) -> tuple[StoredForm, ...]:
    """All past forms by number."""
    with database.reading() as session:
        return _read(session, select(FormRecord.number, FormRecord.body, FormRecord.state))


def changed_forms(database: Database, after: int, until: int) -> tuple[StoredForm, ...] | None:
    """The past forms changed after one generation until another; None where that was not noted or is much.

    An earlier program notes no changes; a form may be newer than ``until``.
    """
    noted = FormChangeRow.generation
    between = (noted > after) & (noted <= until)
    with database.reading() as session:
        if session.scalar(select(func.count(noted.distinct())).where(between)) != until - after:
            return None
        numbers = session.scalars(select(FormChangeRow.number).where(between).distinct()).all()
        if len(numbers) > _MOST_CHANGED:
            return None
        chosen = FormRecord.number.in_(numbers)
        return _read(session, select(FormRecord.number, FormRecord.body, FormRecord.state).where(chosen))


def versions(database: Database, number: int) -> tuple[Form, ...]:
    """The earlier contents of a past form, oldest first; empty where no import has changed it."""
    with database.reading() as session:
        bodies = session.scalars(
            select(FormVersionRecord.body)
            .where(FormVersionRecord.number == number)
            .order_by(FormVersionRecord.version)
        )
        return tuple(Form.model_validate(body) for body in bodies)


def index_rows(forms: Iterable[StoredForm]) -> list[IndicatorRow]:
    """The indicators of all approved forms, as the index wants them."""
    return [row for rows in rows_by_form(forms).values() for row in rows]


def rows_by_form(forms: Iterable[StoredForm]) -> dict[int, list[IndicatorRow]]:
    """By number the indicators of an approved form, as the index wants them; none of a withdrawn one."""
    return {
        stored.number: rows_of(stored.number, stored.form, year_of(stored.form))
        if stored.state == APPROVED
        else []
        for stored in forms
    }


def _read(session: Session, chosen: Select[tuple[int, dict[str, Any], str]]) -> tuple[StoredForm, ...]:
    return tuple(
        StoredForm(number=number, form=Form.model_validate(body), state=state)
        for number, body, state in session.execute(chosen.order_by(FormRecord.number))
    )


def _store_one(
    session: Session, form: Form, by: str, person: str, what: str = "导入往年自评表"
) -> tuple[_Outcome, int]:
    identity, content, now = identity_of(form), content_of(form), datetime.now(UTC)
    known = session.scalar(select(FormRecord).where(FormRecord.identity == identity))
    if known is None:
        last = session.scalar(select(func.max(FormRecord.number))) or 0
        known = FormRecord(
            number=last + 1, identity=identity, state=APPROVED, version=1, added_at=now, changed_at=now
        )
        _fill(known, form, content)
        session.add(known)
        session.flush()
        record(session, f"form:{known.number}", 1, what, by=by, person=person)
        return "added", known.number
    if known.content == content:
        return "unchanged", known.number
    before = Form.model_validate(known.body)
    session.add(
        FormVersionRecord(
            number=known.number,
            version=known.version,
            content=known.content,
            body=known.body,
            replaced_at=now,
        )
    )
    known.version += 1
    known.changed_at = now
    _fill(known, form, content)
    session.flush()
    edits = difference(before, form)
    told = f"{what}，内容有变化"
    record(session, f"form:{known.number}", known.version, told, by=by, person=person, edits=edits)
    return "updated", known.number


def _fill(entry: FormRecord, form: Form, content: str) -> None:
    entry.content = content
    entry.project_name = form.project_name
    entry.unit = form.unit
    entry.year = year_of(form)
    entry.body = form.model_dump(mode="json")
    entry.source_file = form.source.file


def _raise_generation(session: Session, changed: Iterable[int]) -> None:
    counter = session.get(StateRow, _GENERATION)
    if counter is None:
        counter = StateRow(key=_GENERATION, value=1)
        session.add(counter)
    else:
        # Counted by the database: two imports at the same moment must not end at the same number.
        counter.value = StateRow.value + 1
    session.flush()
    session.execute(delete(FormChangeRow).where(FormChangeRow.generation <= counter.value - _NOTED))
    session.add_all(FormChangeRow(generation=counter.value, number=number) for number in set(changed))
