"""The persons who may log in, in the database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from assistant.library.audit import record
from assistant.library.database import Database
from assistant.library.tables import PersonRow
from assistant.people.person import ROLE_NAMES, Person, Role


def read(database: Database, identity: str) -> Person | None:
    """The person with this identity, None where there is none."""
    with database.reading() as session:
        row = session.get(PersonRow, identity)
        return None if row is None else _person(row)


def read_all(database: Database) -> list[Person]:
    """All persons by identity."""
    with database.reading() as session:
        return [_person(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.id))]


def save(database: Database, person: Person, by: Person) -> None:
    """Adds a person, or changes one; nobody is ever deleted, for the trail names them."""
    with database.writing() as session:
        row = session.get(PersonRow, person.id)
        before = None if row is None else _person(row)
        if before == person:
            return
        if row is None:
            row = PersonRow(id=person.id)
            session.add(row)
        row.name, row.active = person.name, person.active
        row.roles, row.units = sorted(person.roles), list(person.units)
        row.changed_at = datetime.now(UTC)
        was = "" if before is None or before.active else "停用；"
        told = "" if before is None else f"（原为{was}{_told(before)}）"
        what = f"{'设置' if person.active else '停用'}用户{person.signed}：{_told(person)}{told}"
        record(session, f"person:{person.id}"[:60], 0, what, person=by.signed)


def _told(person: Person) -> str:
    roles = "、".join(ROLE_NAMES[role] for role in Role if role in person.roles) or "无角色"
    units = "全部单位" if person.everywhere else "、".join(person.units) or "无单位"
    return f"{roles}；{units}"


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        units=tuple(row.units),
        active=row.active,
    )
