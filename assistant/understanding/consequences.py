"""Causes that are told before what they led to (…取消了，所以少一场), or once for several rows."""

from __future__ import annotations

import re

from assistant.understanding.clauses import Clause, Sentence
from assistant.understanding.deviating import IS_BECAUSE, LATE, deviating_rows, named_rows
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Cause, Reading
from assistant.understanding.row_matching import is_date_row, unit_of
from assistant.understanding.statements import formal, read_measures

_SO = re.compile(
    r"^(?:导致|造成|致使|使得?(?=[\u3400-\u9fff]{2})|所以|因此|因而|故而|于是|这样|结果)(?:就|才|也|，)*"
)
_SPENT = re.compile(r"付|支|花|执行|用|拨")
_SAVED = re.compile(r"省|节约|节省|结余|少花|少用|没用|没花|降了|便宜|核减|取消")
_UNSPENT = re.compile(
    r"(?:执行率|支出率|支付率|支出进度)[^，。]{0,6}(?:低|不高|上不去|没|只)|(?:钱|资金|经费|预算)[^，。]{0,4}(?:没[花用]完|有剩|有结余|结余|剩)"
)
_SHARED = re.compile(
    r"^(?P<rows>[^，。；]{2,40}?)(?:都)?(?:是(?:同|因为同)?一个原因|(?:的)?原因(?:都)?(?:是)?(?:一样|相同|一致)(?:的)?)(?:$|：)"
)
_FOLLOWS = re.compile(
    r"^(?P<row>[\u3400-\u9fff]{2,12}?)(?:自然|也就?|就|都|是)*(?:跟着|相应|随之)(?:也|就)?(?:地|的)?(?:少|低|减|降|晚|慢|拖|没|下)"
)
_AND = re.compile(r"和|与|及|以及|、|跟")
_NOT_DONE = re.compile(
    r"没有?[\u3400-\u9fff]?[完成到]|未完成|也|了|跟着|拖到?|晚了?|少了?|低了?|没有?达[到标]|都|\d{1,2}月(?:份|底)?"
)


def read_consequence(reading: Reading, sentences: tuple[Sentence, ...]) -> bool:
    """Reads a sentence whose later clauses begin with 所以; the figures of those are left to be read."""
    clauses = sentences[0].clauses
    at = next(
        (n for n, one in enumerate(clauses) if n and one.mood == "stated" and _SO.match(one.text)), None
    )
    if at is None:
        return False
    rows, money = _effects(reading, clauses[at:])
    reasons = _reasons(clauses[:at], saved=money)
    if not reasons or not (rows or money):
        return False
    start, end = reasons[0].start, reasons[-1].end
    if subject := IS_BECAUSE.search(reading.rest[start:end]):
        named = named_rows(
            reading.whole(), _NOT_DONE.sub("", reading.rest[start : start + subject.end()]).rstrip("是")
        )
        rows = [*(row for row in named.rows if row in deviating_rows(reading)), *rows]
        start += subject.end()
    cause = Cause(row=None, cause=formal(reading.rest[start:end]), measure=_measure(reading, sentences))
    reading.take(start, end)
    for row in dict.fromkeys(rows):
        reading.explain(cause.model_copy(update={"row": row}))
    if money and not rows:
        reading.explain(cause)
    for clause in clauses[at:]:
        if not find_quantities(clause.text) or not money:
            reading.take(clause.start, clause.end)
    return True


def read_shared_cause(reading: Reading, sentences: tuple[Sentence, ...]) -> bool:
    """Reads 路口没改完和拖到12月是一个原因，…: one cause for all rows that are named."""
    first = sentences[0].clauses[0]
    found = _SHARED.match(first.text) if first.mood == "stated" else None
    if found is None:
        return False
    form, deviating = reading.whole(), deviating_rows(reading)
    rows: list[int] = []
    for part in _AND.split(found["rows"]):
        named = [row for row in named_rows(form, _NOT_DONE.sub("", part)).rows if row in deviating]
        if not named and LATE.search(part):
            named = [row for row in deviating if is_date_row(form.indicators[row - 1])]
        rows += named
    text = reading.rest[first.start + found.end() : sentences[0].end].strip("，： ")
    measures = read_measures(text)
    at = text.find(measures[0].text[:4]) if measures else -1
    cause = formal(text[:at] if at > 0 else text)
    if not rows or not cause:
        return False
    for row in dict.fromkeys(rows):
        reading.explain(Cause(row=row, cause=cause, measure=measures[0].text if measures else ""))
    reading.take(sentences[0].start, sentences[0].end)
    return True


def read_follower(reading: Reading, sentence: Sentence) -> bool:
    """Reads 份数跟着少的: the cause that was told right before, for the row that is named."""
    first = sentence.clauses[0]
    found = _FOLLOWS.match(first.text) if first.mood == "stated" and reading.causes else None
    named = named_rows(reading.whole(), found["row"]).rows if found is not None else ()
    rows = [row for row in named if row in deviating_rows(reading)]
    if len(rows) != 1:
        return False
    reading.explain(reading.causes[-1].model_copy(update={"row": rows[0], "about": ""}))
    reading.take(first.start, first.end)
    return True


def _reasons(clauses: tuple[Clause, ...], *, saved: bool) -> list[Clause]:
    """The clauses right before 所以 that tell no amount, or one that was ``saved``, and were not read yet."""
    found: list[Clause] = []
    for clause in reversed(clauses):
        amounts = [one for one in find_quantities(clause.text) if one.kind == "money"]
        amounts = [] if saved and _SAVED.search(clause.text) else amounts
        if clause.mood != "stated" or amounts or READ in clause.text:
            break
        found.insert(0, clause)
    return found


def _effects(reading: Reading, clauses: tuple[Clause, ...]) -> tuple[list[int], bool]:
    """The deviating rows that the clauses after 所以 name, and whether they speak of the spending."""
    form, deviating = reading.whole(), deviating_rows(reading)
    rows: list[int] = []
    money = False
    for clause in clauses:
        text = _SO.sub("", clause.text)
        figures = find_quantities(text)
        spent = any(one.kind == "money" for one in figures) and _SPENT.search(text)
        if spent or _UNSPENT.search(text):
            money = True
            continue
        named = [row for row in named_rows(form, _NOT_DONE.sub("", text)).rows if row in deviating]
        if not named and LATE.search(text):
            named = [row for row in deviating if is_date_row(form.indicators[row - 1])]
        unit = figures[0].unit if figures else ""
        if not named and unit:
            named = [row for row in deviating if unit_of(form.indicators[row - 1]) == unit]
        rows += named[:1] if len(named) == 1 else []
    if not rows and not money and len(deviating) == 1:
        rows = list(deviating)
    return list(dict.fromkeys(rows)), money


def _measure(reading: Reading, sentences: tuple[Sentence, ...]) -> str:
    here = reading.rest[sentences[0].start : sentences[0].end]
    if told := read_measures(here):
        return told[0].text
    if len(sentences) > 1:
        following = reading.rest[sentences[1].start : sentences[1].end]
        if told := read_measures(following):
            reading.take(sentences[1].start, sentences[1].end)
            return told[0].text
    return ""
