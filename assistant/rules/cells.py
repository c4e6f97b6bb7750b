"""The filled cells of a form, each with its place, and a quick look through all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from assistant.form.finding import Section
from assistant.form.model import Form, Frozen
from assistant.form.record import computed
from assistant.rules.reading import RowCells

_HEADER = (
    "title",
    "year_line",
    "project_name",
    "department",
    "central_department",
    "unit",
    "remark",
    "grade",
)
_header_texts = itemgetter(*_HEADER)
PROSE = frozenset({"name", "target", "actual", "explanation", "expected", "note", "remark", "project_name"})
"""The fields that hold words: not labels, offices, points and amounts."""


class Cell(NamedTuple):
    """A filled cell of a form and its place."""

    section: Section
    row: int | None
    field: str
    text: str


class Cells:
    """Filled cells, looked through as one text: what most rules look for stands in none of them."""

    def __init__(self, form: Form, texts: Sequence[str], fields: Container[str] | None = None) -> None:
        """``texts`` of the cells in those ``fields``, None: in all; they are made when one is asked for."""
        self._form, self._texts, self._fields = form, texts, fields
        self.text = "\n".join(texts)

    def __getitem__(self, place: int) -> Cell:
        return self._cells[place]

    def places(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Which cells (from 0) have what ``pattern`` looks for, each with its first match."""
        last = -1
        for seen in pattern.finditer(self.text):
            place = bisect_right(self._starts, seen.start()) - 1
            if place != last and (found := pattern.search(self._texts[place])):
                yield place, found
            last = place

    def having(self, pattern: re.Pattern[str]) -> Iterator[tuple[Cell, re.Match[str]]]:
        """The cells where ``pattern`` occurs, each with its first match."""
        return ((self[place], found) for place, found in self.places(pattern))

    @computed
    def _cells(self) -> list[Cell]:
        fields = self._fields
        return [cell for cell in cells_of(self._form) if fields is None or cell.field in fields]

    @computed
    def _starts(self) -> list[int]:
        """Where each cell starts in ``text``."""
        return list(accumulate([len(text) + 1 for text in self._texts], initial=0))


def texts_of(form: Form) -> list[str]:
    """The texts of ``cells_of``."""
    texts = [*_header_texts(vars(form))]
    for values in (*form.funds, form.goal, *form.indicators, form.total):
        texts += vars(values).values()
    return list(filter(None, texts))


def prose_of(form: Form, rows: Iterable[RowCells]) -> list[str]:
    """Those of ``PROSE``; ``rows`` are the form's."""
    texts = [form.project_name, form.remark, form.goal.expected, form.goal.actual]
    for row in rows:
        texts += (row.name, row.target, row.actual, row.explanation)
    texts.append(form.total.note)
    return list(filter(None, texts))


def cells_of(form: Form) -> tuple[Cell, ...]:
    """Every filled cell of the form, in the form's order; not the foot notes."""
    found = [
        Cell("title" if name == "title" else "header", None, name, text)
        for name, text in zip(_HEADER, _header_texts(vars(form)), strict=True)
        if text
    ]
    blocks: tuple[tuple[Section, Iterable[tuple[int | None, Frozen]]], ...] = (
        ("funds", enumerate(form.funds, 1)),
        ("goal", ((None, form.goal),)),
        ("indicators", enumerate(form.indicators, 1)),
        ("total", ((None, form.total),)),
    )
    for section, rows in blocks:
        for row, values in rows:
            found += [Cell(section, row, name, text) for name, text in vars(values).items() if text]
    return tuple(found)
