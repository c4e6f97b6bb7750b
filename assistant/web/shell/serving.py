"""The services of a process, opened once, and what is loaded ahead while nobody waits for it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from assistant.services import Services

_LOG = logging.getLogger(__name__)
_PATIENCE = 10.0
"""Seconds that the heavier loading leaves to a first visitor, who would share the processor with it."""
_LATER = ("check", "review", "library", "ask", "rules", "help", "system")
_open, _drawn = Event(), Event()


def _close(opened: Services) -> None:
    opened.close()


@st.cache_resource(show_spinner=False, on_release=_close)
def services() -> Services:
    """One set of services for all sessions of this process."""
    # The server listens before all of this is loaded.
    from assistant.services import open_services  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415

    opened = open_services(Settings(), indexed=False)
    _open.set()
    return opened


@asynccontextmanager
async def loading(_app: Any) -> AsyncIterator[None]:
    """For as long as the server runs: what the first visitors would wait for is loaded from its start."""
    Thread(target=_load, name="load", daemon=True).start()
    yield


def ready() -> bool:
    """Whether a page can be drawn without waiting for what is being loaded."""
    return _open.is_set()


def page_drawn() -> None:
    """The first page stands: the heavier loading may begin."""
    _drawn.set()


def _load() -> None:
    try:
        import_module("assistant.web.shell.site")
        opened = services()
        import_module("assistant.web.draft.page")
        _drawn.wait(_PATIENCE)
        import_module("assistant.web.draft.work")
        opened.warm().join()
        for name in _LATER:
            import_module(f"assistant.web.{name}.page")
    except Exception:  # noqa: BLE001  the first who needs what failed here is told what to do about it
        _LOG.warning("not everything could be loaded ahead", exc_info=True)
