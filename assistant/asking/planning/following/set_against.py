"""Words that set figures against each other, or add them up, and name none of them: 它俩预算差多少."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.asking.planning.following.turn_words import bare, only_ties
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.reading import read
from assistant.form.numerals import number_of

Operation = Literal["apart", "which", "times", "sum"]
_N = "[0-9]+|[二两三四五六七八九十]+"
_NOUN = "(?:项目|处室|单位|部门|科室|专项|指标|数|表)"
_MUCH = "(?:多少|几|多大|好多)(?:万元?|亿元?|元|块|钱|分|个?百分点|个点|%|[个条张项家人名次场期天])*(?:呢)?"
_WAYS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        "apart",
        re.compile(
            f"(?:(?:之间|相互|互相|的)*(?:相?差(?:距|额|值|别)?|(?:要|还|得|更)*[高低多少大小长短](?:出来?|了|着)*)(?:是|了|有|为|出)*{_MUCH}"
            "|(?:之间|的)*(?:相差|差距|差额|差值)(?:呢)?)"
        ),
    ),
    (
        "which",
        re.compile(
            f"(?:之间|里|中|当中|,)*(?:哪(?:一)?[个家张条项边份年头笔]度?|谁){_NOUN}?(?:的)?(?:更|要|比较|较|最)?"
            f"(?:高|低|多|少|大|小)(?:一?些|一?点)?(?:,?(?:相?差|高|低|多|少|大|小)(?:出|了)*{_MUCH})?(?:呢)?"
        ),
    ),
    ("times", re.compile("(?:之间|的)*(?:是|相差|差|大概是?)*(?:多少|几)倍(?:呢)?")),
    (
        "sum",
        re.compile(
            f"(?:加起来|加(?:在|到)?一(?:起|块儿?|道)|合起来|合(?:在)?一(?:起|块儿?)|合计|一共|总共|拢共|相加|总计|总和)(?:是|有|为)*(?:{_MUCH})?(?:呢)?"
        ),
    ),
)
_BOTH = re.compile(
    f"(?:那么?|那就)?(?:[它他她]们?)?(?:前面|上面|刚才)?[这那]?(?:两者|二者|彼此|双方|俩|(?P<n>{_N})(?:个|家|项|张|份|条|边|者|笔)?{_NOUN}?)(?:之间|相互|互相|里|中|当中)?(?:的)?"
    "|(?:[它他她]们|[这那]些)(?:之间|相互|互相)?(?:的)?|各自的?"
)
_IN_ORDER = re.compile(
    "(?:前面?|后面?|前一|后一)(?:(?:[这那](?:一)?)?[个家张条项笔]|者)(?:的)?(?:[比和跟与同]|减去?)(?:起来)?"
    "(?:前面?|后面?|前一|后一)(?:(?:[这那](?:一)?)?[个家张条项笔]|者)(?:的)?(?:相比|比)?,?"
)
"""前面那个比后面那个: of two, the one after the other."""
_FIRST = re.compile(f"(?:其中|里面)?(?:排)?[前头](?:面)?(?P<n>{_N})(?:名|个|家|位|张|条)(?:之间)?(?:的)?")
_PLACES = re.compile(
    f"第(?P<a>[一1]|{_N})(?:名|个|家|位|张|条|高|大|多)?(?:的)?[和跟与同比、]第(?P<b>[一1]|{_N})(?:名|个|家|位|张|条|高|大|多)?(?:的)?(?:之间)?(?:的)?"
)
_THAN_PLACE = re.compile(f"[比和跟与同]第(?P<n>{_N})(?:名|个|家|位|张|条|高|大|多)?(?:的)?(?:相?比,?)?")
_ENDS = re.compile(
    "最(?P<a>[高多大低少小])的?(?:[和跟与同比、])最(?P<b>[高多大低少小])的?(?:之间)?(?:的)?|[首头]尾(?:之间)?"
)
_ADDS = frozenset(("sum",))


_WHOSE = re.compile(
    "^(?P<front>[^哪谁]*)(?P<who>谁|哪(?:一)?[个家张条项边])的(?P<field>[^,;最]{2,8}?)(?P<more>(?:更|要|比较|较|最)?[高低多少大小](?:一?些|一?点)?)$"
)
"""谁的预算高: 预算谁高."""


@dataclass(frozen=True)
class SetAgainst:
    """``op``: what is done with them; ``field``: the word for their field that is said, "" for their own.

    ``many``: so many are meant, None where it is not said. ``places``: those at these places of the answer.
    """

    op: Operation
    field: str = ""
    many: int | None = None
    places: tuple[int, ...] | None = None


def set_against(text: str, entities: Entities) -> SetAgainst | None:
    """What ``text`` does with figures that it does not name; None where it says anything else."""
    text = _WHOSE.sub(
        lambda said: f"{said['front']}{said['field']}{said['who']}{said['more']}", bare(text).text
    )
    for op, way in _WAYS:
        for found in way.finditer(text):
            if found.end() < len(text):
                continue
            said = _told(op, text[: found.start()], entities)
            if said is not None:
                return said
    return None


def _told(op: Operation, front: str, entities: Entities) -> SetAgainst | None:
    """What stands before the operation: which figures are meant, and their field; None where it is more."""
    many = places = None
    if (both := _IN_ORDER.match(front)) is not None:
        many, front = 2, front[both.end() :]
    elif (first := _FIRST.match(front)) is not None:
        places, front = tuple(range(_number(first["n"]))), front[first.end() :]
    elif (pair := _PLACES.match(front)) is not None:
        places, front = (_number(pair["a"]) - 1, _number(pair["b"]) - 1), front[pair.end() :]
    elif (than := _THAN_PLACE.match(front)) is not None:
        places, front = (0, _number(than["n"]) - 1), front[than.end() :]
    elif (ends := _ENDS.match(front)) is not None:
        places, front = (0, -1), front[ends.end() :]
    elif (all_of := _BOTH.match(front)) is not None:
        many = _number(all_of["n"]) if all_of["n"] else None
        if many is None and not re.search("[它他她]们(?!俩)|些|各自", all_of[0]):
            many = 2
        front = front[all_of.end() :]
    front = front.strip(",的")
    if not front:
        return SetAgainst(op, many=many, places=places)
    reading = read(front, entities)
    fields = {m.name for m in reading.fields} - {"gap"}
    told = reading.bounds or reading.levels or reading.years or reading.names_something()
    marks = {m.name for m in reading.marks} - _ADDS
    if len(fields) != 1 or told or marks or reading.nouns or reading.loose or not only_ties(reading):
        return None
    return SetAgainst(op, fields.pop(), many, places)


def _number(said: str) -> int:
    return int(number_of(said.replace("两", "二")) or 1)
