"""The looks of every page: style, icon, logo, and the words that Streamlit brings, in Chinese."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from assistant.web.opening import TITLE

_FOLDER = Path(__file__).parent


def dress() -> None:
    """Sets title, icon, logo, style and language of the page; to be called before anything is drawn."""
    st.set_page_config(
        page_title=TITLE,
        page_icon=_read("icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(f"<style>{_styles()}</style>")
    # Our own files and nothing else: no text of a form or a model ever becomes a script.
    st.html(f"<script>{_read('chinese.js')}{_read('links.js')}</script>", unsafe_allow_javascript=True)
    st.logo(_read("logo.svg"), size="large")


@cache
def _styles() -> str:
    """All style files of the folder; the general one comes first, so that the others may refine it."""
    files = sorted(_FOLDER.glob("*.css"), key=lambda path: (path.name != "style.css", path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
