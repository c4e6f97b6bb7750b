"""A question that follows on another: what it carries over, and what of the last answer it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.other_scope import SCOPE_ONLY, over_other_scope
from assistant.asking.planning.said_again import (
    beyond_the_budget,
    end_of_ranked,
    finds_an_office,
    picks,
    with_difference,
    with_old_field,
    with_other_field,
)
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.scope import Scope
from assistant.asking.records.fields import FIELDS
from assistant.form.numerals import number_of
from assistant.form.units import is_money

_SCOPE_WORDS = frozenset(
    ("year_last", "year_now", "year_next", "year_before", "year_after", "yesno", "which")
)


_WHY = frozenset(("reason_text", "measure_text"))
_OF_ROWS = cond.ROW_FIELDS | _WHY | {"score", "lost"}
"""What may be asked of indicators and of their form, and is asked of these where they were listed."""


_POINTS = re.compile("(?:多少|几)分")
_OF_POINTS = frozenset(("total", "exec_score", "score", "lost", "weight", "total_lost", "exec_lost"))


_OTHER_SCOPE = re.compile("^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩))|呢$")


_HOW_MUCH = re.compile("(?:是|有|又|又是)(?:多少|几|什么|啥|怎样|怎么样|如何)$")


_OF_THESE = re.compile(
    "其中|[这那](?:里头|里面|当中|里边)|(?:刚才|刚刚|上面|前面)(?:那|这|列|说|提到|给)?的?(?:几|些|[两三四五六七八九])?[个张条项些]?|^(?:只|光|就|仅)(?:看|要|算)|^那?(?:一共|总共|共)?[有报交填]?了?(?:几|多少)[张个条项份](?:自评表|表|项目|指标)?$|的那[个条张项](?!项目|指标|表|处)|^(?:都|合计|一共|总共|加起来|平均)|^[0-9两二三四五六七八九十]+[个张家条项](?:表|项目|指标|单位)?(?:的|加|合|一共|总共|总计|平均)|都是(?:多少|几|什么)|^(?:都|分别)?(?:是|有)哪(?:几|些)[条个张项]?(?:指标|表|项目)?$|^分别|^各自|这些|那些|它们|他们|里面|上述|以上这|[这那](?:几|[0-9]+|[两二三四五六七八九十]+)[个张条项笔]|当中"
)


_AMONG_THEM = re.compile(
    "其中|(?:那么?)?(?:都|各自?|分别|为什么|为何|什么原因)|[这那](?:里头|里面|当中|里边)|这些|那些|它们|里面"
)
"""Of what the last answer showed, be it nothing."""


_EACH = re.compile("各|分别")


_WHOLE = re.compile("所有|全部|全[厅局区县市]|每|各(?![项条])")


_WHICH_ONES = re.compile("(?:那么?)?(?:都|分别|具体)?(?:是|有)?哪(?:几个?|些)")
"""是哪几个, right after their number."""


_OF_EACH = re.compile(
    "(?<!各)(?:分别|各自?)(?:都)?(?:是|为|有|(?:扣|丢|花|用|得|拿|完成|执行|剩|收|打)[了掉到去]*)?(?:多少|几)[^,;]{0,2}$"
)
"""执行率分别是多少, right after a list."""


_SHOULD = re.compile(
    "^(?:那么?)?(?:按照?|照)(?:各项|分项|各指标|明细)的?(?:得分|分数)?(?:加起来|相加|合计|汇总|加总|算)*(?:应该?|应当)?(?:是|为|得|填)?(?:多少|几)"
    "|^(?:那么?)?(?:正确|对)的?(?:数|值|结果|分数|得分|执行率)?(?:应该?|应当|是|为)|^(?:那么?)?(?:应该?|应当)(?:是|为|填|得)(?:多少|几|什么)"
    "|^(?:那么?)?(?:和|跟|与|同|比)(?:表上|表里|表中|原来|原表)?(?:印|填|写|打)(?:出来|上去|报)?的(?:分数?|得分|数)?(?:相?差|多|少|高|低)了?(?:多少|几)"
)


_BY_RULE = frozenset(("rule_score", "total_rule", "exec_score_rule"))


_OTHER_END = re.compile(
    "那?(?:第(?P<n>[二三四五六七八九十])(?:名|个|位)?的?|(?P<end>最[高低多少大小好差]的?)(?:那|这)?(?:一)?[个张条块笔家项]?(?:项目|指标|表|处室)?)(?:又)?(?:呢|是(?:谁|哪个|哪[张条]|哪个项目))?[?？]?"
)
"""第二名呢, 最低的呢, after a superlative."""


_PLACE = re.compile(
    "(?:那么?|其中|这里面)?(?:排(?:名|在)?)?(?:第(?P<n>[0-9一二两三四五六七八九十]+)(?:名|位|个|张|条|项)?|(?P<first>头一?个|打头的|排头的)|(?P<last>最后(?:一个|那个|一名)|末尾那个|垫底的?))"
    "(?![高低大小多少])(?:的)?(?:那个|那张|那条|那项|项目|表)?(?:的)?(?:,)?"
)
"""排第二的那个, 第三名, 最后一个: one of what was listed."""


_FRAGMENT = re.compile("(?:那么?)?(?:哪个|哪些|哪几个|哪条|哪项|谁|按|从[高低大小])[^,;]{2,12}$")
"""哪个预算最多, 按扣分从高到低排, right after a list: of what was listed."""


_END_OF_THESE = re.compile(
    "(?:那么?)?[^,;]{0,8}最[高低多少大小好差](?:的)?(?:又)?(?:是)?(?:哪(?:一)?[个张家]|谁|呢)"
)
"""预算最大的是哪个, right after a list: of what was listed."""


_WHY_THOSE = re.compile(
    "(?:那么?)?(?:都|分别|各)?(?:是)?(?:什么|啥)的?原因|(?:偏差)?原因(?:都|分别|各)?(?:是)?(?:什么|啥)?呢?"
    "|为(?:什么|何|啥)(?:都)?(?:没有?|未能?)?(?:完成|达标|达到|做到|扣分)?(?:目标)?呢?"
)
"""什么原因, right after rows: of these rows."""


_MANY = re.compile("哪|所有|全部|每|各|几张|一共|总共|最|排|平均|项目有")


_WHOSE = re.compile("(?:是|属于|归|由)?(?:哪个?|什么)(?:处室?|单位|部门)(?:的|负责|实施|管)?$|(?:是|归|由)谁")


_THIS = re.compile(
    "[这那]一?[条项张]|它的?|该(?:项目|表|指标)|这(?:个|张|条)(?:项目|表|指标|处室)?|那(?:个|张|条)(?:项目|表|指标)"
)


@dataclass(frozen=True)
class Before:
    """The last turn: its reading, and the forms and rows of its answer.

    ``joined``: it was asked in the same sentence. ``earlier``: the turns before it that asked the same figure
    of something else, the first one first.
    """

    reading: Reading
    forms: tuple[int, ...] = ()
    rows: tuple[RowId, ...] = ()
    meaning: Meaning | None = None
    joined: bool = False
    earlier: tuple[Before, ...] = ()


def points_back(text: str) -> bool:
    """Whether 它, 这些 or 其中 means what the last answer showed."""
    return _THIS.search(text) is not None or _OF_THESE.search(text) is not None


def corrected(reading: Reading, before: Before) -> Meaning | None:
    """正确的应该是多少, after findings or a check: the same with what it should be."""
    by_rule = {m.name for m in reading.fields} & _BY_RULE and _OF_THESE.search(reading.text)
    if before.meaning is None or not (_SHOULD.search(reading.text) or by_rule) or reading.offices:
        return None
    queries = before.meaning.queries
    if not queries or not (queries[0].of == "findings" or queries[0].ask == "check"):
        return None
    return before.meaning


def by_place(question: str, before: Before, entities: Entities) -> tuple[str, Before] | None:
    """排第二的那个…, after a list: the question without these words, and only that one of the list."""
    if (again := _OTHER_END.fullmatch(question)) and (top := before.reading.said.get("top")) is not None:
        place = f"第{again['n']}{top.text.removeprefix('最')[:1]}的" if again["n"] else again["end"]
        text = before.reading.text
        return f"{text[: top.start]}{place}{text[top.end :]}", replace(before, forms=(), rows=())
    listed = [(form, 0) for form in before.forms] if len(before.rows) < 2 else list(before.rows)
    if len(listed) < 2 or (picked := _picked(question, before, entities)) is None:
        return None
    if picked[0] >= len(listed):
        return None
    form, row = listed[picked[0]]
    only = replace(before, forms=(form,), rows=((form, row),) if row else (), joined=True)
    return f"它{picked[1]}", only


def _picked(question: str, before: Before, entities: Entities) -> tuple[int, str] | None:
    """The place in the list of what is meant, and what is asked of it; None where two may be meant."""
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
    of_shown = not reading.names_something() and _of_rows_shown(reading, before)
    return reading if of_shown else _carried(reading, before, entities)


def _carried(reading: Reading, before: Before, entities: Entities) -> Reading:
    old = before.reading
    why = {m.name for m in reading.fields} & _WHY and not (reading.offices or reading.phrases)
    how = reading.says("how") and not (reading.fields or reading.names_something())
    if (why or how) and not (reading.levels or reading.bounds):
        return replace(reading, fields=[*reading.fields, *old.fields])
    unnamed = not (reading.fields or reading.levels or reading.nouns)
    if (
        unnamed
        and (before.joined or _OF_THESE.search(reading.text))
        and reading.says("sum", "mean", "median")
    ):
        return _with_field(reading, old, entities)
    again = _other_kind(reading, old) or _by_office(reading, old) or with_other_field(reading, old)
    again = again or with_difference(reading, before.meaning) or _left_aside(reading, old)
    again = again or _of_old_field(reading, before) or with_old_field(reading, before.meaning)
    if again is not None:
        return read(again, entities)
    picked = len(before.rows) == 1 and picks(before.meaning) and not reading.names_something()
    if picked or not (why or _OTHER_SCOPE.search(reading.text) or _only_names(reading)):
        return reading
    if not (reading.fields or reading.levels or reading.bounds or set(reading.said) - _SCOPE_WORDS):
        return over_other_scope(reading, old, entities)
    if not (reading.offices or reading.phrases or reading.numbers or reading.years):
        said = reading.said if reading.fields or reading.levels else {**old.said, **reading.said}
        return replace(
            reading, said=said, offices=old.offices, phrases=old.phrases, numbers=old.numbers, years=old.years
        )
    return reading


def _only_names(reading: Reading) -> bool:
    """葡萄酒那个是多少: nothing but what it is asked of."""
    unnamed = not (reading.fields or reading.levels or reading.bounds or set(reading.said) - _SCOPE_WORDS)
    return unnamed and reading.names_something() and _HOW_MUCH.search(reading.text) is not None


def beyond_target(reading: Reading, before: Before) -> Reading:
    """超了多少, after one indicator: beyond its target, not beyond the budget of its form."""
    of_form = len(before.forms) == 1 and not before.rows
    reading = beyond_the_budget(reading, before.meaning, alone=of_form)
    alone = len(before.rows) == 1 and not (reading.names_something() or reading.levels or reading.nouns)
    if not alone or {m.name for m in reading.fields} != {"overspent"}:
        return reading
    return replace(reading, fields=[m._replace(name="gap") for m in reading.fields])


def _of_old_field(reading: Reading, before: Before) -> str | None:
    """还有高于100的吗: a number that names no field is compared with the field of the last condition."""
    signed = [bound for bound in reading.bounds if bound.signed]
    named = reading.fields or reading.levels or reading.names_something() or before.meaning is None
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
    if each is None or named or not old.fields or old.says("per_unit") or _OF_THESE.search(reading.text):
        return None
    at = old.fields[0].start
    return f"{old.text[:at]}{each.text}{old.text[at:]}"


def _ranked_among(before: Before) -> tuple[tuple[int, ...] | None, tuple[RowId, ...]] | None:
    """What the last question picked the first of: 各是多少 is asked of all of them; None where it is all."""
    query = before.meaning.queries[0] if before.meaning and before.meaning.queries else None
    if query is None or query.ask != "top" or query.limit != 1 or not (query.rows or query.forms):
        return None
    return query.forms, query.rows or ()


def _parallel(reading: Reading, before: Before) -> bool:
    """产出指标多少条, 效益指标多少条: the same asked of another kind, not of what was shown."""
    kinds = [{m.name for m in one.levels} for one in (reading, before.reading)]
    return all(kinds) and not kinds[0] & kinds[1] and not _OF_THESE.search(reading.text)


def _asks_rows(reading: Reading) -> bool:
    """扣在哪条指标上了, 产出指标一共几分: what is asked of the rows of one form, not of all."""
    names = {noun.name for noun in reading.nouns} | {"row" for _ in reading.levels}
    return "row" in names and not names & {"form", "unit"} and not _WHOLE.search(reading.text)


def narrowed(scope: Scope, reading: Reading, before: Before) -> Scope:
    """其中…: only what the last answer showed."""
    if scope.unknown or not before.forms:
        return _of_nothing(scope, reading, before)
    before = _forms_alone(reading, before)
    if scope.named and scope.forms and _OF_THESE.search(reading.text):
        rows = tuple(row for row in before.rows if row[0] in scope.forms)
        forms = tuple(number for number in before.forms if number in scope.forms)
        return replace(scope, forms=forms, rows=rows, given=True)
    if scope.named:
        return scope
    if scope.without and len(before.forms) > 1:
        return replace(scope, forms=before.forms, rows=before.rows, given=True)
    bare = len(before.forms) > 1 and not reading.nouns
    words = (_FRAGMENT.match, _END_OF_THESE.fullmatch, _OF_EACH.search)
    listed = (bare or _listed_one(before)) and not reading.nouns
    fragment = (listed and _sums_up(reading)) or (bare and any(found(reading.text) for found in words))
    fragment = fragment or (len(before.rows) > 1 and _WHY_THOSE.fullmatch(reading.text) is not None)
    if _OF_THESE.search(reading.text) or fragment or _of_rows_shown(reading, before):
        return replace(scope, forms=before.forms, rows=before.rows, named=True, given=True)
    if finds_an_office(before.meaning) and not _WHOLE.search(reading.text) and not reading.says("which_unit"):
        return replace(scope, forms=before.forms, named=True, given=True)
    if before.joined and (among := _of_the_sentence(reading, before)) is not None:
        return replace(scope, forms=among[0], rows=among[1], named=True, given=True)
    return scope if before.joined and _parallel(reading, before) else _this_one(scope, reading, before)


def _of_nothing(scope: Scope, reading: Reading, before: Before) -> Scope:
    """其中…, after an answer that found nothing: there is nothing among that, not all that there is."""
    found_none = before.meaning is not None and before.meaning.kind == "query"
    among = found_none and not (scope.unknown or scope.named) and _AMONG_THEM.match(reading.text)
    return replace(scope, forms=(), named=True, given=True) if among else scope


def _forms_alone(reading: Reading, before: Before) -> Before:
    """其中节能处的有哪些, 总分各是多少, after forms found by their indicators: the forms alone."""
    queries = before.meaning.queries if before.meaning is not None else ()
    grouped = bool(queries) and all(one.group == "form" and one.ask in ("list", "count") for one in queries)
    names = {m.name for m in reading.fields}
    states = cond.ROW_WORDS & reading.said.keys()
    of_rows = states or names & (cond.ROW_FIELDS | _WHY) or any(noun.name == "row" for noun in reading.nouns)
    return before if not grouped or of_rows or reading.levels else replace(before, rows=())


def _of_rows_shown(reading: Reading, before: Before) -> bool:
    """扣了几分, 按分值排, 效益的有几个, after a list of indicators, of one form or of many: of these."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if _parallel(reading, before):
        return False
    listed = len(before.rows) > 1 and all(one.of == "indicators" and not one.group for one in queries)
    told = reading.nouns or reading.bounds or reading.years or reading.quotes or reading.causes
    states = (cond.WORDS | _SCOPE_WORDS - {"yesno", "which"}) & reading.said.keys()
    names = {m.name for m in reading.fields}
    return listed and not (told or states or points_back(reading.text)) and names <= _OF_ROWS


def _listed_one(before: Before) -> bool:
    """Whether a list, or a number of records, was asked for and one form was found."""
    queries = before.meaning.queries if before.meaning is not None else ()
    return len(before.forms) == 1 == len(queries) and queries[0].ask in ("list", "count")


def one_of_many(scope: Scope, reading: Reading, before: Before) -> bool:
    """它扣在哪儿, after several forms that are alike: no telling which is meant."""
    named = scope.named or scope.given or scope.unknown
    return len(before.forms) > 1 and not named and _IT_ALONE.match(reading.text) is not None


_IT_ALONE = re.compile("(?:那么?)?(?:它(?![们俩])|(?:这|那|该)(?:个|张|份)(?:项目|表)(?!里))")


def _sums_up(reading: Reading) -> bool:
    """预算一共多少, right after a list: of what was listed."""
    whole = reading.levels or re.search("所有|全部|各|每", reading.text)
    sums = reading.says("sum", "mean", "median") or re.search("总体|整体", reading.text) is not None
    return sums and not whole


def _of_the_sentence(
    reading: Reading, before: Before
) -> tuple[tuple[int, ...] | None, tuple[RowId, ...]] | None:
    """What a later question of one sentence is about; None where nothing of the former narrows it."""
    if _EACH.search(reading.text) and (ranked := _ranked_among(before)) is not None:
        return ranked
    ranks = reading.says("top", "top_n", "nth", "last_n")
    if reading.says("last_n") and before.reading.says("top_n"):
        return None
    if _parallel(reading, before) or (len(before.forms) < 2 and ranks):
        return None
    return before.forms, before.rows


def _this_one(scope: Scope, reading: Reading, before: Before) -> Scope:
    """它…, 这条…: the one form, or row, that the last answer showed."""
    alone = len(before.forms) == 1 and (
        not _MANY.search(reading.text) or _asks_rows(reading) or _WHOSE.match(reading.text)
    )
    if alone or (_THIS.search(reading.text) and len(before.forms) == 1):
        this = re.search("[这那]一?[条项]", reading.text) is not None
        of_row = len(before.rows) == 1 and (this or not any(n.name == "row" for n in reading.nouns))
        return replace(scope, forms=before.forms, rows=before.rows if of_row else (), named=True)
    return scope
