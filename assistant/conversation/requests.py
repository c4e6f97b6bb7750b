"""What the user asks the assistant to do or to suggest: more rows, another one, a goal, a summary."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import texts
from assistant.conversation.answers import answer
from assistant.conversation.cards import (
    Desk,
    goal_cards,
    indicator_cards,
    more_rows,
    summary_cards,
    target_cards,
    trial,
)
from assistant.conversation.commands import Command
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.reply import Turn, pending_edits, without_known
from assistant.conversation.steps import next_question
from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import structure_of
from assistant.form.model import Form, Frozen, Indicator
from assistant.rules.check import Report
from assistant.rules.profile import profile_for


def obey(desk: Desk, form: Form, report: Report, log: DraftLog, command: Command) -> Turn:
    """The commands that change no form; the others are the session's."""
    question = next_question(form, report, log.passed)
    if command == "suggest":
        return _suggest(desk, form, log, question.text)
    if command in ("more", "another"):
        return more(desk, form, log, "") if command == "more" else _another(desk, form, log)
    if command in ("goal", "summary"):
        return _write_up(desk, form, log, command)
    if command in ("greet", "thanks"):
        said = texts.GREETING if command == "greet" else texts.THANKS
        blank = not form.project_name and not form.indicators
        return Turn(text=texts.WELCOME if blank else said + question.text, asked=question.asked)
    said = {"help": texts.HELP, "export": texts.EXPORT}.get(command) or answer("problems", form, report)
    return Turn(text=said, asked=log.asked)


def _write_up(desk: Desk, form: Form, log: DraftLog, command: Command) -> Turn:
    """写个自评总结, 总体目标帮我写一下: the text as a card, composed of the form as it would be by now."""
    form = trial(form, pending_edits(log))
    if command == "summary":
        cards = summary_cards(desk, form)
        return Turn(text=texts.suggested(cards) or texts.NO_SUMMARY, proposals=cards, asked=log.asked)
    cards = goal_cards(desk, form, anew=True)
    known = texts.SAME_GOAL if form.goal.expected.strip() else texts.NO_GOAL
    replaced = tuple(one.id for one in log.pending() if one.kind == "goal")
    return Turn(
        text=texts.suggested(cards) or known,
        proposals=cards,
        replaced=replaced if cards else (),
        asked=log.asked,
    )


def _suggest(desk: Desk, form: Form, log: DraftLog, following: str) -> Turn:
    words = "\n".join(log.words)
    form = trial(form, pending_edits(log))
    if not form.project_name and not words:
        return Turn(text=texts.DESCRIBE_FIRST)
    waiting = waiting_rows(log)
    if waiting:
        return Turn(text=texts.CARDS_WAIT.format(count=len(waiting)), asked=log.asked)
    found = indicator_cards(desk, form, words)
    targets = target_cards(desk, form, words)
    cards = without_known((*found.proposals, *targets.proposals), log)
    text = texts.suggested(cards) or texts.NOTHING_TO_SUGGEST + following
    return Turn(text=text, proposals=cards, notice=found.notice or targets.notice, asked=log.asked)


def more(desk: Desk, form: Form, log: DraftLog, level: str, count: int = 2) -> Turn:
    """Further indicators: ``count`` of one level, or where the form has fewest; level "" means any."""
    form = trial(form, pending_edits(log))
    words = "\n".join(log.words)
    if not form.project_name and not words:
        return Turn(text=texts.DESCRIBE_FIRST)
    known = proposed_rows(log)
    named = {"产出": ("数量", "质量"), "效益": ("社会效益", "可持续影响")}.get(level)
    levels = (
        (named or (level, level))[:count] if level else _thin_levels((*form.indicators, *waiting_rows(log)))
    )
    cards = more_rows(desk, form, words, levels, known)
    return Turn(text=texts.suggested(cards) or texts.NOTHING_MORE, proposals=cards, asked=log.asked)


def _another(desk: Desk, form: Form, log: DraftLog) -> Turn:
    """Another indicator in place of the one that is being talked of."""
    waiting = [one for one in log.pending() if one.kind == "indicator"]
    asking = log.asking()
    card = asking if asking in waiting else waiting[0] if len(waiting) == 1 else None
    row = card.edits[0].indicator if card is not None else None
    if card is None or row is None:
        return Turn(text=texts.WHICH_TO_CHANGE, asked=log.asked)
    form = trial(form, pending_edits(log))
    level = structure_of(form, profile_for(form)).key(row)
    cards = more_rows(desk, form, "\n".join(log.words), (level,), proposed_rows(log))
    if not cards:
        return Turn(text=texts.NOTHING_MORE, asked=log.asked)
    return Turn(text=texts.suggested(cards), proposals=cards, replaced=(card.id,), asked=log.asked)


def _thin_levels(rows: Sequence[Indicator]) -> tuple[str, ...]:
    """The three second levels with the fewest rows, of those that can well have more than one."""
    counts = {key: sum(key in row.level2 for row in rows) for key in ("质量", "数量", "社会效益", "时效")}
    return tuple(sorted(counts, key=lambda key: counts[key])[:3])


class WaitingRow(Frozen):
    """A new row that waits to be accepted, and the card that brings it."""

    row: Indicator
    card: Proposal


def waiting_cards(log: DraftLog) -> tuple[WaitingRow, ...]:
    """All rows that wait, those of stated facts included."""
    return tuple(
        WaitingRow(row=edit.indicator, card=one)
        for one in log.pending()
        for edit in one.edits
        if edit.operation == "insert" and edit.indicator is not None
    )


def waiting_rows(log: DraftLog) -> tuple[Indicator, ...]:
    """The rows on cards that wait."""
    return tuple(row for one in log.pending() if one.edits and (row := one.edits[0].indicator) is not None)


def proposed_rows(log: DraftLog) -> tuple[Indicator, ...]:
    """Every row that was ever on a card of its own."""
    cards = (one for one in log.proposals if one.kind == "indicator")
    return tuple(row for one in cards if (row := one.edits[0].indicator) is not None)
