"""Files that a person hands in: read once, and told why where they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.documents.read import Problem, ReadResult, read_bytes
from assistant.form.model import Form
from assistant.web.escape import escape, visible

_KEPT = 500
_KEPT_SECONDS = 3600


@st.cache_resource(show_spinner=False, max_entries=_KEPT, ttl=_KEPT_SECONDS)
def read_upload(data: bytes, name: str) -> ReadResult:
    """The forms in a file; the same file is not read again each time that the page is drawn."""
    return read_bytes(data, name)


def folder_choice(key: str) -> None:
    """Whether ``files_in`` of the same ``key`` asks for a folder."""
    st.toggle("整个文件夹", key=f"{key}_folder")


def files_in(key: str, label: str) -> list[UploadedFile]:
    """Many files, or a folder with all that is in it, chosen by the person."""
    if st.session_state.get(f"{key}_folder"):
        return st.file_uploader(
            f"{label}：选一个文件夹", accept_multiple_files="directory", key=f"{key}_of_folder"
        )
    return st.file_uploader(f"{label}：可以一次选多份", accept_multiple_files=True, key=key)


def read_files(files: Sequence[UploadedFile]) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """All forms in ``files``, with a bar that tells how far it is while files are read for the first time."""
    forms: list[Form] = []
    problems: list[Problem] = []
    place = st.empty()
    for number, file in enumerate(files, 1):
        if len(files) > 1:
            place.progress(number / len(files), f"正在读第 {number} 份，共 {len(files)} 份")
        result = read_upload(file.getvalue(), visible(file.name))
        forms += result.forms
        problems += result.problems
    place.empty()
    return tuple(forms), tuple(problems)


def say_problems(problems: Sequence[Problem]) -> None:
    """One line per file or part that could not be read; several are folded under their number."""
    items = "".join(f"<li><b>{escape(p.file)}</b> {escape(p.message)}</li>" for p in problems)
    if len(problems) > 1:
        head = f"有 {len(problems)} 处没有读出来，点开看是哪些文件、怎么办"
        items = f"<details><summary>{head}</summary>{items}</details>"
    if problems:
        st.html(f'<ul class="af-problems" role="alert">{items}</ul>')
