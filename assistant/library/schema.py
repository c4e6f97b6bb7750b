"""The version of the tables, and the steps that bring an older database up to it without losing a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sqlalchemy import Connection, Engine, Table, inspect, select, text, update
from sqlalchemy.schema import CreateColumn, CreateIndex

from assistant.errors import AssistantError
from assistant.library.tables import AuditRow, Base, DraftRow, StateRow

BEGIN_WRITING = "BEGIN IMMEDIATE"
"""How an SQLite transaction that will write begins, so that it waits for its turn at once."""

_KEY = "schema"
_POSTGRES_LOCK = 7_120_331
"""Any fixed number: processes that start at the same moment take turns by it."""


def upgrade(engine: Engine) -> None:
    """Makes missing tables and columns, in one transaction; AssistantError for a newer program's database."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(BEGIN_WRITING)
        elif engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})"))
        known = set(inspect(connection).get_table_names())
        version = _version(connection) if Base.metadata.tables.keys() & known else None
        if version is not None and version > CURRENT:
            raise AssistantError(
                f"这个数据库由更新的版本建立（结构第{version}版，本程序只认到第{CURRENT}版），请升级程序后再打开。"
            )
        # Whole new tables need no step: an older program does not miss them, a newer one finds them missing.
        Base.metadata.create_all(connection)
        if version == CURRENT:
            return
        for number in sorted(step for step in STEPS if version is None or step > version):
            STEPS[number](connection)
        _note(connection)


def _people_and_review(connection: Connection) -> None:
    """2: persons, states of drafts, comments, review scores; the audit trail can no longer be rewritten."""
    _add_columns(
        connection,
        cast(Table, DraftRow.__table__),
        ("state", "unit", "author", "revision", "submitted_version", "submitter", "form_number"),
    )
    _add_columns(connection, cast(Table, AuditRow.__table__), ("person",))
    _seal_audit(connection)


STEPS: dict[int, Callable[[Connection], None]] = {2: _people_and_review}
"""From the version before to this one. A step finds the tables of any earlier program, or new ones."""

CURRENT = max(STEPS)


def _add_columns(connection: Connection, table: Table, names: tuple[str, ...]) -> None:
    """Adds what is missing; every such column is nullable or has a default of the server."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for name in names:
        if name not in there:
            column = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column}")
    indexed = {index["name"] for index in inspect(connection).get_indexes(table.name)}
    for index in table.indexes:
        if index.name not in indexed:
            connection.execute(CreateIndex(index))


def _seal_audit(connection: Connection) -> None:
    """The database itself refuses to change or delete an entry of the audit trail."""
    if connection.dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS audit_no_{act.lower()} BEFORE {act} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION audit_sealed() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql"
        )
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_sealed ON audit")
        connection.exec_driver_sql(
            "CREATE TRIGGER audit_sealed BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_sealed()"
        )


def _version(connection: Connection) -> int:
    """1: a database from before its version was noted."""
    if not inspect(connection).has_table(StateRow.__tablename__):
        return 1
    found = connection.scalar(select(StateRow.value).where(StateRow.key == _KEY))
    return found if found is not None else 1


def _note(connection: Connection) -> None:
    table = cast(Table, StateRow.__table__)
    done = connection.execute(update(table).where(table.c.key == _KEY).values(value=CURRENT))
    if not done.rowcount:
        connection.execute(table.insert().values(key=_KEY, value=CURRENT))
