"""Which kinds of projects a description speaks of, and how far a past indicator fits it."""

from __future__ import annotations

import re
from collections import Counter

from assistant.drafting.customs import ProjectKind, project_kinds
from assistant.drafting.evidence import generalised
from assistant.form.model import Form
from vectorstore.text import features

_SECOND = 0.6
_OFFICE = re.compile(r"^.{0,16}?(?:委员会|委|局|厅|处|办公室|管理中心|服务中心|街道|政府)的")
_ENDING = re.compile(r"(?:专项)?(?:项目|工作|经费|资金|工程|补助费|费)+$")
_HEAD_COUNTS = 4


def kinds_of(form: Form, words: str = "") -> tuple[ProjectKind, ...]:
    """The kind of the project, and a second one where nearly as clear; else the general kind.

    Words of the project's name count more than those around it, and most at its end (村医能力提升培训项目 is
    about 培训); an office that the name begins with does not count. Longer words tell more.
    """
    name = _OFFICE.sub("", form.project_name)
    for office in (form.unit, form.department):
        name = name.replace(office, "") if office else name
    around = f"{form.goal.expected}\n{words}".replace(form.project_name or "\n", "")
    told = {kind.id: _clarity(kind, name, around) for kind in project_kinds()}
    ranked = sorted((kind for kind in project_kinds() if told[kind.id]), key=lambda kind: -told[kind.id])
    if not ranked:
        return (project_kinds()[-1],)
    best = told[ranked[0].id]
    return tuple(kind for kind in ranked[:2] if told[kind.id] >= _SECOND * best)


def _clarity(kind: ProjectKind, name: str, around: str) -> float:
    core = _ENDING.sub("", name)
    found = float(sum(len(word) * (around.count(word) + name.count(word)) for word in kind.words))
    for word in kind.words:
        if word in core:
            end = (core.rindex(word) + len(word)) / len(core)
            found += len(word) ** 2 * (1 + _HEAD_COUNTS * end**3)
    return found


def fit(name: str, *texts: str) -> float:
    """How much of a name's wording stands in ``texts``: the share of its neighbouring pairs of characters."""
    pairs = Counter(pair for pair in features(generalised(name)) if len(pair) == 2)
    known = {pair for text in texts for pair in features(text) if len(pair) == 2}
    return sum(count for pair, count in pairs.items() if pair in known) / pairs.total() if pairs else 0.0
