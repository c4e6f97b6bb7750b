"""Which field each superlative and each aggregate of a question belongs to, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.asking.planning.asked import Asked
from assistant.asking.reading.intents import MORE, asked_many
from assistant.asking.reading.mentions import Mention, Reading
from assistant.asking.reading.sorts import sort_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Operation
from assistant.form.numerals import number_of

_RANKS = ("top", "top_n", "nth", "last_n")
_UP = re.compile("低|小|少|短|差|便宜|慢|松|宽|垫底|倒数|最后|末尾")
_MORE_TAIL = re.compile("(?:更|较|要|比较)?(?:高|低|多|少|大|小|好|差)(?:一些|一点|些)?$")
_FIGURES = re.compile("[0-9]+|[一二两三四五六七八九十]+")
_CLOSE = re.compile(
    "(?:的|得|[定设压给打花用扣完执做][成行]?得|是|为|排名?|上|数|情况|方面|按|都|各|分别|、|和|与|最后|总额|总量|总和|总数|总|合计|平均值?|均值|之和|金额|加起来|里面?|中|当中|之中)*"
)
_CHAIN = re.compile("(?:是?多少|的|分|值|和|与|跟|、|及|以及|还有|,|各|数)*")
_AGGREGATES: dict[str, Operation] = {"mean": "mean", "median": "median", "sum": "sum", "extremes": "range"}
_AMONG = re.compile("的?(?:项目|表|指标|条|个|名|处室)?(?:里头?|里面|当中|之中|中)")
_BEYOND = frozenset(("over_budget", "exceeded"))
"""突破上限最多: ranked by the difference."""
_SET = re.compile(
    "(?:谁家?|哪[个张家](?:项目|表|单位|处室)?)?(?:[设列有编定填写占]得?)?的?(?:条数|个数|数量|量)?"
)
"""数量指标设得最多: by their number."""
_AT_ONCE = 2
"""汇总…的预算: where the question begins with it, the sum is of what is named at its end."""
WHOLE_SUM = re.compile("总额|总盘子|总量|总数|总和|总的|合计|总支出|总预算|总分值|总权重|一共|总共")


@dataclass(frozen=True)
class Ranking:
    """A superlative: by ``field`` of ``of`` ("": by their number), which way, how many.

    ``limit`` None: all, in this order; ``offset``: how many are passed over.
    ``noun``: what is ranked, as said right after it; ``used``: the word that names the field.
    """

    start: int
    end: int
    of: Sort
    field: str
    descending: bool
    limit: int | None
    offset: int = 0
    noun: str = ""
    used: Mention | None = None


@dataclass(frozen=True)
class Aggregate:
    """An aggregate of a field that is said with it; ``field`` "" : a number of records."""

    start: int
    op: Operation
    of: Sort
    field: str
    used: tuple[Mention, ...] = ()


def free_fields(asked: Asked) -> list[Mention]:
    """The words for fields that no condition has used up."""
    used = [m for predicate in asked.predicates for m in predicate.fields]
    return [m for m in asked.said_fields() if m not in used]


def ranking_of(asked: Asked) -> Ranking | None:
    """The superlative of the question; None where it has none."""
    reading = asked.reading
    listed = listed_ends(asked)
    marks = [m for m in reading.marks if m.name in _RANKS and m not in listed]
    if not marks:
        found = MORE.search(reading.text) if not asked.scope.parts else None
        if found is None or any(
            m.name.startswith("versus_") and found.start() < m.start < found.end() for m in reading.marks
        ):
            return None
        tail = _MORE_TAIL.search(found[0])
        lost = [m for m in reading.marks if m.name == "no_full"]
        inside = any(found.start() < m.start < found.end() for m in (*reading.fields, *lost))
        start = found.start() + tail.start() if tail and inside else found.start()
        marks = [Mention("top", start, found.end(), reading.text[start : found.end()])]
    return _ranked_by(asked, marks[_nested(reading.text, marks) :])


def picked_first(asked: Asked) -> Ranking | None:
    """预算前五名里执行率最低的: what is picked before the superlative; None where there is one alone."""
    marks = [m for m in asked.reading.marks if m.name in _RANKS and m not in listed_ends(asked)]
    return _ranked_by(asked, marks[:1]) if _nested(asked.reading.text, marks) else None


def _nested(text: str, marks: Sequence[Mention]) -> int:
    """1 where the second superlative is among what the first picks, else 0."""
    if len(marks) < 2:
        return 0
    return int(_AMONG.match(text[marks[0].end : marks[1].start]) is not None)


def _ranked_by(asked: Asked, marks: Sequence[Mention]) -> Ranking:
    reading = asked.reading
    limit, offset = _limit(asked, marks)
    mark = marks[0]
    words = "".join(m.text for m in marks)
    rising = bool(_UP.search(words)) or asked.says("last_n", "order_up")
    used = _field_of(asked, mark) or _said_by_mark(reading, mark)
    noun = next((n.name for n in reading.nouns if mark.start <= n.start <= marks[-1].end + 2), "")
    if (counted := _by_number(asked, mark, used)) is not None:
        return Ranking(mark.start, marks[-1].end, counted, "", not rising, limit, offset, noun)
    if used is None and asked.rows_spoken and _FALLS_SHORT.search(reading.text[: mark.start]):
        field = "gap" if asks_amount(asked) else "completion"
        return Ranking(mark.start, marks[-1].end, "indicators", field, rising, limit, offset, noun)
    if used is None:
        of: Sort = "indicators" if asked.rows_spoken else "forms"
        return Ranking(
            mark.start, marks[-1].end, of, _default(asked, of, words), not rising, limit, offset, noun
        )
    of, field = sort_of(used, reading, asked.rows_spoken)
    if field == "total_diff" and noun == "row":
        return Ranking(mark.start, marks[-1].end, "indicators", UNKNOWN, not rising, limit, offset, noun)
    if field == "completion" and asked.head == "form" and not asked.reading.levels and not asked.scope.rows:
        of, field = "forms", "met_share"
    if field not in FIELDS[of]:
        of = "forms" if of == "indicators" else "indicators"
    if of == "indicators" and field == "completion" and asks_amount(asked):
        field = "gap"
    if (field == "gap" and (used.name == "unspent" or _SHORT.search(used.text))) or (
        field == "adjusted" and re.search("减|低|砍", used.text)
    ):
        rising = not rising
    return Ranking(mark.start, marks[-1].end, of, field, not rising, limit, offset, noun, used)


_SHORT = re.compile("缺口|[差少欠缺短]")
"""What is short of a target is the more the lower the difference is."""


_FALLS_SHORT = re.compile("差(?:得|了)?$")
"""离目标差得最多: the less was reached, the more."""
_AMOUNTS = frozenset(("overspent", "unspent"))
_MONEY_AFTER = re.compile("的?(?:万|亿)?元|钱")


def asks_amount(asked: Asked) -> bool:
    """超得最多的是哪条,超了多少万元: what is beyond, or short of, a target is asked as an amount of money."""
    text = asked.reading.text
    return any(
        m.name in _AMOUNTS or (m.name == "gap" and _MONEY_AFTER.match(text, m.end) is not None)
        for m in asked.said_fields()
    )


def _said_by_mark(reading: Reading, mark: Mention) -> Mention | None:
    """扣分最多, 突破上限最多, 平均分最高: the field that the word right before the superlative stands for."""
    for before in (m for m in reading.marks if m.end == mark.start):
        name = {"no_full": "lost", **dict.fromkeys(_BEYOND, "gap")}.get(before.name, "")
        if not name and before.name in ("mean", "median") and "分" in before.text:
            name = "score"
        if name:
            return Mention(name, before.start, before.end, before.text)
    return None


def _by_number(asked: Asked, mark: Mention, used: Mention | None) -> Sort | None:
    """指标最多, 数量指标设得最多: what the number of is ranked by; None for a field."""
    reading = asked.reading
    if used is not None:
        return "indicators" if used.name == "indicator_count" and reading.levels else None
    if not re.search("多|少", mark.text):
        return None
    kind = any(
        m.text.endswith("指标") and m.end <= mark.start and _SET.fullmatch(reading.text[m.end : mark.start])
        for m in reading.levels
    )
    number = any(m.name == "count" and m.end == mark.start for m in reading.marks)
    if kind or (number and asked.rows_spoken):
        return "indicators"
    counted = [
        n
        for n in reading.nouns
        if n.end <= mark.start and _SET.fullmatch(reading.text[n.end : mark.start].removeprefix("数"))
    ]
    of: dict[str, Sort] = {"row": "indicators", "finding": "findings"}
    return of.get(counted[-1].name, "forms") if counted else None


UNKNOWN = "?"
"""The field of a superlative that does not say by what it ranks."""


def _default(asked: Asked, of: Sort, words: str) -> str:
    """What 最大的项目, 排名前三, 最差的指标 most likely rank by."""
    if asked.says("over_scored", "under_scored"):
        return "score_gap"
    if of == "indicators":
        if asked.scope.rows or asked.reading.levels:
            return "actual"
        return "completion" if re.search("完成|差|好|快|慢|理想", asked.reading.text) else UNKNOWN
    if (
        re.search("名|位|好|差|垫底|倒数|冠军|榜首|第|最后", words)
        or "排名" in asked.reading.text
        or asked.says("full", "no_full")
    ):
        return "total"
    return "budget" if re.search("大|小|多|少|贵", words) and not _verb_before(asked) else UNKNOWN


def _verb_before(asked: Asked) -> bool:
    """扣得最多, 改动最大: what is not understood right before the superlative says what it ranks by."""
    at = min((m.start for m in asked.reading.marks if m.name in _RANKS), default=0)
    before = asked.reading.rest[:at]
    return bool(re.search("[一-龥]得?$", before)) and not re.search(
        "(?:项目|专项|表|单子|处室|单位|部门|[是的里中个张])$", before
    )


def _limit(asked: Asked, marks: Sequence[Mention]) -> tuple[int | None, int]:
    """How many (None: all, in this order), and how many are passed over: 前三, 第二高, 最大的三个."""
    for mark in marks:
        figure = _FIGURES.search(mark.text.replace("第一", "").replace("最后", ""))
        number = number_of(figure[0]) if figure else None
        if mark.name == "nth":
            return 1, int(number or 2) - 1
        if number is not None and mark.name in ("top_n", "last_n"):
            return int(number), 0
    after = [
        b
        for b in asked.reading.bounds
        if not b.signed
        and b.unit in ("个", "张", "项", "条", "家")
        and b.start >= marks[-1].end
        and asked.reading.text[marks[-1].end : b.start] in ("", "的")
    ]
    if asked.says("order_up", "order_down", "order") and not after:
        return None, 0
    return (int(after[0].number) if after else asked_many(asked.reading.text) or 1), 0


_UP_OR_DOWN = re.compile("[大高多低小少]的?$")
"""排第二高的预算: what is ranked by stands behind."""


def _field_of(asked: Asked, mark: Mention) -> Mention | None:
    """The word before the superlative that nothing separates from it, else the one right after it."""
    text = asked.reading.text
    every = asked.said_fields()
    before = [m for m in every if m.end <= mark.start and _CLOSE.fullmatch(text[m.end : mark.start])]
    if before:
        return before[-1]
    after = [m for m in every if m.start >= mark.end and text[mark.end : m.start] in ("", "的")]
    if after and (mark.name == "top" or (mark.name == "nth" and _UP_OR_DOWN.search(mark.text))):
        return after[0]
    loose = [m for m in free_fields(asked) if m.end <= mark.start and "," not in text[m.end : mark.start]]
    order = asked.reading.said.get("order_up") or asked.reading.said.get("order_down")
    if order is not None and order.end <= mark.start and mark.name in ("top_n", "last_n", "nth"):
        ordered = [m for m in every if m.end <= order.start]
        return ordered[-1] if ordered else None
    if re.match("谁|哪", mark.text) and len(every) == 1 and asked.scope.rows:
        return every[0]
    words = any(n.end == mark.start for n in asked.reading.nouns)
    return loose[-1] if loose and not words and mark.name in ("top_n", "last_n", "nth") else None


def aggregates_of(asked: Asked, ranking: Ranking | None = None) -> list[Aggregate]:
    """All aggregates, in the order of the question."""
    found: list[Aggregate] = []
    free = [m for m in free_fields(asked) if ranking is None or m != ranking.used]
    ends = listed_ends(asked)
    marks = [m for m in asked.reading.marks if m.name in _AGGREGATES or m in ends]
    for mark in marks:
        op = ("min" if _UP.search(mark.text) else "max") if mark in ends else _AGGREGATES[mark.name]
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
            if points or of == "indicators":
                default = "total" if of == "forms" else "score" if points else "actual"
                found.append(Aggregate(mark.start, op, of, default))
        for mention in chain:
            of, field = sort_of(mention, asked.reading, asked.rows_spoken)
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


def _listed_before(asked: Asked, mark: Mention, fields: Sequence[Mention]) -> bool:
    """预算、执行数、平均分: what stands in a list before the mean of points is not meant by it."""
    before = [m for m in fields if m.end <= mark.start]
    return bool(before) and asked.reading.text[before[-1].end : mark.start] in ("、", "和", ",", "以及", "及")


def listed_ends(asked: Asked) -> list[Mention]:
    """最高分、最低分 in a list with 平均分: aggregates, not a ranking."""
    marks = [m for m in asked.reading.marks if m.name in (*_AGGREGATES, "top")]
    if not any(m.name in ("mean", "median", "sum") for m in marks) or not any(m.name == "top" for m in marks):
        return []
    found = []
    for left, right in pairwise(marks):
        between = asked.reading.text[left.end : right.start]
        if _IN_LIST.fullmatch(between):
            found += [m for m in (left, right) if m.name == "top"]
    return list(dict.fromkeys(found))


_IN_LIST = re.compile("(?:分|值|数|的)*(?:、|和|与|,|及|以及|还有)(?:总分|得分|执行率|预算)?(?:的)?")


def _between(asked: Asked, last: Aggregate, mark: Mention) -> str:
    """What stands between the word of the last aggregate and ``mark``."""
    marks = [m for m in asked.reading.marks if m.name in (*_AGGREGATES, "top") and m.end <= mark.start]
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
    if before and _CLOSE.fullmatch(text[before[-1].end : mark.start]):
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
        others = [m for m in asked.reading.marks if m.name in _AGGREGATES and m != mark]
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
