"""起草: the conversation on one side, the live form on the other."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.people import Role
from assistant.services import Services
from assistant.web import state
from assistant.web.chat import chat
from assistant.web.review_bar import review_bar, review_said
from assistant.web.sheet import lead, sheet
from assistant.web.start import start
from assistant.web.steps import step_line
from assistant.web.versions_merge import merge_question

_WIDTHS = (41, 59)


def page(services: Services) -> None:
    """Draws the draft in work, or the ways to begin one."""
    services.person.need(Role.DRAFTER)
    state.write_address()
    state.show_trouble()
    if not state.draft_id():
        start(services)
        return
    try:
        summary = services.library.draft_summary(state.draft_id())
        view = services.session.view(summary.id)
    except AssistantError as error:
        state.keep_draft("")
        state.write_address()
        state.say_trouble(str(error))
        start(services)
        return
    st.empty()  # in the place of the ways to begin, which would stay half in sight while a turn is made
    merge_question(services, view.id)
    with st.container(key="progress", horizontal=True, vertical_alignment="center", gap="small"):
        step_line(view, summary.saved_at)
        review_bar(services, view)
    talk, form = st.columns(_WIDTHS, gap="small")
    with talk:
        review_said(services, view, lead)
        make_turn = chat(services.session, view)
    with form:
        sheet(services, view)
    make_turn()
