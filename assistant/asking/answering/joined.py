"""The answers to several questions of one sentence, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.answering.answer import Answer, Table

_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")


def together(parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer to all parts: each with its own sentence, those without an answer said plainly."""
    found = [one for one in answers if one.found]
    lines = [
        one.answer if one.found else f"“{part}”这一问没有回答：{one.answer}"
        for part, one in zip(parts, answers, strict=True)
    ]
    return Answer(
        answer="\n".join(lines),
        values=tuple(value for one in found for value in one.values),
        table=_joined([one.table for one in found if one.table.rows]),
        citations=tuple(dict.fromkeys(citation for one in found for citation in one.citations)),
        arithmetic=tuple(line for one in found for line in one.arithmetic),
        notice="；".join(dict.fromkeys(one.notice for one in answers if one.notice)),
        understood="；另问：".join(one.understood for one in found if one.understood),
    )


def _joined(tables: Sequence[Table]) -> Table:
    """The lines of all tables under all their columns; lines that say the same once."""
    if not tables:
        return Table()
    if len(tables) == 1:
        return tables[0]
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    lines: dict[tuple[tuple[int, int], tuple[str, ...]], None] = {}
    for table in tables:
        for place, row in zip(table.places, table.rows, strict=True):
            cells = dict(zip(table.columns, row, strict=True))
            lines[(place, tuple(cells.get(column, "") for column in columns))] = None
    return Table(
        of=tables[0].of,
        columns=columns,
        rows=tuple(row for _, row in lines),
        places=tuple(place for place, _ in lines),
    )


def tells(whole: Answer, part: Answer, *, listed: bool) -> bool:
    """Whether one answer tells all figures of another, and all of its records where these are ``listed``."""
    figures = [{number for value in one.values for number in _NUMBER.findall(value)} for one in (whole, part)]
    records = not listed or set(part.table.places) <= set(whole.table.places)
    return figures[1] <= figures[0] and records
