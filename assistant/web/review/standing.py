"""Where a draft stands on its way to approval, with what can be done about it; for the drafting page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from assistant.conversation.session import DraftView
from assistant.form.finding import Finding, Location, Severity
from assistant.library import Comment, lacking
from assistant.people.person import short_name
from assistant.people.transitions import Act, DraftState
from assistant.services import Services
from assistant.web import state
from assistant.web.draft.versions import versions_dialog
from assistant.web.review.notes import comment_line, marks_of, moved, when
from assistant.web.shown.escape import escape
from assistant.web.shown.gaps import is_gap
from assistant.web.shown.state_chip import state_chip

_FEW, _COMMENTS = 3, 170
_SUBMITTED = "已提交，等待审核。审核期间不能修改；要改请先撤回。"
_APPROVED = "已审核通过，收入项目库，作为以后的参考。要改请联系审核人撤销通过。"


def review_bar(services: Services, view: DraftView) -> None:
    """The state, what can be done now, and the versions; beside the line of steps."""
    record = services.library.review.head(view.id)
    st.html(state_chip(record.state), width="content")
    for act in services.library.review.acts(record):
        if act.id == "submit":
            _submit(services, view)
        elif act.id == "withdraw":
            st.button(
                act.title,
                key="withdraw",
                icon=":material/undo:",
                on_click=state.action(partial(services.library.review.move, view.id, act.id)),
            )
    if st.button("版本", key="versions", icon=":material/history:"):
        versions_dialog(services, view.id)


def review_said(services: Services, view: DraftView, lead: Callable[[Location], None]) -> None:
    """What the review says to who drafts; above the conversation. Nothing before the first submission."""
    if view.state == DraftState.SUBMITTED:
        st.html(f'<div class="af-notice">{_SUBMITTED}</div>')
        return
    if view.state == DraftState.APPROVED:
        st.html(f'<div class="af-notice" data-state="approved">{_APPROVED}</div>')
        return
    comments = services.library.review.comments(view.id)
    returned = [move for move in services.library.review.moves(view.id) if move.act in ("return", "reopen")]
    if view.state != DraftState.RETURNED and not any(not one.resolved_by for one in comments):
        return
    waiting = [one for one in comments if not one.resolved_by]
    with st.expander(f"审核退回：{len(waiting)} 条批注待改" if waiting else "审核退回", expanded=True):
        if returned:
            last = returned[-1]
            st.html(
                f'<div class="af-returned"><b>退回理由</b> {escape(last.reason)}'
                f'<span class="af-quiet"> {escape(short_name(last.person))} {when(last.at)}</span></div>'
            )
        with st.container(height=_COMMENTS if len(waiting) > _FEW else "content", border=False):
            _comments(services, view, waiting, lead)


def review_marks(services: Services, view: DraftView) -> tuple[Finding, ...]:
    """The open comments as marks for the table of the form in work."""
    if view.state == DraftState.APPROVED:
        return ()
    comments = services.library.review.comments(view.id)
    return marks_of(comments, view.form, lambda version: services.library.draft(view.id, version).form)


def reason_form(services: Services, draft: str, version: int, act: Act) -> None:
    """A popover that asks for the reason of an act and does it; ``version`` is what the person sees."""
    with st.popover(act.title, key=f"{act.id}-menu", icon=":material/reply:"):
        with st.form(key=f"{act.id}-{draft}", border=False, clear_on_submit=True):
            reason = st.text_area(
                f"{act.title}的理由（经办人会看到）",
                key=f"{act.id}-reason-{draft}",
                max_chars=500,
                height=100,
            )
            done = st.form_submit_button(f"{act.title}", type="primary", key=f"{act.id}-do")
        if done:
            state.attempt(partial(services.library.review.move, draft, act.id, reason, version))
            st.rerun()


def _submit(services: Services, view: DraftView) -> None:
    with st.popover("提交", key="submit-menu", icon=":material/send:"):
        st.html(_word_before(view))
        st.button(
            "提交审核",
            key="submit",
            type="primary",
            width="stretch",
            disabled=bool(lacking(view.form)),
            on_click=state.action(
                partial(services.library.review.move, view.id, "submit", seen=view.version)
            ),
        )


def _word_before(view: DraftView) -> str:
    counts = Counter(
        "gap" if is_gap(view.form, finding) else "error"
        for finding in view.report.findings
        if finding.severity == Severity.ERROR
    )
    waiting = f"对话里还有 {len(view.waiting)} 项建议等您决定。" if view.waiting else ""
    if must := lacking(view.form):
        return f'<div class="af-notice">{must}{waiting}</div>'
    told = [waiting] if waiting else []
    if counts["error"]:
        told.append(f"还有 {counts['error']} 处错误，很可能被退回，建议先处理（见“问题”）。")
    if counts["gap"]:
        told.append(f"还有 {counts['gap']} 处必填的内容没有填。")
    if told:
        return f'<div class="af-notice">{"".join(told)}</div>'
    return '<div class="af-good">检查没有发现错误。提交后由审核人处理，期间不能修改，可以撤回。</div>'


def _comments(
    services: Services, view: DraftView, waiting: Sequence[Comment], lead: Callable[[Location], None]
) -> None:
    for one in waiting:
        place = moved(one, view.form, lambda version: services.library.draft(view.id, version).form)
        with st.container(key=f"said-{one.id}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(comment_line(one, view.form, place))
            if place is not None:
                st.button("看这一格", key=f"look-said-{one.id}", on_click=lead, args=(place,))
            st.button(
                "已改",
                key=f"done-{one.id}",
                on_click=state.action(partial(services.library.review.resolve, view.id, one.id)),
            )
