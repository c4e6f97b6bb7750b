"""项目库: past forms to browse, compare, search, count, bring in and take away."""

from __future__ import annotations

import streamlit as st

from assistant.services import Services
from assistant.web import state
from assistant.web.library.bring_in import bring_in
from assistant.web.library.browse import browse, open_form
from assistant.web.library.compare import compare
from assistant.web.library.search import search
from assistant.web.library.statistics import statistics
from assistant.web.shown import here
from assistant.web.shown.place import form_number, read_place

_BROWSE, _COMPARE, _SEARCH, _COUNT, _IMPORT = "往年的表", "两表对比", "查相似指标", "指标统计", "导入"
_SHOWN, _SEEN = "library_shown", "library_address"
_EMPTY = (
    '<div class="af-empty af-teach"><b>项目库里还没有表。</b><br>把往年的自评表（Word、Excel、PDF 或文本）'
    "导进来，起草时就能按它们提建议，问答也以它们为准。到“导入”里选文件即可。</div>"
)


def page(services: Services) -> None:
    """Draws one of the library's views; ``?form=5&at=indicators-3`` opens that form at that cell."""
    state.show_trouble()
    _follow_address()
    st.session_state.setdefault(_SHOWN, _BROWSE)
    shown = st.segmented_control(
        "看什么",
        (_BROWSE, _COMPARE, _SEARCH, _COUNT, _IMPORT),
        required=True,
        key=_SHOWN,
        label_visibility="collapsed",
    )
    if shown == _IMPORT:
        bring_in(services)
        return
    if shown in (_SEARCH, _COUNT) and services.asker.knows_any():
        {_SEARCH: search, _COUNT: statistics}[shown](services)
        return
    if not services.library.forms():
        st.html(_EMPTY)
        return
    {_BROWSE: browse, _COMPARE: compare, _SEARCH: search, _COUNT: statistics}[shown or _BROWSE](services)


def _follow_address() -> None:
    """Opens what a link names, once: afterwards the person goes where they like."""
    form, at = st.query_params.get("form", ""), st.query_params.get("at", "")
    if not form or st.session_state.get(_SEEN) == (form, at):
        return
    st.session_state[_SEEN] = (form, at)
    if (number := form_number(form)) is not None:
        st.session_state[_SHOWN] = _BROWSE
        open_form(number)
        if place := read_place(at):
            here.point_at(place)
