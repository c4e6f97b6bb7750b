"""检查: files in, findings and score sheets out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assistant.documents.read import Problem
from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES
from assistant.reporting import write_report
from assistant.rules.check import Report, check_forms
from assistant.services import Services
from assistant.web import state
from assistant.web.escape import visible
from assistant.web.form_view import form_view
from assistant.web.uploads import read_upload, say_problems

_HEAD, _ROW, _TABLE = 38, 35, 390
_REPORTS = {
    "检查报告 Word": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "检查报告 Excel": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def page(services: Services) -> None:
    """Draws the findings of the uploaded files."""
    del services
    state.show_trouble()
    listed, opened = st.columns((38, 62), gap="small")
    with listed:
        files = st.file_uploader(
            "上传要检查的自评表（可多选）", accept_multiple_files=True, key="check_files"
        )
    if not files:
        with opened:
            st.html(
                '<div class="af-empty">把 Word、Excel 或文本格式的自评表拖到左边，可以一次放多份。'
                "助手逐张核对资金、分值、得分、指标值、偏差说明和日期，每个问题都写明算式和改法。</div>"
            )
        return
    with listed, st.spinner("正在读取和检查…"):
        forms, problems = _read([(file.name, file.getvalue()) for file in files])
        reports = check_forms(forms)
        say_problems(problems)
    if reports:
        with listed:
            chosen = _overview(reports)
        with opened:
            form_view(reports[chosen], f"check-{chosen}")


def _read(files: Sequence[tuple[str, bytes]]) -> tuple[list[Form], list[Problem]]:
    forms: list[Form] = []
    problems: list[Problem] = []
    for name, data in files:
        result = read_upload(data, name)
        forms += result.forms
        problems += result.problems
    return forms, problems


def _overview(reports: list[Report]) -> int:
    """All forms with the number of their findings; gives the one that is opened."""
    rows = []
    for report in reports:
        counts = Counter(finding.severity for finding in report.findings)
        total = report.sheet.total_rule
        score = "—" if total is None else plain(total, 2)
        rows.append([visible(report.form.project_name), score, *(counts[severity] for severity in Severity)])
    columns = ["项目名称", "得分", *SEVERITY_NAMES.values()]
    chosen = st.dataframe(
        pd.DataFrame(rows, columns=columns),
        key="check-table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=min(_HEAD + _ROW * len(rows), _TABLE),
        column_config={"项目名称": st.column_config.TextColumn(width=220)},
    )
    with st.container(horizontal=True):
        for label, (suffix, mime) in _REPORTS.items():
            st.download_button(
                label,
                partial(write_report, reports, suffix),
                f"自评表检查报告{suffix}",
                mime,
                key=f"report{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )
    picked = [row for row, _ in chosen.selection.cells]
    return picked[0] if picked and picked[0] < len(reports) else 0
