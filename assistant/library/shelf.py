"""The past forms as one process serves them: kept in memory, and the index in step with them."""

from __future__ import annotations

from threading import RLock
from typing import NamedTuple

from assistant.library import past_forms
from assistant.library.database import Database
from assistant.library.facts import Facts
from assistant.library.past_forms import StoredForm
from assistant.people.person import Person
from vectorstore.index import IndicatorIndex

Reader = tuple[bool, tuple[str, ...]]
"""What decides which past forms are hidden from somebody who does not see all: any role, and units."""

_KEPT_READERS = 64


class Loaded(NamedTuple):
    """The past forms as they were at a generation of the library.

    ``hidden``: by what decides it of a person, the numbers that the person may not see; filled as asked.
    """

    generation: int
    forms: tuple[StoredForm, ...]
    by_number: dict[int, StoredForm]
    hidden: dict[Reader, frozenset[int]]


class Shelf:
    """One per process and library, for all threads; ``database`` and ``index`` are open until ``close``."""

    def __init__(self, database: Database, index: IndicatorIndex) -> None:
        self.database = database
        self.index = index
        self.facts = Facts(database)
        self._loading = RLock()
        self._indexing = RLock()
        self._indexed = -1
        self._loaded = Loaded(-1, (), {}, {})

    def current(self) -> Loaded:
        """The past forms, read again where this or another process has changed them."""
        newest = past_forms.generation(self.database)
        if newest != self._loaded.generation:
            with self._loading:
                # The counter is read before the forms: a change in between makes the next call read again.
                newest = past_forms.generation(self.database)
                if newest != self._loaded.generation:
                    forms = past_forms.all_forms(self.database)
                    self._loaded = Loaded(newest, forms, {stored.number: stored for stored in forms}, {})
        return self._loaded

    def hidden_from(self, person: Person) -> frozenset[int]:
        """The numbers that no search of ``person`` may even consider, of the forms read last."""
        if person.sees_all_past:
            return frozenset()
        loaded = self._loaded
        reader = (bool(person.roles), person.units)
        found = loaded.hidden.get(reader)
        if found is None:
            found = frozenset(one.number for one in loaded.forms if not person.sees_past(one.form))
            if len(loaded.hidden) >= _KEPT_READERS:
                loaded.hidden.clear()
            loaded.hidden[reader] = found
        return found

    def in_step(self) -> IndicatorIndex:
        """The index, with what has changed since it was last asked."""
        loaded = self.current()
        if loaded.generation != self._indexed:
            with self._indexing:
                loaded = self.current()
                if loaded.generation != self._indexed:
                    self.index.sync(past_forms.index_rows(loaded.forms))
                    self._indexed = loaded.generation
        return self.index

    def rebuild(self) -> int:
        """Builds the index anew from the database; gives the number of rows."""
        with self._indexing:
            loaded = self.current()
            rows = past_forms.index_rows(loaded.forms)
            self.index.rebuild(rows)
            self._indexed = loaded.generation
        return len(rows)

    def close(self) -> None:
        """Closes the database and the index."""
        self.index.close()
        self.database.close()
