"""What stands in two cells the wrong way round: 把甲和乙的分值对调, 甲的目标和实际写反了."""

from __future__ import annotations

import re

from assistant.understanding.clauses import split
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import Doubt, Reading
from assistant.understanding.row_matching import STRONG, content_of, find_rows, mask_row_numbers, row_numbers

_SWAP = re.compile(
    r"对调|调换|互换|交换|换(?:一下|换|一换|过来|个位置|位置)|(?:写|填|弄|搞|打|抄|录|说|看|标)?(?:反|颠倒)了|弄颠倒|(?:写|填|弄|搞|说|张冠李)(?:串|混|戴)了?"
)
_ASIDE = re.compile(
    r"请|帮我|麻烦|把|将|这|那|两|二|个|条|行|项|者|互相|相互|刚才|好像|应该|是|要|需要|给|我|的?数据|数值|数字|值$"
)
_AND = re.compile(r"和|与|跟|同|、|及")
_COLUMNS = (
    ("weight", r"分值|权重|分数|分儿?(?=$|对|互|调|换|写|填|弄|搞|反)"),
    ("explanation", r"(?:偏差)?(?:原因|说明)"),
    ("target", r"(?:年度)?(?:指标值|目标值?|计划(?:数|值)?)"),
    ("actual", r"实际(?:完成)?(?:情况|值|数)?|完成(?:情况|值|数)|结果"),
)
_PAIR = 2


def read_exchanges(reading: Reading) -> None:
    """Reads the commands to exchange two cells out of ``reading.rest``."""
    for sentence in split(reading.rest):
        for clause in sentence.clauses:
            found = _SWAP.search(clause.text) if clause.mood == "stated" else None
            if found and _exchange(reading, clause.text[: found.start()]):
                reading.take(clause.start, clause.end)


def _exchange(reading: Reading, words: str) -> bool:
    if find_quantities(mask_row_numbers(words)):
        return False
    columns = [name for name, label in _COLUMNS if re.search(label, words)]
    plain = words
    for _, label in _COLUMNS:
        plain = re.sub(rf"的?(?:{label})", "、", plain)
    rows = _rows(reading, plain)
    if len(rows) == 1 and set(columns) == {"target", "actual"}:
        _swap_within(reading, rows[0])
        return True
    if len(rows) != _PAIR:
        if columns and _AND.search(plain):
            reading.doubt(
                Doubt(
                    question=f"“{words.strip('把将，')}”里有我没找到的指标，请说行号，例如“把第1、2行的分值对调”。"
                )
            )
        return bool(columns)
    if not columns:
        reading.doubt(Doubt(question=_which_column(reading, rows)))
        return True
    for column in columns:
        _swap(reading, (rows[0], column), (rows[1], column))
    return True


def _rows(reading: Reading, words: str) -> list[int]:
    """The rows named, each beyond doubt; none named: the one talked of."""
    count = len(reading.form.indicators)
    if numbers := [row for row in row_numbers(words, count) if 1 <= row <= count]:
        return numbers
    parts = [part for part in _AND.split(words) if content_of(_ASIDE.sub("", part))]
    matches = [find_rows(reading.form, _ASIDE.sub("", part)) for part in parts]
    rows = [match.row for match in matches if match.row and match.strength >= STRONG]
    if parts and len(rows) < len(parts):
        return []
    topic = reading.situation.topic
    return list(dict.fromkeys(rows)) if parts else [topic] if topic is not None else []


def _swap_within(reading: Reading, row: int) -> None:
    """Target and actual of one row; the sign stays with the target."""
    indicator = reading.form.indicators[row - 1]
    held = next(iter(find_quantities(indicator.target)), None)
    sign = held.sign if held is not None else ""
    reading.set("indicators", row, "target", sign + indicator.actual.lstrip("≥≤=<>"))
    reading.set("indicators", row, "actual", indicator.target.lstrip("≥≤=<>"))


def _swap(reading: Reading, one: tuple[int, str], other: tuple[int, str]) -> None:
    held = [getattr(reading.form.indicators[row - 1], column) for row, column in (one, other)]
    for (row, column), text in zip((one, other), reversed(held), strict=True):
        reading.set("indicators", row, column, text)


def _which_column(reading: Reading, rows: list[int]) -> str:
    names = "和".join(f"第{row}行“{reading.form.indicators[row - 1].name}”" for row in rows)
    return f"{names}要对调什么：分值、目标还是实际完成值？例如“把第{rows[0]}、{rows[1]}行的分值对调”。"
