"""Taking changes back: the form as it was before, and what the conversation then still holds."""

from __future__ import annotations

from collections.abc import Callable

from assistant.conversation import texts
from assistant.conversation.cards import explanation_place
from assistant.conversation.draft_log import DraftLog, Past
from assistant.conversation.draft_view import checked
from assistant.conversation.steps import next_question
from assistant.drafting.placing import rebased, row_map
from assistant.drafting.proposal import Decision
from assistant.form.edit import read_cell
from assistant.form.model import Form
from assistant.understanding.reading import Cause


def step_back(
    form: Form, log: DraftLog, form_of: Callable[[int], Form], *, row_back: bool
) -> tuple[Form, DraftLog]:
    """The form one change earlier and the conversation that goes with it; ``log`` must have a trail.

    ``form_of`` gives the form of a version. ``row_back``: as many changes as it takes until a row that was
    deleted stands in the form again, or one where none was.
    """
    steps = _steps_to_fuller(form, log, form_of) if row_back else 1
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
