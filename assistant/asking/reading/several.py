"""Several questions in one sentence, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MOST = 3
_TAIL = 1
"""呢, 啊: what may stand behind a question and belongs to it."""
_STOP = re.compile(
    r"(?<=[一-龥])\s+(?=[一-龥])|(?<![0-9])[,，]|[,，](?![0-9])|[;；。?？!！]|、(?=(?:几|多少)[条个张项家][^,，、]{1,10}$)"
)
_ENCLOSED = re.compile('[“"「『《（(][^“"”」』》）)]*[”"」』》）)]')
_ASKS = re.compile(
    "多少|(?<![这那])几(?![十百千])|哪|谁|什么|啥|怎[么样]|咋|如何|为何|吗$|呢$|(?<=[完了标支成到满齐够])(?:没有|没)[啊呀呢嘛]?$|是否|是不是|有没有|有无|对不对|排[序名一]"
)
_TOPIC = re.compile("呢[,，][^,，;；]*(?:设|列|填|写|定)[了过]?[?？]?$")
"""…呢,有哪些项目设了: what the verb behind it is of, and no question of its own."""
_EDGES = ",，;；。 ？?！!"
_ONLY_JOINS = re.compile(
    "^(?:还有|另外|再|顺[便带]|然后|以及|同时|又|并且?|请问|[想再]?问(?:一?下|一句)|[说讲](?:一?下|一说|说|讲)|,|，)*"
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that ``question`` puts one after the other; empty where it is a single one."""
    spans = spans_of(question)
    if not 1 < len(spans) <= _MOST:
        return ()
    return tuple(_ONLY_JOINS.sub("", question[start:end].strip(_EDGES)) for start, end in spans)


def within_one(question: str, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether all questions but the first stand in one of these ``stretches``, which begins before them."""
    later = spans_of(question)[1:]
    return bool(later) and any(
        start < later[0][0] and later[-1][1] <= end + _TAIL for start, end in stretches
    )


def spans_of(question: str) -> list[tuple[int, int]]:
    """Where each question stands; a clause that asks nothing belongs to the next, else to the one before."""
    kept = _ENCLOSED.sub(lambda found: "□" * len(found[0]), question)
    ends = [found.start() for found in _STOP.finditer(kept)] + [len(question)]
    spans: list[tuple[int, int]] = []
    start = begun = 0
    for end in ends:
        if _ASKS.search(kept[start:end]) and not _TOPIC.match(kept, end - 1):
            spans.append((begun, end))
            begun = end
        start = end + 1
    if spans:
        spans[-1] = (spans[-1][0], len(question))
    return spans
