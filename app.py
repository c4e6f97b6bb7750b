"""The web UI: builds the services once, declares the pages, runs the chosen one."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from assistant.people import LOCAL, Role
from assistant.services import Services, open_services
from assistant.settings import Settings
from assistant.web import (
    ask_page,
    check_page,
    draft_page,
    help_page,
    identity,
    library_page,
    looks,
    review_page,
    rules_page,
    state,
    system_page,
)
from assistant.web.escape import visible


@st.cache_resource(show_spinner="正在打开项目库…", on_release=Services.close)
def services() -> Services:
    """One set of services for all sessions of this process."""
    opened = open_services(Settings(), indexed=False)
    opened.warm()
    return opened


def main() -> None:
    """Draws the page that the address names."""
    looks.dress()
    with state.guarded():
        person = identity.signed_in(services())
        if person is not None:
            _pages(services().for_person(person)).run()


def _pages(opened: Services) -> st.Page:
    """The pages and their place in the top line; gives the one that the address names.

    What is of no use to the person's roles is left out of the line; the services refuse what is not allowed.
    """
    person = opened.person
    drafts, reviews = person.has(Role.DRAFTER), person.has(Role.REVIEWER)
    drafting = st.Page(
        partial(draft_page.page, opened),
        title="起草",
        url_path="draft",
        default=drafts,
        visibility=_shown(drafts),
    )
    state.remember_drafting(drafting)
    pages = [
        drafting,
        st.Page(partial(check_page.page, opened), title="检查", url_path="check"),
        st.Page(
            partial(review_page.page, opened),
            title="审核",
            url_path="review",
            visibility=_shown(reviews),
        ),
        st.Page(partial(library_page.page, opened), title="项目库", url_path="library"),
        st.Page(partial(ask_page.page, opened), title="问答", url_path="ask"),
        st.Page(rules_page.page, title="规则", url_path="rules"),
        st.Page(help_page.page, title="帮助", url_path="help"),
        st.Page(
            partial(system_page.page, opened),
            title="系统",
            url_path="system",
            visibility=_shown(person.has(Role.ADMIN)),
        ),
    ]
    if not drafts:
        # The page behind the bare address; the others keep addresses of their own, whatever the roles.
        first = partial(st.switch_page, pages[2] if reviews else pages[-1])
        pages.append(st.Page(first, title="首页", url_path="home", default=True, visibility="hidden"))
    if person != LOCAL:
        me = partial(identity.person_page, person)
        pages.append(st.Page(me, title=visible(person.shown), icon=":material/person:", url_path="me"))
    return st.navigation(pages, position="top")


def _shown(useful: bool) -> Literal["visible", "hidden"]:
    return "visible" if useful else "hidden"


if __name__ == "__main__":
    main()
