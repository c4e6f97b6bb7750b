"""One chat turn: a message and the form -> what the assistant says, with cards; no cell changes here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import texts
from assistant.conversation.answers import answer, row_answer
from assistant.conversation.cards import (
    Desk,
    costs_in_step,
    costs_spent,
    explanation_place,
    facts_card,
    indicator_cards,
    last_form,
    name_card,
    named_rows,
    rolled_over,
    told_explanations,
    trial,
)
from assistant.conversation.commands import (
    Topic,
    asks_about_row,
    level_of_more,
    read_command,
    read_topic,
    split_export,
    wanted_rows,
)
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.draft_view import checked
from assistant.conversation.giving_up import given_up, is_untold, left_out, outdated, tells_results
from assistant.conversation.listening import Heard, answered, listen
from assistant.conversation.precedent_answers import asks_about_others, precedent_answer
from assistant.conversation.reply import Turn, pending_edits, without_known
from assistant.conversation.requests import more, obey, waiting_rows
from assistant.conversation.steps import next_question
from assistant.drafting.context import is_open
from assistant.drafting.explanations import bare_cause_in
from assistant.drafting.proposal import Proposal, Proposals
from assistant.form.edit import Edit, read_cell
from assistant.form.model import Form
from assistant.rules.check import Report
from assistant.rules.fill import fill_scores
from assistant.rules.profile import profile_for
from assistant.understanding.clauses import is_question, split
from assistant.understanding.drafted_names import drafted_name
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Cause, StatedFacts
from assistant.understanding.row_matching import STRONG, find_rows, row_numbers

_QUESTION_STARTS = re.compile(
    r"实际|目标|指标值|完成了?|超额|超了|算一下|算一算|算算|为什么|为啥|怎么|如何|多少|得分|扣|有什么|几分|是否|对不对|，"
)


_EACH_GETS = re.compile(
    r"(?:^|，)(?:各自?|分别|每[行项个条]|这[两几][行项个条])(?:能|会|应|该)?得(?:了)?(?:多少|几)"
)
_ASIDE = re.compile(
    r"(?:(?:我|咱们|刚才|上面|之前)*(?:填|写|报|录)(?:的|了|进去的?)?(?:是)?|算出来|算下来|现在|目前|到底|帮我|给我|请|[这那]一?[条行项个]|超额?|完成率|完成比例|完成进度|完成|比例|的|是|算)+$"
)
_THIS_ROW = re.compile(r"[这那该](?:一)?[条行项](?:指标)?|这个指标")
_OF_FORM: tuple[Topic, ...] = ("total", "missing", "lost", "problems", "execution", "weights")
_SHORT_QUESTION = 6


def converse(desk: Desk, form: Form, report: Report, log: DraftLog, said: str) -> Turn:
    """The answer to ``said``, the newest message, cleaned; ``form``, ``report`` and ``log`` as they stand."""
    if not said:
        return Turn(text=texts.EMPTY, asked=log.asked, choice=log.choice)
    if (command := read_command(said)) is not None:
        return obey(desk, form, report, log, command)
    if level := level_of_more(said):
        return more(desk, form, log, level, wanted_rows(said))
    said, exports = split_export(said)
    turn = _heard(desk, form, report, log, said)
    return turn.model_copy(update={"text": f"{turn.text}\n{texts.EXPORT}"}) if exports else turn


def _heard(desk: Desk, form: Form, report: Report, log: DraftLog, said: str) -> Turn:
    """The answer to a message that is no command."""
    asking = _asked_part(said) or said
    others = precedent_answer(desk, form, log, asking) if asks_about_others(asking) else None
    question = others.text if others is not None else _answer(asking, form, report, log.topic)
    heard = listen(desk.model, said, trial(form, pending_edits(log)), report, log)
    name = "" if is_question(said) else _new_name(form, log, heard.facts, said)
    if heard.tells_nothing and not name:
        turn = _without_facts(form, report, log, said, question)
        update: dict[str, object] = {"notice": heard.notice}
        if others is not None:
            update |= {"text": f"{turn.text}\n{texts.UNCHANGED}", "topic": others.row or turn.topic}
        return turn.model_copy(update=update)
    turn = _with_facts(desk, form, log, said, heard, name)
    if turn.edits and _EACH_GETS.search(asking):
        told = with_edits(trial(form, pending_edits(log)), turn.edits)
        question = "\n\n".join(row_answer(row, told, checked(told)) for row in _rows_set(turn.edits)[:3])
    elif question and turn.edits and others is None:
        told = with_edits(trial(form, pending_edits(log)), turn.edits)
        question = _answer(asking, told, checked(told), log.topic)
    parts = [turn.text, question]
    if not turn.proposals and not turn.choice and not heard.facts.doubts and not log.pending():
        following = next_question(form, report, log.passed)
        parts.append(following.text)
        turn = turn.model_copy(update={"asked": following.asked})
    return turn.model_copy(update={"text": "\n".join(part for part in parts if part)})


def _asked_part(said: str) -> str:
    """The clauses that ask, with the one before them where they do not say of what: 招募15分，扣多少."""
    found: list[str] = []
    for sentence in split(said):
        before = ""
        for clause in sentence.clauses:
            if clause.mood == "asked":
                short = before and len(clause.text) <= _SHORT_QUESTION and not found and "多少" in clause.text
                found += [before, clause.text] if short else [clause.text]
            before = clause.text if clause.mood == "stated" else ""
    return "，".join(found)


def with_edits(form: Form, edits: Sequence[Edit]) -> Form:
    """``form`` as it would be with ``edits``, new rows at the end, its computed cells written."""
    rows = tuple(edit.indicator for edit in edits if edit.indicator is not None)
    changed = trial(form, [edit for edit in edits if edit.indicator is None])
    whole = changed.model_copy(update={"indicators": (*changed.indicators, *rows)})
    return fill_scores(whole, profile_for(whole))


def _rows_set(edits: Sequence[Edit]) -> list[int]:
    rows = (
        one.location.row for one in edits if one.operation == "set" and one.location.section == "indicators"
    )
    return sorted({row for row in rows if row is not None})


def _answer(said: str, form: Form, report: Report, talked_of: int | None = None) -> str:
    """The answers to the questions about the form in ``said``; "" where it asks none that is known.

    ``talked_of``: the row that 这条 means.
    """
    asked = [part for part in re.split(r"[，。；？]", said) if part and is_question(part)]
    topics = {topic for part in asked if (topic := read_topic(part)) in _OF_FORM}
    if len(topics) > 1:
        return "\n".join(answer(topic, form, report) for topic in _OF_FORM if topic in topics)
    topic, rows = read_topic(said), _rows_asked(said, form)
    if talked_of is not None and talked_of <= len(form.indicators) and _THIS_ROW.search(said) and not rows:
        return row_answer(talked_of, form, report) if asks_about_row(said) else ""
    if topic == "undo":
        return texts.HOW_TO_UNDO
    if rows:
        return "\n\n".join(row_answer(row, form, report) for row in rows[:3])
    return answer(topic, form, report) if topic is not None else ""


def _rows_asked(said: str, form: Form) -> list[int]:
    """The rows whose points, values or problems a question is about."""
    if not asks_about_row(said):
        return []
    count = len(form.indicators)
    rows = [row for row in row_numbers(said, count) if 1 <= row <= count]
    words = _ASIDE.sub("", _QUESTION_STARTS.split(said)[0])
    for quantity in reversed(find_quantities(words)):
        words = words[: quantity.start] + words[quantity.end :]
    if not rows and (match := find_rows(form, words.strip("，"))).strength >= STRONG:
        rows = list(match.rows)
    return rows


def _without_facts(form: Form, report: Report, log: DraftLog, said: str, question: str) -> Turn:
    """The message states nothing: an answer, or that it was not understood."""
    if question:
        rows = _rows_asked(said, form)
        topic = rows[0] if len(rows) == 1 else None
        return Turn(text=question, asked=log.asked, choice=log.choice, topic=topic)
    if is_question(said):
        return Turn(text=texts.NO_ANSWER, asked=log.asked)
    text = texts.AS_PRECEDENT if re.search(r"去年|上年|往年|前年", said) else texts.not_understood(said)
    # It may still describe what drafting can use (去年培训了84人).
    words = said if re.search(r"[\u3400-\u9fff]{4,}", said) else ""
    if log.pending():
        return Turn(text=text, words=words, asked=log.asked, choice=log.choice)
    following = next_question(form, report, log.passed)
    return Turn(text=text + following.text, words=words, asked=following.asked, choice=log.choice)


def _first_draft(desk: Desk, shown: Form, stated: Sequence[Edit], words: str) -> Proposals:
    """The rows that a project lacks beside those that the message itself spells out."""
    told = tuple(edit.indicator for edit in stated if edit.indicator is not None)
    shown = shown.model_copy(update={"indicators": (*shown.indicators, *told)})
    drafted = indicator_cards(desk, shown, words)
    return drafted.model_copy(update={"proposals": answered(drafted.proposals, shown, words)})


def _with_facts(desk: Desk, form: Form, log: DraftLog, said: str, heard: Heard, name: str) -> Turn:
    """The cards for what was stated, and for what follows from it at once."""
    facts = heard.facts.model_copy(update={"causes": _completed(form, heard.facts.causes, log)})
    stated, cards, missing = facts.edits, list(heard.filled), ""
    named = trial(form, (*pending_edits(log), *stated))
    if facts.roll_over or (log.rolls_over and named.project_name):
        given, rows, missing = _last_year(desk, named)
        stated, cards = (*stated, *given), [*cards, *rows]
    stated = _with_consequences(form, log, stated)
    anew = bool(stated or heard.amended or _brings(log, heard.gone))
    merged = _merged(log, stated, heard) if anew else ()
    card = facts_card(form, merged)
    own = (name_card(form, name),) if name else ()
    shown = trial(form, (*pending_edits(log), *merged, *(edit for one in own for edit in one.edits)))
    told = told_explanations(desk, shown, facts.causes)
    cards += told.proposals
    cards += _rows_named(desk, shown, log, heard)
    first = _describes(facts, name) and not cards and lacks_indicators(shown, log)
    drafted = _first_draft(desk, shown, merged, "\n".join((*log.words, said))) if first else Proposals()
    cards = list(without_known((*cards, *drafted.proposals), log))
    idle = left_out(log, form, facts, cards, results=heard.tells_results)
    gone = [one for one in log.pending() if one.kind == "indicator" and _row_name(one) in heard.gone]
    doubt = facts.doubts[0] if facts.doubts else None
    parts = [
        _noted(shown, card, same=bool(stated or facts.same) and not cards),
        texts.drafted_name(name) if name else "",
        _about_cards(heard, cards, idle),
        missing,
        *facts.remarks,
        texts.missed(heard.missed) if not drafted.proposals else "",
        _about_unplaced(form, log, facts, cards),
        doubt.question if doubt else "",
    ]
    return Turn(
        text="\n".join(part for part in parts if part) or texts.HEARD,
        proposals=((card,) if card else ()) + own + tuple(cards),
        notice=heard.notice or told.notice or drafted.notice,
        replaced=(*_facts_waiting(log, anew=anew), *_superseded(log, cards), *_ids(idle, gone)),
        words=said,
        unplaced=facts.unplaced,
        asked=log.asked if doubt else own[0].location if own else None,
        choice=tuple(one for one in facts.doubts if doubt and doubt.rows and one.rows == doubt.rows),
        causes=facts.causes,
        edits=stated,
        rolls_over=(facts.roll_over or log.rolls_over) and not named.project_name,
        topic=_topic(facts),
    )


def _with_consequences(form: Form, log: DraftLog, stated: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """``stated`` with what follows from it for other cells: costs, explanations, suggested rows."""
    costs = (*costs_in_step(form, stated), *costs_spent(form, stated))
    stated = (*stated, *costs)
    return (*stated, *outdated(form, stated), *given_up(form, log, stated))


def _about_cards(heard: Heard, cards: Sequence[Proposal], idle: Sequence[Proposal]) -> str:
    """What became of the cards of new rows: filled, taken away, suggested, left out."""
    parts = (
        texts.filled(heard.filled),
        texts.withdrawn(heard.gone),
        texts.suggested([one for one in cards if one not in heard.filled]),
        texts.dropped([name for one in idle if (name := _row_name(one))]),
    )
    return "\n".join(part for part in parts if part)


def _ids(*groups: Sequence[Proposal]) -> tuple[str, ...]:
    return tuple(one.id for group in groups for one in group)


def _facts_waiting(log: DraftLog, *, anew: bool) -> tuple[str, ...]:
    """The cards of stated facts that a new one, which takes them in, replaces."""
    return tuple(one.id for one in log.pending() if one.kind == "facts") if anew else ()


def _brings(log: DraftLog, names: Sequence[str]) -> bool:
    """Whether the stated facts that wait bring a row of these names."""
    return any(edit.indicator is not None and edit.indicator.name in names for edit in pending_edits(log))


def _completed(form: Form, causes: Sequence[Cause], log: DraftLog) -> tuple[Cause, ...]:
    """Measures told alone, with the cause that was told for their row before, or stands in the form."""
    known = {one.row: one.cause for one in log.causes if not one.about}
    return tuple(
        one
        if one.cause or one.about
        else one.model_copy(
            update={"cause": known.get(one.row) or bare_cause_in(read_cell(form, explanation_place(one)))}
        )
        for one in causes
    )


def _noted(form: Form, card: Proposal | None, *, same: bool) -> str:
    if card is not None:
        return texts.noted(form, card.edits)
    return texts.SAME if same else ""


def _new_name(form: Form, log: DraftLog, facts: StatedFacts, said: str) -> str:
    """A name to be proposed for a project that has none, once; "" where the words say nothing of the work."""
    shown = trial(form, (*pending_edits(log), *facts.edits))
    proposed = any(edit.location.field == "project_name" for one in log.proposals for edit in one.edits)
    if shown.project_name or proposed:
        return ""
    return drafted_name("\n".join((*log.words, said)), shown.unit, shown.department)


def _rows_named(desk: Desk, form: Form, log: DraftLog, heard: Heard) -> tuple[Proposal, ...]:
    """Rows for planned quantities that are named once there are rows already, or cards of them."""
    waiting = waiting_rows(log)
    planned = [part.text for part in heard.facts.unplaced if not part.done]
    begun = not all(is_untold(form, row) for row in form.indicators)
    if not planned or begun or tells_results(heard.facts) or not (form.indicators or waiting):
        return ()
    filled = tuple(row for one in heard.filled if (row := one.edits[0].indicator) is not None)
    waiting = tuple(row for row in waiting if not is_open(row.target))
    full = form.model_copy(update={"indicators": (*form.indicators, *waiting, *filled)})
    return named_rows(desk, full, "；".join(planned))


def _topic(facts: StatedFacts) -> int | None:
    rows = [edit.location.row for edit in facts.edits if edit.location.section == "indicators"]
    rows += [cause.row for cause in facts.causes]
    return rows[-1] if rows else None


def _merged(log: DraftLog, stated: tuple[Edit, ...], heard: Heard) -> tuple[Edit, ...]:
    """What waits to be confirmed together with what was said now; for the same place the newer counts."""
    places = {(edit.operation, edit.location) for edit in stated if edit.operation != "insert"}
    amended = {one.old.name: one.new for one in heard.amended}
    kept = [
        edit
        if edit.indicator is None or edit.indicator.name not in amended
        else edit.model_copy(update={"indicator": amended[edit.indicator.name]})
        for edit in pending_edits(log)
        if (edit.operation, edit.location) not in places
        and (edit.indicator is None or edit.indicator.name not in heard.gone)
    ]
    return (*kept, *stated)


def _row_name(card: Proposal) -> str:
    row = card.edits[0].indicator
    return row.name if row is not None else ""


def _describes(facts: StatedFacts, name: str) -> bool:
    """Whether a message says what the project does: its name, or what it counts."""
    named = name or any(
        edit.location.field == "project_name" or edit.indicator is not None for edit in facts.edits
    )
    figures = (one for part in facts.unplaced for one in find_quantities(part.text))
    return bool(named) or any(one.kind in ("count", "percent") for one in figures)


def lacks_indicators(form: Form, log: DraftLog) -> bool:
    """Whether there are no indicators, and none have been suggested yet."""
    return not form.indicators and all(one.kind != "indicator" for one in log.proposals)


def _superseded(log: DraftLog, cards: Sequence[Proposal]) -> tuple[str, ...]:
    """Pending cards for the same cell, or the same new row, as a new one."""
    places = {(one.kind, _place(one)) for one in cards}
    return tuple(one.id for one in log.pending() if one.kind != "facts" and (one.kind, _place(one)) in places)


def _place(proposal: Proposal) -> str:
    row = proposal.edits[0].indicator
    return f"{row.level2}｜{row.name}" if row is not None else proposal.location.model_dump_json()


def _last_year(desk: Desk, form: Form) -> tuple[tuple[Edit, ...], tuple[Proposal, ...], str]:
    if not form.project_name:
        return (), (), texts.NO_NAME
    past = last_form(desk, form)
    if past is None:
        return (), (), texts.NO_PAST_FORM.format(name=form.project_name)
    edits, cards = rolled_over(desk, form, past)
    return edits, cards, "" if cards or edits else texts.SAME


def _about_unplaced(form: Form, log: DraftLog, facts: StatedFacts, cards: Sequence[Proposal]) -> str:
    waiting = any(one.kind == "indicator" for one in (*log.pending(), *cards))
    names = [row.name for row in waiting_rows(log)]
    parts = [
        part.text
        for part in facts.unplaced
        if (part.done or not waiting) and not any(part.text.startswith(name) for name in names)
    ]
    return texts.unplaced(parts) if parts and form.indicators else ""
