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

SINGLE = 0.8
"""A single character counts this much beside a pair: it carries little, but survives typing errors."""
PARTS = 0.95
"""The parts of a long word found apart count a little less than the word."""
LIGHT = 0.3
"""Characters that mostly build sentences tell little."""
STRANGE = 0.4
"""What neither the lexicon nor the library knows is likely to be speech around the matter, not the matter."""
GENERAL = 0.7
"""A word that says how something is counted tells less than what is counted."""
_LIGHT_CHARACTERS = frozenset("的了着过是有没不要会能都也就还从跟和与及或很太最又再才只给把被让在到对为用")


@dataclass(frozen=True)
class Ranking:
    """``matched`` (rows x concepts) in [0, 1]; ``by`` says which alternative matched best, 0 being the word itself.

    ``coverage`` weighs the concepts by how much they tell; ``specific`` leaves the general ones out, and is
    ``coverage`` itself where a query has no others.
    """

    matched: Floats
    by: NDArray[np.int32]
    coverage: Floats
    specific: Floats


def rank(space: LexicalSpace, query: Query, synonyms: float = 1.0) -> Ranking:
    """The ranking of all rows of ``space`` for ``query``; ``synonyms`` scales the weight of words other than asked."""
    rows = space.row_side.shape[0]
    concepts = query.concepts
    matched = np.zeros((rows, len(concepts)), dtype=np.float32)
    by = np.zeros((rows, len(concepts)), dtype=np.int32)
    masses = np.array([_mass(space, concept) for concept in concepts], dtype=np.float32)
    for at, concept in enumerate(concepts):
        matched[:, at], by[:, at] = _best(space, concept, synonyms)
    coverage = _weighted(matched, masses)
    chosen = np.array([not concept.general for concept in concepts], dtype=bool)
    specific = _weighted(matched[:, chosen], masses[chosen]) if chosen.any() else coverage
    return Ranking(matched, by, coverage, specific)


def _weighted(matched: Floats, masses: Floats) -> Floats:
    return np.asarray(matched @ (masses / (float(masses.sum()) or 1.0)), dtype=np.float32)


def _best(space: LexicalSpace, concept: Concept, synonyms: float) -> tuple[Floats, NDArray[np.int32]]:
    """The best alternative for each row and its number; a long word's parts together stand for the word itself."""
    scores = _alternatives(space, concept, synonyms)
    if concept.parts:
        masses = np.array([_mass(space, part) for part in concept.parts], dtype=np.float32)
        columns = [_best(space, part, synonyms)[0] for part in concept.parts]
        together = np.column_stack(columns) @ (masses / masses.sum()) * PARTS
        scores[:, 0] = np.maximum(scores[:, 0], together)
    return scores.max(axis=1), scores.argmax(axis=1).astype(np.int32)


def _alternatives(space: LexicalSpace, concept: Concept, synonyms: float) -> Floats:
    """Rows x alternatives: the share of each alternative's features that a row has, by field weight."""
    bags = [(_other_bag(space, concept.text) if concept.known else _own_bag(space, concept.features), 1.0)]
    bags += [(_other_bag(space, word), weight * synonyms) for word, weight in concept.others]
    columns = sorted({column for bag, _ in bags for column in bag})
    where = {column: line for line, column in enumerate(columns)}
    patterns = np.zeros((len(columns), len(bags)), dtype=np.float32)
    for number, (bag, weight) in enumerate(bags):
        for column, share in bag.items():
            patterns[where[column], number] = share * weight
    own = np.asarray(space.row_side[:, columns] @ patterns, dtype=np.float32)
    shared = np.asarray(space.form_side[:, columns] @ patterns, dtype=np.float32)
    return np.asarray(own + shared[space.form_of], dtype=np.float32)


def _feature_mass(space: LexicalSpace, feature: str) -> float:
    """The idf of a feature; one that the library does not know tells as much as the rarest."""
    column = space.vocabulary.get(feature)
    mass = float(space.idf[column]) if column is not None else space.rarest
    if len(feature) == 1 and not feature.isascii():
        mass *= SINGLE
    return mass * (LIGHT if any(character in _LIGHT_CHARACTERS for character in feature) else 1.0)


def _mass(space: LexicalSpace, concept: Concept) -> float:
    """How much a concept tells."""
    mass = 0.0
    for feature in concept.features:
        strange = not concept.known and feature not in space.vocabulary
        mass += _feature_mass(space, feature) * (STRANGE if strange else 1.0)
    return mass * (GENERAL if concept.general else 1.0)


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
