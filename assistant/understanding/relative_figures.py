"""Values told by their distance: 讲座少办2场, 完成了计划的110%, 目标提高20个, 分值加5分."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.form.rounding import plain
from assistant.form.units import ratio, standard
from assistant.understanding.clauses import Clause, split
from assistant.understanding.quantities import Quantity, find_quantities, same_group
from assistant.understanding.reading import READ, Reading
from assistant.understanding.row_matching import STRONG, content_of, find_rows, is_blank, mask_row_numbers

_DISTANCE = re.compile(
    r"^(?P<name>[^，]{2,20}?)(?:实际)?(?P<than>比(?:目标|计划|预期|原定|任务)[数值]?(?:还)?)?(?P<way>少|差|缺|低|多|超(?:额|出|过)?|高出?)"
    r"(?:(?(than)[\u3400-\u9fff]{1,2}?)|完成|做|办|建|买|装|修|种|发|培训|跑|拍|来|收|查|开|招)?(?:了|出)?$"
)
_SHARE = re.compile(
    r"^(?P<name>[^，]{2,20}?)(?:只|仅|才)?(?:完成|做到|达到|占)(?:了|到)?(?:目标|计划|任务)数?的$"
)
_CHANGE = re.compile(
    r"^(?:请|帮我)*(?:把|将)?(?P<name>[^，]{2,20}?)的?(?P<column>目标[值数]?|计划[值数]?|指标值|分值|权重)(?:再|都)?(?P<turn>往[上下])?"
    r"(?P<way>提高|提升|上调|调高|增加|多?加|降低?|下调|调低|减少?|调)(?:了)?$"
)
FURTHER = re.compile(r"^(?:刚|刚刚|刚才|后来|年底|最近)?(?:又|再)(?:多)?[\u3400-\u9fff]{1,2}了$")
"""Words before a figure that comes on top of what stands: 刚又装了2套."""
_MORE = re.compile(r"多|超|高")
_RAISES = re.compile(r"提|上|高|加")
_OF_OTHERS = re.compile(r"去年|上年|同期|往年|别的")


def read_relative_figures(reading: Reading) -> None:
    """Works out the results that the words give so, for rows that have a plan and no result yet."""
    for sentence in split(reading.rest, reading.form.year):
        for clause in sentence.clauses:
            if clause.mood == "stated" and clause.when != "next" and READ not in clause.text:
                _read(reading, clause)


def _read(reading: Reading, clause: Clause) -> None:
    figures = find_quantities(mask_row_numbers(clause.text))
    if not figures or _OF_OTHERS.search(clause.text):
        return
    words = clause.text[: figures[0].start]
    if (change := _CHANGE.match(words)) and len(figures) == 1:
        _change(reading, clause, change, figures[0])
        return
    distance, share = _DISTANCE.match(words), _SHARE.match(words)
    found = distance or share
    if found is None or not content_of(found["name"]):
        return
    match = find_rows(reading.form, found["name"], None if share else figures[0])
    if match.row is None or match.strength < STRONG:
        return
    row = reading.form.indicators[match.row - 1]
    target = next(iter(find_quantities(row.target)), None)
    if row.actual or is_blank(row.target) or target is None or target.number is None:
        return
    number = (
        _shared(target, figures[0])
        if share
        else _apart(target, figures[0], more=bool(_MORE.match(found["way"])))
    )
    if number is None:
        return
    if share:
        reading.take(clause.start, clause.end)
    reading.set("indicators", match.row, "actual", plain(number) + target.unit)
    apart = plain(abs(number - target.number))
    how = f"× {figures[0].text}" if share else f"{'＋' if number > target.number else '－'} {apart}"
    shown = f"{plain(target.number)} {how}＝{plain(number)}{target.unit}"
    reading.remark(f"“{row.name}”的完成值按{shown}填。")


def _change(reading: Reading, clause: Clause, change: re.Match[str], by: Quantity) -> None:
    """目标提高20个: the cell as it stands, and so much more or less."""
    match = find_rows(reading.form, change["name"])
    if match.row is None or match.strength < STRONG:
        return
    column = "weight" if change["column"] in ("分值", "权重") else "target"
    held = next(iter(find_quantities(getattr(reading.form.indicators[match.row - 1], column))), None)
    more = change["turn"] == "往上" if change["turn"] else bool(_RAISES.search(change["way"]))
    number = _apart(held, by, more=more) if held is not None else None
    if held is None or number is None or (change["way"] == "调" and not change["turn"]):
        return
    unit = held.unit if held.kind != "bare" else ""
    reading.set("indicators", match.row, column, f"{held.sign}{plain(number)}{unit}")
    reading.take(clause.start, clause.end)


def _apart(target: Quantity, distance: Quantity, *, more: bool) -> Decimal | None:
    if distance.number is None or target.number is None or distance.vague or distance.sign:
        return None
    known = (
        not distance.unit
        or (distance.kind == "points" and not target.unit)
        or same_group(distance.unit, target.unit)
        or {distance.unit, target.unit} <= {"%", "个百分点", "百分点"}
    )
    factor = ratio(standard(distance.unit), standard(target.unit)) if distance.unit and target.unit else None
    by = distance.number if factor is None else distance.number * factor.numerator / factor.denominator
    number = target.number + by * (1 if more else -1)
    return number if known and number >= 0 else None


def _shared(target: Quantity, share: Quantity) -> Decimal | None:
    """A share of a plan, where it is a whole number."""
    if share.kind != "percent" or share.number is None or target.number is None or target.kind == "percent":
        return None
    number = target.number * share.number / 100
    return number if number == number.to_integral_value() else None


def adds_to(reading: Reading, row: int, quantity: Quantity) -> bool:
    """刚又装了2套: so many more than stood there; nothing more where the message has told the whole."""
    if any(edit.location.row == row and edit.location.field == "actual" for edit in reading.sets):
        return True
    held = next(iter(find_quantities(reading.form.indicators[row - 1].actual)), None)
    if held is None or held.number is None or quantity.number is None or held.unit != quantity.unit:
        return False
    total = f"{plain(held.number + quantity.number)}{held.unit}"
    reading.set("indicators", row, "actual", total)
    reading.remark(f"“{reading.form.indicators[row - 1].name}”按{held.text}再加{quantity.text}＝{total}填。")
    return True
