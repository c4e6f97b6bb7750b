"""A question that follows on another: what it carries over, and what of the last answer it means."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.planning.before import Before
from assistant.asking.planning.following.other_scope import SCOPE_ONLY, over_other_scope
from assistant.asking.planning.following.tied import (
    OF_THESE,
    SCOPE_WORDS,
    WHY,
    means_these,
    names_none,
    of_rows_shown,
)
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_again import (
    beyond_the_budget,
    end_of_ranked,
    picks,
    with_difference,
    with_old_field,
    with_other_field,
)
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.records.fields import FIELDS
from assistant.form.numerals import number_of
from assistant.form.units import is_money

_OTHER_SCOPE = re.compile("^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩))|呢$")


_LEAST = 2
_POINTS = re.compile("(?:多少|几)分")
_OF_POINTS = frozenset(("total", "exec_score", "score", "lost", "weight", "total_lost", "exec_lost"))


_HOW_MUCH = re.compile("(?:是|有|又|又是)(?:多少|几|什么|啥|怎样|怎么样|如何)$")


_WHICH_ONES = re.compile("(?:那么?)?(?:都|分别|具体)?(?:是|有)?哪(?:几个?|些)")
"""是哪几个, right after their number."""


_SHOULD = re.compile(
    "^(?:那么?)?(?:按照?|照)(?:各项|分项|各指标|明细)的?(?:得分|分数)?(?:加起来|相加|合计|汇总|加总|算)*(?:应该?|应当)?(?:是|为|得|填)?(?:多少|几)"
    "|^(?:那么?)?(?:正确|对)的?(?:数|值|结果|分数|得分|执行率)?(?:应该?|应当|是|为)|^(?:那么?)?(?:应该?|应当)(?:是|为|填|得)(?:多少|几|什么)"
    "|^(?:那么?)?(?:和|跟|与|同|比)(?:表上|表里|表中|原来|原表)?(?:印|填|写|打)(?:出来|上去|报)?的(?:分数?|得分|数)?(?:相?差|多|少|高|低)了?(?:多少|几)"
)


_BY_RULE = frozenset(("rule_score", "total_rule", "exec_score_rule"))


_PLACE = re.compile(
    "(?:那么?|其中|这里面)?(?:排(?:名|在)?)?(?:第(?P<n>[0-9一二两三四五六七八九十]+)(?:名|位|个|张|条|项)?|(?P<first>头一?个|打头的|排头的)|(?P<last>最后(?:一个|那个|一名)|末尾那个|垫底的?))"
    "(?![高低大小多少])(?:的)?(?:那个|那张|那条|那项|项目|表)?(?:的)?(?:,)?"
)
"""排第二的那个, 第三名, 最后一个: one of what was listed."""


def corrected(reading: Reading, before: Before) -> Meaning | None:
    """正确的应该是多少, after findings or a check: the same with what it should be."""
    by_rule = {m.name for m in reading.fields} & _BY_RULE and OF_THESE.search(reading.text)
    if before.meaning is None or not (_SHOULD.search(reading.text) or by_rule) or reading.offices:
        return None
    queries = before.meaning.queries
    if not queries or not (queries[0].of == "findings" or queries[0].ask == "check"):
        return None
    return before.meaning


def by_place(question: str, before: Before, entities: Entities) -> tuple[str, Before] | None:
    """排第二的那个…, after a list: the question without these words, and only that one of the list."""
    listed = [(form, 0) for form in before.forms] if len(before.rows) < 2 else list(before.rows)
    if len(listed) > 1 and (first := _FIRST_OF_LIST.match(question)) is not None and _is_in_no_order(before):
        number = int(number_of(first["n"].replace("两", "二")) or 1)
        return f"这些{first['rest']}", _the_first(before, number, last=first["end"][0] not in "前头")
    if len(listed) < 2 or (picked := _picked(question, before, entities)) is None:
        return None
    if picked[0] >= len(listed):
        return f"其中{picked[1]}", replace(before, forms=(), rows=(), meaning=None)
    form, row = listed[picked[0]]
    only = replace(before, forms=(form,), rows=((form, row),) if row else (), joined=True)
    return f"它{picked[1].removesuffix('呢')}", only


_FIRST_OF_LIST = re.compile(
    "(?:那么?|其中|里面)?(?P<end>前面?|头|最?后面?|末尾?)(?P<n>[0-9]+|[一二两三四五六七八九十]+)[条个张项笔](?:指标|项目|表)?的?,?(?P<rest>[^最高低]{2,})$"
)


def _is_in_no_order(before: Before) -> bool:
    return before.query is not None and before.query.order is None and not before.query.group


def _the_first(before: Before, number: int, *, last: bool) -> Before:
    """The last turn with the first, or the last, so many of what it listed."""
    part = slice(-number, None) if last else slice(number)
    if len(before.rows) < 2:
        return replace(before, forms=before.forms[part])
    rows = before.rows[part]
    return replace(before, rows=rows, forms=tuple(dict.fromkeys(form for form, _ in rows)))


_OF_TWO = re.compile(
    "(?:那么?|其中|里面)?(?P<field>[^,;最第]{0,6}?)(?:更|较|比较)?(?P<way>[高低多少大小])的(?:[那这](?:一)?[个家张条项]?|[个家张条项])(?:项目|表)?的?,?(?=.{2})"
)


def _of_two(question: str, before: Before, entities: Entities) -> tuple[int, str] | None:
    """少的那个总分多少, after two forms that were compared: which of them, and what is asked of it."""
    said = _OF_TWO.match(question)
    field = _compared_by(said["field"], before, entities) if said is not None and not before.rows else ""
    if said is None or field not in FIELDS["forms"] or len(before.forms) < _LEAST:
        return None
    numbers = [entities.by_number[form].record[field].number for form in before.forms]
    known = [number for number in numbers if number is not None]
    if len(set(known)) < len(numbers):
        return None
    best = min(known) if said["way"] in "低少小" else max(known)
    return known.index(best), question[said.end() :]


def _compared_by(said: str, before: Before, entities: Entities) -> str:
    """The field that is said, or by which the two were compared; "" where neither is clear."""
    if said:
        reading = read(said, entities)
        names = {cond.field_of(m.name, "forms") for m in reading.fields}
        return names.pop() if len(names) == 1 and not (reading.names_something() or reading.loose) else ""
    queries = before.meaning.queries if before.meaning is not None else ()
    fields = {one.measure.field for one in queries if one.measure is not None and one.ask == "compare"}
    single = len(queries) == len(before.forms) and all(len(one.forms or ()) == 1 for one in queries)
    return fields.pop() if single and len(fields) == 1 else ""


def _picked(question: str, before: Before, entities: Entities) -> tuple[int, str] | None:
    """The place in the list of what is meant, and what is asked of it; None where two may be meant."""
    if (of_two := _of_two(question, before, entities)) is not None:
        return of_two
    if (end := end_of_ranked(question, before.meaning)) is not None:
        at, beside = (0, 1) if end.first else (-1, -2)
        return None if _alike(before, (at, beside), end.field, entities) else (at, end.rest)
    said = _PLACE.match(question)
    if said is None or not question[said.end() :]:
        return None
    number = number_of(said["n"]) if said["n"] else None
    return -1 if said["last"] else int(number) - 1 if number is not None else 0, question[said.end() :]


def _alike(before: Before, places: tuple[int, int], field: str, entities: Entities) -> bool:
    """Whether the forms, or rows, at two places of the last answer have the same number."""
    if len(before.rows) > 1:
        found = [entities.by_number[form].indicators[row - 1] for form, row in before.rows]
    else:
        found = [entities.by_number[form].record for form in before.forms]
    one, other = (found[place][field].number for place in places)
    return one == other


def carried(reading: Reading, before: Before, entities: Entities) -> Reading:
    """那去年呢, 那人事处呢: the last question with another scope; 那执行率呢: another field of the same."""
    if _WHICH_ONES.fullmatch(reading.text) and not before.rows:
        return read(f"{reading.text}项目", entities) if before.forms else before.reading
    of_shown = not reading.names_something() and of_rows_shown(reading, before)
    return reading if of_shown else _carried(reading, before, entities)


def _carried(reading: Reading, before: Before, entities: Entities) -> Reading:
    old = before.reading
    why = {m.name for m in reading.fields} & WHY and not (reading.offices or reading.phrases)
    how = reading.says("how") and not (reading.fields or reading.names_something())
    if (why or how) and not (reading.levels or reading.bounds):
        return replace(reading, fields=[*reading.fields, *old.fields])
    unnamed = not (reading.fields or reading.levels or reading.nouns)
    if (
        unnamed
        and (before.joined or means_these(reading.text, before))
        and reading.says("sum", "mean", "median")
    ):
        return _with_field(reading, old, entities)
    if (ranked := _by_its_field(reading, before)) is not None:
        return read(ranked, entities)
    again = _other_kind(reading, old) or _by_office(reading, old) or with_other_field(reading, old)
    again = again or with_difference(reading, before.meaning) or _left_aside(reading, old)
    again = again or _of_old_field(reading, before) or with_old_field(reading, before.meaning)
    if again is not None:
        return read(again, entities)
    picked = len(before.rows) == 1 and picks(before.meaning) and not reading.names_something()
    if picked or not (why or _OTHER_SCOPE.search(reading.text) or _only_names(reading)):
        return reading
    if not (reading.fields or reading.levels or reading.bounds or set(reading.said) - SCOPE_WORDS):
        return over_other_scope(reading, old, entities)
    return reading


_RANKS = ("top", "top_n", "last_n", "order_up", "order_down", "extremes")


def _by_its_field(reading: Reading, before: Before) -> str | None:
    """最小的三个, 从大到小排一下: by the field of the last question, where none is said."""
    ranks = [m for m in reading.marks if m.name in _RANKS]
    query = before.query
    if (
        not ranks
        or not before.several
        or query is None
        or not before.field
        or not names_none(reading, before)
    ):
        return None
    if {m.name for m in reading.fields} - {"gap"} or reading.names_something():
        return None
    at = next((m for m in ranks if m.name.startswith("top") or m.name == "last_n"), ranks[0]).start
    said = [m.text for m in before.reading.fields if cond.field_of(m.name, query.of) == before.field]
    field = said[-1].removesuffix("是") if said else FIELDS[query.of][before.field].label
    return f"{reading.text[:at]}{field}{reading.text[at:]}"


def _only_names(reading: Reading) -> bool:
    """葡萄酒那个是多少: nothing but what it is asked of."""
    unnamed = not (reading.fields or reading.levels or reading.bounds or set(reading.said) - SCOPE_WORDS)
    return unnamed and reading.names_something() and _HOW_MUCH.search(reading.text) is not None


def beyond_target(reading: Reading, before: Before) -> Reading:
    """超了多少, after indicators: beyond their targets, not beyond the budget of their form."""
    of_form = len(before.forms) == 1 and not before.rows
    reading = beyond_the_budget(reading, before.meaning, alone=of_form)
    queries = before.meaning.queries if before.meaning is not None else ()
    shown = before.rows and all(query.of == "indicators" and not query.group for query in queries)
    if (
        not shown
        or reading.names_something()
        or reading.levels
        or reading.nouns
        or {m.name for m in reading.fields} != {"overspent"}
    ):
        return reading
    return replace(reading, fields=[m._replace(name="gap") for m in reading.fields])


def _of_old_field(reading: Reading, before: Before) -> str | None:
    """还有高于100的吗, 低于平均的: compared with the field of the last condition, or of the last figure."""
    signed = [bound for bound in reading.bounds if bound.signed]
    named = reading.fields or reading.levels or reading.names_something() or before.meaning is None
    mean, query = reading.said.get("than_mean"), before.query
    if not named and mean is not None and query is not None and before.field:
        label = FIELDS[query.of][before.field].label
        return f"{reading.text[: mean.start]}{label}{reading.text[mean.start :]}"
    if len(signed) != 1 or len(reading.bounds) != 1 or named or before.meaning is None:
        return None
    stated = [c for query in before.meaning.queries for c in query.conditions() if c.number is not None]
    if not stated or len(before.meaning.queries) != 1:
        return None
    label = FIELDS[before.meaning.queries[0].of][stated[-1].field].label
    return f"{reading.text[: signed[0].start]}{label}{reading.text[signed[0].start :]}"


def _left_aside(reading: Reading, old: Reading) -> str | None:
    """那抛开中央那张表,还有哪些: the last question without what is left aside, and nothing else."""
    mark = reading.said.get("except")
    if mark is None or any(b.signed for b in reading.bounds) or reading.fields or reading.levels:
        return None
    clause = re.split("[,;]", SCOPE_ONLY.sub("", reading.text[mark.start :]))[0]
    beside = [noun for noun in reading.nouns if noun.start >= mark.start + len(clause)]
    return None if beside else f"{SCOPE_ONLY.sub('', reading.text[: mark.start])}{clause},{old.text}"


def _with_field(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """这三个加起来多少: of what the last question ranked or compared by; an amount of money is a budget."""
    money = any(is_money(bound.unit) for bound in old.bounds)
    said = old.fields[-1].text if old.fields else "预算" if money else ""
    if _POINTS.search(reading.text) and not {m.name for m in old.fields} & _OF_POINTS:
        said = "总分"
    if not said:
        return reading
    mark = next(reading.said[name] for name in ("sum", "mean", "median") if reading.says(name))
    whose = reading.text[: mark.start] or "这些"
    return read(f"{whose}的{said}{reading.text[mark.start :]}", entities)


def _other_kind(reading: Reading, old: Reading) -> str | None:
    """效益指标呢: the last question with the one kind of indicator that it named exchanged."""
    named = reading.fields or reading.bounds or reading.names_something() or reading.marks
    if named or len(reading.levels) != 1 or len(old.levels) != 1 or not reading.text.endswith("呢"):
        return None
    before, now = old.levels[0], reading.levels[0]
    return f"{old.text[: before.start]}{now.text}{old.text[before.end :]}"


def _by_office(reading: Reading, old: Reading) -> str | None:
    """各科室分别是多少, after an amount: the last question's amount, of each."""
    each = reading.said.get("per_unit")
    named = reading.fields or reading.levels or reading.bounds or reading.names_something() or reading.years
    if each is None or named or not old.fields or old.says("per_unit") or OF_THESE.search(reading.text):
        return None
    at = old.fields[0].start
    return f"{old.text[:at]}{each.text}{old.text[at:]}"
