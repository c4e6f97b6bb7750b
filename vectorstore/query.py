"""What a query asks for: the level it names, the year, a value, and the words that are left to look for."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.form.model import Frozen
from vectorstore.lexicon import Lexicon
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
_PARTICLES = re.compile("[的了吗呢吧啊呀嘛么]")
_SPOKEN_SIGNS = (
    (re.compile("不低于|不少于|大于等于|至少|>="), "≥"),
    (re.compile("不高于|不超过|不多于|小于等于|至多|<="), "≤"),
)


class Bound(Frozen):
    """A value as asked for: ``sign`` is one of ≥ ≤ > < =, ``unit`` may be empty."""

    sign: str
    number: Decimal
    unit: str = ""


class Concept(Frozen):
    """One thing looked for. ``features`` are its own; ``others`` are words to look for instead, with weights < 1."""

    text: str
    features: tuple[str, ...]
    others: tuple[tuple[str, float], ...] = ()


class Query(Frozen):
    """A query as understood. ``level1``/``level2``/``year``/``bound`` are preferences, not conditions."""

    text: str
    concepts: tuple[Concept, ...] = ()
    level1: str = ""
    level2: str = ""
    year: int | None = None
    bound: Bound | None = None


def understand(text: str, lexicon: Lexicon) -> Query:
    """Takes the level, the year and a comparison out of ``text``; the rest becomes concepts."""
    rest = normalise(text)
    for spoken, sign in _SPOKEN_SIGNS:
        rest = spoken.sub(sign, rest)
    levels = {"level1": "", "level2": ""}
    for match in _LEVEL.finditer(rest):
        levels[_LEVELS[match[1]]] = match[1]
    years = {int(year) for year in _YEAR.findall(rest)}
    bound = _VALUE.search(rest)
    for pattern in (_LEVEL, _VALUE):
        rest = pattern.sub(" ", rest)
    if len(years) == 1:
        rest = _YEAR.sub(" ", rest)
    return Query(
        text=text,
        concepts=_concepts(rest, lexicon),
        level1=levels["level1"],
        level2=levels["level2"],
        year=years.pop() if len(years) == 1 else None,
        bound=Bound(sign=bound[1], number=Decimal(bound[2]), unit=bound[3] or "") if bound else None,
    )


def _concepts(text: str, lexicon: Lexicon) -> tuple[Concept, ...]:
    found: dict[str, Concept] = {}
    for run in runs(text):
        for word in lexicon.segment(run):
            if word in lexicon.idle:
                continue
            for piece in [word] if word in lexicon.widened else _PARTICLES.split(word):
                if piece:
                    others = lexicon.widened.get(piece, {})
                    found.setdefault(
                        piece, Concept(text=piece, features=_distinct(piece), others=tuple(others.items()))
                    )
    return tuple(found.values())


def _distinct(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(features(text)))
