"""Which records meet a condition, or how many do: asked in one order, in whatever order it was said."""

from __future__ import annotations

import re

from assistant.form.numerals import normal

_YEAR = re.compile("20[0-9]{2}年度?(?=有|多|几|哪)")
"""Of which year is told first, of what is asked then."""
_NOUN = "(?P<n>(?:自评)?表|(?:自评)?项目|单子|(?:三级|绩效)?指标)"
_MORE_THAN_ONE_THING = (
    "其中|这些|那些|它们|上面|哪|谁|什么|啥|多少|几[个张条项家]|怎|是否|有没有|吗|最|排|各|每|分别|平均|一共|总共|合计是"
    "|前[0-9一二三五十]|第[0-9一二三]|(?:表|项目|指标)(?:里|中)|[,;]"
)
_TOLD = f"(?P<c>(?:(?!{_MORE_THAN_ONE_THING}).)+?)"
"""The condition."""
_RECORDS = "[个张条份]?(?:自评)?(?:项目|表|单子)"
_MANY = "(?:多少|几)(?P<m>[个张条项份])"
_SOME = "(?:都|分别)?(?:有|是)?哪(?:些|几[个张条项份])"
_GIVE = "[列找挑筛拉查选拣拎理报说捞调](?:一?列|一?下|一?个|出来|出)*(?:清单|名单|表格?)?(?:给我|看看)?"
_PLEASE = (
    "(?:请问?|麻烦你?|劳驾|老师,?|帮(?:我|忙|我们)?|给我|我?想(?:要)?(?:知道|看看|了解|问问?)"
    "|能(?:不能|否)|可以|看看|看下|看一下)*"
    "(?:列(?:示|出|一下|明)?|查(?:一下|下|查|找|明)?|找(?:一下|出)?|筛(?:选|出)?|挑出?|梳理|提供|统计(?:一?下)?"
    "|数(?:一?下|一数|数)|拉(?:个|一下))?(?:所有|全部)?"
)
_AMONG = (
    "(?:在|从)?(?:这|全部|所有|全体)*的?[0-9]*[个张份]?(?:自评)?(?:表|项目|指标)(?:里头?面?|中|当中|之中),?"
)
_OF = _AMONG.replace("(?:表|项目|指标)", "(?P<n>表|项目|指标)")


def _frames(named: tuple[str, ...], among: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The frames that name what is asked for at their end or head, and those that name it before all else."""
    return tuple(
        re.compile(f"{frame}[呢啊呀吧]?")
        for frame in (*(f"(?:{_AMONG})?{_PLEASE}{one}" for one in named), *(_OF + one for one in among))
    )


_LIST = _frames(
    (
        f"{_SOME}{_NOUN}[是的]?{_TOLD}",
        f"{_TOLD}的{_SOME}{_NOUN}",
        f"{_SOME}是{_TOLD}的{_NOUN}",
        f"{_TOLD}的{_NOUN}(?:都|分别)?[有是]?(?:哪(?:些|几[个张条项份])|谁|什么)",
        f"[把将]?(?:所有|全部)?{_TOLD}的{_NOUN}[都全]?,?(?:给我)?{_GIVE}",
        f"{_TOLD}的{_NOUN}(?:名单|清单|一览|名称|列表|明细)?",
    ),
    (f"{_SOME}是?{_TOLD}", f"{_TOLD}的{_SOME}", f"{_TOLD}的[有是]谁"),
)
_COUNT = _frames(
    (
        f"(?:一共|总共|共)?有?(?:多少|几)(?!{_RECORDS})(?P<m>[个张条项份])?{_TOLD}的{_NOUN}",
        f"(?:一共|总共|共)?有?(?:多少|几)(?P<m>[个张条项份])?{_NOUN}[是的]?{_TOLD}",
        f"{_TOLD}的{_NOUN},?(?:一共|总共|共|合计)?[有是]?(?:多少|几)(?P<m>[个张条项份])?",
        f"{_TOLD}的{_NOUN},?占了?{_MANY}",
        f"{_TOLD}的(?:一共|总共|共)?[有占]了?(?:多少|几)(?P<m>[个张条项份])?{_NOUN}",
        f"{_TOLD}的{_NOUN}(?:总数|个数|条数|数目)是?(?:多少|几)?",
    ),
    (f"(?:一共|总共|共)?有?{_MANY}是?{_TOLD}", f"{_TOLD}的(?:一共|总共|共)?[有占]?{_MANY}"),
)


_KIND = "(?:产出|效益|满意度|数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响)"
_OF_ITS_ROWS = re.compile(
    f"{_AMONG}(?:.*(?:哪|多少|几)几?[条项]|(?:有|是)?(?:哪些|哪几个|多少个?|几个)[^,;]+的{_KIND}?指标$"
    f"|(?:有|是)?(?:哪些|哪几个|多少个?|几[个条])?{_KIND}(?:类)?指标)"
)
"""全部表里没完成的有哪几项, 所有项目里有哪些没写原因的指标: indicators are asked for, of all forms."""
_OF_ALL_ROWS = re.compile(
    f"指标(?:值)?[^,;]{{0,3}}(?:都|全|均)|(?:没有?|未|不)(?:设|列|含)?(?:置|有)?{_KIND}|(?:至少|[个条项]及?以上).*指标|合计|平均|加起来|总[共和]|最"
)
"""What is said of a form by all of its indicators, or by how many it has."""
_OF_A_KIND = re.compile(f"{_KIND}类?指标$")
_ITS_NOUN = re.compile("的?(?:三级|绩效)?指标$")


def plain_text(question: str) -> str:
    """The question in one width, without spaces, with commas for its marks and without one at its end."""
    text = re.sub(r"\s", "", normal(question)).rstrip("?？。!！.;,，")
    return re.sub("[,，?？。!！]+", ",", text)


def in_one_order(text: str) -> str:
    """``text`` as 没写原因的指标有哪些 or 有几个, where a condition is all that it tells of the records.

    Unchanged where it asks for anything else, or tells more than one thing.
    """
    year = _YEAR.match(text)
    told_first = year[0] if year is not None else ""
    for frame in (*_COUNT, *_LIST):
        if found := frame.fullmatch(text, len(told_first)):
            told = found["c"].removeprefix("所有").removeprefix("全部").removesuffix("的")
            asked = f"有几{found.groupdict().get('m') or '个'}" if frame in _COUNT else "有哪些"
            noun = found["n"]
            if noun != "指标" and _OF_ITS_ROWS.match(text) and not _OF_ALL_ROWS.search(told):
                if _OF_A_KIND.search(told):
                    return f"{told}{asked}"
                noun, told = "指标", _ITS_NOUN.sub("", told)
            return f"{told_first}{told}的{noun}{asked}" if len(told) > 1 else text
    return text
