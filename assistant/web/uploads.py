"""Files that a person hands in: read once, and told why where they cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from assistant.documents.read import Problem, ReadResult, read_bytes
from assistant.web.escape import escape

_KEPT = 200
_KEPT_SECONDS = 3600


@st.cache_data(show_spinner=False, max_entries=_KEPT, ttl=_KEPT_SECONDS)
def read_upload(data: bytes, name: str) -> ReadResult:
    """The forms in a file; the same file is not read again each time that the page is drawn."""
    return read_bytes(data, name)


def say_problems(problems: Iterable[Problem]) -> None:
    """One line per file or part that could not be read."""
    items = "".join(f"<li><b>{escape(p.file)}</b> {escape(p.message)}</li>" for p in problems)
    if items:
        st.html(f'<ul class="af-problems" role="alert">{items}</ul>')
