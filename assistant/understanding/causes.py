"""Why something missed its plan, as the user tells it, and which row that is about."""

from __future__ import annotations

import re

from assistant.form.model import Form
from assistant.understanding.clauses import Sentence, split
from assistant.understanding.quantities import find_quantities
from assistant.understanding.reading import READ, Cause, Doubt, Reading
from assistant.understanding.row_matching import Match, find_rows, is_date_row, mask_row_numbers
from assistant.understanding.statements import read_causes, read_measures

_EXPLICIT = re.compile(
    r"因为|由于|原因|导致|造成|致使|受[^，。]{1,20}影响|因(?!此|而|素|特|子|果|公"
    r"|地制宜)[\u3400-\u9fff]{2,}|是[^，。]{2,30}(?:的缘故|引起的|造成的|所致)"
)
_DEVIATES = re.compile(
    r"没有?(?:能|全部|按时|按期|如期)?(?:完成|达到|达标|达成|够|完|办|执行|花|用|支)|未(?:能|全部|按时"
    r"|按期|如期)*(?:完成|达|执行|支|办|用)|不足|不够|不达标|偏低|偏高|较低|较高|低于|高于"
    r"|低|少了|差了|超额|超出|超过|多了|偏差|没满|未满|差距|扣分|只有|仅|才"
)
_MONEY = re.compile(r"执行率|支出|支付|付款|资金|预算|钱|花|经费|拨付")
_LATE = re.compile(r"晚|迟|延期|延后|推后|滞后|超期|工期|拖")
_IS_FIGURE = re.compile(r"[\d.,%万元亿人次个场期□，。\s是为]+")
_NO_CAUSE = re.compile(r"不知道|不清楚|不确定|不记得|没有原因|没原因|稍后|以后再|等(?:一)?下|跳过|再说|先不")
_SHORTEST_CAUSE = 3
_MAINLY = re.compile(r"^(?:主要|具体)是(?!因为|由于|原因)(?=[\u3400-\u9fff\d])")
_REASON_START = re.compile(r"^(?:主要|具体)?(?:偏差)?原因(?:主要)?(?:是|为|在于|有|：)")


def read_told_causes(reading: Reading) -> None:
    """Reads causes and measures out of ``reading.rest``; the figures before a cause are left to be read."""
    expected = _is_asked(reading)
    sentences = split(reading.rest)
    for at, sentence in enumerate(sentences):
        if not reading.rest[sentence.start : sentence.end].strip(READ + "，。； "):
            continue
        start = _start(reading, sentence, expected=expected)
        if start is not None:
            _read_from(reading, sentences[at : at + 2], start)


def read_bare_cause(reading: Reading) -> None:
    """A message that says nothing else is the answer to 主要是什么原因？ even without a 因为."""
    silent = not (reading.sets or reading.deleted or reading.inserted or reading.causes or reading.doubts)
    if not _is_asked(reading) or not silent or reading.unplaced or reading.roll_over:
        return
    sentences = split(reading.rest)
    first = sentences[0] if sentences else None
    if first is None or first.clauses[0].mood != "stated":
        return
    whole = reading.rest[first.start : first.end].strip()
    if len(whole) >= _SHORTEST_CAUSE and not _IS_FIGURE.fullmatch(whole) and not _NO_CAUSE.search(whole):
        _read_from(reading, sentences[:2], first.start)


def _is_asked(reading: Reading) -> bool:
    asked = reading.situation.asked
    return asked is not None and asked.field in ("explanation", "note")


def _read_from(reading: Reading, sentences: tuple[Sentence, ...], start: int) -> None:
    first = sentences[0]
    words = reading.rest[start : first.end]
    told = read_causes(words)
    text = told[0].text if told else _MAINLY.sub("", _before_measure(words)).strip("，。 ")
    measure = _measure(reading, sentences, start)
    if text:
        _assign(reading, Cause(row=None, cause=text, measure=measure), reading.rest[first.start : start])
        reading.take(start, first.end)


def _before_measure(words: str) -> str:
    measures = read_measures(words)
    at = words.find(measures[0].text[:4]) if measures else -1
    return words[:at] if at > 0 else words


def _start(reading: Reading, sentence: Sentence, *, expected: bool) -> int | None:
    """Where the cause begins in a sentence that tells one, else None."""
    whole = reading.rest[sentence.start : sentence.end]
    for clause in sentence.clauses:
        marker = _EXPLICIT.search(clause.text)
        if clause.mood == "stated" and _MAINLY.match(clause.text) and _DEVIATES.search(whole):
            return clause.start
        if clause.mood != "stated" or not (marker and read_causes(clause.text)):
            continue
        deviates = _DEVIATES.search(whole) or _REASON_START.match(clause.text) or expected
        if deviates or reading.situation.deviating or reading.situation.low_execution:
            return clause.start if marker.start() == 0 else _subject_end(clause.text, marker) + clause.start
    return None


def _subject_end(text: str, marker: re.Match[str]) -> int:
    """Where the subject of a cause ends: 没完成是|因为… , but 疫情导致 begins with its clause."""
    if marker.group() in ("导致", "造成", "致使") or marker.group().startswith("是"):
        return 0
    return marker.start() - (1 if text[: marker.start()].endswith("是") else 0)


def _measure(reading: Reading, sentences: tuple[Sentence, ...], start: int) -> str:
    """The measure told after the cause, in its sentence or as the whole of the next one."""
    here = reading.rest[start : sentences[0].end]
    if told := read_measures(here):
        return told[0].text
    if len(sentences) > 1:
        following = reading.rest[sentences[1].start : sentences[1].end]
        if not read_causes(following) and (told := read_measures(following)):
            reading.take(sentences[1].start, sentences[1].end)
            return told[0].text
    return ""


def _assign(reading: Reading, cause: Cause, subject: str) -> None:
    """Gives a cause to the row that is named, to the only row that deviates, or asks which one is meant."""
    form, deviating = reading.form, reading.situation.deviating
    asked = reading.situation.asked
    # 12月10日办完的，满意度低是因为…: what stands right before the cause counts, the rest only without it.
    named = _named(form, re.split(r"[，。；]", subject.rstrip("，"))[-1])
    named = named if named.rows else _named(form, subject)
    rows = [row for row in named.rows if row in deviating] or list(named.rows)
    if not rows and _LATE.search(subject):
        rows = [row for row in deviating if is_date_row(form.indicators[row - 1])]
    if len(rows) == 1:
        reading.causes.append(cause.model_copy(update={"row": rows[0]}))
        reading.topic = rows[0]
    elif _MONEY.search(subject) or (asked is not None and asked.field == "note"):
        reading.causes.append(cause)
    elif asked is not None and asked.field == "explanation" and asked.row:
        reading.causes.append(cause.model_copy(update={"row": asked.row}))
    elif len(deviating) == 1:
        reading.causes.append(cause.model_copy(update={"row": deviating[0]}))
    elif not deviating and reading.situation.low_execution and not subject.strip("，□ "):
        reading.causes.append(cause)
    elif form.indicators:
        _ask_row(reading, cause, tuple(rows) or deviating)


def _named(form: Form, subject: str) -> Match:
    """The rows that the words before a cause name, by their figure's unit too."""
    quantity = next(iter(find_quantities(mask_row_numbers(subject))), None)
    words = subject if quantity is None else subject[: quantity.start] + subject[quantity.end :]
    plain = _DEVIATES.sub("", re.sub(r"(?:主要|具体|是|□|，)+", "", words))
    return find_rows(form, plain, quantity) if plain else Match()


def _ask_row(reading: Reading, cause: Cause, rows: tuple[int, ...]) -> None:
    names = "、".join(f"第{row}行“{reading.form.indicators[row - 1].name}”" for row in rows)
    among = f"可能是{names}。" if names else ""
    example = rows[0] if rows else 1
    question = f"“{cause.cause}”说的是哪一行的偏差原因？{among}请回复行号，例如“第{example}行”。"
    reading.doubt(Doubt(question=question, rows=rows, field="explanation", cause=cause))
