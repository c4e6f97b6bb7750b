"""How far something came: 机械化率从81%提高到84.5% tells the second figure as the result."""

from __future__ import annotations

import re

from assistant.understanding.clauses import split
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import find_rows

_CAME = re.compile(
    r"(?:今年|本年|年内|全年|已经?|实际)*(?:由|从)(?:去年|上年|年初|原来|原先|以前|之前)?的?(?P<from>[^，。；由从]{1,10}?)"
    r"(?:提高|提升|上升|增长|增加|上涨|涨|升|下降|降低|降|减少|缩短|压减|扩大|拓展)到?了?(?:至|到|为)?(?P<to>\d[^，。；]{0,8}|百分之[^，。；]{1,8})(?=$|[，。；])"
)
_ORDERED = re.compile(r"把|将|目标|计划|指标值|要求|分值|权重|预算|[调改]|力争|争取|预计|打算|准备|拟")


def read_progress(reading: Reading) -> None:
    """Puts 实际 and the second figure in the place of both, unless a change of a plan is told."""
    for sentence in split(reading.rest, reading.form.year):
        for clause in sentence.clauses:
            found = _CAME.search(clause.text)
            if found is None or clause.mood != "stated" or clause.when == "next" or READ in clause.text:
                continue
            head = clause.text[: found.start()]
            if _ORDERED.search(head.rsplit("，", 1)[-1]) and not find_quantities(head):
                continue
            before = next(iter(find_quantities(found["from"])), None)
            after = next(iter(find_quantities(found["to"])), None)
            if (
                before is None
                or after is None
                or before.kind != after.kind
                or before.kind == "money"
                or _stands(reading, head, before.text)
            ):
                continue
            told = f"实际{found['to']}"
            room = found.end() - found.start() - len(told)
            if room >= 0:
                start = clause.start + found.start()
                lead = READ * (room - 1) + "，" if room > 1 else READ * room
                lead = "，" + READ * (room - 2) + "，" if room > 2 and head else lead
                text = lead + told
                reading.rest = reading.rest[:start] + text + reading.rest[start + len(text) :]


def _stands(reading: Reading, head: str, old: str) -> bool:
    """Whether the first figure is what the row's own target is, so that it is the target that changes."""
    match = find_rows(reading.form, head) if head else None
    rows = match.rows if match is not None else ()
    return any(reading.form.indicators[row - 1].target.lstrip("≥≤=<>") == old for row in rows)
