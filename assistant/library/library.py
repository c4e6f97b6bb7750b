"""The library: past forms, drafts with all their versions, and the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import RLock
from typing import Any, NamedTuple

from assistant.form.model import Form
from assistant.library import audit, draft_store, past_forms
from assistant.library.audit import AuditEntry
from assistant.library.database import Database
from assistant.library.draft_store import DraftRecord
from assistant.library.past_forms import ImportResult, State, StoredForm
from assistant.library.questions import Questions
from vectorstore.index import Filters, Hit, IndicatorIndex

_BATCH = 200


class _Loaded(NamedTuple):
    """The past forms as they were at a generation of the library."""

    generation: int
    forms: tuple[StoredForm, ...]
    by_number: dict[int, StoredForm]


class Library:
    """One library in one database, with its index. One object per process serves all threads.

    The index is opened, checked and if need be repaired by the first search; it follows what other
    processes import.
    """

    def __init__(self, database_url: str, index: IndicatorIndex) -> None:
        self._database = Database(database_url)
        self.questions = Questions(self._database)
        self._index = index
        self._loading = RLock()
        self._indexing = RLock()
        self._indexed = -1
        self._loaded = _Loaded(-1, (), {})

    def add_forms(self, forms: Iterable[Form], *, by: str = "") -> ImportResult:
        """Adds or updates past forms, idempotent by content, and brings the index in step.

        What is counted in the result is in the database for good. ``by`` goes into the audit trail.
        """
        result = ImportResult()
        for batch in _batches(forms):
            result += past_forms.store(self._database, batch, by=by)
        if self._index.persistent:
            self._index_in_step()
        return result

    def forms(self) -> list[StoredForm]:
        """All past forms by number."""
        return list(self._current().forms)

    def form(self, number: int) -> StoredForm:
        """One past form. Raises AssistantError where there is none."""
        found = self._current().by_number.get(number)
        if found is None:
            raise past_forms.missing(number)
        return found

    def set_state(self, number: int, state: State, *, by: str) -> None:
        """Withdraws a past form from the search, or approves it again; it stays in the library either way."""
        past_forms.set_state(self._database, number, state, by=by)

    def form_versions(self, number: int) -> list[Form]:
        """The earlier contents of a past form, oldest first; empty where no import has changed it."""
        return list(past_forms.versions(self._database, number))

    def search(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Similar past indicators, of approved forms only."""
        self._index_in_step()
        return self._index.search(query, n, filters)

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query."""
        self._index_in_step()
        return self._index.search_many(queries, n, filters)

    def reindex(self) -> int:
        """Rebuilds the index from the database; gives the number of rows."""
        with self._indexing:
            loaded = self._current()
            rows = past_forms.index_rows(loaded.forms)
            self._index.rebuild(rows)
            self._indexed = loaded.generation
        return len(rows)

    def new_draft(self, form: Form, log: dict[str, Any]) -> DraftRecord:
        """Stores a new draft as version 1."""
        return draft_store.create(self._database, form, log)

    def draft(self, draft_id: str, version: int | None = None) -> DraftRecord:
        """A draft, its newest version or an older one. Raises AssistantError where there is none."""
        return draft_store.read(self._database, draft_id, version)

    def drafts(self) -> list[DraftRecord]:
        """All drafts, the last changed first."""
        return draft_store.read_all(self._database)

    def save_draft(
        self, draft_id: str, form: Form, log: dict[str, Any], *, base_version: int, by: str, what: str
    ) -> DraftRecord:
        """Stores a new version (also of the log) and an audit entry.

        ``by`` is a person, ``rule`` or ``model``. Raises ConflictError if ``base_version`` is not the newest.
        """
        return draft_store.save(
            self._database, draft_id, form, log, base_version=base_version, by=by, what=what
        )

    def save_log(self, draft_id: str, log: dict[str, Any]) -> None:
        """Stores the conversation without a new version of the form (a turn that changed no cell)."""
        draft_store.save_log(self._database, draft_id, log)

    def audit(self, subject: str) -> list[AuditEntry]:
        """The audit trail of ``draft:<id>`` or ``form:<number>``, oldest first."""
        return audit.entries(self._database, subject)

    def close(self) -> None:
        """Closes the database and the index."""
        self._index.close()
        self._database.close()

    def _current(self) -> _Loaded:
        """The past forms, read again where this or another process has changed them."""
        newest = past_forms.generation(self._database)
        if newest != self._loaded.generation:
            with self._loading:
                # The counter is read before the forms: a change in between makes the next call read again.
                newest = past_forms.generation(self._database)
                if newest != self._loaded.generation:
                    forms = past_forms.all_forms(self._database)
                    self._loaded = _Loaded(newest, forms, {stored.number: stored for stored in forms})
        return self._loaded

    def _index_in_step(self) -> None:
        loaded = self._current()
        if loaded.generation == self._indexed:
            return
        with self._indexing:
            loaded = self._current()
            if loaded.generation != self._indexed:
                self._index.sync(past_forms.index_rows(loaded.forms))
                self._indexed = loaded.generation


def _batches(forms: Iterable[Form]) -> Iterator[tuple[Form, ...]]:
    source = iter(forms)
    while batch := tuple(islice(source, _BATCH)):
        yield batch
