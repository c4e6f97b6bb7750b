"""A question in words -> a query, without a model: known words, numbers, and names by retrieval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from assistant.asking.language.mistyped import without_wish
from assistant.asking.planning import cells, kinds, plan
from assistant.asking.planning.asked import Asked
from assistant.asking.planning.comparison import as_comparison
from assistant.asking.planning.covered import left_out
from assistant.asking.planning.fund_rows import as_fund_rows
from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.planning.passed_over import reads_so
from assistant.asking.planning.places import as_place
from assistant.asking.planning.shares import as_share
from assistant.asking.planning.side_by_side import as_side_by_side
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.reading import read
from assistant.asking.reading.respelt import respelt
from assistant.asking.reading.scope import Scope, scope_of
from assistant.asking.reading.years import said_of_years
from assistant.asking.records.fields import FIELDS
from assistant.asking.records.query import Condition, Query
from assistant.form.numerals import number_of
from assistant.form.units import is_money

_ATTEMPTS: tuple[Callable[[Asked], Meaning | None], ...] = (
    as_place,
    as_fund_rows,
    kinds.as_where_lost,
    kinds.as_arithmetic,
    kinds.as_sum_against_cell,
    kinds.as_check,
    kinds.as_findings,
    kinds.as_prose,
    as_side_by_side,
    as_share,
    as_comparison,
    plan.as_plan,
    cells.as_cells,
)
"""From the most to the least special; the first that fits is the meaning."""
_SCOPE_WORDS = frozenset(
    ("year_last", "year_now", "year_next", "year_before", "year_after", "yesno", "which")
)
_MOST_CHOICES = 8
_WHY = frozenset(("reason_text", "measure_text"))
_OTHER_SCOPE = re.compile("^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计))|呢$")
_OF_THESE = re.compile(
    "其中|^(?:只|光|就|仅)(?:看|要|算)|^那?(?:一共|总共|共)?有?(?:几|多少)[张个条项](?:表|项目|指标)?$|的那[个条张项](?!项目|指标|表|处)|^(?:都|合计|一共|总共|加起来|平均)|都是(?:多少|几|什么)|^分别|^各自|这些|那些|它们|他们|里面|上述|以上这|[这那](?:几|[0-9]+|[两二三四五六七八九十]+)[个张条项]|当中"
)
_EACH = re.compile("各|分别")
_SHOULD = re.compile(
    "^(?:那么?)?(?:正确|对)的?(?:数|值|结果|分数|得分|执行率)?(?:应该?|应当|是|为)|^(?:那么?)?(?:应该?|应当)(?:是|为|填|得)(?:多少|几|什么)"
)
_COUNTER = re.compile("(?:多少|几)([条项])|([条项])数")
"""几条 is answered in 条."""
_OTHER_END = re.compile(
    "那?(?:第(?P<n>[二三四五六七八九十])(?:名|个|位)?的?|(?P<end>最[高低多少大小好差]的?))(?:又)?(?:呢|是(?:谁|哪个|哪[张条]|哪个项目))?[?？]?"
)
"""第二名呢, 最低的呢, after a superlative."""
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


@dataclass(frozen=True)
class Before:
    """The last turn: its reading, and the forms and rows of its answer.

    ``joined``: it was asked in the same sentence.
    """

    reading: Reading
    forms: tuple[int, ...] = ()
    rows: tuple[RowId, ...] = ()
    meaning: Meaning | None = None
    joined: bool = False


@dataclass(frozen=True)
class Understood:
    """A meaning with the reading that led to it, for a question that follows on it."""

    meaning: Meaning
    reading: Reading


def understand(
    question: str, entities: Entities, *, year: int | None = None, before: Before | None = None
) -> Understood:
    """What ``question`` asks; ``before`` is the last turn, ``year`` the latest year of the library."""
    understood = _understood(question, entities, year, before)
    if understood.meaning.kind in ("query", "unclear") or not understood.reading.phrases:
        return understood
    mended = respelt([m.text for m in understood.reading.phrases], entities)
    text = understood.reading.text
    for typed, meant in mended:
        text = text.replace(typed, meant)
    again = _understood(text, entities, year, before) if mended else understood
    if again.meaning.kind != "query":
        return understood
    notes = tuple(f"“{typed}”按“{meant}”理解" for typed, meant in mended)
    meaning = again.meaning.model_copy(update={"notes": (*notes, *again.meaning.notes)})
    return Understood(meaning, again.reading)


def _understood(question: str, entities: Entities, year: int | None, before: Before | None) -> Understood:
    question = without_wish(question)
    if before is not None and (named := _by_place(question, before)) is not None:
        question, before = named
    reading = read(question, entities)
    if before is not None:
        reading = _carried(reading, before, entities)
    if before is not None and (corrected := _corrected(reading, before)) is not None:
        return Understood(corrected, reading)
    scope = scope_of(reading, entities, year)
    if before is not None:
        scope = _narrowed(scope, reading, before)
    try:
        meaning = _meaning(Asked(reading, scope, entities))
        notice = said_of_years(reading, entities, year, scope.forms)
        return Understood(meaning.model_copy(update={"notice": notice}) if notice else meaning, reading)
    except ValidationError:
        # A word for a field that this sort of record does not have: the question was not understood.
        return Understood(Meaning(kind="unclear"), reading)


def _meaning(asked: Asked) -> Meaning:
    scope = asked.scope
    if asked.says("opinion"):
        return Meaning(kind="nothing", reason="看法、建议这类内容，只能按表中填写的事实回答")
    if scope.missing_year is not None:
        return Meaning(kind="nothing", reason=f"{scope.missing_year}年的表")
    if scope.suggested and len(scope.words[0]) > 2:
        return _asked_back(asked)
    if scope.unknown:
        return Meaning(kind="nothing", reason=f"“{scope.unknown}”")
    if asked.says("foreign") and not _is_in_a_name(asked):
        return Meaning(kind="nothing", reason=f"“{asked.reading.said['foreign'].text}”这类信息")
    for attempt in _ATTEMPTS:
        meaning = attempt(asked)
        if meaning is not None:
            return _whole(meaning, asked)
    return Meaning(kind="unclear")


def _asked_back(asked: Asked) -> Meaning:
    """葡萄洒项目: the projects that may be meant, each with the question on it."""
    choices = []
    for number in asked.scope.suggested[:_MOST_CHOICES]:
        name = asked.entities.by_number[number].form.project_name
        question = asked.reading.text.replace(asked.scope.words[0], f"{number}号表", 1)
        choices.append(Choice(label=name, question=question))
    return Meaning(kind="choose", choices=tuple(choices))


def _corrected(reading: Reading, before: Before) -> Meaning | None:
    """正确的应该是多少, after findings or a check: the same with what it should be."""
    if before.meaning is None or not _SHOULD.search(reading.text) or reading.offices:
        return None
    queries = before.meaning.queries
    if not queries or not (queries[0].of == "findings" or queries[0].ask == "check"):
        return None
    return before.meaning


def _whole(meaning: Meaning, asked: Asked) -> Meaning:
    """The meaning where it uses all that is said, else that it does not."""
    if meaning.kind != "query":
        return meaning
    missing = left_out(meaning, asked)
    if missing or not _uses_numbers(meaning, asked):
        return Meaning(kind="unclear", reason=missing)
    counted = _COUNTER.search(asked.reading.text)
    counter = (counted[1] or counted[2]) if counted else ""
    queries = tuple(
        query.model_copy(update={"counter": counter})
        if query.of == "indicators" or _counts_rows(query)
        else query
        for query in meaning.queries
    )
    return meaning.model_copy(update={"queries": queries, "notes": (*asked.reading.notes, *meaning.notes)})


def _counts_rows(query: Query) -> bool:
    return query.order is not None and query.order.field == "indicator_count"


def _is_in_a_name(asked: Asked) -> bool:
    """审计 in 企业审计核查, which an indicator is about."""
    said = asked.reading.said["foreign"]
    inside = any(
        p.start <= said.start and said.end <= p.end and len(p.text) > len(said.text)
        for p in asked.reading.phrases
    )
    return inside and bool(asked.scope.rows)


def _uses_numbers(meaning: Meaning, asked: Asked) -> bool:
    """A number with a comparison that no query uses means that the question was not understood."""
    used = [c.number for query in meaning.queries for c in _all_conditions(query)]
    prose = any(query.ask in ("quote", "how") for query in meaning.queries)
    return (
        prose
        or meaning.kind != "query"
        or all(
            bound.number in used or reads_so(bound.number, asked)
            for bound in asked.reading.bounds
            if bound.signed
        )
        or (meaning.queries[0].ask == "check" and all(b.op == "eq" for b in asked.reading.bounds if b.signed))
        or (asked.says("sum") and asked.says("yesno") and all(b.op == "eq" for b in asked.reading.bounds))
    )


def _all_conditions(query: Query) -> list[Condition]:
    inner = [c for one in (*query.within, *query.lacking) for c in _all_conditions(one)]
    return [*query.conditions(), *query.having, *inner]


def _by_place(question: str, before: Before) -> tuple[str, Before] | None:
    """排第二的那个…, after a list: the question without these words, and only that one of the list."""
    if (again := _OTHER_END.fullmatch(question)) and (top := before.reading.said.get("top")) is not None:
        place = f"第{again['n']}{top.text.removeprefix('最')[:1]}的" if again["n"] else again["end"]
        text = before.reading.text
        return f"{text[: top.start]}{place}{text[top.end :]}", replace(before, forms=(), rows=())
    said = _PLACE.match(question)
    listed = [(form, 0) for form in before.forms] if len(before.rows) < 2 else list(before.rows)
    if said is None or len(listed) < 2:
        return None
    number = number_of(said["n"]) if said["n"] else None
    at = -1 if said["last"] else int(number) - 1 if number is not None else 0
    if at >= len(listed) or not question[said.end() :]:
        return None
    form, row = listed[at]
    only = replace(before, forms=(form,), rows=((form, row),) if row else (), joined=True)
    return f"它{question[said.end() :]}", only


def _carried(reading: Reading, before: Before, entities: Entities) -> Reading:
    """那去年呢, 那人事处呢: the last question with another scope; 那执行率呢: another field of the same."""
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
    aside = reading.says("except") and not (reading.bounds or not unnamed)
    bare = f"{_SCOPE_ONLY.sub('', reading.text)},{old.text}" if aside else _of_old_field(reading, before)
    if bare is not None:
        return read(bare, entities)
    if not why and not _OTHER_SCOPE.search(reading.text):
        return reading
    if not (reading.fields or reading.levels or reading.bounds or set(reading.said) - _SCOPE_WORDS):
        return _over_other_scope(reading, old, entities)
    if not (reading.offices or reading.phrases or reading.numbers or reading.years):
        said = reading.said if reading.fields or reading.levels else {**old.said, **reading.said}
        return replace(
            reading, said=said, offices=old.offices, phrases=old.phrases, numbers=old.numbers, years=old.years
        )
    return reading


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


def _with_field(reading: Reading, old: Reading, entities: Entities) -> Reading:
    """这三个加起来多少: of what the last question ranked or compared by; an amount of money is a budget."""
    money = any(is_money(bound.unit) for bound in old.bounds)
    said = old.fields[-1].text if old.fields else "预算" if money else ""
    if not said:
        return reading
    mark = next(reading.said[name] for name in ("sum", "mean", "median") if reading.says(name))
    text = f"{reading.text[: mark.start]}的{said}{reading.text[mark.start :]}"
    return read(text, entities)


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


def _in_its_place(reading: Reading, old: Reading) -> str | None:
    """那离退休处呢: the last question with the one thing it named exchanged; None where there are more."""
    named = [
        [(a, b) for a, b, _ in one.offices] + [(m.start, m.end) for m in one.phrases]
        for one in (old, reading)
    ]
    whole = any(one.years or one.numbers or one.quotes or one.causes for one in (old, reading))
    if whole or len(named[0]) != 1 or len(named[1]) != 1:
        return None
    (start, end), (first, last) = named[0][0], named[1][0]
    return f"{old.text[:start]}{reading.text[first:last]}{old.text[end:]}"


_SCOPE_ONLY = re.compile("^(?:那么?|换成|改成|换|[只光就仅](?:看|要|算|说|统计))(?:一下)?|(?:的|呢)+$")


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
    return (
        bool(one)
        and "row" in names
        and not names & {"form", "unit"}
        and not re.search("所有|全部|各|每", reading.text)
    )


def _narrowed(scope: Scope, reading: Reading, before: Before) -> Scope:
    """其中…: only what the last answer showed."""
    if scope.unknown or not before.forms:
        return scope
    if scope.named and scope.forms and _OF_THESE.search(reading.text):
        rows = tuple(row for row in before.rows if row[0] in scope.forms)
        forms = tuple(number for number in before.forms if number in scope.forms)
        return replace(scope, forms=forms, rows=rows, given=True)
    if scope.named:
        return scope
    if scope.without and len(before.forms) > 1:
        return replace(scope, forms=before.forms, rows=before.rows, given=True)
    fragment = len(before.forms) > 1 and not reading.nouns and _FRAGMENT.match(reading.text)
    if _OF_THESE.search(reading.text) or fragment:
        return replace(scope, forms=before.forms, rows=before.rows, named=True, given=True)
    if before.joined and (among := _of_the_sentence(reading, before)) is not None:
        return replace(scope, forms=among[0], rows=among[1], named=True, given=True)
    return scope if before.joined and _parallel(reading, before) else _this_one(scope, reading, before)


def _of_the_sentence(
    reading: Reading, before: Before
) -> tuple[tuple[int, ...] | None, tuple[RowId, ...]] | None:
    """What a later question of one sentence is about; None where nothing of the former narrows it."""
    if _EACH.search(reading.text) and (ranked := _ranked_among(before)) is not None:
        return ranked
    ranks = reading.says("top", "top_n", "nth", "last_n")
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
