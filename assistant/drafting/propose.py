"""Proposals for a form from retrieved evidence: without a model, and with one that behaves."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.context import Context, form_year
from assistant.drafting.explanations import explanation_proposals
from assistant.drafting.goals import goal_proposals
from assistant.drafting.indicators import indicator_proposals
from assistant.drafting.proposal import Goal, Proposal, Proposals, Search
from assistant.drafting.structure import structure_of
from assistant.drafting.targets import target_proposals
from assistant.drafting.weights import weight_proposals
from assistant.form.edit import apply
from assistant.form.model import Form
from assistant.llm import ChatModel
from assistant.rules.profile import profile_for


def propose(
    form: Form, goal: Goal, search: Search, *, words: str = "", model: ChatModel | None = None
) -> Proposals:
    """Proposals for what ``form`` lacks.

    ``words``: what the user has said so far, the only source of this year's facts beside the form.
    ``model`` None: evidence and rules only. A model that fails changes nothing but ``notice``.
    """
    context = Context(form, search, words, profile_for(form), form_year(form, words))
    found = list(_by_rules(context, goal))
    return Proposals(proposals=tuple(found))


def _by_rules(context: Context, goal: Goal) -> Iterator[Proposal]:
    rows: list[Proposal] = []
    if goal in ("indicators", "all"):
        structure = structure_of(context.form, context.profile)
        rows = list(indicator_proposals(context, structure))
        yield from rows
        yield from weight_proposals(context, structure) if not rows else ()
    if goal in ("targets", "all"):
        yield from target_proposals(context)
    if goal in ("explanations", "all"):
        yield from explanation_proposals(context)
    if goal == "all":
        trial = apply(context.form, [edit for row in rows for edit in row.edits])
        yield from goal_proposals(context.with_form(trial))
