"""Files that a person hands in: read once, and told why where they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.documents.read import Problem, ReadResult, read_bytes
from assistant.form.model import Form
from assistant.web.shown.escape import escape, visible

_KEPT = 500
_KEPT_SECONDS = 3600
_FEW = 3


@st.cache_resource(show_spinner=False, max_entries=_KEPT, ttl=_KEPT_SECONDS)
def read_upload(data: bytes, name: str) -> ReadResult:
    """The forms in a file; the same file is not read again each time that the page is drawn."""
    return read_bytes(data, name)


def folder_choice(key: str) -> None:
    """Whether ``files_in`` of the same ``key`` asks for a folder; a new beginning where files were given."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.toggle("整个文件夹", key=f"{key}_folder")
        if st.session_state.get(_uploader(key)):
            st.button(
                "换一批",
                key=f"{key}_anew",
                on_click=_begin_anew,
                args=(key,),
                type="tertiary",
                icon=":material/restart_alt:",
            )


def files_in(key: str, label: str) -> list[UploadedFile]:
    """Many files, or a folder with all that is in it, chosen by the person."""
    uploader = _uploader(key)
    if st.session_state.get(f"{key}_folder"):
        return st.file_uploader(f"{label}：选一个文件夹", accept_multiple_files="directory", key=uploader)
    return st.file_uploader(f"{label}：可以一次选多份", accept_multiple_files=True, key=uploader)


def _uploader(key: str) -> str:
    """The key of the uploader that is shown; another one, and so an empty one, after each new beginning."""
    kind = "_of_folder" if st.session_state.get(f"{key}_folder") else ""
    times = st.session_state.get(f"{key}_times", 0)
    return f"{key}{kind}" + (f"_{times}" if times else "")


def _begin_anew(key: str) -> None:
    st.session_state[f"{key}_times"] = st.session_state.get(f"{key}_times", 0) + 1


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
    """One line per file or part that could not be read; many are folded under their number."""
    items = "".join(f"<li><b>{escape(p.file)}</b> {escape(p.message)}</li>" for p in problems)
    if len(problems) > _FEW:
        head = f"有 {len(problems)} 处没有读出来，点开看是哪些文件、怎么办"
        items = f"<details><summary>{head}</summary>{items}</details>"
    if problems:
        st.html(f'<ul class="af-problems" role="alert">{items}</ul>')
