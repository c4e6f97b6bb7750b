"""The tolerant extractor, the schema shown to models, the ladder and the deadline, without any wire."""

from __future__ import annotations

import json
import threading
import time
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from assistant.llm.deadline import Deadline, Exchange
from assistant.llm.extract import UnusableReplyError, last_object, typed, without_thoughts
from assistant.llm.ladder import Dialect, Memory, Rung
from assistant.llm.wording import format_request, plain_schema

OBJECT = {"row": 1, "note": "甲"}
TEXT = json.dumps(OBJECT, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"结果：{TEXT}。完毕",
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}",
        f"<think>{{}}</think>{TEXT}",
        f"<thinking>\n好\n</thinking>\n{TEXT}",
        f'想一想 {{"row": 2}} </think> {TEXT}',
        f"{{坏}} {TEXT}",
        f'{{"row": 2, "note": "乙"}} {TEXT}',
        f"{TEXT} <think>再想",
        f'{TEXT} {{"row": 3, ',
        '{"row": 1, "note": "甲",}',
        f"[{TEXT}]",
    ],
)
def test_the_object_is_found(text: str) -> None:
    assert last_object(text) == OBJECT


@pytest.mark.parametrize(
    "text", ["", "没有", "{", '{"row": 1', "<think>" + TEXT, '{"row": NaN}', "[1, 2]", "}{", "null"]
)
def test_there_is_no_object(text: str) -> None:
    assert last_object(text) is None


def test_line_breaks_inside_a_string_are_kept() -> None:
    assert last_object('{"note": "甲\n乙"}') == {"note": "甲\n乙"}


@given(st.text(alphabet='{}[]",:1甲 \\`<>/think\n', max_size=300))
def test_no_text_breaks_the_extractor(text: str) -> None:
    found = last_object(text)
    assert found is None or isinstance(found, dict)


@pytest.mark.parametrize(
    "text", ["{" * 100_000, '{"a":' * 50_000, '[{"a":' * 50_000, '{"a":1}' * 50_000, "{" + "<think>" * 30_000]
)
def test_hostile_replies_cost_little(text: str) -> None:
    started = time.monotonic()
    last_object(text)
    assert time.monotonic() - started < 2


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=5),
    st.text(max_size=20),
)
def test_any_object_survives_prose_around_it(data: dict[str, Any], prose: str) -> None:
    prose = prose.replace("{", "").replace("}", "").replace("<", "")
    if "think" in json.dumps(data, ensure_ascii=False):
        return
    assert last_object(f"{prose}\n{json.dumps(data, ensure_ascii=False)}\n{prose}") == data


def test_thoughts_are_taken_out() -> None:
    assert without_thoughts("<think>甲</think>乙<THINK>丙</THINK>丁") == "乙丁"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["甲", "乙"] = Field(description="哪一种")
    ids: tuple[Literal["E1"], ...] = Field(description="编号")


class Outer(BaseModel):
    """For engineers."""

    model_config = ConfigDict(extra="forbid")
    row: int = Field(description="行号")
    title: str = Field(default="", description="标题", max_length=9)
    items: tuple[Inner, ...] = Field(description="各项")


def test_the_schema_is_plain() -> None:
    schema = plain_schema(Outer)
    assert schema["required"] == ["row", "title", "items"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["title"] == {"type": "string", "description": "标题"}
    item = schema["properties"]["items"]["items"]
    assert item["properties"]["kind"] == {"type": "string", "description": "哪一种", "enum": ["甲", "乙"]}
    assert item["properties"]["ids"]["items"] == {"type": "string", "enum": ["E1"]}
    assert "engineers" not in json.dumps(schema)


def test_the_format_is_shown_as_a_skeleton_not_as_a_schema() -> None:
    text = format_request(plain_schema(Outer), Rung.TEXT)
    assert '"kind": 〈"甲"、"乙" 之一：哪一种〉' in text
    assert "JSON" in text
    assert "properties" not in text
    assert "工具" not in text
    assert "调用工具 answer" in format_request(plain_schema(Outer), Rung.TOOLS)


def test_what_is_wrong_is_named() -> None:
    data = {"items": [{"kind": "丙", "ids": []}], "extra": 1}
    with pytest.raises(UnusableReplyError) as raised:
        typed(data, Outer)
    for part in ("row：缺少这个字段", "items.0.kind：", "extra：没有这个字段"):
        assert part in str(raised.value)
    with pytest.raises(UnusableReplyError, match="没有完整的 JSON"):
        typed(None, Outer)


def test_a_wrapped_object_is_unwrapped_but_its_own_fields_are_not() -> None:
    class Single(BaseModel):
        items: dict[str, int]

    assert typed({"result": {"row": 1, "items": []}}, Outer).row == 1
    assert typed({"items": {"items": 1}}, Single).items == {"items": 1}


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        (400, "tools are not supported", Dialect(Rung.JSON_SCHEMA)),
        (400, "anything", Dialect(Rung.JSON_SCHEMA)),
        (422, "tool_choice", Dialect(Rung.JSON_SCHEMA)),
        (404, "no endpoint supports tool use", Dialect(Rung.JSON_SCHEMA)),
        (404, "model not found", None),
        (500, "tools need --jinja", Dialect(Rung.JSON_SCHEMA)),
        (500, "internal error", None),
        (401, "tool", None),
        (429, "tool", None),
        (400, "maximum context length exceeded", None),
        (400, "data inspection failed", None),
        (400, "only stream mode is supported", Dialect(Rung.TOOLS, stream=True)),
    ],
)
def test_what_follows_a_refusal(status: int, message: str, expected: Dialect | None) -> None:
    assert Dialect().after_refusal(status, message) == expected


def test_the_ladder_ends_and_is_remembered_by_endpoint() -> None:
    lowest = Dialect(Rung.TEXT)
    assert lowest.lower() is None
    assert lowest.after_refusal(400, "no") is None
    memory = Memory()
    memory.keep("http://a", "m", lowest)
    assert memory.recall("http://a", "m") == lowest
    assert memory.recall("http://a", "n") == Dialect()


def test_the_deadline_ends_what_does_not_end_by_itself() -> None:
    release = threading.Event()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        Exchange[bool]().run(0.1, lambda _: release.wait(30))
    assert time.monotonic() - started < 5
    release.set()
    assert Exchange[int]().run(5, lambda _: 7) == 7
    with pytest.raises(KeyError):
        Exchange[int]().run(5, lambda _: {}["x"])


def test_a_wait_that_would_use_up_the_rest_is_not_begun() -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        Deadline(0.5).wait(20)
    assert time.monotonic() - started < 0.4
    with pytest.raises(TimeoutError):
        Deadline(0).remaining()
