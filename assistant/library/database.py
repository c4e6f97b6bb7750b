"""The engine: one per library, safe to use from many threads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from assistant.errors import AssistantError
from assistant.library.schema import BEGIN_WRITING, upgrade

_BUSY_MILLISECONDS = 30_000


class Database:
    """Sessions on one database; brings its tables up to date, makes the folder of an SQLite file."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
            _up_to_date(self._engine)
        except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
            raise AssistantError(f"打不开数据库，请检查 DATABASE_URL 和数据目录的权限：{error}") from error
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._writing: AbstractContextManager[Any] = RLock()
        # A database in memory is one connection for all threads, so its readers take turns too.
        one_connection = isinstance(self._engine.pool, StaticPool)
        self._reading = self._writing if one_connection else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries only."""
        with _in_words(), self._reading, self._sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end or, on an error, changes nothing; one at a time."""
        with _in_words(), self._writing, self._sessions.begin() as session:
            if self._engine.dialect.name == "sqlite":
                # The write lock comes before the first read: upgraded later it would fail at once, not wait.
                session.connection().exec_driver_sql(BEGIN_WRITING)
            yield session

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()


def _up_to_date(engine: Engine) -> None:
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise


@contextmanager
def _in_words() -> Iterator[None]:
    """Says what to do where the database cannot be used just now; conflicts of content pass through."""
    try:
        yield
    except OperationalError as error:
        raise AssistantError(
            f"数据库暂时不能读写（{error.orig}），请检查磁盘空间和目录权限；如有其他程序正在导入，请稍后再试。"
        ) from error


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, json_serializer=_as_json)
    options: dict[str, Any] = {
        "json_serializer": _as_json,
        "connect_args": {"check_same_thread": False, "isolation_level": None},
    }
    if address.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    else:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
