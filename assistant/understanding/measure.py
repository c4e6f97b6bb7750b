"""What an indicator's name says that it measures: shape, unit, direction, and who can know the value."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from assistant.form.model import Frozen
from assistant.form.units import is_money
from assistant.form.value import Direction, direction, read_target
from assistant.understanding.customs import Basis, MeasurePattern, Shape, customs, phrases
from assistant.understanding.quantities import Quantity, find_quantities

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?\s*([^（()）\d]{1,4})\s*[）)]\s*$")
_PREFIX = re.compile(r"^\s*(?:指标)?\s*\d*\s*[:：、.．]\s*")
_TARGET_IN_NAME = re.compile(r"[≥≤≧≦><=]=?\s*\d+(?:\.\d+)?\s*[%％]?$")
_SAVED = re.compile(r"(节约|节支|节省|下降|降低|减少|压减).*(率|比例|额|资金|成本|幅度)$")
_AMBITION = re.compile(r"^(提升|提高|增强|促进|推动|推进|加强|改善|营造|引导|强化|深化|优化|维护|助力)")
_LEVELS_OF_WORDING = frozenset({"经济效益", "社会效益", "生态效益", "可持续影响"})
_DEFAULTS: dict[str, tuple[Shape, str, Basis, Decimal | None]] = {
    "数量": ("count", "个", "office", None),
    "质量": ("percent", "%", "custom", Decimal(100)),
    "时效": ("percent", "%", "custom", Decimal(100)),
    "成本": ("money", "万元", "budget", None),
    "满意度": ("percent", "%", "custom", Decimal(90)),
}


class Measure(Frozen):
    """What a name measures. ``level`` is the key of the second level, "" where it is unknown.

    ``value``: the customary value in ``unit`` where there is one. ``lower``: less is better (costs, bad
    events). ``certain``: the name itself tells, so only very similar precedents outweigh it. ``told_by``: the
    pattern that told it, "" where a default stands in; names told by one pattern measure alike.
    ``known_thing``: the unit is that of a thing in the name.
    """

    level: str
    shape: Shape
    unit: str
    basis: Basis
    value: Decimal | None = None
    lower: bool = False
    certain: bool = True
    told_by: str = ""
    known_thing: bool = False


def plain_name(name: str) -> str:
    """The name without a numbering such as 指标1： and without brackets."""
    return _BRACKETS.sub("", _PREFIX.sub("", name)).strip() or name.strip()


@lru_cache(maxsize=8192)
def read_measure(name: str, level2: str = "", level1: str = "") -> Measure:
    """What ``name`` under these levels measures, from the customs of the field; never fails."""
    found = customs().second_level(level2, level1)
    level = found.key if found else ""
    core = without_target(plain_name(name))
    measure = _from_pattern(core, level) or _from_ending(core, level) or _from_words(core, level)
    bracketed = _UNIT_IN_BRACKETS.search(name)
    told = _known_unit(bracketed[1]) if bracketed else ""
    if not told and measure.shape == "count" and not measure.certain:
        told = next((one.unit for one in counts_in(name)), "")
    if told and told != measure.unit:
        shape: Shape = "percent" if told == "%" else "money" if is_money(told) else "count"
        basis: Basis = "custom" if told == "%" else measure.basis if shape == measure.shape else "office"
        measure = Measure(level=level, shape=shape, unit=told, basis=basis)
    measure = measure.model_copy(update={"lower": _is_lower(measure, core, level2)})
    if measure.lower and level != "成本" and any(word in core for word in customs().none_wanted):
        return measure.model_copy(update={"basis": "custom", "value": Decimal(0)})
    return measure


def without_target(name: str) -> str:
    """A name without the target that some forms print at its end (上访率≤0)."""
    return _TARGET_IN_NAME.sub("", name) or name


def target_in(name: str) -> str:
    """The target that a name carries at its end, with its sign in standard form; "" where there is none."""
    found = _TARGET_IN_NAME.search(plain_name(name))
    return found[0].replace("≧", "≥").replace("≦", "≤").replace(" ", "") if found else ""


def counts_in(name: str) -> list[Quantity]:
    """The counts in Arabic figures that a name carries (领取补助39人)."""
    return [one for one in find_quantities(name) if one.kind == "count" and name[one.start].isdigit()]


def wording_for(name: str, level: str) -> str:
    """The customary qualitative phrase for a name: 提升… gives 有效提升."""
    entries = phrases().wordings
    said = next((entry.phrase for entry in entries if any(word in name for word in entry.words)), "")
    return said or phrases().level_wordings.get(level) or entries[-1].phrase


def _is_lower(measure: Measure, name: str, level2: str) -> bool:
    if measure.shape in ("date", "wording") or _SAVED.search(name):
        return False
    sample = read_target("1" + measure.unit, name=name, level2=level2)
    lower = direction(sample, name=name, level2=level2) is Direction.LOWER
    return lower or measure.shape == "duration"


def _known_unit(text: str) -> str:
    """``text`` as a unit, "" where it is none."""
    unit = text.replace("％", "%")
    quantity = next(iter(find_quantities("1" + unit)), None)
    return unit if quantity is not None and quantity.unit == unit else ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], MeasurePattern], ...]:
    return tuple((re.compile(entry.pattern), entry) for entry in customs().measures)


def _from_pattern(name: str, level: str) -> Measure | None:
    for pattern, entry in _patterns():
        if (not entry.level2 or level in entry.level2) and pattern.search(name):
            return Measure(
                level=level,
                shape=entry.shape,
                unit=entry.unit,
                basis=entry.basis,
                value=entry.value,
                told_by=entry.pattern,
            )
    return None


def _from_ending(name: str, level: str) -> Measure | None:
    """A count whose unit ends the name: 床位补贴张数, 疫苗接种剂次."""
    counted = name.endswith("数")
    body = name.removesuffix("数")
    for length in (2, 1):
        unit = body[-length:]
        if len(body) > length and (counted or unit.endswith("次")) and _known_unit(unit):
            return Measure(level=level, shape="count", unit=unit, basis="office", told_by=f"{unit}数")
    return None


def _from_words(name: str, level: str) -> Measure:
    if level in _LEVELS_OF_WORDING or (level == "质量" and _AMBITION.search(name)):
        return Measure(level=level, shape="wording", unit="", basis="wording", certain=level != "经济效益")
    unit = counting_unit(name)
    if level in ("数量", "") and unit:
        return Measure(level=level, shape="count", unit=unit, basis="office", certain=False, known_thing=True)
    shape, default, basis, value = _DEFAULTS.get(level, _DEFAULTS["数量"])
    return Measure(level=level, shape=shape, unit=default, basis=basis, value=value, certain=False)


def is_bad_event(name: str) -> bool:
    """Whether ``name`` counts what should not happen (安全事故, 投诉)."""
    return direction(read_target("1起", name=name), name=name) is Direction.LOWER


def counting_unit(text: str) -> str:
    """The unit in which one counts what ``text`` speaks of last (培训班 gives 期), "" if unknown."""
    best, unit = (-1, -1), ""
    for candidate, things in customs().classifiers.items():
        for thing in things:
            end = text.rfind(thing) + len(thing)
            if thing in text and (end, len(thing)) > best:
                best, unit = (end, len(thing)), candidate
    return unit
