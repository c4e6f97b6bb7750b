"""Records in a list: what each is called, with the figures that are asked for beside it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Sources
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Query
from assistant.asking.records.records import Record


def named_with_cells(query: Query, records: Sequence[Record]) -> tuple[str, ...]:
    """Each record's name with the cells that are told beside it; an empty cell gives no value."""
    asked = [field for field in query.show if field not in ("project_name", "name", "message")]
    beside = dict.fromkeys((*asked, *_stated(query)))
    columns = [words.labels_of(records), *(words.values_of(records, f, query.counter) for f in beside)]
    return tuple(value for of_record in zip(*columns, strict=True) for value in of_record if value)


def labels(query: Query, records: Sequence[Record], sources: Sources) -> list[str]:
    """Names, with the figures asked for in brackets."""
    shown = [f for f in query.show if f not in ("project_name", "name", "explanation", "message")]
    known = FIELDS[query.of]
    shown += _stated(query)
    told = tells_years(query, records, sources)
    shown = [field for field in shown if field != "year"]
    told_of_each = []
    # One more than are named tells that there are others.
    for record in records[: words.NAMED + 1]:
        name = words.label_of(record)
        facts = [words.year_of(record)] if told else []
        cells = {field: words.value_of(record, field, query.counter) for field in shown}
        filled = {field: text for field, text in cells.items() if text}
        facts += [f"{known[f].label if len(filled) > 1 else ''}{text}" for f, text in filled.items()]
        if record.of == "indicators":
            facts += _reached(query, record)
            facts.append(record["project_name"].text)
        facts = [fact for fact in facts if fact]
        told_of_each.append(f"{name}（{'，'.join(facts)}）" if facts else name)
    return told_of_each


def _stated(query: Query) -> list[str]:
    """The fields of the conditions that are figures: they show why a record is in the list."""
    stated = query.where if query.of == "funds" else query.conditions()
    return [c.field for c in stated if FIELDS[query.of][c.field].unit or c.field == "actual"]


def _reached(query: Query, record: Record) -> list[str]:
    """The target and the actual, where an answer tells whether it was reached."""
    asked = query.ask == "yesno" and any(c.field == "met" for c in query.conditions())
    cells = (("目标", record["target"].text), ("实际", record["actual"].text))
    return [f"{label}{text}" for label, text in cells if text] if asked else []


def tells_years(query: Query, records: Sequence[Record], sources: Sources) -> bool:
    """Whether each record is told with its year: asked for, or one project may have several."""
    return "year" in query.show or sources.years or words.several_years(records)
