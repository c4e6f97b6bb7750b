"""The past forms as a list with filters; one opened, begun anew from, or many taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assistant.conversation.rollover import next_year
from assistant.library import StoredForm
from assistant.library.past_forms import APPROVED
from assistant.rules.year import own_year
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.escape import escape, visible
from assistant.web.shown.export import forms_archive
from assistant.web.shown.form import form_view
from assistant.web.shown.profiles import checked, reason

_OPENED, _LIST = "library_form", "library-table"
_ALL = "全部"
_WIDTHS = (38, 62)
_ZIP = "application/zip"
_STATES = {
    "approved": "通过",
    "returned": "退回",
    "submitted": "待审核",
    "draft": "草稿",
    "withdrawn": "停用",
}
_NOT_USED = "不作为起草和问答的依据"
_CHOOSE = (
    '<div class="af-empty">点一张表，这里按正式版式显示，并逐项列出得分的算法和问题；'
    "也可以“滚动到新一年”，把它变成今年要填的表。</div>"
)


def open_form(number: int) -> None:
    """Makes ``number`` the form that is opened beside the list."""
    st.session_state[_OPENED] = number


def browse(services: Services) -> None:
    """Draws the list and the opened form."""
    stored, states = services.library.forms(), services.library.form_states()
    listed, opened = st.columns(_WIDTHS, gap="small")
    with listed:
        found = _filtered(stored, states)
        _list(found, states)
        _take_away(found)
    with opened:
        number = st.session_state.get(_OPENED)
        one = next((one for one in stored if one.number == number), None)
        if one is None:
            missing = f'<div class="af-quiet">库里没有第{number}号表。</div>' if number else ""
            st.html(missing + _CHOOSE)
            return
        report = checked((one.form,))[0]
        state_now = states.get(one.number, one.state)
        note = f"{_chip(state_now)} 第{number}号表。{reason(one.form, '')}"
        # What may not be leaned on is no beginning either.
        begin = partial(_begin, services, one) if state_now == APPROVED else None
        form_view(report, f"library-{number}", note, begin)


def _chip(state_now: str) -> str:
    """A form's state as a small coloured label; with what follows from it, where it may not be leaned on."""
    told = "" if state_now == APPROVED else f"（{_NOT_USED}）"
    return (
        f'<span class="af-state" data-state="{escape(state_now)}">{_STATES.get(state_now, "")}</span>{told}'
    )


def _filtered(stored: Sequence[StoredForm], states: Mapping[int, str]) -> list[StoredForm]:
    years = {own_year(one.form).year for one in stored}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input("查找", key="library_filter", placeholder="项目名称、单位或编号")
        year = st.selectbox(
            "年度",
            [_ALL, *(str(one) for one in sorted((y for y in years if y), reverse=True))],
            key="library_year",
            width=95,
        )
        there = [name for key, name in _STATES.items() if key in set(states.values())]
        standing = st.selectbox("状态", [_ALL, *there], key="library_state", width=95)
    with st.container(horizontal=True, gap="small"):
        department = _choice("主管部门", (one.form.department for one in stored), "library_department")
        unit = _choice("实施单位", (one.form.unit for one in stored), "library_unit")
    return [
        one
        for one in stored
        if _matches(one, words)
        and standing in (_ALL, _STATES.get(states.get(one.number, one.state)))
        and year in (_ALL, str(own_year(one.form).year))
        and department in (_ALL, visible(one.form.department))
        and unit in (_ALL, visible(one.form.unit))
    ]


def _choice(label: str, texts: Iterable[str], key: str) -> str:
    return st.selectbox(label, [_ALL, *sorted({visible(text) for text in texts if text.strip()})], key=key)


def _matches(one: StoredForm, wanted: str) -> bool:
    form = one.form
    text = f"{one.number} {form.project_name} {form.unit} {form.department} {form.year or ''}"
    return all(part in text for part in wanted.split())


def _list(found: Sequence[StoredForm], states: Mapping[int, str]) -> None:
    if not found:
        st.html('<div class="af-quiet">没有符合条件的表，请放宽上面的条件。</div>')
        return
    st.html(f'<div class="af-quiet">共 {len(found)} 张，点一行打开</div>')
    frame = pd.DataFrame(
        [
            [
                one.number,
                visible(one.form.project_name),
                visible(one.form.unit),
                own_year(one.form).year,
                _STATES.get(states.get(one.number, one.state), ""),
            ]
            for one in found
        ],
        columns=["编号", "项目名称", "实施单位", "年度", "状态"],
    )
    key = f"{_LIST}-{hash(tuple(one.number for one in found))}"
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select=partial(_opened, key, [one.number for one in found]),
        selection_mode="single-cell",
        height=420,
        column_config={
            "编号": st.column_config.NumberColumn(width=45),
            "项目名称": st.column_config.TextColumn(width=195),
            "实施单位": st.column_config.TextColumn(width=140),
            "年度": st.column_config.NumberColumn(width=55, format="%d"),
            "状态": st.column_config.TextColumn(width=60),
        },
    )


def _opened(key: str, numbers: Sequence[int]) -> None:
    rows = [row for row, _ in st.session_state[key].selection.cells]
    if rows and rows[0] < len(numbers):
        open_form(numbers[rows[0]])


def _take_away(found: Sequence[StoredForm]) -> None:
    if found:
        st.download_button(
            f"把列出的 {len(found)} 张导出（.zip）",
            partial(forms_archive, [one.form for one in found]),
            "往年自评表.zip",
            _ZIP,
            key="library-zip",
            on_click="ignore",
            icon=":material/folder_zip:",
        )


def _begin(services: Services, one: StoredForm) -> None:
    if st.button("滚动到新一年", key="library-roll", icon=":material/event_repeat:"):
        view = state.attempt(lambda: services.session.begin(next_year(one.form)))
        if view is not None:
            state.keep_draft(view.id)
            state.to_drafting()
