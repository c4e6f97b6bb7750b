"""Which rows deviate from their plan as a message leaves them, and which rows words about that mean."""

from __future__ import annotations

import re

from assistant.form.model import Form, Indicator
from assistant.form.units import ratio, standard
from assistant.understanding.clauses import Clause
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import Reading
from assistant.understanding.row_matching import STRONG, Match, find_rows, mask_row_numbers

DEVIATES = re.compile(
    r"没有?(?:能|全部|按时|按期|如期)?(?:完成|达到|达标|达成|够|[\u3400-\u9fff]?完|办|执行|花|用|支|[降升提增做]?到(?!位))"
    r"|未(?:能|全部|按时|按期|如期)*(?:完成|达|执行|支|办|用)|不足|不够|不达标|偏低|偏高|较低|较高|不高|不理想|太[低高少多慢]|低于|高于"
    r"|低|少了|差了|差的|超额|超出|超过|超了|多了|多出|多办|多完成|上不去|上不来|偏差|没满|未满|差距|扣分|晚了|晚\d|迟了|延误|推迟|只有|仅|(?<!刚)才|拖"
)
IS_BECAUSE = re.compile(
    r"(?:少|多|低|差|超|晚|慢|没[\u3400-\u9fff]?完|没有?(?:能)?(?:完成|达到|达标|办|做|用完|花完)|未(?:能)?(?:完成|达标|达到)|不够|不足|不高|不理想|没[降升提增做]?到|上不去|[拖误延逾]期|推迟|延误)"
    r"[^，。；是：]{0,10}(?:：|(?:主要)?是(?!因|由|多少|什么|否|不是|我|您|第|有多|\d[\d.]*[^\d月日年号]{0,3}(?:$|，)))(?=[\u3400-\u9fff\d]{2})"
)
LATE = re.compile(r"晚|迟|[误延]期|延后|推后|滞后|超期|工期|拖")
_MISSED = re.compile(r"(?:没|未)有?能?[\u3400-\u9fff]{0,3}[到成满够]$")
"""Words before a plan that was not reached: 没降到15%."""
_CHANGE = re.compile(r"[少多差缺减增降超晚]|没|未|不|从|每")
_FILLING = re.compile(r"(?:主要|具体|也?跟着|是|□|，|所以|因此)+")


def deviating_rows(reading: Reading) -> tuple[int, ...]:
    """Rows (counted over ``reading.whole()``) that deviate: those known before, and those just told."""
    told = [
        number
        for number, row in enumerate(reading.whole().indicators, 1)
        if number > len(reading.form.indicators) or row != _before(reading, number)
    ]
    fresh = [number for number in told if _deviates(reading.whole().indicators[number - 1])]
    known = [number for number in reading.situation.deviating if number not in told or number in fresh]
    return tuple(sorted({*known, *fresh}))


def _before(reading: Reading, number: int) -> Indicator | None:
    rows = reading.before.indicators
    return rows[number - 1] if number <= len(rows) else None


def _deviates(row: Indicator) -> bool:
    target, actual = _figure(row.target), _figure(row.actual)
    if target is None or actual is None:
        return False
    if target.kind == "date" or actual.kind == "date":
        return target.text.removesuffix("前") != actual.text
    return target.number != actual.number


def _figure(text: str) -> Quantity | None:
    return next(iter(find_quantities(text)), None)


def told_size(reading: Reading, words: str) -> int | None:
    """The one deviating row whose deviation is the figure that ``words`` name (40个老师: 300 and 260)."""
    said = _figure(mask_row_numbers(words))
    if said is None or said.number is None or said.kind in ("money", "points", "date"):
        return None
    rows = [row for row in deviating_rows(reading) if is_size(reading.whole().indicators[row - 1], said)]
    return rows[0] if len(rows) == 1 else None


def missed_plan(reading: Reading, words: str) -> int | None:
    """The one deviating row whose plan the words name as not reached (没降到15%)."""
    said = _figure(mask_row_numbers(words))
    if said is None or said.number is None or not _MISSED.search(words[: said.start]):
        return None
    rows = []
    for row in deviating_rows(reading):
        target = _figure(reading.whole().indicators[row - 1].target)
        if target is not None and target.number == said.number and said.unit in ("", target.unit):
            rows.append(row)
    return rows[0] if len(rows) == 1 else None


def is_size(row: Indicator, said: Quantity) -> bool:
    """Whether ``said`` is how far the row's result lies from its target."""
    target, actual = _figure(row.target), _figure(row.actual)
    if target is None or actual is None or target.number is None or actual.number is None:
        return False
    if said.number is None:
        return False
    gap = abs(target.number - actual.number)
    factor = ratio(standard(said.unit), standard(target.unit)) if said.unit and target.unit else None
    if factor is not None:
        return gap == said.number * factor.numerator / factor.denominator
    return said.unit in ("个", "项", "") and gap == said.number


def named_rows(form: Form, words: str) -> Match:
    """The rows that the words before a cause name, by their figure's unit too."""
    quantity = _figure(mask_row_numbers(words))
    name = words if quantity is None else words[: quantity.start] + words[quantity.end :]
    plain = _FILLING.sub("", name)
    return find_rows(form, plain, quantity) if plain else Match()


def tells_result(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is nothing but the name of a row that has no result yet, and its figure."""
    figures = find_quantities(clause.text)
    if clause.mood != "stated" or not figures or figures[0].end < len(clause.text) or figures[0].vague:
        return False
    name = clause.text[: figures[0].start]
    match = find_rows(reading.form, name, figures[0])
    row = match.row
    if row is None or _CHANGE.search(name) or reading.form.indicators[row - 1].actual.strip():
        return False
    return match.strength >= STRONG or bool(re.search(r"满意[度率]?[是为达到]*$", name))
