"""A checked form to be looked at: official table, points, findings, and its files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.rules.check import Report
from assistant.web.shown import here
from assistant.web.shown.export import export_menu
from assistant.web.shown.findings import findings_view
from assistant.web.shown.form_table import form_table
from assistant.web.shown.report import score_line, score_table

_FORM, _POINTS, _FINDINGS = "表格", "得分", "问题"


def form_view(report: Report, key: str, note: str = "", tools: Callable[[], None] | None = None) -> None:
    """Draws ``report``; ``key`` makes the widgets unique, ``note`` is a sentence of HTML under the score.

    ``tools`` draws more buttons beside the export.
    """
    place = here.pointed_at()
    shown_key = f"{key}-shown"
    if place is not None:
        st.session_state[shown_key] = _FORM
    st.session_state.setdefault(shown_key, _FORM)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "看什么",
            (_FORM, _POINTS, _FINDINGS),
            required=True,
            key=shown_key,
            label_visibility="collapsed",
        )
        st.space("stretch")
        if tools is not None:
            tools()
        export_menu(report, key)
    st.html(score_line(report) + (f'<div class="af-quiet">{note}</div>' if note else ""))
    with st.container(key=f"view-{key}", height=520, autoscroll=False):
        if shown == _POINTS:
            st.html(score_table(report.form, report.sheet))
        elif shown == _FINDINGS:
            findings_view(report.form, report.findings, key, here.point_at)
        else:
            st.html(form_table(report.form, report.findings, here=place))
            if place is not None:
                here.scroll()
