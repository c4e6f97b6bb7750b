"""Leading the eye to one cell: the next drawing marks it and scrolls it into view, once."""

from __future__ import annotations

import streamlit as st

from assistant.form.finding import Location
from assistant.web.place import read_place, written

_HERE, _TIMES = "here", "here_times"
# Nothing but a count is ever put into this script; the count makes the browser run it each time. A dialog is
# drawn later than this arrives and grows while it opens, so the cell is waited for until it stands still.
_SCROLL = (
    "<script>/*{times}*/(()=>{{let left=60,before=-1;const look=()=>{{"
    "const cell=document.querySelector('[data-here]'),top=cell?.getBoundingClientRect().top;"
    "if(left--&&(!cell?.offsetHeight||top!==before)){{before=top;return requestAnimationFrame(look)}}"
    "let box=cell?.parentElement;"
    "while(box&&!/auto|scroll/.test(getComputedStyle(box).overflowY))box=box.parentElement;"
    "if(!box)return;const at=cell.getBoundingClientRect(),seen=box.getBoundingClientRect();"
    "box.scrollTop+=at.top-seen.top-Math.max(0,(box.clientHeight-at.height)/2);"
    "cell.closest('[role=dialog]')&&cell.scrollIntoView({{block:'nearest'}})}};"
    "requestAnimationFrame(look)}})()</script>"
)


def point_at(location: Location) -> None:
    """The next drawing of a form leads to ``location``."""
    st.session_state[_HERE] = written(location)


def pointed_at() -> Location | None:
    """Where the form being drawn is to be shown at, once; None where it stays as it is."""
    return read_place(st.session_state.pop(_HERE, ""))


def scroll() -> None:
    """Brings the marked cell into view; to be called after the form was drawn with it."""
    times = st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.html(_SCROLL.format(times=times), unsafe_allow_javascript=True)
