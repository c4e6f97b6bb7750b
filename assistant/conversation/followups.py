"""What follows from a change of the form by itself: waiting cards are kept in step, new ones come up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import texts
from assistant.conversation.cards import (
    Desk,
    costs_spent,
    explanation_cards,
    explanation_place,
    facts_card,
    goal_cards,
    indicator_cards,
    told_explanations,
    weight_cards,
    with_row,
)
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.reply import without_known
from assistant.conversation.steps import deviating_rows, has_low_execution, next_question, steps_of
from assistant.conversation.turn import lacks_indicators
from assistant.drafting.context import is_open
from assistant.drafting.placing import moved, moved_edits, rebased, row_map
from assistant.drafting.proposal import Decision, Proposal
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.merge import RowMap
from assistant.form.model import Form
from assistant.rules.check import Report
from assistant.rules.score import total_fund_row
from assistant.understanding.message_facts import read_facts
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Unplaced, settled


def in_step(log: DraftLog, before: Form, after: Form) -> DraftLog:
    """The log with its waiting cards for the changed form: moved with their rows, or withdrawn."""
    rows = row_map(before, after)
    changed: dict[str, Proposal] = {}
    decisions: dict[str, Decision] = dict(log.decisions)
    for one in log.pending():
        kept = _kept(one, rows, before, after)
        if kept is None:
            decisions[one.id] = "withdrawn"
        else:
            changed[one.id] = kept
    causes = tuple(
        one if one.row is None else one.model_copy(update={"row": rows[one.row]})
        for one in log.causes
        if one.row is None or one.row in rows
    )
    topic = rows.get(log.topic) if log.topic is not None else None
    asked = moved(log.asked, rows) if log.asked is not None else None
    return log.changed(changed).model_copy(
        update={
            "decisions": decisions,
            "causes": settled(causes, after),
            "recent": moved_edits(log.recent, rows),
            "latest": moved_edits(log.latest, rows),
            "own_weights": moved_edits(log.own_weights, rows),
            "topic": topic,
            "asked": asked,
            "choice": log.choice if _same_rows(rows, before) else (),
        }
    )


def followed_up(desk: Desk, log: DraftLog, form: Form, report: Report, opening: str = "") -> DraftLog:
    """The log with what the assistant says next: cards where the form calls for them, else a question.

    While cards wait and nothing new comes up, it says nothing but ``opening``.
    """
    late, log = _late_facts(log, form)
    late = (*late, *_late_costs(log, form))
    settled, log = _settled_rows(desk, log, form)
    found, notice = _drafted(desk, log, form, report)
    cards = (*without_known((*late, *found), log), *settled)
    parts = [opening, texts.LATER if late else "", texts.filled(settled)]
    parts.append(texts.suggested([one for one in cards if one not in settled]))
    question = None
    if not cards and opening and log.pending():
        parts.append(open_question(log))
    if not cards and not log.pending():
        question = next_question(form, report, log.passed)
        parts.append(question.text)
    text = "\n".join(part for part in parts if part)
    if not text:
        return log
    asked = question.asked if question is not None else log.asked if not cards else _asked_by(cards)
    return log.told(text, cards, notice).model_copy(update={"asked": asked})


def _same_rows(rows: RowMap, before: Form) -> bool:
    return len(rows) == len(before.indicators) and all(old == new for old, new in rows.items())


def _kept(one: Proposal, rows: RowMap, before: Form, after: Form) -> Proposal | None:
    """A waiting card for the changed form; None where the person has meanwhile decided what it is about."""
    if one.kind == "facts":
        edits = tuple(edit for edit in one.edits if _untouched(edit, rows, before, after))
        kept = rebased(one.model_copy(update={"edits": edits}), rows) if edits else None
        return kept and kept.model_copy(update={"new": _facts_text(kept, after)})
    if not all(_untouched(edit, rows, before, after) for edit in one.edits):
        return None
    if one.kind == "explanation" and _row_changed(one.edits[0], rows, before, after):
        return None
    if one.kind in ("goal", "weights") and _basis(one, before) != _basis(one, after):
        return None
    return rebased(one, rows)


def _basis(one: Proposal, form: Form) -> object:
    """What a card over all rows is composed of."""
    if one.kind == "weights":
        return [(row.name, row.weight) for row in form.indicators]
    if one.location.field == "expected":
        return [(row.name, row.target) for row in form.indicators]
    return [(row.name, row.actual) for row in form.indicators], form.funds


def _facts_text(card: Proposal, form: Form) -> str:
    renewed = facts_card(form, card.edits)
    return renewed.new if renewed is not None else card.new


def _untouched(edit: Edit, rows: RowMap, before: Form, after: Form) -> bool:
    """Whether the place of a waiting edit still exists and holds what it held."""
    if edit.operation == "insert":
        content = edit.indicator
        return content is None or all(
            (row.level2, row.name) != (content.level2, content.name) for row in after.indicators
        )
    location = moved(edit.location, rows)
    if location is None:
        return False
    return edit.operation == "delete" or read_cell(before, edit.location) == read_cell(after, location)


def _row_changed(edit: Edit, rows: RowMap, before: Form, after: Form) -> bool:
    row = edit.location.row
    if edit.location.section != "indicators" or row is None:
        return before.funds != after.funds
    old, new = before.indicators[row - 1], after.indicators[rows[row] - 1]
    return (old.target, old.actual, old.name) != (new.target, new.actual, new.name)


def _late_facts(log: DraftLog, form: Form) -> tuple[tuple[Proposal, ...], DraftLog]:
    """What was said of results before there were rows for them, as one card; the rest keeps waiting."""
    edits: list[Edit] = []
    waiting: list[Unplaced] = []
    for part in log.unplaced:
        found = read_facts(f"实际{part.text}", form).edits if part.done and form.indicators else ()
        actuals = [
            edit
            for edit in found
            if edit.location.section == "indicators" and edit.location.field == "actual"
        ]
        if actuals:
            edits += actuals
        else:
            waiting.append(part)
    card = facts_card(form, tuple(edits), "这些完成情况是您之前说的，采纳前请核对。") if edits else None
    return ((card,) if card else ()), log.model_copy(update={"unplaced": tuple(waiting)})


def _late_costs(log: DraftLog, form: Form) -> tuple[Proposal, ...]:
    """What was spent, as the result of rows of the whole cost that came after it was told."""
    taken = {edit.location for one in log.pending() for edit in one.edits}
    number = total_fund_row(form)
    told = form.funds[number - 1].executed if number is not None else ""
    if not told:
        return ()
    spent = Edit(location=Location(section="funds", row=number, field="executed"), old=told, new=told)
    edits = tuple(
        edit for edit in costs_spent(form, (spent,)) if edit.old == "" and edit.location not in taken
    )
    card = facts_card(form, edits, "总成本按全年执行数填，采纳前请核对。") if edits else None
    return (card,) if card is not None else ()


def _settled_rows(desk: Desk, log: DraftLog, form: Form) -> tuple[tuple[Proposal, ...], DraftLog]:
    """Cards of new rows whose open question the form answers by now (a cost, once the budget is known)."""
    asking = {
        one.edits[0].indicator.name: one
        for one in log.pending()
        if one.question and one.edits[0].indicator is not None
    }
    line = form.funds[0] if form.funds else None
    if line is None or not line.budget or not any("万元" in one.new for one in asking.values()):
        return (), log
    rules_only = Desk(search=desk.search, past=desk.past)
    settled = []
    for one in indicator_cards(rules_only, form, "\n".join(log.words)).proposals:
        row = one.edits[0].indicator
        before = asking.get(row.name) if row is not None else None
        if row is None or before is None or one.question:
            continue
        held = before.edits[0].indicator
        weight = held.weight if held is not None else row.weight
        settled.append(with_row(before, row.model_copy(update={"weight": weight})))
        log = log.decided(before.id, "withdrawn")
    return tuple(settled), log


def _drafted(desk: Desk, log: DraftLog, form: Form, report: Report) -> tuple[tuple[Proposal, ...], str]:
    """Explanations as soon as a row deviates; weights and goal once rows are settled, or all have results."""
    pending = log.pending()
    cards: list[Proposal] = []
    notice = ""
    explained = {one.location.row for one in pending if one.kind == "explanation"}
    noted = any(one.kind == "explanation" and one.location.section == "total" for one in pending)
    if set(deviating_rows(form, report)) - explained or (has_low_execution(form, report) and not noted):
        found = explanation_cards(desk, form, [one for one in log.causes if one.cause])
        places = {one.location for one in pending}
        cards += [one for one in found.proposals if one.location not in places]
        notice = found.notice
    cards += _told_before(desk, log, form, cards)
    if lacks_indicators(form, log) and all(step.done for step in steps_of(form, report)[:2]):
        found = indicator_cards(desk, form, "\n".join(log.words))
        cards += found.proposals
        notice = notice or found.notice
    told = all(not is_open(row.actual) for row in form.indicators)
    undecided = any(one.kind == "indicator" for one in pending) and not told
    settled = form.indicators and not undecided and not any(one.kind == "weights" for one in pending)
    if settled:
        weights = weight_cards(desk, form, {edit.location.row for edit in log.own_weights})
        cards += weights
        goals = () if weights or any(one.kind == "goal" for one in pending) else goal_cards(desk, form)
        cards += goals or _goals_in_step(desk, log, form)
    return tuple(cards), notice


def _goals_in_step(desk: Desk, log: DraftLog, form: Form) -> tuple[Proposal, ...]:
    """A drafted text of the goal anew, where it still tells a figure that was corrected after it."""
    drafted = {
        one.new for one in log.proposals if one.kind == "goal" and log.decisions.get(one.id) == "accepted"
    }
    corrected = [
        (figure.text, edit.location.field)
        for edit in log.latest
        if edit.location.section == "indicators" and edit.location.field in ("target", "actual")
        for figure in find_quantities(edit.old)[:1]
        if edit.old != read_cell(form, edit.location)
    ]
    stale = {
        field
        for field, column in (("expected", "target"), ("actual", "actual"))
        if (text := getattr(form.goal, field)) in drafted
        and any(old in text and of == column for old, of in corrected)
    }
    if not stale:
        return ()
    return tuple(one for one in goal_cards(desk, form, anew=True) if one.location.field in stale)


def _told_before(desk: Desk, log: DraftLog, form: Form, cards: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Explanations with causes that were told beside figures, where no rule calls for one."""
    places = {one.location for one in (*log.pending(), *cards)}
    causes = [
        one
        for one in log.causes
        if one.cause and not one.about and is_open(read_cell(form, explanation_place(one)))
    ]
    return tuple(
        one
        for one in told_explanations(desk, form, causes).proposals
        if one.location not in places and one.location not in log.passed
    )


def open_question(log: DraftLog) -> str:
    """That cards wait, and what the first of them asks; a row that is not there yet has no number."""
    pending, asking = log.pending(), log.asking()
    if asking is not None:
        question = re.sub(r"第\d+行", "", asking.question) if asking.kind == "indicator" else asking.question
        return texts.still_open(len(pending), question + texts.how_to_answer(asking))
    unsure = [one for one in pending if not one.question]
    if unsure and not any(one.grounded for one in unsure):
        names = "、".join(f"“{one.new.split('｜')[2]}”" for one in unsure if one.kind == "indicator")
        return texts.UNSURE.format(count=len(unsure), names=names or "文字里的部分内容")
    return texts.WHICH_CARD.format(count=len(pending))


def _asked_by(cards: tuple[Proposal, ...]) -> Location | None:
    """The cell of the first card that asks something, so that the next message may answer it."""
    return next((one.location for one in cards if one.question and one.kind != "indicator"), None)
