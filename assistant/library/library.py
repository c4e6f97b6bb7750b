"""The library: past forms, drafts with all versions, and the audit trail, as one person may use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from assistant.errors import IndexUnavailableError, PermissionDeniedError
from assistant.form.model import Form
from assistant.library import access, audit, draft_list, draft_store, past_forms
from assistant.library.audit import AuditEntry
from assistant.library.database import Database
from assistant.library.draft_list import DraftSummary
from assistant.library.draft_store import DraftRecord
from assistant.library.facts import Facts
from assistant.library.history import PastSeries, past_series
from assistant.library.past_forms import ImportResult, State, StoredForm
from assistant.library.questions import Questions
from assistant.library.register import Register
from assistant.library.review import Review
from assistant.library.shelf import Shelf
from assistant.people.person import LOCAL, Person, Role
from vectorstore.facets import Facets, facets
from vectorstore.index import Filters, Hit, IndicatorIndex

_BATCH = 200
_MOST_COUNTED = 200


class Library:
    """One library in one database, with its index. One object per process serves all threads.

    It is bound to a person: every method shows and changes only what that person may see and change, and
    raises PermissionDeniedError for the rest. A new one belongs to LOCAL, who may do everything.

    The index is opened, checked and if need be repaired by the first search; it follows what other
    processes import.
    """

    def __init__(self, database_url: str, index: IndicatorIndex) -> None:
        self._bind(Shelf(Database(database_url), index), LOCAL)

    def _bind(self, shelf: Shelf, person: Person) -> None:
        self._shelf = shelf
        self._database = shelf.database
        self.person = person
        self.review = Review(shelf, person)
        self.register = Register(shelf.database, person)
        self.questions = Questions(shelf.database, person)

    def for_person(self, person: Person) -> Library:
        """The same library, with the same memory and connections, as ``person`` may use it."""
        bound = Library.__new__(Library)
        bound._bind(self._shelf, person)
        return bound

    def add_forms(self, forms: Iterable[Form], *, by: str = "", index: bool = True) -> ImportResult:
        """Adds or updates past forms, idempotent by content, and brings the index in step.

        What is counted in the result is in the database for good. ``by`` goes into the audit trail.
        ``index`` False: more forms follow at once, the index waits for the last of them.
        """
        self.person.need(Role.REVIEWER, Role.ADMIN)
        result = ImportResult()
        for batch in _batches(forms):
            result += past_forms.store(self._database, batch, by=by, person=self.person.signed)
        if index and self._shelf.index.persistent:
            self._shelf.in_step()
        return result

    def forms(self) -> list[StoredForm]:
        """The past forms that the person may see, by number."""
        self.person.need(*Role)
        return [stored for stored in self._shelf.current().forms if self.person.sees_past(stored.form)]

    def facts(self) -> Facts:
        """The past forms for questions over all of them, read in parts.

        They are everybody's: who reads them leaves out what ``person`` may not see.
        """
        self.person.need(*Role)
        return self._shelf.facts

    def precedents(self) -> list[StoredForm]:
        """The past forms that may be leaned on: those of ``forms`` that are approved."""
        return [stored for stored in self.forms() if stored.state == past_forms.APPROVED]

    def form_states(self) -> dict[int, str]:
        """Where each form of ``forms`` stands, by number: ``approved`` may be leaned on, the rest may not.

        ``returned``, ``draft``, ``submitted``: its approval was taken back and its draft stands there now.
        ``withdrawn``: taken out of use otherwise.
        """
        forms = self.forms()
        if all(stored.state == past_forms.APPROVED for stored in forms):
            return dict.fromkeys((stored.number for stored in forms), past_forms.APPROVED)
        drafts = draft_list.states_by_form(self._database)
        return {stored.number: _standing(stored, drafts.get(stored.number, "")) for stored in forms}

    def form(self, number: int) -> StoredForm:
        """One past form. Raises AssistantError where there is none."""
        self.person.need(*Role)
        found = next(iter(self._shelf.facts.forms([number])), None)
        if found is None:
            raise past_forms.missing(number)
        if not self.person.sees_past(found.form):
            raise PermissionDeniedError(f"第{number}号表属于别的单位，按设置您看不到；如需要请联系管理员。")
        return found

    def set_state(self, number: int, state: State, *, by: str) -> None:
        """Withdraws a past form from the search, or approves it again; it stays in the library either way."""
        self.person.need(Role.ADMIN)
        past_forms.set_state(self._database, number, state, by=by, person=self.person.signed)

    def form_versions(self, number: int) -> list[Form]:
        """The earlier contents of a past form, oldest first; empty where no import has changed it."""
        self.form(number)
        versions = past_forms.versions(self._database, number)
        return [form for form in versions if self.person.sees_past(form)]

    def search(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Similar past indicators, of approved forms that the person may see only."""
        return self.search_many([query], n, filters)[0]

    def search_many(
        self, queries: Sequence[str], n: int = 10, filters: Filters | None = None
    ) -> list[list[Hit]]:
        """``search`` for each query."""
        self.person.need(*Role)
        index = self._shelf.in_step()
        filters = filters or Filters()
        if hidden := self._shelf.hidden_from(self.person):
            without = tuple(sorted({*filters.without_forms, *hidden}))
            filters = filters.model_copy(update={"without_forms": without})
        return index.search_many(queries, n, filters)

    def search_with_facets(
        self, query: str, n: int = 10, filters: Filters | None = None
    ) -> tuple[list[Hit], Facets]:
        """``search``, and what all that is similar (not only the ``n`` best) is made of."""
        found = self.search(query, max(n, _MOST_COUNTED), filters)
        return found[:n], facets(found)

    def past_values(self, indicator: str, filters: Filters | None = None) -> tuple[PastSeries, ...]:
        """Targets and actuals of past rows of this type of indicator, one series for each unit."""
        return past_series(self.search(indicator, _MOST_COUNTED, filters))

    @property
    def search_notice(self) -> str:
        """What a person should know of the search just now (its model cannot be reached); "" if nothing."""
        return self._shelf.index.notice

    @property
    def model_rows(self) -> tuple[int, int] | None:
        """How many indexed rows carry a vector of the configured embedding model, and how many there are.

        None: no model is configured. 0 of 0: the index has not been opened yet.
        """
        carried = self._shelf.index.model_rows
        return None if carried is None else (carried, len(self._shelf.index))

    def reindex(self) -> int:
        """Rebuilds the index from the database; gives the number of rows.

        Raises IndexUnavailableError where another process owns the index.
        """
        self.person.need(Role.ADMIN)
        if self._shelf.index.taken_by:
            raise IndexUnavailableError(self._shelf.index.taken_by)
        return self._shelf.rebuild()

    def new_draft(self, form: Form, log: dict[str, Any]) -> DraftRecord:
        """Stores a new draft as version 1; it belongs to the unit of the person."""
        person = self.person
        person.need(Role.DRAFTER)
        if not person.units:
            raise PermissionDeniedError("管理员还没有给您设置单位，暂时不能起草；请联系管理员。")
        unit = person.unit_for(form)
        return draft_store.create(
            self._database, form, log, unit=unit, author=person.id, person=person.signed
        )

    def draft(self, draft_id: str, version: int | None = None) -> DraftRecord:
        """A draft, its newest version or an older one. Raises AssistantError where there is none."""
        record = draft_store.read(self._database, draft_id, version)
        access.need_work(self.person, record)
        return record

    def drafts(self) -> list[DraftRecord]:
        """The drafts that the person may work on, the last changed first."""
        return [] if (own := self._own_units()) == [] else draft_store.read_all(self._database, own)

    def draft_summaries(self) -> list[DraftSummary]:
        """Names and times of the drafts that the person may work on and has not removed, newest first."""
        return [] if (own := self._own_units()) == [] else draft_list.summaries(self._database, own)

    def count_drafts(self) -> int:
        """How many drafts there are, everybody's."""
        self.person.need(Role.ADMIN)
        return draft_list.count(self._database)

    def _own_units(self) -> list[str] | None:
        """The units whose drafts the person may work on; None: all of them."""
        self.person.need(*Role)
        if not self.person.has(Role.DRAFTER):
            return []
        if self.person.everywhere:
            return None
        return [unit for unit in draft_store.units(self._database) if self.person.covers(unit)]

    def draft_summary(self, draft_id: str) -> DraftSummary:
        """Name and times of one draft. Raises AssistantError where there is none, or where it was removed."""
        found = draft_list.summary(self._database, draft_id)
        access.need_work_for(self.person, found.owner)
        return found

    def remove_draft(self, draft_id: str) -> None:
        """Takes a draft out of the list; nothing of it is lost."""
        self.draft(draft_id)
        draft_list.remove(self._database, draft_id, person=self.person.signed)

    def restore_draft(self, draft_id: str) -> None:
        """Brings a removed draft back into the list."""
        self.draft(draft_id)
        draft_list.restore(self._database, draft_id, person=self.person.signed)

    def save_draft(
        self,
        draft_id: str,
        form: Form,
        log: dict[str, Any],
        *,
        base_version: int,
        base_revision: int | None = None,
        by: str,
        what: str,
    ) -> DraftRecord:
        """Stores a new version (also of the log) and an audit entry.

        ``by`` is whose words it takes: ``user``, ``rules`` or ``model``. Raises ConflictError if
        ``base_version`` is not the newest or, with ``base_revision``, if the log was written since.
        """
        access.need_work(self.person, draft_store.read_head(self._database, draft_id))
        return draft_store.save(
            self._database,
            draft_id,
            form,
            log,
            base_version=base_version,
            base_revision=base_revision,
            by=by,
            person=self.person.signed,
            what=what,
        )

    def save_log(self, draft_id: str, log: dict[str, Any], base_revision: int | None = None) -> DraftRecord:
        """Stores the conversation without a new version of the form (a turn that changed no cell)."""
        access.need_work(self.person, draft_store.read_head(self._database, draft_id))
        return draft_store.save_log(self._database, draft_id, log, base_revision)

    def audit(self, subject: str) -> list[AuditEntry]:
        """The audit trail of ``draft:<id>``, ``form:<number>`` or ``person:<id>``, oldest first."""
        kind, _, identity = subject.partition(":")
        if kind == "draft":
            access.need_any(self.person, draft_store.read_head(self._database, identity))
        elif kind == "form" and identity.isdigit():
            self.form(int(identity))
        else:
            self.person.need(Role.ADMIN)
        return audit.entries(self._database, subject)

    def close(self) -> None:
        """Closes the database and the index."""
        self._shelf.close()


def _standing(stored: StoredForm, draft: str) -> str:
    taken_back = stored.state != past_forms.APPROVED and draft not in ("", past_forms.APPROVED)
    return draft if taken_back else stored.state


def _batches(forms: Iterable[Form]) -> Iterator[tuple[Form, ...]]:
    source = iter(forms)
    while batch := tuple(islice(source, _BATCH)):
        yield batch
