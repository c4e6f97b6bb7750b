"""A proposal as a value: what would change where, why, on which evidence, and who thought of it."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Frozen
from assistant.grounding.evidence import Evidence
from vectorstore.index import Filters, Hit

Goal = Literal["targets", "explanations", "indicators", "goals", "summary", "all"]
Kind = Literal["facts", "target", "explanation", "indicator", "goal", "weights", "summary"]
Decision = Literal["pending", "accepted", "edited", "rejected", "withdrawn"]


class Proposal(Frozen):
    """What a person accepts, edits or rejects.

    ``edits`` is what accepting does (several for ``facts`` and ``weights``, one otherwise). ``location``,
    ``old`` and ``new`` describe the main change in words; ``new`` of an ``indicator`` is
    ``level1｜level2｜name｜target｜weight分``.
    ``grounded``: every number and name in ``new`` stands in the form, the user's words or the evidence.
    ``question``: what the assistant must ask because only the office can know it; "" where nothing is open.
    ``prompt``: id, version and hash of the prompt where a model wrote the text, else "".
    """

    id: str
    kind: Kind
    edits: tuple[Edit, ...]
    location: Location
    old: str = ""
    new: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    grounded: bool = True
    source: Literal["user", "rules", "model"] = "rules"
    question: str = ""
    prompt: str = ""

    def to_json(self) -> dict[str, Any]:
        """The shape that ``draft --json`` prints."""
        shown = {"location", "old", "new", "reason", "evidence", "grounded", "source", "kind", "question"}
        return self.model_dump(mode="json", include=shown)


class Proposals(Frozen):
    """Proposals for a form; ``notice`` says in Chinese when a configured model could not be used, else ""."""

    proposals: tuple[Proposal, ...] = ()
    notice: str = ""


class Search(Protocol):
    """What drafting needs of retrieval (the library provides it; tests pass a small one)."""

    def __call__(self, query: str, n: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The past rows most like ``query``, best first."""
        ...
