"""The pages and who sees them; draws the one that the address names."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Literal

import streamlit as st

from assistant.people import LOCAL, Role
from assistant.services import Services
from assistant.web import state
from assistant.web.shell import identity
from assistant.web.shown.escape import visible


def draw(services: Services) -> None:
    """Draws the page that the address names, as the person who is signed in may see it."""
    person = identity.signed_in(services)
    if person is not None:
        own = services.for_person(person)
        _pages(own).run()
        if "look" in st.query_params:
            from assistant.web.shown.look import look  # noqa: PLC0415  the first page does without it

            look(own)


def _pages(opened: Services) -> st.Page:
    """The pages and their place in the top line; gives the one that the address names.

    What is of no use to the person's roles is left out of the line; the services refuse what is not allowed.
    """
    person = opened.person
    drafts, reviews = person.has(Role.DRAFTER), person.has(Role.REVIEWER)
    drafting = _page("起草", "draft", opened, default=drafts, useful=drafts)
    state.remember_drafting(drafting)
    pages = [
        drafting,
        _page("检查", "check", opened),
        _page("审核", "review", opened, useful=reviews),
        _page("项目库", "library", opened),
        _page("问答", "ask", opened),
        _page("规则", "rules"),
        _page("帮助", "help"),
        _page("系统", "system", opened, useful=person.has(Role.ADMIN)),
    ]
    if not drafts:
        # The page behind the bare address; the others keep addresses of their own, whatever the roles.
        first = partial(st.switch_page, pages[2] if reviews else pages[-1])
        pages.append(st.Page(first, title="首页", url_path="home", default=True, visibility="hidden"))
    if person != LOCAL:
        me = partial(identity.person_page, person)
        pages.append(st.Page(me, title=visible(person.shown), icon=":material/person:", url_path="me"))
    return st.navigation(pages, position="top")


def _page(title: str, name: str, *given: Services, default: bool = False, useful: bool = True) -> st.Page:
    """The page of a package, whose module is loaded when it is first drawn."""

    def draw_it() -> None:
        import_module(f"assistant.web.{name}.page").page(*given)

    visibility: Literal["visible", "hidden"] = "visible" if useful else "hidden"
    return st.Page(draw_it, title=title, url_path=name, default=default, visibility=visibility)
