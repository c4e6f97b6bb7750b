"""Cards called by name, as people who read a list of suggestions do."""

from __future__ import annotations

import pytest

from assistant.conversation.by_name import decided_by_name
from assistant.drafting.proposal import Proposal
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Indicator
from tests.drafting.sample_forms import trained


def card(name: str) -> Proposal:
    row = Indicator(level1="产出指标", level2="数量指标", name=name)
    place = Location(section="indicators")
    return Proposal(
        id=name,
        kind="indicator",
        edits=(Edit(operation="insert", location=place, indicator=row),),
        location=place,
    )


CARDS = [card("清淤长度"), card("沿岸居民满意度"), card("清淤及时率")]


@pytest.mark.parametrize(
    ("said", "names", "taken"),
    [
        ("采纳清淤长度", ["清淤长度"], True),
        ("同意沿岸居民满意度和清淤及时率这两个", ["沿岸居民满意度", "清淤及时率"], True),
        ("清淤长度、清淤及时率都采纳吧", ["清淤长度", "清淤及时率"], True),
        ("满意度那条不用", ["沿岸居民满意度"], False),
        ("不要清淤及时率这个指标", ["清淤及时率"], False),
        ("“清淤长度”可以采纳", ["清淤长度"], True),
    ],
)
def test_a_name_means_its_card(said: str, names: list[str], taken: bool) -> None:
    found = decided_by_name(said, CARDS, trained())
    assert found is not None
    assert ([one.id for one in found.cards], found.taken) == (names, taken)


@pytest.mark.parametrize(
    "said",
    [
        "采纳",
        "不用",
        "采纳绿化面积",
        "清淤长度改成5公里",
        "居民没有采纳建议，所以清淤长度不够",
        "清淤长度和绿化面积不用",
    ],
)
def test_what_names_no_card_is_left_to_be_read(said: str) -> None:
    assert decided_by_name(said, CARDS, trained()) is None


def test_a_card_of_a_row_has_the_name_of_the_row() -> None:
    form = trained()
    place = Location(section="indicators", row=1, field="target")
    target = Proposal(id="t", kind="target", edits=(Edit(location=place, new="≥5个"),), location=place)
    found = decided_by_name(f"采纳{form.indicators[0].name}", [target], form)
    assert found is not None and found.cards == (target,)
