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


class Hidden(NamedTuple):
    """The numbers of forms that somebody may not see; ``changed``: those to be asked anew."""

    numbers: frozenset[int]
    changed: frozenset[int] = frozenset()


class Loaded(NamedTuple):
    """The past forms as they were at a generation of the library.

    ``hidden``: by what decides it of a person, what the person may not see; filled as asked.
    """

    generation: int
    forms: tuple[StoredForm, ...]
    by_number: dict[int, StoredForm]
    hidden: dict[Reader, Hidden]


class Shelf:
    """One per process and library, for all threads; ``database`` and ``index`` are open until ``close``."""

    def __init__(self, database: Database, index: IndicatorIndex) -> None:
        self.database = database
        self.index = index
        self.facts = Facts(database)
        self._loading = RLock()
        self._indexing = RLock()
        self._indexed = -1
        self._to_index: set[int] | None = None  # the forms changed since; None: whatever there is
        self._loaded = Loaded(-1, (), {}, {})

    def current(self) -> Loaded:
        """The past forms, read again where this or another process has changed them."""
        newest = past_forms.generation(self.database)
        if newest != self._loaded.generation:
            with self._loading:
                # The counter is read before the forms: a change in between makes the next call read again.
                newest = past_forms.generation(self.database)
                if newest != self._loaded.generation:
                    self._load(newest)
        return self._loaded

    def _load(self, newest: int) -> None:
        """Reads what has changed until the generation ``newest``, or everything."""
        before = self._loaded
        changed = None
        if 0 <= before.generation < newest:
            changed = past_forms.changed_forms(self.database, before.generation, newest)
        if changed is None:
            forms = past_forms.all_forms(self.database)
            self._to_index = None
            self._loaded = Loaded(newest, forms, {stored.number: stored for stored in forms}, {})
            return
        by_number = before.by_number | {stored.number: stored for stored in changed}
        if len(by_number) > len(before.by_number):
            by_number = dict(sorted(by_number.items()))
        numbers = frozenset(stored.number for stored in changed)
        if self._to_index is not None:
            self._to_index |= numbers
        hidden = {
            reader: Hidden(known.numbers, known.changed | numbers)
            for reader, known in list(before.hidden.items())
        }
        self._loaded = Loaded(newest, tuple(by_number.values()), by_number, hidden)

    def hidden_from(self, person: Person) -> frozenset[int]:
        """The numbers that no search of ``person`` may even consider, of the forms read last."""
        if person.sees_all_past:
            return frozenset()
        loaded = self._loaded
        reader = (bool(person.roles), person.units)
        found = loaded.hidden.get(reader)
        if found is not None and not found.changed:
            return found.numbers
        asked = loaded.forms if found is None else [loaded.by_number[number] for number in found.changed]
        hidden = frozenset(one.number for one in asked if not person.sees_past(one.form))
        if found is not None:
            hidden |= found.numbers - found.changed
        if len(loaded.hidden) >= _KEPT_READERS:
            loaded.hidden.clear()
        loaded.hidden[reader] = Hidden(hidden)
        return hidden

    def in_step(self) -> IndicatorIndex:
        """The index, with what has changed since it was last asked."""
        loaded = self.current()
        if loaded.generation != self._indexed:
            with self._indexing:
                loaded = self.current()
                if loaded.generation != self._indexed:
                    self._bring_in_step()
        return self.index

    def _bring_in_step(self) -> None:
        loaded, numbers = self._taken()
        try:
            if numbers is not None:
                forms = [loaded.by_number[number] for number in sorted(numbers)]
                if self.index.follow(past_forms.rows_by_form(forms)):
                    self._indexed = loaded.generation
                    return
            self.index.sync(past_forms.index_rows(loaded.forms))
        except BaseException:
            self._to_index = None
            raise
        self._indexed = loaded.generation

    def _taken(self) -> tuple[Loaded, set[int] | None]:
        """The past forms, and which of them the index has not been given."""
        with self._loading:
            numbers, self._to_index = self._to_index, set()
            return self._loaded, numbers

    def rebuild(self) -> int:
        """Builds the index anew from the database; gives the number of rows."""
        with self._indexing:
            self.current()
            loaded, _ = self._taken()
            rows = past_forms.index_rows(loaded.forms)
            self._indexed = -1
            self.index.rebuild(rows)
            self._indexed = loaded.generation
        return len(rows)

    def close(self) -> None:
        """Closes the database and the index."""
        self.index.close()
        self.database.close()
