"""Past forms and drafts in a database, the source of truth; keeps the index of past indicators in step."""

from assistant.library.library import DraftRecord, ImportResult, Library, StoredForm

__all__ = ["DraftRecord", "ImportResult", "Library", "StoredForm"]
