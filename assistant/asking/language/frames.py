"""Which records meet a condition, or how many do: asked in one order, in whatever order it was said."""

from __future__ import annotations

import re

_NOUN = "(?P<n>(?:自评)?表|(?:自评)?项目|单子|(?:三级|绩效)?指标)"
_TOLD = (
    "(?:(?!其中|这些|那些|它们|上面|哪|谁|什么|啥|多少|几[个张条项家]|怎|是否|有没有|吗|最|排|各|每|分别|平均|一共|总共|合计是|前[0-9一二三五十]|第[0-9一二三]"
    "|(?:表|项目|指标)(?:里|中)|[,;]).)+?"
)
_SOME = "(?:都|分别)?(?:有|是)?哪(?:些|几[个张条项份])"
_GIVE = "(?:列|找|挑|筛|拉|查|选|拣|拎|理|报|说|数|点|捞|调)(?:一?列|一?下|一?个|出来|出)*(?:清单|名单|表格?)?(?:给我|看看)?"
_ASKED = (
    "(?:请问?|麻烦你?|劳驾|老师,?|帮(?:我|忙|我们)?|给我|我?想(?:要)?(?:知道|看看|了解|问问?)|能(?:不能|否)|可以|看看|看下|看一下)*"
    "(?:列示|列出|列一下|列明|列|查一下|查下|查查|查找|查明|查|找一下|找出|找|筛选|筛出|筛|挑出|挑|梳理|提供|统计一?下?|统计|数一?下|数一数|数数|拉个|拉一下)?"
)
_OF = "(?:(?:在|从)?(?:这|全部|所有|全体)*(?:的)?[0-9]*[个张份]?(?:自评)?(?P<n>表|项目|指标)(?:里头?面?|中|当中|之中),?)"
_AMONG = "(?:(?:在|从)?(?:这|全部|所有|全体)*(?:<N>)?(?:的)?[0-9]*[个张份]?(?:自评)?(?:表|项目|指标)(?:里头?面?|中|当中|之中)(?:,)?)?"
_LIST = tuple(
    re.compile(f"{_AMONG}{_ASKED}(?:所有|全部)?{frame}(?:呢|啊|呀|吧)?".replace("<N>", "全部|所有"))
    for frame in (
        f"{_SOME}{_NOUN}(?:是|的)?(?P<c>{_TOLD})",
        f"(?P<c>{_TOLD})的{_SOME}{_NOUN}",
        f"(?P<c>{_TOLD})的{_NOUN}(?:都|分别)?(?:有|是)?(?:哪(?:些|几[个张条项份])|谁|什么)",
        f"(?:把|将)?(?:所有|全部)?(?P<c>{_TOLD})的{_NOUN}(?:都|全)?(?:,)?(?:给我)?{_GIVE}",
        f"(?P<c>{_TOLD})的{_NOUN}(?:名单|清单|一览|名称|列表|明细)?",
    )
) + tuple(
    re.compile(_OF + frame)
    for frame in (f"{_SOME}(?:是)?(?P<c>{_TOLD})", f"(?P<c>{_TOLD})的{_SOME}", f"(?P<c>{_TOLD})的(?:有|是)谁")
)
_COUNT = tuple(
    re.compile(f"{_AMONG}{_ASKED}(?:所有|全部)?{frame}(?:呢|啊|呀|吧)?".replace("<N>", "全部|所有"))
    for frame in (
        f"(?:一共|总共|共)?(?:有)?(?:多少|几)(?:[个张条项份])?{_NOUN}(?:是|的)?(?P<c>{_TOLD})",
        f"(?P<c>{_TOLD})的{_NOUN}(?:,)?(?:一共|总共|共|合计|占|数)?(?:有|是)?(?:多少|几)(?:[个张条项份])?",
        f"(?P<c>{_TOLD})的(?:一共|总共|共)?(?:有|占)(?:了)?(?:多少|几)(?:[个张条项份])?{_NOUN}",
        f"(?P<c>{_TOLD})的{_NOUN}(?:总数|数量|个数|条数|数目|数)(?:是)?(?:多少|几)?",
    )
) + tuple(
    re.compile(_OF + frame)
    for frame in (
        f"(?:一共|总共|共)?(?:有)?(?:多少|几)[个张条项份](?:是)?(?P<c>{_TOLD})",
        f"(?P<c>{_TOLD})的(?:一共|总共|共)?(?:有|占)?(?:多少|几)[个张条项份]",
    )
)


def in_one_order(text: str) -> str:
    """``text`` as 没写原因的指标有哪些 or 有几个, where a condition is all that it tells of the records.

    Unchanged where it asks for anything else, or tells more than one thing.
    """
    for frames, asked in ((_COUNT, "有几个"), (_LIST, "有哪些")):
        for frame in frames:
            if found := frame.fullmatch(text):
                told = found["c"].removeprefix("所有").removeprefix("全部").removesuffix("的")
                return f"{told}的{found['n']}{asked}" if len(told) > 1 else text
    return text
