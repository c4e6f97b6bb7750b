"""A name for a project that has none yet, made of the user's own words about what is done."""

from __future__ import annotations

import re

from assistant.understanding.clauses import clean, split
from assistant.understanding.offices import looks_like_office, without_office
from assistant.understanding.project_names import SAYS_SOMETHING
from assistant.understanding.quantities import find_quantities
from assistant.understanding.subjects import at_home, introduces_speaker, noun_phrase, title_of

_SHORTEST, _LONGEST = 4, 24
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_FRAME = re.compile(
    r"^(?:20\d\d年度?|今年|本年度?|全年|年内|我们?(?:[局处科委院校厅](?=[\u3400-\u9fff]{3}))?|本单位|我[局处科厅院校委]|这个|项目|主要是?|就是|是|要|计划(?!生育)"
    r"|拟(?!定)|准备|打算|负责|将|需要?|想|预计|完成|用于|用来|另外|还|并|再|来|去|□|，)+"
)
_HEAVY = (
    "发放|采购|购置|购买|改造|维修|修缮|修补|修建|新建|建设|扩建|改建|养护|维护|培训|补助|补贴|奖补|奖励|资助|慰问|救助"
    "|治理|整治|编制|办理|选派|选聘|引进|招聘|安装|更新|更换|升级|检测|监测|普查|防治|接种|种植|绿化|清淤|加固|拆除|扶持"
    "|配备|储备|翻修|运维|修复|表彰|推广|研发|开发|租赁|支持|造林|清运|抽检|防疫|筛查|拍摄|制作|修订|保洁|演出|巡演|义诊|巡查|排查|体检|走访|新装|加装|铺设|疏浚|新购|演练|除险"
)
_SHORT = r"发(?![现展生表布挥动明])|买|修|建(?![筑立成议])|配(?![套合电])|拍|装(?![修备])|种(?![植子类])"
_FORMAL = {
    "发": "发放",
    "买": "购买",
    "修": "维修",
    "建": "建设",
    "配": "配备",
    "拍": "拍摄",
    "装": "安装",
    "种": "种植",
}
_WHERE = r"(?:(?:赴|到|在)[\u3400-\u9fff、]{1,20}?|委托[\u3400-\u9fff]{1,10}?)?"
_THING = r"[\u3400-\u9fffA-Za-z、]"
_GIVES = re.compile(
    rf"^(?:给|为|对|向)(?P<who>[\u3400-\u9fff]{{2,14}}?)"
    rf"(?:(?P<verb>{_HEAVY}|{_SHORT})(?P<what>[\u3400-\u9fff]{{0,12}})"
    r"|(?:给予|提供|进行|实施)(?P<given>[\u3400-\u9fff]{2,12}))$"
)
_DOES = re.compile(rf"^{_WHERE}(?P<verb>{_HEAVY}|{_SHORT})(?P<what>{_THING}{{2,20}})$")
_HOLDS = re.compile(
    rf"^{_WHERE}(?:举办|组织|开展|召开|做|搞|办(?![公事案])|进行|实施|承办)(?P<what>{_THING}{{3,16}})$"
)
_DONE_BY_NAME = re.compile(rf"^[\u3400-\u9fff]{{2,18}}(?:{_HEAVY})$")
_ENDS_IN_VERB = re.compile(rf"(?:{_HEAVY})$")
_VERB_FIRST = frozenset({"新建", "扩建", "改建"})
_MEASURES = re.compile(
    r"^(?:里程|面积|人数|数量|次数|天数|户数|场次|标准|时间|成本|资金|经费)|(?:率|人数|数量|里程|面积|度)$"
)
_FILLING = re.compile(r"一批|一些|各类|大约|左右|共计|合计|累计|一共|\d+(?:周)?岁(?:以[上下])?|等$")


def drafted_name(words: str, *offices: str) -> str:
    """A name from the first clause that says what is done: 给农户发放补贴 gives 农户补贴发放.

    ``offices``: the unit and the like, which are no part of it. "" where no clause says so.
    """
    told = [
        without_office(clause.text, *offices)
        for sentence in split(clean(words))
        for clause in sentence.clauses
        if clause.mood == "stated" and clause.when in ("", "present") and not introduces_speaker(clause.text)
    ]
    names = [*map(_drafted, told[:1]), *map(_of_title, told[:1]), *map(_drafted, told[1:])]
    return next(filter(None, names), "")


def _of_title(clause: str) -> str:
    """What a first clause is about, where it says no more than that: 智能制造实训基地建设."""
    name = noun_phrase(title_of(clause))
    counted = [one for one in find_quantities(clause) if one.kind != "date"]
    usable = _SHORTEST <= len(name) <= _LONGEST and not SAYS_SOMETHING.search(name) and not counted
    return name if usable and "的" not in name and not looks_like_office(name) else ""


def _drafted(clause: str) -> str:
    text = _without_figures(_FILLING.sub("", at_home(_BRACKETED.sub("", clause))))
    core = _FILLING.sub("", _FRAME.sub("", text))
    core = re.sub(
        rf"^({_HEAVY}|{_SHORT}|办|搞|做)[一几](?:个|座|条|批|项|套|处|所|场|期|次)(?=..)", r"\1", core
    )
    name = ""
    if found := _GIVES.match(core):
        verb, what = found["verb"] or "", found["what"] or found["given"] or ""
        name = found["who"] + what + _FORMAL.get(verb, verb)
    elif (found := _DOES.match(core)) and not _MEASURES.search(found["what"]):
        name = _named(_FORMAL.get(found["verb"], found["verb"]), found["what"])
    elif (found := _HOLDS.match(core)) and not _MEASURES.search(found["what"]):
        name = found["what"]
    elif text != clause and _DONE_BY_NAME.match(core):
        name = core
    usable = _SHORTEST <= len(name) <= _LONGEST and not SAYS_SOMETHING.search(name) and "的" not in name
    return name if usable else ""


def _named(verb: str, what: str) -> str:
    if _ENDS_IN_VERB.search(what) or verb in _VERB_FIRST:
        return verb + what
    return what + verb


def _without_figures(text: str) -> str:
    for one in reversed(find_quantities(text)):
        text = text[: one.start] + text[one.end :]
    return text
