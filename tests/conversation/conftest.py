"""A session without a model over the bundled past forms; modules that need another define their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.conversation.session import DraftSession
from assistant.services import open_services
from assistant.settings import Settings


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DraftSession]:
    services = open_services(Settings(home=tmp_path_factory.mktemp("home")), offline=True)
    yield services.session
    services.close()
