"""What a draft remembers besides its form: the conversation, the proposals and what became of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.drafting.proposal import Decision, Proposal
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Frozen
from assistant.understanding.reading import Cause, Doubt, Unplaced

_REMEMBERED_EDITS = 40


class Message(Frozen):
    """One message of the conversation; ``proposals`` are the ids of the cards shown under it."""

    role: Literal["user", "assistant"]
    text: str
    proposals: tuple[str, ...] = ()
    notice: str = ""


class Past(Frozen):
    """A version to which undo can go back, with the decisions as they were then."""

    version: int
    decisions: dict[str, Decision]


class DraftLog(Frozen):
    """The log that is stored with a draft.

    ``words``: what the user has stated so far. ``unplaced``: statements whose figures wait for a row to hold
    them. ``asked``: the cell that was asked for last. ``choice``: what waits for a row number.
    ``causes``: why rows deviate, as told, the last for each row.
    ``recent``: edits said or accepted, newest last; ``latest`` those of the last message that stated any.
    ``own_weights``: edits of weights that the person set, which no proposal changes again.
    ``rolls_over``: last year's form is wanted as soon as the project has a name.
    ``skipped`` and ``passed``: cards and cells whose question the user put off.
    ``trail``: where undo leads, newest last.
    """

    messages: tuple[Message, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    decisions: dict[str, Decision] = Field(default_factory=dict)
    words: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    causes: tuple[Cause, ...] = ()
    asked: Location | None = None
    choice: tuple[Doubt, ...] = ()
    recent: tuple[Edit, ...] = ()
    latest: tuple[Edit, ...] = ()
    own_weights: tuple[Edit, ...] = ()
    rolls_over: bool = False
    topic: int | None = None
    skipped: tuple[str, ...] = ()
    passed: tuple[Location, ...] = ()
    trail: tuple[Past, ...] = ()
    issued: int = 0

    def proposal(self, proposal_id: str) -> Proposal | None:
        """The proposal with this id, None where there is none."""
        return next((one for one in self.proposals if one.id == proposal_id), None)

    def pending(self) -> tuple[Proposal, ...]:
        """The proposals that wait for a decision, oldest first."""
        return tuple(one for one in self.proposals if self.decisions.get(one.id) == "pending")

    def asking(self) -> Proposal | None:
        """The oldest waiting card whose question is open and was not put off; None where there is none."""
        return next((one for one in self.pending() if one.question and one.id not in self.skipped), None)

    def heard(self, text: str) -> DraftLog:
        """With the user's message."""
        return self.model_copy(update={"messages": (*self.messages, Message(role="user", text=text))})

    def told(self, text: str, proposals: tuple[Proposal, ...] = (), notice: str = "") -> DraftLog:
        """With an answer and its new cards, which get ids of their own and wait for a decision."""
        numbered = tuple(
            one.model_copy(update={"id": f"p{number}"})
            for number, one in enumerate(proposals, self.issued + 1)
        )
        message = Message(
            role="assistant", text=text, proposals=tuple(one.id for one in numbered), notice=notice
        )
        return self.model_copy(
            update={
                "messages": (*self.messages, message),
                "proposals": (*self.proposals, *numbered),
                "decisions": {**self.decisions, **dict.fromkeys((one.id for one in numbered), "pending")},
                "issued": self.issued + len(numbered),
            }
        )

    def decided(self, proposal_id: str, decision: Decision) -> DraftLog:
        """With a decision on one proposal."""
        return self.model_copy(update={"decisions": {**self.decisions, proposal_id: decision}})

    def changed(self, proposals: dict[str, Proposal]) -> DraftLog:
        """With some proposals in a new form, by id."""
        return self.model_copy(
            update={"proposals": tuple(proposals.get(one.id, one) for one in self.proposals)}
        )

    def remembering(self, edits: tuple[Edit, ...]) -> DraftLog:
        """With edits that a correction may speak of."""
        sets = tuple(edit for edit in edits if edit.operation == "set")
        if not sets:
            return self
        return self.model_copy(update={"recent": (*self.recent, *sets)[-_REMEMBERED_EDITS:], "latest": sets})

    def causes_with(self, causes: tuple[Cause, ...], edits: tuple[Edit, ...]) -> tuple[Cause, ...]:
        """The causes known and ``causes``, the last for each row, without those that ``edits`` clear.

        A measure told before stays with its row's new cause.
        """
        cleared = {
            edit.location.row
            for edit in edits
            if edit.location.field in ("explanation", "note") and not edit.new
        }
        told = {(one.row, one.about): one for one in self.causes if one.about or one.row not in cleared}
        for one in causes:
            before = told.pop((one.row, one.about), one)
            told[one.row, one.about] = one.model_copy(update={"measure": one.measure or before.measure})
        return tuple(told.values())

    def weighing(self, edits: tuple[Edit, ...]) -> DraftLog:
        """With weights among ``edits`` that the person set; the last for each row counts."""
        own = [e for e in edits if e.location.section == "indicators" and e.location.field == "weight"]
        held = {edit.location.row: edit for edit in (*self.own_weights, *own) if edit.operation == "set"}
        return self.model_copy(update={"own_weights": tuple(held.values())})
