"""Figures asked of what a condition tells: 执行率低于九成的,分别是多少; 超预算的是哪个,多出来多少."""

from __future__ import annotations

import re

from assistant.asking.planning.asked import Asked
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Query

_END = "(?:万元?|元|分|%|钱|个?百分点|个点)?$"
_ASKED = re.compile(
    "[,、](?:那|它们?|其|这些)?(?:分别|各自?|都|具体|合计|一共|总共|共|加起来|正确的?|实际上?|真正|到底|究竟|[加算凑][出起下]来)*"
    f"(?:的)?(?:应该?|应当)?(?:是|为|有|[打得拿考评]了)?(?:多少|几){_END}"
)
"""What a figure of the condition is, not how much it is apart from another."""
_APART = re.compile(
    "[,、]?(?:分别|各自?|都|具体|合计|一共|总共|共|每[个张]|相)*"
    "(?:差|多|少|超|高|低|涨|增|减|追加|调|砍|加|变动?|改)(?:出|整|动|打|给|算|支|加|少|增|减|整|掉)?来?[了的]?"
    f"(?:多少|几){_END}"
)
_DIFFERENCES = {
    ("executed", "budget"): "overspent",
    ("budget", "executed"): "unspent",
    ("budget", "initial"): "adjusted",
    ("initial", "budget"): "adjusted",
    ("exec_score", "exec_score_rule"): "exec_gap",
    ("total", "total_rule"): "total_gap",
    ("score", "rule_score"): "score_gap",
}
_RIGHT = {"rate_printed": "rate", "exec_score": "exec_score_rule", "total": "total_sum"}
"""What should stand where something is printed."""
_SHOULD = re.compile("应该|应当|正确|该")
_OWN = frozenset(("overspent", "unspent", "adjusted", "total_gap", "score_gap", "gap"))
"""Fields that are differences themselves."""
_LOOSE = frozenset(("overspent", "unspent", "gap", "score_gap", "total_gap", "exec_gap"))
"""What a word for more or less may have been read as, before it was known of what."""


def figures_asked(asked: Asked, query: Query) -> tuple[str, ...]:
    """The fields to be shown: those named, else what the condition is about where only 多少 is asked."""
    text, conditions = asked.reading.text, query.conditions()
    apart = dict.fromkeys(field for one in conditions if (field := _difference(one)))
    if len(apart) == 1 and _APART.search(text) and set(query.show) <= _LOOSE:
        return tuple(apart)
    if query.show or not _ASKED.search(text):
        return query.show
    printed = [one.field for one in conditions if one.field in _RIGHT]
    if printed and _SHOULD.search(text):
        return tuple(dict.fromkeys(_RIGHT[field] for field in printed))
    counted = [one.field for one in conditions if FIELDS[query.of][one.field].unit and not one.other]
    return tuple(dict.fromkeys(counted)) if len(set(counted)) == 1 else query.show


def _difference(condition: Condition) -> str:
    if condition.field in _OWN:
        return condition.field
    return _DIFFERENCES.get((condition.field, condition.other), "")
