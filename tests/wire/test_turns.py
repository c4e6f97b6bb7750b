"""Whole turns with a model that fails or invents: each ends in a valid draft, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.conversation.session import DraftSession, DraftView
from assistant.form.finding import Severity
from assistant.library import Library
from assistant.llm import ChatModel, OpenAIChat
from assistant.rules.check import check_form
from tests.wire.stub import Received, Scripted, Stub, called, refused
from tests.wire.test_wire import KEY, STALLS, UNANSWERED
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex

TOLD = (
    "我们是某县农机推广站，主管部门某县农业农村局，2024年做农机手培训项目，预算40万元，都是当年财政拨款，"
    "实际支出38万元，去年培训了84人，今年计划培训100人。",
    "培训人数实际完成88人，其余都按目标完成",
    "主要是农忙时间冲突，部分农机手没能到场。下一步错开农忙安排班次。",
)
FAULTS = {**{name: script for name, (script, _) in UNANSWERED.items()}, **STALLS}
_BUDGET, _SHORT_BUDGET = 10.0, 0.4


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    opened = Library("sqlite://", IndicatorIndex())
    opened.add_forms(bundled_forms())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def offline(library: Library) -> DraftView:
    return played(library, None)


def played(library: Library, model: ChatModel | None) -> DraftView:
    """The conversation, every card accepted as soon as it is there."""
    session = DraftSession(library, library.search, model)
    view = session.begin()
    for text in TOLD:
        view = session.say(view.id, text)
        for card in [one for one in view.proposals if view.decisions[one.id] == "pending"]:
            view = session.decide(view.id, card.id, True)
    return view


def again(script: list[Scripted]) -> Any:
    """The script for each call of a turn anew: what the server does wrong, it does every time."""
    count = 0

    def answering(_: Received) -> Scripted:
        nonlocal count
        count += 1
        return script[(count - 1) % len(script)]

    return answering


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_ends_in_the_draft_of_the_rules_and_a_notice(
    library: Library, offline: DraftView, name: str
) -> None:
    with Stub(again(FAULTS[name])) as stub:
        budget = _SHORT_BUDGET if name in STALLS else _BUDGET
        view = played(library, OpenAIChat(stub.url, KEY, "stub-model", budget_seconds=budget))
        assert stub.requests
    assert view.form == offline.form
    notices = [one.notice for one in view.messages if one.notice]
    assert notices
    assert all(notice.endswith("。") and KEY not in notice for notice in notices)
    assert not [f for f in check_form(view.form).findings if f.severity is Severity.ERROR]


class Inventor:
    """Replies of the right shape, full of rows, figures and names that nobody has said."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __call__(self, request: Received) -> Scripted:
        if request.way != "tools":
            return refused("tools only")
        wanted = request.body["tools"][0]["function"]["parameters"]["properties"]
        kind = next(name for name in INVENTED if name in wanted)
        self.asked.add(kind)
        return called(INVENTED[kind])


FIGURE = {"sign": "≥", "value": "7777", "evidence_ids": []}
NEW = {"level1": "产出指标", "level2": "数量指标", "name": "新建飞鹤泵站数量", "unit": "座"}
TARGET = {"row": 99, "unit": "人", "wording": "", "reason": "上级要求7777人"}
INVENTED: dict[str, dict[str, Any]] = {
    "facts": {"facts": [{"place": "actual", "row": 99, "name": "", "value": "7777人"}]},
    "indicators": {"indicators": [{**NEW, **FIGURE}]},
    "targets": {"targets": [{**TARGET, **FIGURE}]},
    "cause": {
        "row": 1,
        "cause": "飞鹤公司拖欠7777万元，导致停工。",
        "measure": "由张三负责，追回7777万元。",
        "evidence_ids": [],
    },
}


def test_what_a_model_invents_never_reaches_the_form_unmarked(library: Library) -> None:
    inventor = Inventor()
    with Stub(inventor) as stub:
        view = played(library, OpenAIChat(stub.url, "", "stub-model", budget_seconds=_BUDGET))
    assert inventor.asked >= {"facts", "indicators", "cause"}, "each kind of reply was given"
    sentences = re.split(r'[。"\n]', view.form.model_dump_json())
    assert not [
        one for one in sentences if ("7777" in one or "飞鹤" in one or "张三" in one) and "待核实" not in one
    ]
    assert not [f for f in check_form(view.form).findings if f.severity is Severity.ERROR]
