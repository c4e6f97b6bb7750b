"""Which fields are added up or averaged, by where they stand beside the words for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking.planning.asked import POINTS_ASKED, Asked
from assistant.asking.planning.binding import (
    AGGREGATES,
    CLOSE,
    UP,
    WHOLE_SUM,
    Ranking,
    free_fields,
    listed_ends,
)
from assistant.asking.reading.mentions import Mention
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Operation

_CHAIN = re.compile("(?:是?多少|的|分|值|和|与|跟|、|及|以及|还有|,|各|数)*")
_AT_ONCE = 2
"""汇总…的预算: where the question begins with it, the sum is of what is named at its end."""


@dataclass(frozen=True)
class Aggregate:
    """An aggregate of a field that is said with it; ``field`` "" : a number of records."""

    start: int
    op: Operation
    of: Sort
    field: str
    used: tuple[Mention, ...] = ()


def aggregates_of(asked: Asked, ranking: Ranking | None = None) -> list[Aggregate]:
    """All aggregates, in the order of the question."""
    found: list[Aggregate] = []
    free = [m for m in free_fields(asked) if ranking is None or m != ranking.used]
    ends = listed_ends(asked)
    marks = [m for m in asked.reading.marks if m.name in AGGREGATES or m in ends]
    for mark in marks:
        op = ("min" if UP.search(mark.text) else "max") if mark in ends else AGGREGATES[mark.name]
        taken = {m for one in found for m in one.used}
        rest = [m for m in free if m not in taken and not (op == "range" and m.name == "gap")]
        points = mark.name in ("mean", "median") and mark.text.rstrip("是为").endswith("分")
        chain = [] if points and _listed_before(asked, mark, rest) else _fields_with(asked, mark, rest)
        last = found[-1] if found else None
        if not chain and last is not None and _CHAIN.fullmatch(_between(asked, last, mark)):
            found.append(Aggregate(mark.start, op, last.of, last.field))
            continue
        rows = len(asked.scope.rows) > 1 and asked.rows_spoken and not asked.said_fields()
        if not chain and op == "sum" and rows and not asked.says("count", "which", "yesno"):
            found.append(Aggregate(mark.start, op, "indicators", "actual"))
        if not chain and op != "sum":
            of: Sort = "indicators" if asked.rows_spoken else "forms"
            points = "分" in asked.reading.text[mark.start : mark.end + 1]
            points = points or _POINTS_AFTER.match(asked.reading.text, mark.end) is not None
            if points or of == "indicators":
                default = "total" if of == "forms" else _points_meant(asked) if points else "actual"
                found.append(Aggregate(mark.start, op, of, default))
        for mention in chain:
            of, field = _cell_meant(mention, asked)
            if field in FIELDS[of] and (FIELDS[of][field].unit or field in ("target", "actual", "gap")):
                found.append(Aggregate(mention.start, op, of, field, (mention,)))
    taken = {m for one in found for m in one.used}
    for mention in free:
        if mention not in taken and WHOLE_SUM.search(mention.text):
            of, field = sort_of(mention, asked.reading, asked.rows_spoken)
            found.append(Aggregate(mention.start, "sum", of, field, (mention,)))
    return list(
        {(one.op, one.of, one.field): one for one in sorted(found, key=lambda one: one.start)}.values()
    )


_POINTS_AFTER = re.compile("(?:是|为|有|[一每各][条个项]|给|占|值|得|打|拿|了|到)*(?:多少|几)分")
"""平均每条多少分, where the word for points stands for a cell that was named before."""


def _cell_meant(mention: Mention, asked: Asked) -> tuple[Sort, str]:
    """The sort and the field of a word that an aggregate is of."""
    of, field = sort_of(mention, asked.reading, asked.rows_spoken)
    points = field == "score" and POINTS_ASKED.fullmatch(mention.text)
    return of, _points_meant(asked) if points else field


def _points_meant(asked: Asked) -> str:
    """没填分值的不算,平均一条多少分: the points that a condition names, else those that were given."""
    stated = (c for one in asked.predicates for c in one.conditions)
    return "weight" if any(c.field == "weight" and c.op == "empty" for c in stated) else "score"


def _listed_before(asked: Asked, mark: Mention, fields: Sequence[Mention]) -> bool:
    """预算、执行数、平均分: what stands in a list before the mean of points is not meant by it."""
    before = [m for m in fields if m.end <= mark.start]
    return bool(before) and asked.reading.text[before[-1].end : mark.start] in ("、", "和", ",", "以及", "及")


def _between(asked: Asked, last: Aggregate, mark: Mention) -> str:
    """What stands between the word of the last aggregate and ``mark``."""
    marks = [m for m in asked.reading.marks if m.name in (*AGGREGATES, "top") and m.end <= mark.start]
    return asked.reading.text[marks[-1].end if marks else last.start : mark.start]


def _fields_with(asked: Asked, mark: Mention, free: Sequence[Mention]) -> list[Mention]:
    """平均执行率: the word after; 预算和执行数各合计: those before, joined to it and to each other."""
    text = asked.reading.text
    after = [m for m in free if m.start >= mark.end]
    if after and text[mark.end : after[0].start] in ("", "的") and mark.name != "sum":
        return _own(asked, mark, _joined(text, after))
    if after and mark.name == "sum" and mark.start <= _AT_ONCE:
        return _joined(text, after)
    before = [m for m in free if m.end <= mark.start]
    if before and CLOSE.fullmatch(text[before[-1].end : mark.start]):
        return list(reversed(_joined(text, list(reversed(before)), backwards=True)))
    if after and len(text[mark.end : after[0].start]) <= 4:
        return _joined(text, after)
    between = text[before[-1].end : mark.start] if before else ""
    if before and mark.name != "sum" and (between == "," or not re.search("[,;]", between)):
        return [before[-1]]
    return [before[-1]] if before and mark.name == "sum" and len(text) - mark.end <= 4 else []


def _own(asked: Asked, mark: Mention, chain: list[Mention]) -> list[Mention]:
    """平均总分和预算合计: what has an aggregate of its own is not this one's."""
    kept = chain[:1]
    for mention in chain[1:]:
        others = [m for m in asked.reading.marks if m.name in AGGREGATES and m != mark]
        if WHOLE_SUM.search(mention.text) or any(0 <= m.start - mention.end <= 1 for m in others):
            break
        kept.append(mention)
    return kept


def _joined(text: str, mentions: Sequence[Mention], *, backwards: bool = False) -> list[Mention]:
    chain = [mentions[0]]
    for mention in mentions[1:]:
        left, right = (mention, chain[-1]) if backwards else (chain[-1], mention)
        if not _CHAIN.fullmatch(text[left.end : right.start]):
            break
        chain.append(mention)
    return chain
