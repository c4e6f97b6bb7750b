"""Which row of the form a row that is spelled out means, where its name alone does not tell."""

from __future__ import annotations

import re

from assistant.form.text import pairs
from assistant.understanding.reading import Reading
from assistant.understanding.row_matching import is_blank

_VARIANT = 0.6
"""From here on a name is a variant of a row's own (按期完工率, 按期完成率), and takes its place."""


def same_level(reading: Reading, row: int, name: str) -> bool:
    """Whether a row that is only a little alike is meant all the same: it waits for its values, or is the
    one row of its level that people have just one of."""
    indicator = reading.form.indicators[row - 1]
    if "满意" in indicator.name or "满意" in name:
        only = sum("满意" in one.name for one in reading.form.indicators) == 1
        other = bool(indicator.actual) and _alike(name, indicator.name) < _VARIANT  # of other people
        return only and "满意" in indicator.name and "满意" in name and not other
    alike = _alike(name, indicator.name) >= _VARIANT
    return not indicator.actual and (is_blank(indicator.target) or alike)


def whole_cost(reading: Reading, name: str) -> int | None:
    """成本 alone is the one row of costs."""
    rows = [n for n, row in enumerate(reading.form.indicators, 1) if "成本" in row.level2 + row.level1]
    return rows[0] if len(rows) == 1 and re.fullmatch("(?:项目|总|运行)?(?:总)?成本", name) else None


def waiting_for(reading: Reading, rows: tuple[int, ...], name: str) -> int | None:
    """Of several rows that fit, all of them waiting for values, the one whose name is likest."""
    indicators = [reading.form.indicators[row - 1] for row in rows if row <= len(reading.form.indicators)]
    if len(indicators) < len(rows) or any(not is_blank(one.target) or one.actual for one in indicators):
        return None
    return max(rows, key=lambda row: _alike(name, reading.form.indicators[row - 1].name))


def _alike(one: str, other: str) -> float:
    """The Dice coefficient of the pairs of characters of two names."""
    left, right = set(pairs(one)), set(pairs(other))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
