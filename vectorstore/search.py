"""One search: the lexical ranking and Chroma's neighbours fused, filtered, cut off and explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import Embedding
from vectorstore.lexicon import Lexicon
from vectorstore.query import Query, understand
from vectorstore.ranking import Ranking, rank
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.space import Floats, LexicalSpace
from vectorstore.text import features

Neighbours = Callable[[Floats, int, dict[str, Any]], list[tuple[str, float]]]
"""Gives for a vector, a number and a Chroma filter the nearest ids with their cosine similarity."""

CANDIDATES = 200
_TEXT_FILTERS = ("level1", "level2", "unit", "department")
_SHOWN = 0.05
"""A concept matched less than this is not named among the reasons."""


@dataclass(frozen=True)
class Mix:
    """How the parts count; measured on the tuning half of ``evaluation/``.

    A hit covers at least ``cut`` of the query (half of that by words that are not general) and has
    ``tail`` of the best score; where not even the best reaches ``least``, nothing is similar. The ``other_…``
    are factors for rows that miss a wish.
    """

    coverage: float = 0.5
    neighbours: float = 0.5
    synonyms: float = 1.0
    embedded_synonyms: float = 0.8
    cut: float = 0.05
    least: float = 0.38
    tail: float = 0.25
    other_level: float = 0.6
    other_kind: float = 0.8
    other_year: float = 0.7
    other_value: float = 0.75


@dataclass(frozen=True)
class Snapshot:
    """Everything a search needs; replaced as a whole, never changed."""

    rows: Sequence[IndicatorRow]
    space: LexicalSpace
    embedding: Embedding
    lexicon: Lexicon
    _positions: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_positions", {row.id: at for at, row in enumerate(self.rows)})

    def search(self, text: str, n: int, filters: Filters, neighbours: Neighbours, mix: Mix) -> list[Hit]:
        """The ``n`` best rows for ``text`` that ``filters`` allow."""
        allowed, where = self._narrow(filters)
        if n < 1 or not allowed.any():
            return []
        query = understand(text, self.lexicon)
        ranking = rank(self.space, query, mix.synonyms)
        if query.concepts:
            similar = self._similarities(query, where, neighbours, mix) if mix.neighbours else 0.0
            scores = _fused(ranking, similar, allowed, mix) * self._factors(query, mix)
        else:
            scores = _wished_only(query, self._factors(query, mix)) * allowed
        best = [int(at) for at in np.argsort(-scores, kind="stable")[:n] if scores[at] > 0]
        return [
            Hit(
                rank=number,
                score=round(min(1.0, float(scores[at])), 4),
                row=self.rows[at],
                why=_reasons(query, ranking, self.rows[at], at),
            )
            for number, at in enumerate(best, start=1)
        ]

    def _similarities(self, query: Query, where: dict[str, Any], neighbours: Neighbours, mix: Mix) -> Floats:
        """The similarity of Chroma's candidates; all others get the last one's, as an upper bound."""
        vector = self.embedding.embed(_bag(query, mix.embedded_synonyms * mix.synonyms))
        found = neighbours(vector, min(CANDIDATES, len(self.rows)), where) if vector.any() else []
        last = found[-1][1] if len(found) == CANDIDATES else 0.0
        similarities = np.full(len(self.rows), max(0.0, last), dtype=np.float32)
        for row_id, similarity in found:
            at = self._positions.get(row_id)
            if at is not None:
                similarities[at] = max(0.0, similarity)
        return similarities

    def _factors(self, query: Query, mix: Mix) -> Floats:
        """1 for rows that meet all wishes of the query, less for the others."""
        factors = np.ones(len(self.rows), dtype=np.float32)
        if not (query.wishes or query.kinds):
            return factors
        for at, row in enumerate(self.rows):
            if query.level1 not in row.level1 or query.level2 not in row.level2:
                factors[at] *= mix.other_level
            elif query.kinds and not any(kind in row.level2 for kind in query.kinds):
                factors[at] *= mix.other_kind
            if query.year is not None and row.year != query.year:
                factors[at] *= mix.other_year
            if query.bound is not None and not query.bound.allows(row.target):
                factors[at] *= mix.other_value
        return factors

    def _narrow(self, filters: Filters) -> tuple[NDArray[np.bool_], dict[str, Any]]:
        """Which rows ``filters`` allow, as a mask and as a Chroma filter."""
        allowed = np.ones(len(self.rows), dtype=bool)
        conditions: list[dict[str, Any]] = []
        for name in _TEXT_FILTERS:
            part = getattr(filters, name)
            if part:
                # Chroma compares whole values only, so the part is resolved to the values that contain it.
                values = {value for row in self.rows if part in (value := getattr(row, name))}
                allowed &= np.array([getattr(row, name) in values for row in self.rows])
                conditions.append({name: {"$in": sorted(values)}})
        if filters.year is not None:
            allowed &= np.array([row.year == filters.year for row in self.rows])
            conditions.append({"year": filters.year})
        if filters.without_forms:
            hidden = set(filters.without_forms)
            allowed &= np.array([row.form not in hidden for row in self.rows])
            conditions.append({"form": {"$nin": sorted(hidden)}})
        return allowed, {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), {})


def _fused(ranking: Ranking, similar: Floats | float, allowed: NDArray[np.bool_], mix: Mix) -> Floats:
    """The weighted mean of coverage and similarity; 0 for a row that is no hit."""
    scores = mix.coverage * ranking.coverage + mix.neighbours * similar
    scores = scores / (mix.coverage + mix.neighbours)
    scores = scores * (allowed & (ranking.coverage >= mix.cut) & (ranking.specific >= mix.cut / 2))
    best = scores.max(initial=0.0)
    return np.asarray(scores * (best >= mix.least) * (scores >= mix.tail * best), dtype=np.float32)


def _wished_only(query: Query, factors: Floats) -> Floats:
    """A query of wishes alone (≥90%的满意度指标) finds the rows that meet all of them, in their order."""
    return np.asarray((factors == 1.0) * (0.5 if query.wishes else 0.0), dtype=np.float32)


def _bag(query: Query, synonyms: float) -> dict[str, float]:
    """The features to embed: a query's own at full weight, those of its synonyms at a part of theirs."""
    bag: dict[str, float] = {}
    for concept in query.concepts:
        for feature in concept.features:
            bag[feature] = 1.0
        for word, weight in concept.others:
            for feature in features(word):
                bag[feature] = max(bag.get(feature, 0.0), weight * synonyms)
    return bag


def _reasons(query: Query, ranking: Ranking, row: IndicatorRow, at: int) -> str:
    """What matched, e.g. ``匹配：培训；同义：看病 → 医疗救助；类别：数量指标``."""
    words: list[str] = []
    synonyms: list[str] = []
    for number, concept in enumerate(query.concepts):
        if ranking.matched[at, number] < _SHOWN:
            continue
        by = int(ranking.by[at, number])
        if by:
            synonyms.append(f"{concept.text} → {concept.others[by - 1][0]}")
        else:
            words.append(concept.text)
    parts = ["匹配：" + "、".join(words)] if words else []
    parts += ["同义：" + "，".join(synonyms)] if synonyms else []
    if (query.level1 or query.level2) and query.level1 in row.level1 and query.level2 in row.level2:
        parts.append(f"类别：{row.level2 or row.level1}")
    if query.year is not None and row.year == query.year:
        parts.append(f"年份：{row.year}")
    if query.bound is not None and query.bound.allows(row.target):
        parts.append(f"指标值：{row.target}")
    return "；".join(parts)
