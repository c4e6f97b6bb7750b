"""The lists of a checked batch: by form, by rule, by unit; a row that is chosen opens its form."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assistant.form.finding import Location, Severity
from assistant.form.rounding import plain
from assistant.form.wording import SEVERITY_NAMES
from assistant.rules.check import Report
from assistant.web.check import batch
from assistant.web.shown.escape import escape, visible

_FORMS, _RULES, _UNITS = "按表", "按规则", "按单位"
_ANY = "全部"
_SCORE = "得分"
_HEAD, _ROW = 34, 31
_TALL, _LOW = 380, 200
_FIT = 5
Opened = tuple[int, Location | None]


def batch_lists(reports: Sequence[Report]) -> Opened:
    """Draws the lists; gives the position of the form to open, and the place in it if one was chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shown = _FORMS
        if len(reports) > 1:
            shown = st.segmented_control(
                "怎么看",
                (_FORMS, _RULES, _UNITS),
                default=_FORMS,
                required=True,
                key="check_shown",
                label_visibility="collapsed",
            )
        told = st.empty()
    chosen = _filters(reports)
    if not chosen:
        st.html('<div class="af-quiet">没有符合条件的表，请放宽上面的条件。</div>')
        return 0, None
    if len(reports) >= _FIT:
        listed = "" if len(chosen) == len(reports) else f"，列出 {len(chosen)} 张"
        told.html(f'<div class="af-quiet">共 {len(reports)} 张{listed}，问题多的在前</div>')
    if shown == _RULES:
        return _by_rule(reports, chosen)
    if shown == _UNITS:
        return _by_unit(reports, chosen), None
    return _by_form(reports, chosen, f"check-table-{hash(tuple(chosen))}"), None


def _filters(reports: Sequence[Report]) -> list[int]:
    if len(reports) < _FIT:
        return batch.matching(reports, "")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = st.text_input(
            "查找", key="check_words", placeholder="查找项目、单位或文件名", label_visibility="collapsed"
        )
        names = {_ANY: None} | {f"有{SEVERITY_NAMES[one]}": one for one in Severity}
        severity = st.selectbox(
            "只看", list(names), key="check_severity", width=110, label_visibility="collapsed"
        )
    return batch.matching(reports, words, names[severity])


def _by_form(reports: Sequence[Report], chosen: Sequence[int], key: str) -> int:
    rows = []
    for at in chosen:
        report = reports[at]
        found, total = batch.counts(report), report.sheet.total_rule
        score = "—" if total is None else plain(total, 2)
        counted = [found[severity] for severity in Severity]
        name = visible(report.form.project_name) or "（无项目名称）"
        rows.append([name, *counted, score, visible(batch.unit_of(report)), visible(report.form.source.file)])
    columns = ["项目名称", *SEVERITY_NAMES.values(), _SCORE, "单位", "文件"]
    picked = _table(pd.DataFrame(rows, columns=columns), key, _TALL)
    return chosen[picked or 0]


def _by_rule(reports: Sequence[Report], chosen: Sequence[int]) -> Opened:
    rules = batch.by_rule(reports, chosen)
    if not rules:
        st.html('<div class="af-good">没有发现问题。</div>')
        return chosen[0], None
    rows = [[SEVERITY_NAMES[one.severity], one.title, one.times, one.forms, one.code] for one in rules]
    frame = pd.DataFrame(rows, columns=["级别", "问题", "次数", "表数", "编号"])
    key = f"check-rules-{hash(tuple(chosen))}"
    rule = rules[_table(frame, key, _LOW, {"级别": 45, "问题": 230}) or 0]
    places = batch.places_of(reports, chosen, rule)
    st.html(f'<div class="af-quiet">{rule.code} 出现在这些地方，点一行打开到那一格：</div>')
    rows = [
        [visible(reports[one.report].form.project_name), visible(one.where), visible(one.finding.printed)]
        for one in places
    ]
    frame = pd.DataFrame(rows, columns=["项目名称", "位置", "填的是"])
    at = _table(frame, f"{key}-{rule.code}-{rule.severity.value}", _LOW)
    return places[at or 0].report, places[at or 0].finding.location


def _by_unit(reports: Sequence[Report], chosen: Sequence[int]) -> int:
    units = batch.by_unit(reports, chosen)
    rows = [
        [visible(one.unit), one.forms, one.faulty, *(one.counts[severity] for severity in Severity)]
        for one in units
    ]
    columns = ["单位", "表数", "有错的表", *SEVERITY_NAMES.values()]
    key = f"check-units-{hash(tuple(chosen))}"
    at = _table(pd.DataFrame(rows, columns=columns), key, _LOW, {"单位": 190})
    unit = units[at or 0].unit
    st.html(f'<div class="af-quiet">{escape(unit)}的表，点一行打开：</div>')
    of_unit = [number for number in chosen if batch.unit_of(reports[number]) == unit]
    return _by_form(reports, of_unit, f"{key}-{at or 0}")


def _table(frame: pd.DataFrame, key: str, height: int, widths: dict[str, int] | None = None) -> int | None:
    """A list of which one row can be chosen; its position, None where none is.

    ``key`` names what is listed: a row chosen in another list is none of this one.
    """
    wide = widths or {"项目名称": 190, "位置": 190, _SCORE: 60}
    kinds = st.column_config
    config = {
        name: kinds.NumberColumn(width=45)
        if pd.api.types.is_numeric_dtype(frame[name])
        else kinds.TextColumn(width=wide.get(name), alignment="right" if name == _SCORE else None)
        for name in frame.columns
    }
    chosen = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=min(_HEAD + _ROW * len(frame), height),
        column_config=config,
    )
    picked = [row for row, _ in chosen.selection.cells]
    return picked[0] if picked and picked[0] < len(frame) else None
