"""An ordinary Chinese message and its form -> facts as edits; what is unclear is asked, never guessed."""

from __future__ import annotations

import re

from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.understanding.all_done import read_these_done
from assistant.understanding.causes import read_bare_cause, read_told_causes
from assistant.understanding.clauses import clean, split
from assistant.understanding.corrections import read_corrections
from assistant.understanding.deviating import DEVIATES
from assistant.understanding.exchanges import read_exchanges
from assistant.understanding.figure_facts import read_figures
from assistant.understanding.goal_facts import read_goal, read_plain_goal
from assistant.understanding.header_facts import read_header
from assistant.understanding.pasted_tables import read_tables
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Reading, Situation, StatedFacts
from assistant.understanding.reasons import read_reasons
from assistant.understanding.relative_figures import read_relative_figures
from assistant.understanding.row_changes import read_row_changes
from assistant.understanding.row_groups import read_row_groups
from assistant.understanding.row_matching import STRONG, find_rows
from assistant.understanding.row_orders import read_row_orders
from assistant.understanding.surveys import read_surveys
from assistant.understanding.told_done import read_done
from assistant.understanding.told_measures import read_told_measures
from assistant.understanding.told_outcomes import read_outcomes
from assistant.understanding.told_progress import read_progress
from assistant.understanding.told_rows import read_told_rows
from assistant.understanding.told_wordings import read_told_wordings
from assistant.understanding.trailing_causes import read_trailing_causes

_LONG_NAME = 6
_MOST_SENTENCES = 12
_PUNCTUATED = re.compile(r"[，。；：、≥≤=\d]")


def read_facts(text: str, form: Form, situation: Situation | None = None) -> StatedFacts:
    """What ``text`` states about ``form``."""
    reading = Reading(clean(text), form, situation or Situation())
    for read in (
        read_tables,
        read_row_groups,
        read_exchanges,
        read_row_orders,
        read_corrections,
        read_row_changes,
        read_header,
        number_long_names,
        read_these_done,
        read_goal,
        read_surveys,
        read_progress,
        read_relative_figures,
        read_told_wordings,
        read_told_rows,
        read_reasons,
        read_told_causes,
        read_told_measures,
        read_trailing_causes,
        read_plain_goal,
        read_figures,
        read_done,
        read_bare_cause,
        read_outcomes,
    ):
        read(reading)
    return StatedFacts(
        edits=(*reading.lines, *reading.sets, *_row_edits(reading)),
        causes=tuple(reading.causes),
        doubts=tuple(reading.doubts),
        unplaced=tuple(reading.unplaced),
        remarks=tuple(reading.remarks),
        roll_over=reading.roll_over,
        same=reading.same,
    )


def unread(text: str, form: Form, situation: Situation | None = None) -> tuple[str, ...]:
    """The sentences of a message that tell something for the form, of which nothing was read."""
    said = clean(text)
    sentences = split(said)
    if not 1 < len(sentences) <= _MOST_SENTENCES:
        return ()
    whole = read_facts(said, form, situation)
    found = []
    for sentence in sentences:
        words = said[sentence.start : sentence.end]
        stated = all(one.mood == "stated" and one.when in ("", "present") for one in sentence.clauses)
        if not stated or not _tells(words, form) or read_facts(words, form, situation) != StatedFacts():
            continue
        if read_facts(said[: sentence.start] + said[sentence.end + 1 :], form, situation) == whole:
            found.append(words.strip())
    return tuple(found)


def _tells(words: str, form: Form) -> bool:
    named = find_rows(form, words)
    return bool(find_quantities(words)) or (named.strength >= STRONG and bool(DEVIATES.search(words)))


def number_long_names(reading: Reading) -> None:
    """Puts 第3行 where a row's whole name stands whose own figures or commas would be read as statements."""
    names = {row.name: number for number, row in enumerate(reading.form.indicators, 1)}
    for name in sorted(names, key=len, reverse=True):
        unique = sum(row.name == name for row in reading.form.indicators) == 1
        if unique and len(name) >= _LONG_NAME and (find_quantities(name) or _PUNCTUATED.search(name)):
            reading.rest = reading.rest.replace(clean(name), f"第{names[name]}行")


def _row_edits(reading: Reading) -> list[Edit]:
    """Deletions from the end, so that the numbers stay those the user sees, then the new rows at the end.

    The official order of new rows is made when the person accepts them.
    """
    deleted = sorted(set(reading.deleted), reverse=True)
    edits = [
        Edit(
            operation="delete",
            location=Location(section="indicators", row=row),
            old=reading.form.indicators[row - 1].name,
        )
        for row in deleted
    ]
    last = len(reading.form.indicators) - len(deleted)
    for at, indicator in enumerate(reading.inserted, last + 1):
        location = Location(section="indicators", row=at)
        edits.append(Edit(operation="insert", location=location, indicator=indicator))
    return edits
