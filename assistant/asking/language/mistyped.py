"""What people mistype in questions, and asides in brackets, put right before the question is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.asking.language.numbers import NUMBER

_WORDS = {
    **{"执行律": "执行率", "执行绿": "执行率", "支行率": "执行率", "执形率": "执行率", "满意读": "满意度"},
    **{
        "宗分": "总分",
        "自平": "自评",
        "总份": "总分",
        "重分": "总分",
        "德分": "得分",
        "得份": "得分",
        "只标": "指标",
        "指标直": "指标值",
    },
    **{
        "预祘": "预算",
        "予算": "预算",
        "预蒜": "预算",
        "与算": "预算",
        "项木": "项目",
        "向目": "项目",
        "像目": "项目",
    },
    **{
        "处事": "处室",
        "出室": "处室",
        "原音": "原因",
        "圆因": "原因",
        "措失": "措施",
        "错施": "措施",
    },
    **{
        "平军": "平均",
        "平钧": "平均",
        "和计": "合计",
        "合记": "合计",
        "排明": "排名",
        "拍序": "排序",
    },
    **{"多小": "多少", "最底": "最低", "没花玩": "没花完"},
    **{"结于": "结余", "节余": "结余", "既时": "及时", "满份": "满分", "影晌": "影响", "效溢": "效益"},
}
_TENTHS = str.maketrans("一二三四五六七八九", "123456789")
_LOOSE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str], ...] = (
    (
        re.compile(
            "(?<!的)那(?=些(?:项目|指标)|几[个张条](?:项目|表|指标|处|单位|$))(?!.*(?:[吗呢吧哪谁?？]|多少|什么|怎))"
        ),
        "哪",
    ),
    (re.compile("(?:好)?几千万(?=的|元|$)"), "不低于1000万且低于10000万"),
    (re.compile("(?:好)?几百万(?=的|元|$)"), "不低于100万且低于1000万"),
    (re.compile("(?:好)?几十万(?=的|元|$)"), "不低于10万且低于100万"),
    (re.compile("(?<=[万亿])块(?:钱)?"), "元"),
    (
        re.compile("([一二两三四五六七八九])倍半"),
        lambda found: f"{'一二三四五六七八九'.index(found[1].replace('两', '二')) + 1}.5倍",
    ),
    (re.compile("上千万(?!元?以)"), "1000万以上"),
    (re.compile("上百万(?!元?以)"), "100万以上"),
    (
        re.compile("(?<![0-9一二两三四五六七八九十])千万(?:元)?(?:级别?|规模|量级)"),
        "不低于1000万且低于10000万",
    ),
    (re.compile("(?<![0-9一二两三四五六七八九十])百万(?:元)?(?:级别?|规模|量级)"), "不低于100万且低于1000万"),
    (re.compile("(?<![0-9一二两三四五六七八九十])十万(?:元)?(?:级别?|规模|量级)"), "不低于10万且低于100万"),
    (re.compile("(?<![0-9一二两三四五六七八九十])千万"), "1000万"),
    (re.compile("(?<![0-9一二两三四五六七八九十])百万"), "100万"),
    (
        re.compile(
            f"(?<![不没未打得拿给圆充])(?<!没有)满(?=了?{NUMBER}(?:万|亿|元|个|家|人|次|张|条|项|%))了?"
        ),
        "达到",
    ),
    (
        re.compile("([一二三四五六七八九])成([一二三四五六七八九])"),
        lambda found: f"{found[1]}{found[2]}%".translate(_TENTHS),
    ),
)
"""Loose amounts in digits: 上千万, 百万级, 九成五."""
_INCLUDING = re.compile(r"以(?P<way>[上下])[(（](?P<no>不)?(?:包?含|包括)[^()（）]{0,12}[)）]")


_OPENING = re.compile(r"^([^,，:：。;；!！?？\s]{1,30})[,，:：。;；!！\s]")
_ASKERS = re.compile(
    "(?:区|市|省|县|州|自治区)?(?:人大|政协)?(?:代表|委员)(?:们)?|[主分]管(?:领导|副?[局厅处科]长)|(?:副?[局厅处科院校]长|主任|书记|主管)"
    "|(?:第三方|外部)?(?:评审|评价|评估)(?:机构|组|专家|老师|人员|公司)?|第三方(?:机构)?|专家组?|审计(?:局|厅|组|人员|报告)?"
    "|纪委|巡[察视]组?|督查组?|财政(?:局|厅|部门)?(?:绩效[处科])?(?:那边|这边)?|绩效[处科]|记者|群众|有人|同事|会计|[科处]里|局里|厅里|委里"
)
"""Those who ask, or for whom it is asked."""
_OF_PERSONS = re.compile(
    "^(?:要|要求)?(?:汇总|统计|核查|核对|复核|核实|对账|稽核|抽查|检查|备查|写报告|做表|存档|上会)(?:用|需要|要用|要)?$|^(?:在|来|又)?(?:问|催)(?:了|到|起)?$|^(?:正|在|想|需)?要(?:个|些|份|一份)?(?:数据|数字|数|汇总|材料|情况|统计|名单)|问(?:一)?[句下声问个]|让问|想问|要问|追问|关心|想弄清楚?|想搞清楚?|想了解|有个?(?:事|问题)|一件事|个事儿?|[核对查]{1,2}(?:个|一下|一遍|对)?账|我|咱|您|你好|领导|汇报|报告|材料|麻烦|劳驾|辛苦|请|帮|开会|会上|开头|上午|下午|明天|今天|着急|急用|检查组|同志|巡视|巡察|督导|打听|PPT|盖个?章|签字前|核一下|核对一下|先例|借鉴|参照|总结|要用|用得上|需要"
)
_OF_FORMS = re.compile(
    "项目|表|指标|预算|执行|[总得扣]分|处|单位|偏差|目标|资金|经费|分值|满意|结余|原因|完成|年"
    "|多少|几|哪|谁|什么|啥|怎|吗|是否|有没有|最|排"
)


def without_opening(text: str, named: Callable[[str], bool] = lambda _: False) -> str:
    """``text`` without what is said before the question: 我要写个汇报，开头得交代总盘子：…"""
    while (opening := _OPENING.match(text)) and not named(opening[1]):
        said = _ASKERS.sub("", opening[1])
        rest = text[opening.end() :].strip()
        by_persons = _OF_PERSONS.search(said) is not None or not said
        if not by_persons or _OF_FORMS.search(said) or not _OF_FORMS.search(rest):
            break
        text = rest
    return text


_WISH = re.compile(
    "[,，;；?？。!！](?:请|麻烦)?把(?:百分比|比例|数字|数值|具体数|金额|钱数|分数|得分|名字|结果)(?:也|都)?"
    "(?:一起|一并|一块儿?|顺便|顺带)?(?:报|列|说|给|写|带|标|附)(?:一下|出来|上来|给我|上)+[。!！?？]?$"
)


_ALREADY_ASKED = re.compile("((?:多少|几|哪|谁|什么|啥|怎)[^,，;；?？。!！呢]{0,12})呢[?？。!！]*$")


def without_wish(text: str) -> str:
    """``text`` without the wish that figures be told too, as they are anyhow: 把百分比一起报一下.

    Nor does 呢 at the end say anything where the question has a word that asks.
    """
    return _ALREADY_ASKED.sub(r"\1", _WISH.sub("", text))


_MUSING = re.compile(
    "(?<=[?？])[^?？“”0-9多几哪谁吗]*(?:怕是|恐怕|多半|八成是|看来|似乎|好像|总觉得|怀疑|莫非|别是|感觉|担心|生怕)[^?？“”0-9多几哪谁吗]*$"
)


def without_musing(text: str) -> str:
    """``text`` without what the asker thinks of it, behind the question: …？目标怕是定得太低了."""
    return _MUSING.sub("", text)


_INCLUDED = re.compile("([(（](?:包?含|包括)(?:本数)?[)）])以([上下])")
"""500万元（含）以上."""
_CONVENTION = re.compile(
    "[(（](?:没有?|未)(?:印|填|写)?(?:总分|得分|分值|分)的(?:不算|不计|除外|不管)[)）]"
    "|[(（]?(?:标点(?:符号)?|空格|换行|格式|全半角|字体)(?:不同|差异)?(?:不算|不计|除外|不管|不论|忽略不计|忽略)[)）]?"
    "|[(（][^()（）]{0,12}(?:为准|并列[^()（）]{0,6}|位小数|四舍五入)[^()（）]{0,4}[)）]"
)
"""How a figure is to be counted, where it is counted so anyhow: （没印总分的不算）, （保留两位小数）."""
_ENDS_IN = re.compile("[(（,，]?(?:包?含|包括)(?:两头|两端|首尾|头尾|端点|边界|本数|上下限)(?:在内)?[)）]?")
"""Both ends of 20万到60万 count anyhow."""


def put_right(
    text: str, known: Sequence[str] = (), named: Callable[[str], bool] = lambda _: False
) -> tuple[str, tuple[str, ...]]:
    """``text`` with the mistyped words replaced, and a note for each; ``known`` names are left alone.

    ``named``: whether a text names something, so that it is no mere opening.
    """
    notes = []
    text = without_musing(without_wish(without_opening(text, named)))
    for wrong, right in _WORDS.items():
        if wrong in text and wrong != right and not any(wrong in name for name in known):
            text = text.replace(wrong, right)
            notes.append(f"“{wrong}”按“{right}”理解")
    for pattern, plain in _LOOSE:
        text = pattern.sub(plain, text)
    text = _CONVENTION.sub("", text)
    text = _ENDS_IN.sub(lambda found: found[0] if text[found.start() - 1] == "不" else "", text)
    text = _INCLUDED.sub(lambda found: f"以{found[2]}{'' if found[2] == '上' else '含'}", text)
    return _INCLUDING.sub(_bracket, text), tuple(notes)


def _bracket(found: re.Match[str]) -> str:
    """以上（不含）is 超过, 以下（含）is 不超过: told by the sign that numbers.py reads."""
    if found["no"]:
        return "以上不含" if found["way"] == "上" else "以下不含"
    return "以上" if found["way"] == "上" else "以下含"
