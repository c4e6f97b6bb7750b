"""Proposals for a form from retrieved evidence: without a model, and with one that behaves."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.context import Context, form_year
from assistant.drafting.explanations import explanation_proposals
from assistant.drafting.goals import goal_proposals
from assistant.drafting.indicators import indicator_proposals
from assistant.drafting.model_proposals import ModelTurn
from assistant.drafting.proposal import Goal, Proposal, Proposals, Search
from assistant.drafting.structure import structure_of
from assistant.drafting.summary import summary_proposals
from assistant.drafting.targets import target_proposals
from assistant.drafting.weights import weight_proposals
from assistant.form.edit import apply
from assistant.form.model import Form
from assistant.llm import ChatModel
from assistant.rules.profile import profile_for


def propose(
    form: Form, goal: Goal, search: Search, *, words: str = "", model: ChatModel | None = None
) -> Proposals:
    """Proposals for what ``form`` lacks: indicators or weights, targets, explanations, goals.

    ``words``: what the user has said so far, the only source of this year's facts beside the form.
    ``model`` None: evidence and rules only. A model that fails changes nothing but ``notice``.
    """
    context = Context(form, search, words, profile_for(form), form_year(form, words))
    turn = ModelTurn(context, model) if model is not None else None
    found = tuple(_all(context, goal, turn))
    return Proposals(proposals=found, notice=turn.notice if turn else "")


def _all(context: Context, goal: Goal, turn: ModelTurn | None) -> Iterator[Proposal]:
    rows: list[Proposal] = []
    if goal in ("indicators", "all"):
        rows = _indicators(context, turn)
        yield from rows
        new = [edit.indicator for row in rows for edit in row.edits if edit.indicator]
        yield from weight_proposals(context, structure_of(context.form, context.profile), new)
    if goal in ("targets", "all"):
        targets = _sound(context, target_proposals(context))
        yield from turn.targets(targets) if turn else targets
    if goal in ("explanations", "all"):
        explanations = _sound(context, explanation_proposals(context))
        yield from turn.explanations(explanations) if turn else explanations
    if goal == "summary":
        yield from summary_proposals(context)
    if goal in ("goals", "all"):
        trial = apply(context.form, [edit for row in rows for edit in row.edits])
        whole = context.with_form(trial)
        yield from _sound(whole, goal_proposals(whole))


def _indicators(context: Context, turn: ModelTurn | None) -> list[Proposal]:
    structure = structure_of(context.form, context.profile)
    suggest = (lambda missing, evidence: turn.rows(structure, missing, evidence)) if turn else None
    return list(indicator_proposals(context, structure, suggest))


def _sound(context: Context, proposals: Iterator[Proposal]) -> list[Proposal]:
    """Those that add no error or warning at their own cell on a trial copy."""
    return [one for one in proposals if not context.at_cell(one.edits, one.location)]
