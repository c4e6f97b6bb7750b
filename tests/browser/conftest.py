"""One server and one browser for all journeys; skipped where the machine has no chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser-home")


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    if running.CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with running.server(home) as url:
        yield url


@pytest.fixture(scope="session")
def launched(address: str) -> Iterator[Browser]:
    with running.browser() as found:
        yield found


@pytest.fixture
def page(launched: Browser, address: str) -> Iterator[Page]:
    """A window of its own; whatever it asks of another machine fails the test."""
    opened = running.open_page(launched, address)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.context.close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
