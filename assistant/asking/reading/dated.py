"""Dates and years that a cell reads: 目标值里写着2020年, 定到了2022年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.asking.language.patterns import DATE, DAY, MONTH
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.mentions import Reading, Written
from assistant.asking.records.query import Condition

_SETTING = re.compile("(?:定|设|要求|安排|排|拖|推|推迟|延)(?:成|为|在|到|至)*了?$")
"""What is set is a target."""
_SOME_DAY = re.compile("的?(?:某月)?(?:某一?[天日号]|某月|几月几[日号])")
"""2020年某天: any day of it."""
_BEHIND = re.compile("[^,;、]{0,3}百分[数比率][^,;、]{0,4}")
_EITHER = ("target", "actual")
_CELLS = {"reason_text": "explanation", "measure_text": "explanation", **{name: name for name in _EITHER}}


def dates_read(text: str) -> Iterator[tuple[Written, int]]:
    """Every date of ``text`` in the ways in which a cell may write it, and where it ends."""
    for match in DATE.finditer(text):
        year, m, d = match[1], int(match[2]), int(match[3])
        yield (
            Written(match.start(), (f"{year}年{m}月{d}日", f"{year}/{m}/{d}", f"{year}-{m:02}-{d:02}")),
            match.end(),
        )
    for match in DAY.finditer(DATE.sub(lambda found: "□" * len(found[0]), text)):
        m, d = int(match[1]), int(match[2])
        yield Written(match.start(), (f"{m}月{d}日", f"{m}/{d}", f"-{m:02}-{d:02}")), match.end()


def year_read(year: re.Match[str], text: str) -> tuple[Written, int]:
    """2020年, or 2020年11月, of ``text``, and where it ends."""
    month = MONTH.match(text, year.end())
    if month is None:
        some = _SOME_DAY.match(text, year.end())
        return Written(year.start(), (year[1],)), some.end() if some else year.end()
    m = int(month[1])
    ways = (f"{year[1]}年{m}月", f"{year[1]}/{m}/", f"{year[1]}-{m:02}")
    return Written(year.start(), ways), month.end()


def in_a_cell(written: Written, reading: Reading) -> tuple[Condition, ...]:
    """That the cell named last before it reads so; where none is, the target or the 完成值 does."""
    if written.field:
        return (Condition(field=written.field, op="eq", texts=written.texts),)
    before = [m for m in reading.fields if m.end <= written.start]
    clause = max(reading.text.rfind(mark, 0, written.start) for mark in ",、;")
    named = [(m.end, _CELLS.get(cond.field_of(m.name, "indicators"), "")) for m in before]
    cells = [cell for _, cell in named if cell][-1:]
    here = any(cell and end > clause for end, cell in named)
    if _SETTING.search(reading.text[: written.start]) and not here:
        cells = ["target"]
    if not here and not cells:
        # 百分数目标, 用百分数定的目标: the cell stands right behind.
        after = [m for m in reading.fields if m.name in _EITHER and m.start > written.start]
        cells = [m.name for m in after[:1] if _BEHIND.fullmatch(reading.text, written.start, m.start)]
    return tuple(Condition(field=name, op="contains", texts=written.texts) for name in cells or _EITHER)
