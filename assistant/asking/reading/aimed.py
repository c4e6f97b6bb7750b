"""Figures that lie between what was reached, or spent, and what was planned: 差目标几家, 省下多少."""

from __future__ import annotations

import re

from assistant.asking.reading.mentions import Mention, Reading

AIM = re.compile("目标|任务|计划|控制数|预[期计]|要求|指标|[上下]限|限额")
_HOW_MUCH = re.compile("多少|几")
_ASKS_ELSE = re.compile("多少|几|哪|谁|各|分别|、|和|是")


def of_an_aim(mention: Mention) -> bool:
    """Whether a word for a difference says itself that it is one from what was planned."""
    told = mention.name == "gap" and AIM.search(mention.text) is not None
    return told or mention.name in ("unspent", "overspent")


def end_of_a_gap(mention: Mention, reading: Reading) -> bool:
    """控制数加起来,实际省下多少: whether a cell is named only as an end of the difference that is asked."""
    gaps = [m for m in reading.fields if of_an_aim(m) and m.start >= mention.end]
    if mention.name not in ("target", "actual") or not gaps:
        return False
    between = reading.text[mention.end : gaps[0].start]
    asked = _HOW_MUCH.search(reading.text, gaps[0].start)
    return asked is not None and not _ASKS_ELSE.search(between)
