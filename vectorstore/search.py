"""One search: the lexical ranking and Chroma's neighbours fused, filtered, cut off, and explained in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import Embedding
from vectorstore.lexical import Floats, LexicalSpace
from vectorstore.lexicon import Lexicon
from vectorstore.query import Query, understand
from vectorstore.ranking import Ranking, meets, rank
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.text import features

Neighbours = Callable[[Floats, int, dict[str, Any]], list[tuple[str, float]]]
"""Gives for a vector, a number and a Chroma filter the nearest ids with their cosine similarity."""

EMB = 0.8
CANDIDATES = 200


@dataclass(frozen=True)
class Mix:
    """How the parts count. ``cut``: the least coverage of a hit; the factors < 1 are for rows that miss a wish."""

    coverage: float = 0.5
    neighbours: float = 0.5
    synonyms: float = 1.0
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
    positions: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {row.id: at for at, row in enumerate(self.rows)})

    def search(self, text: str, n: int, filters: Filters, neighbours: Neighbours, mix: Mix) -> list[Hit]:
        """The ``n`` best rows for ``text`` that ``filters`` allow."""
        query = understand(text, self.lexicon)
        allowed, where = self._narrow(filters)
        if n < 1 or not allowed.any():
            return []
        ranking = rank(self.space, query, mix.synonyms)
        scores = self._fused(query, ranking, allowed, where, neighbours, mix)
        best = [at for at in np.argsort(-scores, kind="stable")[:n] if scores[at] > 0]
        return [
            Hit(
                rank=number,
                score=round(min(1.0, float(scores[at])), 4),
                row=self.rows[at],
                why=why(query, ranking, self.rows[at], int(at)),
            )
            for number, at in enumerate(best, start=1)
        ]

    def _fused(
        self,
        query: Query,
        ranking: Ranking,
        allowed: NDArray[np.bool_],
        where: dict[str, Any],
        neighbours: Neighbours,
        mix: Mix,
    ) -> Floats:
        """The final score of every row, 0 for a row that is no hit."""
        if not query.concepts:
            wished = query.level1 or query.level2 or query.year or query.bound
            scores = np.where(allowed, 0.5 if wished else 0.0, 0.0)
            return np.asarray(scores * (self._wishes(query, mix) == 1.0), dtype=np.float32)
        scores = mix.coverage * ranking.coverage
        if mix.neighbours:
            scores = scores + mix.neighbours * self._similarities(query, where, neighbours)
        scores = scores / (mix.coverage + mix.neighbours)
        found = (ranking.coverage >= mix.cut) & (ranking.specific >= mix.cut / 2)
        scores = scores * (found & allowed)
        best = scores.max(initial=0.0)
        if best < mix.least:
            return np.zeros(len(self.rows), dtype=np.float32)
        scores = scores * (scores >= mix.tail * best)
        return np.asarray(scores * self._wishes(query, mix), dtype=np.float32)

    def _similarities(self, query: Query, where: dict[str, Any], neighbours: Neighbours) -> Floats:
        """The cosine similarity of Chroma's candidates; other rows get the last candidate's, which is above theirs."""
        vector = self.embedding.embed(query_bag(query))
        found = neighbours(vector, min(CANDIDATES, len(self.rows)), where) if vector.any() else []
        last = found[-1][1] if len(found) == CANDIDATES else 0.0
        similarities = np.full(len(self.rows), max(0.0, last), dtype=np.float32)
        for row_id, similarity in found:
            at = self.positions.get(row_id)
            if at is not None:
                similarities[at] = max(0.0, similarity)
        return similarities

    def _wishes(self, query: Query, mix: Mix) -> Floats:
        factors = np.ones(len(self.rows), dtype=np.float32)
        for at, row in enumerate(self.rows):
            if query.level1 not in row.level1 or query.level2 not in row.level2:
                factors[at] *= mix.other_level
            elif query.kinds and not any(kind in row.level2 for kind in query.kinds):
                factors[at] *= mix.other_kind
            if query.year is not None and row.year != query.year:
                factors[at] *= mix.other_year
            if query.bound is not None and not meets(query.bound, row):
                factors[at] *= mix.other_value
        return factors

    def _narrow(self, filters: Filters) -> tuple[NDArray[np.bool_], dict[str, Any]]:
        """Which rows ``filters`` allow, as a mask and as a Chroma filter."""
        allowed = np.ones(len(self.rows), dtype=bool)
        conditions: list[dict[str, Any]] = []
        for name in ("level1", "level2", "unit", "department"):
            part = getattr(filters, name)
            if part:
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


def query_bag(query: Query) -> dict[str, float]:
    """The features to embed: a query's own at full weight, those of its synonyms at a part of theirs."""
    bag: dict[str, float] = {}
    for concept in query.concepts:
        for feature in concept.features:
            bag[feature] = 1.0
        for word, weight in concept.others:
            for feature in features(word):
                bag[feature] = max(bag.get(feature, 0.0), weight * EMB)
    return bag


def why(query: Query, ranking: Ranking, row: IndicatorRow, at: int) -> str:
    """What matched, e.g. ``匹配：培训；同义：看病 → 医疗救助``."""
    words: list[str] = []
    synonyms: list[str] = []
    for number, concept in enumerate(query.concepts):
        if ranking.matched[at, number] < 0.05:
            continue
        by = int(ranking.by[at, number])
        if by == 0:
            words.append(concept.text)
        else:
            synonyms.append(f"{concept.text} → {concept.others[by - 1][0]}")
    parts = []
    if words:
        parts.append("匹配：" + "、".join(words))
    if synonyms:
        parts.append("同义：" + "，".join(synonyms))
    if (query.level1 or query.level2) and query.level1 in row.level1 and query.level2 in row.level2:
        parts.append(f"类别：{row.level2 or row.level1}")
    if query.year is not None and row.year == query.year:
        parts.append(f"年份：{row.year}")
    if query.bound is not None and meets(query.bound, row):
        parts.append(f"指标值：{row.target}")
    return "；".join(parts)
