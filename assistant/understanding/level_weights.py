"""产出分值调成50, 产出占50%: the points of a whole level, shared among its rows as they were before."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, Decimal

from assistant.form.amount import read_points
from assistant.form.model import Form, Indicator
from assistant.form.rounding import plain
from assistant.understanding.quantities import Quantity
from assistant.understanding.reading import Reading
from assistant.understanding.row_matching import STRONG, find_rows

_LEVELS = r"产出|经济效益|社会效益|生态效益|可持续影响|效益|服务对象满意度|满意度|数量|质量|时效|成本"
OF_THIS_ROW = re.compile(
    r"^(?:把|将)?[这那该](?:一)?[行条项个](?:指标)?的?(?:分值|权重|目标|指标值|实际|完成值|(?:改[成为]?|调[成到]?|要|应该?)?占)"
)
"""A row that is talked of, and what of it: 这条的分值."""
SHARE = re.compile(
    r"(?:(?<=.)[这那该](?:一)?[行条项个](?:指标)?)?(?:改[成为]?|调[成到]?|应该?|要|再|各|都)*占比?$"
)
"""What a row 占: its share of the points, or a share of something else."""
_HEADING = re.compile(r"^[^，：\d]{0,6}(?:分值|权重|分数)[^，：\d]{0,8}：")
_VERBS = r"(?P<verb>(?:调整?|改|设|变|降|提高?|减|加|给|占比?|比重|定|分配?|下调|上调)*)"
_LEVEL_WEIGHT = re.compile(
    rf"^(?:请|帮我|麻烦)*(?:把|将)?(?P<level>{_LEVELS})(?:类|方面|一级|二级|这一?[块级类])*(?:指标)?的?"
    r"(?P<each>每(?:一)?[行个项条])?(?P<told>总?(?:分值|权重|分数|总分|分))?(?:合计|一共|总共|共)?(?:都|各|均)?"
    rf"(?:应该?|要|再)?{_VERBS}(?:为|成|到|是|至)?"
    r"(?P<points>\d+(?:\.\d+)?)(?P<unit>分|%)?(?:吧|哈)?$"
)
_RUN = re.compile(
    r"(?:(?:产出|效益|满意度?)(?:类|指标)?(?:占|给|是|为|：)?\d+(?:\.\d+)?分?[、，；/ ]?){2,3}"
    r"(?:吧|哈|来分|分配)?"
)
"""产出60效益20满意10: levels and their points in one breath."""
_OF_RUN = re.compile(r"(产出|效益|满意)[^\d]*(\d+(?:\.\d+)?)")
_EXECUTION = re.compile(
    r"^(?:预算|资金)?执行率?(?:的)?(?:分值|权重)?(?:是|为|占|给|定)*\d+(?:\.\d+)?(?:分|%)?$"
)


def read_level_weights(reading: Reading, clause: str, *, goes_on: bool = False) -> bool:
    """Reads a command about the points of a level; True where the clause is one.

    ``goes_on``: the clause before was one, so that 效益30 is another, and 执行率10, which is fixed.
    """
    headed = _HEADING.match(clause)
    clause = clause[headed.end() :] if headed else clause
    goes_on = goes_on or headed is not None
    if goes_on and _EXECUTION.match(clause):
        return True
    found = _LEVEL_WEIGHT.match(clause)
    if found is None or not (goes_on or _tells_points(found)):
        return False
    rows = [n for n, row in enumerate(reading.form.indicators, 1) if _is_of(row, found["level"])]
    points = Decimal(found["points"])
    if points <= 0 or points > 100:
        return False
    if not rows:
        if found["unit"] == "%":
            reading.remark(f"表里还没有{found['level']}指标，分值等有了指标再分配。")
        return found["unit"] == "%"
    held = [read_points(reading.form.indicators[row - 1].weight) or Decimal(0) for row in rows]
    shares = [points] * len(rows) if found["each"] else shared_as(points, held)
    for row, share in zip(rows, shares, strict=True):
        reading.set("indicators", row, "weight", plain(share))
    return True


def read_level_run(reading: Reading, sentence: str) -> bool:
    """Reads 产出60效益20满意10, with or without commas; True where a sentence is that."""
    if not _RUN.fullmatch(sentence) or not ("产出" in sentence and "效益" in sentence):
        return False
    told = [(level.replace("满意", "满意度"), points) for level, points in _OF_RUN.findall(sentence)]
    read = [read_level_weights(reading, f"{level}{points}分") for level, points in told]
    return all(read)


def in_points(form: Form, subject: str, quantity: Quantity) -> Quantity:
    """修补路面占10%, said of a row that is named: so many points; 女性占40% is a share of something else."""
    if quantity.kind != "percent" or not SHARE.search(subject):
        return quantity
    match = find_rows(form, SHARE.sub("", subject))
    if not OF_THIS_ROW.search(subject) and (not match.rows or match.strength < STRONG):
        return quantity
    if any("占" in form.indicators[row - 1].name for row in match.rows):
        return quantity
    return quantity.model_copy(update={"kind": "points", "unit": "分", "text": f"{quantity.text[:-1]}分"})


def _tells_points(found: re.Match[str]) -> bool:
    """Whether the words speak of points: 分值, 20分, or a share that a level 占; 满意度95% is a value."""
    shares = found["unit"] == "%" and re.search("占|分", found["verb"])
    return bool(found["told"] or found["unit"] == "分" or shares)


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
