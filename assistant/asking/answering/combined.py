"""Figures of several queries and what is computed with them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.answering import answer as words
from assistant.asking.answering.answer import Answer, Sources
from assistant.asking.records.combine import combined
from assistant.asking.records.execute import Result
from assistant.asking.records.fields import COUNTERS, FIELDS
from assistant.asking.records.query import Query, Step
from assistant.asking.records.records import Cell
from assistant.form.rounding import half_up

_CITED = 60
_PLACES, _EXACT, _TO_THE_YUAN = 2, 6, 4
"""Of quotients, shares and means; of what is added up; of 万元 for each person, where it is computed."""
_SIGNS = {"sum": " + ", "difference": " − ", "same": " − ", "quotient": " ÷ ", "share": " ÷ ", "per": " ÷ "}


def values_of(queries: Sequence[Query], results: Sequence[Result]) -> list[Cell]:
    """The figures of the queries, then of the steps; none where no term is asked. Raises MixedUnitsError."""
    if not queries or queries[0].ask != "term":
        return []
    terms = [_figure_of(query, result) for query, result in zip(queries, results, strict=True)]
    return combined(queries[0].steps, terms)


def combine(
    queries: Sequence[Query],
    labels: Sequence[str],
    results: Sequence[Result],
    cells: Sequence[Cell],
    sources: Sources,
) -> Answer:
    """The figures (``values_of``) in words: what each step makes of them, with its arithmetic."""
    terms, steps = cells[: len(queries)], queries[0].steps
    labels = [_label(*one) for one in zip(queries, labels, results, strict=True)]
    if any(cell.number is None for cell in terms):
        missing = next(label for cell, label in zip(terms, labels, strict=True) if cell.number is None)
        return words.nothing(f"“{missing}”的数字")
    computed = cells[len(terms) :]
    if any(cell.number is None for cell in computed):
        return words.nothing("可以计算的数字")
    rounded = _rounded(queries, steps)
    figures = [_said(cell, rough=rough) for cell, rough in zip(cells, rounded, strict=True)]
    names = [*labels, *(_name(step, labels) for step in steps)]
    times = [_times(query, cell) for query, cell in zip(queries, terms, strict=True)]
    said = [
        f"{label}{text}{f'（是目标的{of_target}）' if of_target else ''}"
        for label, text, of_target in zip(labels, figures, times, strict=False)
    ]
    told = [
        _told(step, cell, names, rough)
        for step, cell, rough in zip(steps, computed, rounded[len(terms) :], strict=True)
    ]
    of = queries[0].of
    alike = (result.records[: words.MOST_ROWS] for result in results if result.records.frame.of == of)
    records = [record for some in alike for record in some]
    return Answer(
        answer=f"{'；'.join(told)}（{'，'.join(said)}）。" if told else f"{'，'.join(said)}。",
        values=(*_results(computed, figures[len(terms) :]), *figures[: len(terms)], *filter(None, times)),
        table=words.table_of(
            queries[0],
            records,
            [q.measure.field for q in queries if q.measure and q.measure.field],
        ),
        citations=tuple(
            sources.cite(record, query.measure.field if query.measure else "")
            for query, result in zip(queries, results, strict=True)
            for record in result.records[:_CITED]
        )[:_CITED],
        arithmetic=tuple(_written(step, figures, at) for at, step in enumerate(steps, len(terms))),
    )


def _label(query: Query, label: str, result: Result) -> str:
    """What an order picks is called by its own name."""
    if query.order is None or len(result.records) != 1 or query.measure is None:
        return label
    return f"“{words.label_of(result.records[0])}”{FIELDS[query.of][query.measure.field].label}"


def _figure_of(query: Query, result: Result) -> Cell:
    cell = result.value or Cell()
    field = query.measure.field if query.measure else ""
    unit = cell.unit or (FIELDS[query.of][field].unit if field else COUNTERS[query.of])
    return Cell("", cell.number, unit)


def _times(query: Query, cell: Cell) -> str:
    """A completion of 2000% as 20倍; "" for other figures."""
    if query.measure is None or query.measure.field != "completion" or cell.number is None:
        return ""
    return words.figure(cell.number / 100, "倍", _PLACES)


def _rounded(queries: Sequence[Query], steps: Sequence[Step]) -> list[bool]:
    """For each figure whether it is, or rests on, a mean, and is shown with two places."""
    found = [query.measure is not None and query.measure.op == "mean" for query in queries]
    for step in steps:
        found.append(any(found[place] for place in step.of))
    return found


def _said(cell: Cell, *, rough: bool) -> str:
    places = _PLACES if rough or cell.unit in ("倍", "%") else _EXACT
    places = _TO_THE_YUAN if "/" in cell.unit else places
    return words.figure(cell.number or Decimal(0), cell.unit, places)


def _name(step: Step, labels: Sequence[str]) -> str:
    return "合计" if step.op == "sum" and max(step.of) < len(labels) else "结果"


def _told(step: Step, cell: Cell, names: Sequence[str], rough: bool) -> str:
    left = names[step.of[0]]
    right = (
        _said(Cell("", step.number, step.unit), rough=False)
        if step.number is not None
        else names[step.of[-1]]
    )
    number = cell.number or Decimal(0)
    if step.op == "sum":
        return f"{'、'.join(names[place] for place in step.of)}合计{_said(cell, rough=rough)}"
    if step.op == "per":
        return f"平均每{step.unit}{_each(cell)}"
    if step.op == "share":
        return f"{left}占{right}的{_said(cell, rough=rough)}"
    if step.op == "quotient":
        return f"{left}是{right}的{_said(cell, rough=rough)}"
    if not number:
        return f"{left}与{right}一致，相差0"
    apart = _said(Cell("", abs(number), "个百分点" if cell.unit == "%" else cell.unit), rough=rough)
    verdict = f"{left}比{right}{'多' if number > 0 else '少'}{apart}"
    return f"不一致，{verdict}" if step.op == "same" else verdict


def _results(computed: Sequence[Cell], figures: Sequence[str]) -> list[str]:
    """The figures of the steps; an amount for each person in both of its units."""
    found: list[str] = []
    for cell, text in zip(computed, figures, strict=True):
        counted = cell.unit.partition("/")[2]
        found += [f"{amount}/{counted}" for amount in _amounts(cell)] if counted else [text]
    return found


def _each(cell: Cell) -> str:
    """0.65万元（6507元）."""
    said, *exact = _amounts(cell)
    return f"{said}（{exact[0]}）" if exact else said


def _amounts(cell: Cell) -> tuple[str, ...]:
    """An amount for each person in 万元, and in 元 where that says more; a very small one only in 元."""
    unit, number = cell.unit.partition("/")[0], cell.number or Decimal(0)
    said = words.figure(number, unit, _PLACES)
    if unit != "万元":
        return (said,)
    yuan = words.figure(number * 10000, "元", _PLACES)
    if not half_up(number, _PLACES):
        return (yuan,)
    return (said,) if half_up(number, _PLACES) == number else (said, yuan)


def _written(step: Step, figures: Sequence[str], at: int) -> str:
    hundred = " × 100%" if step.op == "share" else ""
    said = [_said(Cell("", step.number, step.unit), rough=False)] if step.number is not None else []
    terms = [*(figures[place] for place in step.of), *said]
    return f"{_SIGNS[step.op].join(terms)}{hundred} = {figures[at]}"
