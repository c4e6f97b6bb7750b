"""Which kinds of projects a description speaks of, and how far a past indicator fits it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from assistant.drafting.precedents import generalised
from assistant.form.model import Form
from assistant.understanding.customs import ProjectKind, project_kinds
from assistant.understanding.subjects import noun_phrase, title_of
from vectorstore.text import features

_SECOND = 0.6
_OFFICE = re.compile(r"^.{0,16}?(?:委员会|委|局|厅|处|办公室|管理中心|服务中心|街道|政府)的")
_ENDING = re.compile(r"(?:专项)?(?:项目|工作|经费|资金|工程|补助费|费)+$")
_HEAD_COUNTS = 4
_ENDS_NAME = 20
"""What the last word of a name adds: 中小企业…培训 is a training, however long the word for whom it is."""
_DOINGS = frozenset(
    {"建设", "新建", "安装", "维修", "改造", "维护", "运维", "更新", "发放", "采购", "购置", "治理"}
    | {"活动", "企业"}
)
"""What is done with things of many kinds: such a word at the end of a name tells less than the thing does."""

_UPKEEP = frozenset({"维修", "维护", "运维", "保养", "检修"})


def kinds_of(form: Form, words: str = "") -> tuple[ProjectKind, ...]:
    """The kind of the project, and a second one where nearly as clear; else the general kind.

    Words of the project's name count more than those around it, and most at its end (村医能力提升培训项目 is
    about 培训); an office that the name begins with does not count. Longer words tell more.
    """
    name = _OFFICE.sub("", form.project_name)
    for office in (form.unit, form.department):
        name = name.replace(office, "") if office else name
    name = name or noun_phrase(title_of(words))
    around = f"{form.goal.expected}\n{words}".replace(form.project_name or "\n", "")
    return _kinds(name, around)


@lru_cache(maxsize=4096)
def _kinds(name: str, around: str) -> tuple[ProjectKind, ...]:
    found = _words(name), _words(around)
    told = {kind.id: _clarity(kind, name, *found) for kind in project_kinds()}
    if any(word not in _DOINGS for word in found[0]):
        upkeep = [kind.id for kind in project_kinds() if _only_upkeep(kind, found[0])]
        told |= {identifier: told[identifier] / 2 for identifier in upkeep}
    ranked = sorted((kind for kind in project_kinds() if told[kind.id]), key=lambda kind: -told[kind.id])
    best = told[ranked[0].id] if ranked else 0.0
    kinds = [kind for kind in ranked[:2] if told[kind.id] >= _SECOND * best] or [project_kinds()[-1]]
    return tuple(worded(kind, f"{name}\n{around}") for kind in kinds)


def _only_upkeep(kind: ProjectKind, inside: Counter[str]) -> bool:
    """Whether nothing but upkeep tells the kind: 农村饮水维修养护 is about water first."""
    own = set(kind.words) & set(inside)
    return bool(own) and own <= _UPKEEP


def worded(kind: ProjectKind, text: str) -> ProjectKind:
    """``kind`` with the rows that fit ``text``, named as it calls the work."""
    told = [(text.index(word), -len(word), word) for word in kind.call if word in text]
    call = min(told)[2] if told else next(iter(kind.call), "")
    rows = {
        level: tuple(
            row.model_copy(update={"name": row.name.replace("{it}", call)})
            for row in entries
            if not row.needs or any(word in text for word in row.needs)
        )
        for level, entries in kind.rows.items()
    }
    return kind.model_copy(update={"rows": rows})


@cache
def _known_words() -> tuple[str, ...]:
    """The words of all kinds, the longest first."""
    return tuple(
        sorted({word for kind in project_kinds() for word in kind.words}, key=lambda word: (-len(word), word))
    )


def _words(text: str) -> Counter[str]:
    """The words that tell kinds, without those inside a longer one: 公路赛 is no 公路."""
    found: Counter[str] = Counter()
    spans: list[tuple[int, int]] = []
    for word in _known_words():
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not any(first <= at and end <= last for first, last in spans):
                found[word] += 1
                spans.append((at, end))
            at = text.find(word, end)
    return found


def _clarity(kind: ProjectKind, name: str, inside: Counter[str], outside: Counter[str]) -> float:
    core = _ENDING.sub("", name)
    found = float(sum(len(word) * (inside[word] + outside[word]) for word in kind.words))
    for word in kind.words:
        if inside[word] and word in core:
            end = (core.rindex(word) + len(word)) / len(core)
            head = 1 if word in _DOINGS else _HEAD_COUNTS
            found += len(word) ** 2 * (1 + head * end**3)
            if core.endswith(word) and word not in _DOINGS:
                found += _ENDS_NAME
    return found


def fit(name: str, *texts: str) -> float:
    """How much of a name's wording stands in ``texts``: the share of its neighbouring pairs of characters."""
    pairs = Counter(pair for pair in features(generalised(name)) if len(pair) == 2)
    known = {pair for text in texts for pair in features(text) if len(pair) == 2}
    return sum(count for pair, count in pairs.items() if pair in known) / pairs.total() if pairs else 0.0
