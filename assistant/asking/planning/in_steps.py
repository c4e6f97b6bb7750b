"""Questions that need the answer of another first, taken apart by their words.

扣分最多的那张表有几个数量指标: which form it is, then what is asked of it. 执行率比园区专项低的项目: that
rate, then those below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.asking.language.numbers import NUMBER
from assistant.asking.reading.mentions import Reading
from assistant.form.numerals import number_of

_N = f"(?:[0-9]+|{NUMBER})"
_FORM = "项目|专项|自评表|单子|表(?![示现明态达])"
_OFFICE = "处室|科室|单位|部门"
_RANK = (
    "(?:最(?:为)?(?:[高低多少大小好差长短贵]|靠前|靠后)"
    f"|(?:倒数|排(?:名|在)?|位列)?第{_N}(?:[高低多少大小]|名|位)?|(?:排(?:名|在)?)?前{_N}(?:名|位|[高大])?"
    "|垫底|排末位|排榜首|得头名)(?:分)?(?:的)?"
)
_PICKED = re.compile(
    f"^(?P<pick>[^,;]{{2,30}}?{_RANK})(?:(?P<row>(?:(?:那|这)?(?:一)?[条个项])?指标(?:所在|所属|属于)的(?:那)?(?:张|个)?(?:表|项目))"
    f"|(?:(?:那|这)(?:一)?个)?(?P<office>{_OFFICE})"
    f"|(?:那|这)?(?:一)?(?P<n>{_N})?[个张份](?:{_FORM}|(?!指标|{_OFFICE}|月|季|百分))|(?:{_FORM}))"
    "(?P<rest>,?[^?]{2,})$"
)
_THE_ONE = re.compile(
    f"^(?P<told>[^,;]{{2,24}}?)的(?:那|唯一)(?:的)?(?:一)?[个张份](?:{_FORM})?(?P<rest>,?.{{2,}})$"
)
_JUST_WHICH = re.compile(
    "(?:的)?(?:名称|名字)?(?:又)?(?:是|叫|有|为)?(?:哪|谁|什么|啥|(?:一共|总共|共)?(?:有)?(?:几|多少)(?=[个张份]$))(?:个|张|份|家|一家|一个|一张|几个|几张|些)?(?:项目|表|处室|科室|单位|部门|名字|名称)?(?:来着)?(?:[啊呢])?"
)
_PROJECTS = re.compile(f"(?:{_FORM})$")
_EACH = re.compile("各自?|分别|每[张个]")
_TOGETHER = re.compile("合计|一共|总共|加起来|合起来")
_NOT_PLAIN = frozenset(
    (
        "count",
        "top",
        "top_n",
        "nth",
        "last_n",
        "mean",
        "sum",
        "share",
        "how",
        "correct",
        "problems",
        "extremes",
    )
)
_TOLD = frozenset(("goal_expected", "goal_actual", "note", "remark", "target", "actual", "completion"))


@dataclass(frozen=True)
class Picking:
    """``first`` asks which forms are meant, ``rest`` what is asked of them; ``many``: so many are meant.

    ``each``: it is asked of each of them. ``told``: they are picked by a condition, not by an order.
    ``of_row``: the order is of indicators, and the form is theirs. ``of_office``: it is of offices.
    """

    first: str
    rest: str
    many: int = 1
    each: bool = False
    told: bool = False
    of_row: bool = False
    of_office: bool = False

    @property
    def asks_which(self) -> bool:
        """Whether the forms themselves are asked first: …是哪个,扣了几分."""
        return _is_just_which(re.split("[,;]", self.rest)[0], self.of_office)

    @property
    def ranks_within(self) -> bool:
        """Whether another superlative picks among them: 指标最少的表里预算最大的."""
        return re.search(_RANK, self.rest) is not None and not re.search("条|指标|哪一?项", self.rest)


def _is_just_which(rest: str, of_office: bool) -> bool:
    """Whether ``rest`` asks for nothing but what was picked; the projects of an office are more."""
    return _JUST_WHICH.fullmatch(rest) is not None and not (of_office and _PROJECTS.search(rest))


def picking(question: str) -> Picking | None:
    """The question taken apart at a superlative over forms; None where it has none, or asks only for that."""
    found = _PICKED.match(question)
    if found is None or _is_just_which(found["rest"].strip(","), found["office"] is not None):
        return None
    pick, rest = found["pick"].removesuffix("的"), found["rest"].lstrip(",")
    if found["row"]:
        return Picking(f"{pick}的指标是哪条", rest, of_row=True)
    if found["office"]:
        return Picking(f"{pick}的{found['office']}是哪个", rest, of_office=True)
    several = re.search(f"前({_N})(?:名|位|[高大])?的?$", found["pick"])
    said = several[1] if several else found["n"]
    many = int(number_of(said) or 1) if said else 1
    if several:
        return Picking(f"{pick}的项目是哪几个", rest, many, _each(rest))
    which = f"{many}个项目是哪几个" if many > 1 else "项目是哪个"
    return Picking(f"{pick}的{which}", rest, many, _each(rest))


def _each(rest: str) -> bool:
    return _EACH.search(rest) is not None and _TOGETHER.search(rest) is None


def the_one(question: str) -> Picking | None:
    """超支的那个项目为什么超支: the single form of which something is told."""
    found = _THE_ONE.match(question)
    if found is None or _JUST_WHICH.fullmatch(found["rest"].strip(",")):
        return None
    return Picking(f"{found['told']}的项目有哪些", found["rest"].lstrip(","), told=True)


def asks_more_than_cells(rest: Reading) -> bool:
    """Whether more than cells of its head is asked of what was picked."""
    rows = rest.levels or any(noun.name == "row" for noun in rest.nouns)
    return bool(rows or {m.name for m in rest.marks} & _NOT_PLAIN or {m.name for m in rest.fields} & _TOLD)


_NEXT = re.compile(
    f"^(?P<field>[^,;]{{2,12}}?)最(?P<way>[高低多少大小])的?(?:{_FORM}|[个张])?(?:和|与|跟|比)第(?P<n>{_N})[高低多少大小]?的?(?:{_FORM}|[个张])?"
    "(?:之间)?(?:相?差|差距|多|少|高|低)(?:了|出|是)?(?:多少|几)[^,;]{0,4}$"
)


def against_next(question: str) -> str | None:
    """总分最高和第二高差几分, as two projects whose figures are set against each other."""
    found = _NEXT.match(question)
    if found is None:
        return None
    field, way = found["field"].removesuffix("的"), found["way"]
    return f"{field}最{way}的项目的{field}比{field}第{found['n']}{way}的项目的{field}高多少"


_THAN = re.compile(
    "^(?P<before>[^,;]*?)比(?![例重率较])(?P<what>[^,;]{2,24}?)(?:的)?(?:都|还|更|要)*(?P<way>[高低多少大小])"
    "(?P<after>(?:的[^,;]*)?)$"
)
_BEYOND = re.compile(
    "^(?P<before>[^,;]*?)(?:(?P<above>超过了?|高于|多于|大于)|(?P<below>低于|少于|小于|不如|比不上|不及))"
    "(?P<what>[^,;0-9]{2,24}?)(?P<after>(?:的(?:项目|表)[^,;]*)?)$"
)
_ASKED = re.compile(
    f"^(?:请问)?(?P<any>有没有|有无|是否有|有)?(?P<which>(?:哪|多少|几)(?:个|张|些|几个|几张)?(?:{_FORM})?(?:的)?)?(?P<field>.*?)(?:的)?$"
)
_COUNTED = re.compile("指标(?:的)?(?:数量?|条数|个数)?$|^(?:条数|个数)$")
_ASKS = re.compile("有没有|有无|是否|吗$|哪|几|多少|有谁|名单|列")
_HOW_MANY = re.compile("(?:几|多少)[个张]")
_AIM = re.compile(
    "(?:年度|绩效|预定|原定|既定)?(?:目标|计划|任务|预期|要求|指标|分值|满分)(?:值|数)?(?:了|的)?"
    "|(?:当初|年初|原来|原先|事先)?(?:说好?|定好?|原定|预定|设定|承诺|规定|要求|计划|答应)的?(?:数|目标值?)?"
)
"""超过目标了: what every indicator is held against, no form."""
_ALL_OTHERS = re.compile(
    f"(?:(?:其他|其它|别的|其余|另外|任何|所有)(?:的)?)+(?:{_N}?[个张份])?(?:{_FORM}|单位)?"
)


@dataclass(frozen=True)
class HeldAgainst:
    """``first`` asks for the figure of one form ("": held against all others); ``then`` for those beyond it.

    ``counted``: how many rows the first question gives is the figure; ``field`` is what is compared.
    """

    first: str
    field: str
    way: str
    noun: str
    tail: str
    counted: bool = False

    def then(self, figure: str) -> str:
        """The question with the figure put in."""
        if self.first:
            return f"{self.field}{self.way}{figure}的{self.noun}{self.tail}"
        return f"{self.field}最{self.way}的{self.noun}是哪个"


def held_against(question: str, apart: Callable[[str], tuple[str, str] | None]) -> HeldAgainst | None:
    """执行率比园区专项低的项目有哪些; None where nothing is held against one form, or against all others.

    ``apart`` divides 园区专项执行率 into the name and the field.
    """
    found = _THAN.match(question) or _BEYOND.match(question)
    asked = _ASKED.match(found["before"]) if found is not None else None
    if found is None or asked is None or not _ASKS.search(question[: found.start("what")] + found["after"]):
        return None
    field, what = asked["field"], found["what"]
    if _AIM.fullmatch(what):
        return None
    said = found.groupdict()
    way = said.get("way") or ("高" if said.get("above") else "低")
    if not field:
        divided = apart(what)
        if divided is None:
            return None
        what, field = divided
    noun = "表" if "表" in found["before"] + found["after"] else "项目"
    if _ALL_OTHERS.fullmatch(what):
        return HeldAgainst("", field, way, noun, "")
    counts = _COUNTED.search(field) is not None
    kind = re.sub("(?:的)?(?:数量?|条数|个数)$", "", field) if counts else field
    above = way in "高多大"
    if asked["any"] in ("有没有", "有无", "是否有") or found["after"].endswith(("吗", "有没有")):
        tail = "有吗"
    else:
        tail = "有几张" if _HOW_MANY.search(question) else "有哪些"
    if counts:
        kind = kind or "指标"
        return HeldAgainst(f"{what}有哪些{kind}", kind, "多于" if above else "少于", noun, tail, counted=True)
    return HeldAgainst(f"{what}的{field}是多少", field, "高于" if above else "低于", noun, tail)
