"""In which years something was so: 哪年没达标, 哪几年总分低于95分, 三年都完成了吗."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.language.frames import plain_text
from assistant.asking.planning.before import Before
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.present import asks, sort_asked
from assistant.asking.planning.year_words import WHICH_MORE, WHOLE_TIME, years_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.reading.same_project import SameProjects
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_LEAST = 2
_WHICH = re.compile("(?:有没有|有无|其中|那么?|又)?(?:是|在|有)?哪(?:一|几|些)?个?年(?:度|份)?(?:里|时)?")
_ONE_ALONE = re.compile("(?:就|仅|也)?只有?一年")
"""只有一年没完成,是哪年."""
_OF_ITS_YEAR = re.compile("(?:当年度?|那年|年度|全年|预期)的?(?=目标|任务|指标值)")
_MUCH = "(?:多少|几)[一-龥%]{0,3}"
_BESIDE: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("actual",),
        re.compile(
            f"(?:当年|那年|那一年)?(?:实际|最后|只|才|又)*(?:到|达到|达|完成|做到|做|干|是|值|为|有)*了?{_MUCH}"
        ),
    ),
    (("target",), re.compile(f"(?:当年|那年)?(?:的)?(?:目标|原定|原来?定)值?(?:定)?(?:的|是|了|为)*{_MUCH}")),
    (("lost",), re.compile("(?:当年|那年)?(?:各|又)?(?:被)?(?:扣|丢)了?(?:多少|几)分")),
    (("score",), re.compile("(?:当年|那年)?(?:各|又)?(?:得|拿|打)了?(?:多少|几)分")),
    (("gap",), re.compile(f"(?:还)?(?:相)?[差缺少]了?{_MUCH}")),
    (
        ("explanation",),
        re.compile(
            "(?:是|因为|又是)?(?:什么|啥|何)的?(?:偏差)?原因|(?:偏差)?原因(?:分别)?(?:是|写的)?(?:什么|啥|呢)?|为(?:什么|何|啥)[没未]?[一-龥]{0,4}|怎么(?:回事|没[一-龥]{0,4})"
        ),
    ),
)
"""What is asked of the years that are found, beside which they are."""
_WHETHER = re.compile("吗$|是不是|是否|没有$|了没$")
_EACH = re.compile("(?<!平)(?:全都|都|均)")
_DONE = (
    "(?:有|做|设立?|安排|实施|立项|申报|列入|出现|考核|搞|报|开展|启动)?(?:了|过)?"
    "(?:(?:自评)?表|项目|指标|预算)?的?(?:项目|指标)?"
)
_ONE_YEAR = "(?:哪一?个?年(?:度|份)?|什么时候)"
_FIRST = re.compile(
    f"(?:项目|指标)?(?:是|在|从|自|打)*{_ONE_YEAR}(?:才|就|开始|起|首次|第一次|最早)+{_DONE}"
    f"|(?:最早|首次|第一次|头一次|最先)(?:是|在|出现|安排|申报|列入|实施|设立|做|有)*{_ONE_YEAR}{_DONE}"
    f"|的?(?:最早|第一|头一?|首|起始|开始)(?:的)?(?:一)?(?:个)?年(?:份|度)?(?:是|在)+{_ONE_YEAR}"
)
_LAST = re.compile(
    f"(?:最后|最晚|最近)(?:一[次回])?(?:是|在|出现|安排|申报|列入|实施|做|有)*{_ONE_YEAR}{_DONE}"
    f"|的?(?:最后|最近|末)(?:的)?一?(?:个)?年(?:份|度)?(?:有|做)?(?:(?:自评)?表)?的?(?:是|在)+{_ONE_YEAR}|(?:做|搞|安排|实施)到了?{_ONE_YEAR}(?:为止)?"
)
"""从哪一年开始有, 最后一年是哪年."""
_EDGE = re.compile("^(?:的|,|是|在|那么?|其中)+|(?:的|,|是|呢|在)+$")


def which_years(text: str, entities: Entities, single: Single) -> Found | None:
    """The records of the years asked for, each with its year; None where no years are asked for."""
    found = _asked(text, entities)
    if found is None:
        return None
    condition, years, shown = found
    if condition and (rows := _rows(condition, years, shown, entities, single)) is not None:
        return rows
    return None if shown else _forms(text, years, entities, single)


def first_or_last_year(text: str, entities: Entities, single: Single) -> Found | None:
    """The first or the last year that has the project or the indicator named; None where neither is asked."""
    first = _FIRST.search(text)
    said = first or _LAST.search(text)
    if said is None or re.search("最[多少高低大小]|20[0-9]{2}", text):
        return None
    base = _EDGE.sub("", f"{text[: said.start()]}{text[said.end() :]}")
    same, years = SameProjects(entities), sorted(entities.years, reverse=first is None)
    for way in (f"{base}的表有哪些", f"{base}的完成值是多少") if base else ():
        meaning, reading = single(way)
        query = meaning.queries[0] if meaning.kind == "query" and len(meaning.queries) == 1 else None
        if query is None or query.ask not in ("list", "cells") or query.conditions() or query.within:
            continue
        own = [one for year in years if (one := _of_year(query, year, same, entities)) is not None]
        if own:
            return Meaning(queries=(own[0],), notes=_ends_with_library(own[0], years, entities)), reading
    return None


def _of_year(query: Query, year: int, same: SameProjects, entities: Entities) -> Query | None:
    """What one project or indicator, found in some years, is in this one; None where it is not."""
    rows, forms = query.rows or (), query.forms or ()
    first = min((form for form, _ in rows), default=min(forms, default=0))
    alone = Query(of=query.of, forms=None if rows else (first,), rows=rows[:1] or None, show=("year",))
    named = {*forms, *(form for form, _ in rows)}
    if not first or any(same.form_of(first, entities.by_number[form].year or 0) != form for form in named):
        return None
    return same.moved(alone, year)


def _ends_with_library(query: Query, years: Sequence[int], entities: Entities) -> tuple[str, ...]:
    """What is to be told where the year is the first or the last one of all."""
    form = (query.forms or tuple(form for form, _ in query.rows or ()))[0]
    alone = entities.by_number[form].year == years[0]
    return (f"库中{'最早' if years[0] < years[-1] else '最晚'}的表是{years[0]}年的",) if alone else ()


def years_of_the_last(
    question: str, entities: Entities, single: Single, before: Before | None
) -> Found | None:
    """哪一年没有达到目标, after an indicator or a project: its years; None where that is not asked."""
    asked = before.meaning.queries if before is not None and before.meaning is not None else ()
    found = _asked(plain_text(question), entities)
    if found is None or before is None or not asked:
        return None
    condition, years, shown = found
    same = SameProjects(entities)
    moved = [same.moved(query, year) for query in asked for year in sorted(years)]
    known = [query for query in moved if query is not None]
    if len({query.of for query in asked}) > 1 or not known:
        return None
    rows = tuple(dict.fromkeys(row for query in known for row in query.rows or ()))
    forms = tuple(dict.fromkeys(form for query in known for form in query.forms or ()))
    meaning, _ = single(f"{condition}的{'指标' if rows else '项目'}有哪些")
    query = meaning.queries[0] if meaning.kind == "query" and len(meaning.queries) == 1 else None
    plain = Query(of=asked[0].of, where=query.where if query is not None else ())
    if query is None or not query.where or query.of != plain.of or query.rows or query.forms or query.within:
        return None
    if rows:
        return Meaning(queries=(_told(plain.model_copy(update={"rows": rows}), shown),)), before.reading
    return Meaning(queries=(plain.model_copy(update={"forms": forms, "show": ("year",)}),)), before.reading


def whether_in_all_years(text: str, entities: Entities, single: Single) -> Found | None:
    """三年都达标了吗, of what is named: asked of the records of all these years; None where it is not."""
    years, rest = years_of(text, entities.years)
    asked = _WHETHER.search(text) and WHOLE_TIME.search(text) and not re.search("哪|几|多少", text)
    of_rows = sort_asked(text) == "indicators"
    if not asked or of_rows or len(years) < _LEAST or not _EACH.search(rest):
        return None
    meaning, reading = single(_EDGE.sub("", rest))
    query = meaning.queries[0] if len(meaning.queries) == 1 else None
    if meaning.kind != "query" or query is None or query.ask != "yesno":
        return None
    kept = SameProjects(entities).over(query, years, rest)
    return (meaning.model_copy(update={"queries": (kept,)}), reading) if kept is not None else None


def _asked(text: str, entities: Entities) -> tuple[str, tuple[int, ...], tuple[str, ...]] | None:
    """The condition with its subject, the years that count, and the fields asked beside."""
    if _WHICH.search(text) is None or re.search("最|20[0-9]{2}", text) or WHICH_MORE.search(text):
        return None
    years, rest = years_of(text, entities.years)
    clauses = _OF_ITS_YEAR.sub("", _ONE_ALONE.sub("", rest or text)).split(",")
    shown: list[str] = []
    while len(clauses) > 1 and (fields := _beside(clauses[-1])) is not None:
        shown = [*fields, *shown]
        clauses.pop()
    said = ",".join(clauses)
    which = _WHICH.search(said)
    if which is None:
        return None
    left, right = said[: which.start()], said[which.end() :]
    condition = f"{_EDGE.sub('', left)}{_EDGE.sub('', right)}"
    return condition, years or tuple(sorted(entities.years)), tuple(shown)


def _beside(clause: str) -> tuple[str, ...] | None:
    return next((fields for fields, way in _BESIDE if way.fullmatch(clause)), None)


def _told(query: Query, shown: tuple[str, ...]) -> Query:
    """The rows with their targets and actuals; cell by cell where more is asked of them."""
    told = ("year", "target", "actual")
    if set(shown) <= {*told}:
        return query.model_copy(update={"show": told})
    return query.model_copy(update={"ask": "cells", "show": tuple(dict.fromkeys((*told, *shown)))})


def _rows(
    condition: str, years: tuple[int, ...], shown: tuple[str, ...], entities: Entities, single: Single
) -> Found | None:
    """The rows of the indicator named that were so."""
    meaning, reading = single(f"{condition}的指标有哪些")
    query = meaning.queries[0] if len(meaning.queries) == 1 else None
    if meaning.kind != "query" or query is None or query.of != "indicators" or not query.rows:
        return None
    if query.ask != "list" or query.limit is not None or query.group or not query.where:
        return None
    kept = SameProjects(entities).over(query, years, condition)
    return (
        (meaning.model_copy(update={"queries": (_told(kept, shown),)}), reading) if kept is not None else None
    )


def _forms(text: str, years: tuple[int, ...], entities: Entities, single: Single) -> Found | None:
    """是哪一年的哪个项目: the records, with their year; 哪一年没达到: the forms of those years."""
    found = _WHICH.search(text)
    if found is None:
        return None
    left, right = text[: found.start()], text[found.end() :].removeprefix("的")
    ways = [f"{left}{'是' if right[:1] in '哪什' else ''}{right}"] if right and asks(right) else []
    ways += [f"{left}{right}的表有哪些", f"{left}{right}的指标有哪些", f"{left}{right}的是哪张表"]
    for way in ways:
        meaning, reading = single(way)
        queries = meaning.queries
        told = meaning.kind == "query" and len(queries) == 1 and _is_narrowed(queries[0])
        if told and queries[0].ask in ("list", "yesno", "quote"):
            same = SameProjects(entities).over(queries[0], years, text) if not queries[0].within else None
            query = same or queries[0]
            show = tuple(dict.fromkeys(("year", *query.show)))
            query = query.model_copy(update={"show": show}) if query.ask != "quote" else query
            return meaning.model_copy(update={"queries": (query,)}), reading
    return None


def _is_narrowed(query: Query) -> bool:
    """Whether it is not of everything that there is."""
    named = query.forms is not None or query.rows is not None or query.limit is not None
    return bool(named or query.conditions() or query.within or query.lacking or query.group)
