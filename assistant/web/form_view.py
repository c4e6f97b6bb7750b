"""A checked form to be looked at: official table, points, findings, and its files."""

from __future__ import annotations

import streamlit as st

from assistant.rules.check import Report
from assistant.web.export import export_menu
from assistant.web.form_table import Place, form_table
from assistant.web.report_view import findings_list, score_line, score_table

_FORM, _POINTS, _FINDINGS = "表格", "得分", "问题"


_SCROLL = "<script>document.querySelector('[data-here]')?.scrollIntoView({block: 'center'})</script>"


def form_view(report: Report, key: str, here: Place | None = None) -> None:
    """Draws ``report``; ``key`` makes the widgets unique; ``here`` is a cell that is shown marked."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "看什么",
            (_FORM, _POINTS, _FINDINGS),
            default=_FORM,
            required=True,
            key=f"{key}-shown",
            label_visibility="collapsed",
        )
        st.space("stretch")
        export_menu(report, key)
    st.html(score_line(report))
    with st.container(key=f"view-{key}", height=520, autoscroll=False):
        if shown == _POINTS:
            st.html(score_table(report.form, report.sheet))
        elif shown == _FINDINGS:
            st.html(findings_list(report.form, report.findings))
        else:
            st.html(form_table(report.form, report.findings, here=here))
            if here is not None:
                st.html(_SCROLL, unsafe_allow_javascript=True)
