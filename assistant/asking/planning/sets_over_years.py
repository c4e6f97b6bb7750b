"""Projects by what holds of them in several years: 三年都…, 2023年…而2024年…, 哪一年的项目."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.asking.language.frames import plain_text
from assistant.asking.language.patterns import LAST_YEARS
from assistant.asking.language.words import without_light_clauses
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.present import EDGE, HAD, NEW, NOT_HAD, asked_so, asks, bare, of_year, present
from assistant.asking.planning.which_years import whether_in_all_years, which_years
from assistant.asking.planning.year_words import RANGE, WHOLE_TIME, YEARS_LISTED, dated_text, years_of
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_LEAST = 2
_ALL = "都(?!有?哪|是哪|有什么)|(?<!平)均|全都?(?!年|额|县|市|省|区)|全部"
_EACH_APART = re.compile("(?:每一?年|各年度?|逐年|历年).*(?:几|多少)")
"""每年有几个: a number for each year, not of what holds in all of them."""
_NUMBER_OF_EACH = re.compile(
    "(?:各|分别)有?(?:几|多少)[个张份]|(?:每一?|各)年度?(?:各|分别|都)?有(?:几|多少)[个张份]"
)
"""每年有几个项目钱全花完了: what is 全 is said of the money."""
_IN_ANY = re.compile("年(?:里头?面?|中|内|间|期间|之间|当中)")
"""三年里…的表: those of any of the years."""
_PROJECTS = re.compile("项目|专项|(?<!指标)表")
_TWO = re.compile(
    "(?P<a>20[0-9]{2})年?度?(?P<first>[^,;]+?)[,;、]?(?:而且|而|但是?|可是?|却|并且|且|不过)?(?:在|到了?|至)?"
    "(?P<b>20[0-9]{2})年?度?(?P<second>.+)"
)
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
    for way in (present, _two_years, which_years, whether_in_all_years, _each_year):
        if (found := way(text, entities, single)) is not None:
            return found
    return None


def _two_years(text: str, entities: Entities, single: Single) -> Found | None:
    """2023年是100%, 到2024年又掉到95%以下: what holds in one year, and what in the other."""
    found = _TWO.search(text)
    if found is None or not asks(text) or RANGE.search(text) or YEARS_LISTED.search(text):
        return None
    years = int(found["a"]), int(found["b"])
    if years[0] == years[1] or not set(years) <= set(entities.years):
        return None
    before = bare(text[: found.start()])
    first, second = bare(found["first"]), bare(found["second"])
    first = f"{before}{first}" if before else first
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
        or re.search("最|(?<!安)排|前[0-9一二三四五]|合计|平均|分别|多少(?!个?(?:项目|表|专项))", unnamed)
        or ("指标" in unnamed and not _PROJECTS.search(unnamed))
    ):
        return None
    if any(year not in entities.years for year in years):
        return None
    rest = bare(re.sub("连续|接连", "", rest))
    condition = re.sub(_ALL, "", rest, count=1)
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
