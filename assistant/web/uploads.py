"""Files that a person hands in: what could not be read, and why."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from assistant.documents.read import Problem
from assistant.web.escape import escape


def say_problems(problems: Iterable[Problem]) -> None:
    """One line per file or part that could not be read."""
    items = "".join(f"<li><b>{escape(p.file)}</b> {escape(p.message)}</li>" for p in problems)
    if items:
        st.html(f'<ul class="af-problems" role="alert">{items}</ul>')
