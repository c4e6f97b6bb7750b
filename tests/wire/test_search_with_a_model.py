"""The search with the real embedding client, a local server and the real store, as a user configures it."""

from __future__ import annotations

import hashlib
import json
import random
import socket
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.services import open_services
from assistant.settings import Settings
from tests.wire.stub import Received, Scripted, Stub, refused
from vectorstore.probes import PAIRS

SAME = {spoken: printed for printed, spoken in PAIRS} | {"蝙蝠侠": "干扰申诉处理率"}
POISON = "监测月报完成次数"


def meaning(text: str) -> list[float]:
    chance = random.Random(hashlib.sha256(SAME.get(text, text).encode()).hexdigest())
    return [chance.gauss(0, 1) for _ in range(48)]


def answer(request: Received) -> Scripted:
    texts = request.body["input"]
    if POISON in texts:
        return refused("internal error", 500)
    rows = [{"index": at, "embedding": meaning(text)} for at, text in enumerate(texts)]
    return Scripted(raw=json.dumps({"data": rows}).encode())


def settings(folder: Path, url: str) -> Settings:
    return Settings(home=folder, base_url=url, embedding_model="bge-small-zh")


@pytest.mark.slow
def test_the_configured_model_finds_what_words_do_not_and_a_restart_asks_for_the_query_only(
    tmp_path: Path,
) -> None:
    with Stub(answer) as stub:
        with closing(open_services(settings(tmp_path, stub.url))) as services:
            first = services.library.search("蝙蝠侠", 1)[0]
            assert services.library.search_notice == ""
        before = len(stub.requests)
        with closing(open_services(settings(tmp_path, stub.url))) as services:
            assert services.library.search("蝙蝠侠", 1) == [first]
            assert services.library.search(POISON, 1)[0].row.indicator == POISON
        assert first.row.indicator == "干扰申诉处理率"
        assert first.why == "语义相近"
        asked = [text for request in stub.requests[before:] for text in request.body["input"]]
        assert set(asked) <= {PAIRS[0][0], "蝙蝠侠", POISON}


@pytest.mark.slow
def test_a_model_that_cannot_be_reached_is_said_once_beside_the_hits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    for name, value in {
        "ASSISTANT_HOME": str(tmp_path),
        "OPENAI_BASE_URL": url,
        "OPENAI_EMBEDDING_MODEL": "bge-small-zh",
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["search", "干扰申诉处理率", "-n", "1", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["hits"][0]["indicator"] == "干扰申诉处理率"
    assert err.count("连不上向量模型服务") == 1
