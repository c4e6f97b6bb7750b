"""Rows that are spelled out find their place: a row of the form is filled where one is meant, else added."""

from __future__ import annotations

from assistant.form.model import Indicator
from assistant.form.rounding import plain
from assistant.understanding.customs import customs
from assistant.understanding.levels import level_of
from assistant.understanding.measure import is_bad_event
from assistant.understanding.quantities import Quantity
from assistant.understanding.reading import Reading
from assistant.understanding.row_facts import actual_text, signed, target_text
from assistant.understanding.row_matching import STRONG, Match, find_rows, is_blank, row_numbers
from assistant.understanding.told_matching import same_level, waiting_for, whole_cost
from assistant.understanding.told_names import ADDED, SHORTEST_NAME, is_none, name_of
from assistant.understanding.told_pairs import Told


def _signed_by_kind(one: Told, quantity: Quantity, name: str) -> Quantity:
    """Signs the target of what is not to happen, and of a standard, with =; gives ``quantity``."""
    if is_none(one):
        if quantity.kind == "bare":
            quantity = quantity.model_copy(update={"kind": "count", "unit": "起", "text": "0起"})
            one.actual = None
        one.actual = one.actual or quantity
        one.target = one.target if one.target is not None and one.target.unit else quantity
        if not one.target.number:
            one.target = one.target.model_copy(update={"sign": "="})
    if name.endswith("标准") and one.target is not None and not one.target.sign:
        one.target = one.target.model_copy(update={"sign": "="})
    return quantity


def place(reading: Reading, one: Told, used: set[int]) -> None:
    """Fills the row that is meant, or adds one; ``used``: rows that this message filled so already."""
    quantity = one.target or one.actual
    name = name_of(one)
    if quantity is None or len(name) < SHORTEST_NAME:
        return
    quantity = _signed_by_kind(one, quantity, name)
    numbers = row_numbers(one.said, len(reading.form.indicators))
    match = Match() if one.said.startswith(ADDED) else find_rows(reading.form, one.said, quantity)
    row = numbers[0] if numbers else match.row or whole_cost(reading, name)
    named_so = bool(numbers) or match.strength >= STRONG
    if not one.complete and not is_none(one) and row is not None and named_so:
        return  # a plan for a row that is there: for the reader of single figures
    if len(match.rows) > 1 and (row := waiting_for(reading, match.rows, name)) is None:
        return
    known = row is not None and row not in used and row <= len(reading.form.indicators)
    whole = row is not None and row == whole_cost(reading, name)
    named_so = named_so or whole
    if row is not None and known and (named_so or same_level(reading, row, name)):
        used.add(row)
        _fill(reading, row, one, "" if named_so else name)
    else:
        reading.inserted.append(_new(reading, one, name, quantity))
        row = len(reading.form.indicators) + len(reading.inserted)
    reading.told_at += [(part.start, part.end, row) for part in one.parts if row is not None]
    if one.how:
        reading.remark(f"“{name}”的完成值按{one.how}填。")
    for part in one.parts:
        reading.take(part.start, part.end + (len(part.tail) if one.as_planned else 0))


def _fill(reading: Reading, row: int, one: Told, name: str) -> None:
    indicator = reading.form.indicators[row - 1]
    if name and len(name) > SHORTEST_NAME:
        reading.set("indicators", row, "name", name)
    held = one.as_planned and not one.explicit and not is_blank(indicator.target)
    if one.target is not None and not held:  # 接种率96.8%，都完成了: a result beside the target that stands
        plain_row = indicator if one.target.sign else indicator.model_copy(update={"target": ""})
        reading.set("indicators", row, "target", target_text(plain_row, signed(one.target)))
    actual = one.target if one.as_planned and one.actual is None else one.actual
    if actual is not None:
        reading.set("indicators", row, "actual", _actual(reading, row, actual))
    if one.weight is not None and one.weight.number is not None:
        reading.set("indicators", row, "weight", plain(one.weight.number))


def _actual(reading: Reading, row: int, actual: Quantity) -> str:
    indicator = reading.form.indicators[row - 1]
    return actual_text(indicator, actual.model_copy(update={"sign": ""}), reading.form.year)


def _new(reading: Reading, one: Told, name: str, quantity: Quantity) -> Indicator:
    level1, level2 = level_of(reading.form, name, quantity, one.level or _spoken_level(name))
    row = Indicator(level1=level1, level2=level2, name=name)
    target = target_text(row, signed(one.target)) if one.target is not None else ""
    row = row.model_copy(update={"target": target})
    actual = one.target if one.as_planned and one.actual is None else one.actual
    done = actual_text(row, actual.model_copy(update={"sign": ""}), reading.form.year) if actual else ""
    weight = plain(one.weight.number) if one.weight is not None and one.weight.number is not None else ""
    return row.model_copy(update={"actual": done, "weight": weight})


def _spoken_level(name: str) -> str:
    bad = is_bad_event(name) or name.endswith("发生数")
    return "质量" if bad and customs().second_level("质量指标") else ""
