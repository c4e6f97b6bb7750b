"""The past forms as a whole: what changed, single ones as they are wanted, and what is computed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import RLock
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.form.model import Form
from assistant.library import past_forms
from assistant.library.database import Database
from assistant.library.past_forms import StoredForm
from assistant.library.tables import FactRow, FindingRow, FormRecord, OfficeFindingRow

T = TypeVar("T")
_MOST_FORMS = 2**31 - 1
_AT_ONCE = 500
"""Databases take only so many values in one query."""


class Stamp(NamedTuple):
    """A past form as it is now; ``content`` changes with everything that it says."""

    number: int
    content: str
    state: str


class Stored(NamedTuple):
    """A stored part of a block with its stamp."""

    stamp: str
    body: bytes


class Parts:
    """What was computed of the past forms: blocks of named parts, whose meaning is their reader's affair."""

    def __init__(self, database: Database, table: type[FactRow] | type[FindingRow]) -> None:
        self._database, self._table = database, table

    def part(self, name: str, blocks: Sequence[int] | None = None) -> dict[int, Stored]:
        """A part of these blocks (None: of all) by block."""
        query = select(self._table.block, self._table.stamp, self._table.body).where(self._table.part == name)
        with self._database.reading() as session:
            queries = (
                [query] if blocks is None else [query.where(self._table.block.in_(s)) for s in _some(blocks)]
            )
            return {
                block: Stored(stamp, body) for one in queries for block, stamp, body in session.execute(one)
            }

    def block(self, block: int) -> dict[str, Stored]:
        """All parts of a block by name."""
        query = select(self._table.part, self._table.stamp, self._table.body).where(
            self._table.block == block
        )
        with self._database.reading() as session:
            return {part: Stored(stamp, body) for part, stamp, body in session.execute(query)}

    def save(self, block: int, stamp: str, parts: Mapping[str, bytes]) -> None:
        """Stores all parts of a block in place of what was there."""
        rows = [{"block": block, "part": part, "stamp": stamp, "body": body} for part, body in parts.items()]
        try:
            with self._database.writing() as session:
                session.execute(delete(self._table).where(self._table.block == block))
                session.execute(insert(self._table), rows)
        except IntegrityError:
            # Another process computed the same at the same moment.
            return


class Facts(Parts):
    """Reads past forms without holding all of them in memory, and keeps what was computed of them.

    Its own parts are the columns of the forms; ``findings`` are those of their findings.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database, FactRow)
        self.findings = Parts(database, FindingRow)
        self._keeping = RLock()
        self._kept: Any = None

    def kept(self, make: Callable[[Facts], T]) -> T:
        """What all readers of one library in a process share; ``make`` makes it for the first of them."""
        with self._keeping:
            if self._kept is None:
                self._kept = make(self)
            found: T = self._kept
            return found

    def generation(self) -> int:
        """How often the set of past forms has changed."""
        return past_forms.generation(self._database)

    def stamps(self) -> list[Stamp]:
        """All past forms by number."""
        columns = (FormRecord.number, FormRecord.content, FormRecord.state)
        with self._database.reading() as session:
            return [Stamp(*row) for row in session.execute(select(*columns).order_by(FormRecord.number))]

    def any(self) -> bool:
        """Whether there is any past form."""
        with self._database.reading() as session:
            return session.scalar(select(FormRecord.number).limit(1)) is not None

    def forms(self, numbers: Iterable[int]) -> list[StoredForm]:
        """Those of these forms that there are, by number."""
        query = select(FormRecord.number, FormRecord.body, FormRecord.state).order_by(FormRecord.number)
        with self._database.reading() as session:
            return [
                StoredForm(number=number, form=Form.model_validate(body), state=state)
                for some in _some(sorted({number for number in numbers if 0 < number <= _MOST_FORMS}))
                for number, body, state in session.execute(query.where(FormRecord.number.in_(some)))
            ]

    def offices(self) -> dict[str, bytes]:
        """The findings that compare forms of one office, by office."""
        with self._database.reading() as session:
            query = select(OfficeFindingRow.office, OfficeFindingRow.body)
            return {row.office: row.body for row in session.execute(query)}

    def save_offices(self, bodies: Mapping[str, bytes]) -> None:
        """Stores the findings of these offices in place of what was there."""
        rows = [{"office": office, "body": body} for office, body in bodies.items()]
        try:
            with self._database.writing() as session:
                for start in range(0, len(rows), _AT_ONCE):
                    some = rows[start : start + _AT_ONCE]
                    offices = [row["office"] for row in some]
                    session.execute(delete(OfficeFindingRow).where(OfficeFindingRow.office.in_(offices)))
                    session.execute(insert(OfficeFindingRow), some)
        except IntegrityError:
            return


def _some(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]
