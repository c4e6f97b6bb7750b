"""A draft in work: the conversation on one side, the live form on the other."""

from __future__ import annotations

import streamlit as st

from assistant.conversation.session import DraftView
from assistant.library.draft_list import DraftSummary
from assistant.services import Services
from assistant.web.draft.chat import chat
from assistant.web.draft.merging import merge_question
from assistant.web.draft.sheet import lead, sheet
from assistant.web.draft.steps import step_line
from assistant.web.review.standing import review_bar, review_said

_WIDTHS = (41, 59)


def work(services: Services, summary: DraftSummary, view: DraftView) -> None:
    """Draws the draft ``view``, whose names and times are ``summary``."""
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
