"""Targets and what became of them, over the whole library or a part of it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import streamlit as st

from assistant.form.rounding import plain
from assistant.rules.year import own_year
from assistant.services import Services
from assistant.web.escape import visible
from assistant.web.figures import BANDS, bars, by_kind
from assistant.web.profiles import checked
from assistant.web.report_view import table

_ALL = "全部"
_FIELDS = {"按二级指标": "level2", "按一级指标": "level1"}


def statistics(services: Services) -> None:
    """Draws the counts of indicators by kind and by how far they were reached."""
    stored = services.library.forms()
    years = sorted({own_year(one.form).year or 0 for one in stored} - {0}, reverse=True)
    departments = sorted({visible(one.form.department) for one in stored if one.form.department.strip()})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kind = st.selectbox("分类", list(_FIELDS), key="count_kind", width=140)
        year = st.selectbox("年度", [_ALL, *map(str, years)], key="count_year", width=95)
        department = st.selectbox("主管部门", [_ALL, *departments], key="count_department", width=260)
    forms = [
        one.form
        for one in stored
        if year in (_ALL, str(own_year(one.form).year)) and department in (_ALL, visible(one.form.department))
    ]
    reports = [checked((form,))[0] for form in forms]
    counts = by_kind(reports, _FIELDS[kind])
    if not counts:
        st.html('<div class="af-empty">没有符合条件的指标，请放宽上面的条件。</div>')
        return
    total: Counter[str] = sum(counts.values(), Counter())
    ratios = total.total() - total[BANDS[-1]]
    reached = sum(total[band] for band in BANDS[2:5])
    share = f"{100 * reached / ratios:.1f}%" if ratios else "—"
    st.html(
        f'<div class="af-quiet">{len(forms)} 张表，{total.total()} 个指标；能算出完成比例的 {ratios} 个，'
        f"其中达到目标的 {reached} 个（{share}），超过目标三成以上的 {total[BANDS[4]]} 个。</div>"
    )
    with st.container(key="view-count", height=470):
        st.html("<h3>完成值和目标相比</h3>" + bars(counts, BANDS))
        rows = [(name, *(count[band] for band in BANDS), count.total()) for name, count in counts.items()]
        st.html(table((kind.removeprefix("按"), *BANDS, "合计"), rows, "af-numbers"))
        rates = [report.sheet.execution.rate for report in reports if report.sheet.execution.rate is not None]
        if rates:
            mean = plain(100 * sum(rates, Decimal(0)) / len(rates), 2)
            st.html(f'<div class="af-quiet">预算执行率：{len(rates)} 张表，平均 {mean}%。</div>')
