"""Header, goals and total as fields; each is saved as soon as it is left."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.conversation.session import DraftView
from assistant.errors import ConflictError
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.wording import FIELD_NAMES
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.place import written

_LONG = 110
_MAX = 4000


def text_fields(services: Services, view: DraftView) -> None:
    """Draws the fields; a press of Tab or a click elsewhere saves the one that was changed."""
    with st.container(key="texts"):
        _fields(services, view)


def _fields(services: Services, view: DraftView) -> None:
    header = ["project_name", "department", "unit", "year_line", "title"]
    if view.form.template == "transfer":
        header.insert(1, "central_department")
    st.html('<div class="af-quiet">改完点别处或按 Tab 键即保存，不用另按“保存”。</div>')
    if view.form.grade:
        header.append("grade")
    left, right = st.columns(2, gap="small")
    for number, field in enumerate(header):
        with left if number % 2 == 0 else right:
            _field(services, view, Location(section="header", field=field), _label(field))
    _field(services, view, Location(section="goal", field="expected"), "年度总体目标：预期目标", long=True)
    _field(services, view, Location(section="goal", field="actual"), "年度总体目标：实际完成情况", long=True)
    if view.form.template == "project":
        place = Location(section="total", field="note")
        _field(services, view, place, "总分一行的说明（如预算执行率低的原因）", long=True)
    _field(services, view, Location(section="header", field="remark"), "说明", long=True)


def _label(field: str) -> str:
    return "标题" if field == "title" else FIELD_NAMES[field]


def _field(services: Services, view: DraftView, place: Location, label: str, *, long: bool = False) -> None:
    """One field under one key for as long as the draft is open, so that typing on is never interrupted."""
    key, seen = _keys(view.id, place)
    stored = read_cell(view.form, place)
    if key not in st.session_state or st.session_state.get(seen) != stored:
        st.session_state[key] = st.session_state[seen] = stored
    save = partial(_save, services, view.id, place)
    if long:
        st.text_area(label, key=key, max_chars=_MAX, on_change=save, height=_LONG)
    else:
        st.text_input(label, key=key, max_chars=_MAX, on_change=save)


def _save(services: Services, draft: str, place: Location) -> None:
    key, seen = _keys(draft, place)
    text, before = str(st.session_state[key] or ""), st.session_state[seen]

    def save() -> None:
        record = services.library.draft(draft)
        stored = read_cell(record.form, place)
        if stored not in (before, text):
            raise ConflictError(
                f"“{_label(place.field)}”刚被改成“{stored}”，您写的“{text}”没有覆盖它；请核对后再改。"
            )
        services.session.edit(draft, (Edit(location=place, old=stored, new=text),), record.version)
        st.session_state[seen] = text

    state.attempt(save)


def _keys(draft: str, place: Location) -> tuple[str, str]:
    key = f"text-{draft}-{written(place)}"
    return key, f"{key}-seen"
