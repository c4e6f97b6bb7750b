"""The lexical ranking: how much of what a query looks for stands in a row, itself or by another word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.query import Concept, Query
from vectorstore.space import Floats, LexicalSpace, Positions
from vectorstore.text import features

SINGLE = 0.8
"""A single character counts this much beside a pair: it carries less, but survives typing errors."""
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
    """How well each row matches each concept: ``matched`` is rows x concepts, by field weight.

    ``by`` says which alternative matched best, 0 being the word itself. ``coverage`` weighs the concepts by
    how much they tell; ``specific`` leaves the general ones out, unless a query has no others.
    """

    matched: Floats
    by: Positions
    coverage: Floats
    specific: Floats


def rank(space: LexicalSpace, query: Query, synonyms: float = 1.0) -> Ranking:
    """The ranking of all rows of ``space``; ``synonyms`` scales the weight of words not asked."""
    rows, concepts = len(space.form_of), query.concepts
    matched = np.zeros((rows, len(concepts)), dtype=np.float32)
    by = np.zeros((rows, len(concepts)), dtype=np.int32)
    for at, concept in enumerate(concepts):
        matched[:, at], by[:, at] = _best(space, concept, synonyms)
    masses = np.array([_mass(space, concept) for concept in concepts], dtype=np.float32)
    coverage = _weighted(matched, masses)
    telling = np.array([not concept.general for concept in concepts], dtype=bool)
    specific = _weighted(matched[:, telling], masses[telling]) if telling.any() else coverage
    return Ranking(matched, by, coverage, specific)


def _weighted(matched: Floats, masses: Floats) -> Floats:
    return np.asarray(matched @ (masses / (float(masses.sum()) or 1.0)), dtype=np.float32)


def _best(space: LexicalSpace, concept: Concept, synonyms: float) -> tuple[Floats, Positions]:
    """Each row's best alternative and its number; a long word's parts together stand for the word."""
    scores = _alternatives(space, concept, synonyms)
    if concept.parts:
        masses = np.array([_mass(space, part) for part in concept.parts], dtype=np.float32)
        columns = [_best(space, part, synonyms)[0] for part in concept.parts]
        scores[:, 0] = np.maximum(scores[:, 0], _weighted(np.column_stack(columns), masses) * PARTS)
    return scores.max(axis=1), scores.argmax(axis=1).astype(np.int32)


def _alternatives(space: LexicalSpace, concept: Concept, synonyms: float) -> Floats:
    """Rows x alternatives: the share of each alternative's features that a row has, by field weight."""
    own = _pairs(concept.text) if concept.known else concept.features
    bags = [(_shares(space, own), 1.0)]
    bags += [(_shares(space, _pairs(word)), weight * synonyms) for word, weight in concept.others]
    columns = sorted({column for bag, _ in bags for column in bag})
    lines = {column: line for line, column in enumerate(columns)}
    patterns = np.zeros((len(columns), len(bags)), dtype=np.float32)
    for number, (bag, weight) in enumerate(bags):
        for column, share in bag.items():
            patterns[lines[column], number] = share * weight
    in_row = space.row_side[:, columns] @ patterns
    in_form = space.form_side[:, columns] @ patterns
    return np.asarray(in_row + in_form[space.form_of], dtype=np.float32)


def _pairs(word: str) -> Sequence[str]:
    """A word's features without single characters, which match at random but are all that 酒 has."""
    found = list(dict.fromkeys(features(word)))
    return [feature for feature in found if len(feature) > 1] or found


def _shares(space: LexicalSpace, wanted: Sequence[str]) -> dict[int, float]:
    """Columns and shares of the known features; the shares of all of them, known or not, sum to one."""
    masses = {feature: _feature_mass(space, feature) for feature in wanted}
    total = sum(masses.values()) or 1.0
    return {
        space.vocabulary[feature]: mass / total
        for feature, mass in masses.items()
        if feature in space.vocabulary
    }


def _mass(space: LexicalSpace, concept: Concept) -> float:
    """How much a concept tells."""
    mass = 0.0
    for feature in concept.features:
        strange = not concept.known and feature not in space.vocabulary
        mass += _feature_mass(space, feature) * (STRANGE if strange else 1.0)
    return mass * (GENERAL if concept.general else 1.0)


def _feature_mass(space: LexicalSpace, feature: str) -> float:
    """The idf of a feature; one that the library does not know tells as much as the rarest."""
    column = space.vocabulary.get(feature)
    mass = float(space.idf[column]) if column is not None else space.rarest
    if len(feature) == 1 and not feature.isascii():
        mass *= SINGLE
    return mass * (LIGHT if _LIGHT_CHARACTERS.intersection(feature) else 1.0)
