"""First- and second-level indicators: their stems, their official names, and which belongs where."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.form.numerals import normal
from assistant.rules.reading import RowCells


class FirstLevel(StrEnum):
    """The stems of the first-level indicators."""

    COST = "成本"
    OUTPUT = "产出"
    BENEFIT = "效益"
    SATISFACTION = "满意度"


SECOND_LEVELS: dict[str, tuple[FirstLevel, ...]] = {
    "数量": (FirstLevel.OUTPUT,),
    "质量": (FirstLevel.OUTPUT,),
    "时效": (FirstLevel.OUTPUT,),
    "成本": (FirstLevel.OUTPUT, FirstLevel.COST),
    "经济成本": (FirstLevel.COST, FirstLevel.OUTPUT),
    "社会成本": (FirstLevel.COST, FirstLevel.OUTPUT),
    "生态环境成本": (FirstLevel.COST, FirstLevel.OUTPUT),
    "经济效益": (FirstLevel.BENEFIT,),
    "社会效益": (FirstLevel.BENEFIT,),
    "生态效益": (FirstLevel.BENEFIT,),
    "可持续影响": (FirstLevel.BENEFIT,),
    "服务对象满意度": (FirstLevel.SATISFACTION,),
}
"""Stem of each second-level indicator and the first levels that it may stand under."""

_SHORT = {
    "满意度": "服务对象满意度",
    "可持续": "可持续影响",
    "生态环境效益": "生态效益",
    "生态成本": "生态环境成本",
}
_SUFFIX = "指标"
_POINTS = re.compile(r"\d+(?:\.\d+)?分$")


@lru_cache(maxsize=1024)
def bare(label: str) -> str:
    """A label without points in brackets, blanks and the word 指标: ``产出指标（50分）`` gives ``产出``."""
    text = normal(label)
    for mark in "([":
        text = text.partition(mark)[0]
    return text.strip("0123456789分.、:").removesuffix(_SUFFIX)


def first_level(cells: RowCells) -> FirstLevel | None:
    """The first level of a row by its own cell, else by its second level; None for another scheme."""
    return _first(cells.level1, cells.level2)


@lru_cache(maxsize=1024)
def _first(level1: str, level2: str) -> FirstLevel | None:
    stem = bare(level1)
    for level in FirstLevel:
        if level in stem:
            return level
    second = stem_of(level2)
    return SECOND_LEVELS[second][0] if second and not stem else None


@lru_cache(maxsize=1024)
def stem_of(level2: str) -> str:
    """The stem of a second level as officially named; ``""`` for a blank or another scheme."""
    stem = bare(level2)
    stem = _SHORT.get(stem, stem)
    if stem not in SECOND_LEVELS and "满意" in stem:
        stem = "服务对象满意度"
    return stem if stem in SECOND_LEVELS else ""


def official_first(level: FirstLevel) -> str:
    """产出指标, 满意度指标 …"""
    return level + _SUFFIX


def official_second(stem: str) -> str:
    """数量指标, 服务对象满意度指标 …"""
    return stem + _SUFFIX


@lru_cache(maxsize=1024)
def is_official(label: str, official: str) -> bool:
    """True where a printed label is the official name, apart from points in brackets and typography."""
    text = normal(label)
    for mark in "([":
        text = text.partition(mark)[0]
    return _POINTS.sub("", text) == official
