"""What a form must contain by its profile: levels with their labels, and the points of each."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from assistant.form.model import Form, Frozen, Indicator
from assistant.rules.profile import LevelWeights, Profile
from assistant.understanding.customs import SecondLevel, customs

REQUIRED = ("数量", "质量", "时效", "成本", "社会效益", "可持续影响", "满意度")
"""Second levels that a complete set of indicators has; the other two only where the project is about them."""

_TENTH = Decimal("0.1")


class Structure(Frozen):
    """The first levels in order with their points (None: not scored), and what second levels are called."""

    points: dict[str, Decimal | None]
    levels: tuple[SecondLevel, ...]
    required: tuple[str, ...] = REQUIRED

    def labels(self, key: str) -> tuple[str, str]:
        """The labels of the first and second level for a second level's key."""
        level = next(one for one in self.levels if one.key == key)
        return f"{level.level1}指标", level.label

    def first_of(self, key: str) -> str:
        """The first level that a second level stands under; "" if unknown."""
        return next((level.level1 for level in self.levels if level.key == key), "")

    def first_level(self, row: Indicator) -> str:
        """The first level that a row counts for, by its label, else by its second level; "" if unknown."""
        for name in self.points:
            if name in row.level1:
                return name
        return self.first_of(self.key(row))

    def key(self, row: Indicator) -> str:
        """The key of a row's second level, "" where it is unknown."""
        found = customs().second_level(row.level2, row.level1)
        return found.key if found else ""


def structure_of(form: Form, profile: Profile) -> Structure:
    """The structure that ``profile`` demands of ``form``; with its points, or 50/30/10 where it has none.

    Where costs are a first level of their own, they stand first and 可持续影响 is not demanded.
    """
    weights = profile.level_weights.value or LevelWeights(
        output=Decimal(50), benefit=Decimal(30), satisfaction=Decimal(10)
    )
    points: dict[str, Decimal | None] = {
        "产出": weights.output,
        "效益": weights.benefit,
        "满意度": weights.satisfaction,
    }
    levels = customs().second_levels
    required: tuple[str, ...] = REQUIRED
    if weights.cost is not None:
        points = {"成本": weights.cost, **points}
        cost = next(level for level in levels if level.key == "成本")
        own = cost.model_copy(update={"level1": "成本", "label": "经济成本指标"})
        levels = (own, *(level for level in levels if level.key != "成本"))
        required = tuple(key for key in required if key != "可持续影响")
    if form.template == "transfer":
        points = dict.fromkeys(points)
    return Structure(points=points, levels=levels, required=required)


def place(form: Form, key: str, structure: Structure) -> int:
    """Before which row (from 1) an indicator of a second level belongs: after those that precede it."""
    order = [level.key for level in structure.levels]
    last = 0
    for number, row in enumerate(form.indicators, 1):
        found = structure.key(row)
        if found in order and order.index(found) <= order.index(key):
            last = number
    return last + 1


def share(points: Decimal, count: int) -> tuple[Decimal, ...]:
    """``points`` over ``count`` rows: whole numbers that differ by at most one, earlier rows first; exact."""
    if count <= 0:
        return ()
    step = Decimal(1) if points == points.to_integral_value() and points >= count else _TENTH
    base = (points / count).quantize(step, rounding=ROUND_DOWN)
    extra = int((points - base * count) / step)
    shares = [base + step if at < extra else base for at in range(count)]
    shares[0] += points - sum(shares)
    return tuple(shares)
