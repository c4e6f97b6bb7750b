"""Rows with points outside 项目资金 and 绩效指标 (资金管理情况): no rule says how they are scored."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.form.amount import read_points, read_weight
from assistant.form.model import Form, OtherScore

AS_PRINTED = "没有规则可算，按填报得分计入合计"
"""What stands for the arithmetic of such a row."""


class OtherPoints(NamedTuple):
    """Such a row, counted from 1, with its points; None where a cell has no number."""

    number: int
    cells: OtherScore
    weight: Decimal | None
    score: Decimal | None

    @property
    def name(self) -> str:
        """The row as staff know it: 资金管理情况“分配科学性”."""
        return f"{self.cells.block}“{self.cells.name}”"


def other_points(form: Form) -> tuple[OtherPoints, ...]:
    """All such rows of a form that carries points."""
    if not form.is_scored:
        return ()
    return tuple(
        OtherPoints(number, cells, read_weight(cells.weight), read_points(cells.score))
        for number, cells in enumerate(form.other_scores, 1)
    )
