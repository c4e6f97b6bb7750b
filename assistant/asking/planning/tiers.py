"""Records counted by the steps of a scale: 90%以上、80到90、80以下各几个, 每5分一档, 按优良中差."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.asking.language.numbers import NUMBER, Bound, Comparison, find_bounds
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_aggregates import aggregates_of
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Condition, Measure, Query
from assistant.form.numerals import number_of
from assistant.form.rounding import plain

_JOINT = re.compile(
    "(?:的|、|,|;|和|与|及|以及|还有|各|档|段|个|张|条|分|有|项目|表|指标|占|是)*"
    "(?:(?:多少|几)[个张条项]?(?:项目|表|指标)?[,;、]?(?:和|与|还有)?)?(?:的)?"
)
_ASKS = re.compile(
    "多少|几|(?:项目|表|指标|个|条)数$|数量|分布|分档|分段|各[档段]|看看|统计|数一数|[两三四五六]档"
)
_NAMES = re.compile("哪|名单|谁")
_REST = re.compile("其余|其他|其它|剩下|剩余|余下")
_WIDTH = re.compile(
    f"(?:每(?:隔)?|按|以)(?P<n>{NUMBER})(?P<u>万元?|亿元?|元|分|%|个?百分点|条|个)?(?:作|算|为|是)?"
    "(?:一)?(?:档|段|组(?!织)|个?区间|为?间隔)"
)
_GRADES = re.compile("优[、,和]?良[、,和]?中[、,和]?差")
_GRADE_WORD = re.compile("等次|等级|评级|档次")
_GRADE_NAMES = ("优", "良", "中", "差")
_LEAST = 2


@dataclass(frozen=True)
class _Tier:
    """One step: ``low`` and ``high`` with whether they belong to it; None for an open end."""

    said: str
    low: Decimal | None
    with_low: bool
    high: Decimal | None
    with_high: bool

    @property
    def both_ends(self) -> bool:
        """Whether it lies between two different numbers."""
        return self.low is not None and self.high is not None and self.low != self.high


def as_tiers(asked: Asked) -> Meaning | None:
    """The number of records, or an aggregate of them, in each step of a scale."""
    text = asked.reading.text
    if not _ASKS.search(text) or _NAMES.search(text) or _REST.search(text):
        return None
    if asked.says("top", "top_n", "nth", "last_n", "share", "or"):
        return None
    return _by_grade(asked) or _by_width(asked) or _by_steps(asked)


def _by_steps(asked: Asked) -> Meaning | None:
    text = asked.reading.text
    bounds = _chain(text)
    if len(bounds) < _LEAST:
        return None
    field = _in_their_unit(_field(asked, bounds[0].start, bounds[-1].end), bounds)
    base = _base(asked, field[0], bounds[0].start, bounds[-1].end) if field else None
    if field is None or base is None:
        return None
    unit = _unit(field, bounds)
    tiers = _apart([_tier(text, bound) for bound in bounds])
    queries = tuple(
        base.model_copy(update={"where": (*base.where, *_conditions(tier, field[1], unit))}) for tier in tiers
    )
    return Meaning(queries=queries, labels=tuple(_label(tier, unit) for tier in tiers))


def _chain(text: str) -> list[Bound]:
    """The longest run of compared numbers with nothing but joints between them."""
    chains: list[list[Bound]] = []
    for bound in find_bounds(text):
        if bound.op == "ne" or not (bound.signed or bound.unit in ("%", "分", "万元")):
            continue
        if chains and _JOINT.fullmatch(text[chains[-1][-1].end : bound.start]):
            chains[-1].append(bound)
        else:
            chains.append([bound])
    found = max(chains, key=len, default=[])
    return found if any(bound.signed and bound.op != "eq" for bound in found) else []


def _field(asked: Asked, start: int, end: int) -> tuple[Sort, str] | None:
    """What the steps are of: the field said last before them, else the one that conditions there compare."""
    before = [mention for mention in asked.said_fields() if mention.end <= start]
    for mention in reversed(before):
        of, field = sort_of(mention, asked.reading, asked.rows_spoken and mention.name != "indicator_count")
        if field in FIELDS[of] and FIELDS[of][field].unit:
            return of, field
    inside = {(p.of, c.field) for p in asked.predicates if start <= p.start < end for c in p.conditions}
    return inside.pop() if len(inside) == 1 else None


def _in_their_unit(field: tuple[Sort, str] | None, bounds: Sequence[Bound]) -> tuple[Sort, str] | None:
    """None where the steps are in another unit than the field is; 执行率分成95%以上 is no 执行率分."""
    units = {bound.unit for bound in bounds if bound.unit in ("%", "分")}
    if field is None or len(units) != 1 or FIELDS[field[0]][field[1]].unit in units:
        return field
    return ("forms", "rate") if field == ("forms", "exec_score") and units == {"%"} else None


def _base(asked: Asked, of: Sort, start: int, end: int) -> Query | None:
    """All records in question with what is computed of each step; None where another sort narrows them."""
    others = [p for p in asked.predicates if p.end <= start or p.start >= end]
    if any(p.of != of for p in others):
        return None
    measures = [Measure(op=one.op, field=one.field) for one in aggregates_of(asked) if one.of == of]
    if measures and asked.says("count"):
        measures.insert(0, Measure(op="count"))
    measures = measures or [Measure(op="count")]
    where = tuple(condition for predicate in others for condition in predicate.conditions)
    return Query(**asked.scoped(of), where=where, measure=measures[0], also=tuple(measures[1:]), ask="value")


def _unit(field: tuple[Sort, str], bounds: Sequence[Bound]) -> str:
    own = FIELDS[field[0]][field[1]].unit
    said = next((bound.unit for bound in reversed(bounds) if bound.unit.endswith("元")), "")
    return said if said and own == "万元" else own


def _tier(text: str, bound: Bound) -> _Tier:
    said = text[bound.start : bound.end].removeprefix("在").removesuffix("之间").removesuffix("的")
    if bound.upper is not None:
        return _Tier(said, bound.number, True, bound.upper, True)
    if bound.op == "eq":
        return _Tier(said, bound.number, True, bound.number, True)
    above = bound.op in ("ge", "gt")
    low, high = (bound.number, None) if above else (None, bound.number)
    return _Tier(said, low, bound.op == "ge", high, bound.op == "le")


def _apart(tiers: list[_Tier]) -> list[_Tier]:
    """No record falls in two steps: the end of one at which another begins belongs to one of them.

    以上 has its number and 以下 has not; of 80到90 beside 90到95 the number belongs to the upper one. A
    number that is a step of its own belongs to no other.
    """
    exact = {tier.low for tier in tiers if tier.low is not None and tier.low == tier.high}
    found = []
    for tier in tiers:
        if tier.low == tier.high and tier.low is not None:
            found.append(tier)
            continue
        below = [one for one in tiers if one is not tier and one.high is not None and one.high == tier.low]
        above = [one for one in tiers if one is not tier and one.low is not None and one.low == tier.high]
        taken_low = tier.low in exact or any(one.low is None and one.with_high for one in below)
        taken_high = tier.high in exact or (
            tier.both_ends and any(one.with_low and not (one.both_ends and one.low in exact) for one in above)
        )
        found.append(
            replace(
                tier,
                with_low=tier.with_low and not taken_low,
                with_high=tier.with_high and not taken_high,
            )
        )
    return found


def _conditions(tier: _Tier, field: str, unit: str) -> tuple[Condition, ...]:
    if tier.low is not None and tier.low == tier.high:
        return (Condition(field=field, op="eq", number=tier.low, unit=unit),)
    ends: list[tuple[Comparison, Decimal]] = []
    if tier.low is not None:
        ends.append(("ge" if tier.with_low else "gt", tier.low))
    if tier.high is not None:
        ends.append(("le" if tier.with_high else "lt", tier.high))
    return tuple(Condition(field=field, op=op, number=number, unit=unit) for op, number in ends)


def _label(tier: _Tier, unit: str) -> str:
    """The words of the question, with what belongs to a step that has two ends."""
    if not tier.both_ends or tier.low is None or tier.high is None:
        return tier.said
    ends = ((tier.low, tier.with_low), (tier.high, tier.with_high))
    said = "，".join(f"{'含' if own else '不含'}{plain(number)}{unit}" for number, own in ends)
    return f"{tier.said}（{said}）"


def _by_grade(asked: Asked) -> Meaning | None:
    """优良中差各几张: the grades by total points."""
    text = asked.reading.text
    each = re.search("各|分别|分布|每", text)
    if not _GRADES.search(text) and not (_GRADE_WORD.search(text) and each):
        return None
    if asked.rows_spoken or asked.says("per_unit", "per_year"):
        return None
    where = tuple(c for p in asked.predicates for c in p.conditions if c.field != "grade")
    if any(p.of != "forms" for p in asked.predicates):
        return None
    base = Query(**asked.scoped("forms"), measure=Measure(op="count"), ask="value")
    queries = tuple(
        base.model_copy(update={"where": (*where, Condition(field="grade", op="eq", texts=(name,)))})
        for name in _GRADE_NAMES
    )
    return Meaning(queries=queries, labels=_GRADE_NAMES)


def _by_width(asked: Asked) -> Meaning | None:
    """每5分一档: steps of one width, those in which any record falls."""
    found = _WIDTH.search(asked.reading.text)
    width = number_of(found["n"]) if found else None
    if found is None or not width:
        return None
    field = _field(asked, found.start(), found.end()) or _field(asked, len(asked.reading.text), 0)
    base = _base(asked, field[0], found.start(), found.end()) if field else None
    if field is None or base is None:
        return None
    unit, own = found["u"] or "", FIELDS[field[0]][field[1]].unit
    scale = {"元": Decimal("0.0001"), "亿": Decimal(10000), "亿元": Decimal(10000)}.get(unit, Decimal(1))
    if unit and own != "万元" and unit.endswith(("元", "万", "亿")):
        return None
    steps = {"group": field[1], "width": width * scale, "ask": "list"}
    return Meaning(queries=(base.model_copy(update=steps),))
