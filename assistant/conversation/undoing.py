"""Taking changes back: the form as it was before, and what the conversation then still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.conversation import texts
from assistant.conversation.cards import explanation_place
from assistant.conversation.draft_log import DraftLog, Past
from assistant.conversation.draft_view import checked
from assistant.conversation.steps import next_question
from assistant.drafting.placing import rebased, row_map
from assistant.drafting.proposal import Decision, Proposal
from assistant.form.edit import read_cell
from assistant.form.model import Form
from assistant.understanding.reading import Cause

_DERIVED = frozenset({"goal", "weights", "explanation"})
_TAKEN = frozenset({"accepted", "edited"})


def step_back(
    form: Form, log: DraftLog, form_of: Callable[[int], Form], *, row_back: bool, steps: int = 1
) -> tuple[Form, DraftLog]:
    """The form ``steps`` changes earlier and the conversation that goes with it; ``log`` must have a trail.

    ``form_of`` gives the form of a version. ``row_back``: as many changes as it takes until a row that was
    deleted stands in the form again, or one where none was.
    """
    steps = max(steps, _steps_to_fuller(form, log, form_of)) if row_back else steps
    past = log.trail[-steps]
    earlier = form_of(past.version)
    rows = row_map(form, earlier)
    still = {one.id: moved for one in log.pending() if (moved := rebased(one, rows)) is not None}
    same = len(earlier.indicators) == len(form.indicators)
    back = log.changed(still).model_copy(
        update={
            "decisions": _decisions_before(log, past),
            "causes": _causes_before(log, form, earlier),
            "trail": log.trail[:-steps],
            "recent": log.recent if same else (),
            "latest": log.latest if same else (),
            "choice": (),
            "topic": None,
        }
    )
    waiting = len(back.pending())
    told = texts.UNDONE + (texts.WHICH_CARD.format(count=waiting) if waiting else "")
    question = next_question(earlier, checked(earlier), log.passed)
    return earlier, back.told(told).model_copy(update={"asked": question.asked})


def steps_of_turn(log: DraftLog) -> int:
    """How many changes one 撤销 takes back: what was said last, with the cards that followed from it.

    Goal, weights and explanations that came up because of it are no changes of their own. The 撤销 itself is
    the last message.
    """
    said = [at for at, one in enumerate(log.messages[:-1]) if one.role == "user"]
    shown = {card for one in log.messages[said[-1] :] for card in one.proposals} if said else set()
    for steps, cards in enumerate(_accepted(log), 1):
        if not cards or not {one.id for one in cards} <= shown:
            break
        if all(one.kind == "facts" for one in cards):
            return steps
        if not all(one.kind in _DERIVED for one in cards):
            break
    return 1


def _accepted(log: DraftLog) -> Iterator[list[Proposal]]:
    """The cards that each change took over, the last change first."""
    after = log.decisions
    for past in reversed(log.trail):
        yield [
            one
            for one in log.proposals
            if after.get(one.id) in _TAKEN and past.decisions.get(one.id) not in _TAKEN
        ]
        after = past.decisions


def _steps_to_fuller(form: Form, log: DraftLog, form_of: Callable[[int], Form]) -> int:
    for steps, past in enumerate(reversed(log.trail), 1):
        if len(form_of(past.version).indicators) > len(form.indicators):
            return steps
    return 1


def _causes_before(log: DraftLog, form: Form, earlier: Form) -> tuple[Cause, ...]:
    """The causes without those whose explanation is taken back."""
    kept = []
    for cause in log.causes:
        place = explanation_place(cause)
        there = cause.row is None or cause.row <= min(len(form.indicators), len(earlier.indicators))
        if cause.about or not there or read_cell(form, place) == read_cell(earlier, place):
            kept.append(cause)
    return tuple(kept)


def _decisions_before(log: DraftLog, past: Past) -> dict[str, Decision]:
    """The decisions as they were; what was stated and taken back does not wait again, suggestions do."""
    before: dict[str, Decision] = {}
    for one in log.proposals:
        was = past.decisions.get(one.id, "withdrawn")
        taken = log.decisions.get(one.id) in ("accepted", "edited")
        stated = one.kind == "facts" or (one.kind == "explanation" and not one.question)
        before[one.id] = "withdrawn" if stated and taken and was == "pending" else was
    return before
