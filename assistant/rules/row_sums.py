"""Sums that a form prints among its indicators (小计, 年度目标1（40分）), and the rows they may be of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Literal, NamedTuple

from assistant.form.amount import read_points, read_weight
from assistant.form.model import RowSum
from assistant.form.numerals import normal
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.rules.line import Line
from assistant.rules.rule import Case, Observation

_NOT_OF_LEVEL = re.compile(r"小计|合计|得分|分值|权重|\(.*?\)|指标|[:\s]")


class Misadded(NamedTuple):
    """A subtotal that none of the rows above it add up to; ``total``: what those add up to that it names."""

    cells: RowSum
    printed: Decimal
    points: tuple[Decimal, ...]
    total: Decimal


class Heading(NamedTuple):
    """A label with ``points``, and the rows below it that are counted."""

    label: str
    points: Decimal
    rows: tuple[Line, ...]


def headings(case: Case) -> tuple[Heading, ...]:
    """The headings with points over rows of a form."""
    found = (
        (cells.label, read_weight(cells.weight), _between(case, cells.first, cells.last))
        for cells in case.form.row_sums
        if not cells.below
    )
    return tuple(Heading(label, points, rows) for label, points, rows in found if rows and points is not None)


def misadded(case: Case, field: Literal["weight", "score"]) -> Iterator[Misadded]:
    """The subtotals whose 分值 or 得分 is wrong, none where a row that they may be of has no number.

    Which rows a bare 小计 adds up is not printed: those since the last one, those of a level, or all so far.
    """
    tolerance = case.profile.tolerance.value
    for cells in case.form.row_sums:
        printed = read_weight(cells.weight) if field == "weight" else read_points(cells.score)
        if printed is None or not cells.below or not case.form.is_scored:
            continue
        runs = [_points(run, field) for run in _runs(case, cells)]
        known = [run for run in runs if run is not None]
        sums = {sum(run, more) for run in known for more in _besides(case, cells, field)}
        if known and len(known) == len(runs) and all(abs(printed - total) >= tolerance for total in sums):
            yield Misadded(cells, printed, known[0], sum(known[0], Decimal(0)))


def observed(seen: Misadded, field: Literal["weight", "score"]) -> Observation:
    """A wrong subtotal in words. It has no cell of the form's own: its place is the row above it."""
    title = {"weight": "分值", "score": "得分"}[field]
    printed = {"weight": seen.cells.weight, "score": seen.cells.score}[field]
    label = shortened(seen.cells.label)
    return Observation(
        message=f"第{seen.cells.last}行下面的“{label}”{title}填写为{printed}，各行{title}合计为{plain(seen.total)}。",
        section="indicators",
        row=seen.cells.last,
        field=field,
        printed=printed,
        expected=plain(seen.total),
        arithmetic=f"{' + '.join(map(plain, seen.points))} = {plain(seen.total)} ≠ {plain(seen.printed)}",
        hint=f"核对各行的{title}，都对的，把“{label}”改为{plain(seen.total)}。",
    )


def _points(rows: Iterable[Line], field: Literal["weight", "score"]) -> tuple[Decimal, ...] | None:
    """The points of each row, None where one has no number."""
    scores = [row.score for row in rows]
    points = [score.weight if field == "weight" else score.printed for score in scores]
    return None if None in points else tuple(value for value in points if value is not None)


def _besides(case: Case, cells: RowSum, field: Literal["weight", "score"]) -> tuple[Decimal, ...]:
    """What may be added to the points of the rows: nothing, to all of them also those of the execution."""
    execution = case.sheet.execution
    points = execution.weight if field == "weight" else execution.printed
    whole = "合计" in cells.label and cells.first == 1
    return (Decimal(0), points) if whole and points is not None and case.execution_counts else (Decimal(0),)


def _runs(case: Case, cells: RowSum) -> list[tuple[Line, ...]]:
    """The rows that a subtotal may add up, the likeliest first."""
    above = _between(case, 1, cells.last)
    named = _level(cells.label)
    own = tuple(row for row in above if named and named in map(_level, _levels(row, 2)))
    if own:
        return [run for run in (own, _trailing(own, above)) if run]
    heads = (head.rows[0].number for head in headings(case) if above and above[-1] in head.rows)
    runs = [_between(case, first, cells.last) for first in (cells.first, 1, *heads)]
    runs += [_trailing(_alike(above, levels), above) for levels in (1, 2)]
    return [run for run in runs if run]


def _between(case: Case, first: int, last: int) -> tuple[Line, ...]:
    return tuple(row for row in case.counted if first <= row.number <= last)


def _trailing(rows: Sequence[Line], above: Sequence[Line]) -> tuple[Line, ...]:
    """Those of ``rows`` with which ``above`` ends."""
    numbers = {row.number for row in rows}
    run = list(takewhile(lambda row: row.number in numbers, reversed(above)))
    return tuple(reversed(run))


def _alike(rows: Sequence[Line], levels: int) -> list[Line]:
    """Those of the first level of the last row, or of both its levels."""
    return [row for row in rows if _levels(row, levels) == _levels(rows[-1], levels)]


def _levels(row: Line, count: int) -> tuple[str, ...]:
    return (row.cells.level1, row.cells.level2)[:count]


def _level(text: str) -> str:
    return _NOT_OF_LEVEL.sub("", normal(text))
