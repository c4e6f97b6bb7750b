"""A submitted form under review: table with findings and comments, points, differences, and the decision."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.form.changes import Change, changes
from assistant.form.finding import Location
from assistant.form.model import Form
from assistant.form.wording import NO_NAME
from assistant.library import Comment, DraftRecord
from assistant.people.person import short_name
from assistant.people.transitions import ACTS
from assistant.reviewing import year_before
from assistant.rules.check import Report
from assistant.rules.year import own_year
from assistant.services import Services
from assistant.web import state
from assistant.web.review.notes import (
    comment_line,
    field_name,
    fields_to_comment,
    from_findings,
    marks_of,
    moved,
    row_name,
    rows_to_comment,
    when,
)
from assistant.web.review.scores import review_scores
from assistant.web.review.standing import reason_form
from assistant.web.shown import here
from assistant.web.shown.escape import escape
from assistant.web.shown.export import export_menu
from assistant.web.shown.form_table import form_table
from assistant.web.shown.report import score_line
from assistant.web.shown.state_chip import state_chip
from assistant.web.shown.text_difference import difference_table
from assistant.web.shown.trail import trail_table

_FORM, _SCORES, _NOTES, _YEAR, _LAST, _TRAIL = "表格", "评分", "批注", "与上年比", "与上次提交比", "记录"
_VIEW = "review_view"
_MOVED_ON = {("header", "title"), ("header", "year_line")}


def review_form(services: Services, record: DraftRecord, report: Report) -> None:
    """Draws one form with what a reviewer needs."""
    comments = services.library.review.comments(record.id)
    place = here.pointed_at()
    if place is not None:
        st.session_state[_VIEW] = _FORM
    st.session_state.setdefault(_VIEW, _FORM)
    st.html(_head(services, record))
    with st.container(key="review-actions", horizontal=True, vertical_alignment="center", gap="small"):
        waiting = sum(not one.resolved_by for one in comments)
        shown = st.segmented_control(
            "看什么",
            (_FORM, _SCORES, _NOTES, _YEAR, _LAST, _TRAIL),
            required=True,
            format_func=lambda name: f"{name} {waiting}" if name == _NOTES and waiting else name,
            key=_VIEW,
            label_visibility="collapsed",
        )
        st.space("stretch")
        _decide(services, record, len(comments))
        export_menu(report, "review-export", foremost=False)
    st.html(score_line(report))
    with st.container(key=f"view-review-{record.id}", height=500, autoscroll=False):
        if shown == _SCORES:
            review_scores(services, record, report)
        elif shown == _NOTES:
            _notes(services, record, report, comments)
        elif shown == _YEAR:
            _against_year(services, record)
        elif shown == _LAST:
            _against_last(services, record)
        elif shown == _TRAIL:
            st.html(trail_table(services.library.audit(f"draft:{record.id}")))
        else:
            marks = marks_of(comments, record.form, partial(_form_of, services, record.id))
            st.html(form_table(record.form, (*report.findings, *marks), here=place))
            if place is not None:
                here.scroll()


def _form_of(services: Services, draft: str, version: int) -> Form:
    return services.library.review.submitted(draft, version).form


def _head(services: Services, record: DraftRecord) -> str:
    moves = [one for one in services.library.review.moves(record.id) if one.act != "withdraw"]
    submitted = [one for one in moves if one.act == "submit"]
    told = ""
    if submitted:
        last = submitted[-1]
        times = f"，第{len(submitted)}次提交" if len(submitted) > 1 else ""
        told = f"{short_name(last.person)} {when(last.at)}提交{times}"
    if moves and moves[-1].act != "submit":
        last = moves[-1]
        reason = f"：{last.reason}" if last.reason else ""
        told += f"；{short_name(last.person)} {when(last.at)}{ACTS[last.act].title}{reason}"
    name = escape(record.form.project_name or NO_NAME)
    return (
        f'<div class="af-reviewhead"><b>{name}</b>{state_chip(record.state)}'
        f'<span class="af-quiet">{escape(told)}</span></div>'
    )


def _decide(services: Services, record: DraftRecord, comments: int) -> None:
    _comment_menu(services, record, comments)
    for act in services.library.review.acts(record):
        if act.reason:
            reason_form(services, record.id, record.version, act)
        elif act.id == "approve":
            st.button(
                act.title,
                key="approve",
                type="primary",
                icon=":material/check:",
                on_click=state.action(
                    partial(services.library.review.move, record.id, act.id, seen=record.version)
                ),
            )


def _comment_menu(services: Services, record: DraftRecord, comments: int) -> None:
    """Where, which cell, and what to say; a new menu, and so a closed one, after each of the ``comments``."""
    form, places = record.form, rows_to_comment(record.form)
    with st.popover("写批注", key=f"comment-menu-{record.id}-{comments}", icon=":material/add_comment:"):
        at = st.selectbox(
            "在哪一行",
            range(len(places)),
            format_func=lambda n: row_name(form, places[n]),
            key=f"comment-row-{record.id}",
            on_change=_show_cell,
            args=(record.id, places),
        )
        place = places[at]
        fields = fields_to_comment(place)
        field = st.selectbox(
            "哪一格",
            fields,
            format_func=lambda one: field_name(place, one),
            key=f"comment-field-{place.section}-{record.id}",
            on_change=_show_cell,
            args=(record.id, places),
        )
        with st.form(key="comment-form", border=False, clear_on_submit=True):
            text = st.text_area("批注", key=f"comment-text-{record.id}", max_chars=500, height=90)
            done = st.form_submit_button("写在这一格", type="primary", key="comment-do")
        if done:
            location = Location(section=place.section, row=place.row, field=field)
            state.attempt(partial(services.library.review.comment, record.id, record.version, location, text))
            st.rerun()


def _show_cell(draft: str, places: list[Location]) -> None:
    """The cell that was chosen for a comment is led to, so that nobody writes at a wrong one."""
    place = places[st.session_state[f"comment-row-{draft}"]]
    field = st.session_state.get(f"comment-field-{place.section}-{draft}", "")
    here.point_at(place.model_copy(update={"field": field}))


def _notes(services: Services, record: DraftRecord, report: Report, comments: list[Comment]) -> None:
    """All comments, and the errors of the check that could become some."""
    new = list(from_findings(report.findings, comments))
    if new:
        st.button(
            f"把检查发现的 {len(new)} 处错误写成批注",
            key="findings-to-comments",
            icon=":material/playlist_add:",
            on_click=state.action(partial(_comment_all, services, record, new)),
        )
    if not comments:
        st.html(
            '<div class="af-empty">还没有批注。点“写批注”选一格写下意见，退回后经办人会在同一格看到。</div>'
        )
    for one in comments:
        place = moved(one, record.form, partial(_form_of, services, record.id))
        with st.container(key=f"said-{one.id}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(comment_line(one, record.form, place))
            if place is not None:
                st.button("看这一格", key=f"look-note-{one.id}", on_click=here.point_at, args=(place,))
            settled = bool(one.resolved_by)
            st.button(
                "重新提出" if settled else "不再提",
                key=f"settle-{one.id}",
                on_click=state.action(
                    partial(services.library.review.resolve, record.id, one.id, done=not settled)
                ),
            )


def _comment_all(services: Services, record: DraftRecord, new: list[tuple[Location, str]]) -> None:
    for location, text in new:
        services.library.review.comment(record.id, record.version, location, text)


def _against_year(services: Services, record: DraftRecord) -> None:
    past = [one for one in services.library.precedents() if one.number != record.form_number]
    before = year_before(record.form, past)
    if before is None:
        st.html('<div class="af-empty">项目库里没有找到同一单位、同一项目以前年度的表。</div>')
        return
    found = [
        one
        for one in changes(before.form, record.form)
        if (one.location.section, one.location.field) not in _MOVED_ON
    ]
    year = own_year(before.form).year
    told = f"左为{year}年的表（库中第{before.number}号），右为这张表：{_counted(found)}"
    st.html(f'<div class="af-quiet">{told}</div>' + difference_table(before.form, record.form, found))


def _against_last(services: Services, record: DraftRecord) -> None:
    before = services.library.review.submitted_before(record.id)
    if before is None:
        st.html('<div class="af-empty">这张表是第一次提交，没有更早的提交可以比较。</div>')
        return
    found = changes(before.form, record.form)
    told = f"从上次提交的第{before.version}版到这次的第{record.version}版：{_counted(found)}"
    st.html(f'<div class="af-quiet">{told}</div>' + difference_table(before.form, record.form, found))


def _counted(found: list[Change] | tuple[Change, ...]) -> str:
    if not found:
        return "没有不同。"
    kinds = {"changed": "改动", "added": "新增", "removed": "删去"}
    parts = [
        f"{name}{count}处"
        for kind, name in kinds.items()
        if (count := sum(one.kind == kind for one in found))
    ]
    return "，".join(parts) + "。"
