"""Which records a question is about that follows on another one: those that were shown, or its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.planning.before import Before
from assistant.asking.planning.following.turn_words import means_all, names_records
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.said_again import finds_an_office
from assistant.asking.reading import conditions as cond
from assistant.asking.reading.matching import RowId
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.scope import Scope
from assistant.asking.records.fields import FIELDS

SCOPE_WORDS = frozenset(("year_last", "year_now", "year_next", "year_before", "year_after", "yesno", "which"))


WHY = frozenset(("reason_text", "measure_text"))
_OF_ROWS = cond.ROW_FIELDS | WHY | {"score", "lost"}
"""What may be asked of indicators and of their form, and is asked of these where they were listed."""


OF_THESE = re.compile(
    "其中|[这那](?:里头|里面|当中|里边)|(?:刚才|刚刚|上面|前面)(?:那|这|列|说|提到|给)?的?(?:几|些|[两三四五六七八九])?[个张条项些]?"
    "|^(?:只|光|就|仅)(?:看|要|算)|的那[个条张项](?!项目|指标|表|处)|^[0-9两二三四五六七八九十]+[个张家条项](?:表|项目|指标|单位)?(?:的|加|合|一共|总共|总计|平均)"
    "|^(?:都|分别)?(?:是|有)哪(?:几|些)[条个张项]?(?:指标|表|项目)?$|^分别|^各自|这些|那些|它们|他们|里面|(?<![一-龥])里[头边]|上述|以上这|[这那](?:几|[0-9]+|[两二三四五六七八九十]+)[个张条项笔]|当中"
)
_OF_ALL_THESE = re.compile(
    "^(?:[这那]是?)?(?:一共|总共|共)?[有报交填]?了?(?:几|多少)[张个条项份](?:自评表|表|项目|指标)?$|^(?:都|合计|一共|总共|加起来|平均)|都是(?:多少|几|什么)"
)
"""一共多少, 都是多少: of a set that was shown, not of a single one."""


_AMONG_THEM = re.compile(
    "其中|(?:那么?)?(?:都|各自?|分别|为什么|为何|什么原因)|[这那](?:里头|里面|当中|里边)|这些|那些|它们|里面|里[头边]"
)
"""Of what the last answer showed, be it nothing."""


_EACH = re.compile("各|分别")


_OF_EACH = re.compile(
    "(?<!各)(?:分别|各自?)(?:都)?(?:是|为|有|(?:扣|丢|花|用|得|拿|完成|执行|剩|收|打)[了掉到去]*)?(?:多少|几)[^,;]{0,2}$"
)
"""执行率分别是多少, right after a list."""


_FRAGMENT = re.compile("(?:那么?)?(?:哪个|哪些|哪几个|哪条|哪项|谁|按|从[高低大小])[^,;]{2,12}$")
"""哪个预算最多, 按扣分从高到低排, right after a list: of what was listed."""


_WHY_THOSE = re.compile(
    "(?:那么?)?(?:都|分别|各)?(?:是)?(?:什么|啥)的?原因|(?:偏差)?原因(?:都|分别|各)?(?:是)?(?:什么|啥)?呢?"
    "|为(?:什么|何|啥)(?:都)?(?:没有?|未能?)?(?:完成|达标|达到|做到|扣分)?(?:目标)?呢?"
)
"""什么原因, right after rows: of these rows."""


_WHOLE = re.compile("所有|全部|全[厅局区县市]|每|各(?![项条])")


_MANY = re.compile("哪|所有|全部|每|各|几张|一共|总共|最|排|平均|项目有")


_ITS_SUM = re.compile("一共|总共|总计|合计")
_MANY_FORMS = re.compile("哪|所有|全部|全[厅局区县市]|每|各|几张|最|(?<!安)排|平均")


_WHOSE = re.compile("(?:是|属于|归|由)?(?:哪个?|什么)(?:处室?|单位|部门)(?:的|负责|实施|管)?$|(?:是|归|由)谁")


_THIS = re.compile(
    "[这那]一?[条项张]|它的?|该(?:项目|表|指标)|这(?:个|张|条)(?:项目|表|指标|处室)?|那(?:个|张|条)(?:项目|表|指标)"
)


_THIS_FORM = re.compile("(?:[这那该本]|同一?)一?(?:个|张|份)?(?:项目|表)(?!格)")
_THOSE_FORMS = re.compile("[这那](?:些|几[个张份]?|[0-9两二三四五六七八九十]+[个张份])(?:项目|专项|表)")
"""这些项目预算一共多少, after indicators: of their forms."""


def points_back(text: str) -> bool:
    """Whether 它, 这些 or 其中 means what the last answer showed."""
    return _THIS.search(text) is not None or OF_THESE.search(text) is not None


def means_these(text: str, before: Before) -> bool:
    """Whether the records shown are meant, all of them or those of one name."""
    return bool(OF_THESE.search(text) or (before.several and _OF_ALL_THESE.search(text)))


def _ranked_among(before: Before) -> tuple[tuple[int, ...] | None, tuple[RowId, ...]] | None:
    """What the last question picked the first of: 各是多少 is asked of all of them; None where it is all."""
    query = before.meaning.queries[0] if before.meaning and before.meaning.queries else None
    if query is None or query.ask != "top" or query.limit != 1 or not (query.rows or query.forms):
        return None
    return query.forms, query.rows or ()


def parallel(reading: Reading, before: Before) -> bool:
    """产出指标多少条, 效益指标多少条: the same asked of another kind, not of what was shown."""
    kinds = [{m.name for m in one.levels} for one in (reading, before.reading)]
    return all(kinds) and not kinds[0] & kinds[1] and not OF_THESE.search(reading.text)


_LIES_IN = re.compile("(?:扣|丢|失|差|少|输|出)在了?哪(?:些|几)[条个项]?指标")
"""扣在哪些指标上: where the points of what was shown went."""


def _asks_rows(reading: Reading) -> bool:
    """扣在哪条指标上了, 产出指标一共几分: of the rows of one form; 没拿满分的指标有哪些 is of all."""
    names = {noun.name for noun in reading.nouns} | {"row" for _ in reading.levels}
    own = all("哪些" in said and "指标" in said for said in (reading.text, reading.typed))
    own = own and _LIES_IN.search(reading.text) is None
    return "row" in names and not (own or names & {"form", "unit"} or _WHOLE.search(reading.text))


def narrowed(scope: Scope, reading: Reading, before: Before) -> Scope:
    """其中…: only what the last answer showed; so too where a question names no records of its own."""
    if scope.unknown or not before.forms:
        return _of_nothing(scope, reading, before)
    before = _forms_alone(reading, before)
    these = means_these(reading.text, before)
    if scope.named and (scope.forms or scope.rows) and these:
        named = scope.forms or tuple(dict.fromkeys(form for form, _ in scope.rows))
        rows = _among(scope.rows, before) or tuple(row for row in before.rows if row[0] in named)
        forms = tuple(number for number in before.forms if number in named)
        return replace(scope, forms=forms, rows=rows, given=True)
    if scope.named:
        return _in_this_form(scope, reading, before)
    if scope.without and len(before.forms) > 1:
        return replace(scope, forms=before.forms, rows=before.rows, given=True)
    listed_one = _listed_one(before) and not reading.nouns and _sums_up(reading)
    why = len(before.rows) > 1 and _WHY_THOSE.fullmatch(reading.text) is not None
    if these or listed_one or why or names_none(reading, before) or of_rows_shown(reading, before):
        return replace(scope, forms=before.forms, rows=before.rows, named=True, given=True)
    if finds_an_office(before.meaning) and not _WHOLE.search(reading.text) and not reading.says("which_unit"):
        return replace(scope, forms=before.forms, named=True, given=True)
    if before.joined and (among := _of_the_sentence(reading, before)) is not None:
        return replace(scope, forms=among[0], rows=among[1], named=True, given=True)
    return scope if before.joined and parallel(reading, before) else _this_one(scope, reading, before)


def _among(rows: Sequence[RowId], before: Before) -> tuple[RowId, ...]:
    """Of the rows that are named those that the last answer showed, or those of its forms."""
    shown = tuple(row for row in rows if row in before.rows)
    return shown if before.rows else tuple(row for row in rows if row[0] in before.forms)


def _in_this_form(scope: Scope, reading: Reading, before: Before) -> Scope:
    """这张表里哪些指标的原因提到疫情: of the rows that are named those of the one form that was shown."""
    rows = tuple(row for row in scope.rows if row[0] in before.forms)
    this = _THIS_FORM.search(reading.text) is not None and len(before.forms) == 1
    return replace(scope, forms=before.forms, rows=rows, given=True) if this and rows else scope


def names_none(reading: Reading, before: Before) -> bool:
    """没写原因的是哪几条, 预算最大的呢, 执行率分别是多少: said of records that only the last answer names."""
    names = names_records(reading) and not _picks_one(reading, before)
    if not before.several or names or means_all(reading.text) or reading.years:
        return False
    if reading.levels or (before.joined and not _sums_up(reading) and not _FRAGMENT.match(reading.text)):
        return _OF_EACH.search(reading.text) is not None
    return not set(reading.loose) - _LOOSE


_WHICH_ONE = re.compile("的是哪(?:一)?[个张条项](?:项目|专项|表|指标)(?:的)?$")
_RANKS = ("top", "top_n", "nth", "last_n")


def _picks_one(reading: Reading, before: Before) -> bool:
    """填成日期的是哪张表, after a list: which one of those, as a condition tells it."""
    listed = before.query is not None and before.query.ask in ("list", "count", "cells")
    return listed and _WHICH_ONE.search(reading.text) is not None and not reading.says(*_RANKS)


_LOOSE = frozenset("行俩面得了上中里下看出只光")
"""Single characters that nothing took and that change nothing."""


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
    of_rows = states or names & (cond.ROW_FIELDS | WHY) or any(noun.name == "row" for noun in reading.nouns)
    alone = grouped or _THOSE_FORMS.search(reading.text) is not None
    return before if not alone or of_rows or reading.levels else replace(before, rows=())


def of_rows_shown(reading: Reading, before: Before) -> bool:
    """扣了几分, 按分值排, 效益的有几个, after a list of indicators, of one form or of many: of these."""
    queries = before.meaning.queries if before.meaning is not None else ()
    if parallel(reading, before):
        return False
    listed = len(before.rows) > 1 and all(one.of == "indicators" and not one.group for one in queries)
    told = reading.nouns or reading.bounds or reading.years or reading.quotes or reading.causes
    states = (cond.WORDS | SCOPE_WORDS - {"yesno", "which"}) & reading.said.keys()
    names = {m.name for m in reading.fields}
    return listed and not (told or states or points_back(reading.text)) and names <= _OF_ROWS


def _listed_one(before: Before) -> bool:
    """Whether a list, or a number of records, was asked for and one form was found."""
    queries = before.meaning.queries if before.meaning is not None else ()
    return len(before.forms) == 1 == len(queries) and queries[0].ask in ("list", "count")


def cannot_be_tied(scope: Scope, reading: Reading, before: Before) -> Meaning | None:
    """它扣在哪儿 after several forms that are alike, 其中… after none: no telling which are meant."""
    if not before.forms and not scope.given and OF_THESE.search(reading.text):
        return Meaning(kind="unclear", reason="上一问没有查到可以接着问的表或指标")
    named = scope.named or scope.given or scope.unknown
    alike = len(before.forms) > 1 and not named and _IT_ALONE.match(reading.text) is not None
    return Meaning(kind="unclear", reason="它") if alike else None


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
    if parallel(reading, before) or (len(before.forms) < 2 and ranks):
        return None
    return before.forms, before.rows


def _its_amount(reading: Reading, before: Before) -> bool:
    """总共花了多少万, after one form: what that one spent in all."""
    amounts = {cond.field_of(m.name, "forms") for m in reading.fields} & FIELDS["forms"].keys()
    whole = _MANY_FORMS.search(reading.text) or reading.nouns or reading.years or reading.bounds
    return bool(amounts and _ITS_SUM.search(reading.text)) and not (whole or before.joined)


def _this_one(scope: Scope, reading: Reading, before: Before) -> Scope:
    """它…, 这条…: the one form, or row, that the last answer showed."""
    alone = len(before.forms) == 1 and (
        not _MANY.search(reading.text)
        or _asks_rows(reading)
        or _WHOSE.match(reading.text)
        or _its_amount(reading, before)
    )
    if alone or (_THIS.search(reading.text) and len(before.forms) == 1):
        this = re.search("[这那]一?[条项]", reading.text) is not None
        of_row = len(before.rows) == 1 and (this or not any(n.name == "row" for n in reading.nouns))
        return replace(scope, forms=before.forms, rows=before.rows if of_row else (), named=True)
    return scope
