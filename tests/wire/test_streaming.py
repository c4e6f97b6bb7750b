"""A reply that is heard while it arrives, stopped half-way, refused as a stream; one budget a turn."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest

from assistant.drafting.replies import TargetReply
from assistant.errors import ModelUnavailableError
from assistant.llm import OpenAIChat, one_turn, provisional
from assistant.llm.redaction import redacted
from tests.wire.stub import Received, Scripted, Stub, called, refused, said

TARGET = {
    "row": 3,
    "sign": "≥",
    "value": "95",
    "unit": "%",
    "wording": "",
    "reason": "同类项目多为95%",
    "evidence_ids": [],
}


def chat(stub: Stub, **changes: float) -> OpenAIChat:
    return OpenAIChat(stub.url, "", f"stub-{id(stub)}", **{"budget_seconds": 3.0, **changes})


class Stopped(BaseException):
    """What a page raises where the person presses stop."""


def test_a_listener_hears_the_reply_grow_and_the_answer_is_the_same() -> None:
    heard: list[str] = []
    with Stub([called(TARGET)]) as stub, one_turn(heard.append):
        answer = chat(stub).answer("问", TargetReply, prompt_id="x")
    assert answer.row == 3
    assert stub.requests[0].body["stream"] is True
    assert heard and "同类项目多为95%" in provisional(heard[-1])
    assert all(later.startswith(earlier) for earlier, later in pairwise(heard))


def test_a_silent_server_can_be_stopped() -> None:
    heard: list[str] = []

    def stop(text: str) -> None:
        heard.append(text)
        if len(heard) == 2:
            raise Stopped

    started = time.monotonic()
    with Stub([called(TARGET).but(delay=30)]) as stub, one_turn(stop), pytest.raises(Stopped):
        chat(stub, budget_seconds=20.0).answer("问", TargetReply, prompt_id="x")
    assert heard == ["", ""]
    assert time.monotonic() - started < 10


def test_without_a_listener_nothing_is_streamed() -> None:
    with Stub([called(TARGET)]) as stub, one_turn():
        chat(stub).answer("问", TargetReply, prompt_id="x")
    assert not stub.requests[0].body.get("stream")


def test_what_the_listener_raises_ends_the_call_at_once() -> None:
    def stop(_: str) -> None:
        raise Stopped

    with Stub([called(TARGET)]) as stub, one_turn(stop), pytest.raises(Stopped):
        chat(stub).answer("问", TargetReply, prompt_id="x")


def test_a_stream_given_up_half_way_closes_its_connection() -> None:
    def stop(text: str) -> None:
        if text:
            raise Stopped

    reply = said(json.dumps(TARGET, ensure_ascii=False)).but(pace=0.05)
    with Stub([reply]) as stub, one_turn(stop):
        with pytest.raises(Stopped):
            chat(stub).answer("问", TargetReply, prompt_id="x")
        assert stub.hung_up.wait(5)


def test_a_server_that_refuses_streams_is_asked_without() -> None:
    def answering(request: Received) -> Scripted:
        return refused("stream is not supported") if request.body.get("stream") else called(TARGET)

    with Stub(answering) as stub, one_turn(lambda _: None):
        assert chat(stub).answer("问", TargetReply, prompt_id="x").row == 3
    assert [bool(request.body.get("stream")) for request in stub.requests] == [True, False]


def test_a_stream_that_is_cut_ends_in_a_reason() -> None:
    with (
        Stub([called(TARGET).but(cut=True)] * 4) as stub,
        one_turn(lambda _: None),
        pytest.raises(ModelUnavailableError, match=r"断开|没有给出"),
    ):
        chat(stub).answer("问", TargetReply, prompt_id="x")


def test_all_calls_of_a_turn_share_its_seconds() -> None:
    began = time.monotonic()
    with Stub([said("{}").but(delay=9)] * 4) as stub, one_turn(seconds=0.6):
        for _ in range(3):
            with pytest.raises(ModelUnavailableError):
                chat(stub).answer("问", TargetReply, prompt_id="x")
    assert time.monotonic() - began < 2


def test_only_readable_texts_of_an_unfinished_reply_are_shown() -> None:
    assert provisional('{"row": 3, "cause": "因农忙') == "因农忙"
    assert provisional('{"row": 3') == ""


def test_kept_texts_name_no_person_and_hold_no_key() -> None:
    text = redacted(
        "王某 11010519491231002X，电话13812345678，卡6222021234567890123，密钥 sk-abcdefghijklmnop"
    )
    assert not any(secret in text for secret in ("11010519491231002X", "13812345678", "6222", "sk-abc"))
    assert redacted("全年预算1250000元，完成率91.43%") == "全年预算1250000元，完成率91.43%"
