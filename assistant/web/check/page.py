"""检查: files in, findings and score sheets out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.documents.result import Problem
from assistant.reporting import write_report
from assistant.rules.check import Report
from assistant.services import Services
from assistant.web import state
from assistant.web.check.batch_lists import batch_lists
from assistant.web.check.copies import review_button
from assistant.web.shown import here
from assistant.web.shown.form import form_view
from assistant.web.shown.profiles import checked, profile_choice, reason
from assistant.web.shown.uploads import files_in, folder_choice, read_files, say_problems

_WIDTHS = (38, 62)
_REPORTS = {
    "Word": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "Excel": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "网页": (".html", "text/html"),
}
_EMPTY = (
    '<div class="af-empty af-teach"><b>先选要检查的自评表：一份、几十份或整个文件夹都行。</b>'
    "<ol><li>程序按评分口径把每一分重新算一遍，核对资金、分值、得分、指标值、偏差说明和日期。</li>"
    "<li>问题按轻重排好：<i data-mark='error'>错误</i>必须改，<i data-mark='warning'>提醒</i>请看一眼，"
    "<i data-mark='note'>提示</i>是写法；每一条都写明算式和怎么改。</li>"
    "<li>点一张表，在正式版式上看问题标在哪一格；点一条规则，看哪些表犯了同样的错。</li>"
    "<li>检查报告可以下载成 Word、Excel 或网页，发给各单位。</li></ol>"
    "文件只在这台服务器上读，不会存进项目库，也不会发到别处。</div>"
)

_NOTHING_READ = (
    '<div class="af-empty">这些文件里没有读到自评表，原因见红字。换一份文件，或另存为 .docx 再试。</div>'
)
_POINTED = "check_pointed"


def page(services: Services) -> None:
    """Draws the findings of the uploaded files."""
    del services
    state.show_trouble()
    listed, opened = st.columns(_WIDTHS, gap="small")
    with listed:
        with st.container(key="check-choices", horizontal=True, vertical_alignment="bottom", gap="small"):
            chosen = profile_choice("check_profile")
            folder_choice("check_files")
        files = files_in("check_files", "要检查的自评表")
    if not files:
        with opened:
            st.html(_EMPTY)
        return
    with listed:
        forms, problems = read_files(files)
        say_problems(problems)
    if not forms:
        with opened:
            st.html(_NOTHING_READ)
        return
    with listed, st.spinner("正在检查…"):
        reports = checked(forms, chosen)
    with listed:
        _downloads(files, reports, problems)
        at, place = batch_lists(reports)
    with opened:
        if place is not None and st.session_state.get(_POINTED) != (at, place):
            here.point_at(place)
        st.session_state[_POINTED] = (at, place)
        form_view(reports[at], f"check-{at}", note=reason(reports[at].form, chosen))


def _downloads(
    files: Sequence[UploadedFile], reports: tuple[Report, ...], problems: Sequence[Problem]
) -> None:
    with st.container(key="reports", horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<div class="af-quiet">检查报告</div>', width="content")
        for label, (suffix, mime) in _REPORTS.items():
            st.download_button(
                label,
                partial(write_report, reports, suffix, problems),
                f"自评表检查报告{suffix}",
                mime,
                key=f"report{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )
        review_button(files, reports)
