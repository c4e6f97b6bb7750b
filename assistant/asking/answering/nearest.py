"""Where a question is refused: the nearest that can be answered, to be chosen, never asked by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.asking.answering.answer import Answer
from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.reading.conditions import field_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS

_MOST, _TRIED = 3, 9
_QUOTED = re.compile("[“”]")
_CLAUSE = re.compile("[^,，;；。?？!！]+")
_LEAST, _KEPT = 6, 0.5
"""A question of so many characters, and of this part of what was asked, is still near to it."""
_EDGES = ",，;；。 ?？"
_YEAR = re.compile("20[0-9]{2}(?=年)")
_TOLD = 60
"""What a question with words left out was understood to ask is told up to so many characters."""
_UNKNOWN, _ROWS, _FORMS = 0.4, 6, 3
"""A name of which no more is unknown, of so few rows or forms, is worth a look at its cells."""

_CELLS, _FIGURES = "的目标值、完成值、得分和偏差原因", "的全年预算数、全年执行数、执行率和总分"
_ASKS = re.compile("多少|几|哪|谁|什么|啥|怎|吗|是否|是不是|有没有|列|排|最|的(?:项目|指标|表|单位)$")

Try = Callable[[str], Answer]


def nearest(
    question: str, reading: Reading, meaning: Meaning, answer: Try, entities: Entities
) -> tuple[Choice, ...]:
    """Up to three questions near to ``question`` that ``answer`` finds something for."""
    found: list[Choice] = []
    tried: set[str] = {question}
    for other, said in _others(question, reading, meaning, entities):
        text = other.strip(_EDGES).lstrip("的")
        if text in tried or len(text) < _LEAST:
            continue
        if len(found) == _MOST or len(tried) > _TRIED:
            break
        tried.add(text)
        got = answer(text)
        label = said or got.understood
        if got.found and len(label) <= max(_TOLD, len(question)):
            found.append(Choice(label=label.strip(_EDGES), question=text))
    return tuple(found)


def _others(
    question: str, reading: Reading, meaning: Meaning, entities: Entities
) -> Iterator[tuple[str, str]]:
    """Other questions, each as it is shown; "" for a sentence with a hole, which reads badly.

    What that was understood to ask is shown for it.
    """
    newest = entities.newest_year
    if reading.years and newest is not None and not set(reading.years) <= entities.years:
        dated = _YEAR.sub(str(newest), question)
        yield dated, dated
        return
    unread = [p for p in _QUOTED.sub(" ", meaning.reason).split() if p in question and len(p) > 1]
    clauses = _CLAUSE.findall(question)
    kept = [clause for clause in clauses if not any(part in clause for part in unread)]
    told = "，".join(kept)
    if kept != clauses and len(told) >= len(question) * _KEPT and _ASKS.search(told):
        yield told, told
    if unread:
        without = question
        for part in unread:
            without = without.replace(part, "")
        yield without, ""
    for clause in clauses:
        if len(clauses) > 1 and len(clause) >= len(question) * _KEPT and _ASKS.search(clause):
            yield clause, clause
    yield from _of_names(reading, entities)
    yield from ((text, text) for text in _of_fields(reading))


def _of_names(reading: Reading, entities: Entities) -> Iterator[tuple[str, str]]:
    """The cells of the indicators that are named, or what each form that is named comes to."""
    for phrase in sorted((m.text for m in reading.phrases), key=len, reverse=True)[:_FORMS]:
        match = entities.match([phrase])
        if match.unknown > _UNKNOWN or not (match.rows or match.forms):
            continue
        if match.rows and len(match.rows) <= _ROWS:
            indicators = (entities.by_number[form].indicators[row - 1] for form, row in match.rows)
            names = dict.fromkeys(indicator["name"].text for indicator in indicators)
            yield from ((f"{name}{_CELLS}", f"{name}{_CELLS}") for name in list(names)[:_FORMS])
        elif not match.rows and len(match.forms) <= _FORMS:
            for form in match.forms:
                name = entities.by_number[form].record["project_name"].text
                yield f"{form}号表{_FIGURES}", f"{name}{_FIGURES}"


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
