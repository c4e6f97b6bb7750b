"""A past form looked at over the page that cites it: ``?look=9&at=indicators-10`` opens it at that cell.

Links to past forms carry their address in 项目库, for a new window or to be kept; pressed, they only add
these two to the address of the page (links.js): closing or going back leads to where the person was.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.rules.check import check_form
from assistant.services import Services
from assistant.web import state
from assistant.web.shown import here
from assistant.web.shown.escape import escape
from assistant.web.shown.form import form_view
from assistant.web.shown.place import form_address, form_number, read_place

_LOOK, _AT = "look", "at"


def look(services: Services) -> None:
    """Opens the form that the address names; to be called after the page was drawn."""
    wanted, at = st.query_params.get(_LOOK, ""), st.query_params.get(_AT, "")
    number = form_number(wanted)
    if number is None or state.clash() is not None:
        return
    if place := read_place(at):
        here.point_at(place)
    opened = st.dialog(
        f"项目库第{number}号表", width="large", icon=":material/find_in_page:", on_dismiss=_leave
    )
    opened(partial(_form, services, number, at))()


def _form(services: Services, number: int, at: str) -> None:
    with state.guarded():
        form = services.library.form(number).form
        place = read_place(at)
        link = f'<a data-goto="1" href="{escape(form_address(number, place))}">在项目库中打开</a>'
        st.html(
            f'<div class="af-quiet"><b>{escape(form.project_name)}</b> · {escape(form.unit)} · {link}</div>'
        )
        form_view(check_form(form), f"look-{number}")


def _leave() -> None:
    for name in (_LOOK, _AT):
        if name in st.query_params:
            del st.query_params[name]
