"""The lexical ranking: how much of what a query looks for stands in a row, itself or by another word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from vectorstore.product import product
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


@dataclass(frozen=True)
class Wanted:
    """A concept in the features of a library.

    ``bags``: the word itself, then its alternatives, each as the columns and shares of its features, with
    what it counts. ``mass``: how much the concept tells. ``parts``: those of a long word.
    """

    bags: tuple[tuple[Mapping[int, float], float], ...]
    mass: float
    general: bool
    parts: tuple[Wanted, ...]


def wanted(space: LexicalSpace, query: Query, synonyms: float = 1.0) -> tuple[Wanted, ...]:
    """The concepts of ``query``; ``synonyms`` scales the weight of words not asked."""
    return tuple(_wanted(space, concept, synonyms) for concept in query.concepts)


def feature_weights(concepts: Sequence[Wanted]) -> dict[int, float]:
    """The most that each column can add to the coverage of a row."""
    total = sum(concept.mass for concept in concepts) or 1.0
    weights: dict[int, float] = {}
    for concept in concepts:
        for column, weight in _most(concept).items():
            weights[column] = weights.get(column, 0.0) + weight * concept.mass / total
    return weights


def rank(space: LexicalSpace, concepts: Sequence[Wanted]) -> Ranking:
    """The ranking of all rows of ``space``."""
    columns = sorted({column for concept in concepts for column in _columns(concept)})
    table = _Table({column: line for line, column in enumerate(columns)}, *space.columns(columns))
    matched = np.zeros((len(space.form_of), len(concepts)), dtype=np.float32)
    by = np.zeros(matched.shape, dtype=np.int32)
    for at, concept in enumerate(concepts):
        matched[:, at], by[:, at] = _best(space, table, concept)
    masses = np.array([concept.mass for concept in concepts], dtype=np.float32)
    coverage = _weighted(matched, masses)
    telling = np.array([not concept.general for concept in concepts], dtype=bool)
    specific = _weighted(matched[:, telling], masses[telling]) if telling.any() else coverage
    return Ranking(matched, by, coverage, specific)


class _Table(NamedTuple):
    """The wanted columns of all rows and of all forms; ``lines`` says where each column stands."""

    lines: Mapping[int, int]
    rows: Floats
    forms: Floats


def _wanted(space: LexicalSpace, concept: Concept, synonyms: float) -> Wanted:
    own = _pairs(concept.text) if concept.known else concept.features
    bags = [(_shares(space, own), 1.0)]
    bags += [(_shares(space, _pairs(word)), weight * synonyms) for word, weight in concept.others]
    parts = tuple(_wanted(space, part, synonyms) for part in concept.parts)
    return Wanted(tuple(bags), _mass(space, concept), concept.general, parts)


def _columns(concept: Wanted) -> Iterator[int]:
    for bag, _ in concept.bags:
        yield from bag
    for part in concept.parts:
        yield from _columns(part)


def _most(concept: Wanted) -> dict[int, float]:
    found: dict[int, float] = {}
    for bag, weight in concept.bags:
        for column, share in bag.items():
            found[column] = max(found.get(column, 0.0), share * weight)
    total = sum(part.mass for part in concept.parts) or 1.0
    for part in concept.parts:
        for column, weight in _most(part).items():
            found[column] = max(found.get(column, 0.0), weight * PARTS * part.mass / total)
    return found


def _weighted(matched: Floats, masses: Floats) -> Floats:
    return product(matched, masses / np.float32(float(masses.sum()) or 1.0))


def _best(space: LexicalSpace, table: _Table, concept: Wanted) -> tuple[Floats, Positions]:
    """Each row's best alternative and its number; a long word's parts together stand for the word."""
    scores = _alternatives(space, table, concept)
    if concept.parts:
        masses = np.array([part.mass for part in concept.parts], dtype=np.float32)
        columns = [_best(space, table, part)[0] for part in concept.parts]
        scores[:, 0] = np.maximum(scores[:, 0], _weighted(np.column_stack(columns), masses) * PARTS)
    return scores.max(axis=1), scores.argmax(axis=1).astype(np.int32)


def _alternatives(space: LexicalSpace, table: _Table, concept: Wanted) -> Floats:
    """Rows x alternatives: the share of each alternative's features that a row has, by field weight."""
    lines = sorted({table.lines[column] for bag, _ in concept.bags for column in bag})
    places = {line: place for place, line in enumerate(lines)}
    patterns = np.zeros((len(lines), len(concept.bags)), dtype=np.float32)
    for number, (bag, weight) in enumerate(concept.bags):
        for column, share in bag.items():
            patterns[places[table.lines[column]], number] = share * weight
    in_row, in_form = product(table.rows[:, lines], patterns), product(table.forms[:, lines], patterns)
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
        strange = not concept.known and feature not in space
        mass += _feature_mass(space, feature) * (STRANGE if strange else 1.0)
    return mass * (GENERAL if concept.general else 1.0)


def _feature_mass(space: LexicalSpace, feature: str) -> float:
    """The idf of a feature; one that the library does not know tells as much as the rarest."""
    column = space.vocabulary.get(feature)
    mass = float(space.idf[column]) if column is not None else space.rarest
    if len(feature) == 1 and not feature.isascii():
        mass *= SINGLE
    return mass * (LIGHT if _LIGHT_CHARACTERS.intersection(feature) else 1.0)
