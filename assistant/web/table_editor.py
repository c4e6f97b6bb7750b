"""Direct editing: indicators and funds as tables, the rest as fields; each change goes into the draft."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from assistant.conversation.session import DraftView
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.form.wording import FIELD_NAMES
from assistant.services import Services
from assistant.understanding.customs import customs
from assistant.web import state
from assistant.web.escape import visible
from assistant.web.table_edits import Section, new_edits, new_row, reported, without_row

_FIELDS: dict[Section, tuple[str, ...]] = {
    "indicators": ("level1", "level2", "name", "target", "actual", "weight", "score", "explanation"),
    "funds": ("label", "initial", "budget", "executed", "weight", "rate", "score"),
}
_WIDTHS = {"level1": 80, "level2": 90, "name": 170, "target": 95, "actual": 95, "weight": 50, "score": 55}
_WIDTHS |= {"label": 150, "explanation": 280}
_INDICATORS, _FUNDS, _TEXTS = "绩效指标", "项目资金", "基本信息和目标"
_HEADER = ("project_name", "department", "unit", "year_line", "remark")
_GOAL = {"expected": "预期目标", "actual": "实际完成情况"}


def table_editor(services: Services, view: DraftView) -> None:
    """Draws what can be edited directly, one part at a time."""
    part = st.segmented_control(
        "编辑哪部分",
        (_INDICATORS, _FUNDS, _TEXTS),
        default=_INDICATORS,
        required=True,
        key="edit_part",
        label_visibility="collapsed",
    )
    if part == _TEXTS:
        _texts(services, view)
    elif part == _FUNDS:
        _table(services, view, "funds")
    else:
        _table(services, view, "indicators")
        _rows(services, view)


def _table(services: Services, view: DraftView, section: Section) -> None:
    """The same widget for as long as only its own changes make new versions, so that none of them is lost."""
    name = f"table-{section}"
    kept = st.session_state.get(name)
    if kept is None or (kept["draft"], kept["seen"]) != (view.id, view.version):
        kept = {"draft": view.id, "base": view.version, "seen": view.version, "applied": {}}
        st.session_state[name] = kept
    fields = _FIELDS[section]
    rows = view.form.funds if section == "funds" else view.form.indicators
    key = f"{name}-{view.id}-{kept['base']}"
    st.data_editor(
        pd.DataFrame([[getattr(row, field) for field in fields] for row in rows], columns=list(fields)),
        key=key,
        num_rows="fixed",
        hide_index=True,
        row_height=30,
        height="content",
        column_config={
            field: st.column_config.TextColumn(FIELD_NAMES[field], width=_WIDTHS.get(field, 95))
            for field in fields
        },
        on_change=_save_table,
        args=(services, section, key),
    )
    st.html(
        '<div class="af-quiet">双击单元格修改，回车即保存；能按规则计算的得分、执行率和合计会自动重算。</div>'
    )


def _save_table(services: Services, section: Section, key: str) -> None:
    kept = st.session_state[f"table-{section}"]
    now = reported(st.session_state[key])

    def save() -> None:
        form = services.library.draft(kept["draft"], kept["seen"]).form
        edits = new_edits(section, form, kept["applied"], now)
        if edits:
            saved = services.session.edit(kept["draft"], edits, kept["seen"]).version
            # With others' changes merged in, the widget's rows may have moved: then it is shown anew.
            kept["seen"] = saved if saved == kept["seen"] + 1 else kept["seen"]
        kept["applied"] = now

    state.attempt(save)


def _rows(services: Services, view: DraftView) -> None:
    """Adding and removing indicators."""
    levels = [(f"{level.level1}指标", level.label) for level in customs().second_levels]
    add, remove = st.columns(2, gap="small")
    with add.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "添加指标", range(len(levels)), format_func=lambda n: "｜".join(levels[n]), key="add-level"
        )
        st.button(
            "添加",
            key="add-row",
            on_click=_change,
            args=(services, view, new_row(view.form, *levels[chosen])),
        )
    if not view.form.indicators:
        return
    names = {n: visible(f"第{n}行 {row.name}") for n, row in enumerate(view.form.indicators, 1)}
    with remove.container(horizontal=True, vertical_alignment="bottom"):
        gone = st.selectbox(
            "删除指标", list(names), format_func=lambda n: names[n], key=f"remove-{view.version}"
        )
        st.button("删除", key="remove-row", on_click=_change, args=(services, view, without_row(gone)))


def _change(services: Services, view: DraftView, *edits: Edit) -> None:
    state.attempt(partial(services.session.edit, view.id, edits, view.version))


def _texts(services: Services, view: DraftView) -> None:
    """Header and goals as fields, saved together."""
    places = [Location(section="header", field=field) for field in _HEADER]
    places += [Location(section="goal", field=field) for field in _GOAL]
    with st.form(key=f"texts-{view.id}-{view.version}", border=False):
        written = [_field(view.form, place, view.version) for place in places]
        saved = st.form_submit_button("保存", type="primary", key=f"save-texts-{view.version}")
    if not saved:
        return
    edits = tuple(
        Edit(location=place, old=read_cell(view.form, place), new=text)
        for place, text in zip(places, written, strict=True)
        if text != read_cell(view.form, place)
    )
    if edits:
        _change(services, view, *edits)
        st.rerun()


def _field(form: Form, place: Location, version: int) -> str:
    key = f"text-{place.section}-{place.field}-{version}"
    if place.section == "goal":
        return st.text_area(_GOAL[place.field], read_cell(form, place), key=key, height=110)
    return st.text_input(FIELD_NAMES[place.field], read_cell(form, place), key=key)
