"""One figure over several years in words: each year's, and what is computed of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.conditions_met import in_unit
from assistant.asking.records.execute import Result
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.query import Query, StepKind
from assistant.asking.records.records import Cell
from assistant.form.rounding import half_up

_CITED = 60
_PLACES, _EXACT = 2, 6
_YEAR, _TWO = 5, 2
"""A label begins with 2023年."""


def compose(
    queries: Sequence[Query], labels: Sequence[str], results: Sequence[Result], sources: Sources
) -> Answer:
    """The answer to queries of ``ask`` "years". Raises MixedUnitsError where the years do not compare."""
    cells = [_figure_of(query, result) for query, result in zip(queries, results, strict=True)]
    years = [label[:_YEAR] for label in labels]
    field = queries[0].measure.field if queries[0].measure else ""
    texts = [_printed(result, field) or _said(cell) for result, cell in zip(results, cells, strict=True)]
    if not any(texts):
        return words.nothing("这几年的这项数字，相应的单元格是空的")
    said = "，".join(f"{year}{text or '没有填写'}" for year, text in zip(years, texts, strict=True))
    told, figures, arithmetic = _computed(queries, years, cells)
    subject = _subject(queries[0], labels[0][_YEAR:], results)
    ended = [result for year, result in zip(years, results, strict=True) if year in figures]
    records = [record for result in ended or results for record in result.records]
    ends = queries[0].steps and queries[0].steps[0].op in ("highest", "lowest")
    table = _table(queries[0], years, cells, texts, results, only=figures if ends else ())
    return Answer(
        answer=f"{subject}：{said}{f'；{told}' if told else ''}。",
        values=(*figures, *(text for text in texts if text)),
        table=table,
        citations=tuple(sources.cite(record, field) for record in records[:_CITED]),
        arithmetic=arithmetic,
        chart=tuple(
            (year, float(c.number)) for year, c in zip(years, cells, strict=True) if c.number is not None
        ),
        chart_label=FIELDS[queries[0].of][field].label if field else "",
    )


def _subject(query: Query, label: str, results: Sequence[Result]) -> str:
    """What the figures are of: the project, the indicator and the field, or the words of the question."""
    records = [record for result in results for record in result.records]
    if label or not records or not query.measure or not query.measure.field:
        return label or "各年"
    record, known = records[-1], FIELDS[query.of][query.measure.field].label
    name = f"“{record['project_name'].text}”"
    return f"{name}的“{record['name'].text}”{known}" if query.of == "indicators" else f"{name}{known}"


def _figure_of(query: Query, result: Result) -> Cell:
    field = query.measure.field if query.measure else ""
    cell = result.value or Cell()
    unit = cell.unit or (FIELDS[query.of][field].unit if field else COUNTERS[query.of])
    number = cell.number
    if number is not None and query.measure is not None and query.measure.op == "mean":
        number = half_up(number)
    return Cell("", number, unit)


def _printed(result: Result, field: str) -> str:
    """A single cell as it is printed."""
    if not field or len(result.records) != 1 or FIELDS[result.records.frame.of][field].unit in ("%", "万元"):
        return ""
    return words.value_of(result.records[0], field)


def _said(cell: Cell, unit: str = "", places: int = _EXACT) -> str:
    if cell.number is None:
        return ""
    return words.figure(cell.number, unit or cell.unit, _PLACES if cell.unit == "%" else places)


def _computed(
    queries: Sequence[Query], years: Sequence[str], cells: Sequence[Cell]
) -> tuple[str, list[str], tuple[str, ...]]:
    """What the step makes of the years: in words, the figures asked for, and the arithmetic."""
    known = [(year, cell) for year, cell in zip(years, cells, strict=True) if cell.number is not None]
    if not queries[0].steps or not known:
        return "", [], ()
    unit = next((cell.unit for _, cell in known if cell.unit), "")
    numbers = [_same_unit(cell, unit) for _, cell in known]
    op: StepKind = queries[0].steps[0].op
    if op == "change":
        return _changes([year for year, _ in known], numbers, unit)
    if op in ("highest", "lowest"):
        end = max(numbers) if op == "highest" else min(numbers)
        which = [year for (year, _), number in zip(known, numbers, strict=True) if number == end]
        text = _said(Cell("", end, unit))
        return f"最{'高' if op == 'highest' else '低'}的是{'、'.join(which)}（{text}）", [*which, text], ()
    total = sum(numbers, Decimal(0))
    terms = " + ".join(_said(Cell("", number, unit)) for number in numbers)
    if op == "mean":
        mean = _said(Cell("", total / len(numbers), unit), places=_PLACES)
        told = f"({terms}) ÷ {len(numbers)} = {mean}"
        return f"{len(numbers)}年平均每年{mean}", [mean], (told,)
    text = _said(Cell("", total, unit))
    return f"{len(numbers)}年合计{text}", [text], (f"{terms} = {text}",)


def _changes(
    years: Sequence[str], numbers: Sequence[Decimal], unit: str
) -> tuple[str, list[str], tuple[str, ...]]:
    """The last year against the first, and of more than two each against the one before."""
    told, figures, arithmetic = _change((years[0], years[-1]), (numbers[0], numbers[-1]), unit)
    if len(years) <= _TWO:
        return told, figures, arithmetic
    steps = [
        _change(two, amounts, unit) for two, amounts in zip(pairwise(years), pairwise(numbers), strict=True)
    ]
    return (
        "；".join([*(step[0] for step in steps), told]),
        [*figures, *(figure for step in steps for figure in step[1])],
        (*(line for step in steps for line in step[2]), *arithmetic),
    )


def _table(
    query: Query,
    years: Sequence[str],
    cells: Sequence[Cell],
    texts: Sequence[str],
    results: Sequence[Result],
    *,
    only: Sequence[str] = (),
) -> words.Table:
    """A line for each year, or for those in ``only``: its figure, and the change from the year before."""
    label = words.measure_name(query)
    if (
        query.measure is not None
        and query.measure.op == "sum"
        and all(len(r.records) < _TWO for r in results)
    ):
        label = FIELDS[query.of][query.measure.field].label
    rows, before = [], None
    for year, cell, text in zip(years, cells, texts, strict=True):
        moved, rate = "", ""
        if before is not None and before.number is not None and cell.number is not None:
            numbers = (_same_unit(before, cell.unit or before.unit), cell.number)
            _, figures, _ = _change(("上年", "本年"), numbers, cell.unit)
            way = words.moved_way(numbers[1] - numbers[0], cell.unit)
            moved, rate = f"{way}{figures[0]}" if way else "没有变化", "".join(figures[1:])
            rate = f"-{rate}" if rate and numbers[1] < numbers[0] else rate
        rows.append((year, text, moved, rate))
        before = cell
    lines = [
        (row, _place(result)) for row, result in zip(rows, results, strict=True) if not only or row[0] in only
    ]
    return words.Table(
        columns=("年度", label, "比上一年", "变化率"),
        rows=tuple(row for row, _ in lines),
        places=tuple(place for _, place in lines),
    )


def _place(result: Result) -> tuple[int, int]:
    """The record that a line is of: its row too where it is of that alone."""
    records = result.records
    if not len(records):
        return 0, 0
    return int(records.forms[0]), int(records.rows[0]) if len(records) == 1 else 0


def _change(
    years: tuple[str, str], numbers: tuple[Decimal, Decimal], unit: str
) -> tuple[str, list[str], tuple[str, ...]]:
    """The last year against the first: by how much, and at what rate."""
    (then, now), (old, new) = years, numbers
    apart = new - old
    own = "个百分点" if unit == "%" else unit
    difference = words.figure(abs(apart), own, _PLACES if unit == "%" else _EXACT)
    arithmetic = [f"{_said(Cell('', new, unit))} − {_said(Cell('', old, unit))} = {words.figure(apart, own)}"]
    if not apart:
        return f"{now}与{then}相同，没有变化，相差0{own}", [difference], tuple(arithmetic)
    verdict = f"{now}比{then}{words.moved_way(apart, unit)}{difference}"
    if unit == "%" or not old:
        return verdict, [difference], tuple(arithmetic)
    rate = words.figure(abs(apart) * 100 / old, "%", _PLACES)
    quotient = words.figure(apart * 100 / old, "%", _PLACES)
    arithmetic.append(f"({arithmetic[0].split(' = ')[0]}) ÷ {_said(Cell('', old, unit))} = {quotient}")
    told = f"{verdict}，{'增长' if apart > 0 else '下降'}{rate}"
    return told, [difference, rate], tuple(arithmetic)


def _same_unit(cell: Cell, unit: str) -> Decimal:
    number = cell.number if not cell.unit else in_unit(cell, unit)
    if number is None:
        raise MixedUnitsError("")
    return number
