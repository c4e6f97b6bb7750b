"""Several results beside each other: compared, each with its own line, or the ends of one order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.answering.arithmetic import arithmetic_of
from assistant.asking.answering.compose import compose
from assistant.asking.planning.wording import measure_in_words
from assistant.asking.records.execute import Result
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.query import Query

_CITED = 60
_WHOLE = 100


def compare(
    queries: Sequence[Query], labels: Sequence[str], results: Sequence[Result], sources: Sources
) -> Answer:
    """The answer to a comparison of several things by one measure, or to several rankings side by side."""
    figures_alone = all(query.ask == "value" for query in queries)
    if figures_alone and len({query.measures() for query in queries}) == 1:
        return _apart(queries, labels, results, sources)
    if figures_alone or all(query.ask in ("top", "list", "cells", "quote") for query in queries):
        return _beside([compose(q, r, sources) for q, r in zip(queries, results, strict=True)])
    cells = [result.value for result in results]
    if any(cell is None or cell.number is None for cell in cells):
        return words.nothing("可以比较的数字")
    numbers = [cell.number for cell in cells if cell is not None and cell.number is not None]
    query = queries[0]
    field = query.measure.field if query.measure else ""
    unit = (cells[0].unit if cells[0] else "") or (
        FIELDS[query.of][field].unit if field else COUNTERS[query.of]
    )
    ordered = sorted(zip(numbers, labels, strict=True), key=lambda pair: -pair[0])
    places = 2 if unit == "%" or (query.measure is not None and query.measure.op == "mean") else 6
    figures = [words.figure(number, unit, places) for number in numbers]
    gap = ordered[0][0] - ordered[1][0]
    apart = words.figure(gap, "个百分点" if unit == "%" else unit, places)
    verdict = f"{ordered[0][1]}多{apart}{_nearest(field, ordered)}" if gap else "两者相同，相差0"
    values = [ordered[0][1], *figures, apart]
    if query.ask == "ratio" and numbers[1]:
        verdict, value = _quotient(numbers, labels, part=queries[-1].of != query.of)
        values = [value, *figures, *([apart] if queries[-1].of == query.of else [])]
    records = [record for result in results for record in result.records]
    if queries[-1].of != query.of:
        name = "对比"
        if query.ask != "ratio":
            verdict += "，不一致" if gap else "，一致"
    else:
        single = field and len(records) == len(results)
        name = FIELDS[query.of][field].label if single else words.measure_name(query)
    return Answer(
        answer=f"{name}：{'，'.join(map(''.join, zip(labels, figures, strict=True)))}；{verdict}。",
        values=tuple(values),
        table=words.table_of(query, [r for r in records if r.of == query.of]),
        citations=tuple(
            sources.cite(r, q.measure.field if q.measure else "")
            for q, result in zip(queries, results, strict=True)
            for r in result.records[:_CITED]
        ),
        arithmetic=_sums(ordered[0][0], ordered[1][0], unit),
        chart=tuple((label, float(n)) for label, n in zip(labels, numbers, strict=True)),
        chart_label=words.measure_name(query),
    )


def _nearest(field: str, ordered: Sequence[tuple[Decimal, str]]) -> str:
    """Of completions which is nearest to the aim, be it beyond it or short of it."""
    apart = sorted((abs(number - _WHOLE), label) for number, label in ordered)
    return f"，更接近目标的是{apart[0][1]}" if field == "completion" and apart[0][0] != apart[1][0] else ""


def _quotient(numbers: Sequence[Decimal], labels: Sequence[str], *, part: bool) -> tuple[str, str]:
    """The first of two figures as a ``part`` of the second, else how many times it; and that value alone."""
    quotient = numbers[0] / numbers[1]
    if part:
        share = words.figure(quotient * 100, "%", 2)
        return f"{labels[0]}占{labels[1]}的{share}", share
    times = words.figure(quotient, "倍", 2)
    return f"{labels[0]}是{labels[1]}的{times}", times


def _sums(more: Decimal, less: Decimal, unit: str) -> tuple[str, ...]:
    """The difference and the quotient of two figures, written out."""
    left, right = words.figure(more, ""), words.figure(less, "")
    difference = f"{left} − {right} = {words.figure(more - less, unit)}"
    if not less:
        return (difference,)
    return difference, f"{left} ÷ {right} = {words.figure(more / less, '倍', 2)}"


def _apart(
    queries: Sequence[Query], labels: Sequence[str], results: Sequence[Result], sources: Sources
) -> Answer:
    """The same aggregates of several things, each with its own line."""
    query = queries[0]
    cells = [
        [words.measured(c, m, q) for c, m in zip((r.value, *r.more), q.measures(), strict=True)]
        for q, r in zip(queries, results, strict=True)
    ]
    heads = [measure_in_words(one, query.of) for one in query.measures()]
    lines = [
        f"{label}{'：' if any(sign.isdigit() for sign in label) else ''}"
        + (row[0] if len(heads) == 1 else "，".join(h + t for h, t in zip(heads, row, strict=True)))
        for label, row in zip(labels, cells, strict=True)
    ]
    known = [result.value.number if result.value else None for result in results]
    records = [record for result in results for record in result.records]
    return Answer(
        answer=f"{'、'.join(heads)}：{'；'.join(lines)}。",
        values=tuple(text for label, row in zip(labels, cells, strict=True) for text in (label, *row)),
        table=words.Table(
            columns=("名称", *heads),
            rows=tuple((label, *row) for label, row in zip(labels, cells, strict=True)),
            places=tuple((r.records[0].form if r.records else 0, 0) for r in results),
        ),
        citations=tuple(sources.cite(record, query.measures()[0].field) for record in records[:_CITED]),
        arithmetic=tuple(
            f"{label}：{line}"
            for label, q, r in zip(labels, queries, results, strict=True)
            for line in arithmetic_of(q, r)
        ),
        chart=tuple((label, float(n or 0)) for label, n in zip(labels, known, strict=True)),
        chart_label=heads[0],
    )


def _beside(answers: Sequence[Answer]) -> Answer:
    """Several answers with tables of the same columns as one."""
    found = [one for one in answers if one.found]
    if not found:
        return answers[0]
    tables = [one.table for one in found]
    return Answer(
        answer="".join(one.answer for one in found),
        values=tuple(value for one in found for value in one.values),
        table=words.Table(
            of=tables[0].of,
            fields=tables[0].fields,
            columns=tables[0].columns,
            rows=tuple(row for table in tables for row in table.rows),
            places=tuple(place for table in tables for place in table.places),
        ),
        citations=tuple(citation for one in found for citation in one.citations),
        arithmetic=tuple(line for one in found for line in one.arithmetic),
    )
