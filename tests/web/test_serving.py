"""What a process loads while nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from assistant.services import Services
from assistant.web.shell import serving


async def _load_all() -> None:
    async with serving.loading(None):
        serving.page_drawn()
        for thread in threading.enumerate():
            if thread.name == "load":
                await asyncio.to_thread(thread.join, 60)
                assert not thread.is_alive()


def test_all_that_is_to_be_loaded_ahead_can_be_loaded(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert serving.services() is services
    asyncio.run(_load_all())
    assert not [
        one for one in caplog.records if one.name == serving.__name__ and one.levelno >= logging.WARNING
    ]
