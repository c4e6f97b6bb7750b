"""项目库: past forms to browse, filter and open, and a search over their indicators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from assistant.form.wording import FIELD_NAMES
from assistant.library import StoredForm
from assistant.rules.check import check_form
from assistant.rules.year import own_year
from assistant.services import Services
from assistant.web import state
from assistant.web.escape import escape, visible
from assistant.web.form_table import Place
from assistant.web.form_view import form_view
from assistant.web.report_view import table
from vectorstore.index import Filters, Hit

_FORMS, _INDICATORS = "往年的表", "查相似指标"
_HITS = 15
_LEVELS = (
    "全部",
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "满意度指标",
)


def page(services: Services) -> None:
    """Draws the library; one form opened where a row is chosen."""
    state.show_trouble()
    shown = st.segmented_control(
        "看什么",
        (_FORMS, _INDICATORS),
        default=_FORMS,
        required=True,
        key="library_shown",
        label_visibility="collapsed",
    )
    if shown == _INDICATORS:
        _search(services)
        return
    stored = services.library.forms()
    if not stored:
        st.html('<div class="af-empty">项目库里还没有表。请用终端命令 import 导入往年的自评表。</div>')
        return
    _browse(stored)


def _browse(stored: list[StoredForm]) -> None:
    listed, opened = st.columns((38, 62), gap="small")
    with listed:
        wanted = st.text_input("按项目名称、单位筛选", key="library_filter", placeholder="例如：培训")
        found = [one for one in stored if _matches(one, wanted)]
        st.html(f'<div class="af-quiet">共 {len(found)} 张，点一行打开</div>')
        if not found:
            return
        frame = pd.DataFrame(
            [
                [one.number, visible(one.form.project_name), visible(one.form.unit), own_year(one.form).year]
                for one in found
            ],
            columns=["编号", "项目名称", "实施单位", "年度"],
        )
        chosen = st.dataframe(
            frame,
            key=f"library-table-{wanted}",
            hide_index=True,
            on_select="rerun",
            selection_mode="single-cell",
            height=540,
            column_config={
                "编号": st.column_config.NumberColumn(width=45),
                "项目名称": st.column_config.TextColumn(width=225),
                "实施单位": st.column_config.TextColumn(width=165),
                "年度": st.column_config.NumberColumn(width=55, format="%d"),
            },
        )
    rows = [row for row, _ in chosen.selection.cells]
    linked = None if rows else _linked(stored)
    with opened:
        if linked is not None:
            form_view(check_form(linked.form), f"library-{linked.number}", _linked_cell())
            return
        if not rows or rows[0] >= len(found):
            st.html(
                '<div class="af-empty">在左边选一张表，这里按正式版式显示，并逐项列出得分的算法和问题。</div>'
            )
            return
        form_view(check_form(found[rows[0]].form), f"library-{found[rows[0]].number}")


def _linked(stored: list[StoredForm]) -> StoredForm | None:
    """The form that the page's address names (an answer of 问答 leads here)."""
    wanted = st.query_params.get("form", "")
    return next((one for one in stored if str(one.number) == wanted), None)


def _linked_cell() -> Place | None:
    """The cell of it that the address names."""
    section, row = st.query_params.get("section", ""), st.query_params.get("row", "")
    if not section:
        return None
    return section, int(row) if row.isdecimal() else None, st.query_params.get("field", "")


def _matches(one: StoredForm, wanted: str) -> bool:
    form = one.form
    text = f"{one.number} {form.project_name} {form.unit} {form.department} {form.year or ''}"
    return all(part in text for part in wanted.split())


def _search(services: Services) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = st.text_input("要找什么指标", key="library_query", placeholder="例如：培训学员满意度")
        level = st.selectbox("二级指标", _LEVELS, key="library_level", width=160)
    if not query.strip():
        st.html(
            '<div class="af-empty">输入指标名称或一句话，例如“培训人数”“资金及时拨付”“企业满意”，'
            "列出往年相似的指标。</div>"
        )
        return
    filters = Filters(level2="" if level == _LEVELS[0] else level.removesuffix("指标"))
    hits = services.library.search(query, _HITS, filters)
    if not hits:
        st.html(f'<div class="af-empty">没有找到与“{escape(query)}”相似的往年指标，换个说法试试。</div>')
        return
    head = (
        "相似度",
        "二级指标",
        "三级指标",
        *(FIELD_NAMES[name] for name in ("target", "actual")),
        "得分",
        "出处",
        "为什么",
    )
    st.html(table(head, (_hit_row(hit) for hit in hits), "af-hits"))


def _hit_row(hit: Hit) -> tuple[str, ...]:
    row = hit.row
    year = f"{row.year}年 " if row.year and str(row.year) not in row.project_name else ""
    source = f"{year}{row.project_name}（{row.unit}，第{row.form}号第{row.row}行）"
    score = f"{row.score}/{row.weight}" if row.score and row.weight else row.score
    return (f"{hit.score:.0%}", row.level2, row.indicator, row.target, row.actual, score, source, hit.why)
