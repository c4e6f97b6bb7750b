"""Review copies of uploaded files: the findings as comments at their cells, in the person's own document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.documents.review import reviewed_file
from assistant.rules.check import Report
from assistant.web.shown.escape import visible
from assistant.web.shown.export import archive
from assistant.web.shown.uploads import read_upload

_ZIP = "application/zip"


def review_button(files: Sequence[UploadedFile], reports: Sequence[Report]) -> None:
    """The button that hands out all review copies, written when it is pressed."""
    st.download_button(
        "批注稿",
        partial(review_copies, [(file.name, file.getvalue()) for file in files], reports),
        "批注稿.zip",
        _ZIP,
        key="review-copies",
        on_click="ignore",
        icon=":material/rate_review:",
        help="每份文件一份 Word，问题写成批注，标在所在的格上",
    )


def review_copies(files: Sequence[tuple[str, bytes]], reports: Sequence[Report]) -> bytes:
    """One .zip with the commented documents of all files; ``reports`` as they were read."""
    return archive(_commented(files, reports))


def _commented(files: Sequence[tuple[str, bytes]], reports: Sequence[Report]) -> Iterator[tuple[str, bytes]]:
    at = 0
    for name, data in files:
        count = len(read_upload(data, visible(name)).forms)
        checked = [(report.form, report.findings) for report in reports[at : at + count]]
        at += count
        for document in reviewed_file(data, checked) if checked else []:
            yield f"{PurePath(visible(name)).stem}（批注）.docx", document
