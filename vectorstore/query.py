"""What a query asks for: the level it names, the year, a value, and the words that are left to look for."""

from __future__ import annotations

import operator
import re
from collections.abc import Container
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.form.model import Frozen
from vectorstore.lexicon import PARTICLES, Lexicon
from vectorstore.spelling import Correction, corrected
from vectorstore.text import features, normalise, runs

_LEVELS = {
    "产出": "level1",
    "效益": "level1",
    "数量": "level2",
    "质量": "level2",
    "时效": "level2",
    "成本": "level2",
    "经济效益": "level2",
    "社会效益": "level2",
    "生态效益": "level2",
    "环境效益": "level2",
    "可持续影响": "level2",
    "服务对象满意度": "level2",
    "满意度": "level2",
}
_LEVEL = re.compile(f"({'|'.join(sorted(_LEVELS, key=len, reverse=True))})(?:类|方面)?(?:的)?指标")
_YEAR = re.compile(r"(?<![\d/])(20\d\d)\s*年度?(?![\d月])")
_VALUE = re.compile(r"([≥≤><=])\s*(\d+(?:\.\d+)?)\s*(%|万元|亿元|元|人次|人|家|个|次|期|天)?")
_PRINTED = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[^\d\s,，。;；%]{1,2})?")
_SPOKEN_SIGNS = (
    (re.compile("不低于|不少于|大于等于|至少|>="), "≥"),
    (re.compile("不高于|不超过|不多于|小于等于|至多|<="), "≤"),
)
_OFFICE = re.compile("[处局厅科办委]|中心|大队")
_LONGEST_OFFICE = 14
_CAUSE = re.compile(
    "原因|为什么|为啥|怎么回事|因为|由于|导致|闹的|偏差|没到目标|没完成|未完成|没有完成|没达到|未达到|没办成|没举办|没开成|"
    "(?:哪些|哪个|哪张).*(?:超支|超了|超标|没花完|没用完|没做完|取消|推迟|延期)"
)
_COMPARISONS = {"≥": operator.ge, "≤": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
_SPLIT = re.compile(f"[{''.join(sorted(PARTICLES))}]")
_HINT = 0.6
"""What a character of unknown speech may stand for counts this much of what it counts as a word."""


class Bound(Frozen):
    """A value as asked for: ``sign`` is one of ≥ ≤ > < =, ``unit`` may be empty."""

    sign: str
    number: Decimal
    unit: str = ""

    def compare(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which numbers are such a value: ``≥90%`` asks for targets of 90 % and more; NaN never is."""
        found: NDArray[np.bool_] = _COMPARISONS[self.sign](numbers, float(self.number))
        return found


class Concept(Frozen):
    """One thing looked for. ``features`` are its own; ``others``: words to look for instead, weights < 1.

    ``known``: a word of the lexicon; ``general``: a word that says how something is counted, not what.
    ``parts``: the lexicon's words within a longer one (培训 and 人数 in 培训人数).
    """

    text: str
    features: tuple[str, ...]
    others: tuple[tuple[str, float], ...] = ()
    known: bool = False
    general: bool = False
    parts: tuple[Concept, ...] = ()


class Query(Frozen):
    """A query as understood. All but ``concepts`` are wishes: rows that miss them rank lower.

    ``level1``/``level2`` are levels that the query names; ``kinds`` are those that its words hint at.
    ``corrections``: typing errors mended. ``offices``: what may be the name of one, the longest first.
    ``cause``: why something deviated is asked.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    level1: str = ""
    level2: str = ""
    kinds: frozenset[str] = frozenset()
    year: int | None = None
    bound: Bound | None = None
    offices: tuple[str, ...] = ()
    cause: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def wishes(self) -> bool:
        """Whether the query names a level, a year or a value."""
        return bool(self.level1 or self.level2 or self.year or self.bound)


def printed_value(target: str) -> tuple[Decimal | None, str]:
    """The first number of a printed target and its unit (two characters of it), None and "" without one."""
    found = _PRINTED.search(normalise(target))
    return (Decimal(found[1]), found[2] or "") if found else (None, "")


def understand(text: str, lexicon: Lexicon, seen: Container[str] | None = None) -> Query:
    """Takes the level, the year and a comparison out of ``text``; the rest becomes concepts.

    ``seen``: the features of the library; with them, typing errors are mended.
    """
    rest = normalise(text)
    for spoken, sign in _SPOKEN_SIGNS:
        rest = spoken.sub(sign, rest)
    levels = {"level1": "", "level2": ""}
    for match in _LEVEL.finditer(rest):
        levels[_LEVELS[match[1]]] = match[1]
    value = _VALUE.search(rest)
    years = {int(year) for year in _YEAR.findall(rest)}
    # Two years are a period or part of a name, as in 2020/2021采暖期: words to look for, not a wish.
    year = years.pop() if len(years) == 1 else None
    for pattern in (_LEVEL, _VALUE, *([_YEAR] if year else [])):
        rest = pattern.sub(" ", rest)
    mended = [corrected(run, lexicon, seen) if seen is not None else (run, ()) for run in runs(rest)]
    rest = " ".join(run for run, _ in mended)
    return Query(
        text=text,
        concepts=_concepts(rest, lexicon),
        corrections=tuple(correction for _, made in mended for correction in made),
        level1=levels["level1"],
        level2=levels["level2"],
        kinds=frozenset() if levels["level2"] else lexicon.wished(rest),
        year=year,
        offices=_offices(rest),
        cause=bool(_CAUSE.search(rest)),
        bound=Bound(sign=value[1], number=Decimal(value[2]), unit=value[3] or "") if value else None,
    )


def _offices(text: str) -> tuple[str, ...]:
    """All that ends like the name of an office, from three characters on."""
    return tuple(
        run[start:end]
        for run in runs(text)
        for match in _OFFICE.finditer(run)
        for end in [match.end()]
        for start in range(max(0, end - _LONGEST_OFFICE), end - 2)
    )


def _concepts(text: str, lexicon: Lexicon) -> tuple[Concept, ...]:
    found: dict[str, Concept] = {}
    for run in runs(text):
        for word in lexicon.segment(run):
            if word in lexicon.idle:
                continue
            for piece in [word] if word in lexicon.widened else _SPLIT.split(word):
                if piece:
                    found.setdefault(piece, _concept(piece, lexicon))
    return tuple(found.values())


@lru_cache(maxsize=8192)
def _concept(word: str, lexicon: Lexicon, *, whole: bool = True) -> Concept:
    known = word in lexicon.widened
    parts = lexicon.segment(word, longest=len(word) - 1) if whole and known and len(word) > 1 else []
    return Concept(
        text=word,
        features=tuple(dict.fromkeys(features(word))),
        others=tuple((lexicon.widened[word] if known else _hints(word, lexicon)).items()),
        known=known,
        general=word in lexicon.general,
        parts=tuple(_concept(part, lexicon, whole=False) for part in parts) if len(parts) > 1 else (),
    )


def _hints(stretch: str, lexicon: Lexicon) -> dict[str, float]:
    """What the single characters of an unknown stretch may stand for (修 in 修教室), at reduced weight."""
    found: dict[str, float] = {}
    for character in stretch:
        for word, weight in lexicon.widened.get(character, {}).items():
            found[word] = max(found.get(word, 0.0), weight * _HINT)
    return found
