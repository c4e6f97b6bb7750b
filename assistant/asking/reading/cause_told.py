"""What an explanation is said to tell, cut out of the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.asking.language.patterns import CAUSE

_HEAD = re.compile(
    "^(?:了|的|到|过|是|说是|都是|因为|由于|有人|有的人|人(?=[没未不找联])|要(?!求)|应当?|需要?|(?<!原)因(?=[^为])|受(?=.*影响))"
)
_CAME_OF_IT = re.compile("[、,]?(?:(?:耽误|拖累|影响|导致|造成)[了到]?|(?:产生|引起|出现|形成)了?偏差).*$")
_SO = re.compile(
    "(?:才|而|就|所以|因此|以至于?|从而|于是)(?=没|未|不|少|晚|拖|停|减|取消|有|出现|产生)"
    "|(?:但是?|可是?|却|而)(?:又|还|也)?(?=(?:没有?|未|不)(?![提写说讲谈]|有)|[扣丢失]|拿|得)"
)
_SAID_OF_IT = re.compile(
    "(?:[搬抬拉扯拿](?:出来?|来)|(?:来)?(?:说事儿?|做文章|当幌子)[啊呀呢吧]?)$|(?:的|了|而|影响|啊|呀|呢|吧)$"
)
_HOW_MUCH = re.compile(
    "(?<=.{2})(?:的)?(?:人|情况|问题)(?:太|很|比较|较|挺)?多$|(?<=.{2})(?:太|很|比较|较|挺)多$"
)
_CONCERNING = re.compile("^[跟和与同](.+?)(?:有关系?|相关)的?$")
_OUTCOME = re.compile(
    "(?:影响|拖累)?(?:而)?(?:造成|导致|引起|产生|形成|带来)了?(?:的)?(?:偏差|偏离)(?=的|$|[,;、])"
    "|(?:没|未)(?:能)?(?:弄|做|办|搞|干)(?:好|成|到位|完善)了?(?=的|$|[,;、])"
)
"""因为…造成偏差的, 才没弄好的: what came of it in general, that narrows nothing."""


_A_KIND = re.compile(
    "(?:产出|效益|满意度?|数量|质量|时效|成本|(?:经济|社会|生态)效益|可持续影响|[一二三]级)(?:指标)?(?:类|名)?(?:底下|下面|之下|下头|里头|里面|里|下)?的?"
)
"""归到产出底下: a kind of indicators, no cause."""


class Told(NamedTuple):
    """The cause, and the stretch of the text that says so."""

    start: int
    end: int
    cause: str


def causes_told(text: str) -> Iterator[Told]:
    """Every cause that ``text`` speaks of; what came of it is left to be read, but where it says nothing."""
    for match in CAUSE.finditer(text):
        name = next((name for name in "abcde" if match[name]), "")
        told, end = (match[name], match.end()) if name else ("", match.end())
        if (so := _SO.search(told)) is not None and so.start() > 1:
            told, end = told[: so.start()], match.start(name) + so.end()
        if (outcome := _OUTCOME.match(text, end)) is not None:
            end = outcome.end()
        if not _A_KIND.fullmatch(told):
            yield Told(match.start(), end, _trimmed(told))


def _trimmed(told: str) -> str:
    told = _CONCERNING.sub(r"\1", _CAME_OF_IT.sub("", told))
    for edge in (_SAID_OF_IT, _HOW_MUCH, _HEAD):
        while (shorter := edge.sub("", told, count=1)) != told:
            told = shorter
    return told
