"""Proposals for a form from retrieved evidence: without a model, and with one where it is configured and behaves."""

from __future__ import annotations

from assistant.drafting.proposal import Goal, Proposals, Search
from assistant.form.model import Form
from assistant.llm import ChatModel


def propose(
    form: Form, goal: Goal, search: Search, *, words: str = "", model: ChatModel | None = None
) -> Proposals:
    """Proposals for what ``form`` lacks.

    ``words``: what the user has said so far, the only source of this year's facts beside the form.
    ``model`` None: evidence and rules only. A model that fails or returns nonsense changes nothing but ``notice``.
    """
    raise NotImplementedError
