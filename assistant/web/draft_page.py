"""起草: the conversation on one side, the live form on the other."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.services import Services
from assistant.web import state
from assistant.web.chat import chat
from assistant.web.sheet import sheet
from assistant.web.start import start
from assistant.web.steps import step_line

_WIDTHS = (41, 59)


def page(services: Services) -> None:
    """Draws the draft in work, or the ways to begin one."""
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
    step_line(view, summary.saved_at)
    talk, form = st.columns(_WIDTHS, gap="small")
    with talk:
        chat(services.session, view)
    with form:
        sheet(services, view)
