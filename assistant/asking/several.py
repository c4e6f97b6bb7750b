"""Several questions in one sentence: taken apart, and their answers put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.answer import Answer, Table

_MOST = 3
_STOP = re.compile(r"(?<![0-9])[,，]|[,，](?![0-9])|[;；。?？!！]")
_ENCLOSED = re.compile('[“"「『《（(][^“"”」』》）)]*[”"」』》）)]')
_ASKS = re.compile(
    "多少|几(?![十百千])|哪|谁|什么|啥|怎[么样]|咋|如何|为何|吗$|呢$|是否|是不是|有没有|有无|对不对|排[序名一]"
)
_EDGES = ",，;；。 ？?！!"
_ONLY_JOINS = re.compile("^(?:还有|另外|再|顺便|然后|以及|同时|又|并|请问)*")


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that ``question`` puts one after the other; empty where it is a single one."""
    spans = spans_of(question)
    if not 1 < len(spans) <= _MOST:
        return ()
    return tuple(_ONLY_JOINS.sub("", question[start:end].strip(_EDGES)) for start, end in spans)


def spans_of(question: str) -> list[tuple[int, int]]:
    """Where each question stands; a clause that asks nothing belongs to the next, else to the one before."""
    kept = _ENCLOSED.sub(lambda found: "□" * len(found[0]), question)
    ends = [found.start() for found in _STOP.finditer(kept)] + [len(question)]
    spans: list[tuple[int, int]] = []
    start = begun = 0
    for end in ends:
        if _ASKS.search(kept[start:end]):
            spans.append((begun, end))
            begun = end
        start = end + 1
    if spans:
        spans[-1] = (spans[-1][0], len(question))
    return spans


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
