"""Projects by what holds of them in several years: 三年都…, 2023年…而2024年…, 哪一年的项目."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.language.frames import plain_text
from assistant.asking.language.patterns import LAST_YEARS
from assistant.asking.language.words import without_light_clauses
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.present import (
    EDGE,
    HAD,
    KIND,
    NEW,
    NOT_HAD,
    asked_so,
    asks,
    bare,
    of_year,
    present,
    rows_of_year,
    sort_asked,
    without_those_of,
)
from assistant.asking.planning.which_years import first_or_last_year, whether_in_all_years, which_years
from assistant.asking.planning.year_words import RANGE, WHOLE_TIME, YEARS_LISTED, dated_text, years_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_LEAST = 2
_ALL = "都(?!有?哪|是哪|有什么)|(?<!平)均|全都?(?!年|额|县|市|省|区)|全部"
_IN_A_ROW = re.compile("连续|接连|年年|每一?年都?")
_EACH_APART = re.compile(
    "(?:每一?年|各年度?|逐年|历年).*(?:几|多少)|(?:每一?年|各年)度?(?!都|均|全)[^,]*(?:分别|各有|(?:有|是)?哪些|哪几)"
)
"""每年有几个, 每年有哪些: of each year, not of what holds in all of them."""
_NUMBER_OF_EACH = re.compile(
    "(?:各|分别)有?(?:几|多少)[个张份]|(?:每一?|各)年度?(?:各|分别|都)?有(?:几|多少)[个张份]"
)
"""每年有几个项目钱全花完了: what is 全 is said of the money."""
_IN_ANY = re.compile("年(?:里头?面?|中|内|间|期间|之间|当中)")
"""三年里…的表: those of any of the years."""
_PROJECTS = re.compile("项目|专项|(?<!指标)表")
_YEAR = re.compile("(?P<y>20[0-9]{2})年度?")
_COMPARED = re.compile("(?:[比与和跟同较]|相比)20[0-9]{2}")
_PICKED = re.compile(
    "(?P<a>20[0-9]{2})年度?(?P<which>[^,;]+?)的?(?:[那这](?:[个些几]|[两三四五六]个)?)?(?:项目|专项|表),?(?:到了?|在)?(?P<b>20[0-9]{2})年度?的?"
    "(?P<figure>[^,;]*(?:多少|几|怎么样|如何)[^,;]{0,3})"
)
_HOW_MANY = re.compile("(?:几|多少)[个条项张](?!百)")
"""2022年有几条, 2023年有几条: of each year apart."""
_APART = re.compile("分别|又?各自?|又|变成了?|成了|都")
_ROW_NOUN = re.compile(f"的?(?P<kind>{KIND}指标)?(?:类?指标)?(?:里|中|一共|总共|共)*$")
_TURN = re.compile("^(?:又|却|就|则|反而|反倒|才|也|还|再|重新|已经|已)+")
_MOVED = re.compile(
    "(?:又|却)?(?:掉|跌|降|滑|升|涨|提高|提升|回落|回升|下降|上升|下滑|低|高)(?:到|至|回|回到)了?"
)


def sets_over_years(question: str, entities: Entities, single: Single) -> Found | None:
    """The projects that a question over several years picks; None where it asks for none."""
    if len(entities.years) < _LEAST:
        return None
    text = without_light_clauses(plain_text(question).replace("?", ","))
    text = dated_text(text, max(entities.years))
    for way in (
        _in_another_year,
        _year_by_year,
        first_or_last_year,
        present,
        which_years,
        whether_in_all_years,
        _each_year,
    ):
        if (found := way(text, entities, single)) is not None:
            return found
    return None


def _year_by_year(text: str, entities: Entities, single: Single) -> Found | None:
    """2023年是100%, 到2024年又掉到95%以下: what holds in one year, and what in others."""
    said = list(_YEAR.finditer(text))
    years = [int(one["y"]) for one in said]
    of = sort_asked(text)
    if len(said) < _LEAST or len(set(years)) < len(years) or not set(years) <= entities.years:
        return None
    if (
        len(_HOW_MANY.findall(text)) > 1
        or not asks(text)
        or RANGE.search(text)
        or YEARS_LISTED.search(text)
        or _COMPARED.search(text)
    ):
        return None
    ends = [*(one.start() for one in said[1:]), len(text)]
    clauses = [bare(text[one.end() : end], of) for one, end in zip(said, ends, strict=True)]
    before = bare(text[: said[0].start()], of)
    if of == "indicators":
        return _rows_year_by_year(before, list(zip(years, clauses, strict=True)), text, entities, single)
    if len(said) > _LEAST:
        return _had_year_by_year(before, list(zip(years, clauses, strict=True)), text, entities)
    return _two_years((years[0], years[1]), f"{before}{clauses[0]}", clauses[1], text, entities, single)


def _in_another_year(text: str, entities: Entities, single: Single) -> Found | None:
    """2022年执行率最低的项目, 2023年执行率是多少: a figure of one year of what another year picks."""
    said = _PICKED.fullmatch(text)
    if said is None or said["a"] == said["b"] or not {int(said["a"]), int(said["b"])} <= entities.years:
        return None
    picked, reading = single(f"{said['a']}年{bare(said['which'])}的项目有哪些")
    asked, _ = single(f"{said['b']}年各项目{_APART.sub('', said['figure'])}")
    queries = [one.queries[0] for one in (picked, asked) if one.kind == "query" and len(one.queries) == 1]
    if len(queries) < _LEAST or any(query.of != "forms" or query.group for query in queries):
        return None
    which, figure = queries
    narrowed = which.where or which.any_of or which.within or which.lacking or which.order
    if not narrowed or not figure.show or figure.where or figure.order or figure.ask not in ("list", "cells"):
        return None
    told = figure.model_copy(update={"ask": "cells", "joined": (which,)})
    return Meaning(queries=(told,)), reading


def _had_year_by_year(
    before: str, clauses: Sequence[tuple[int, str]], text: str, entities: Entities
) -> Found | None:
    """2021年有, 2022年有, 2023年没有的: by the years that have them alone."""
    told = [(year, HAD.match(said) is not None, NOT_HAD.match(said)) for year, said in clauses]
    had = [year for year, has, _ in told if has]
    if before or not had or any(not (has or lacks) for _, has, lacks in told):
        return None
    joined = tuple(of_year(year, entities) for year in had[:-1])
    apart = tuple(of_year(year, entities) for year, has, _ in told if not has)
    query = of_year(had[-1], entities).model_copy(update={"joined": joined, "apart": apart})
    return Meaning(queries=(asked_so(query, text),)), Reading(text)


def _rows_year_by_year(
    before: str, clauses: Sequence[tuple[int, str]], text: str, entities: Entities, single: Single
) -> Found | None:
    """2022年没达标, 2023年达标了的指标: those of the last year that are so in every year said."""
    held: list[tuple[Query, Reading]] = []
    lacking: list[int] = []
    for year, told in clauses:
        found = _ROW_NOUN.search(told)
        kind = found["kind"] or "" if found else ""
        said = _TURN.sub("", EDGE.sub("", _ROW_NOUN.sub("", told)))
        if not (said or kind):
            return None
        if NOT_HAD.match(said):
            before, lacking = f"{before}{kind}", [*lacking, year]
            continue
        condition = "" if HAD.match(said) else said
        rows = rows_of_year(
            year, f"{before}{condition}{'的' if condition and kind else ''}{kind}", entities, single
        )
        if rows is None:
            return None
        held.append(rows)
    if not held:
        return None
    query, reading = held[-1]
    query = query.model_copy(update={"joined": tuple(one for one, _ in held[:-1])})
    if lacking:
        return without_those_of(query, lacking, text, entities), reading
    return Meaning(queries=(asked_so(query, text),)), reading


def _two_years(
    years: tuple[int, int], first: str, second: str, text: str, entities: Entities, single: Single
) -> Found | None:
    """The projects of which one thing is said in one year, and another in the other."""
    had = HAD.match(first) is not None
    if NOT_HAD.match(first) and HAD.match(_TURN.sub("", second)):
        query = of_year(years[1], entities).model_copy(update={"apart": (of_year(years[0], entities),)})
        return Meaning(queries=(asked_so(query, text),)), Reading(text)
    if NEW.fullmatch(first):
        return _begun_and_ended(years, text, entities)
    here = (
        (of_year(years[0], entities), Reading(text)) if had else _condition(first, years[0], entities, single)
    )
    if here is None:
        return None
    query, reading = here
    if NOT_HAD.match(_TURN.sub("", second)):
        asked = query.model_copy(update={"apart": (of_year(years[1], entities),)})
        return Meaning(queries=(asked_so(asked, text),)), reading
    named = reading.fields[0].text if reading.fields else ""
    second = _MOVED.sub("在", _TURN.sub("", second))
    for said in (second, f"{named}{second}", f"{named}{second.removeprefix('在')}"):
        then = _condition(said, years[1], entities, single)
        if then is not None:
            last = then[0].model_copy(update={"joined": (query,)})
            return Meaning(queries=(asked_so(last, text),)), then[1]
    return None


def _begun_and_ended(years: tuple[int, int], text: str, entities: Entities) -> Found:
    """2023年新增而2024年又没有的: in no year before, and not in the other."""
    others = [year for year in sorted(entities.years) if year < years[0] or year == years[1]]
    apart = tuple(of_year(year, entities) for year in others)
    query = of_year(years[0], entities).model_copy(update={"apart": apart})
    return Meaning(queries=(asked_so(query, text),)), Reading(text, years=[years[0]])


def _each_year(text: str, entities: Entities, single: Single) -> Found | None:
    """三年执行率都是100%的项目: what holds in every one of several years."""
    years, rest = years_of(text, entities.years)
    of = sort_asked(text)
    if _NUMBER_OF_EACH.search(text):
        return None
    unnamed = _without_names(text, entities)
    all_of_them = re.search(_ALL, unnamed) is not None
    any_of_them = LAST_YEARS.search(text) or _IN_ANY.search(text) or _EACH_APART.search(text)
    said = all_of_them or (not any_of_them and WHOLE_TIME.search(text) is not None)
    if (
        len(years) < _LEAST
        or not said
        or not asks(text)
        or re.search(
            "最|(?<!安)排|前[0-9一二三四五]|合计|平均|分别|多少(?![个条]?(?:项目|表|专项|指标))", unnamed
        )
        or (of == "forms" and "指标" in unnamed and not _PROJECTS.search(unnamed))
        or not (_PROJECTS.search(text) or re.search("哪|几|多少|指标", text))
        or (of == "indicators" and not (all_of_them or _IN_A_ROW.search(text)))
        or (any_of_them and not all_of_them)
    ):
        return None
    if any(year not in entities.years for year in years):
        return None
    rest = bare(re.sub("连续|接连", "", rest), of)
    condition = re.sub(_ALL, "", rest, count=1)
    if of == "indicators":
        return _rows_year_by_year("", [(year, condition) for year in years], text, entities, single)
    if not condition or HAD.match(rest):
        found = [(of_year(year, entities), Reading(text)) for year in years]
    else:
        known = [_condition(condition, year, entities, single) for year in years]
        found = [one for one in known if one is not None]
        if len(found) < len(years):
            return None
    query, reading = found[-1]
    joined = query.model_copy(update={"joined": tuple(one for one, _ in found[:-1])})
    return Meaning(queries=(asked_so(joined, text),)), reading


def _without_names(text: str, entities: Entities) -> str:
    """交通安全设施三年…: 全 in a name says nothing of all of them."""
    for start, end in entities.named_spans(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _condition(said: str, year: int, entities: Entities, single: Single) -> tuple[Query, Reading] | None:
    """The forms of ``year`` of which ``said`` holds; None where that is not understood."""
    condition = EDGE.sub("", said)
    meaning, reading = single(f"{year}年{condition}的项目有哪些")
    if meaning.kind != "query" or len(meaning.queries) != 1:
        return None
    query = meaning.queries[0]
    if query.ask not in ("list", "yesno", "count") or query.limit is not None:
        return None
    if query.of == "forms" and not query.group:
        narrowed = query.where or query.any_of or query.within or query.lacking
        return (query.model_copy(update={"ask": "list"}), reading) if narrowed else None
    if query.group != "form":
        return None
    inner = query.model_copy(update={"ask": "list", "order": None})
    return Query(forms=entities.of_years((year,)), within=(inner,)), reading
