"""Column widths of the indicator table: the division that makes the form shortest, near the official one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import ceil

_STEP = 2
_PADDING = 2.5
_FULL_CHARACTER = 3.6
"""Millimetres of a Chinese character at 10 points; others take half of it."""
_SHORT_VALUE = 32
"""Values up to this width (mm) look broken when they wrap: ≤6762万 in two lines."""
_LEAST = {"name": 24, "target": 20, "actual": 20, "explanation": 28}
_LEAST_LINES = 1.5
"""A row of one line is as high as this many lines."""


def text_width(text: str) -> float:
    """Millimetres of a line of table text."""
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return (wide + (len(text) - wide) / 2) * _FULL_CHARACTER


@lru_cache(maxsize=256)
def line_count(text: str, width: float, size: float = 10) -> int:
    """Lines that ``text`` of ``size`` points takes in a cell of ``width`` millimetres."""
    room = (width - _PADDING) * 10 / size
    return sum(max(1, ceil(text_width(line) / room)) for line in text.split("\n"))


def divide(usual: Mapping[str, int], rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Widths for the flexible columns, of the same sum as ``usual``, by which ``rows`` take the fewest lines.

    Of equally short divisions the one nearest to the usual widths is taken.
    """
    spare = sum(usual.values()) - sum(_LEAST[name] for name in usual)
    names = list(usual)
    texts = {name: [row[name] for row in rows] for name in names}
    shorts = {
        name: [name != "name" and text_width(text) <= _SHORT_VALUE for text in texts[name]] for name in names
    }
    lines: dict[tuple[str, int], list[int]] = {}
    for name in names:
        for extra in range(0, spare + 1, _STEP):
            width = _LEAST[name] + extra
            lines[name, width] = [line_count(text, width) for text in texts[name]]
    best: tuple[float, dict[str, int]] | None = None
    for extras in _shares(spare, len(names)):
        widths = {name: _LEAST[name] + extra for name, extra in zip(names, extras, strict=True)}
        columns = (lines[name, widths[name] - (widths[name] - _LEAST[name]) % _STEP] for name in names)
        taken = [list(column) for column in columns]
        height = sum(max(_LEAST_LINES, *counts) for counts in zip(*taken, strict=True))
        broken = sum(
            count > 1 and short
            for column, name in zip(taken, names, strict=True)
            for count, short in zip(column, shorts[name], strict=True)
        )
        distance = sum(abs(widths[name] - usual[name]) for name in names)
        cost = height + broken / 2 + distance / 100
        if best is None or cost < best[0]:
            best = (cost, widths)
    return best[1] if best else dict(usual)


def _shares(spare: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every division of ``spare`` into ``parts`` in steps; the last part takes what is left."""
    if parts == 1:
        yield (spare,)
        return
    for share in range(0, spare + 1, _STEP):
        for rest in _shares(spare - share, parts - 1):
            yield (share, *rest)
