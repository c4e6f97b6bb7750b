"""What a browser session remembers, ids above all, and how a failure reaches the person: as one sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TypeVar

import streamlit as st

from assistant.conversation.merging import ClashError
from assistant.errors import AssistantError
from assistant.web.shown.escape import escape

Result = TypeVar("Result")

logger = logging.getLogger(__name__)
_DRAFT = "draft"
_FIRST_WORDS = "words_before_draft"
_ACTING = "acting"
_TROUBLE = "trouble"
_CLASH = "clash"
_DRAFTING = "drafting_page"
_ACCIDENT = "程序出了意外，刚才的操作没有完成；已保存的内容不受影响。请重试，若仍不行请联系管理员查看日志。"


def draft_id() -> str:
    """The id of the draft in work, also after a reload of the page; "" where there is none."""
    if _DRAFT in st.session_state:
        return str(st.session_state[_DRAFT])
    return str(st.query_params.get(_DRAFT, ""))


def keep_draft(identifier: str) -> None:
    """Makes ``identifier`` the draft in work; "" leaves it."""
    st.session_state[_DRAFT] = identifier


def to_drafting() -> None:
    """Leaves the page for 起草, where the draft in work is."""
    st.switch_page(st.session_state[_DRAFTING])


def remember_drafting(page: st.Page) -> None:
    """Tells the pages which one is 起草."""
    st.session_state[_DRAFTING] = page


def keep_first_words(words: str) -> None:
    """What the person said before there was a draft; the conversation begins with it."""
    st.session_state[_FIRST_WORDS] = words


def first_words() -> str:
    """The words kept so, once; "" where there are none."""
    return str(st.session_state.pop(_FIRST_WORDS, ""))


def write_address() -> None:
    """Puts the draft's id into the page's address, so that a reload or a bookmark finds it again."""
    identifier = draft_id()
    if identifier:
        st.session_state[_DRAFT] = identifier
        if st.query_params.get(_DRAFT) != identifier:
            st.query_params[_DRAFT] = identifier
    elif _DRAFT in st.query_params:
        del st.query_params[_DRAFT]


def attempt(call: Callable[[], Result]) -> Result | None:
    """The result of ``call``; None where it failed, and then the reason is shown on the next drawing.

    The acts of one session are done one after the other: Streamlit begins the next act of a person who is
    quick while the last one is still being saved.
    """
    try:
        with _turn():
            return call()
    except ClashError as error:
        keep_clash(error)
    except AssistantError as error:
        st.session_state[_TROUBLE] = str(error)
    except Exception:
        logger.exception("an action of the page failed")
        st.session_state[_TROUBLE] = _ACCIDENT
    return None


def _turn() -> RLock:
    lock: RLock = st.session_state.setdefault(_ACTING, RLock())
    return lock


def clash() -> ClashError | None:
    """The person's edit that waits because somebody else changed the same cells; None where there is none."""
    found: ClashError | None = st.session_state.get(_CLASH)
    return found


def keep_clash(error: ClashError | None) -> None:
    """Remembers an edit that waits for the person's choice; None: it has been chosen."""
    st.session_state[_CLASH] = error


def action(call: Callable[[], object]) -> Callable[[], None]:
    """``call`` as what a button does when it is pressed."""

    def act() -> None:
        attempt(call)

    return act


@contextmanager
def guarded() -> Iterator[None]:
    """Draws what goes wrong while a page is drawn as one sentence."""
    try:
        yield
    except AssistantError as error:
        say_trouble(str(error))
    except Exception:
        logger.exception("a page could not be drawn")
        say_trouble(_ACCIDENT)


def show_trouble() -> None:
    """Draws the reason of the last failed action, once."""
    if message := st.session_state.pop(_TROUBLE, ""):
        say_trouble(message)


def say_trouble(message: str) -> None:
    """One sentence that something went wrong and what to do."""
    st.html(f'<div class="af-trouble" role="alert">{escape(message)}</div>')
