"""Direct editing: indicators and funds as tables, the rest as fields; each change goes into the draft."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from assistant.drafting.session import DraftView
from assistant.form.edit import Edit, read_cell
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.form.wording import FIELD_NAMES
from assistant.services import Services
from assistant.web import state
from assistant.web.table_edits import Section, TableReport, new_edits, rows_of

_FIELDS: dict[Section, tuple[str, ...]] = {
    "indicators": ("level1", "level2", "name", "target", "actual", "weight", "score", "explanation"),
    "funds": ("label", "initial", "budget", "executed", "weight", "rate", "score"),
}
_WIDTHS = {"name": 170, "explanation": 260, "label": 150}
_LABELS = {**FIELD_NAMES, "label": "资金来源", "goal.expected": "预期目标", "goal.actual": "实际完成情况"}
_INDICATORS, _FUNDS, _TEXTS = "绩效指标", "项目资金", "基本信息和目标"
_SHORT = ("project_name", "department", "unit", "year_line")
_LONG = (("goal", "expected"), ("goal", "actual"))


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
        _fields(services, view)
    else:
        _table(services, view, "funds" if part == _FUNDS else "indicators")


def _table(services: Services, view: DraftView, section: Section) -> None:
    """The table keeps its first frame for as long as only its own changes make new versions."""
    remembered = f"table-{section}"
    kept = st.session_state.get(remembered)
    if kept is None or kept["draft"] != view.id or kept["seen"] != view.version:
        kept = {"draft": view.id, "base": view.version, "seen": view.version, "applied": TableReport()}
        st.session_state[remembered] = kept
    base = services.library.draft(view.id, kept["base"]).form
    fields = _FIELDS[section]
    frame = pd.DataFrame(
        [[getattr(row, field) for field in fields] for row in rows_of(base, section)],
        columns=list(fields),
        dtype="object",
    )
    key = f"{remembered}-{view.id}-{kept['base']}"
    st.data_editor(
        frame,
        key=key,
        num_rows="dynamic" if section == "indicators" else "fixed",
        hide_index=True,
        column_config={
            field: st.column_config.TextColumn(_LABELS[field], width=_WIDTHS.get(field, "small"))
            for field in fields
        },
        on_change=_save_table,
        args=(services, section, key),
        row_height=30,
    )
    st.html(
        '<div class="af-quiet">改完一格按回车即保存，可用“撤销”退回；勾选行首可删除整行，末行可添加。</div>'
    )


def _save_table(services: Services, section: Section, key: str) -> None:
    kept = st.session_state[f"table-{section}"]
    report = TableReport.of(st.session_state[key])
    base = services.library.draft(kept["draft"], kept["base"]).form
    edits = new_edits(section, rows_of(base, section), kept["applied"], report)
    if not edits:
        return
    saved = state.attempt(lambda: services.session.edit(kept["draft"], edits, kept["seen"]))
    if saved is not None:
        kept.update(seen=saved.version, applied=report)
    else:
        st.session_state.pop(f"table-{section}", None)


def _fields(services: Services, view: DraftView) -> None:
    """Header and goals as fields, saved together."""
    places = [Location(section="header", field=field) for field in _SHORT]
    places += [Location(section="goal", field=field) for _, field in _LONG]
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
        state.attempt(lambda: services.session.edit(view.id, edits, view.version))
        st.rerun()


def _field(form: Form, place: Location, version: int) -> str:
    key = f"text-{place.section}-{place.field}-{version}"
    if place.section == "goal":
        label = _LABELS[f"goal.{place.field}"]
        return st.text_area(label, read_cell(form, place), key=key, height=110)
    return st.text_input(_LABELS[place.field], read_cell(form, place), key=key)
