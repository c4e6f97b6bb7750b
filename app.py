"""The web UI: the server that loads ahead what the pages need, and the script that draws a page."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import streamlit as st
from starlette.middleware import Middleware

from assistant.web.shell import looks, serving
from assistant.web.shell.opening import Opening
from assistant.web.shell.parts import Parts
from assistant.web.shell.serving import services


def main() -> None:
    """Draws the page that the address names."""
    looks.dress()
    with _opening():
        # The server listens before the pages are loaded.
        from assistant.web import state  # noqa: PLC0415
        from assistant.web.shell import site  # noqa: PLC0415
    with state.guarded():
        with _opening():
            opened = services()
        site.draw(opened)
    serving.page_drawn()


def _opening() -> AbstractContextManager[None]:
    """What the first visitor sees while the library is being opened."""
    return nullcontext() if serving.ready() else st.spinner("正在打开项目库…")


if __name__ == "__main__":
    main()
else:  # imported by the server, which runs this very file for each drawing of a page
    app = st.App(__file__, lifespan=serving.loading, middleware=[Middleware(Parts), Middleware(Opening)])
