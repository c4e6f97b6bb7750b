"""问题本: saved questions, asked again over the forms of any year, with what changed since."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.asking.notebook import asked_again, difference
from assistant.asking.records.permitted import Permitted
from assistant.library.questions import SavedQuestion
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.escape import escape

_ALL = 0


def notebook(services: Services) -> None:
    """Draws the saved questions with their answers of then and of now."""
    saved = services.library.questions.saved()
    if not saved:
        st.html(
            '<div class="af-empty">问题本还是空的。在回答下面点“存入问题本”，'
            "明年的表导入以后可以在这里按年度重新计算，并看出与保存时的差别。</div>"
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            "用哪一年的表",
            [_ALL, *services.asker.years()],
            key="notebook_year",
            width=200,
            format_func=_year_name,
        )
        run = st.button("全部重新计算", key="notebook-run", type="primary", icon=":material/refresh:")
    for one in saved:
        _entry(services, one, year, again=run)


def _year_name(year: int) -> str:
    return f"{year}年" if year else "全部年度"


def _entry(services: Services, saved: SavedQuestion, year: int, *, again: bool) -> None:
    with st.container(border=True):
        st.html(
            f'<div class="af-said"><b>{escape(saved.question)}</b></div>'
            f'<div class="af-quiet">{saved.at.astimezone():%Y-%m-%d} 保存时：'
            f"{escape(saved.answer.get('answer', ''))}</div>"
        )
        with st.container(horizontal=True, gap="small"):
            one = st.button("重新计算", key=f"again-{saved.id}", icon=":material/refresh:")
            forgetting = partial(services.library.questions.forget, saved.id)
            st.button("移出问题本", key=f"forget-{saved.id}", on_click=state.action(forgetting))
        if one or again:
            state.attempt(partial(_asked_again, services, saved, year))


def _asked_again(services: Services, saved: SavedQuestion, year: int) -> None:
    permitted = Permitted(years=frozenset((year,)) if year else None)
    answer = asked_again(saved, services.asker, permitted).answer
    changed = difference(saved.answer, answer)
    st.html(f'<div class="af-said">{_year_name(year)}：{escape(answer.answer)}</div>')
    if not changed.lines:
        st.html('<div class="af-quiet">与保存时相同。</div>')
        return
    lines = "".join(f"<li>{escape(line)}</li>" for line in changed.lines)
    st.html(f'<div class="af-quiet">与保存时的差别</div><ul class="af-sums">{lines}</ul>')
