"""审核: the queue of submitted forms, one opened beside it; or all of them at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd
import streamlit as st

from assistant.form.finding import Severity
from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.form.wording import NO_NAME
from assistant.library import DraftRecord
from assistant.people.transitions import STATE_NAMES, DraftState
from assistant.rules.check import Report, check_form
from assistant.services import Services
from assistant.web import state
from assistant.web.review.form import review_form
from assistant.web.shown.escape import visible

_ONE, _ALL = "逐张审核", "批次总览"
_STATES = (DraftState.SUBMITTED, DraftState.RETURNED, DraftState.APPROVED)
_EVERY_UNIT = "全部单位"
_EMPTY = (
    '<div class="af-empty af-teach"><b>还没有提交上来的表。</b>'
    "<ol><li>经办人在“起草”页点“提交”以后，表就排在这里，按待审核、退回、通过分开。</li>"
    "<li>打开一张，问题已经标在格上；在哪一格有意见，就在那一格写批注，也可以逐项打分。</li>"
    "<li>“退回”写明理由，经办人改好再提交，您能看到改了哪些格；没有问题就“通过”。</li>"
    "<li>通过的表收入项目库，作为以后起草、检索和问答的参考。</li></ol>"
    "“批次总览”把全部提交的表画成图：执行率、三种得分、各单位的进度和问题。</div>"
)
_HEAD, _ROW, _TABLE = 34, 32, 520
_KEPT_REPORTS = 512


def page(services: Services) -> None:
    """Draws what waits for review."""
    state.show_trouble()
    queue = services.library.review.queue()
    if not queue:
        st.html(_EMPTY)
        return
    with st.container(key="review-tools", horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "看什么",
            (_ONE, _ALL),
            default=_ONE,
            required=True,
            key="review_shown",
            label_visibility="collapsed",
        )
        units = sorted({unit_of(record) for record in queue})
        unit = st.selectbox(
            "单位", (_EVERY_UNIT, *units), key="review_unit", label_visibility="collapsed", width=240
        )
    of_unit = [record for record in queue if unit in (_EVERY_UNIT, unit_of(record))]
    with st.spinner("正在核对提交的表…"):
        reports = {record.id: _checked(record.form) for record in of_unit}
    if shown == _ALL:
        # Half a second for the charts, which the first page of a process need not wait for.
        from assistant.web.review.overview import overview  # noqa: PLC0415

        overview(services, of_unit, reports)
        return
    listed, opened = st.columns((34, 66), gap="small")
    with listed:
        chosen = _queue(of_unit, reports)
    with opened:
        if chosen is None:
            st.html(_none_now(of_unit))
        else:
            review_form(services, chosen, reports[chosen.id])


def unit_of(record: DraftRecord) -> str:
    """The unit that answers for a form: the one that owns the draft, else the one printed."""
    return visible(record.unit or record.form.unit) or "（未填单位）"


def _queue(queue: Sequence[DraftRecord], reports: dict[str, Report]) -> DraftRecord | None:
    """The list by state; gives the form that is opened."""
    counts = Counter(record.state for record in queue)
    wanted = st.segmented_control(
        "状态",
        _STATES,
        default=DraftState.SUBMITTED,
        required=True,
        format_func=lambda one: f"{_called(one)} {counts[one]}",
        key="review_state",
        label_visibility="collapsed",
    )
    found = [record for record in queue if record.state == wanted]
    if not found:
        return None
    rows = [_row(record, reports[record.id]) for record in found]
    chosen = st.dataframe(
        pd.DataFrame(rows, columns=["项目名称", "实施单位", "得分", "错误"]),
        key=f"review-table-{wanted}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        row_height=_ROW,
        height=min(_HEAD + _ROW * len(rows), _TABLE),
        column_config={
            "项目名称": st.column_config.TextColumn(width=190),
            "实施单位": st.column_config.TextColumn(width=120),
            "得分": st.column_config.TextColumn(width=60, alignment="right"),
            "错误": st.column_config.NumberColumn(width=45),
        },
    )
    picked = [row for row, _ in chosen.selection.cells]
    return found[picked[0] if picked and picked[0] < len(found) else 0]


def _none_now(queue: Sequence[DraftRecord]) -> str:
    """What stands where a form would be opened while none is in the chosen state: where the others are."""
    counts = Counter(record.state for record in queue)
    others = "，".join(f"“{_called(one)}”{counts[one]} 张" for one in _STATES if counts[one])
    told = f"现在有：{others}，点左上方切换。" if others else "所选单位还没有提交。"
    return f'<div class="af-empty">这里没有表了。<br>{told}</div>'


def _called(one: DraftState) -> str:
    return "待审核" if one == DraftState.SUBMITTED else STATE_NAMES[one]


def _row(record: DraftRecord, report: Report) -> list[object]:
    total = report.sheet.total_rule
    errors = sum(finding.severity == Severity.ERROR for finding in report.findings)
    score = "—" if total is None else plain(total, 2)
    return [visible(record.form.project_name) or NO_NAME, visible(record.form.unit), score, errors]


@lru_cache(maxsize=_KEPT_REPORTS)
def _checked(form: Form) -> Report:
    """The check of a form; what was submitted never changes, so it is not checked at each drawing."""
    return check_form(form)
