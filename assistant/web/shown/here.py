"""Leading the eye: to one cell of a form, once, and to the newest turn of a conversation."""

from __future__ import annotations

import streamlit as st

from assistant.form.finding import Location
from assistant.web.shown.place import read_place, written

_HERE, _TIMES = "here", "here_times"
# Nothing but a count and words of our own is ever put into these scripts. The browser runs them each time
# that the count changes, and whenever the page is built anew; once more a moment later: tables load late.
_LEAD = (
    "<script>/*{times}*/(()=>{{const lead=()=>{{const at=({what})();let box=at?.parentElement;"
    "while(box&&!/auto|scroll/.test(getComputedStyle(box).overflowY))box=box.parentElement;"
    "if(!box)return;const own=at.getBoundingClientRect(),seen=box.getBoundingClientRect();"
    "box.scrollTop+=own.top-seen.top-{room}}};"
    "requestAnimationFrame(lead);setTimeout(lead,{late})}})()</script>"
)
# A dialog is drawn later than this arrives and grows while it opens, so the cell is waited for until it
# stands still. On a phone the form lies below what leads to it, so the page is scrolled too.
_CELL = (
    "<script>/*{times}*/(()=>{{let left=60,before=-1;const look=()=>{{"
    "const cell=document.querySelector('[data-here]'),top=cell?.getBoundingClientRect().top;"
    "if(left--&&(!cell?.offsetHeight||top!==before)){{before=top;return requestAnimationFrame(look)}}"
    "let box=cell?.parentElement;"
    "while(box&&!/auto|scroll/.test(getComputedStyle(box).overflowY))box=box.parentElement;"
    "if(!box)return;const at=cell.getBoundingClientRect(),seen=box.getBoundingClientRect();"
    "box.scrollTop+=at.top-seen.top-Math.max(0,(box.clientHeight-at.height)/2);"
    "cell.closest('[role=dialog]')&&cell.scrollIntoView({{block:'nearest'}});"
    "innerWidth<=640&&cell.scrollIntoView({{block:'center'}})}};"
    "requestAnimationFrame(look)}})()</script>"
)
# The last message, or the person's words where it is the answer to them.
_NEWEST = (
    "()=>{{const said=[...document.querySelectorAll('.st-key-{box} [data-testid=stChatMessage]')];"
    "const asked=said.at(-2);return asked?.querySelector('[data-by=user]')?asked:said.at(-1)}}"
)
_FIRST_CARD = "()=>document.querySelector('.st-key-{box} [class*=st-key-card-]')"
_OPEN_CARD = (
    "()=>document.querySelector('.st-key-{box} [data-testid=stForm]')?.closest('[class*=st-key-card-]')"
)
_BEGIN = (
    "<script>/*{times}*/(()=>{{const box=document.querySelector('.st-key-{box}');"
    "if(box)box.scrollTop=0}})()</script>"
)
_TOP = "<script>/*{times}*/document.querySelector('[data-testid=stMain]').scrollTop=0</script>"
_ROOM = 8
_LATE_MS = 150


def point_at(location: Location) -> None:
    """The next drawing of a form leads to ``location``."""
    st.session_state[_HERE] = written(location)


def pointed_at() -> Location | None:
    """Where the form being drawn is to be shown at, once; None where it stays as it is."""
    return read_place(st.session_state.pop(_HERE, ""))


def from_top(box: str, what: str) -> None:
    """Begins at the top of the container ``box`` whenever it shows something else than before."""
    kept, times = f"{_TIMES}-{box}-shown", f"{_TIMES}-{box}"
    if st.session_state.get(kept, what) != what:
        _next(times)
    st.session_state[kept] = what
    st.html(_BEGIN.format(times=st.session_state.get(times, 0), box=box), unsafe_allow_javascript=True)


def scroll() -> None:
    """Brings the marked cell into view; to be called after the form was drawn with it."""
    st.html(_CELL.format(times=_next(_TIMES)), unsafe_allow_javascript=True)


def newest_turn(box: str, *, anew: bool) -> None:
    """Brings the newest turn of the conversation in the container ``box`` into view.

    To be called at each drawing: it leads there when the page is built and whenever ``anew`` is true.
    """
    times = f"{_TIMES}-{box}"
    _draw(_NEWEST.format(box=box), _next(times) if anew else st.session_state.get(times, 0))


def top() -> None:
    """Begins at the top of the page: on a phone one that was scrolled stays so when its contents change."""
    st.html(_TOP.format(times=_next(f"{_TIMES}-top")), unsafe_allow_javascript=True)


def card(box: str, *, being_edited: bool) -> None:
    """Brings the first proposal that waits for a decision into view, or the one that is being edited."""
    what = _OPEN_CARD if being_edited else _FIRST_CARD
    _draw(what.format(box=box), _next(f"{_TIMES}-card"))


def _next(name: str) -> int:
    times: int = st.session_state.get(name, 0) + 1
    st.session_state[name] = times
    return times


def _draw(what: str, times: int) -> None:
    script = _LEAD.format(times=times, what=what, room=_ROOM, late=_LATE_MS)
    st.html(script, unsafe_allow_javascript=True)
