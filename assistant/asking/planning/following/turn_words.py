"""The words that tie a question to the one before it, and what is left without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.asking.language.patterns import WHOLE
from assistant.asking.reading.mentions import Reading

_LEAD = re.compile(
    "(?:(?P<back>反过来|倒过来|相反|反之)(?:看|说|算|的话)?|(?P<instead>(?:换|改)(?:成|为|看|用|按|到|做|算)?(?:一?下|一?个)?|"
    "(?:放宽|放大|扩大|收紧|缩小|降低?|提高|调整?|降)(?:到|至|成)|再?看看?)|那么?|再|又|还|然后|接着|如果|要是|假如|,)"
)
_TAIL = re.compile("(?:(?<=.)(?:呢|吧|啊|呀|看看|看一下|一下|试试|如何|怎么样|的话|[,?？。!！]))+$")
_POINTS = re.compile(
    "其中|[这那](?:里头|里面|当中|里边|些|几)|(?<![一-龥])里[面头边]|当中|这里(?!程)|(?:刚才|刚刚|上面|前面|上述|以上这)|[它他]们(?!俩)"
    "|[这那](?:[0-9]+|[两二三四五六七八九十]+)[个张条项家]"
)
_BOTH = re.compile(
    "[它他]们?俩|[这那]?[两二2](?:个|者|张|条|家|边|项|处)(?:项目|表|指标|处室?|单位|科室?)?(?![一-龥]*[以之]上)|二者|双方|各(?=[自是为有多得花几])|分别|都(?=[是有]?[多几])"
)
_PLACE_WORDS = re.compile("[张条个项家份]")
_OF_ALL = re.compile(WHOLE)


@dataclass(frozen=True)
class Bare:
    """A question without its first and last words that only tie it to the one before.

    ``instead``: something is to be exchanged; ``back``: the other way round; ``asks``: it ended in 呢.
    """

    text: str
    instead: bool = False
    back: bool = False
    asks: bool = False


def bare(text: str) -> Bare:
    """那换成执行数呢: 执行数, instead of something else."""
    instead = back = False
    while (lead := _LEAD.match(text)) is not None and text[lead.end() :]:
        instead, back = instead or lead["instead"] is not None, back or lead["back"] is not None
        text = text[lead.end() :]
    tail = _TAIL.search(text)
    asks = tail is not None and "呢" in tail[0]
    return Bare(text[: tail.start()] if tail else text, instead, back, asks)


def points_into(text: str) -> bool:
    """Whether 其中, 这些 or 里面 means the records of the last answer."""
    return _POINTS.search(text) is not None


def without_pointing(text: str) -> str:
    """``text`` without 其中 and the like."""
    return _POINTS.sub("", text)


def means_both(text: str) -> bool:
    """Whether 它俩, 两个, 各 or 分别 means the things that were asked for one after the other."""
    return _BOTH.search(text) is not None


def without_both(text: str) -> str:
    """``text`` without 它俩 and the like."""
    return _BOTH.sub("", text)


_LIGHT = re.compile("(?<=.)(?:看看|看一下|一下)(?:,|$)|^,+|,+$")


def without_light_words(text: str) -> str:
    """``text`` without 看看 and the like."""
    return _LIGHT.sub("", _LIGHT.sub("", text))


_HOW_MANY_FIRST = re.compile(
    "(?P<of>其中|里面)?(?P<ask>有(?:几|多少)[个条张项])(?!$|项目|表|指标|处|单位|科)(?P<what>[^,;]{2,})"
)


_RELATED = re.compile("(?P<with>(?:有关|相关|沾边|关联)的)(?=[是有]?(?:哪|几)[几些]?条)")


def asked_last(text: str) -> str:
    """有几个没写原因: 没写原因的有几个; 跟培训有关的是哪几条: which indicators."""
    text = _RELATED.sub(r"\g<with>指标", text)
    found = _HOW_MANY_FIRST.fullmatch(text)
    return f"{found['of'] or ''}{found['what'].removesuffix('的')}的{found['ask']}" if found else text


def means_all(text: str) -> bool:
    """Whether 所有, 全部 or 全厅 means all that there are."""
    return _OF_ALL.search(text) is not None


def names_records(reading: Reading) -> bool:
    """Whether 项目, 表, 指标 or 处室 is said, and not only counted with 张 or 条."""
    return any(not _PLACE_WORDS.fullmatch(noun.text) for noun in reading.nouns)


_IDLE = re.compile(
    "[□的是有又多少几哪个些张条项谁在为了呢吧啊,都和与跟各也就行按看共一列出来家占只光就仅要算留其中这那]*"
)


def only_ties(reading: Reading) -> bool:
    """Whether nothing is said but what was understood, names, and words that mean nothing alone."""
    rest = list(reading.rest)
    for start, end in [(m.start, m.end) for m in reading.phrases] + [
        (b.start, b.end) for b in reading.bounds
    ]:
        rest[start:end] = "□" * (end - start)
    return _IDLE.fullmatch("".join(rest)) is not None


_EVERYWHERE = re.compile(
    "(?:(?:放开|放|扩大|扩展|扩|推广)?(?:到|至|在)?)?(?:所有|全部|整个|全[厅局市县省区委])的?(?:处室|科室|单位|部门)?的?(?P<noun>项目|表|指标)?"
    "(?:范围)?(?:里面?|中|内|来看|上)?的?,?"
)
_UNLIMITED = re.compile("不(?:限于?|限定|局限于|只看|光看|分|管)[^,;]{0,14}(?:,|$)")
_OP_ONLY = re.compile(
    "(?:加起来|合计|一共|总共|合起来|总计)*(?:是|有|又|涉及)*(?:(?:多少|几)(?:万元?|元|钱|分)?|(?P<n>(?:多少|几)[张个条项](?P<noun>表|项目|指标)?)|(?:哪些|哪几[张个条]))?"
)


@dataclass(frozen=True)
class Widened:
    """``own``: what is said of all of them, "" where it is what was asked before; ``noun``: of all what.

    ``counts``: only how many, of ``counted`` ("": of the records asked for).
    """

    noun: str
    own: str
    counts: bool = False
    counted: str = ""


def widened(text: str) -> Widened | None:
    """那所有项目里呢, 不限处室呢, 所有项目里没花完的有几个; None where nothing is widened."""
    found = _EVERYWHERE.match(text) or _UNLIMITED.match(text)
    if found is None:
        return None
    noun = found.groupdict().get("noun") or ""
    rest = text[found.end() :]
    op = _OP_ONLY.fullmatch(rest)
    if op is None:
        return Widened(noun, rest)
    return Widened(noun, "", counts=op["n"] is not None, counted=op["noun"] or "")
