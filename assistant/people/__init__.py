"""Who works with the product, what roles and units allow, and the way of a form to its approval. Pure."""

from assistant.people.person import ALL_UNITS, LOCAL, NOBODY, PastForms, Person, Role
from assistant.people.transitions import ACTS, Act, DraftState

__all__ = ["ACTS", "ALL_UNITS", "LOCAL", "NOBODY", "Act", "DraftState", "PastForms", "Person", "Role"]
