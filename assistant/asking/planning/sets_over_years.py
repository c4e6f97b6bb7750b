"""Projects by what holds of them in several years: 三年都…, 2023年…而2024年…, 只在2024年有, 哪一年的项目."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.asking.language.frames import plain_text
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.year_words import RANGE, YEARS_LISTED, years_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_LEAST = 2
_WHO = re.compile(
    "(?:请|帮我)?(?:列出|找出|查一?下)?(?:有没有|是否有|有无|哪些|哪几个|哪个|有哪些|有几个|几个|多少个?|什么)?(?:项目|表|专项)(?:是|有)?(?:哪些|哪几个|哪个|几个)?|有没有|有哪些|是哪些"
)
_ASKED = re.compile(
    "哪|有没有|是否有|有无|几个|多少个?(?:项目|表)|(?:项目|表|专项)(?:$|有|是|一共|共|的)|列出|找出"
)
_WHOLE_TIME = re.compile(
    "连续|每一?年|年年|逐年|历年|各年度?|[两二三四五六]个?年(?!级|期|制|行动|计划|规划)度?"
)
_ALL = "都|均|全都?|全部"
_TWO = re.compile(
    "(?P<a>20[0-9]{2})年?度?(?P<first>[^,;]+?)[,;]?(?:而且|而|但是?|可是?|却|并且|且|不过)?(?:在|到了?|至)?"
    "(?P<b>20[0-9]{2})年?度?(?P<second>.+)"
)
_TURN = re.compile("^(?:又|却|就|则|反而|反倒|才|也|还|再|重新|已经|已)+")
_MOVED = re.compile(
    "(?:又|却)?(?:掉|跌|降|滑|升|涨|提高|提升|回落|回升|下降|上升|下滑|低|高)(?:到|至|回|回到)了?"
)
_EDGE = re.compile("^(?:的|,|是|在|那么?)+|(?:的|,|呢|吗|了)+$")
_HAD = re.compile("^(?:都|均|全)?(?:有|存在|出现|安排|实施|开展|设立|在做|做)(?:了|过)?(?:预算)?$")
_ONLY = re.compile(
    "(?:只在|只有|仅在|仅有|仅|只)(?P<y>20[0-9]{2})年度?(?:才)?(?:有|出现|实施|安排|存在|开展|设立)?(?!.*(?:20[0-9]{2}))"
)
_NEW = re.compile(
    "(?P<y>20[0-9]{2})年度?(?:才)?(?:新增|新设|新安排|新出现|新开)(?:加|立)?(?:的)?|(?P<z>20[0-9]{2})年度?才有"
)
_OF_PROJECTS = re.compile("(?:的|了)*(?:有)?(?:哪些|哪几个|几个|多少个?)?(?:项目|专项|表)")
_NOT_HAD = re.compile("^(?:就|却|又|则)?(?:没有了?|没了|取消了?|不再有|不再安排|没再安排|不存在了?|停了)$")
_WHICH_YEAR = re.compile("(?:是|在)?哪一?个?年度?")


def sets_over_years(question: str, entities: Entities, single: Single) -> Found | None:
    """The projects that a question over several years picks; None where it asks for none."""
    if len(entities.years) < _LEAST:
        return None
    text = plain_text(question)
    for way in (_present, _two_years, _each_year, _which_year):
        if (found := way(text, entities, single)) is not None:
            return found
    return None


def _asks(text: str) -> bool:
    return _ASKED.search(text) is not None


def _of_year(year: int, entities: Entities) -> Query:
    return Query(forms=entities.of_years((year,)))


def _present(text: str, entities: Entities, single: Single) -> Found | None:
    """只在2024年有, 2024年新增的: projects that no other year has."""
    only, new = _ONLY.search(text) if _asks(text) else None, _NEW.search(text)
    found = only or new
    if found is None or (only is None and _OF_PROJECTS.match(text, found.end()) is None):
        return None
    rest = _bare(f"{text[: found.start()]}{text[found.end() :]}")
    year = int(only["y"] if only else (new["y"] or new["z"]) if new else 0)
    if year not in entities.years:
        return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
    others = [other for other in sorted(entities.years) if (other != year if only else other < year)]
    if not others:
        return None
    apart = tuple(_of_year(other, entities) for other in others)
    if rest and not _HAD.match(rest):
        meaning, reading = single(f"{year}年项目{rest}")
        if meaning.kind != "query" or len(meaning.queries) != 1 or meaning.queries[0].rows is not None:
            return Meaning(kind="unclear"), reading
        asked = meaning.queries[0].model_copy(update={"apart": apart})
        return meaning.model_copy(update={"queries": (asked,)}), reading
    query = _of_year(year, entities).model_copy(update={"apart": apart})
    return Meaning(queries=(_asked(query, text),)), Reading(text, years=[year])


def _two_years(text: str, entities: Entities, single: Single) -> Found | None:
    """2023年是100%, 到2024年又掉到95%以下: what holds in one year, and what in the other."""
    found = _TWO.search(text)
    if found is None or not _asks(text) or RANGE.search(text) or YEARS_LISTED.search(text):
        return None
    years = int(found["a"]), int(found["b"])
    if years[0] == years[1] or not set(years) <= set(entities.years):
        return None
    before = _bare(text[: found.start()])
    first, second = _bare(found["first"]), _bare(found["second"])
    first = f"{before}{first}" if before else first
    had = _HAD.match(first) is not None
    here = (
        (_of_year(years[0], entities), Reading(text))
        if had
        else _condition(first, years[0], entities, single)
    )
    if here is None:
        return None
    query, reading = here
    if _NOT_HAD.match(_TURN.sub("", second)):
        asked = query.model_copy(update={"apart": (_of_year(years[1], entities),)})
        return Meaning(queries=(_asked(asked, text),)), reading
    named = reading.fields[0].text if reading.fields else ""
    second = _MOVED.sub("在", _TURN.sub("", second))
    for said in (second, f"{named}{second}", f"{named}{second.removeprefix('在')}"):
        then = _condition(said, years[1], entities, single)
        if then is not None:
            last = then[0].model_copy(update={"joined": (query,)})
            return Meaning(queries=(_asked(last, text),)), then[1]
    return None


def _each_year(text: str, entities: Entities, single: Single) -> Found | None:
    """三年执行率都是100%的项目: what holds in every one of several years."""
    years, rest = years_of(text, entities.years)
    said = _WHOLE_TIME.search(text) is not None or re.search(_ALL, text) is not None
    if (
        len(years) < _LEAST
        or not said
        or not _asks(text)
        or re.search("最|排|前[0-9一二三四五]|合计|平均|分别", text)
    ):
        return None
    if any(year not in entities.years for year in years):
        return None
    rest = _bare(re.sub("连续|接连", "", rest))
    condition = re.sub(_ALL, "", rest, count=1)
    if not condition or _HAD.match(rest):
        found = [(_of_year(year, entities), Reading(text)) for year in years]
    else:
        known = [_condition(condition, year, entities, single) for year in years]
        found = [one for one in known if one is not None]
        if len(found) < len(years):
            return None
    query, reading = found[-1]
    joined = query.model_copy(update={"joined": tuple(one for one, _ in found[:-1])})
    return Meaning(queries=(_asked(joined, text),)), reading


def _which_year(text: str, entities: Entities, single: Single) -> Found | None:
    """是哪一年的哪个项目: the records, with their year; 哪一年没达到: the forms of those years."""
    found = _WHICH_YEAR.search(text)
    if found is None or re.search("最|20[0-9]{2}", text):
        return None
    left, right = text[: found.start()], text[found.end() :].removeprefix("的")
    ways = [f"{left}{'是' if right[:1] in '哪什' else ''}{right}"] if right and _asks(right) else []
    ways += [f"{left}{right}的表有哪些", f"{left}{right}的指标有哪些", f"{left}{right}的是哪张表"]
    for way in ways:
        meaning, reading = single(way)
        queries = meaning.queries
        if meaning.kind == "query" and len(queries) == 1 and queries[0].ask in ("list", "yesno", "quote"):
            show = tuple(dict.fromkeys(("year", *queries[0].show)))
            query = queries[0].model_copy(update={"show": show}) if queries[0].ask != "quote" else queries[0]
            return meaning.model_copy(update={"queries": (query,)}), reading
    return None


def _condition(said: str, year: int, entities: Entities, single: Single) -> tuple[Query, Reading] | None:
    """The forms of ``year`` of which ``said`` holds; None where that is not understood."""
    condition = _EDGE.sub("", said)
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


def _bare(text: str) -> str:
    """A clause without what asks for projects."""
    return _EDGE.sub("", _EDGE.sub("", _WHO.sub("", _EDGE.sub("", text))))


def _asked(query: Query, text: str) -> Query:
    """``query`` in the shape that the question wants: whether any, how many, or which."""
    if re.search("有没有|是否|有无|吗$", text):
        return query.model_copy(update={"ask": "yesno"})
    number = re.search("几个|多少个?(?:项目|表)|几张", text) is not None and "哪几" not in text
    return query.model_copy(update={"ask": "count" if number else "list"})
