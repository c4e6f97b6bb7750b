"""问答: questions over the past forms, each answer with its rows, arithmetic and places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.asking.asker import Turn
from assistant.asking.suggestions import suggested
from assistant.form.finding import Location
from assistant.rules.check import check_form
from assistant.services import Services
from assistant.web import state
from assistant.web.ask import session
from assistant.web.ask.answer import answer_view
from assistant.web.ask.notebook import notebook
from assistant.web.shown import here
from assistant.web.shown.escape import escape
from assistant.web.shown.form import form_view
from assistant.web.shown.place import form_address

_ASK, _NOTEBOOK = "提问", "问题本"
_FACES = {"user": ":material/person:", "assistant": ":material/query_stats:"}
_MAX_WORDS = 500
_HISTORY = 20
_SUGGESTED = "ask_suggested"
_HERO = (
    '<div class="af-hero"><h1>就往年的表提问</h1>'
    "<p>程序从表里查出或算出答案，每个回答都列出依据，点一格就打开那张表；材料里没有的就说没有。"
    "问过之后可以接着问，例如“其中哪些没写原因？”“那园区处呢？”。</p></div>"
    '<div class="af-quiet">可以这样问，点一句试试：</div>'
)


def page(services: Services) -> None:
    """Draws the conversation; a cited form opens beside it."""
    state.show_trouble()
    if not services.asker.knows_any():
        st.html('<div class="af-empty">项目库里还没有表。先在“项目库”页的“导入”里导入往年的自评表。</div>')
        return
    question = st.session_state.pop(session.NEXT, "") or st.session_state.get(session.WORDS) or ""
    if _top(services) == _NOTEBOOK:
        notebook(services)
        return
    opened: tuple[int, Location | None] | None = st.session_state.get(session.OPENED)
    columns = st.columns((48, 52) if opened else 1, gap="small")
    with columns[0]:
        turn = _talk(services, question)
    if opened:
        with columns[1]:
            _opened(services, *opened)
    if question:
        _ask(services, question, turn)


def _ask(services: Services, question: str, turn: DeltaGenerator) -> None:
    """One turn, when the page stands: the question stands there while its answer is being made."""
    with turn, st.chat_message("user", avatar=_FACES["user"]):
        st.html(_said(question))
    with turn, st.chat_message("assistant", avatar=_FACES["assistant"]), st.spinner("正在查往年的表…"):
        here.newest_turn("ask-talk", anew=True)
        state.attempt(partial(session.ask, services, question))
    st.rerun()


def _said(question: str) -> str:
    return f'<div class="af-said" data-by="user">{escape(question)}</div>'


def _talk(services: Services, question: str) -> DeltaGenerator:
    """The conversation, with its newest question at the top of what is seen, and the line to type in.

    Gives the place for the turn that ``question`` begins.
    """
    with st.container(key="ask-talk", height=480, autoscroll=False):
        if session.turns():
            _conversation(services, session.turns())
        elif not question:
            _beginning(services)
        turn = st.container()
    here.newest_turn("ask-talk", anew=st.session_state.pop(session.FRESH, False))
    st.chat_input(
        "就往年的表提问，例如：总分低于97分的项目有哪些？",
        key=session.WORDS,
        max_chars=_MAX_WORDS,
        submit_mode="disable",
    )
    return turn


def _top(services: Services) -> str:
    """What is shown, the questions asked before, and a new beginning."""
    with st.container(key="ask-top", horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "看什么",
            (_ASK, _NOTEBOOK),
            default=_ASK,
            required=True,
            key=session.SHOWN,
            label_visibility="collapsed",
        )
        st.space("stretch")
        if shown == _ASK:
            # A new menu, and so a closed one, after each question.
            menu = f"ask-history-{len(session.turns())}"
            with st.popover("问过的问题", key=menu, type="tertiary", icon=":material/history:"):
                _history(services)
            if session.turns():
                st.button(
                    "重新开始",
                    key="ask-anew",
                    type="tertiary",
                    icon=":material/restart_alt:",
                    on_click=session.begin_anew,
                )
    return str(shown)


def _history(services: Services) -> None:
    asked = services.library.questions.history(_HISTORY)
    if not asked:
        st.html('<div class="af-quiet">还没有问过。</div>')
    for number, one in enumerate(asked):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("再问", key=f"history-{number}", on_click=session.suggest, args=(one.question,))
            st.html(f'<div class="af-quiet">{escape(one.question)}</div>')


def _conversation(services: Services, turns: Sequence[Turn]) -> None:
    for number, turn in enumerate(turns):
        with st.chat_message("user", avatar=_FACES["user"]):
            st.html(_said(turn.question))
        with st.chat_message("assistant", avatar=_FACES["assistant"]):
            answer_view(services, turn, number, last=number == len(turns) - 1)


def _beginning(services: Services) -> None:
    with st.container(key="ask-start"):
        st.html(_HERO)
        columns = st.columns(2, gap="small")
        for number, question in enumerate(_suggestions(services)):
            columns[number % 2].button(
                question,
                key=f"suggested-{number}",
                on_click=session.suggest,
                args=(question,),
                width="stretch",
            )


def _suggestions(services: Services) -> tuple[str, ...]:
    """Found once in a session: each suggestion is tried before it is shown."""
    if _SUGGESTED not in st.session_state:
        st.session_state[_SUGGESTED] = suggested(services.asker)
    found: tuple[str, ...] = st.session_state[_SUGGESTED]
    return found


def _opened(services: Services, form: int, place: Location | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("关闭这张表", key="close-form", on_click=session.open_form, args=(None,))
        link = f'data-goto="1" href="{escape(form_address(form, place))}"'
        st.html(f'<a class="af-quiet" {link}>在项目库打开第{form}号表</a>')
    stored = services.library.form(form)
    form_view(check_form(stored.form), f"ask-{form}")
