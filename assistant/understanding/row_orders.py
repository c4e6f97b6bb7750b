"""Orders about several rows, or about a row's unit: 甲、乙这两条权重都给10; 实训桌的单位是张不是套."""

from __future__ import annotations

import re

from assistant.form.rounding import plain
from assistant.form.units import ratio, standard
from assistant.understanding.clauses import split
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.reading import READ, Doubt, Reading
from assistant.understanding.row_matching import STRONG, content_of, find_rows, row_numbers

_SHARED_WEIGHT = re.compile(
    r"^(?:请|帮我|把|将|那|就)*(?P<names>[^，。；\d]{2,40}?)(?:这|那)?(?:[两几二三四五六七八]|[2-8])?(?:个|条|项|行)?(?:指标)?的?(?:权重|分值)?"
    r"(?:都|各|均|全|每[个条项行])+(?:都|给|是|为|占|设|定|打|改|调|成|到|□)*(?P<points>\d+(?:\.\d+)?)分?(?P<after>的?(?:权重|分值))?$"
)
_UNIT = re.compile(
    r"^(?:请|帮我|把|将)*(?P<name>[^，。；]{1,16}?)(?:[那这](?:一?[行条个项])?)?(?:指标)?的?(?:计量)?单位(?:应该?|要|得|是|为|用|改|换|写|填|成|按)+(?P<unit>[^\d，。；不别]{1,5}?)"
    r"(?:，?(?:而?不是|别用|不要用|不用|不要写|别写)(?P<old>[^\d，。；]{1,5}?))?(?:吧|了|才对|的)?$"
    r"|^(?:请|帮我|把|将)*(?P<name2>[^，。；]{1,16}?)(?:[那这](?:一?[行条个项])?)?(?:指标)?的?(?:计量)?单位不(?:是|用|该是|应该是)(?P<old2>[^\d，。；]{1,5}?)，?(?:应该|要|得|而|是|用|改成)+(?P<unit2>[^\d，。；]{1,5}?)(?:吧|了|才对|的)?$"
)
_AND = re.compile(r"、|和|与|跟|及|以及|还有")


def read_row_orders(reading: Reading) -> None:
    """Reads such orders out of ``reading.rest``."""
    for sentence in split(reading.rest):
        text = reading.rest[sentence.start : sentence.end]
        found = _UNIT.match(text) if READ not in text else None
        if found and _set_unit(reading, found):
            reading.take(sentence.start, sentence.end)
            continue
        for clause in sentence.clauses:
            weighed = _SHARED_WEIGHT.match(clause.text) if clause.mood == "stated" else None
            if weighed and re.search("权重|分值|分", clause.text) and _weigh(reading, weighed):
                reading.take(clause.start, clause.end)


def _weigh(reading: Reading, found: re.Match[str]) -> bool:
    """Gives each named row the points. True where the names are rows, or all but some."""
    count = len(reading.form.indicators)
    rows = [row for row in row_numbers(found["names"], count) if 1 <= row <= count]
    names = [] if rows else [name for name in _AND.split(found["names"]) if content_of(name)]
    matches = [find_rows(reading.form, name) for name in names]
    known = [match.row for match in matches if match.row and match.strength >= STRONG]
    if len(names) != len(known):
        if len(known) > 0 and len(names) > 1:
            missing = next(
                name for name, one in zip(names, matches, strict=True) if not one.row or one.strength < STRONG
            )
            question = f"“{missing.strip()}”是哪一行？请说行号，例如“第1、2行权重都是{found['points']}分”。"
            reading.doubt(Doubt(question=question))
            return True
        return False
    rows = rows or known
    if len(rows) < 2:
        return False
    points = find_quantities(f"{found['points']}分")[0]
    for row in rows:
        reading.set("indicators", row, "weight", plain(points.number) if points.number is not None else "")
    return True


def _set_unit(reading: Reading, found: re.Match[str]) -> bool:
    """Writes a row's figures in the unit that is told; True where the row and the unit are known."""
    unit = (found["unit"] or found["unit2"]).strip("“”")
    sample = next(iter(find_quantities(f"1{unit}")), None)
    match = find_rows(reading.form, found["name"] or found["name2"])
    topic = reading.situation.topic if not content_of(found["name"] or found["name2"]) else None
    row = match.row if match.strength >= STRONG else topic
    if sample is None or sample.unit != unit or row is None:
        return False
    wrong = bool(found["old"] or found["old2"])
    for field in ("target", "actual"):
        held = next(iter(find_quantities(getattr(reading.form.indicators[row - 1], field))), None)
        if held is not None and held.number is not None and held.unit:
            reading.set("indicators", row, field, _in_unit(held, unit, wrong=wrong))
    return True


def _in_unit(held: Quantity, unit: str, *, wrong: bool) -> str:
    """``wrong``: the unit was written wrongly, so that the number stays; else the value is converted."""
    factor = None if wrong else ratio(standard(held.unit), standard(unit))
    number = held.number
    if number is None:
        return held.text
    scale = held.unit[0] if factor is None and held.unit[0] in "万亿" and unit[0] not in "万亿" else ""
    if factor is not None:
        number = number * factor.numerator / factor.denominator
    upper = f"-{plain(held.upper)}" if held.upper is not None and factor is None else ""
    return f"{held.sign}{plain(number)}{upper}{scale}{unit}"
