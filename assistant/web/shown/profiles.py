"""Choosing the scoring profile, with the reason of what is chosen where nobody does."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from assistant.form.model import Form
from assistant.rules.check import Report, check_forms
from assistant.rules.profile import COST_PROFILE, load_profile, profile_for, profile_ids
from assistant.web.shown.escape import escape

BY_FORM = ""
"""The choice that leaves the profile to each form's own layout."""
_KEPT = 64


def profile_choice(key: str) -> str:
    """The id of the profile that the person chose; ``BY_FORM`` for none."""
    names = {BY_FORM: "按每张表的版式自动选择"} | {one: load_profile(one).name for one in profile_ids()}
    return st.selectbox("评分口径", list(names), format_func=lambda one: names[one], key=key)


def reason(form: Form, chosen: str) -> str:
    """Why the form was scored by its profile, in one sentence, as HTML."""
    if chosen:
        profile = load_profile(chosen)
        return f"口径：{escape(profile.title)}，是您选的。"
    profile = profile_for(form)
    has = "有" if profile.id == COST_PROFILE else "没有"
    return f"口径：{escape(profile.title)}，因为一级指标里{has}“成本指标”。"


@lru_cache(maxsize=_KEPT)
def checked(forms: tuple[Form, ...], profile: str = BY_FORM) -> tuple[Report, ...]:
    """The reports of a batch; the same forms are not checked again each time that the page is drawn."""
    return tuple(check_forms(forms, load_profile(profile) if profile else None))
