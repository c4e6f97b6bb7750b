"""The live form beside the conversation: as the official table, as points, as findings, or to be edited."""

from __future__ import annotations

import streamlit as st

from assistant.conversation.session import DraftView
from assistant.services import Services
from assistant.web import state
from assistant.web.card_view import proposed
from assistant.web.export import export_menu
from assistant.web.form_table import Proposed, form_table
from assistant.web.report_view import findings_list, score_line, score_table
from assistant.web.review_bar import review_marks
from assistant.web.table_editor import table_editor

_FORM, _POINTS, _FINDINGS, _EDIT = "表格", "得分", "问题", "编辑"


def sheet(services: Services, view: DraftView) -> None:
    """Draws the form of ``view`` with its tools."""
    with st.container(key="tools", horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "看什么",
            (_FORM, _POINTS, _FINDINGS, _EDIT),
            default=_FORM,
            required=True,
            key="sheet_shown",
            label_visibility="collapsed",
        )
        st.space("stretch")
        st.button(
            "撤销",
            icon=":material/undo:",
            key="undo",
            disabled=not view.can_undo,
            on_click=state.action(lambda: services.session.undo(view.id, view.version)),
        )
        export_menu(view.report, "draft-export")
        st.button("新建", icon=":material/add:", key="new-draft", on_click=lambda: state.keep_draft(""))
    st.html(score_line(view.report, in_work=True))
    with st.container(key="sheet", height=480, autoscroll=False):
        if shown == _POINTS:
            st.html(score_table(view.form, view.report.sheet))
        elif shown == _FINDINGS:
            st.html(findings_list(view.form, view.report.findings, in_work=True))
        elif shown == _EDIT:
            table_editor(services, view)
        if shown in (_FORM, _EDIT):
            marks = (*view.report.findings, *review_marks(services, view))
            st.html(form_table(view.form, marks, _waiting(view)))


def _waiting(view: DraftView) -> Proposed:
    return proposed([card for card in view.proposals if view.decisions.get(card.id, "pending") == "pending"])
