"""The web UI: builds the services once, declares the pages, runs the chosen one."""

from __future__ import annotations

import gc
from functools import partial

import streamlit as st

from assistant.services import Services, open_services
from assistant.settings import Settings
from assistant.web import (
    ask_page,
    check_page,
    draft_page,
    help_page,
    library_page,
    looks,
    rules_page,
    state,
    system_page,
)


@st.cache_resource(show_spinner="正在打开项目库…", on_release=Services.close)
def services() -> Services:
    """One set of services for all sessions of this process."""
    opened = open_services(Settings())
    # What the libraries built while they were loaded stays for good: no later collection walks through it.
    gc.collect()
    gc.freeze()
    return opened


def main() -> None:
    """Draws the page that the address names."""
    looks.dress()
    with state.guarded():
        _pages(services()).run()


def _pages(opened: Services) -> st.Page:
    """The pages and their place in the top line; gives the one that the address names."""
    drafting = st.Page(partial(draft_page.page, opened), title="起草", url_path="draft", default=True)
    state.remember_drafting(drafting)
    return st.navigation(
        [
            drafting,
            st.Page(partial(check_page.page, opened), title="检查", url_path="check"),
            st.Page(partial(library_page.page, opened), title="项目库", url_path="library"),
            st.Page(partial(ask_page.page, opened), title="问答", url_path="ask"),
            st.Page(rules_page.page, title="规则", url_path="rules"),
            st.Page(help_page.page, title="帮助", url_path="help"),
            st.Page(partial(system_page.page, opened), title="系统", url_path="system"),
        ],
        position="top",
    )


if __name__ == "__main__":
    main()
