"""A row that is spelled out, in the making, and which further figure belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.form.rounding import plain
from assistant.form.units import standard
from assistant.understanding.clauses import Clause
from assistant.understanding.quantities import Quantity, same_group
from assistant.understanding.row_facts import mode_of
from assistant.understanding.told_parts import ROLE_WORDS, Part, parts_of

EACH = re.compile(
    r"每(?:个|一|名|所|家|支|条|座)?(?:月|季度?|年|天|日|周|人|户|期|次|班|场|点|站|校|院|店|队|组|社|所|社区|村|镇|乡|县|区|街道|学校|单位|小区|企业|孩子|学生|老人)"
)
_EXCEPT = re.compile(r"^除(?:了|去|开)?")
_DID = re.compile(r"(?:只|才)?[\u3400-\u9fff]?[了成完到]$|(?:只|才)$")
_ENDED = re.compile("(?:完工|竣工|建成|到位|到货|交付)了?$")
_SHIFTED = re.compile(r"(?:却|又|才|一直|最后)*(?:拖延?|延期?|推迟|延迟|顺延|耽误|提前|晚)[到至]?了?$")
"""What became of a day: 完工拖到."""
_REST_DONE = re.compile(
    r"(?:其他|其它|其余|剩下|余下|别)的?(?:几[样项种]|各项)?(?:也|都|全部?|均)*(?:[按照]着?(?:计划|目标|数)?)?(?:都|全部?|均)?"
    r"(?:完成|达标|到位|做完|办完|到齐|买齐|配齐|做到|没问题)"
)
_NOT_DONE = re.compile(r"没(?!问题)|未|不(?!锈|动产)|差|缺")
_DISTANCE = re.compile(
    r"^(?:实际|结果|最后|年底)*(?:比(?:目标|计划|任务|预期|原定|年初定的)[数值]?)?(?:还|仍|又|就|只)?(?P<way>超|多|高|少|差|缺|欠|短|低)"
    r"(?:额|出|过)?(?:完成|[\u3400-\u9fff]{1,2})?(?:了|出)?$"
)
_RESPECTIVELY = re.compile(
    r"^(?:年度|年初)?(?:(?P<plan>目标|计划|指标|任务|要求)|实际|完成|结果|达到)+(?:完成)?[值数量]?(?:情况)?(?:则|也)?分别(?:完成|达到|做到|是|为|了|：)*$"
)
_SHORTEST = 2
_WHOLE = re.compile(r"全年|一年|合计|总共|共计?|一共|(?:也)?就是|即|折合")


@dataclass
class Told:
    """A row in the making: ``said`` the words that name it, ``parts`` what it is read from.

    ``how``: the sum by which its result was worked out, "" where it was told.
    """

    said: str
    parts: list[Part] = field(default_factory=list)
    target: Quantity | None = None
    actual: Quantity | None = None
    as_planned: bool = False
    explicit: bool = False
    weight: Quantity | None = None
    how: str = ""
    level: str = ""

    @property
    def complete(self) -> bool:
        """Whether it has both a plan and a result."""
        return self.target is not None and (self.actual is not None or self.as_planned)


def is_sum(told: list[Told], quantity: Quantity) -> bool:
    """Whether a total is that of the figures listed before it, not the result of the last of them."""
    listed = [one.target.number for one in told if one.said and one.target and one.actual is None]
    known = [number for number in listed if number is not None]
    return len(known) > 1 and any(sum(known[at:]) == quantity.number for at in range(len(known) - 1))


def is_twin(before: Told, words: str, quantity: Quantity) -> bool:
    """培训3期120人, 培训3期，共120人: two plans of one thing, in two units."""
    if not re.fullmatch("[，、]?(?:(?:一|总)?共计?|合计)?有?", words):
        return False
    held = before.target if before.actual is None else None
    kinds = (held.kind if held is not None else "", quantity.kind)
    return kinds == ("count", "count") and held is not None and not _comparable(held, quantity)


def of_unit(told: list[Told], quantity: Quantity, mode: str) -> Told | None:
    """The row before that a figure without a name completes: of twins the one in its unit."""
    twins = [one for one in told if told[-1].said and one.said == told[-1].said]
    if found := next((one for one in twins if completes(one, quantity, mode)), None):
        return found
    if mode == "actual" and told and not (told[-1].said and completes(told[-1], quantity, mode)):
        waiting = [one for one in told if _waits_for(one, quantity)]
        if len(waiting) == 1:
            return waiting[0]
    return told[-1] if told else None


def _waits_for(one: Told, quantity: Quantity) -> bool:
    """Whether a plan that was told waits for a result in this very unit."""
    held = one.target
    return (
        held is not None
        and one.explicit
        and not one.as_planned
        and standard(held.unit).lstrip("万亿") == standard(quantity.unit).lstrip("万亿") != ""
        and completes(one, quantity, "actual")
    )


def is_whole(before: Told, part: Part) -> bool:
    """每月4次，全年48次: the second figure is the plan, too."""
    each = EACH.search(before.said) and before.target is not None and before.actual is None
    return bool(
        each and _WHOLE.search(part.words) and before.target and before.target.unit == part.quantity.unit
    )


def in_unit_of(quantity: Quantity, other: Quantity | None) -> Quantity:
    """A bare figure beside another one of the same thing has its unit."""
    if quantity.kind != "bare" or other is None:
        return quantity
    text = quantity.text + other.unit
    return quantity.model_copy(update={"kind": other.kind, "unit": other.unit, "text": text})


def completes(before: Told, quantity: Quantity, mode: str) -> bool:
    """Whether a figure without a name is what ``before`` still lacks: its result, or its plan."""
    held = before.target or before.actual
    if not before.said or held is None or quantity.vague:
        return False
    none = held.kind == "bare" and held.number == 0  # 投诉 0 3件
    alike = (
        quantity.kind == "bare"
        or (held.kind == "bare" and quantity.kind in ("count", "percent") and _suits(before.said, quantity))
        or (none and quantity.kind == "count")
        or (quantity.kind == held.kind and _comparable(quantity, held))
    )
    if mode == "target":
        return alike and (before.target is None or not (before.explicit or before.actual))
    return alike and before.actual is None and before.target is not None


def _suits(name: str, quantity: Quantity) -> bool:
    """Whether a rate by its name is told in percent, and nothing else is."""
    rate = re.search(r"(?:率|度|比例|占比)(?:目标|计划|要求|[是为定])*", name)
    return (quantity.kind == "percent") == bool(rate)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.kind == "date" or same_group(one.unit, other.unit)


def tells_rest(text: str) -> bool:
    """Whether a clause says that all others were done: 其他照计划完成."""
    return bool(_REST_DONE.match(text)) and not _NOT_DONE.search(text)


def rest_as_planned(told: list[Told], clause: Clause) -> None:
    """Marks the plans of this message without a result, where others have one; the clause is theirs."""
    some_done = any(one.said and one.actual is not None for one in told)
    if not some_done or not any(one.explicit for one in told):
        return
    for one in told:
        if one.said and one.target is not None and one.actual is None:
            one.as_planned = True
            one.parts.append(Part("", one.target, clause.start, clause.end))


def takes_result(part: Part, told: list[Told]) -> bool:
    """Takes a figure as the result of a row that was planned before and is named again: 轮椅实际配了131辆."""
    words = ROLE_WORDS.sub("", _EXCEPT.sub("", part.words.strip("，、（( □")))
    words = re.sub(r"^(?:[到至只才]|仅)(?=..)", "", words)
    name = _DID.sub("", words).strip()
    spoken = words.removesuffix("了").strip()
    ended = _ENDED.sub("", words)
    shifted = _SHIFTED.sub("", words) if part.quantity.kind == "date" else ""
    names = [one for one in (spoken, name, ended, shifted) if len(one) >= _SHORTEST]
    if not names or mode_of(part.words, part.quantity, "") == "target" or part.quantity.vague:
        return False
    planned = [
        one
        for one in told
        if one.target is not None
        and one.actual is None
        and not one.as_planned
        and any(_names(name, one) for name in names)
    ]
    if len(planned) != 1 or not completes(planned[0], part.quantity, "actual"):
        return False
    planned[0].actual = part.quantity
    planned[0].parts.append(part)
    return True


def _names(name: str, one: Told) -> bool:
    """Whether ``name`` stands in a row's own words, or all its characters do in order (旧的清理)."""
    if name in one.said:
        return True
    at = 0
    for character in name.replace("的", ""):
        at = one.said.find(character, at) + 1
        if not at:
            return False
    return len(name) > _SHORTEST


def takes_respectively(clause: Clause, told: list[Told]) -> bool:
    """Takes 目标分别是2.9万人和180天: one value for each of as many rows that were told last."""
    parts = parts_of(clause) if "分别" in clause.text else []
    found = _RESPECTIVELY.match(parts[0].words.strip("，、（( □")) if parts else None
    rows = [one for one in told if one.said][-len(parts) :]
    mode = "target" if found is not None and found["plan"] else "actual"
    if found is None or len(rows) != len(parts):
        return False
    if not all(completes(one, part.quantity, mode) for one, part in zip(rows, parts, strict=True)):
        return False
    for one, part in zip(rows, parts, strict=True):
        if mode == "target":
            one.actual, one.target = one.actual or one.target, part.quantity
        else:
            one.actual = part.quantity
        one.explicit = True
        one.parts.append(part)
    return True


def takes_distance(part: Part, told: list[Told]) -> bool:
    """Takes a figure as the distance of the last row's result from its plan: 比计划多补了112台."""
    found = _DISTANCE.match(part.words.strip("，、（( □"))
    one = told[-1] if told else None
    if found is None or one is None or one.target is None or one.actual is not None or one.as_planned:
        return False
    if not one.explicit:
        return False
    held, by = one.target, part.quantity
    points = held.kind == by.kind == "percent"
    if (
        held.number is None
        or by.number is None
        or by.sign
        or by.vague
        or not (points or _comparable(by, held))
    ):
        return False
    more = found["way"] in ("超", "多", "高")
    number = held.number + by.number if more else held.number - by.number
    if by.unit not in ("", held.unit, "百分点", "个百分点") or number < 0:
        return False
    one.actual = held.model_copy(update={"number": number, "text": plain(number) + held.unit, "sign": ""})
    one.how = f"{plain(held.number)} {'＋' if more else '－'} {plain(by.number)}＝{one.actual.text}"
    one.explicit = True
    one.parts.append(part)
    return True
