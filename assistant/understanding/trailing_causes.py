"""Why a row deviates, told in the same breath: 实际11月30日完成，大雾天多，无人机飞不了."""

from __future__ import annotations

import re

from assistant.understanding.clauses import Clause, split
from assistant.understanding.deviating import deviating_rows
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Cause, Reading
from assistant.understanding.row_matching import STRONG, find_rows
from assistant.understanding.statements import formal, read_measures
from assistant.understanding.told_done import done_names

_NO_REASON = re.compile(
    r"满意|目标|计划|指标|预算|执行|完成|达标|达到|实际|年初|定的|要求|分值|权重|都|全部|改[成为]|[删加填写](?!充|压|速|班|固|强)|导出|撤销"
    r"|谢谢|好了|就这|先这|还没|没出|没统计|未统计|稍后|回头|不用|别|请|帮"
)
_LINK = re.compile(r"^(?:也|还|都|就)?(?:主要)?(?:是|因为|由于|是因为|原因是)+(?=[\u3400-\u9fff]{2})")
_BY_WHOM = re.compile(
    r"^(?:也|还|都)?是?(?P<what>[\u3400-\u9fff]{2,16}?)(?:耽误|影响|造成|导致|引起|闹|害|拖累|拖)了?的$"
)
_SHORTEST = 4


def read_trailing_causes(reading: Reading) -> None:
    """Takes the clauses behind a row's figures as its cause, where the row deviates and none was told."""
    for sentence in split(reading.rest, reading.form.year):
        row, begin = 0, 0
        words: list[Clause] = []
        for clause in sentence.clauses:
            if find_quantities(clause.text) or READ in clause.text:
                _explain(reading, row, words)
                row, words = _row_of(reading, clause), []
                begin = clause.end
            elif row and begin and _is_reason(reading, clause, first=not words):
                words.append(clause)
            else:
                _explain(reading, row, words)
                row, words = 0, []
        _explain(reading, row, words)


def _row_of(reading: Reading, clause: Clause) -> int:
    """The row whose result a clause told, by the place of what was understood; 0 for none."""
    return next((row for start, end, row in reading.told_at if start < clause.end <= end + 1), 0)


def _is_reason(reading: Reading, clause: Clause, *, first: bool) -> bool:
    told = clause.text.strip()
    if clause.mood != "stated" or (first and clause.when == "next") or done_names(told):
        return False
    if first and find_rows(reading.whole(), told).strength >= STRONG:
        return False
    return bool(_BY_WHOM.match(told)) or (len(told) >= _SHORTEST and not _NO_REASON.search(told))


def _explain(reading: Reading, row: int, words: list[Clause]) -> None:
    known = {cause.row for cause in reading.causes} | {None}
    name = reading.whole().indicators[row - 1].name if row else ""
    told = any(cause.about == name for cause in reading.causes if name)
    if not row or not words or row in known or told or row not in deviating_rows(reading):
        return
    text = "，".join(clause.text for clause in words)
    if whom := _BY_WHOM.match(text):
        text = f"受{whom['what']}影响"
    measures = read_measures(text)
    at = text.find(measures[0].text[:4]) if measures else -1
    cause = formal(_LINK.sub("", (text[:at] if at >= 0 else text).strip("，")))
    if cause:
        reading.explain(Cause(row=row, cause=cause, measure=measures[0].text if measures else ""))
        reading.take(words[0].start, words[-1].end)
