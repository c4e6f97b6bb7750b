"""Projects by the years that have them: 只在2024年有, 今年新增, 首次出现, 今年不再安排."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_WHO = re.compile(
    "(?:请|帮我)?(?:列出|找出|查一?下)?(?:有没有|是否有|有无|哪些|哪几个|哪个|有哪些|有几个|几个|多少个?|什么)?(?:项目|(?:(?:绩效)?自评)?表|专项)(?:是|有)?(?:哪些|哪几个|哪个|几个)?|有没有|有哪些|是哪些"
)
_ASKED = re.compile(
    "哪|有没有|是否有|有无|几个|多少个?(?:项目|表)|(?:项目|表|专项)(?:$|有|是|一共|共|的)|列出|找出"
)
EDGE = re.compile("^(?:的|,|是|在|那么?)+|(?:的|,|呢|吗|了)+$")
"""What a clause may begin or end with."""
HAD = re.compile(
    "^(?:都|均|全)?(?:还|仍|也)?(?:有|在|报|交|申报|存在|出现|安排|实施|开展|设立|在做|做)(?:了|过)?(?:预算|(?:绩效)?自评表|表|项目)?的?$"
)
"""三年都安排了: there is a form of that year."""
NOT_HAD = re.compile(
    "^(?:就|却|又|则|已|已经)*(?:没有?了?(?:预算|(?:绩效)?自评表|表|项目)?了?的?|没了|取消了?|不再有|不再安排|没再安排|没(?:有)?(?:再)?(?:出现|安排|实施|延续)|不存在了?|停了|不见了|消失了|停掉了|没再报|没有?报)(?:的)?$"
)
NEW = re.compile("(?:才)?(?:新增|新设|新上|首次(?:出现|安排|实施))(?:加|立)?(?:的|了)?")
"""2023年新增: no year before has it."""
_Y = "(?P<y>20[0-9]{2})年度?"
_BEGUN = "有|出现|实施|安排|存在|开展|设立|列入|申报|启动|做"
_OF_PROJECTS = "(?:的|了)*(?:有|是)?(?:哪些|哪几个|几个|多少个?|什么)?(?:项目|专项|表)"
_WHICH_PROJECTS = "(?:哪些|哪几个|哪个|什么)(?:项目|专项)"
_ONLY = re.compile(f"(?:只在|只有|仅在|仅有|仅|只){_Y}(?:才)?(?:{_BEGUN})?(?!.*20[0-9]{{2}})")
_NEW = tuple(
    re.compile(way)
    for way in (
        f"(?:{_Y})?(?:才)?(?:新增|新设|新安排|新出现|新开|新上|新列入?|新立|新?冒出来?)(?:加|立|项|马)?(?:的|了)*(?={_OF_PROJECTS})",
        f"(?:{_Y})?多(?:出来?)?了?(?={_WHICH_PROJECTS})",
        f"{_Y}(?:才)?(?:新增|新设|新安排|新出现|新开|新上|新列入?|新立)(?:加|立|项|马)?(?:的|了)*$",
        f"(?:{_Y})?(?:才)?(?:是)?(?:首次|首度|初次|第一次|头一[次回])(?:被)?(?:{_BEGUN})(?:的|了)*",
        f"{_Y}才(?:开始)?(?:{_BEGUN})(?:的|了)*",
    )
)
_GONE = re.compile(
    f"(?:{_Y})?就?(?:不再|停止|终止|取消|撤销|没有?再|未再|没有?继续|未继续|没有?延续|未延续|不见|消失|停掉|停办)(?:{_BEGUN}|延续)?(?:的|了)*(?=$|{_OF_PROJECTS}|,)"
    f"|(?:(?P<less>20[0-9]{{2}})年度?)?少了?(?={_WHICH_PROJECTS})"
)
_AGAINST = re.compile(
    "(?:与|和|跟|同|较|相比于?)20[0-9]{2}年度?(?:相比|比较?)?,?|20[0-9]{2}年度?相比,?"
    "|比20[0-9]{2}年度?(?=新增|新?冒|[多少](?:出来?)?了?(?:哪|什么))|比20[0-9]{2}年度?,|比20[0-9]{2}年度?(?=多出)"
    "|20[0-9]{2}年度?(?:还)?没有?的?[、,]?(?:而|但|到)?(?=20[0-9]{2}年度?才)"
)

_NAMES_PROJECTS = re.compile("项目|专项")
_FIGURES = re.compile("多少|几|哪|最|合计|平均|排|一共|总共|分别|占")


def present(text: str, entities: Entities, single: Single) -> Found | None:
    """The projects that one year has and others have not; None where that is not asked."""
    text = _AGAINST.sub("", text)
    newest = max(entities.years)
    if asks(text) and (only := _ONLY.search(text)) is not None:
        others = [year for year in sorted(entities.years) if year != int(only["y"])]
        return _of(int(only["y"]), others, _rest(text, only), text, entities, single)
    if _NAMES_PROJECTS.search(text) is None:
        return None
    new = next((found for way in _NEW if (found := way.search(text)) is not None), None)
    if new is not None:
        year = int(new["y"] or newest)
        return _of(
            year,
            [one for one in sorted(entities.years) if one < year],
            _rest(text, new),
            text,
            entities,
            single,
        )
    if (gone := _GONE.search(text)) is not None:
        year = int(gone["y"] or gone["less"] or newest)
        if year not in entities.years:
            return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
        return _of(year - 1, [year], _rest(text, gone), text, entities, single)
    return None


def _rest(text: str, found: re.Match[str]) -> str:
    return bare(f"{text[: found.start()]}{text[found.end() :]}")


def _of(
    year: int, others: Sequence[int], rest: str, text: str, entities: Entities, single: Single
) -> Found | None:
    """The projects of ``year`` that ``others`` have not, of which ``rest`` is asked or said."""
    if year not in entities.years:
        return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
    if not others:
        return None
    apart = tuple(of_year(other, entities) for other in others)
    if rest and not HAD.match(rest):
        figures = _FIGURES.search(rest) is not None
        meaning, reading = single(f"{year}年项目{rest}" if figures else f"{year}年{rest}的项目有哪些")
        if meaning.kind != "query" or len(meaning.queries) != 1 or meaning.queries[0].rows is not None:
            return Meaning(kind="unclear"), reading
        asked = meaning.queries[0].model_copy(update={"apart": apart})
        asked = asked if figures else asked_so(asked, text)
        return meaning.model_copy(update={"queries": (asked,)}), reading
    query = of_year(year, entities).model_copy(update={"apart": apart})
    return Meaning(queries=(asked_so(query, text),)), Reading(text, years=[year])


def asks(text: str) -> bool:
    """Whether projects are asked for."""
    return _ASKED.search(text) is not None


def of_year(year: int, entities: Entities) -> Query:
    """The forms of a year."""
    return Query(forms=entities.of_years((year,)))


def bare(text: str) -> str:
    """A clause without what asks for projects."""
    return EDGE.sub("", EDGE.sub("", _WHO.sub("", EDGE.sub("", text))))


def asked_so(query: Query, text: str) -> Query:
    """``query`` in the shape that the question wants: whether any, how many, or which."""
    if re.search("有没有|是否|有无|吗$", text):
        return query.model_copy(update={"ask": "yesno"})
    number = re.search("几个|多少个?(?:项目|表)|几张", text) is not None and "哪几" not in text
    return query.model_copy(update={"ask": "count" if number else "list"})
