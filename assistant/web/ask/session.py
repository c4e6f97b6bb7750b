"""What the page 问答 remembers of a session, and what its buttons do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.asking.answering.answer import Citation, Table, place_of
from assistant.asking.asker import Turn
from assistant.asking.notebook import snapshot, written
from assistant.asking.records.query import Query
from assistant.form.finding import Location
from assistant.rules.score import total_fund_row
from assistant.services import Services
from assistant.web.shown import here

TURNS, OPENED, NEXT, WORDS, SHOWN = "ask_turns", "ask_opened", "ask_next", "ask_words", "ask_shown"
FRESH, OPENINGS = "ask_fresh", "ask_openings"
"""``OPENINGS`` counts the forms opened: what hangs over the page closes with each."""
_KEPT = 30


def turns() -> list[Turn]:
    """The conversation of this session."""
    found: list[Turn] = st.session_state.setdefault(TURNS, [])
    return found


def add(services: Services, turn: Turn) -> None:
    """Puts a turn at the end of the conversation and into the history."""
    turns().append(turn)
    st.session_state[FRESH] = True
    del turns()[:-_KEPT]
    services.library.questions.note(turn.question, turn.answer.answer, found=turn.answer.found)


def ask(services: Services, question: str) -> None:
    """Asks, as what follows on the last turn."""
    last = turns()[-1] if turns() else None
    add(services, services.asker.turn(question, last))


def rerun(services: Services, question: str, queries: Sequence[Query], labels: Sequence[str]) -> None:
    """Executes corrected queries."""
    add(services, services.asker.rerun(question, queries, labels))


def suggest(question: str) -> None:
    """Asks ``question`` on the next drawing."""
    st.session_state[NEXT] = question


def begin_anew() -> None:
    """Leaves the conversation; the history keeps its questions."""
    st.session_state[TURNS] = []
    st.session_state[OPENED] = None


def open_form(form: int | None, place: Location | None = None) -> None:
    """Shows a form beside the conversation, at a cell; None closes it."""
    st.session_state[OPENED] = None if form is None else (form, place)
    if place is not None:
        here.point_at(place)
    st.session_state[OPENINGS] = st.session_state.get(OPENINGS, 0) + 1


def rate(services: Services, turn: Turn, *, good: bool, words: str = "") -> None:
    """Keeps what the person thinks of an answer."""
    services.library.questions.rate(
        turn.question, turn.answer.answer, written(turn.queries), good=good, words=words
    )


def save(services: Services, turn: Turn) -> None:
    """Puts a question into the notebook."""
    services.library.questions.save(
        turn.question,
        written(turn.queries),
        turn.understood.meaning.labels,
        snapshot(turn.answer),
    )


def cell_of(citation: Citation) -> Location | None:
    """The cell that a citation names; None where it is the form as a whole."""
    return _location(citation.section, citation.row, citation.field)


def cell_in(services: Services, table: Table, line: int, column: int) -> tuple[int, Location | None]:
    """The form, and the cell of it, that a cell of an answer's table shows."""
    form, row = table.places[line]
    if not table.fields or column >= len(table.fields) or not form:
        return form, None
    fund_row = total_fund_row(services.library.form(form).form)
    return form, _location(*place_of(table.of, table.fields[column], row or None, fund_row))


def _location(section: str, row: int | None, field: str) -> Location | None:
    return Location.model_validate({"section": section, "row": row, "field": field}) if section else None
