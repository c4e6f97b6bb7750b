"""The conversation: messages with their cards, what to do with each card, and the line to type in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.conversation.session import DraftSession, DraftView, Message
from assistant.drafting.proposal import Proposal
from assistant.llm import provisional
from assistant.people.transitions import EDITABLE
from assistant.web import state
from assistant.web.shown import here
from assistant.web.shown.card import decided_line, proposal_card
from assistant.web.shown.escape import escape

_FACES = {"user": ":material/person:", "assistant": ":material/edit_note:"}
_EDITING = "editing"
_SEEN = "chat_seen"
_CARD = "chat_card"
_WORDS = "chat_words"
_STOPPED = "stopped_words"
_ASK = "请说说项目情况，或说要改哪里，例如：培训人数实际完成88人"
_CLOSED = "这张表已提交或已通过，不能再改"
_MAX_WORDS = 4000
_LINE = 30


def chat(session: DraftSession, view: DraftView) -> Callable[[], None]:
    """Draws the conversation of ``view``; gives what makes the next turn, for when the page stands."""
    words = st.session_state.get(_WORDS) or state.first_words()
    with st.container(key="chat", height=480, border=True, autoscroll=False):
        for message in view.messages:
            _message(session, view, message)
        turn = st.container()
    opened = st.session_state.get(_SEEN, ("",))[0] != view.id
    here.newest_turn("chat", anew=_has_news(view))
    _pending_bar(session, view)
    if not words and (stopped := st.session_state.pop(_STOPPED, "")):
        st.html(f'<div class="af-notice">这句话没有处理，表里没有改动：“{escape(stopped)}”</div>')
    st.chat_input(
        _ASK if view.state in EDITABLE else _CLOSED,
        key=_WORDS,
        max_chars=_MAX_WORDS,
        submit_mode="disable",
        disabled=view.state not in EDITABLE,
    )
    if wanted := st.session_state.pop(_CARD, ""):
        here.card("chat", being_edited=wanted == _EDITING)
    if opened:
        here.top()
    return partial(_say, turn, session, view.id, words)


def _say(turn: DeltaGenerator, session: DraftSession, draft: str, words: str) -> None:
    """One turn, if anything was said: the words stand there while the answer is being made."""
    if not words:
        return
    with turn, st.chat_message("user", avatar=_FACES["user"]):
        st.html(_said(words, "user"))
    with (
        turn,
        st.chat_message("assistant", avatar=_FACES["assistant"]),
        st.spinner("正在查往年相近的项目并核对…"),
    ):
        arriving = st.empty()
        if session.has_model:
            # Streamlit's own stop would leave the page half drawn; a press of a button draws it anew.
            st.button("停止", key="stop-turn", icon=":material/stop_circle:", help="不等模型了，这句话不处理")
            st.html('<div class="af-room"></div>')
        here.newest_turn("chat", anew=True)
        # Words that were not dealt with are shown again, so that they need not be thought of anew.
        st.session_state[_STOPPED] = words
        made = state.attempt(lambda: session.say(draft, words, partial(_show_arriving, arriving)))
    if made is not None:
        st.session_state.pop(_STOPPED, None)
    st.rerun()


def _has_news(view: DraftView) -> bool:
    """Whether the newest turn is to be led to: a draft just opened, a turn made, a decision answered."""
    seen: tuple[str, int] = st.session_state.get(_SEEN, ("", 0))
    st.session_state[_SEEN] = (view.id, len(view.messages))
    if seen[0] != view.id:
        return True
    added = view.messages[seen[1] :]
    # Who decides one card after the other is not led away from those that still wait.
    waiting = {card.id for card in view.waiting} - {card for one in added for card in one.proposals}
    return bool(added) and (not waiting or any(one.role == "user" for one in added))


def _said(text: str, by: str) -> str:
    return f'<div class="af-said" data-by="{by}">{escape(text)}</div>'


def _show_arriving(place: DeltaGenerator, arrived: str) -> None:
    """A reply as it arrives, provisional until it has been checked.

    Something is drawn each time: only there does Streamlit notice that 停止 was pressed, and begins anew.
    """
    text = provisional(arrived)
    if not text:
        place.empty()
    else:
        place.html(
            f'<div class="af-said af-provisional">模型正在起草，核对后才列成建议：\n{escape(text)}</div>'
        )


def _message(session: DraftSession, view: DraftView, message: Message) -> None:
    cards = {proposal.id: proposal for proposal in view.proposals}
    shown = [cards[identifier] for identifier in message.proposals if identifier in cards]
    with st.chat_message(message.role, avatar=_FACES[message.role]):
        if message.text:
            st.html(_said(message.text, message.role))
        if message.notice:
            st.html(f'<div class="af-notice">{escape(message.notice)}</div>')
        decided = [
            decided_line(view.form, card, view.decisions[card.id])
            for card in shown
            if view.decisions.get(card.id, "pending") != "pending"
        ]
        if decided:
            st.html("".join(decided))
        for card in shown:
            if view.decisions.get(card.id, "pending") == "pending":
                _card(session, view, card)


def _card(session: DraftSession, view: DraftView, card: Proposal) -> None:
    with st.container(key=f"card-{card.id}", gap=None):
        st.html(proposal_card(view.form, card))
        if view.state not in EDITABLE:
            return
        if st.session_state.get(_EDITING) == card.id:
            _edit_box(session, view, card)
            return
        with st.container(horizontal=True, gap="small"):
            st.button(
                "采纳",
                key=f"accept-{card.id}",
                type="primary",
                on_click=state.attempt,
                args=(partial(session.decide, view.id, card.id, accept=True, base_version=view.version),),
            )
            st.button("修改", key=f"edit-{card.id}", on_click=_start_editing, args=(card.id,))
            st.button(
                "不用",
                key=f"reject-{card.id}",
                on_click=state.attempt,
                args=(partial(session.decide, view.id, card.id, accept=False),),
            )


def _edit_box(session: DraftSession, view: DraftView, card: Proposal) -> None:
    """The proposal's text to be changed by the person, then taken as theirs."""
    with st.form(key=f"own-{card.id}", border=False):
        own = _own_indicator(card) if card.kind == "indicator" else _own_text(card)
        with st.container(horizontal=True, gap="small"):
            kept = st.form_submit_button("保存并采纳", type="primary", key=f"keep-{card.id}")
            left = st.form_submit_button("取消", key=f"cancel-{card.id}")
    if not kept and not left:
        return
    st.session_state.pop(_EDITING, None)
    if kept:
        state.attempt(
            partial(session.decide, view.id, card.id, accept=True, new=own, base_version=view.version)
        )
    st.rerun()


def _own_text(card: Proposal) -> str:
    lines = card.new.count("\n") + len(card.new) // _LINE + 1
    return st.text_area(
        "改成您要的内容",
        card.new,
        key=f"own-text-{card.id}",
        max_chars=_MAX_WORDS,
        height=min(30 + 22 * max(lines, 2), 240),
    )


def _own_indicator(card: Proposal) -> str:
    """The parts of a proposed row, put together again as the proposal's own notation wants them."""
    *levels, name, target, weight = (card.new.split("｜") + [""] * 5)[:5]
    name = st.text_input("三级指标", name, key=f"own-name-{card.id}")
    left, right = st.columns(2, gap="small")
    target = left.text_input("年度指标值", target, key=f"own-target-{card.id}")
    weight = right.text_input("分值", weight.removesuffix("分"), key=f"own-weight-{card.id}")
    return "｜".join(_without_bars(part) for part in (*levels, name, target, f"{weight}分"))


def _without_bars(text: str) -> str:
    return text.replace("｜", " ").replace("|", " ").strip()


def _pending_bar(session: DraftSession, view: DraftView) -> None:
    pending = view.waiting
    if not pending or view.state not in EDITABLE:
        return
    sure = [card for card in pending if card.grounded and not card.question]
    with st.container(key="pending", horizontal=True, vertical_alignment="center"):
        held = f"，其中 {len(pending) - len(sure)} 项要您逐项看" if len(sure) < len(pending) else ""
        st.button(
            f"待您决定 {len(pending)} 项{held}",
            key="show-first",
            type="tertiary",
            icon=":material/arrow_upward:",
            help="看其中的第一项",
            on_click=_show_first,
        )
        if sure:
            st.button(
                f"全部采纳（{len(sure)}项）",
                key="accept-all",
                on_click=state.attempt,
                args=(partial(session.accept_all, view.id, view.version),),
            )


def _show_first() -> None:
    st.session_state[_CARD] = "first"


def _start_editing(card: str) -> None:
    st.session_state[_EDITING] = card
    st.session_state[_CARD] = _EDITING
