"""Taking a form away: the official .docx and .xlsx, with a friendly word while errors remain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from assistant.documents.write_docx import write_docx
from assistant.documents.write_xlsx import write_xlsx
from assistant.form.finding import Severity
from assistant.form.model import BLANK, Form
from assistant.rules.check import Report
from assistant.web.shown.gaps import is_gap

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_NAME_LENGTH = 60
_ASKED = "export_asked"


def export_menu(report: Report, key: str, *, foremost: bool = True) -> None:
    """A small menu with the files; made when they are asked for. ``key`` makes its widgets unique.

    ``foremost``: it is the main thing to do with the form.
    """
    kind: Literal["primary", "secondary"] = "primary" if foremost else "secondary"
    with st.popover("导出", icon=":material/download:", key=f"{key}-menu", type=kind):
        _files(report, key)


def ask_for_export() -> None:
    """The next drawing opens the files as a dialog, once."""
    st.session_state[_ASKED] = True


def export_dialog(report: Report, key: str) -> None:
    """The same files as a dialog, where the step 导出 was pressed."""
    if st.session_state.pop(_ASKED, False):
        st.dialog("导出")(partial(_files, report, f"{key}-dialog"))()


def _files(report: Report, key: str) -> None:
    form = report.form
    name = file_name(form)
    with st.container(key=f"{key}-files"):
        st.html(_word_before(report))
        st.download_button(
            "下载 Word（.docx）",
            partial(write_docx, form),
            f"{name}.docx",
            _DOCX,
            key=f"{key}-docx",
            on_click="ignore",
            type="primary",
            width="stretch",
        )
        st.download_button(
            "下载 Excel（.xlsx）",
            partial(write_xlsx, form),
            f"{name}.xlsx",
            _XLSX,
            key=f"{key}-xlsx",
            on_click="ignore",
            width="stretch",
        )


def forms_archive(forms: Sequence[Form]) -> bytes:
    """All forms as official .docx files in one .zip."""
    return archive((f"{file_name(form)}.docx", write_docx(form)) for form in forms)


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Named contents as one .zip; equal names are numbered."""
    out = BytesIO()
    used: Counter[str] = Counter()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, data in files:
            path = PurePath(_NOT_IN_NAMES.sub("", name))
            used[path.name] += 1
            again = f"（{used[path.name]}）" if used[path.name] > 1 else ""
            packed.writestr(f"{path.stem}{again}{path.suffix}", data)
    return out.getvalue()


def file_name(form: Form) -> str:
    """A name that every system takes: year, project and kind of form."""
    name = _NOT_IN_NAMES.sub("", form.project_name.replace(BLANK, ""))[:_NAME_LENGTH].strip(".")
    year = f"{form.year}年" if form.year and str(form.year) not in name else ""
    return f"{year}{name}绩效自评表"


def _word_before(report: Report) -> str:
    form = report.form
    errors = [finding for finding in report.findings if finding.severity == Severity.ERROR]
    gaps = sum(is_gap(form, finding) for finding in errors)
    told = []
    if len(errors) > gaps:
        told.append(f"还有 {len(errors) - gaps} 处错误，交上去很可能被退回，建议先处理（见“问题”）。")
    if gaps:
        told.append(f"还有 {gaps} 处必填的内容没有填。")
    if BLANK in form.model_dump_json():
        told.append(f"表中标着{BLANK}的地方，只有您知道该填什么。")
    if not told:
        return '<div class="af-good">检查没有发现错误，可以导出。</div>'
    return f'<div class="af-notice">{"".join(told)}现在也可以先导出看看。</div>'
