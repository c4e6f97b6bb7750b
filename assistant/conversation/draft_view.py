"""A draft as a page shows it: the form with its check, the conversation and what is still to do."""

from __future__ import annotations

from functools import lru_cache

from assistant.conversation.draft_log import DraftLog, Message
from assistant.conversation.steps import Step, steps_of
from assistant.drafting.proposal import Decision, Proposal
from assistant.form.model import Form, Frozen
from assistant.library import DraftRecord
from assistant.people import DraftState
from assistant.people.transitions import EDITABLE
from assistant.rules.check import Report, check_form
from assistant.rules.profile import profile_for


class DraftView(Frozen):
    """All that a page needs of a draft. ``decisions`` maps each proposal's id to what became of it.

    In a ``state`` other than draft or returned nothing can be changed.
    """

    id: str
    version: int
    form: Form
    report: Report
    messages: tuple[Message, ...]
    proposals: tuple[Proposal, ...]
    decisions: dict[str, Decision]
    steps: tuple[Step, ...]
    can_undo: bool
    state: DraftState = DraftState.DRAFT

    @property
    def waiting(self) -> tuple[Proposal, ...]:
        """The proposals that wait for a decision."""
        return tuple(one for one in self.proposals if self.decisions.get(one.id, "pending") == "pending")


@lru_cache(maxsize=128)
def checked(form: Form) -> Report:
    """The check of a form under its own profile; a turn and the page after it ask for the same one."""
    return check_form(form, profile_for(form))


def view_of(record: DraftRecord, log: DraftLog) -> DraftView:
    """The view of a stored draft and its conversation."""
    report = checked(record.form)
    return DraftView(
        id=record.id,
        version=record.version,
        form=record.form,
        report=report,
        messages=log.messages,
        proposals=log.proposals,
        decisions=log.decisions,
        steps=steps_of(record.form, report),
        can_undo=bool(log.trail) and record.state in EDITABLE,
        state=record.state,
    )
