"""Questions with the real model client and a local server: a reply counts only where it can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from assistant.llm import OpenAIChat
from tests.asking.model_reply import MEAN_RATE
from tests.wire.stub import Scripted, Stub, called, refused
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

WHY = "资金拨付及时率为什么只有50%？"
QUOTE = "财政局没有及时把补助资金拨给企业"
TOLD: dict[str, Any] = {
    "answerable": "yes",
    "sentences": [{"text": "几个地方的财政局拨得晚", "passage_id": "E1", "quote": QUOTE}],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('library')}/l.sqlite", IndicatorIndex())
    opened.add_forms(bundled_forms())
    yield opened
    opened.close()


def asked(library: Library, script: list[Scripted], question: str = WHY) -> tuple[Any, Stub]:
    with Stub(script) as stub:
        chat = OpenAIChat(stub.url, "", "stub-model", budget_seconds=10.0)
        return Asker(library, chat).ask(question), stub


def test_a_reason_is_told_above_the_passage_it_stands_on(library: Library) -> None:
    answer, stub = asked(library, [called(TOLD)])
    assert answer.answer.startswith("几个地方的财政局拨得晚。\n依据原文：")
    assert QUOTE in answer.answer
    assert not answer.notice
    words = stub.requests[0].words
    assert QUOTE in words.split("<<<资料 E1>>>")[1]
    assert "离休干部" not in words, "only the passages found are sent"


@pytest.mark.parametrize(
    "sentence",
    [
        {"quote": "财政局及时拨付了资金"},
        {"quote": "财政"},
        {"passage_id": "E9"},
        {"text": "有7个地方拨得晚"},
        {"text": " "},
    ],
)
def test_what_cannot_be_checked_is_left_aside(library: Library, sentence: dict[str, str]) -> None:
    changed = {**TOLD, "sentences": [*TOLD["sentences"], {**TOLD["sentences"][0], **sentence}]}
    answer, _ = asked(library, [called(changed)])
    assert answer.answer.startswith("“自治区战略性新兴产业专项资金项目”“资金拨付及时率”：“偏差原因：")
    assert "没有通过逐字核对" in answer.notice


def test_a_server_that_fails_leaves_the_passages(library: Library) -> None:
    answer, _ = asked(library, [refused("out of order", 500)] * 6)
    assert QUOTE in answer.answer
    assert answer.notice.endswith("下面是原文。")


def test_a_figure_is_never_asked_of_the_model(library: Library) -> None:
    answer, stub = asked(library, [], "轻工处一共执行了多少钱？")
    assert answer.values == ("323.91764万元",)
    assert not stub.requests


def test_a_query_over_the_wire_is_executed_by_code(library: Library, tmp_path: Path) -> None:
    reply = {**MEAN_RATE, "measure": "median"}
    answer, _ = asked(library, [called(reply)], "把花钱进度居中的那个数报给我")
    assert answer.values == ("100%",)
