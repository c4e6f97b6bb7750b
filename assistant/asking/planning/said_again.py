"""What the last question said in full and a question that follows on it says in short."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.intents import MORE
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import GROUPED, Condition, Query

_DIFFERENCE = re.compile("(?:相差|差额|差距|差值|缺口|(?<![偏误])差)(?:的)?(?:金额|数额|数)?")
_BETWEEN = {
    ("executed", "budget"): ("unspent", "overspent"),
    ("score", "weight"): ("lost", "lost"),
    ("actual", "target"): ("gap", "gap"),
    ("initial", "budget"): ("adjusted", "adjusted"),
}
"""The field that holds the difference of two: where the first is the smaller one, where it is the larger."""
_FIELD_THEN = re.compile("呢(?:,(?P<tail>.+))?$")
_BUDGET = frozenset(("overspent", "unspent", "executed", "budget", "rate"))
_END = re.compile(
    "(?:那么?|其中|这里面|里面)?最(?P<way>[高低多少大小好差])的?(?:那|这)?(?:一)?(?:[个张条项家])(?:项目|表|指标)?(?:的)?(?:,)?(?=.{2})"
)
_LOW = "低少小差"
_HOW_MUCH = re.compile(
    "(?:那么?|具体|到底|一共)*(?P<each>各自?|分别|都)?(?:是|为|有)?"
    "(?:(?P<put>(?:填|印|写)[了的]?(?:是)?)|(?P<by>(?:多|高|超|少|低|差|缺)(?:出来?|了|掉)*))?"
    "(?P<much>(?:多少|几)(?:万元?|亿元?|元|钱|分|个?百分点)?)"
)
_DIFFERENCES = frozenset(("unspent", "overspent", "gap", "adjusted", "lost", "total_lost", "exec_lost"))
_CALLED = {"overspent": "超支金额"}
"""What does not state a condition, as 超出预算 does."""
_PRINTED = {"exec_score_rule": "exec_score", "total_rule": "total", "rule_score": "score"}
"""What is printed, of what the rules give."""


@dataclass(frozen=True)
class End:
    """The ``first`` or the last of what was ranked by ``field``; ``rest``: what is asked of it."""

    first: bool
    field: str
    rest: str


def _single(meaning: Meaning | None) -> Query | None:
    """The one query of a meaning; None where there are more, or none."""
    return meaning.queries[0] if meaning is not None and len(meaning.queries) == 1 else None


def with_difference(reading: Reading, meaning: Meaning | None) -> str | None:
    """其中差额在10万元以上的, after 执行数比预算小的项目: the text with the field of this difference."""
    query = _single(meaning)
    said = [m for m in reading.marks if m.name == "compare_two"] + [
        m for m in reading.fields if m.name == "gap"
    ]
    if query is None or not reading.bounds or reading.names_something():
        return None
    mark = next((m for m in said if _DIFFERENCE.fullmatch(m.text)), None)
    field = next((f for c in query.conditions() if (f := _between(c))), "")
    if mark is None or field not in FIELDS[query.of] or len(reading.fields) > (mark in reading.fields):
        return None
    before = reading.text[: mark.start] or "其中"
    noun = "指标的" if query.of == "indicators" and "指标" not in reading.text else ""
    return f"{before}{noun}{FIELDS[query.of][field].label}{reading.text[mark.end :]}"


_THE_OFFICE = re.compile(
    "(?:那么?)?(?:它(?!们)|[该这那](?:一)?(?:个|家)?(?:处室|单位|部门|科室|处|局))(?:里|的)?(?=.{2})"
)


def of_the_office(question: str, meaning: Meaning | None, office: str) -> str:
    """它有几个项目, after 哪个处室预算最多: asked of that office; unchanged where none was found.

    ``office``: the one that the records of the last answer are of.
    """
    said = _THE_OFFICE.match(question)
    found = finds_an_office(meaning) and bool(office)
    return f"{office}{question[said.end() :]}" if found and said is not None else question


_THAT_MEAN = re.compile(
    "(?:[这那该]一?个?|(?:上面|刚才|前面)(?:的|[这那]个)?)(?:(?P<mean>平均|均|中位)(?:分数?|数值?|值|线|水平|执行率|预算数?)?|(?:数字?|数值|值|分数|水平|结果|均线))"
)
_THAN = re.compile("[高低大小多少]于$|超过了?$|不到$|比$|达不?到了?$")


def of_the_mean(question: str, meaning: Meaning | None) -> str:
    """高于这个平均分的, after a mean, or a median: 高于平均的; unchanged where no such was computed."""
    query, said = _single(meaning), _THAT_MEAN.search(question)
    op = query.measure.op if query is not None and query.measure is not None else ""
    words = {"mean": "平均", "median": "中位数"}
    if said is None or op not in words or not _THAN.search(question[: said.start()]):
        return question
    return f"{question[: said.start()]}{words[op]}{question[said.end() :]}"


_OF_THAT = re.compile("占(?:了|到)?(?:其中|这其中|这里面|里面|[这那]个?(?:总数|总额|总量|数))的?")


def of_that_sum(question: str, meaning: Meaning | None) -> str:
    """园区专项占其中的几成, after a sum: 园区专项在这里面占几成; unchanged where nothing was added up."""
    query = _single(meaning)
    summed = query is not None and query.ask == "value" and query.measure is not None
    if not summed or query is None or query.measure is None or query.measure.op not in ("sum", "count"):
        return question
    return _OF_THAT.sub("在这里面占", question, count=1)


def of_the_last(question: str, meaning: Meaning | None, office: str) -> str:
    """The question with 这个平均分, 其中 or 它 said in full; ``office`` as in ``of_the_office``."""
    return of_the_office(of_that_sum(of_the_mean(question, meaning), meaning), meaning, office)


def finds_an_office(meaning: Meaning | None) -> bool:
    """Whether one office is found, be it with a single form: what follows is asked of its forms."""
    query = _single(meaning)
    of_office = query is not None and query.of == "forms" and query.group in ("unit", "department")
    return of_office and query is not None and (query.ask, query.limit) == ("top", 1)


def picks(meaning: Meaning | None) -> bool:
    """Whether records are picked among others, and not named."""
    query = _single(meaning)
    return query is not None and query.ask in ("top", "list")


def _between(condition: Condition) -> str:
    one, other, larger = condition.field, condition.other, condition.op in ("gt", "ge")
    if (one, other) in _BETWEEN:
        return _BETWEEN[one, other][larger]
    return _BETWEEN[other, one][not larger] if (other, one) in _BETWEEN else ""


def with_other_field(reading: Reading, old: Reading) -> str | None:
    """执行数呢,差多少, after 预算相差多少: the last question with its one field exchanged.

    None where it had several, or where something else is said too.
    """
    if not reading.fields or reading.fields[0].start > len("那么") or reading.names_something():
        return None
    first, own = reading.fields[0], [m for m in old.fields if m.name != "gap"]
    found = _FIELD_THEN.fullmatch(reading.text, first.end)
    if found is None or len(own) != 1 or not old.names_something() or own[0].name == first.name:
        return None
    picks = old.says("top", "top_n", "nth", "last_n", "count") or (
        old.says("which") and not MORE.search(old.text)
    )
    if old.bounds or picks:
        return None
    return f"{old.text[: own[0].start]}{first.text}{old.text[own[0].end :]}"


def with_old_field(reading: Reading, meaning: Meaning | None) -> str | None:
    """分别是多少, 多出来多少万, 填了几分: the text with the field that the last question was about."""
    query = _single(meaning)
    said = _HOW_MUCH.fullmatch(reading.text)
    if query is None or query.group or said is None or (reading.fields and not said["put"]):
        return None
    field = asked_of(query)
    if field not in FIELDS[query.of] or (said["by"] and field not in _DIFFERENCES):
        return None
    return f"{_CALLED.get(field, FIELDS[query.of][field].label)}{said['each'] or ''}是{said['much']}"


def asked_of(query: Query) -> str:
    """The field by which records were ranked, added up or picked, or which was told of them; "" for none."""
    if query.ask in ("check", "how"):
        return next((_PRINTED.get(name, name) for name in query.show), "")
    if query.order is not None and query.order.field != GROUPED:
        return query.order.field
    stated = [_between(c) or c.field for c in query.conditions() if c.number is not None or c.other]
    measured = query.measure.field if query.measure is not None else ""
    return measured or next(iter((*query.show[:1], *reversed(stated))), "")


def beyond_the_budget(reading: Reading, meaning: Meaning | None, *, alone: bool) -> Reading:
    """超了百分之几, after one form that spent more than its budget: beyond the budget, not beyond a target.

    ``alone``: the last answer showed one form and none of its rows.
    """
    query = _single(meaning)
    names = {m.name for m in reading.fields}
    if not alone or query is None or query.of != "forms" or names != {"gap", "completion"}:
        return reading
    told = {name for c in query.conditions() for name in (c.field, c.other)} | set(query.show)
    if not told & _BUDGET or reading.names_something() or reading.levels or reading.nouns:
        return reading
    by_budget = {"gap": "overspent", "completion": "rate"}
    return replace(reading, fields=[m._replace(name=by_budget[m.name]) for m in reading.fields])


def end_of_ranked(question: str, meaning: Meaning | None) -> End | None:
    """最低的那个扣在哪条, after a ranking: which end of it is meant; None where no such was asked."""
    said, query = _END.match(question), _single(meaning)
    order = query.order if query is not None else None
    if said is None or query is None or order is None or query.group:
        return None
    return End((said["way"] in _LOW) != order.descending, order.field, question[said.end() :])
