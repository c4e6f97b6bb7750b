"""The name, the icon and the logo of every page; its styles come with the page itself (opening.py)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from assistant.web.shell.opening import TITLE

_FOLDER = Path(__file__).parent


def dress() -> None:
    """Sets title, icon and logo of the page; to be called before anything is drawn."""
    st.set_page_config(
        page_title=TITLE,
        page_icon=_read("icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(_read("logo.svg"), size="large")


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
