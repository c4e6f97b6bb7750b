"""A drafting conversation: stored in the library, one turn at a time, every change a decision of the person."""

from __future__ import annotations

from typing import Literal

from assistant.drafting.proposal import Decision, Proposal, Search
from assistant.form.edit import Edit
from assistant.form.model import Form, Frozen
from assistant.library import Library
from assistant.llm import ChatModel
from assistant.rules.check import Report


class Message(Frozen):
    """One message of the conversation; ``proposals`` are the ids of the cards shown under it."""

    role: Literal["user", "assistant"]
    text: str
    proposals: tuple[str, ...] = ()
    notice: str = ""


class Step(Frozen):
    """A section of the work (基本信息, 资金, 目标, 指标, 完成情况, 偏差, 检查): done, or what is missing, in Chinese."""

    name: str
    done: bool
    missing: tuple[str, ...] = ()


class DraftView(Frozen):
    """All that a page needs of a draft. ``decisions`` maps each proposal's id to what became of it."""

    id: str
    version: int
    form: Form
    report: Report
    messages: tuple[Message, ...]
    proposals: tuple[Proposal, ...]
    decisions: dict[str, Decision]
    steps: tuple[Step, ...]
    can_undo: bool


class DraftSession:
    """Drafting over a library; stateless between calls, so that any process can serve the next turn."""

    def __init__(self, library: Library, search: Search, model: ChatModel | None = None) -> None:
        raise NotImplementedError

    def begin(self, form: Form | None = None) -> DraftView:
        """A new draft: empty, or from a form that was read or rolled over."""
        raise NotImplementedError

    def view(self, draft_id: str) -> DraftView:
        """The draft as it stands. Raises AssistantError where there is none."""
        raise NotImplementedError

    def say(self, draft_id: str, text: str) -> DraftView:
        """One chat turn: adds the user's message and the answer with its proposals; changes no cell."""
        raise NotImplementedError

    def decide(self, draft_id: str, proposal_id: str, accept: bool, new: str | None = None) -> DraftView:
        """采纳, 修改 (``new`` is the person's own text) or 不用. Accepting re-scores the form and may add follow-ups."""
        raise NotImplementedError

    def accept_all(self, draft_id: str) -> DraftView:
        """Accepts every pending proposal that is grounded and has no open question."""
        raise NotImplementedError

    def edit(self, draft_id: str, edits: tuple[Edit, ...], base_version: int) -> DraftView:
        """Changes made directly in the table. Raises ConflictError where ``base_version`` is no longer the newest."""
        raise NotImplementedError

    def undo(self, draft_id: str) -> DraftView:
        """Back to the version before the last change (itself a new version)."""
        raise NotImplementedError
