"""Past forms and drafts in a database, the source of truth; keeps the index of past indicators in step."""

from assistant.library.audit import AuditEntry
from assistant.library.draft_list import DraftSummary
from assistant.library.draft_store import DraftRecord
from assistant.library.facts import Facts, Parts, Stamp, Stored
from assistant.library.history import PastSeries, PastValue
from assistant.library.library import Library
from assistant.library.past_forms import ImportResult, StoredForm
from assistant.library.review_store import Comment, Move, lacking

__all__ = [
    "AuditEntry",
    "Comment",
    "DraftRecord",
    "DraftSummary",
    "Facts",
    "ImportResult",
    "Library",
    "Move",
    "Parts",
    "PastSeries",
    "PastValue",
    "Stamp",
    "Stored",
    "StoredForm",
    "lacking",
]
