"""The rule of the family weights about points printed beside a label: 产出指标（50分）, 项目管理13分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.form.finding import Section, Severity
from assistant.form.numerals import normal
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.rules.row_sums import headings
from assistant.rules.rule import Case, Observation, rule

_PRINTED = re.compile(r"(?:\((?:共|满分|分值)?:?|^\D{2,20})(\d+(?:\.\d+)?)分\)?$")


class _Group(NamedTuple):
    """The rows under one label: their place, the label as printed, and the points of each row."""

    section: Section
    row: int
    field: str
    label: str
    weights: tuple[Decimal | None, ...]
    scores: tuple[Decimal | None, ...]


@rule("W008", Severity.WARNING)
def level_points(case: Case) -> Iterator[Observation]:
    """各行分值与一级、二级指标等名称后注明的分值不符

    检查什么：一级、二级指标、分列的年度目标（或资金管理等另有分值的部分）的名称后注明了分值的，下面各行的分值合计是否相等；表上没有各行分值的，各行得分合计是否超过它。分值合计本来不是100的只作提示。
    依据：自评表样的一级指标名称后注明分值，如“产出指标（50分）”，各行分值由它分配。
    为什么：两处分值不一致，看不出这一级究竟占多少分。
    反例：
        indicators[8].level1 = 满意度指标（5分）
    或
        indicators[1].level2 = 数量指标（12分）
    正例：
        indicators[8].level1 = 满意度指标（10分）
    不检查什么：名称后没有注明分值的；有的行没有填写分值的，由weight_not_positive提示。
    """
    for group, points in _groups(case):
        if told := _contradiction(group, Decimal(points)):
            printed, arithmetic = told
            yield Observation(
                message=f"“{shortened(group.label)}”注明{points}分，下面各行{printed}。",
                section=group.section,
                row=group.row,
                field=group.field,
                printed=group.label,
                expected=f"{points}分",
                arithmetic=arithmetic,
                hint="核对名称后注明的分值和下面各行的分值，改正填错的一处。",
                severity=None if _adds_up(case) else Severity.NOTE,
            )


def _adds_up(case: Case) -> bool:
    """Whether the points of the whole form are what they should be, or cannot be told."""
    whole = sum((weight for weight in case.weights if weight is not None), Decimal(0))
    return whole == case.profile.total_weight.value or not case.is_weighted


def _contradiction(group: _Group, points: Decimal) -> tuple[str, str] | None:
    """What the rows add up to, in words, and how; None where that agrees or cannot be told."""
    weights = [weight for weight in group.weights if weight is not None]
    total = sum(weights, Decimal(0))
    if weights and len(weights) == len(group.weights) and total != points:
        return (
            f"分值合计为{plain(total)}分",
            f"{' + '.join(map(plain, weights))} = {plain(total)} ≠ {plain(points)}",
        )
    scores = [score for score in group.scores if score is not None]
    total = sum(scores, Decimal(0))
    if not weights and total > points:
        return (
            f"得分合计为{plain(total)}分",
            f"{' + '.join(map(plain, scores))} = {plain(total)} > {plain(points)}",
        )
    return None


def _groups(case: Case) -> Iterator[tuple[_Group, str]]:
    """The first levels, second levels and blocks beside whose label points are printed, each with them."""
    first: dict[str, list[int]] = {}
    second: dict[tuple[str, str], list[int]] = {}
    for at, line in enumerate(case.counted):
        level1, level2 = line.cells.level1, line.cells.level2
        first.setdefault(level1, []).append(at)
        second.setdefault((level1, level2), []).append(at)
    for level1, rows in first.items():
        if points := _points_beside(level1):
            yield _rows(case, "level1", level1, rows), points
    for (_, level2), rows in second.items():
        if points := _points_beside(level2):
            yield _rows(case, "level2", level2, rows), points
    blocks: dict[str, list[int]] = {}
    for at, other in enumerate(case.other_points):
        blocks.setdefault(other.cells.block, []).append(at)
    for block, rows in blocks.items():
        if points := _points_beside(block):
            others = [case.other_points[at] for at in rows]
            weights, scores = tuple(o.weight for o in others), tuple(o.score for o in others)
            yield _Group("weights", others[0].number, "", block, weights, scores), points

    for label, told, lines in headings(case):
        weights, scores = tuple(r.score.weight for r in lines), tuple(r.score.printed for r in lines)
        yield _Group("indicators", lines[0].number, "", label, weights, scores), plain(told)


def _points_beside(label: str) -> str:
    """The points printed beside ``label``, 50 for 产出指标（50分）; ``""`` where there are none."""
    if "分" not in label:
        return ""
    text = normal(label)
    found = _PRINTED.search(text) if text.endswith(("分", "分)")) else None
    return found[1] if found else ""


def _rows(case: Case, field: str, label: str, rows: list[int]) -> _Group:
    scores = [case.counted[at].score for at in rows]
    number = case.counted[rows[0]].number
    weights, printed = tuple(s.weight for s in scores), tuple(s.printed for s in scores)
    return _Group("indicators", number, field, label, weights, printed)
