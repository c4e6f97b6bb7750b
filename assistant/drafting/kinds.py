"""Which kinds of projects a description speaks of, and how far a past indicator fits it."""

from __future__ import annotations

from collections import Counter

from assistant.drafting.customs import ProjectKind, project_kinds
from assistant.drafting.evidence import generalised
from assistant.form.model import Form
from vectorstore.text import features

_NAME_COUNTS = 3
_SECOND = 0.6


def kinds_of(form: Form, words: str = "") -> tuple[ProjectKind, ...]:
    """The kind of the project, and a second one where nearly as clear; else the general kind.

    Words of the project's name count three times, longer words more.
    """
    told = {
        kind.id: sum(
            len(word) * (_NAME_COUNTS * form.project_name.count(word) + text.count(word))
            for word in kind.words
            for text in (form.goal.expected, words)
        )
        for kind in project_kinds()
    }
    ranked = sorted((kind for kind in project_kinds() if told[kind.id]), key=lambda kind: -told[kind.id])
    if not ranked:
        return (project_kinds()[-1],)
    best = told[ranked[0].id]
    return tuple(kind for kind in ranked[:2] if told[kind.id] >= _SECOND * best)


def fit(name: str, *texts: str) -> float:
    """How much of a name's wording stands in ``texts``: the share of its neighbouring pairs of characters."""
    pairs = Counter(pair for pair in features(generalised(name)) if len(pair) == 2)
    known = {pair for text in texts for pair in features(text) if len(pair) == 2}
    return sum(count for pair, count in pairs.items() if pair in known) / pairs.total() if pairs else 0.0
