"""Signs of 年度指标值 that point the wrong way."""

from __future__ import annotations

import re

from assistant.form.numerals import normal
from assistant.form.value import Kind, Sign
from assistant.form.value_words import change_by, is_bad_event, is_cost
from assistant.rules.rule import Line

HIGH = (Sign.GE, Sign.GT)
LOW = (Sign.LE, Sign.LT)

_GOOD_RATE = re.compile(
    r"(?<![不未非差误])(?:满意|合格|达标|覆盖|及时|到位|通过|准确|入学|就业|参与|知晓|普及|办结|受益|巩固|优良|优秀|优质|成活)"
    r"[率度]$"
)
_NOT_SPENDING = re.compile("节约|节省|收入|产值|效益|降低|减少|回收")
_PROMISED = re.compile(
    r"(?:补助|补贴|救助|资助|奖补|奖励|保障|供养|抚恤|发放|待遇|投入)(?:金|资金)?(?:水平|标准)"
)


def wanted_sign(line: Line) -> str:
    """The sign that the row of a good rate or a bad event should have, ``""`` where its own will do."""
    name = line.cells.name.strip()
    if is_cost(line.cells.level2, name) or line.target.kind is not Kind.QUANTITATIVE:
        return ""
    if change_by(normal(line.target.raw)):
        return ""
    bad = is_bad_event(name)
    if bad and line.target.sign in HIGH:
        return "≤"
    return "≥" if _GOOD_RATE.search(name) and line.target.sign in LOW and not bad else ""


def invites_spending(line: Line) -> bool:
    """True for a cost with ≥: the more is spent, the better it scores."""
    levels = line.cells.level1 + line.cells.level2
    return (
        line.target.sign in HIGH
        and change_by(normal(line.target.raw)) >= 0
        and not _NOT_SPENDING.search(line.cells.name)
        and is_cost(levels, line.cells.name)
    )


def is_promised(line: Line) -> bool:
    """True for a rate of benefit (人均补助标准), which may promise at least so much."""
    return _PROMISED.search(line.cells.name) is not None


def is_backwards(line: Line) -> bool:
    """True where the sign itself is the fault, so that missing the target proves nothing."""
    return wanted_sign(line) != "" or invites_spending(line)
