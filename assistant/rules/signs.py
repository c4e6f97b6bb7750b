"""Signs of 年度指标值 that point the wrong way."""

from __future__ import annotations

import re

from assistant.form.numerals import normal
from assistant.form.value import Kind, Sign, Value
from assistant.form.value_words import change_by, is_bad_event, is_cost
from assistant.rules.reading import RowCells

# Asked of every row, see ``value_types``.
_QUANTITATIVE = Kind.QUANTITATIVE
HIGH = (Sign.GE, Sign.GT)
LOW = (Sign.LE, Sign.LT)
_SIDED = (*HIGH, *LOW)

_GOOD_RATE = re.compile(
    r"(?<![不未非差误])(?:满意|合格|达标|覆盖|及时|到位|通过|准确|入学|就业|参与|知晓|普及|办结|受益|巩固|优良|优秀|优质|成活"
    r"|完好|完整|正常|正确|在线|可用|存活|保存|有效|落实|公开|响应|处理|处置|办理|验收|结业|上岗|持证|签约|接种|筛查|随访|建档|绿化|复学"
    r"|结案|调解|整改|开放|履约|兑现|发放|完工|竣工|交付|好评|普惠|达产|出勤|到岗|录取|参保|投用)"
    r"[率度]$"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_NOT_SPENDING = re.compile("节约|节省|收入|产值|效益|降低|减少|回收")
_PROMISED = re.compile(
    r"(?:补助|补贴|救助|资助|奖补|奖励|保障|供养|抚恤|发放|待遇|投入)(?:金|资金)?(?:水平|标准)"
)


def wanted_sign(cells: RowCells, target: Value) -> str:
    """The sign that the row of a good rate or a bad event should have, ``""`` where its own will do."""
    if target.kind is not _QUANTITATIVE or target.sign not in _SIDED:
        return ""
    high = target.sign in HIGH
    name = cells.name.strip()
    if is_bad_event(name) is not high or is_cost(cells.level2, name) or change_by(normal(target.raw)):
        return ""
    if high:
        return "≤"
    return "≥" if _GOOD_RATE.search(_IN_BRACKETS.sub("", normal(name))) else ""


def invites_spending(cells: RowCells, target: Value) -> bool:
    """True for a cost with ≥: the more is spent, the better it scores."""
    return (
        target.sign in HIGH
        and is_cost(cells.level1 + cells.level2, cells.name)
        and change_by(normal(target.raw)) >= 0
        and not _NOT_SPENDING.search(cells.name)
    )


def is_promised(cells: RowCells) -> bool:
    """True for a rate of benefit (人均补助标准), which may promise at least so much."""
    return _PROMISED.search(cells.name) is not None
