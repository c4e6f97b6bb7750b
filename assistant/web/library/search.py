"""A search over past indicators in one's own words, narrowed by facets."""

from __future__ import annotations

import streamlit as st

from assistant.asking.records.view import View
from assistant.form.finding import Location
from assistant.form.wording import FIELD_NAMES
from assistant.library import PastSeries
from assistant.services import Services
from assistant.web.shown.escape import escape, visible
from assistant.web.shown.place import form_address
from assistant.web.shown.report import linked_table
from assistant.web.shown.spread_plot import Spread, spread_plot
from vectorstore.facets import Facets
from vectorstore.index import Filters, Hit

_ALL = "全部"
_HITS = 20
_NAMED, _PLOTS, _FEWEST = 4, 3, 3
"""How many values of a facet are named, how many units are plotted, and from how many targets on."""
_LEVELS = (
    _ALL,
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
_TEACH = (
    '<div class="af-empty af-teach"><b>用自己的话找，不必和表里写的一样。</b><br>'
    "例如“培训人数”“看病”“按时干完”“≥90%的满意度指标”。列出往年相似的指标、当时的目标和完成值，"
    "并写明为什么找到它；点“出处”打开那张表。</div>"
)
_HEAD = (
    "相似度",
    "二级指标",
    "三级指标",
    *(FIELD_NAMES[name] for name in ("target", "actual")),
    "得分",
    "出处",
    "为什么",
)


def search(services: Services) -> None:
    """Draws the question, the facets and what was found."""
    years, units = services.asker.years(), services.asker.over(_units)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        query = st.text_input("要找什么指标", key="library_query", placeholder="例如：培训学员满意度")
        level = st.selectbox("二级指标", _LEVELS, key="library_level", width=150)
        year = st.selectbox("年度", [_ALL, *map(str, years)], key="search_year", width=95)
        unit = st.selectbox("实施单位", [_ALL, *units], key="search_unit", width=240, format_func=visible)
    if not query.strip():
        st.html(_TEACH)
        return
    filters = Filters(
        level2="" if level == _ALL else level.removesuffix("指标"),
        year=None if year == _ALL else int(year),
        unit="" if unit == _ALL else unit,
    )
    hits, counted = services.library.search_with_facets(query, _HITS, filters)
    if not hits:
        st.html(
            f'<div class="af-empty">没有找到与“{escape(query)}”相似的往年指标，'
            "换个说法，或放宽上面的条件试试。</div>"
        )
        return
    st.html(_made_of(counted) + _past(services.library.past_values(query, filters)))
    rows = [(_row(hit), form_address(hit.row.form, _place(hit))) for hit in hits]
    st.html(linked_table(_HEAD, rows, 6, "af-hits"))


def _units(view: View) -> list[str]:
    return sorted(text for cell in view.used("forms", "_unit") if (text := cell.text).strip())


def _place(hit: Hit) -> Location:
    return Location(section="indicators", row=hit.row.row)


def _made_of(counted: Facets) -> str:
    """What all that is similar consists of, in one line."""
    parts = (
        "，".join(f"{escape(one.value)}{unit} {one.hits} 条" for one in values[:_NAMED])
        for values, unit in ((counted.level2, ""), (counted.years, "年"), (counted.units, ""))
        if len(values) > 1
    )
    line = "；".join(parts)
    return f'<div class="af-quiet">相似的共有：{line}</div>' if line else ""


def _past(series: tuple[PastSeries, ...]) -> str:
    """The spread of past targets and results of this type of indicator, one plot for each unit."""
    plots = []
    for one in series[:_PLOTS]:
        targets = tuple(value.target for value in one.values if value.target is not None)
        actuals = tuple(value.actual for value in one.values if value.actual is not None)
        # Bare numbers of persons, days and sessions share no axis.
        if one.unit and len(targets) >= _FEWEST:
            head = f"往年目标和完成值（{escape(one.unit)}，{len(one.values)}项）"
            plot = spread_plot(Spread(unit=one.unit, targets=targets, actuals=actuals))
            plots.append(f'<div class="af-past"><b>{head}</b>{plot}</div>')
    return f'<div class="af-pasts">{"".join(plots)}</div>' if plots else ""


def _row(hit: Hit) -> tuple[str, ...]:
    row = hit.row
    year = f"{row.year}年 " if row.year and str(row.year) not in row.project_name else ""
    source = f"{year}{row.project_name}（{row.unit}，第{row.form}号第{row.row}行）"
    score = f"{row.score}/{row.weight}" if row.score and row.weight else row.score
    return (f"{hit.score:.0%}", row.level2, row.indicator, row.target, row.actual, score, source, hit.why)
