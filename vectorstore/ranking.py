"""The lexical ranking: how much of what a query looks for stands in a row, itself or by another word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from vectorstore.lexical import Floats, LexicalSpace
from vectorstore.query import Bound, Concept, Query
from vectorstore.row import IndicatorRow
from vectorstore.text import features, normalise

SINGLE = 0.25
"""A single character counts this much beside a pair: it carries little, but survives typing errors."""
FORM_SHARE = 1.0


@dataclass(frozen=True)
class Ranking:
    """``matched`` (rows x concepts) in [0, 1]; ``by`` says which alternative matched best, 0 being the word itself.

    ``coverage`` weighs the concepts by how much they tell; ``cosine`` compares the whole query with the row's own text.
    """

    matched: Floats
    by: NDArray[np.int32]
    masses: Floats
    coverage: Floats
    cosine: Floats


def rank(space: LexicalSpace, query: Query, synonyms: float = 1.0) -> Ranking:
    """The ranking of all rows of ``space`` for ``query``; ``synonyms`` scales the weight of words other than asked."""
    rows = space.row_side.shape[0]
    concepts = query.concepts
    matched = np.zeros((rows, len(concepts)), dtype=np.float32)
    by = np.zeros((rows, len(concepts)), dtype=np.int32)
    masses = np.array([_mass(space, concept) for concept in concepts], dtype=np.float32)
    for at, concept in enumerate(concepts):
        scores = _alternatives(space, concept, synonyms)
        by[:, at] = scores.argmax(axis=1)
        matched[:, at] = scores.max(axis=1)
    total = float(masses.sum()) or 1.0
    return Ranking(matched, by, masses, matched @ (masses / total), _cosine(space, query))


def _alternatives(space: LexicalSpace, concept: Concept, synonyms: float) -> Floats:
    """Rows x alternatives: the share of each alternative's features that a row has, by field weight."""
    bags = [(_own_bag(space, concept.features), 1.0)]
    bags += [(_other_bag(space, word), weight * synonyms) for word, weight in concept.others]
    columns = sorted({column for bag, _ in bags for column in bag})
    where = {column: line for line, column in enumerate(columns)}
    patterns = np.zeros((len(columns), len(bags)), dtype=np.float32)
    for number, (bag, weight) in enumerate(bags):
        for column, share in bag.items():
            patterns[where[column], number] = share * weight
    own = np.asarray(space.row_side[:, columns] @ patterns, dtype=np.float32)
    shared = np.asarray(space.form_side[:, columns] @ patterns, dtype=np.float32)
    return np.asarray(own + FORM_SHARE * shared[space.form_of], dtype=np.float32)


def _feature_mass(space: LexicalSpace, feature: str) -> float:
    """The idf of a feature; one that the library does not know tells as much as the rarest."""
    column = space.vocabulary.get(feature)
    idf = float(space.idf[column]) if column is not None else space.rarest
    return idf * (SINGLE if len(feature) == 1 and not feature.isascii() else 1.0)


def _mass(space: LexicalSpace, concept: Concept) -> float:
    return sum(_feature_mass(space, feature) for feature in concept.features)


def _own_bag(space: LexicalSpace, words: Sequence[str]) -> dict[int, float]:
    """Columns and shares of the known features of ``words``; the shares of all features, known or not, sum to one."""
    masses = {feature: _feature_mass(space, feature) for feature in words}
    total = sum(masses.values()) or 1.0
    return {
        space.vocabulary[feature]: mass / total
        for feature, mass in masses.items()
        if feature in space.vocabulary
    }


def _other_bag(space: LexicalSpace, word: str) -> dict[int, float]:
    """As ``_own_bag``, by pairs alone: a synonym's single characters would match at random."""
    found = features(word)
    return _own_bag(space, tuple(dict.fromkeys(f for f in found if len(f) > 1 or len(found) == 1)))


def _cosine(space: LexicalSpace, query: Query) -> Floats:
    weights = {f: _feature_mass(space, f) for concept in query.concepts for f in concept.features}
    length = float(np.sqrt(sum(weight * weight for weight in weights.values()))) or 1.0
    known = {space.vocabulary[f]: weight for f, weight in weights.items() if f in space.vocabulary}
    columns = list(known)
    vector = np.array([known[column] * float(space.idf[column]) for column in columns], dtype=np.float32)
    return np.asarray((space.row_side[:, columns] @ vector) / (space.lengths * length), dtype=np.float32)


_PRINTED = re.compile(r"([≥≤><=])?\s*(\d+(?:\.\d+)?)\s*(%|[^\d\s,，。;；%]{1,2})?")


def meets(bound: Bound, row: IndicatorRow) -> bool:
    """Whether the row's target is a value that ``bound`` asks for (``≥90%`` finds targets of 90 % and more)."""
    found = _PRINTED.search(normalise(row.target))
    if not found or (bound.unit and not (found[3] or "").startswith(bound.unit[:1])):
        return False
    number = Decimal(found[2])
    if bound.sign in "≥>":
        return number > bound.number or (bound.sign == "≥" and number == bound.number)
    if bound.sign in "≤<":
        return number < bound.number or (bound.sign == "≤" and number == bound.number)
    return number == bound.number
