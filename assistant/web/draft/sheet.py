"""The live form beside the conversation: as the official table, as points, as findings, or to be edited."""

from __future__ import annotations

import streamlit as st

from assistant.conversation.session import DraftView
from assistant.form.finding import Location
from assistant.people.transitions import EDITABLE
from assistant.services import Services
from assistant.web import state
from assistant.web.draft import table_editor
from assistant.web.review.standing import review_marks
from assistant.web.shown import here
from assistant.web.shown.card import proposed
from assistant.web.shown.export import export_dialog, export_menu
from assistant.web.shown.findings import findings_view
from assistant.web.shown.form_table import form_table
from assistant.web.shown.report import score_line, score_table

_FORM, _POINTS, _FINDINGS, _EDIT = "表格", "得分", "问题", "编辑"
_SHOWN = "sheet_shown"
_CLOSED = '<div class="af-notice">这张表已提交或已通过，现在只能看，不能改；办法见左上方。</div>'


def show(place: Location, *, findings: bool = False) -> None:
    """Turns to where ``place`` can be seen: the findings, the part being edited, or the official table."""
    if findings:
        st.session_state[_SHOWN] = _FINDINGS
    elif st.session_state.get(_SHOWN) == _EDIT:
        table_editor.turn_to(place)
    else:
        st.session_state[_SHOWN] = _FORM


def lead(place: Location) -> None:
    """The next drawing leads to ``place``."""
    here.point_at(place)
    show(place)


def sheet(services: Services, view: DraftView) -> None:
    """Draws the form of ``view`` with its tools."""
    with st.container(key="tools", horizontal=True, vertical_alignment="center", gap="small"):
        # No default of the widget: a step may have chosen the view before it is drawn the first time.
        st.session_state.setdefault(_SHOWN, _FORM)
        shown = st.segmented_control(
            "看什么",
            (_FORM, _POINTS, _FINDINGS, _EDIT),
            required=True,
            key=_SHOWN,
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
    export_dialog(view.report, "draft-export")
    st.html(score_line(view.report, in_work=True))
    here.from_top("sheet", str(shown))
    with st.container(key="sheet", height=480, autoscroll=False):
        if shown == _POINTS:
            st.html(score_table(view.form, view.report.sheet))
        elif shown == _FINDINGS:
            findings_view(view.form, view.report.findings, "draft", lead, in_work=True)
        elif shown == _EDIT and view.state in EDITABLE:
            table_editor.table_editor(services, view)
        elif shown == _EDIT:
            st.html(_CLOSED)
        if shown in (_FORM, _EDIT):
            marks = (*view.report.findings, *review_marks(services, view))
            place = here.pointed_at()
            st.html(form_table(view.form, marks, proposed(view.waiting), place))
            if place is not None and shown == _FORM:
                here.scroll()
