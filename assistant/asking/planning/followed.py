"""A question that follows on another: what it carries over, and what of the last answer it means."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_again import (
    beyond_the_budget,
    end_of_ranked,
    with_difference,
    with_other_field,
)
from assistant.asking.planning.turn_words import means_all, names_records
from assistant.asking.reading.conditions import field_of
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


_OTHER_SCOPE = re.compile("^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩))|呢$")


_HOW_MUCH = re.compile("(?:是|有|又|又是)(?:多少|几|什么|啥|怎样|怎么样|如何)$")


_OF_THESE = re.compile(
    "其中|[这那](?:里头|里面|当中|里边)|(?:刚才|刚刚|上面|前面)(?:那|这|列|说|提到|给)?的?(?:几|些|[两三四五六七八九])?[个张条项些]?"
    "|^(?:只|光|就|仅)(?:看|要|算)|的那[个条张项](?!项目|指标|表|处)|^[0-9两二三四五六七八九十]+[个张家条项](?:表|项目|指标|单位)?(?:的|加|合|一共|总共|总计|平均)"
    "|^(?:都|分别)?(?:是|有)哪(?:几|些)[条个张项]?(?:指标|表|项目)?$|^分别|^各自|这些|那些|它们|他们|里面|上述|以上这|[这那](?:几|[0-9]+|[两二三四五六七八九十]+)[个张条项]|当中"
)
_OF_ALL_THESE = re.compile(
    "^(?:[这那]是?)?(?:一共|总共|共)?有?(?:几|多少)[张个条项](?:表|项目|指标)?$|^(?:都|合计|一共|总共|加起来|平均)|都是(?:多少|几|什么)"
)
"""一共多少, 都是多少: of a set that was shown, not of a single one."""


_EACH = re.compile("各|分别")


_WHICH_ONES = re.compile("(?:那么?)?(?:都|分别|具体)?(?:是|有)?哪(?:几个?|些)")
"""是哪几个, right after their number."""


_OF_EACH = re.compile(
    "(?<!各)(?:分别|各自?)(?:都)?(?:是|为|有|(?:扣|丢|花|用|得|拿|完成|执行|剩|收|打)[了掉到去]*)?(?:多少|几)[^,;]{0,2}$"
)
"""执行率分别是多少, right after a list."""


_SHOULD = re.compile(
    "^(?:那么?)?(?:按照?|照)(?:各项|分项|各指标|明细)的?(?:得分|分数)?(?:加起来|相加|合计|汇总|加总|算)*(?:应该?|应当)?(?:是|为|得|填)?(?:多少|几)"
    "|^(?:那么?)?(?:正确|对)的?(?:数|值|结果|分数|得分|执行率)?(?:应该?|应当|是|为)|^(?:那么?)?(?:应该?|应当)(?:是|为|填|得)(?:多少|几|什么)"
)


_BY_RULE = frozenset(("rule_score", "total_rule", "exec_score_rule"))


_PLACE = re.compile(
    "(?:那么?|其中|这里面)?(?:排(?:名|在)?)?(?:第(?P<n>[0-9一二两三四五六七八九十]+)(?:名|位|个|张|条|项)?|(?P<first>头一?个|打头的|排头的)|(?P<last>最后(?:一个|那个|一名)|末尾那个|垫底的?))"
    "(?![高低大小多少])(?:的)?(?:那个|那张|那条|那项|项目|表)?(?:的)?(?:,)?"
)
"""排第二的那个, 第三名, 最后一个: one of what was listed."""


_FRAGMENT = re.compile("(?:那么?)?(?:哪个|哪些|哪几个|哪条|哪项|谁|按|从[高低大小])[^,;]{2,12}$")
"""哪个预算最多, 按扣分从高到低排, right after a list: of what was listed."""


_MANY = re.compile("哪|所有|全部|每|各|几张|一共|总共|最|排|平均|项目有")


_WHOSE = re.compile("(?:是|属于|归|由)?(?:哪个?|什么)(?:处室?|单位|部门)(?:的|负责|实施|管)?$|(?:是|归|由)谁")


_THIS = re.compile(
    "[这那]一?[条项张]|它的?|该(?:项目|表|指标)|这(?:个|张|条)(?:项目|表|指标|处室)?|那(?:个|张|条)(?:项目|表|指标)"
)


def points_back(text: str) -> bool:
    """Whether 它, 这些 or 其中 means what the last answer showed."""
    return _THIS.search(text) is not None or _OF_THESE.search(text) is not None


def _means_these(text: str, before: Before) -> bool:
    """Whether the records shown are meant, all of them or those of one name."""
    return bool(_OF_THESE.search(text) or (before.several and _OF_ALL_THESE.search(text)))


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
    listed = [(form, 0) for form in before.forms] if len(before.rows) < 2 else list(before.rows)
    if len(listed) < 2 or (picked := _picked(question, before, entities)) is None:
        return None
    if picked[0] >= len(listed):
        return f"其中{picked[1]}", replace(before, forms=(), rows=())
    form, row = listed[picked[0]]
    only = replace(before, forms=(form,), rows=((form, row),) if row else (), joined=True)
    return f"它{picked[1].removesuffix('呢')}", only


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
    return _carried(reading, before, entities)


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
    if (ranked := _by_its_field(reading, before)) is not None:
        return read(ranked, entities)
    again = _other_kind(reading, old) or _by_office(reading, old) or with_other_field(reading, old)
    if (again := again or with_difference(reading, before.meaning)) is not None:
        return read(again, entities)
    bare = _left_aside(reading, old) or _of_old_field(reading, before)
    if bare is not None:
        return read(bare, entities)
    if not why and not _OTHER_SCOPE.search(reading.text) and not _only_names(reading):
        return reading
    if not (reading.fields or reading.levels or reading.bounds or set(reading.said) - _SCOPE_WORDS):
        return _over_other_scope(reading, old, entities)
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
        or not _names_none(reading, before)
    ):
        return None
    if reading.fields or reading.names_something():
        return None
    at = next((m for m in ranks if m.name.startswith("top") or m.name == "last_n"), ranks[0]).start
    said = [m.text for m in before.reading.fields if field_of(m.name, query.of) == before.field]
    field = said[-1].removesuffix("是") if said else FIELDS[query.of][before.field].label
    return f"{reading.text[:at]}{field}{reading.text[at:]}"


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
    clause = re.split("[,;]", _SCOPE_ONLY.sub("", reading.text[mark.start :]))[0]
    beside = [noun for noun in reading.nouns if noun.start >= mark.start + len(clause)]
    return None if beside else f"{_SCOPE_ONLY.sub('', reading.text[: mark.start])}{clause},{old.text}"


def _with_field(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """这三个加起来多少: of what the last question ranked or compared by; an amount of money is a budget."""
    money = any(is_money(bound.unit) for bound in old.bounds)
    said = old.fields[-1].text if old.fields else "预算" if money else ""
    if not said:
        return reading
    mark = next(reading.said[name] for name in ("sum", "mean", "median") if reading.says(name))
    whose = reading.text[: mark.start] or "这些"
    return read(f"{whose}的{said}{reading.text[mark.start :]}", entities)


def _over_other_scope(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """只看无线电管理局的, after 偏差原因提到疫情的指标有哪些: that question, asked of these."""
    if (put_in := _in_its_place(reading, old)) is not None:
        return read(put_in, entities)
    whole = old.causes or old.marks or old.quotes or old.nouns
    if old.offices or old.phrases or old.numbers or old.years or reading.years or not whole:
        said = {**old.said, **reading.said}
        signed = [bound for bound in old.bounds if bound.signed]
        return replace(reading, said=said, fields=old.fields, levels=old.levels, bounds=signed)
    scope = _SCOPE_ONLY.sub("", reading.text)
    return read(f"{scope}的{old.text}", entities) if scope else reading


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


def _in_its_place(reading: Reading, old: Reading) -> str | None:
    """那离退休处呢: the last question with the one thing it named exchanged; None where there are more."""
    named = [
        [(a, b) for a, b, _ in one.offices] + [(m.start, m.end) for m in one.phrases]
        for one in (old, reading)
    ]
    whole = any(one.numbers or one.quotes or one.causes for one in (old, reading))
    if whole or reading.years or len(named[0]) != 1 or len(named[1]) != 1:
        return None
    (start, end), (first, last) = named[0][0], named[1][0]
    return f"{old.text[:start]}{reading.text[first:last]}{old.text[end:]}"


_SCOPE_ONLY = re.compile(
    "^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计|留|保留|列|剩)(?:下)?)(?:一下)?|(?:的|呢)+$"
)


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
    """扣在哪条指标上了: what is asked of one form, not of all."""
    names = {noun.name for noun in reading.nouns}
    one = re.search("哪(?:条|个|项|一|几)|在哪", reading.text) and "哪些" not in reading.text
    lost = re.match("(?:主要|都|是|被)*(?:扣|丢|失)(?:了|掉)?分?在哪", reading.text)
    return (
        bool(one or lost)
        and "row" in names
        and not names & {"form", "unit"}
        and not re.search("所有|全部|各|每", reading.text)
    )


def narrowed(scope: Scope, reading: Reading, before: Before) -> Scope:
    """其中…: only what the last answer showed; so too where a question names no records of its own."""
    if scope.unknown or not before.forms:
        return scope
    these = _means_these(reading.text, before)
    if scope.named and scope.forms and these:
        rows = tuple(row for row in before.rows if row[0] in scope.forms)
        forms = tuple(number for number in before.forms if number in scope.forms)
        return replace(scope, forms=forms, rows=rows, given=True)
    if scope.named:
        return scope
    if scope.without and len(before.forms) > 1:
        return replace(scope, forms=before.forms, rows=before.rows, given=True)
    if these or _names_none(reading, before):
        return replace(scope, forms=before.forms, rows=before.rows, named=True, given=True)
    if before.joined and (among := _of_the_sentence(reading, before)) is not None:
        return replace(scope, forms=among[0], rows=among[1], named=True, given=True)
    return scope if before.joined and _parallel(reading, before) else _this_one(scope, reading, before)


def _names_none(reading: Reading, before: Before) -> bool:
    """没写原因的是哪几条, 预算最大的呢, 执行率分别是多少: said of records that only the last answer names."""
    if not before.several or names_records(reading) or means_all(reading.text) or reading.years:
        return False
    if reading.levels or (before.joined and not _sums_up(reading) and not _FRAGMENT.match(reading.text)):
        return _OF_EACH.search(reading.text) is not None
    return not set(reading.loose) - _LOOSE


_LOOSE = frozenset("行俩面得了上中里下看出只光")
"""Single characters that nothing took and that change nothing."""


def cannot_be_tied(scope: Scope, reading: Reading, before: Before) -> Meaning | None:
    """它扣在哪儿 after several forms that are alike, 其中… after none: no telling which are meant."""
    if not before.forms and _OF_THESE.search(reading.text):
        return Meaning(kind="unclear", reason="上一问没有查到可以接着问的表或指标")
    named = scope.named or scope.given or scope.unknown
    alike = len(before.forms) > 1 and not named and _IT_ALONE.match(reading.text) is not None
    return Meaning(kind="unclear", reason="它") if alike else None


_IT_ALONE = re.compile("(?:那么?)?(?:它(?![们俩])|(?:这|那|该)(?:个|张|份)(?:项目|表)(?!里))")


def _sums_up(reading: Reading) -> bool:
    """预算一共多少, right after a list: of what was listed."""
    whole = reading.levels or re.search("所有|全部|各|每|总体|整体", reading.text)
    return reading.says("sum", "mean", "median") and not whole


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
