"""The drafts to go on with: opened, renamed or taken away."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import streamlit as st

from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.text import shortened
from assistant.form.wording import NO_NAME
from assistant.library import DraftSummary
from assistant.people.transitions import EDITABLE, DraftState
from assistant.services import Services
from assistant.web import state
from assistant.web.shown.clock import local
from assistant.web.shown.escape import escape
from assistant.web.shown.state_chip import state_chip

_SHOWN = 4
_HEIGHT = 190
_REMOVED, _WANTED, _MORE = "draft_removed", "draft_wanted", "drafts_all"
_RENAME, _REMOVE = "改项目名称", "删除"
_SAID = 40
_EMPTY = (
    '<div class="af-empty">这里列出您的草稿。<br>草稿每一步都自动保存，关掉网页也不会丢，'
    "下次打开从这里接着填。</div>"
)


def draft_list(services: Services) -> None:
    """Draws the drafts, the last changed first."""
    drafts = services.library.draft_summaries()
    _undo_removal(services)
    if not drafts:
        st.html(_EMPTY)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<b>继续草稿</b> <span class='af-quiet'>共 {len(drafts)} 份</span>")
        if len(drafts) > _SHOWN:
            st.space("stretch")
            st.toggle("全部列出", key=_MORE)
    if st.session_state.get(_MORE):
        wanted = st.text_input("按项目名称、单位查找", key=_WANTED, placeholder="例如：培训")
        drafts = [one for one in drafts if _matches(one, wanted)]
    else:
        drafts = drafts[:_SHOWN]
    with st.container(key="drafts", height=_HEIGHT if len(drafts) > _SHOWN else "content", gap=None):
        for draft in drafts:
            _row(services, draft)


def _matches(draft: DraftSummary, wanted: str) -> bool:
    text = f"{draft.project_name} {draft.unit} {draft.year or ''} {draft.said}"
    return all(part in text for part in wanted.split())


def _row(services: Services, draft: DraftSummary) -> None:
    with st.container(key=f"draft-{draft.id}", horizontal=True, vertical_alignment="center", gap="small"):
        # A button's label is Markdown, so a name that somebody typed never becomes one.
        st.html(_told(draft, datetime.now().astimezone()), width="stretch")
        st.button(
            "继续" if draft.state in EDITABLE else "查看",
            key=f"go-{draft.id}",
            on_click=state.keep_draft,
            args=(draft.id,),
        )
        chosen = st.menu_button("更多", (_RENAME, _REMOVE), key=f"more-{draft.id}", type="tertiary")
    if chosen == _REMOVE:
        state.attempt(partial(services.library.remove_draft, draft.id))
        st.session_state[_REMOVED] = draft.id
        st.rerun()
    elif chosen == _RENAME:
        st.dialog("改项目名称")(partial(_rename, services, draft))()


def _told(draft: DraftSummary, now: datetime) -> str:
    at = local(draft.saved_at)
    shown = f"{at:%H:%M}" if at.date() == now.astimezone(at.tzinfo).date() else f"{at:%Y-%m-%d}"
    year = f"{draft.year}年 · " if draft.year and str(draft.year) not in draft.project_name else ""
    unit = f" · {escape(draft.unit)}" if draft.unit else ""
    name = f'<div class="af-draftname">{_name(draft)}</div>'
    state = f"{state_chip(draft.state)} " if draft.state != DraftState.DRAFT else ""
    # The unit, which may be long, comes last: what does not fit is left out at the end.
    return f'<div class="af-draft">{name}<div class="af-quiet">{state}{year}{shown} 保存{unit}</div></div>'


def _name(draft: DraftSummary) -> str:
    if draft.project_name:
        return escape(draft.project_name)
    # Drafts without a name are told apart by how their conversations began.
    said = shortened(draft.said, _SAID)
    return f"{escape(f'“{said}”') if said else ''}<i>{NO_NAME}</i>"


def _rename(services: Services, draft: DraftSummary) -> None:
    name = st.text_input("项目名称", draft.project_name, key=f"name-{draft.id}", max_chars=200)
    if st.button("保存", key=f"rename-{draft.id}", type="primary") and name.strip():
        place = Location(section="header", field="project_name")
        edit = Edit(location=place, old=draft.project_name, new=name.strip())
        state.attempt(partial(services.session.edit, draft.id, (edit,), draft.version))
        st.rerun()


def _undo_removal(services: Services) -> None:
    removed = st.session_state.get(_REMOVED)
    if removed is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<div class="af-quiet">已删除一份草稿。</div>')
        if st.button("恢复", key="restore-draft", icon=":material/undo:"):
            state.attempt(partial(services.library.restore_draft, removed))
            del st.session_state[_REMOVED]
            st.rerun()
