"""Rows that tell one amount for several things: 采暖费及活动经费 is no amount of 活动经费 alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.records.records import Record
from assistant.form.text import pairs
from assistant.form.units import is_money

_PARTS = re.compile("[、,，;；]|以及|及(?!时)|和|与")
_MONEY = re.compile("费|款|补助|补贴|津贴|抚恤金|资金|奖金|支出")
_OTHERS = re.compile("其他|其它|相关|等")
HELD_TOGETHER = "单独的金额，这一行是几样合起来填的"
"""Why such a row gives no answer; no other words of a question would change that."""


def one_of_several(row: Record, words: Sequence[str]) -> str | None:
    """The thing that was asked, where the row's amount is of that and of others; else None."""
    if not is_money(row["actual"].unit):
        return None
    parts = [part for part in _PARTS.split(row["name"].text) if _MONEY.search(part)]
    parts = [part for part in parts if not _OTHERS.search(part)]
    if len(parts) < 2:
        return None
    project = row["project_name"].text
    alone: dict[str, str] = {}
    for word in words:
        asked = [pair for pair in pairs(word.strip("的")) if pair not in project]
        holding = [part for part in parts if asked and all(pair in part for pair in asked)]
        if len(asked) == len(pairs(word.strip("的"))) and len(holding) == 1:
            alone.setdefault(holding[0], word.strip("的"))
    # Where all of them are named, the amount of all is asked.
    return next(iter(alone.values())) if alone and len(alone) < len(parts) else None
