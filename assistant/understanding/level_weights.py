"""产出分值调成50: the points of a whole level, shared among its rows as they were before."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal

from assistant.form.amount import read_points
from assistant.form.model import Indicator
from assistant.form.rounding import plain
from assistant.understanding.reading import Reading

_LEVELS = r"产出|经济效益|社会效益|生态效益|可持续影响|效益|服务对象满意度|满意度|数量|质量|时效|成本"
_LEVEL_WEIGHT = re.compile(
    rf"^(?:请|帮我|麻烦)*(?:把|将)?(?P<level>{_LEVELS})(?:类|方面|一级|二级|这一?[块级类])*(?:指标)?的?"
    r"(?P<each>每(?:一)?[行个项条])?(?P<told>总?(?:分值|权重|分数|总分|分))?(?:合计|一共|总共|共)?(?:都|各|均)?"
    r"(?:应该?|要|再)?(?:调整?|改|设|变|降|提高?|减|加|给|占|定|分配?|下调|上调)*(?:为|成|到|是|至)?"
    r"(?P<points>\d+(?:\.\d+)?)(?P<unit>分)?(?:吧|哈)?$"
)


def read_level_weights(reading: Reading, clause: str, *, goes_on: bool = False) -> bool:
    """Reads a command about the points of a level; True where the clause is one and the level has rows.

    ``goes_on``: the clause before was one, so that 效益30 is another.
    """
    found = _LEVEL_WEIGHT.match(clause)
    if found is None or not (found["told"] or found["unit"] or goes_on):
        return False
    rows = [n for n, row in enumerate(reading.form.indicators, 1) if _is_of(row, found["level"])]
    points = Decimal(found["points"])
    if not rows or points <= 0 or points > 100:
        return False
    held = [read_points(reading.form.indicators[row - 1].weight) or Decimal(0) for row in rows]
    shares = [points] * len(rows) if found["each"] else shared_as(points, held)
    for row, share in zip(rows, shares, strict=True):
        reading.set("indicators", row, "weight", plain(share))
    return True


def _is_of(row: Indicator, level: str) -> bool:
    label = row.level1 if level in ("产出", "效益") else row.level2 + row.level1
    return level.removeprefix("服务对象") in label


def shared_as(points: Decimal, held: list[Decimal]) -> list[Decimal]:
    """``points`` in the proportion of ``held`` (evenly where that is unknown), whole where they can be."""
    if sum(held) == points and all(held):
        return held
    basis = held if all(held) else [Decimal(1)] * len(held)
    step = Decimal(1) if points == points.to_integral_value() and points >= len(held) else Decimal("0.1")
    exact = [points * one / sum(basis) for one in basis]
    shares = [max(one.quantize(step, rounding=ROUND_DOWN), step) for one in exact]
    order = sorted(range(len(shares)), key=lambda at: (shares[at] - exact[at], at))
    left = points - sum(shares)
    for at in order[: int(left / step)]:
        shares[at] += step
    shares[shares.index(max(shares))] += points - sum(shares)
    return shares
