"""OpenAIEmbedder with the real client against a local server: a bad text or server never spoils the rest."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

import pytest

from assistant.errors import ModelUnavailableError
from assistant.llm import OpenAIEmbedder
from tests.wire.stub import Received, Scripted, Stub, refused

KEY = "sk-secret-of-the-office"
TEXTS = [f"第{number}项指标完成率" for number in range(100)]
BAD = TEXTS[37]


@pytest.fixture(scope="session", autouse=True)
def vendors_loaded() -> None:
    import langchain_openai  # noqa: F401, PLC0415 - its seconds belong to no scenario


def vector(text: str) -> tuple[float, ...]:
    return (float(len(text)), float(sum(map(ord, text)) % 97), 1.0)


def embedded(texts: list[str], special: dict[str, object] | None = None) -> Scripted:
    """A reply whose rows stand in another order than the texts, as the index allows."""
    rows = [
        {"object": "embedding", "index": at, "embedding": (special or {}).get(text, vector(text))}
        for at, text in enumerate(texts)
    ]
    body = {
        "object": "list",
        "model": "stub",
        "data": rows[::-1],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }
    return Scripted(raw=json.dumps(body).encode())


def answering(reply: Callable[[list[str]], Scripted]) -> Callable[[Received], Scripted]:
    return lambda request: reply(request.body["input"])


def embedder(stub: Stub, path: str = "") -> OpenAIEmbedder:
    return OpenAIEmbedder(stub.url + path, KEY, "bge-small-zh")


def spoiling(special: object) -> Callable[[list[str]], Scripted]:
    return lambda texts: embedded(texts, {BAD: special})


def without_the_bad(texts: list[str]) -> Scripted:
    reply = json.loads(embedded(texts).raw or b"")
    reply["data"] = [row for row in reply["data"] if texts[row["index"]] != BAD]
    return Scripted(raw=json.dumps(reply).encode())


def crashing_on_the_bad(texts: list[str]) -> Scripted:
    return refused("internal error", 500) if BAD in texts else embedded(texts)


def refusing_the_bad(texts: list[str]) -> Scripted:
    return refused("input is too long", 400) if BAD in texts else embedded(texts)


def test_texts_go_as_they_are_in_batches_and_come_back_in_order() -> None:
    with Stub(answering(embedded)) as stub:
        assert embedder(stub).embed(TEXTS, 10) == [vector(text) for text in TEXTS]
    assert [len(request.body["input"]) for request in stub.requests] == [64, 36]
    request = stub.requests[0]
    assert request.path == "/v1/embeddings"
    assert request.body["input"] == TEXTS[:64]
    assert (request.body["model"], request.body["encoding_format"]) == ("bge-small-zh", "float")
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_the_full_address_may_be_given() -> None:
    with Stub(answering(embedded)) as stub:
        assert embedder(stub, "/embeddings").embed(TEXTS[:1], 10) == [vector(TEXTS[0])]


@pytest.mark.parametrize(
    "reply",
    [
        spoiling([float("nan"), 1.0, 2.0]),
        spoiling([float("inf"), 1.0, 2.0]),
        spoiling([0.0, 0.0, 0.0]),
        spoiling([1.0, 2.0]),
        spoiling([1.0, None, 2.0]),
        spoiling(None),
        spoiling("AAAA"),
        without_the_bad,
        crashing_on_the_bad,
        refusing_the_bad,
    ],
)
def test_one_bad_text_gets_no_vector_and_all_others_do(reply: Callable[[list[str]], Scripted]) -> None:
    with Stub(answering(reply)) as stub:
        found = embedder(stub).embed(TEXTS, 10)
    assert found == [None if text == BAD else vector(text) for text in TEXTS]
    assert len(stub.requests) < 20


def test_a_server_that_takes_few_texts_at_once_is_remembered() -> None:
    def few(texts: list[str]) -> Scripted:
        return (
            refused("batch size is invalid, it should not be larger than 10")
            if len(texts) > 10
            else embedded(texts)
        )

    with Stub(answering(few)) as stub:
        one = embedder(stub)
        assert one.embed(TEXTS, 10) == [vector(text) for text in TEXTS]
        before = len(stub.requests)
        assert one.embed(TEXTS[:40], 10) == [vector(text) for text in TEXTS[:40]]
    assert {len(request.body["input"]) for request in stub.requests[before:]} == {8}


def test_a_busy_server_is_asked_once_more() -> None:
    replies = [refused("slow down", 429, retry_after="0"), embedded(TEXTS[:3])]
    with Stub(replies) as stub:
        assert None not in embedder(stub).embed(TEXTS[:3], 10)


@pytest.mark.parametrize(
    ("reply", "told", "most"),
    [
        (refused("Incorrect API key provided: " + KEY, 401), "OPENAI_API_KEY", 1),
        (refused("no such model", 404), "OPENAI_EMBEDDING_MODEL", 1),
        (refused("quota", 429, retry_after="0"), "额度", 2),
        (refused("quota", 429, retry_after="60"), "额度", 1),
        (refused("down", 500), "500", 12),
        (Scripted(raw=b"<html>login</html>", headers={"Content-Type": "text/html"}), "读不懂", 1),
        (Scripted(raw=b'{"data": 3}'), "读不懂", 1),
        (embedded(TEXTS[:3]).but(cut=True), "断开", 1),
        (embedded(TEXTS[:3]).but(delay=5), "时限", 1),
        (embedded(TEXTS[:3]).but(drip=5), "时限", 1),
    ],
)
def test_a_server_of_no_use_is_told_in_time(reply: Scripted, told: str, most: int) -> None:
    with Stub(lambda _request: reply) as stub:
        started = time.monotonic()
        with pytest.raises(ModelUnavailableError, match=told) as raised:
            embedder(stub).embed(TEXTS[:3] if reply.raw else TEXTS, 1.0)
    assert time.monotonic() - started < 2.0
    assert len(stub.requests) <= most
    assert KEY not in str(raised.value)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelUnavailableError, match="连不上"):
        OpenAIEmbedder(url, "", "bge-small-zh").embed(TEXTS, 5)
