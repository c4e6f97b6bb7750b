"""The library: past forms, drafts with all their versions, and the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.form.model import Form, Frozen
from vectorstore.index import Filters, Hit, IndicatorIndex


class StoredForm(Frozen):
    """A form in the library. ``number`` never changes; ``state`` is ``approved`` for past forms."""

    number: int
    form: Form
    state: str = "approved"


class ImportResult(Frozen):
    """How many forms an import added, updated (same project, unit and year, other content) or left unchanged."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


class DraftRecord(Frozen):
    """A draft as stored. ``log`` is the conversation's own data (messages, proposals, decisions), opaque here."""

    id: str
    version: int
    form: Form
    log: dict[str, Any]
    versions: int


class Library:
    """One library in one database, with its index."""

    def __init__(self, database_url: str, index: IndicatorIndex) -> None:
        raise NotImplementedError

    def add_forms(self, forms: Iterable[Form]) -> ImportResult:
        """Adds or updates past forms, idempotent by content, and brings the index in step."""
        raise NotImplementedError

    def forms(self) -> list[StoredForm]:
        """All past forms by number."""
        raise NotImplementedError

    def form(self, number: int) -> StoredForm:
        """One past form. Raises AssistantError where there is none."""
        raise NotImplementedError

    def search(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Similar past indicators, of approved forms only."""
        raise NotImplementedError

    def reindex(self) -> int:
        """Rebuilds the index from the database; gives the number of rows."""
        raise NotImplementedError

    def new_draft(self, form: Form, log: dict[str, Any]) -> DraftRecord:
        """Stores a new draft as version 1."""
        raise NotImplementedError

    def draft(self, draft_id: str, version: int | None = None) -> DraftRecord:
        """A draft, its newest version or an older one. Raises AssistantError where there is none."""
        raise NotImplementedError

    def drafts(self) -> list[DraftRecord]:
        """All drafts, the last changed first."""
        raise NotImplementedError

    def save_draft(
        self, draft_id: str, form: Form, log: dict[str, Any], *, base_version: int, by: str, what: str
    ) -> DraftRecord:
        """Stores a new version (also of the log) and an audit entry; ConflictError if ``base_version`` is not newest."""
        raise NotImplementedError

    def save_log(self, draft_id: str, log: dict[str, Any]) -> None:
        """Stores the conversation without a new version of the form (a turn that changed no cell)."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes the database and the index."""
        raise NotImplementedError
