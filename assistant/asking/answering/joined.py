"""The answers to several questions of one sentence, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.answering.answer import Answer, Table

_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")

_WHETHER = frozenset(("有", "没有", "是", "不是"))


def together(
    parts: Sequence[str], answers: Sequence[Answer], computed: Sequence[bool] | None = None
) -> Answer:
    """One answer to all parts: each with its own sentence, those without an answer said plainly.

    ``computed``: which answers are a figure of many records; where another lists some, these are shown.
    """
    found = [one for one in answers if one.found]
    alone = [
        one for one, figure in zip(answers, computed or [False] * len(answers), strict=True) if not figure
    ]
    tables = [one.table for one in alone if one.table.rows] or [one.table for one in found if one.table.rows]
    lines = [
        one.answer if one.found else f"“{part}”这一问没有回答：{one.answer}"
        for part, one in zip(parts, answers, strict=True)
    ]
    return Answer(
        answer="\n".join(dict.fromkeys(lines)),
        values=tuple(value for one in found for value in one.values),
        table=_joined(tables),
        citations=tuple(dict.fromkeys(citation for one in found for citation in one.citations)),
        arithmetic=tuple(line for one in found for line in one.arithmetic),
        notice="；".join(dict.fromkeys(one.notice for one in answers if one.notice)),
        understood="；另问：".join(one.understood for one in found if one.understood),
    )


def _joined(tables: Sequence[Table]) -> Table:
    """The lines of all tables under all their columns: those that say the same once.

    What is told of a form stands beside its rows, where there are any.
    """
    if not tables:
        return Table()
    if len(tables) == 1:
        return tables[0]
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    told = [
        (place, dict(zip(table.columns, row, strict=True)))
        for table in tables
        for place, row in zip(table.places, table.rows, strict=True)
    ]
    of_form = {form: cells for (form, row), cells in told if not row}
    with_rows = {form for (form, row), _ in told if row}
    lines: dict[tuple[tuple[int, int], tuple[str, ...]], None] = {}
    for (form, row), own in told:
        if row or form not in with_rows:
            cells = {**of_form.get(form, {}), **own}
            lines[((form, row), tuple(cells.get(column, "") for column in columns))] = None
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
    said = _WHETHER & set(part.values) <= set(whole.values)
    return figures[1] <= figures[0] and records and said
