"""The way to a handed-in form as a line of steps; a press on one leads to what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from assistant.conversation.draft_view import checked
from assistant.conversation.session import DraftView, Step
from assistant.conversation.steps import deviating_rows, steps_of
from assistant.drafting.context import is_open
from assistant.drafting.placing import make
from assistant.drafting.proposal import Proposal
from assistant.errors import AssistantError
from assistant.form.edit import Edit
from assistant.form.finding import Location, Severity
from assistant.form.model import Form
from assistant.rules.check import Report
from assistant.rules.profile import profile_for
from assistant.rules.score import total_fund_row
from assistant.web.draft import sheet
from assistant.web.shown import here
from assistant.web.shown.clock import local
from assistant.web.shown.escape import escape
from assistant.web.shown.export import ask_for_export

EXPORT = Step(name="导出", done=False)
_HEADER = ("project_name", "department", "unit")
_AMOUNTS = ("initial", "budget", "executed")
_ASKED = "step_asked"
_SIGNS = ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧")


def step_line(view: DraftView, saved_at: datetime | None) -> None:
    """All steps as buttons, done ones ticked, with what the first open one lacks; when it was saved."""
    steps = (*view.steps, EXPORT)
    now = next(step for step in steps if not step.done)
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap=None):
        for number, step in enumerate(steps):
            where = "done" if step.done else "now" if step is now else "open"
            sign = ":material/check_circle:" if step.done else _SIGNS[number]
            st.button(
                f"{sign} {step.name}",
                key=f"step-{where}-{number}",
                type="tertiary",
                on_click=_go,
                args=(step.name, view),
            )
        # What was asked of an earlier version, or of another draft, is asked no more.
        asked, *of = st.session_state.get(_ASKED, ("",))
        missing = told(
            view.steps, asked if of == [view.id, view.version] else "", awaited(view.form, view.waiting)
        )
        st.html(f'<div class="af-missing" title="{missing}">{missing}</div>', width="stretch")
        st.html(f'<span class="af-saved">{escape(saved(saved_at, view.version))}</span>', width="content")


def told(steps: tuple[Step, ...], asked: str = "", waiting: Iterable[Step] = ()) -> str:
    """What the step named ``asked`` lacks, or else the first open one, as HTML.

    ``waiting`` are the steps for which a proposal waits in the conversation, as they will be with it.
    """
    opened = [step for step in steps if not step.done]
    current = next((step for step in opened if step.name == asked), opened[0] if opened else None)
    if current is None:
        return "都已齐备，可以导出。"
    after = next((step for step in waiting if step.name == current.name), current)
    if after.done:
        return f"{escape(current.name)}：已列在对话的卡片上，等您采纳。"
    if after.missing != current.missing:
        return f"{escape(after.told)}；其余已列在对话的卡片上，等您采纳。"
    return escape(current.told)


def awaited(form: Form, proposals: Iterable[Proposal]) -> tuple[Step, ...]:
    """The steps that ``proposals`` bring forward, as they stand once all of them are accepted."""
    edits = tuple(edit for proposal in proposals for edit in proposal.edits)
    names = {_step_of(edit) for edit in edits}
    try:
        after = make(form, edits, profile_for(form))
    except AssistantError:  # two of them exclude each other
        return ()
    return tuple(step for step in steps_of(after, checked(after)) if step.name in names)


def _step_of(edit: Edit) -> str:
    section, field = edit.location.section, edit.location.field
    if section == "funds":
        return "资金"
    if section == "total" or field == "explanation":
        return "偏差"
    if field == "actual":
        return "完成情况"
    return {"goal": "目标", "indicators": "指标"}.get(section, "基本信息")


def saved(at: datetime | None, version: int) -> str:
    """When the draft was saved, in the person's own time."""
    if at is None:
        return f"已自动保存 · 第{version}版"
    return f"已保存 {local(at):%H:%M} · 第{version}版"


def place_of(step: str, form: Form, report: Report) -> Location:
    """The first cell that ``step`` lacks, else where its section begins."""
    if step == "基本信息":
        empty = [name for name in _HEADER if not getattr(form, name).strip()]
        return Location(section="header", field=(empty or ["project_name"])[0])
    if step == "资金":
        row = total_fund_row(form) or 1
        line = form.funds[row - 1] if row <= len(form.funds) else None
        empty = [name for name in _AMOUNTS if line is not None and is_open(getattr(line, name))]
        return Location(section="funds", row=row, field=(empty or [""])[0])
    if step == "目标":
        return Location(section="goal", field="expected")
    if step == "完成情况":
        return _open_row(form, "actual") or Location(section="goal", field="actual")
    if step == "偏差":
        rows = deviating_rows(form, report)
        return Location(section="indicators", row=rows[0] if rows else None, field="explanation")
    if step == "检查":
        errors = [finding.location for finding in report.findings if finding.severity is Severity.ERROR]
        return errors[0] if errors else Location(section="total", field="score")
    return _open_row(form, "target") or _open_row(form, "weight") or Location(section="indicators")


def _open_row(form: Form, field: str) -> Location | None:
    rows = [number for number, row in enumerate(form.indicators, 1) if is_open(getattr(row, field))]
    return Location(section="indicators", row=rows[0], field=field) if rows else None


def _go(step: str, view: DraftView) -> None:
    if step == EXPORT.name:
        ask_for_export()
        return
    st.session_state[_ASKED] = (step, view.id, view.version)
    place = place_of(step, view.form, view.report)
    here.point_at(place)
    sheet.show(place, findings=step == "检查")
