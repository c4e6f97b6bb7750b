"""What the user has said, as data: quantities with their thing and year, causes of deviations, measures.

The user's words are the only source of this year's facts beside the form, so nothing is read into them: a
sentence that is not understood gives no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.drafting.clauses import Clause, clean, split
from assistant.drafting.customs import customs, phrases
from assistant.drafting.quantities import Quantity, find_quantities, same_group
from assistant.drafting.row_matching import without_row_numbers
from assistant.form.model import Frozen

Phase = Literal["", "plan", "done"]

_PLAN = re.compile(r"计划|目标|预计|拟|将|打算|准备|安排|不少于|不低于|至少|力争|要")
_DONE = re.compile(
    r"实际|完成了|已经|已|共完成|做到|做了|办了|只|仅|达到了|参加了|花了|用了|支出|[训办建发修购买放]了"
)
_FILLING = re.compile(
    r"去年|上年|上一年|今年|本年度?|当年|全年|20\d\d年度?|计划|目标[是为]?|预计|打算|准备|需要|我们|我处|我单位|"
    r"一共|总共|共计|合计|累计|大约|大概|左右|实际|已经|不少于|不低于|不超过|不高于|至少|最多|达到|力争|一年|每年|其中|"
    r"[了：:“”‘’\"（）()《》\s]"
)
_EDGES = re.compile(r"^[要想再还又只仅拟请共将把]+(?=..)|(?<=.)[约共到在为是有要将]+$|^[约共到在是的]+$")
_LIGHT_VERBS = (
    *("举办", "开展", "组织", "进行", "实施", "完成", "安排", "召开", "承办"),
    *("办", "做", "搞", "有", "给", "向", "对"),
)
_TRAILING = re.compile(
    r"(发放|提供|进行|开展|给予|参加|赴|实施|补助|补贴|支持|服务|培训|建设|改造|购置|采购).*$"
)
_LIGHT_START = re.compile(r"^(发放|提供|进行|开展|给予|参加|赴|实施|购置|采购)(?=..)")
_EVENT_UNITS = frozenset({"次", "期", "场", "班", "批", "班次"})
_CONJUNCTION = re.compile(r"^(?:以及|及|和|与|并|、)")
_ACTIVITY_LENGTH = 6


class Statement(Frozen):
    """A quantity that the user named: ``thing`` is what is counted (中小企业), ``action`` the verb before it.

    ``sentence`` counts from 0; ``past``: of an earlier year; ``phase`` tells a plan from what was done, "" if
    the words do not.
    """

    text: str
    sentence: int
    action: str
    thing: str
    quantity: Quantity
    past: bool = False
    phase: Phase = ""

    @property
    def topic(self) -> str:
        """Action and thing together, what the statement is compared by."""
        return self.action + self.thing

    @property
    def unit(self) -> str:
        """The unit as said."""
        return self.quantity.unit


def read_statements(words: str, year: int | None = None) -> tuple[Statement, ...]:
    """The quantities in ``words`` in order; ``year`` is this year, so that a named year can be placed.

    A clause without a thing of its own speaks of the thing before ("去年培训了84人，今年计划100人").
    Questions and suppositions state nothing.
    """
    found: list[Statement] = []
    for number, sentence in enumerate(split(clean(words), year)):
        phase: Phase = ""
        before: Statement | None = None
        for clause in sentence.clauses:
            phase = _phase(clause.text, phase)
            for one in _statements(clause, number) if clause.mood == "stated" else ():
                follows = before is not None and not one.thing and same_group(before.unit, one.unit)
                thing = before.thing if before and follows else one.thing
                action = before.action if before and follows else one.action
                before = one.model_copy(update={"thing": thing, "action": action, "phase": phase})
                found.append(before)
    return tuple(found)


def count_name(statement: Statement) -> str:
    """The short name of an indicator that counts what the statement names: 培训 + 100人 gives 培训人数.

    "" where the statement names no thing.
    """
    thing, unit = statement.thing, statement.unit
    if unit == "%" or not thing:
        return thing
    ending = next((name for name, units in customs().count_names.items() if unit in units), "数量")
    if statement.quantity.kind == "money":
        ending = "金额"
    action = "" if statement.action in _LIGHT_VERBS or statement.action in thing else statement.action
    topic = action + thing
    if topic.endswith(ending):
        return topic
    shared = next((end for end in ("户", "次") if topic.endswith(end) and ending[0] == end[0]), "")
    return (topic.removesuffix(shared) if len(topic) > len(shared) + 1 else topic) + ending


def _phase(clause: str, before: Phase) -> Phase:
    if _DONE.search(clause):
        return "done"
    return "plan" if _PLAN.search(clause) else before


def _statements(clause: Clause, sentence: int) -> Iterator[Statement]:
    text = clause.text
    quantities = [
        one
        for one in find_quantities(text)
        if one.kind in ("count", "percent", "money") and not text.startswith("代", one.end)
    ]
    end = 0
    for at, quantity in enumerate(quantities):
        last = at + 1 == len(quantities)
        left = text[end : quantity.start]
        right = text[quantity.end : len(text) if last else quantities[at + 1].start]
        action, thing, used = _thing(left, right, quantity.unit, last=last)
        end = quantity.end + used
        yield Statement(
            text=text,
            sentence=sentence,
            action=action,
            thing=thing,
            quantity=quantity,
            past=clause.when == "past",
        )


def _bare(text: str) -> str:
    """``text`` without time words, words of planning and particles at its ends."""
    return _EDGES.sub("", _EDGES.sub("", _FILLING.sub("", text)))


def _thing(left: str, right: str, unit: str, *, last: bool) -> tuple[str, str, int]:
    """Action, thing, and how many characters of ``right`` were used: "举办|3期|培训班" or "培训|100人|"."""
    action = _bare(_CONJUNCTION.sub("", left))
    noun = "" if re.match(r"[的之]|以[上内]", right) or _CONJUNCTION.match(right) else right
    used = len(noun) if last else 0
    activity = None if unit in _EVENT_UNITS else _TRAILING.search(noun)
    thing = _bare(noun[: activity.start()] if activity and activity.start() else noun)
    if activity and activity.start() and action in ("", *_LIGHT_VERBS, "为"):
        action = _LIGHT_START.sub("", _bare(activity.group()))[:_ACTIVITY_LENGTH]
    if thing or action in _LIGHT_VERBS:
        return action, thing, used
    for verb in _LIGHT_VERBS:
        if action.startswith(verb) and len(action) > len(verb) + 1:
            return verb, action.removeprefix(verb), used
    return "", action, used


class Told(Frozen):
    """A cause or measure as told: ``sentence`` counts from 0, ``text`` is in the form's language."""

    sentence: int
    text: str
    source: str


def read_causes(words: str) -> tuple[Told, ...]:
    """The causes that ``words`` state, each as a clause that can stand behind 偏差原因."""
    return tuple(
        Told(sentence=number, text=cause, source="，".join(parts))
        for number, parts in enumerate(_stated(words))
        if (cause := _cause(parts))
    )


def read_measures(words: str) -> tuple[Told, ...]:
    """The improvement measures that ``words`` state."""
    found = []
    for number, parts in enumerate(_stated(words)):
        start = next((at for at, part in enumerate(parts) if _is_measure(part)), None)
        if start is not None:
            text = re.sub(r"^.*?(?:改进措施|整改措施)[是为：:]*", "", "，".join(parts[start:]))
            if text:
                found.append(Told(sentence=number, text=formal(text), source="，".join(parts)))
    return tuple(found)


def _stated(words: str) -> list[list[str]]:
    """The stated clauses of each sentence."""
    return [
        [clause.text for clause in sentence.clauses if clause.mood == "stated"]
        for sentence in split(clean(words))
    ]


def _is_measure(clause: str) -> bool:
    return clause.startswith(phrases().measure_starts) or _has(clause, phrases().measure_words)


def _cause(parts: list[str]) -> str:
    markers = phrases().cause_markers
    end = next((at for at, part in enumerate(parts) if _is_measure(part)), len(parts))
    told = "，".join(parts[:end])
    for marker in markers.after:
        if marker in told:
            return formal(told.split(marker, 1)[1].lstrip("：:是"))
    for marker in markers.start:
        at = next((m.start() for m in re.finditer(f"{marker}(?![此而]|素)", told)), -1)
        if at == 0 or (at > 0 and (told[at - 1] in "，是 " or marker != "受")):
            return formal(told[at:])
    for at, part in enumerate(parts[:end]):
        if _has(part, markers.inside) or _has(part, markers.state):
            return formal(without_row_numbers("，".join(parts[at:end])))
    return ""


def formal(text: str) -> str:
    """Chat in the form's language: first persons and spoken negations replaced, closing particles dropped."""
    table = phrases().formal
    for spoken in sorted(table, key=len, reverse=True):
        text = text.replace(spoken, table[spoken])
    return re.sub(r"(?:(?<!不)了|[啦吧呢啊嘛。，,；;\s])+$", "", text.strip())


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
