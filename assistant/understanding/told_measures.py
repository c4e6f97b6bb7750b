"""What is to be done about a deviation, told by itself: 满意度下一步打算…, 改进措施：…, 明年提前招标."""

from __future__ import annotations

import re

from assistant.understanding.clauses import split
from assistant.understanding.deviating import deviating_rows, named_rows
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Cause, Doubt, Reading
from assistant.understanding.row_matching import STRONG, content_of
from assistant.understanding.statements import formal, read_measures, without_label

_LABEL = re.compile(
    r"(?:的)?(?:改进|整改|应对|下一?步)?(?:措施|办法)(?:这[块栏]|那[块栏])?(?:我们|就|可以|也|都|均|同样|请|帮我)*(?:改|换|写|填|补|加|定|有|说)?(?:上|成|为)?(?:是|：|，|有)*(?=[\u3400-\u9fff\d“])"
    r"|(?<![\u3400-\u9fff])(?:改进|整改|下一?步(?:打算|安排|计划)?)(?:：|(?:就|可以|你|请|帮我)*(?:写|填)(?:成|上|个)?)(?=[\u3400-\u9fff\d“])"
)
_LATER = re.compile(
    r"(?:下一?步|接下来|今后|往后|后[面头续](?!的)|以后(?!再)|后续|下一?年度?|明年|来年|次年|20\d\d年(?=[^，。]*(?:要|将|会|再|打算|准备|争取|力争|引进|补|改|加|提前))"
    r"|(?:我们|我局|单位)?(?:打算|准备(?!金)|拟(?!定)|争取)(?=[\u3400-\u9fff]{3}))"
)
_OURS = re.compile(
    r"^(?:那|这|我们?|我[局院校站所处馆中]|单位|咱们?|这边|局里|的话|呢|，|对于|针对|关于|至于)+|(?:这[块边个项条]|方面|呢|的话|，|我们|的)+$"
)
_NO_MEASURE = re.compile(
    r"目标[是为改调定]|计划[^，]{0,6}\d|预算|指标值|删|分值|^.{0,6}(?:再说|再填|再看|补(?:充)?给你)|导出|什么|怎么|填(?!补)"
)
_ALREADY = re.compile(r"^[^，。]{2,12}(?<!未)已经?[^，。没未不]{1,8}了?，")
"""备用探头已经买了，往后…: what has been done already is the first part of the measure."""
_AND = re.compile(r"和|与|跟|、|以及")
_REST = re.compile(
    r"(?:剩|余|其余|没[\u3400-\u9fff]{1,2}完)[下余]?的?(?:那|这)?(?:\d[\d.]*万?)?[个台座处间户人公里亩场期套]{0,2}(?P<name>[\u3400-\u9fff]{0,10}?)(?=明年|来年|次年|20\d\d年|下一?年|年后|开春)"
)
_MORE = re.compile(r"(?:再|还|另外|同时)+(?:要|得)?(?:加|补|写|添)(?:上|一?[条句个点])*[：，]?")
_HELD = re.compile(r"改进措施：(.+)$")
_SHORTEST, _NEAR_START = 4, 6


def read_told_measures(reading: Reading) -> None:
    """Reads the sentences that tell nothing but a measure out of ``reading.rest``."""
    sentences = split(reading.rest)
    for at, sentence in enumerate(sentences):
        text = reading.rest[sentence.start : sentence.end]
        if READ in text or sentence.clauses[0].mood != "stated" or _NO_MEASURE.search(text):
            continue
        if at and not reading.causes and _answers(reading):
            return  # what comes before is the cause that was asked for
        found = _found(reading, text)
        if found is None:
            continue
        subject, start, labelled = found
        measure = without_label(formal(text[start:].strip("“”")))
        if more := _MORE.match(measure):
            measure = measure[more.end() :]
        if len(measure) >= _SHORTEST and _place(reading, subject, measure, labelled=labelled):
            reading.take(sentence.start, sentence.end)
            if more:
                _go_on(reading)


def _answers(reading: Reading) -> bool:
    asked = reading.situation.asked
    return asked is not None and asked.field in ("explanation", "note")


def _found(reading: Reading, text: str) -> tuple[str, int, bool] | None:
    """The subject of a sentence, where its measure starts, and whether a label says that it is one."""
    label = _LABEL.search(text)
    if label is not None:
        return _OURS.sub("", text[: label.start()]), label.end(), True
    later = _LATER.search(text)
    told = read_measures(text) if later is None and reading.causes else ()
    if later is not None and (rest := _REST.match(text)):
        return rest["name"], 0, False
    if later is not None and _ALREADY.match(text):
        return "", 0, False
    start = later.start() if later is not None else text.find(told[0].text[:4]) if told else -1
    if start < 0 or (told and start > _NEAR_START):
        return None
    return _OURS.sub("", text[:start]), start, False


def _place(reading: Reading, subject: str, measure: str, *, labelled: bool) -> bool:
    """Gives a measure to the rows that are named, else to what was explained last, or asks. True if done."""
    if subject and content_of(subject):
        named = _named(reading, subject)
        if not named:
            return False
        for row in named:
            _add(reading, row, measure)
        return True
    if reading.causes:
        told = reading.causes[-1]
        reading.causes[-1] = told.model_copy(update={"measure": _joined(told.measure, measure)})
        return True
    last = reading.situation.cause
    if last is not None and not last.about:
        _add(reading, last.row, measure)
        return True
    if find_quantities(measure) and not labelled:
        return False
    rows: tuple[int, ...] = deviating_rows(reading)
    topic = reading.situation.topic
    rows = (topic,) if topic is not None and (topic in rows or labelled) else rows
    if len(rows) == 1:
        _add(reading, rows[0], measure)
    elif labelled and rows:
        names = "、".join(f"第{row}行“{reading.form.indicators[row - 1].name}”" for row in rows)
        question = f"“{measure}”是哪一行的改进措施？可能是{names}。请回复行号，例如“第{rows[0]}行”。"
        told = Cause(row=None, cause="", measure=measure)
        reading.doubt(Doubt(question=question, rows=rows, field="explanation", cause=told))
    return bool(len(rows) == 1 or (labelled and rows))


def _named(reading: Reading, subject: str) -> list[int]:
    form = reading.whole()
    parts = [part for part in _AND.split(subject) if content_of(part)]
    for words in (parts, [subject]):
        matches = [named_rows(form, part) for part in words]
        if all(match.strength >= STRONG and match.row for match in matches):
            return [match.rows[0] for match in matches]
    return []


def _add(reading: Reading, row: int | None, measure: str) -> None:
    """Adds a measure to the cause that this message told for the row, else by itself."""
    for at, cause in enumerate(reading.causes):
        if cause.row == row and not cause.about:
            reading.causes[at] = cause.model_copy(update={"measure": _joined(cause.measure, measure)})
            return
    reading.explain(Cause(row=row, cause="", measure=measure))


def _go_on(reading: Reading) -> None:
    """措施再加一条: the measure follows the one that stands in the form."""
    told = reading.causes[-1]
    if told.row is None or told.row > len(reading.form.indicators):
        return
    held = _HELD.search(reading.form.indicators[told.row - 1].explanation)
    if held is not None:
        reading.causes[-1] = told.model_copy(update={"measure": _joined(held[1].strip("。"), told.measure)})


def _joined(one: str, other: str) -> str:
    return f"{one}；{other}" if one and other not in one else one or other
