"""Targets and what became of them, over the whole library or a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from assistant.asking.reached import BANDS, Level, reached, reaching
from assistant.asking.records.view import View
from assistant.form.rounding import plain
from assistant.services import Services
from assistant.web.library.figures import bars
from assistant.web.shown.escape import visible
from assistant.web.shown.report import table

_ALL = "全部"
_FIELDS: Mapping[str, Level] = {"按二级指标": "level2", "按一级指标": "level1"}


def statistics(services: Services) -> None:
    """Draws the counts of indicators by kind and by how far they were reached."""
    departments = services.asker.over(_departments)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kind = st.selectbox("分类", list(_FIELDS), key="count_kind", width=140)
        year = st.selectbox("年度", [_ALL, *map(str, services.asker.years())], key="count_year", width=95)
        department = st.selectbox(
            "主管部门", [_ALL, *departments], key="count_department", width=260, format_func=visible
        )
    found = services.asker.over(
        partial(
            reached,
            level=_FIELDS[kind],
            year=None if year == _ALL else int(year),
            department="" if department == _ALL else department,
        )
    )
    if not found.kinds:
        st.html('<div class="af-empty">没有符合条件的指标，请放宽上面的条件。</div>')
        return
    whole = found.whole
    met, ratios = reaching(whole)
    share = f"{100 * met / ratios:.1f}%" if ratios else "—"
    st.html(
        f'<div class="af-quiet">{found.forms} 张表，{whole.total()} 个指标；能算出完成比例的 {ratios} 个，'
        f"其中达到目标的 {met} 个（{share}），超过目标三成以上的 {whole[BANDS[4]]} 个。</div>"
    )
    with st.container(key="view-count", height=470):
        st.html("<h3>完成值和目标相比</h3>" + bars(found.kinds, BANDS))
        rows = [
            (name, *(count[band] for band in BANDS), count.total()) for name, count in found.kinds.items()
        ]
        st.html(table((kind.removeprefix("按"), *BANDS, "合计"), rows, "af-numbers"))
        if found.mean is not None:
            mean = plain(found.mean, 2)
            st.html(f'<div class="af-quiet">预算执行率：{found.rates} 张表，平均 {mean}%。</div>')


def _departments(view: View) -> list[str]:
    return sorted({cell.text for cell in view.used("forms", "department")} - {""})
