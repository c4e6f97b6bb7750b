"""What a turn answers, as a value, and which of its cards are known already."""

from __future__ import annotations

from assistant.conversation.draft_log import DraftLog
from assistant.drafting.proposal import Proposal
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Frozen
from assistant.understanding.reading import Cause, Doubt, Unplaced


class Turn(Frozen):
    """The assistant's part of a turn.

    ``replaced``: ids of cards that this turn withdraws. ``words``: what was stated, for later drafting.
    ``asked`` and ``choice``: what the next message may answer. ``edits``: what was said, for corrections.
    ``rolls_over``: last year's form is wanted, and waits for the project's name.
    """

    text: str
    proposals: tuple[Proposal, ...] = ()
    notice: str = ""
    replaced: tuple[str, ...] = ()
    words: str = ""
    unplaced: tuple[Unplaced, ...] = ()
    asked: Location | None = None
    choice: tuple[Doubt, ...] = ()
    causes: tuple[Cause, ...] = ()
    edits: tuple[Edit, ...] = ()
    rolls_over: bool = False
    topic: int | None = None


def pending_edits(log: DraftLog) -> tuple[Edit, ...]:
    """The stated facts that wait to be confirmed."""
    return tuple(edit for one in log.pending() if one.kind == "facts" for edit in one.edits)


def without_known(proposals: tuple[Proposal, ...], log: DraftLog) -> tuple[Proposal, ...]:
    """Without those that wait already, or that the person has turned down, word for word."""
    known = {
        (one.kind, one.new) for one in log.proposals if log.decisions.get(one.id) in ("pending", "rejected")
    }
    return tuple(one for one in proposals if (one.kind, one.new) not in known)
