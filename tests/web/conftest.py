"""The real services on a temporary data folder, shared by the page tests of one file only: some change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.services import Services

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("DATABASE_URL", "CHROMA_URL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"):
            patch.delenv(name, raising=False)
        opened = import_module("app").services()
        opened.warm()
        yield opened
        st.cache_resource.clear()


def draw_page(name: str) -> None:
    """What AppTest runs as a script: one page with the services that app.py builds."""
    from importlib import import_module  # noqa: PLC0415 - the function's body is the script

    from app import services  # noqa: PLC0415

    page = import_module(f"assistant.web.{name}.page").page
    if name in ("help", "rules"):
        page()
    else:
        page(services())


@pytest.fixture
def open_page(services: Services) -> Open:
    """Draws one page by its name; ``query`` is its address, other arguments its first session state."""

    def opened(name: str, *, query: dict[str, str] | None = None, **state: Any) -> AppTest:
        test = AppTest.from_function(draw_page, kwargs={"name": name}, default_timeout=20)
        for key, value in (query or {}).items():
            test.query_params[key] = value
        for key, value in state.items():
            test.session_state[key] = value
        return test.run()

    return opened


def html_of(test: AppTest) -> str:
    """All that the page draws through st.html, without the scripts of its own."""
    assert not test.exception
    return "\n".join(element.value for element in test.html if not element.proto.unsafe_allow_javascript)


def scripts_of(test: AppTest) -> str:
    """The scripts that the page runs in the browser."""
    return "\n".join(element.value for element in test.html if element.proto.unsafe_allow_javascript)
