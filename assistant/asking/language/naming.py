"""Names compared as text: pairs of characters, abbreviations, one character mistyped, words for one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.language.words import bundled_words
from assistant.form.numerals import normal

FEW = 3
_LABEL = re.compile(
    "实施单位|主管(?:部门|单位)|(?:全年|年初)?预算数|全年预算|(?:全年)?执行数|执行率|自评总分|总分|偏差原因|改进措施|(?:年度)?指标值"
    "|(?:实际)?完成值|预期目标|完成情况"
)
"""What cells of the form are called."""
_HEAD = re.compile(r"^指标[0-9一二三四五六七八九十]+[::]")
_PARTICLES = frozenset("的了和与及或在是、，,")


def told_parts(phrase: str) -> list[tuple[str, ...]]:
    """A phrase in parts that must all be told, each with the words that explanations use for it."""
    parts: list[tuple[str, ...]] = []
    rest = phrase
    for group in bundled_words().alike:
        said = max((word for word in group if word in rest), key=len, default="")
        if said:
            parts.append(tuple(word for word in group if len(word) > 1))
            for word in sorted(group, key=len, reverse=True):
                rest = rest.replace(word, " ")
    soft = bundled_words().soft
    for piece in rest.split():
        left = piece
        for word in soft if parts or len(piece) > FEW else ():
            left = left.replace(word, " ") if len(word) > 1 else left
        parts += [(one,) for one in (word.strip("的了、") for word in left.split()) if len(one) > 1]
    return parts


def only_soft(phrase: str) -> bool:
    """企业参加: nothing but words that a name need not hold, which tell no name from another."""
    rest = phrase
    for word in bundled_words().soft:
        rest = rest.replace(word, " ") if len(word) > 1 else rest
    return not rest.strip()


def squeezed(text: str) -> str:
    """A name as it is compared: normal text without the number before it and without spaces."""
    return _HEAD.sub("", normal(text)).replace(" ", "")


def grams(text: str, size: int) -> list[str]:
    """The stretches of ``size`` characters that neither begin nor end with a particle."""
    found = [text[at : at + size] for at in range(len(text) - size + 1)]
    return [gram for gram in found if gram[0] not in _PARTICLES and gram[-1] not in _PARTICLES]


def spans(marked: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of true."""
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marked):
        if mark and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif mark:
            found.append((at, at + 1))
    return found


def in_order(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in this order."""
    rest = iter(long)
    return all(c in rest for c in short)


def one_other(phrase: str, at: int) -> str:
    """A pattern for ``phrase`` with its character ``at`` any other."""
    return re.escape(phrase[:at]) + "[一-龥]" + re.escape(phrase[at + 1 :])


def nearly(core: str, at: int, unit: str) -> bool:
    """Whether ``core`` stands in ``unit`` when its character ``at`` may be any other."""
    if core in unit or core[:at] not in unit or core[at + 1 :] not in unit:
        return False
    return re.search(one_other(core, at), unit) is not None


def is_called(name: str, core: str, unit: str) -> bool:
    """Whether ``name`` is ``unit`` or what people call it: its end, or its characters in order."""
    if 0 < len(name) - len(unit) <= 1 and len(unit) > FEW and name[0] == unit[0] and in_order(unit, name):
        return True
    if unit.endswith(name):
        return len(core) != 1 or len(unit) == len(name)
    tail = name[len(core) :]
    if not tail or not unit.endswith(tail[-1]) or len(core) < 2:
        return False
    start = unit.rfind(core[0], 0, len(unit) - 1)
    own = re.split("厅|委(?!员)|局(?=.)", unit)[-1]
    if core[0] not in own or start < 0:
        return False
    if core in own:
        return True
    at = 0
    for c in core:
        at = own.find(c, at) + 1
        if at == 0:
            return False
    return own.startswith(core[0])


def without(start: int, end: int, holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a span outside ``holes``."""
    marked = [not any(a <= at < b for a, b in holes) for at in range(start, end)]
    return [(start + a, start + b) for a, b in spans(marked)]


def joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """区块链 with an idle character inside: single characters left over so near each other are one word."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        single = end - start == 1 and found and found[-1][1] - found[-1][0] == 1
        if single and start - found[-1][1] == 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def before_labels(text: str, named: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that are names, ended where a cell's label begins: 专项资金的实施, before 实施单位."""
    labels = [found.span() for found in _LABEL.finditer(text)]
    return [(a, min([start for start, end in labels if a < start < b < end], default=b)) for a, b in named]
