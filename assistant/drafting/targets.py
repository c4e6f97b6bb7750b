"""年度指标值: kind, sign, value and unit from precedents, words and the form; nothing is invented."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.drafting.context import Context, Draft, is_open
from assistant.drafting.precedents import CITED, Precedent, cite, likeness, precedents, spread
from assistant.drafting.proposal import Proposal
from assistant.form.finding import Location
from assistant.form.model import BLANK, Indicator
from assistant.form.rounding import plain
from assistant.form.units import is_money, ratio, standard
from assistant.form.value import Kind, Value, in_unit_of, read_target
from assistant.understanding.customs import Basis, Shape
from assistant.understanding.measure import (
    Measure,
    counts_in,
    plain_name,
    read_measure,
    target_in,
    wording_for,
)
from assistant.understanding.quantities import Quantity, find_quantities, same_group

_NEARLY_THE_SAME = 0.72
_PRIOR = 0.35
_LIKELY = 0.6
_TOO_LOW = Decimal("1.3")
_SHOWN = 6
_WHOLE_COST = re.compile(r"(总额|总成本|总投入|总支出|总费用|总经费|项目成本|预算成本|项目预算|项目资金)")
_HUNDRED = Decimal(100)


def target_proposals(context: Context) -> Iterator[Proposal]:
    """A proposal for each row whose target is empty or blank, in the form's order."""
    for number, row in enumerate(context.form.indicators, 1):
        if not is_open(row.target) or not row.name.strip():
            continue
        draft = draft_target(context, number)
        place = Location(section="indicators", row=number, field="target")
        if draft.new and draft.new != row.target:
            yield context.set_cell("target", place, draft)


def draft_target(context: Context, number: int) -> Draft:
    """A target for row ``number``, with reason and evidence, and a question where a fact is missing."""
    row = context.form.indicators[number - 1]
    found = precedents(context.form, row, context.search, year=context.year)
    measure = settle(read_measure(row.name, row.level2, row.level1), found)
    alike = tuple(one for one in found if _compares(one, measure))
    target = _stated(context, number, measure) or _known(context, number, measure, alike)
    if measure.shape == "money" and (unit := read_target(target.new).unit_norm):
        measure = measure.model_copy(update={"unit": unit})
    history = _history(context, number, measure, alike)
    reason = "；".join(filter(None, (target.reason, history))) + "。"
    return target.model_copy(update={"reason": reason, "evidence": cite(_supporting(target.new, alike))})


def past_targets(context: Context, number: int) -> Draft:
    """What past rows like row ``number`` have: in ``new`` the usual rate, "" for other kinds of values."""
    row = context.form.indicators[number - 1]
    found = precedents(context.form, row, context.search, year=context.year)
    measure = settle(read_measure(row.name, row.level2, row.level1), found)
    alike = tuple(one for one in found if _compares(one, measure))
    rate = measure.shape == "percent" and len(alike) > 1
    return Draft(
        new=_customary(row, number, measure, alike).new if rate else "",
        reason=_history(context, number, measure, alike),
        evidence=cite(alike),
    )


def is_stated(context: Context, number: int) -> bool:
    """Whether the user, the goal or the name tells this year's value of a row."""
    row = context.form.indicators[number - 1]
    return _stated(context, number, read_measure(row.name, row.level2, row.level1)) is not None


def _supporting(text: str, alike: Sequence[Precedent]) -> list[Precedent]:
    """The likest precedents; the first one with the very value of ``text`` is among those that are cited."""
    value = read_target(text)
    same = [one for one in alike if value.number is not None and one.target.number == value.number]
    if not same or same[0] in alike[:CITED]:
        return list(alike)
    return [*alike[: CITED - 1], same[0]]


def settle(measure: Measure, found: Sequence[Precedent]) -> Measure:
    """What a name measures, once precedents are heard: where the name tells, only nearly the same counts."""
    votes: dict[tuple[Shape, str], float] = defaultdict(float)
    prior = _LIKELY if measure.known_thing else _PRIOR
    votes[measure.shape, measure.unit] = _NEARLY_THE_SAME if measure.certain else prior
    floor = _NEARLY_THE_SAME if measure.certain else 0.3
    for one in found:
        if one.likeness >= floor and (told := _shape(one, measure)):
            votes[told] += one.likeness
    shape, unit = max(votes, key=lambda key: votes[key])
    if (shape, unit) == (measure.shape, measure.unit):
        return measure
    basis: dict[Shape, Basis] = {"percent": "custom", "date": "year_end", "wording": "wording"}
    chosen = "budget" if shape == "money" and measure.level == "成本" else basis.get(shape, "office")
    lower = measure.lower if shape == measure.shape else any(one.direction == "lower" for one in found[:1])
    return measure.model_copy(
        update={"shape": shape, "unit": unit, "basis": chosen, "value": None, "lower": lower}
    )


def _shape(one: Precedent, measure: Measure) -> tuple[Shape, str] | None:
    target = one.target
    if target.kind is Kind.DATE:
        return "date", ""
    if target.kind is Kind.QUALITATIVE:
        return "wording", ""
    if target.kind not in (Kind.QUANTITATIVE, Kind.RANGE):
        return None
    if target.unit_norm == "%":
        return "percent", "%"
    if not target.unit_norm:
        return measure.shape, measure.unit
    if is_money(target.unit_norm):
        return "money", measure.unit if is_money(measure.unit) else target.unit_norm
    keep = measure.certain and measure.unit and same_group(measure.unit, target.unit_norm)
    unit = measure.unit if keep else target.unit_norm
    return ("duration" if measure.shape == "duration" else "count"), unit


def _compares(one: Precedent, measure: Measure) -> bool:
    if measure.shape in ("date", "wording"):
        return _shape(one, measure) == (measure.shape, "")
    if one.target.number is None or _is_lower(one) != measure.lower:
        return False
    if measure.shape == "percent" and not one.target.unit:
        return False
    if measure.shape == "count" and ratio(_counted_in(one), standard(measure.unit)) != 1:
        return False
    return in_unit_of(one.target, _sample(measure)) is not None


def _counted_in(one: Precedent) -> str:
    """The unit of a past target: as printed, else that of its name (培训天数: 天); "" where there is none."""
    return one.target.unit_norm or (standard(one.measure.unit) if one.measure.certain else "")


def _is_lower(one: Precedent) -> bool:
    return one.direction == "lower" or (one.direction == "equal" and one.measure.lower)


def _sample(measure: Measure) -> Value:
    return read_target("1" + measure.unit)


def _stated(context: Context, number: int, measure: Measure) -> Draft | None:
    """What the user, the goal or the name itself says about this year's value."""
    row = context.form.indicators[number - 1]
    said = [
        one
        for one in context.by_row.get(number, ())
        if not (one.past or one.for_one or one.part) and one.phase != "done"
    ]
    if said and (text := target_from(said[-1].quantity, measure)):
        return Draft(new=text, reason=f"按您所说“{said[-1].text}”填写")
    if carried := target_in(row.name):
        return Draft(new=carried, reason="指标名称中写明目标值")
    if measure.basis == "office" and (draft := _from_name(row, measure)):
        return draft
    goal = [one for one in context.goal_by_row.get(number, ()) if not one.past]
    if goal and measure.shape != "wording" and (text := target_from(goal[-1].quantity, measure)):
        return Draft(new=text, reason=f"与预期目标中的“{goal[-1].quantity.text}”一致")
    if measure.shape == "date" and (day := _said_date(context)):
        return Draft(new=day, reason="按您所说的时间填写", computed=day)
    return None


def target_from(quantity: Quantity, measure: Measure) -> str:
    """A stated quantity as a target, in the row's own word for the unit; "" if it cannot be one."""
    if quantity.number is None or measure.shape in ("date",):
        return ""
    percent = quantity.kind == "percent"
    if (measure.shape == "percent") != percent and measure.certain:
        return ""
    numbers = plain(quantity.number) + (f"-{plain(quantity.upper)}" if quantity.upper is not None else "")
    unit = quantity.unit
    if measure.shape == "count" and measure.certain and {unit, measure.unit} <= {"人", "名", "位"}:
        unit = measure.unit
    sign = "" if quantity.upper is not None else quantity.sign or sign_of(measure, quantity.number)
    return sign + numbers + unit


def _from_name(row: Indicator, measure: Measure) -> Draft | None:
    """A count that the name itself carries; parts in the same unit are added up."""
    counts = [one for one in counts_in(row.name) if one.unit == measure.unit]
    numbers = [one.number for one in counts if one.number is not None]
    if not numbers:
        return None
    total = sum(numbers, Decimal(0))
    shown = "、".join(one.text for one in counts)
    reason = f"指标名称中写明{shown}" + (f"，合计{plain(total)}{measure.unit}" if len(numbers) > 1 else "")
    text = f"{plain(total)}{measure.unit}"
    return Draft(new=sign_of(measure, total) + text, reason=reason, computed=text)


def _said_date(context: Context) -> str:
    dates = [one for one in find_quantities(context.words) if one.kind == "date"]
    if len(dates) != 1:
        return ""
    day = dates[0].text
    if not re.match(r"20\d\d", day) and context.year is not None:
        day = f"{context.year}年{day}"
    return day if day.endswith("前") else f"{day}前"


def _known(context: Context, number: int, measure: Measure, alike: Sequence[Precedent]) -> Draft:
    if measure.basis == "wording":
        return _wording(context.form.indicators[number - 1], measure, alike)
    if measure.basis == "year_end":
        return _year_end(context)
    if measure.basis == "budget":
        return _cost(context, number, measure)
    if measure.basis == "custom":
        return _customary(context.form.indicators[number - 1], number, measure, alike)
    return _blank(context, number, measure)


def _wording(row: Indicator, measure: Measure, alike: Sequence[Precedent]) -> Draft:
    near = [one.target.wording for one in alike if one.target.wording and one.likeness >= _NEARLY_THE_SAME]
    if near:
        return Draft(new=near[0], reason="定性指标，沿用近似指标的表述")
    phrase = wording_for(plain_name(row.name), measure.level)
    return Draft(new=phrase, reason="定性指标，按指标含义选用规范表述")


def _year_end(context: Context) -> Draft:
    if context.year is None:
        question = "这个项目是哪一年度的？完成时限一般填当年12月31日前。"
        reason = "完成时限一般为当年年底，年度尚不清楚"
        return Draft(new=f"{BLANK}年12月31日前", reason=reason, question=question)
    day = f"{context.year}年12月31日前"
    return Draft(new=day, reason=f"完成时限按{context.year}年年底填写", computed=day)


def _cost(context: Context, number: int, measure: Measure) -> Draft:
    form = context.form
    row = form.indicators[number - 1]
    costs = [(at, one) for at, one in enumerate(form.indicators, 1) if _is_cost(one)]
    budget = context.budget
    unit = measure.unit or "万元"
    if budget is not None and (len(costs) == 1 or _is_whole(row.name, form.project_name)):
        shown = plain(budget * 10000 if unit == "元" else budget)
        reason = f"成本不超过全年预算数{plain(budget)}万元"
        return Draft(new=f"≤{shown}{unit}", reason=reason, computed=f"{shown}{unit}")
    others = [_in_ten_thousands(one) for at, one in costs if at != number]
    known = [one for one in others if one is not None]
    if budget is not None and known and len(known) == len(others) and budget > sum(known, Decimal(0)):
        spent = sum(known, Decimal(0))
        rest = budget - spent
        return Draft(
            new=f"≤{plain(rest)}万元",
            reason=f"全年预算数{plain(budget)}万元减去其他成本指标合计{plain(spent)}万元",
            question=f"第{number}行“{row.name}”按预算余额推算为{plain(rest)}万元，对吗？",
            computed=f"{plain(rest)}万元",
        )
    reason = "分项成本须由单位按预算明细确定"
    if budget is not None:
        reason += f"，各分项合计不超过全年预算数{plain(budget)}万元"
    question = f"第{number}行“{row.name}”的预算是多少{unit}？"
    return Draft(new=f"≤{BLANK}{unit}", reason=reason, question=question)


def _in_ten_thousands(row: Indicator) -> Decimal | None:
    target = read_target(row.target, name=row.name, level2=row.level2)
    return in_unit_of(target, read_target("1万元")) if target.number is not None else None


def _is_cost(row: Indicator) -> bool:
    measure = read_measure(row.name, row.level2, row.level1)
    return measure.level == "成本" and measure.shape == "money"


def _is_whole(name: str, project: str) -> bool:
    return bool(_WHOLE_COST.search(name)) or likeness(name, project) >= 0.8


def _customary(row: Indicator, number: int, measure: Measure, alike: Sequence[Precedent]) -> Draft:
    """A rate: the most usual value of precedents, the nearer counting more, else the custom of the field."""
    weights: dict[Decimal, float] = defaultdict(float)
    for one in alike[: 2 * _SHOWN]:
        value = in_unit_of(one.target, _sample(measure))
        if value is not None:
            weights[value] += one.likeness
    if measure.value is not None and (measure.level == "成本" or not measure.lower or not measure.value):
        weights[measure.value] += _PRIOR
    if not weights:
        return Draft(
            new=f"{sign_of(measure, None)}{BLANK}{measure.unit}",
            reason="没有近似指标可以参考，须由单位确定",
            question=f"第{number}行“{row.name}”的目标是多少{measure.unit}？",
        )
    value = max(weights, key=lambda one: (weights[one], -one if measure.lower else one))
    reason = "按同类指标的惯例取值" if alike else "往年库中没有近似指标，按同类指标的惯例取值"
    if any(one.target.number == value for one in alike):
        reason = f"取近似指标中最常见的{plain(value)}{measure.unit}"
    if alike and measure.value is not None and not measure.lower and value < measure.value:
        reason += f"，低于一般惯例{plain(measure.value)}{measure.unit}，请斟酌"
    return Draft(new=f"{sign_of(measure, value)}{plain(value)}{measure.unit}", reason=reason)


def _blank(context: Context, number: int, measure: Measure) -> Draft:
    row = context.form.indicators[number - 1]
    last = [one for one in context.by_row.get(number, ()) if one.past]
    hint = f"（去年为{last[-1].quantity.text}）" if last else ""
    if measure.shape == "date":
        day = f"{context.year}年{BLANK}前" if context.year else f"{BLANK}前"
        question = f"第{number}行“{row.name}”计划是哪一天？"
        return Draft(new=day, reason="开始的时间须由单位确定", question=question, computed=day)
    return Draft(
        new=f"{sign_of(measure, None)}{BLANK}{measure.unit}",
        reason="今年的数量只有单位掌握，不能照搬往年",
        question=f"第{number}行“{row.name}”今年的目标是多少{measure.unit}？{hint}",
    )


def sign_of(measure: Measure, value: Decimal | None) -> str:
    """The sign an office prints: = for a full rate or for no bad events at all, ≤ for costs, ≥ otherwise."""
    if measure.lower:
        return "=" if value == 0 else "≤"
    return "=" if measure.shape == "percent" and value == _HUNDRED else "≥"


def _history(context: Context, number: int, measure: Measure, alike: Sequence[Precedent]) -> str:
    """What the precedents say: their range, last year's value, and whether targets used to be set too low."""
    parts = []
    said = [one for one in context.by_row.get(number, ()) if one.past]
    if said:
        parts.append(f"您说去年为{said[-1].quantity.text}")
    parts += _last_year(context, alike)
    if not alike:
        return "；".join(parts)
    shown = alike[:_SHOWN]
    if measure.shape in ("date", "wording"):
        texts = "、".join(dict.fromkeys(one.row.target for one in shown))
        return "；".join([*parts, f"近似指标{len(shown)}条：目标{texts}"])
    sample = _sample(measure)
    targets = _numbers([one.target for one in shown], sample)
    actuals = _numbers([one.actual for one in shown], sample)
    text = f"近似指标{len(shown)}条：目标{spread(targets, measure.unit)}"
    if actuals:
        text += f"，实际{spread(actuals, measure.unit)}"
    parts.append(text)
    over = [one for one in shown if not measure.lower and (one.completion or 0) >= _TOO_LOW]
    if len(over) >= 2 and 2 * len(over) > len(shown):
        parts.append(f"其中{len(over)}条实际达到目标的130%以上，往年目标可能偏低，宜适当从高设定")
    return "；".join(parts)


def _numbers(values: Sequence[Value], sample: Value) -> list[Decimal]:
    found = (in_unit_of(value, sample) for value in values if value.number is not None)
    return [number for number in found if number is not None]


def _last_year(context: Context, alike: Sequence[Precedent]) -> list[str]:
    past = [one for one in alike if one.same_project and one.likeness >= 0.5]
    if context.year is not None:
        past = [one for one in past if one.row.year is not None and one.row.year < context.year]
    if not past:
        return []
    latest = max(past, key=lambda one: (one.row.year or 0, one.likeness)).row
    when = f"{latest.year}年" if latest.year else "往年"
    return [f"同一项目{when}“{latest.indicator}”目标{latest.target}，实际{latest.actual or '未填'}"]
