"""Why something missed its plan, as the user tells it, and which row that is about."""

from __future__ import annotations

import re

from assistant.drafting.clauses import Sentence, split
from assistant.drafting.reading import Cause, Doubt, Reading
from assistant.drafting.row_matching import find_rows
from assistant.drafting.statements import read_causes, read_measures

_EXPLICIT = re.compile(
    r"因为|由于|原因|导致|造成|致使|受[^，。]{1,20}影响|因(?!此|而|素|特|子|果|公"
    r"|地制宜)[\u3400-\u9fff]{2,}|是[^，。]{2,30}(?:的缘故|引起的|造成的|所致)"
)
_DEVIATES = re.compile(
    r"没有?(?:能|全部|按时|按期|如期)?(?:完成|达到|达标|达成|够|完|办|执行|花|用|支)|未(?:能|全部|按时"
    r"|按期|如期)*(?:完成|达|执行|支|办|用)|不足|不够|不达标|偏低|偏高|较低|较高|低于|高于"
    r"|低|少了|差了|超额|超出|超过|多了|偏差|没满|未满|差距|扣分|只有|仅|才"
)
_MONEY = re.compile(r"执行率|支出|资金|预算|钱|花|经费|拨付")
_REASON_START = re.compile(r"^(?:主要|具体)?(?:偏差)?原因(?:主要)?(?:是|为|在于|有|：)")


def read_told_causes(reading: Reading) -> None:
    """Reads causes and measures out of ``reading.rest``; the figures before a cause are left to be read."""
    asked = reading.situation.asked
    expected = asked is not None and asked.field in ("explanation", "note")
    sentences = split(reading.rest)
    for at, sentence in enumerate(sentences):
        start = _start(reading, sentence, expected=expected and at == 0)
        if start is None:
            continue
        told = read_causes(reading.rest[start : sentence.end])
        text = told[0].text if told else reading.rest[start : sentence.end].strip("，。 ")
        measure = _measure(reading, sentences[at : at + 2], start)
        cause = Cause(row=None, cause=text, measure=measure)
        if text:
            _assign(reading, cause, reading.rest[sentence.start : start], reading.rest[start : sentence.end])
            reading.take(start, sentence.end)


def _start(reading: Reading, sentence: Sentence, *, expected: bool) -> int | None:
    """Where the cause begins in a sentence that tells one, else None."""
    whole = reading.rest[sentence.start : sentence.end]
    for clause in sentence.clauses:
        marker = _EXPLICIT.search(clause.text)
        if clause.mood != "stated" or not (marker and read_causes(clause.text)):
            continue
        deviates = _DEVIATES.search(whole) or _REASON_START.match(clause.text) or expected
        if deviates or reading.situation.deviating or reading.situation.low_execution:
            return clause.start if marker.start() == 0 else _subject_end(clause.text, marker) + clause.start
    stated = sentence.clauses[0].mood == "stated"
    if expected and stated and len(whole.strip()) >= 3 and not _is_figure(whole):
        return sentence.start
    return None


def _subject_end(text: str, marker: re.Match[str]) -> int:
    """Where the subject of a cause ends: 没完成是|因为… , but 疫情导致 begins with its clause."""
    if marker.group() in ("导致", "造成", "致使") or marker.group().startswith("是"):
        return 0
    return marker.start() - (1 if text[: marker.start()].endswith("是") else 0)


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%万元亿人次个场期□，。\s是为]+", text))


def _measure(reading: Reading, sentences: tuple[Sentence, ...], start: int) -> str:
    """The measure told after the cause, in its sentence or as the whole of the next one."""
    here = reading.rest[start : sentences[0].end]
    if told := read_measures(here):
        return told[0].text
    if len(sentences) > 1:
        following = reading.rest[sentences[1].start : sentences[1].end]
        if told := read_measures(following):
            reading.take(sentences[1].start, sentences[1].end)
            return told[0].text
    return ""


def _assign(reading: Reading, cause: Cause, subject: str, words: str) -> None:
    """Gives a cause to the row that is named, to the only row that deviates, or asks which one is meant."""
    form, deviating = reading.form, reading.situation.deviating
    asked = reading.situation.asked
    named = find_rows(form, subject) if subject.strip("，□ ") else find_rows(form, "")
    rows = [row for row in named.rows if row in deviating] or list(named.rows)
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
    else:
        _ask_row(reading, cause, tuple(rows) or deviating)


def _ask_row(reading: Reading, cause: Cause, rows: tuple[int, ...]) -> None:
    names = "、".join(f"第{row}行“{reading.form.indicators[row - 1].name}”" for row in rows)
    among = f"可能是{names}。" if names else ""
    example = rows[0] if rows else 1
    question = f"“{cause.cause}”说的是哪一行的偏差原因？{among}请回复行号，例如“第{example}行”。"
    reading.doubt(Doubt(question=question, rows=rows, field="explanation", cause=cause))
