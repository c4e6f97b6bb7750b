"""Projects and indicators by the years that have them: 只在2024年有, 今年新增, 首次出现, 今年不再安排."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.planning.meaning import Meaning
from assistant.asking.reading.entities import Entities
from assistant.asking.reading.mentions import Reading
from assistant.asking.records.fields import Sort
from assistant.asking.records.query import Query

Single = Callable[[str], tuple[Meaning, Reading]]
Found = tuple[Meaning, Reading]
_WHO = re.compile(
    "(?:请|帮我)?(?:列出|找出|查一?下)?(?:有没有|是否有|有无|哪些|哪几个|哪[一两三四五六]?个|有哪些|有几个|几个|多少个?|什么)?(?:项目|(?:(?:绩效)?自评)?表|专项)(?:是|有)?(?:哪些|哪几个|哪[一两三四五六]?个|几个)?|有没有|有哪些|是哪些"
)
_ASK_ROWS = re.compile(
    "(?:请|帮我)?(?:列出|找出|查一?下)?(?:都|一共|总共|共)?(?:是|有)?(?:哪些|哪几[条个项]|哪[一两三四五六]?[条个项]|几[条个项](?!百)|多少[条个项]?(?!分)|什么)|有没有|是否有|有无|有吗"
)
_ASKED = re.compile(
    "哪|有没有|是否有|有无|几个|多少个?(?:项目|表)|(?:项目|表|专项)(?:$|有|是|一共|共|的)|列出|找出"
)
_ASKED_ROWS = re.compile(
    "(?:哪|几|多少|什么|有没有)[^,;项表]{0,8}指标|指标(?:里|中)?,?(?:一共|总共|共)?[^,;项表]{0,12}(?:哪|几|多少|什么|有没有|有吗)|指标$|[几哪多][少一几]?条"
)
_ASKED_FORMS = re.compile(
    "(?:哪些|哪几个|哪[一两三四五六]?个|几个|多少个?|什么)(?:项目|(?:自评)?表|专项)|(?:项目|(?:自评)?表|专项)(?:有|是|一共|共)*(?:哪|几[个张]|多少|谁|什么)|(?:项目|专项|表)$|[几哪]张"
)
EDGE = re.compile("^(?:的|,|、|是|在|那么?)+|(?:的|,|、|呢|吗|了|是|而且|而|但是?|却|到|在)+$")
"""What a clause may begin or end with."""
_IN_ITS_FORM = "(?:的?(?:表|自评表)(?:里|中|上|里面)?)?"
_HANDED_IN = "(?:预算|(?:绩效)?自评表|表|项目|指标)?"
HAD = re.compile(
    f"^{_IN_ITS_FORM}(?:都|均|全)?(?:还|仍|也|才|曾|曾经)?(?:有|在|报|交|申报|存在|出现|安排|实施|开展|设立?|列|考核|在做|做|搞)(?:了|过|着)?{_HANDED_IN}的?$"
    "|^的?(?:表|自评表)(?:里|中|上|里面)的?$"
)
"""三年都安排了: there is a form of that year."""
NOT_HAD = re.compile(
    f"^{_IN_ITS_FORM}(?:就|却|又|则|已|已经|给|被)*(?:没有?了?{_HANDED_IN}了?的?|没了|取消了?|不再(?:有|安排|实施|考核|设|列|做)|不(?:做|搞|设|考核|安排|实施|报)了?|没再安排"
    "|(?:没有?|未)(?:再)?(?:出现|安排|实施|延续|考核|设|列|做)了?|不存在了?|停了|停做了?|停办了?|不见了|消失了|停掉了|没再报|没有?报|(?:删|删除|删掉|去掉|砍掉|撤掉|撤销|拿掉)了?)(?:的)?$"
)
NEW = re.compile("(?:才)?(?:新增|新设|新上|首次(?:出现|安排|实施))(?:加|立)?(?:的|了)?")
"""2023年新增: no year before has it."""
_Y = "(?P<y>20[0-9]{2})年度?"
_BEGUN = "有|出现|实施|安排|存在|开展|设立|列入|申报|启动|考核|做"
KIND = "(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|效益|可持续影响|服务对象满意度|满意度|产出)"
"""The kinds of indicators."""
_WHICH = "(?:哪些|哪几[个条项]|哪一?[个条项]|哪[一两三四五六]个|几[个条项]|多少[个条项]?|什么)"
_ONLY = re.compile(f"(?:只在|只有|仅在|仅有|仅|只){_Y}(?:才)?(?:{_BEGUN})?(?!.*20[0-9]{{2}})")


class _Ways:
    """What is said of records that one year has and another has not; ``noun``: what they are called."""

    def __init__(self, noun: str) -> None:
        of_them = f"(?:的|了)*(?:有|是)?(?:{_WHICH}|[一两二三四五六七八九十0-9]+[个条项张])?(?:{noun})"
        new = "新增|新设|新安排|新出现|新开|新上|新列入?|新立|新加"
        self.new = tuple(
            re.compile(way)
            for way in (
                f"(?:{_Y})?(?:才)?(?:{new}|新?冒出来?)(?:加|立|项|马)?(?:的|了)*(?={of_them})",
                f"(?:{_Y})?(?:表里|表中)?多(?:出来?)?了?(?=的?{_WHICH}(?:{noun}))",
                f"(?:{_Y})?(?:表里|表中)?多出来?的(?={of_them})",
                f"{_Y}(?:才)?(?:{new})(?:加|立|项|马)?(?:的|了)*$",
                f"(?:{_Y})?(?:才)?(?:是)?(?:首次|首度|初次|第一次|头一[次回])(?:被)?(?:{_BEGUN})(?:的|了)*",
                f"{_Y}才(?:开始)?(?:{_BEGUN})(?:的|了)*",
            )
        )
        self.gone = re.compile(
            f"(?:{_Y})?(?:表里|表中)?就?(?:不再|停止|终止|取消|撤销|撤掉|删除|删掉|去掉|砍掉|没有?再|未再|没有?继续|未继续|没有?延续|未延续|不见|消失|停掉|停办)"
            f"(?:{_BEGUN}|延续)?(?:的|了)*(?=$|{of_them}|,)"
            f"|(?:(?P<less>20[0-9]{{2}})年度?)?(?:表里|表中)?少了?(?=的?{_WHICH}(?:{noun}))"
        )


_OF: dict[Sort, _Ways] = {"forms": _Ways("项目|专项|表"), "indicators": _Ways(f"{KIND}?类?指标")}
_AGAINST = re.compile(
    "(?:与|和|跟|同|较|相比于?)20[0-9]{2}年度?(?:相比|比较?)?,?|20[0-9]{2}年度?相比,?"
    "|比20[0-9]{2}年度?(?=新增|新?冒|[多少](?:出来?)?了?的?(?:哪|什么|几))|比20[0-9]{2}年度?,|比20[0-9]{2}年度?(?=多出)"
    "|20[0-9]{2}年度?(?:还)?没有?的?[、,]?(?:而|但|到)?(?=20[0-9]{2}年度?才)"
)

_YEAR = re.compile("(20[0-9]{2})年度?")
_DONE = re.compile("(?<![没未不])(?:完成|达到)了?(?=的|$)")
"""2023年完成了的: what reached its target."""
_NAMES: dict[Sort, re.Pattern[str]] = {"forms": re.compile("项目|专项"), "indicators": re.compile("指标")}
_FIGURES = re.compile("多少|几|哪|最|合计|平均|排|一共|总共|分别|占")
_OF_EACH = re.compile("分别|各自?(?!项|类|单位|部门)")
_BOTH_YEARS = "只比较两年都有表的项目"


def sort_asked(text: str) -> Sort:
    """Whether indicators are asked for, or projects."""
    return "indicators" if _ASKED_ROWS.search(text) and not _ASKED_FORMS.search(text) else "forms"


def present(text: str, entities: Entities, single: Single) -> Found | None:
    """The projects or indicators that one year has and others have not; None where that is not asked."""
    against = [int(year) for than in _AGAINST.finditer(text) for year in _YEAR.findall(than[0])]
    text = _AGAINST.sub("", text)
    said, of = set(_YEAR.findall(text)), sort_asked(text)
    own = int(said.pop()) if len(said) == 1 else max(entities.years)
    if asks(text) and (only := _ONLY.search(text)) is not None:
        others = [year for year in sorted(entities.years) if year != int(only["y"])]
        return _of(int(only["y"]), others, _rest(text, only, of), text, entities, single)
    if _NAMES[of].search(text) is None:
        return None
    ways = _OF[of]
    new = next((found for way in ways.new if (found := way.search(text)) is not None), None)
    if new is not None:
        year = int(new["y"] or own)
        before = against or [one for one in sorted(entities.years) if one < year]
        return _of(year, before, _rest(text, new, of), text, entities, single)
    if (gone := ways.gone.search(text)) is not None:
        year = int(gone["y"] or gone["less"] or own)
        if year not in entities.years:
            return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
        return _of(max(against, default=year - 1), [year], _rest(text, gone, of), text, entities, single)
    return None


def _rest(text: str, found: re.Match[str], of: Sort) -> str:
    return bare(_YEAR.sub("", f"{text[: found.start()]}{text[found.end() :]}"), of)


def _of(
    year: int, others: Sequence[int], rest: str, text: str, entities: Entities, single: Single
) -> Found | None:
    """The records of ``year`` that ``others`` have not, of which ``rest`` is asked or said."""
    of = sort_asked(text)
    if year not in entities.years:
        return Meaning(kind="nothing", reason=f"{year}年的表"), Reading(text)
    if not others:
        return None
    if of == "indicators":
        rows = rows_of_year(year, "" if HAD.match(rest) else rest, entities, single)
        if rows is None:
            return Meaning(kind="unclear"), Reading(text)
        query, reading = rows
        return without_those_of(query, others, text, entities), reading
    apart = tuple(of_year(other, entities) for other in others)
    rest = re.sub("^当年(?!财政|拨款)度?的?", "", rest)
    if rest and not HAD.match(rest):
        figures = _FIGURES.search(rest) is not None
        each = _OF_EACH.search(rest)
        whose = f"{year}年各项目的{_OF_EACH.sub('', rest)}" if each else f"{year}年项目{rest}"
        meaning, reading = single(whose if figures else f"{year}年{rest}的项目有哪些")
        if figures and meaning.kind != "query":
            meaning, reading = single(f"{year}年各项目的{rest}")
        if meaning.kind != "query" or len(meaning.queries) != 1 or meaning.queries[0].rows is not None:
            return Meaning(kind="unclear"), reading
        asked = meaning.queries[0].model_copy(update={"apart": apart})
        asked = asked if figures else asked_so(asked, text)
        return meaning.model_copy(update={"queries": (asked,)}), reading
    query = of_year(year, entities).model_copy(update={"apart": apart})
    return Meaning(queries=(asked_so(query, text),)), Reading(text, years=[year])


def rows_of_year(year: int, said: str, entities: Entities, single: Single) -> tuple[Query, Reading] | None:
    """The indicators of ``year`` of what is named, or of which ``said`` holds; None where not understood."""
    said = re.sub("的?指标$", "", EDGE.sub("", said)) if not re.search(f"{KIND}指标$", said) else said
    if not said:
        return of_year(year, entities, "indicators"), Reading(said, years=[year])
    said = _DONE.sub("达标", said)
    meaning, reading = single(f"{year}年{said}{'' if said.endswith('指标') else '的指标'}有哪些")
    query = meaning.queries[0] if meaning.kind == "query" and len(meaning.queries) == 1 else None
    if query is None or query.of != "indicators" or query.ask not in ("list", "yesno") or query.group:
        return None
    told = {form for form, _ in query.rows or ()} | set(query.forms or ())
    if query.limit is not None or not told <= set(entities.of_years((year,))):
        return None
    return query.model_copy(update={"ask": "list"}), reading


def without_those_of(query: Query, others: Sequence[int], text: str, entities: Entities) -> Meaning:
    """The indicators of ``query`` that these years have not, of projects that these years have."""
    apart = tuple(of_year(other, entities, "indicators") for other in others)
    joined = (*query.joined, of_year(others[-1], entities))
    asked = asked_so(query.model_copy(update={"apart": apart, "joined": joined}), text)
    return Meaning(queries=(asked,), notes=(_BOTH_YEARS,))


def asks(text: str) -> bool:
    """Whether projects or indicators are asked for."""
    return _ASKED.search(text) is not None or _ASKED_ROWS.search(text) is not None


def of_year(year: int, entities: Entities, of: Sort = "forms") -> Query:
    """The records of a year."""
    return Query(of=of, forms=entities.of_years((year,)))


def bare(text: str, of: Sort = "forms") -> str:
    """A clause without what asks for records of this sort."""
    who = _WHO if of == "forms" else _ASK_ROWS
    return EDGE.sub("", EDGE.sub("", who.sub("", EDGE.sub("", text))))


def asked_so(query: Query, text: str) -> Query:
    """``query`` in the shape that the question wants: whether any, how many, or which."""
    if re.search("有没有|是否|有无|吗$", text):
        return query.model_copy(update={"ask": "yesno"})
    number = re.search("几[个条项张]|多少[个条项]?(?:项目|表|指标|$)", text) and "哪几" not in text
    counter = {"counter": "条"} if query.of == "indicators" and "条" in text and number else {}
    return query.model_copy(update={"ask": "count" if number else "list", **counter})
