"""版本: every saved version with who, when and what; the difference of any two; an older one brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.errors import AssistantError
from assistant.form.changes import changes
from assistant.library import AuditEntry
from assistant.people.person import short_name
from assistant.people.transitions import EDITABLE
from assistant.services import Services
from assistant.web import state
from assistant.web.review.notes import when
from assistant.web.shown.escape import visible
from assistant.web.shown.text_difference import difference_table
from assistant.web.shown.trail import trail_table

_FEW = 6


@st.dialog("版本记录", width="large", icon=":material/history:")
def versions_dialog(services: Services, draft: str) -> None:
    """Draws the versions of a draft in work."""
    try:
        _versions(services, draft)
    except AssistantError as error:
        state.say_trouble(str(error))


def _versions(services: Services, draft: str) -> None:
    newest = services.library.draft(draft)
    made = made_versions(services.library.audit(f"draft:{draft}"))
    numbers = list(range(newest.versions, 0, -1))
    names = {number: _name(number, made.get(number)) for number in numbers}
    left, right = st.columns(2, gap="small")
    old = left.selectbox(
        "从", numbers, index=min(1, len(numbers) - 1), format_func=lambda n: names[n], key="version-old"
    )
    new = right.selectbox("到", numbers, format_func=lambda n: names[n], key="version-new")
    old, new = min(old, new), max(old, new)
    before, after = (services.library.draft(draft, number).form for number in (old, new))
    found = changes(before, after)
    with st.container(key="version-difference", height=260 if len(found) > _FEW else "content"):
        if found:
            st.html(difference_table(before, after, found))
        else:
            told = "这两版的内容相同。" if len(numbers) > 1 else "现在只有这一版，改动以后可以在这里比较。"
            st.html(f'<div class="af-empty">{told}</div>')
    if (
        newest.state in EDITABLE
        and old != newest.versions
        and st.button(
            f"恢复第{old}版（存为第{newest.versions + 1}版）",
            key="restore",
            icon=":material/settings_backup_restore:",
            on_click=state.action(partial(services.session.restore, draft, old, newest.version)),
        )
    ):
        st.rerun()
    with st.expander("全部记录：谁在什么时候做了什么"):
        st.html(trail_table(services.library.audit(f"draft:{draft}")))


def made_versions(entries: Sequence[AuditEntry]) -> dict[int, AuditEntry]:
    """The entry that made each version: its first one."""
    made: dict[int, AuditEntry] = {}
    for entry in entries:
        made.setdefault(entry.version, entry)
    return made


def _name(number: int, entry: AuditEntry | None) -> str:
    if entry is None:
        return f"第{number}版"
    who = f" {short_name(entry.person)}" if entry.person else ""
    return visible(f"第{number}版 {when(entry.at)}{who}：{entry.what}")
