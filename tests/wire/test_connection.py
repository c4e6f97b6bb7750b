"""The test of the connection: one small bounded call over the real client, nothing of any form in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant import connection
from assistant.connection import try_model
from assistant.errors import ModelUnavailableError
from assistant.settings import Settings
from tests.wire.stub import Scripted, Stub, called, said


def settings(home: Path, url: str) -> Settings:
    return Settings(home=home, base_url=url, chat_model="stub-model", api_key=SecretStr("key"))


def test_tells_how_long_a_model_took(tmp_path: Path) -> None:
    with Stub([called({"answer": "通"})]) as stub:
        assert 0 <= try_model(settings(tmp_path, stub.url)) < connection.SECONDS
        assert "不涉及任何资料" in stub.requests[0].words


def test_a_model_that_answers_something_else_is_told_apart(tmp_path: Path) -> None:
    with Stub([said("hello")] * 8) as stub, pytest.raises(ModelUnavailableError, match="格式"):
        try_model(settings(tmp_path, stub.url))


def test_a_silent_server_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SECONDS", 1.0)
    start = time.monotonic()
    with Stub([Scripted(delay=5)]) as stub, pytest.raises(ModelUnavailableError, match="秒内"):
        try_model(settings(tmp_path, stub.url))
    assert time.monotonic() - start < 8


def test_without_a_model_it_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="OPENAI_MODEL"):
        try_model(Settings(home=tmp_path))
