"""Direct editing: indicators and funds as tables, the rest as fields; each change is saved at once."""

from __future__ import annotations

from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from assistant.conversation.session import DraftView
from assistant.errors import ConflictError
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.wording import FIELD_NAMES
from assistant.services import Services
from assistant.understanding.customs import customs
from assistant.web import state
from assistant.web.draft.table_edits import (
    Section,
    moved_row,
    new_edits,
    new_fund,
    new_row,
    reported,
    without_row,
)
from assistant.web.draft.text_fields import text_fields
from assistant.web.shown.escape import escape, visible

_FIELDS: dict[Section, tuple[str, ...]] = {
    "indicators": ("level1", "level2", "name", "target", "actual", "weight", "score", "explanation"),
    "funds": ("label", "initial", "budget", "executed", "weight", "rate", "score"),
}
_WIDTHS = {"level1": 80, "level2": 105, "name": 150, "target": 100, "actual": 100, "weight": 58, "score": 58}
_WIDTHS |= {"label": 150, "explanation": 280}
_AMOUNTS = ("initial", "budget", "executed", "rate")
_SHORT = ("target", "actual", "weight", "score")
_INDICATORS, _FUNDS, _TEXTS = "绩效指标", "项目资金", "基本信息和目标"
_NUMBER = 36
_PART = "edit_part"
_PARTS = {"funds": _FUNDS, "header": _TEXTS, "title": _TEXTS, "goal": _TEXTS, "total": _TEXTS}
_NONE: dict[Section, str] = {
    "indicators": "表里还没有指标。在上面选一类，点“添加”；或者在对话里说今年做什么、做多少。",
    "funds": "表里还没有资金行。点上面的“添加”；或者在对话里说预算和支出是多少。",
}
_HINT = "双击单元格（或选中后按回车）修改，回车即保存；能按规则计算的得分、执行率和合计会自动重算。"


def turn_to(place: Location) -> None:
    """Shows the part in which ``place`` is edited."""
    st.session_state[_PART] = _PARTS.get(place.section, _INDICATORS)


def table_editor(services: Services, view: DraftView) -> None:
    """Draws what can be edited directly, one part at a time."""
    st.session_state.setdefault(_PART, _INDICATORS)
    part = st.segmented_control(
        "编辑哪部分",
        (_INDICATORS, _FUNDS, _TEXTS),
        required=True,
        key=_PART,
        label_visibility="collapsed",
    )
    if part == _TEXTS:
        text_fields(services, view)
    elif part == _FUNDS:
        _rows(services, view, "funds")
        _table(services, view, "funds")
    else:
        _rows(services, view, "indicators")
        _table(services, view, "indicators")


def _table(services: Services, view: DraftView, section: Section) -> None:
    """The same widget for as long as only its own changes make new versions, so that none of them is lost."""
    name = f"table-{section}"
    kept = st.session_state.get(name)
    if kept is None or kept["draft"] != view.id or view.version not in kept["own"]:
        kept = {"draft": view.id, "base": view.version, "own": {view.version}, "applied": {}}
        st.session_state[name] = kept
    fields = _FIELDS[section]
    rows = view.form.funds if section == "funds" else view.form.indicators
    if not rows:  # an empty table would be told in English
        st.html(f'<div class="af-empty">{_NONE[section]}</div>')
        return
    key = f"{name}-{view.id}-{kept['base']}"
    unit = f"金额单位：{view.form.money_unit}。" if section == "funds" and view.form.money_unit else ""
    st.html(f'<div class="af-quiet">{escape(unit)}{_HINT}</div>')
    st.data_editor(
        # Numbered as the conversation and the findings call the rows.
        pd.DataFrame(
            [[getattr(row, field) for field in fields] for row in rows],
            columns=list(fields),
            index=pd.RangeIndex(1, len(rows) + 1),
        ),
        key=key,
        num_rows="fixed",
        hide_index=False,
        row_height=30,
        height="content",
        placeholder="",
        column_config={"_index": st.column_config.Column("行", width=_NUMBER)}
        | {field: _column(field) for field in fields},
        on_change=_save_table,
        args=(services, section, key),
    )


def _column(field: str) -> ColumnConfig:
    side: Literal["left", "center", "right"] = "left"
    if field in _AMOUNTS or field in _SHORT:
        side = "right" if field in _AMOUNTS else "center"
    return st.column_config.TextColumn(FIELD_NAMES[field], width=_WIDTHS.get(field, 95), alignment=side)


def _save_table(services: Services, section: Section, key: str) -> None:
    kept = st.session_state[f"table-{section}"]
    now = reported(st.session_state[key])

    def save() -> None:
        if not key.endswith(f"{kept['draft']}-{kept['base']}"):
            raise ConflictError("这份草稿刚刚在别处改过，表格已换成最新的一版；请在上面再改一次。")
        newest = services.library.draft(kept["draft"]).version
        # Rows are counted as this table shows them, so only its own versions may be built upon.
        base = newest if newest in kept["own"] else max(kept["own"])
        edits = new_edits(section, services.library.draft(kept["draft"], base).form, kept["applied"], now)
        if edits:
            saved = services.session.edit(kept["draft"], edits, base).version
            # With others' changes merged in, the widget's rows may have moved: then it is shown anew.
            kept["own"] |= {saved} if saved == base + 1 else set()
        kept["applied"] = now

    state.attempt(save)


def _rows(services: Services, view: DraftView, section: Section) -> None:
    """Adding, moving and removing rows; above the table, which may be long."""
    with st.container(key=f"rows-{section}", horizontal=True, vertical_alignment="bottom", gap="small"):
        if section == "indicators":
            levels = [(f"{level.level1}指标", level.label) for level in customs().second_levels]
            chosen = st.selectbox(
                "添加一行指标",
                range(len(levels)),
                format_func=lambda n: "｜".join(levels[n]),
                key="add-level",
                width=230,
            )
            added = new_row(view.form, *levels[chosen])
        else:
            added = new_fund(view.form)
        change = partial(_change, services, view)
        st.button("添加", key=f"add-{section}", on_click=change, args=((added,),), icon=":material/add:")
        _of_one_row(view, section, change)


def _of_one_row(view: DraftView, section: Section, change: partial[None]) -> None:
    rows = view.form.funds if section == "funds" else view.form.indicators
    if not rows:
        return
    funds, indicators = view.form.funds, view.form.indicators
    names = [row.label for row in funds] if section == "funds" else [row.name for row in indicators]
    texts = [visible(f"第{number}行 {name}") for number, name in enumerate(names, 1)]
    # The row stays chosen while it moves, so that it can be moved again.
    key = f"row-{section}-{view.id}"
    if st.session_state.get(key, 0) >= len(rows):
        st.session_state[key] = len(rows) - 1
    at = st.selectbox(
        "移动或删除一行", range(len(rows)), format_func=lambda n: texts[n], key=key, width="stretch"
    )
    for label, icon, to in (("上移", "arrow_upward", at - 1), ("下移", "arrow_downward", at + 1)):
        st.button(
            label,
            key=f"{label}-{section}",
            icon=f":material/{icon}:",
            disabled=not 0 <= to < len(rows),
            on_click=_move,
            args=(change, view, section, at, to),
        )
    st.button(
        "删除",
        key=f"remove-{section}",
        icon=":material/delete:",
        on_click=change,
        args=((without_row(at + 1, section),),),
    )


def _move(change: partial[None], view: DraftView, section: Section, at: int, to: int) -> None:
    change(moved_row(view.form, section, at + 1, to + 1))
    st.session_state[f"row-{section}-{view.id}"] = to


def _change(services: Services, view: DraftView, edits: tuple[Edit, ...]) -> None:
    state.attempt(partial(services.session.edit, view.id, edits, view.version))
