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
UP = re.compile("低|小|少|短|差|便宜|慢|松|宽|垫底|倒数|最后|末尾")
_MORE_TAIL = re.compile("(?:更|较|要|比较)?(?:高|低|多|少|大|小|好|差)(?:一些|一点|些)?$")
_FIGURES = re.compile("[0-9]+|[一二两三四五六七八九十]+")
CLOSE = re.compile(
    "(?:的|得|[定设压给打花用扣完执做写填标列订][成行]?得|是|为|排名?|上|数|情况|方面|按|都|各|分别|、|和|与|最后|总额|总量|总和|总数|总|合计|平均值?|均值|之和|金额|加起来|里面?|中|当中|之中)*"
    "(?:谁|哪一?[个家张])?"
)
AGGREGATES: dict[str, Operation] = {"mean": "mean", "median": "median", "sum": "sum", "extremes": "range"}
_ASKS = re.compile("多少|几|哪|谁|什么|啥|怎|吗")
_AMONG = re.compile("的?(?:项目|表|指标|条|个|名|处室)?(?:里头?|里面|当中|之中|中)")
_BEYOND = frozenset(("over_budget", "exceeded"))
"""突破上限最多: ranked by the difference."""
_SET = re.compile(
    "(?:谁家?|哪[个张家](?:项目|表|单位|处室)?)?(?:[设列有编定填写占]得?)?的?(?:条数|个数|数量|量)?"
)
"""数量指标设得最多: by their number."""
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
    rising = _rising(asked, words)
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


def _rising(asked: Asked, words: str) -> bool:
    """Whether the lowest come first: 从高到低排,最后三个 are the lowest, 从低到高排,最后三个 the highest."""
    if _BY_PLACE.search(words) and asked.says("order_up", "order_down"):
        return asked.says("order_up") != bool(_AT_THE_BACK.search(words))
    return bool(UP.search(words)) or asked.says("last_n", "order_up")


_BY_PLACE = re.compile("[前后]")
_AT_THE_BACK = re.compile("后")
_SHORT = re.compile("缺口|[差少欠缺短]")
"""What is short of a target is the more the lower the difference is."""


_KINDS = frozenset(("per_level1", "per_level2"))
"""按二级指标分,哪类最多: the kind that has most of the indicators spoken of."""
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
    number |= any(m.name in _KINDS and m.text.startswith("哪") and m.end == mark.start for m in reading.marks)
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
    if (places := _places(asked.reading.text, marks)) is not None:
        return places
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
    alone = marks[0].name != "top_n" and WHICH_ONE.match(asked.reading.text, marks[-1].end) is not None
    if asked.says("order_up", "order_down", "order") and not (after or alone):
        return None, 0
    return (int(after[0].number) if after else asked_many(asked.reading.text) or 1), 0


def _places(text: str, marks: Sequence[Mention]) -> tuple[int, int] | None:
    """第二和第三, 第三到第五名: how many, and how many are passed over; None where no such row is told."""
    told = [m for m in marks if m.name == "nth" or m.text.rstrip("的").endswith("第一")]
    between = [text[left.end : right.start] for left, right in pairwise(told)]
    if len(told) < 2 or not all(_NEXT_PLACE.fullmatch(said) for said in between):
        return None
    found = [int(number_of(_FIGURES.findall(m.text)[-1]) or 0) for m in told]
    row = list(range(found[0], found[-1] + 1))
    listed = row == found or (len(found) == 2 and between[0][:1] in ("到", "至"))
    return (len(row), found[0] - 1) if row and listed else None


_NEXT_PLACE = re.compile("(?:的|名|位|和|、|与|跟|及|到|至|以及|还有)*")
WHICH_ONE = re.compile("的?(?:项目|表|指标|处室|单位)?(?:又?是)?(?:哪(?:一?[个张条项家])|谁)")
"""按…排,最靠前的是哪个: one is asked for, though an order is said."""
_UP_OR_DOWN = re.compile("[大高多低小少]的?$")
"""排第二高的预算: what is ranked by stands behind."""


def _field_of(asked: Asked, mark: Mention) -> Mention | None:
    """The word before the superlative that nothing separates from it, else the one right after it."""
    text = asked.reading.text
    every = asked.said_fields()
    before = [m for m in every if m.end <= mark.start and CLOSE.fullmatch(text[m.end : mark.start])]
    if before:
        return before[-1]
    after = [m for m in every if m.start >= mark.end and text[mark.end : m.start] in ("", "的")]
    if after and (mark.name == "top" or (mark.name == "nth" and _UP_OR_DOWN.search(mark.text))):
        return after[0]
    loose = [m for m in free_fields(asked) if m.end <= mark.start and "," not in text[m.end : mark.start]]
    orders = (asked.reading.said.get(name) for name in ("order_up", "order_down", "order"))
    order = next((one for one in orders if one is not None), None)
    if order is not None and order.end <= mark.start and mark.name in ("top_n", "last_n", "nth"):
        ordered = [m for m in every if m.end <= order.start]
        return ordered[-1] if ordered else None
    if re.match("谁|哪", mark.text) and len(every) == 1 and asked.scope.rows:
        return every[0]
    words = any(n.end == mark.start for n in asked.reading.nouns)
    if loose and not words and mark.name in ("top_n", "last_n", "nth"):
        return loose[-1]
    return _topic(asked, mark)


def _topic(asked: Asked, mark: Mention) -> Mention | None:
    """从预算看,排在最前面的…: the one field of the clause before, which asks for nothing itself."""
    text = asked.reading.text
    end = text.rfind(",", 0, mark.start)
    start = text.rfind(",", 0, end) + 1 if end > 0 else 0
    said = [m for m in free_fields(asked) if start <= m.start < mark.start]
    alone = len(said) == 1 and said[0].end <= end and _ASKS.search(text, start, end) is None
    return said[0] if alone else None


_IN_LIST = re.compile("(?:分|值|数|的)*(?:、|和|与|,|及|以及|还有)(?:总分|得分|执行率|预算)?(?:的)?")


def listed_ends(asked: Asked) -> list[Mention]:
    """最高分、最低分 in a list with 平均分: aggregates, not a ranking."""
    marks = [m for m in asked.reading.marks if m.name in (*AGGREGATES, "top")]
    if not any(m.name in ("mean", "median", "sum") for m in marks) or not any(m.name == "top" for m in marks):
        return []
    found = []
    for left, right in pairwise(marks):
        between = asked.reading.text[left.end : right.start]
        if _IN_LIST.fullmatch(between):
            ends = [m for m in (left, right) if m.name == "top"]
            found += [m for m in ends if not WHICH_ONE.match(asked.reading.text, m.end)]
    return list(dict.fromkeys(found))
