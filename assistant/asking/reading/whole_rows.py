"""Of indicators that words may mean those whose name, or a stretch of it, stands in the question whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.language.naming import squeezed
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.scope import Scope

_SEVERAL = re.compile("(?:[0-9]+|[两二三四五])[个张份家][^,;、的]{0,10}?(?:项目|自评表|表|专项)")
"""两个无线电项目的测试次数: of each of them the one that is alike."""
_MOST_FORMS = 12
_LEAST = 6
"""Of fewer characters the name of an indicator that the words did not find may stand there by chance."""
_STRETCH = 3
_KNOWN = 0.35
"""Of what is said beside the name no more may be unknown."""
_OF_THE_FORM = frozenset(("budget", "executed", "initial", "rate", "total", "unspent", "overspent"))
Span = tuple[int, int]


def by_whole_names(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """行政复议撤销率、行政诉讼败诉率: the row that is called so, not all that a part of it is said of."""
    forms = scope.forms or tuple(dict.fromkeys(form for form, _ in scope.rows))
    if scope.given or reading.rows or _SEVERAL.search(reading.text) or not 0 < len(forms) <= _MOST_FORMS:
        return scope
    told = _told(forms, scope, reading, entities)
    if len({span for span, _ in told}) != 1:
        return _by_stretch(scope, reading, entities)
    span = told[0][0]
    owners = _owners(span, reading, entities)
    rows = tuple(row for _, row in told if owners is None or row[0] in owners)
    if not rows or (len(rows) > 1 and owners is None and not set(rows) <= set(scope.rows)):
        return scope
    name = reading.text[slice(*span)]
    owning = tuple(dict.fromkeys(form for form, _ in rows))
    return replace(scope, forms=owning, rows=rows, parts=(), words=(name,), unknown="", named=True)


def _names(rows: Sequence[RowId], entities: Entities) -> list[tuple[str, RowId]]:
    return [(squeezed(entities.by_number[n].indicators[at - 1]["name"].text), (n, at)) for n, at in rows]


def _told(
    forms: Sequence[int], scope: Scope, reading: Reading, entities: Entities
) -> list[tuple[Span, RowId]]:
    """The rows of ``forms`` whose whole name stands in the question, with where; the longest one alone."""
    text = reading.text
    every = [(n, r.row or 0) for n in forms for r in entities.by_number[n].indicators]
    of_form = bool({m.name for m in reading.fields} & _OF_THE_FORM)
    others = [name for name, _ in _names(scope.rows, entities)]
    found: list[tuple[Span, RowId]] = []
    for name, row in _names(every, entities):
        at = text.find(name)
        if at < 0 or entities.names_a_project(name):
            continue
        if row not in scope.rows and (len(name) < _LEAST or of_form):
            continue
        longer = (text[max(0, at - 1) : at + len(name)], text[at : at + len(name) + 1])
        if not any(len(part) > len(name) and part in other for part in longer for other in others):
            found.append(((at, at + len(name)), row))
    return [
        (span, row)
        for span, row in found
        if not any(a <= span[0] and span[1] <= b and (a, b) != span for (a, b), _ in found)
    ]


def _owners(span: Span, reading: Reading, entities: Entities) -> tuple[int, ...] | None:
    """The forms that are named beside the name; None where nothing is, () where that is not known."""
    start, end = span
    offices = {form for a, _, forms in reading.offices if not start <= a < end for form in forms}
    beside = []
    for mention in reading.phrases:
        before = reading.text[mention.start : min(mention.end, start)]
        after = reading.text[max(mention.start, end) : mention.end]
        beside += [part.strip("的里") for part in (before, after) if len(part.strip("的里")) > 1]
    if not beside:
        return tuple(sorted(offices)) if offices else None
    match = entities.match(beside, tuple(sorted(offices)) or None, projects=True)
    return match.forms if match.unknown <= _KNOWN else ()


def _by_stretch(scope: Scope, reading: Reading, entities: Entities) -> Scope:
    """法律顾问费: the rows that hold the word as it is said, where others hold only some of it."""
    if len(scope.rows) < 2 or len({form for form, _ in scope.rows}) > 1 or scope.parts or scope.unknown:
        return scope
    projects = [name for name, _ in entities.whole_names(reading.text)]
    for mention in reversed(reading.phrases):
        said = mention.text.strip("的里")
        for project in projects:
            said = said.replace(project, "")
        holding = tuple(row for name, row in _names(scope.rows, entities) if said in name)
        if len(said) >= _STRETCH and holding:
            return replace(scope, rows=holding, forms=tuple(dict.fromkeys(form for form, _ in holding)))
    return scope
