"""The scoring profiles with the source of every number, and what is left to people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.rules.catalogue import NOT_CHECKED
from assistant.rules.profile import load_profile, profile_ids
from assistant.web.rules.profile_table import HEAD, setting_rows
from assistant.web.shown.escape import escape
from assistant.web.shown.report import table


def profiles() -> None:
    """Draws the parameters of one scoring profile with their sources."""
    names = {one: load_profile(one).name for one in profile_ids()}
    chosen = st.selectbox("评分口径", list(names), format_func=lambda one: names[one], key="profile_shown")
    profile = load_profile(chosen)
    unread = sum(row[-1] == "未核对" for row in setting_rows(profile))
    st.html(
        f'<div class="af-quiet">{escape(profile.region)}，{escape(profile.document)}（{escape(chosen)}）。'
        "没有指定口径时，一级指标里有“成本指标”的表用“全国通用（成本为一级指标）”，其余用“全国通用（成本在产出之下）”。"
        f"其中 {unread} 项没有核对过印发的原文，本地另有规定的以本地规定为准。</div>"
    )
    with st.container(key="view-profile", height=500):
        st.html(table(HEAD, setting_rows(profile), "af-settings"))


def not_checked() -> None:
    """Draws what no rule decides, for the catalogue and for each profile."""
    with st.container(key="manual"):
        st.html(_points("需要人判断，或者需要表以外的材料", NOT_CHECKED))
        for one in profile_ids():
            profile = load_profile(one)
            if profile.not_checked:
                st.html(_points(f"口径“{profile.name}”中另有", profile.not_checked))


def _points(heading: str, texts: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<h3>{escape(heading)}</h3><ul>{items}</ul>"
