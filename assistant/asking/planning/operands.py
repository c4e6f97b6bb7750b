"""Parts of a question that stand for one figure each: 葡萄酒的预算, 五条成本指标实际值加起来."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.asking.planning.before import Before
from assistant.asking.planning.figure_words import WHOLE
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_again import asked_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Measure, Query, Step

Understand = Callable[[str], tuple[Meaning, Reading]]
"""The meaning of a question of its own, with its reading."""
_NAMED = 3
"""So many rows are named in a label, at most."""
_LEAST = 2
"""A single character names nothing."""
_ENDS = frozenset(("max", "min", "mean", "median", "sum", "count"))
_IDLE = re.compile("^[的是了有,、]+|[的是了有,、]+$")
_ASKED = re.compile(
    "(?:一共|总共)?(?:是|为|有)?(?:多少|几)(?:万元?|元|钱|分|个?百分点|[个条项家人名次场期篇天])*$"
)
_ASKS = re.compile("多少|几(?![十百千])|哪|谁|什么")
_TOLD = ("budget", "executed")
"""Of a source no amount of which is named the budget is meant."""
_POINTS = frozenset(("lost", "weight", "score"))
"""Points of several indicators are added up."""
_OF_FORMS = frozenset(
    ("budget", "executed", "initial", "unspent", "overspent", "total", "rate", "exec_score")
)
_EXTRA = frozenset(("target", "actual", "gap", "completion"))


@dataclass(frozen=True)
class Operand:
    """One figure: the query that gives it, what it is called, and the words that it was said with."""

    query: Query
    label: str
    reading: Reading

    @property
    def form(self) -> int | None:
        """The one form that it is of; None where it is of several."""
        forms = {form for form, _ in self.query.rows or ()} or set(self.query.forms or ())
        return forms.pop() if len(forms) == 1 else None

    @property
    def field(self) -> str:
        """What is added up; "" where records are counted."""
        return self.query.measure.field if self.query.measure else ""

    @property
    def op(self) -> str:
        """How it is computed."""
        return self.query.measure.op if self.query.measure else ""


def operand_of(text: str, understand: Understand, entities: Entities) -> Operand | None:
    """The figure that ``text`` names; None where it names none, or more than one."""
    said = _IDLE.sub("", text)
    if len(said) < _LEAST:
        return None
    asks = _ASKS.search(said) is not None
    meaning, reading = understand(said if asks else f"{said}是多少")
    if meaning.kind != "query" or len(meaning.queries) != 1:
        return None
    query = as_term(meaning.queries[0], reading)
    if query is None:
        return None
    return Operand(query, _label(query, said, entities), reading)


def as_term(query: Query, reading: Reading | None = None, *, alone: bool = False) -> Query | None:
    """``query`` as one that gives a single figure; None where it gives several, or none.

    ``alone``: its answer was a single record.
    """
    if query.ask in ("count", "list") and query.group == "form" and reading is not None:
        query = _forms_of_groups(query)
    if query.ask == "cells" and len(query.show) == 1 and query.also == _sum_of(query.show[0]):
        return query.model_copy(update={"ask": "term", "show": (), "measure": query.also[0], "also": ()})
    if query.group or query.every or query.also or query.base_field or query.steps:
        return None
    if query.ask in ("value", "term"):
        plain = query.measure is not None and query.measure.op in _ENDS
        return query.model_copy(update={"ask": "term"}) if plain else None
    if query.ask == "count":
        return query.model_copy(update={"ask": "term", "measure": Measure(op="count")})
    if query.ask == "top" and query.limit == 1 and query.order is not None:
        measure = Measure(op="max", field=query.order.field)
        return query.model_copy(update={"ask": "term", "measure": measure})
    fields = _figures(query)
    if query.of == "funds" and query.show == _TOLD:
        fields = fields[:1]
    if len(fields) != 1 or query.ask not in ("cells", "list"):
        return None
    several = len(query.rows) > 1 if query.rows is not None else len(query.forms or (0, 0)) != 1
    added = (reading is not None and reading.says("sum")) or (query.ask == "list" and fields[0] in _POINTS)
    if (several or query.ask == "list") and not (added or alone):
        return None
    return query.model_copy(update={"ask": "term", "show": (), "measure": Measure(op="sum", field=fields[0])})


def _sum_of(field: str) -> tuple[Measure, ...]:
    """What the cells of several forms add up to."""
    return (Measure(op="sum", field=field),)


def last_figure(before: Before) -> Operand | None:
    """The one figure of the last answer: of the one record that it showed what was asked of that."""
    if before.meaning is None or len(before.meaning.queries) != 1:
        return None
    query = before.meaning.queries[0]
    alone = len(before.forms) == 1 and len(before.rows) < _LEAST
    term, field = as_term(query, alone=alone), asked_of(query)
    known = FIELDS[query.of].get(field)
    alone = alone and query.of == "forms"
    if alone and known is not None and known.unit and (term is None or query.ask == "top"):
        term = Query(of="forms", forms=before.forms, ask="term", measure=Measure(op="sum", field=field))
    elif len(before.forms) == 1 and term is not None and term.forms is None:
        term = term.model_copy(update={"forms": before.forms})
    return Operand(term, "上一问的结果", before.reading) if term is not None else None


def _forms_of_groups(query: Query) -> Query:
    """The forms that have such rows, as records of their own: they can be counted."""
    rows = query.model_copy(update={"ask": "list", "show": (), "order": None, "counter": ""})
    return Query(of="forms", ask="count", within=(rows,))


def _figures(query: Query) -> list[str]:
    known = FIELDS[query.of]
    found = [name for name in query.show if known[name].unit or name in _EXTRA]
    return [] if len(found) < len(query.show) else found


def _label(query: Query, said: str, entities: Entities) -> str:
    field = query.measure.field if query.measure else ""
    known = FIELDS[query.of][field].label if field else ""
    if query.of == "indicators" and query.rows is not None and 0 < len(query.rows) <= _NAMED and field:
        names = [entities.by_number[form].indicators[row - 1]["name"].text for form, row in query.rows]
        return f"“{'、'.join(names)}”{known}{'合计' if len(names) > 1 else ''}"
    whole = not (query.where or query.any_of or query.within or query.order)
    if query.of == "forms" and query.forms is not None and len(query.forms) == 1 and whole and field:
        return f"“{entities.by_number[query.forms[0]].record['project_name'].text}”{known}"
    return _ASKED.sub("", said)


def alike(owner: Operand, reading: Reading) -> bool:
    """Whether the field said is of the same sort of record: a budget is no cell of an indicator."""
    return owner.query.of != "indicators" or not {m.name for m in reading.fields} & _OF_FORMS


def field_said(owner: Operand) -> str:
    """The word for the field of a figure."""
    return owner.reading.fields[-1].text if owner.reading.fields else ""


def field_exchanged(owner: Operand, text: str) -> str | None:
    """The words of the first figure with another field."""
    if not owner.reading.fields:
        return None
    # Of a name with two words for fields the one that is asked for stands last.
    field = owner.reading.fields[-1]
    said = owner.reading.text
    return f"{said[: field.start]}{text}{said[field.end :]}"


def asked_at_end(reading: Reading) -> str:
    """What is asked of what is named: all after the last name."""
    ends = [end for _, end, _ in reading.offices] + [m.end for m in reading.phrases]
    if not reading.fields or not (ends or WHOLE.match(reading.text)):
        return ""
    return re.sub("(?:是多少|是几)$", "", reading.text[max(ends, default=0) :])


def added_up(meaning: Meaning) -> Meaning | None:
    """The one figure of each query as a term of their sum; None where these cannot be added up."""
    measures = {query.measures() for query in meaning.queries}
    if len(measures) != 1 or len(alone := measures.pop()) != 1:
        return None
    measure = alone[0]
    field = FIELDS[meaning.queries[0].of][measure.field] if measure.field else None
    if measure.op not in ("sum", "count") or (field is not None and field.unit == "%"):
        return None
    terms = [query.model_copy(update={"ask": "term", "steps": ()}) for query in meaning.queries]
    terms[0] = terms[0].model_copy(update={"steps": (Step(op="sum", of=tuple(range(len(terms)))),)})
    return meaning.model_copy(update={"queries": tuple(terms)})
