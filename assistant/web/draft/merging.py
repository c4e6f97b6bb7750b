"""Two people changed the same cells: three texts side by side, and the person chooses which one counts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.conversation.merging import ClashError
from assistant.form.merge import Clash, Side
from assistant.form.model import Form
from assistant.form.wording import place_name
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.escape import escape

_MINE, _THEIRS = "用我的", "用对方的"


def merge_question(services: Services, draft: str) -> None:
    """Opens the question where an edit of ``draft`` waits for it; it stays until it is answered."""
    clash = state.clash()
    if clash is not None and clash.draft == draft:
        _dialog(services, clash)


@st.dialog("两个人改了同一处", width="large", dismissible=False, icon=":material/call_merge:")
def _dialog(services: Services, clash: ClashError) -> None:
    form = services.library.draft(clash.draft).form
    base = services.library.draft(clash.draft, clash.base_version).form
    who = escape(clash.who or "另一个窗口")
    st.html(
        f'<div class="af-notice">您改表的同时，{who}也改了下面的地方。您的修改还没有写入，'
        "对方的修改没有丢；请逐处选择。其余不重叠的修改会自动合并。</div>"
    )
    picks: dict[Clash, Side] = {}
    for number, one in enumerate(clash.clashes):
        st.html(_three_ways(base if one.kind == "gone" else form, one))
        chosen = st.segmented_control(
            "用哪一个",
            (_MINE, _THEIRS),
            default=_THEIRS,
            required=True,
            key=f"pick-{clash.base_version}-{number}",
            label_visibility="collapsed",
        )
        picks[one] = "mine" if chosen == _MINE else "theirs"
    with st.container(horizontal=True, gap="small"):
        if st.button("按选择合并", key="merge", type="primary"):
            state.keep_clash(None)
            edit = services.session.edit
            state.attempt(partial(edit, clash.draft, clash.edits, clash.base_version, picks))
            st.rerun()
        if st.button("放弃我的修改", key="merge-drop"):
            state.keep_clash(None)
            st.rerun()


def _three_ways(form: Form, clash: Clash) -> str:
    gone = {"mine": "（您删去了这一行）", "theirs": "（对方删去了这一行）"}
    mine = gone["mine"] if clash.kind == "kept" else clash.mine
    theirs = gone["theirs"] if clash.kind == "gone" else clash.theirs
    cells = (("原来", clash.base), ("您的", mine), ("对方的", theirs))
    texts = "".join(f"<td>{escape(text) or '（空）'}</td>" for _, text in cells)
    heads = "".join(f"<th>{name}</th>" for name, _ in cells)
    place = escape(place_name(form, clash.location))
    return (
        f'<div class="af-quiet">{place}</div><table class="af-plain af-threeway">'
        f"<thead><tr>{heads}</tr></thead><tbody><tr>{texts}</tr></tbody></table>"
    )
