"""Where a question is refused: the nearest that can be answered, to be chosen, never asked by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.reading.conditions import field_of
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS

_MOST, _TRIED = 3, 8
_QUOTED = re.compile("[“”]")
_CLAUSE = re.compile("[^,，;；。?？!！]+")
_LEAST, _KEPT = 6, 0.5
"""A question of so many characters, and of this part of what was asked, is still near to it."""
_EDGES = ",，;；。 ?？"
_YEAR = re.compile("20[0-9]{2}(?=年)")


def nearest(
    question: str, reading: Reading, meaning: Meaning, answers: Callable[[str], bool], year: int | None
) -> tuple[Choice, ...]:
    """Up to three questions near to ``question`` for which ``answers`` holds; ``year``: the latest of all."""
    found: list[Choice] = []
    tried: set[str] = {question}
    for other in _others(question, reading, meaning, year):
        text = other.strip(_EDGES).lstrip("的")
        short = len(text) < max(_LEAST, len(question) * _KEPT) and other in question
        if text in tried or short or len(text) < _LEAST:
            continue
        if len(found) == _MOST or len(tried) > _TRIED:
            break
        tried.add(text)
        if answers(text):
            found.append(Choice(label=text, question=text))
    return tuple(found)


def _others(question: str, reading: Reading, meaning: Meaning, year: int | None) -> Iterator[str]:
    if reading.years and year is not None:
        yield _YEAR.sub(str(year), question)
        return
    unread = [p for p in _QUOTED.sub(" ", meaning.reason).split() if p in question and len(p) > 1]
    if unread:
        without = question
        for part in unread:
            without = without.replace(part, "")
        yield without
        yield "，".join(c for c in _CLAUSE.findall(question) if not any(part in c for part in unread))
    yield from _CLAUSE.findall(question)
    yield from _of_fields(reading)


def _of_fields(reading: Reading) -> Iterator[str]:
    """What is most often asked of a field that the question names, of the office that it names or of all."""
    offices = [reading.text[start:end] for start, end, _ in reading.offices]
    for mention in reading.fields:
        field = FIELDS["forms"].get(field_of(mention.name, "forms"))
        if field is None or not field.unit or (field.computed and field.id not in ("rate", "unspent")):
            continue
        if offices:
            yield f"{offices[0]}的{field.label}是多少"
        yield f"{field.label}最高的项目是哪个"
        yield f"所有项目按{field.label}从高到低排序"
