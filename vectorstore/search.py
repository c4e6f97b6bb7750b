"""One search: candidates, the lexical ranking and Chroma's neighbours fused, cut off and explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vectorstore.candidates import lexical_candidates
from vectorstore.columns import Mask, RowColumns
from vectorstore.embedding import Embedding
from vectorstore.lexicon import Lexicon
from vectorstore.mix import Mix
from vectorstore.model_vectors import ModelList, ModelNames
from vectorstore.product import product
from vectorstore.query import Query, understand
from vectorstore.ranking import Ranking, Wanted, feature_weights, rank, wanted
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.space import Floats, LexicalSpace, Positions
from vectorstore.text import features
from vectorstore.wishes import Wishes, weigh

Neighbours = Callable[[Floats, int], list[tuple[str, float]]]
"""Gives for a vector and a number the nearest ids of all rows with their cosine similarity."""

NEIGHBOURS = 200
"""So many rows Chroma is asked for. Filters are applied here: in Chroma they cost a pass over all rows."""
RANKED = 800
"""So many rows of a large library are ranked; of one with fewer than ``SMALL``, all."""
SMALL = 3000
_SHOWN = 0.05
"""A concept matched less than this is not named among the reasons."""


@dataclass(frozen=True)
class Snapshot:
    """Everything a search needs; replaced as a whole, never changed."""

    rows: Sequence[IndicatorRow]
    space: LexicalSpace
    columns: RowColumns
    embedding: Embedding
    lexicon: Lexicon
    names: ModelNames | None = None

    @cached_property
    def _own(self) -> Floats:
        """The vectors of all rows, of a small library: for filtered searches they are wanted each time."""
        return self.embedding.embed_rows(self.space, np.arange(len(self.rows), dtype=np.int32))

    def search(
        self,
        text: str,
        n: int,
        filters: Filters,
        neighbours: Neighbours,
        mix: Mix,
        model: ModelList | None = None,
    ) -> list[Hit]:
        """The ``n`` best rows for ``text`` that ``filters`` allow; ``model``: what a model finds for it."""
        allowed = self.columns.allowed(filters)
        if n < 1 or (allowed is not None and not allowed.any()):
            return []
        query = understand(text, self.lexicon, self.space.vocabulary)
        wishes = weigh(query, self.columns, mix)
        if not query.concepts:
            return self._wished_only(wishes, allowed, n)
        concepts = wanted(self.space, query, mix.synonyms)
        vector = self.embedding.embed(_bag(query, mix.embedded_synonyms * mix.synonyms))
        # Where a filter narrows a small library, every similarity is computed: Chroma need only be there.
        asked = min(NEIGHBOURS, len(self.rows)) if allowed is None or len(self.rows) > SMALL else 1
        found = neighbours(vector, asked) if mix.neighbours and vector.any() else []
        at = self._candidates(concepts, found, model, wishes.limited_to(allowed), max(n, RANKED))
        if not len(at):
            return []
        space = self.space if len(at) == len(self.rows) else self.space.at(at)
        ranking = rank(space, concepts)
        similar = self._similarities(at, found, vector, None if allowed is None else ranking)
        meant = np.zeros(len(at), dtype=np.float32) if model is None else model.of(at) * model.trust
        trust = 0.0 if model is None else model.trust
        scores = _fused(ranking, similar, meant, trust, mix) * wishes.of(at)
        best = [int(line) for line in np.argsort(-scores, kind="stable")[:n] if scores[line] > 0]
        return [
            self._hit(
                number,
                float(scores[line]),
                int(at[line]),
                wishes,
                _matches(query, ranking, line, meant=bool(meant[line] >= mix.model_alone)),
            )
            for number, line in enumerate(best, start=1)
        ]

    def _candidates(
        self,
        concepts: Sequence[Wanted],
        found: Sequence[tuple[str, float]],
        model: ModelList | None,
        factors: Floats | None,
        n: int,
    ) -> Positions:
        """The rows to rank, in rising order: all of a small library, else those that words or Chroma find."""
        if len(self.rows) <= SMALL:
            every = np.arange(len(self.rows), dtype=np.int32)
            return every if factors is None else every[factors > 0]
        lexical = lexical_candidates(self.space, feature_weights(concepts), factors, n)
        near = self.columns.positions([row_id for row_id, _ in found])
        near = near[near >= 0]
        if model is not None and self.names is not None:
            near = np.union1d(near, self.names.rows_near(model))
        return np.union1d(lexical, near if factors is None else near[factors[near] > 0])

    def _similarities(
        self, at: Positions, found: Sequence[tuple[str, float]], vector: Floats, ranking: Ranking | None
    ) -> Floats:
        """The similarity of rows ``at``: Chroma's, and for all others the last of Chroma's as an upper bound.

        With a ``ranking``, filters have left few of Chroma's: those of the rows it likes best are computed.
        """
        if not found:
            return np.zeros(len(at), dtype=np.float32)
        if ranking is not None:
            best = np.argsort(-ranking.coverage, kind="stable")[:NEIGHBOURS].astype(np.int32)
            rows = at[best]
            own = self._own[rows] if len(self.rows) <= SMALL else self.embedding.embed_rows(self.space, rows)
            computed = np.maximum(0.0, product(own, vector))
            similarities = np.full(len(at), computed.min(), dtype=np.float32)
            similarities[best] = computed
            return similarities
        last = max(0.0, found[-1][1]) if len(found) == NEIGHBOURS else 0.0
        similarities = np.full(len(at), last, dtype=np.float32)
        near = self.columns.positions([row_id for row_id, _ in found])
        lines = np.minimum(np.searchsorted(at, near), len(at) - 1)
        here = at[lines] == near
        values = np.array([similarity for _, similarity in found], dtype=np.float32)
        similarities[lines[here]] = np.maximum(0.0, values[here])
        return similarities

    def _wished_only(self, wishes: Wishes, allowed: Mask | None, n: int) -> list[Hit]:
        """A query of wishes alone (≥90%的满意度指标) finds the rows that meet all of them, in their order."""
        met = wishes.met
        if met is None:
            return []
        at = np.flatnonzero(met if allowed is None else met & allowed)
        at = at[np.argsort(-wishes.of(at), kind="stable")[:n]]
        return [self._hit(number, 0.5, row, wishes, []) for number, row in enumerate(at.tolist(), 1)]

    def _hit(self, number: int, score: float, at: int, wishes: Wishes, matches: list[str]) -> Hit:
        row = self.rows[at]
        why = "；".join([*matches, *wishes.reasons(at, row)])
        return Hit(rank=number, score=round(min(1.0, score), 4), row=row, why=why)


def _fused(ranking: Ranking, similar: Floats, meant: Floats, trust: float, mix: Mix) -> Floats:
    """The weighted mean of coverage, similarity and what a model finds; 0 for a row that is no hit."""
    scores = mix.coverage * ranking.coverage + mix.neighbours * similar + mix.model * meant
    scores = scores / (mix.coverage + mix.neighbours + mix.model * trust)
    alone = meant >= mix.model_alone
    scores = scores * ((ranking.coverage >= mix.cut) & (ranking.specific >= mix.cut / 2) | alone)
    best = scores.max(initial=0.0)
    similar_at_all = best >= mix.least or alone.any()
    return np.asarray(scores * similar_at_all * (scores >= mix.tail * best), dtype=np.float32)


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


def _matches(query: Query, ranking: Ranking, line: int, *, meant: bool) -> list[str]:
    """What matched, e.g. ``匹配：培训`` and ``同义：看病 → 医疗救助``."""
    words: list[str] = []
    synonyms: list[str] = []
    for number, concept in enumerate(query.concepts):
        if ranking.matched[line, number] < _SHOWN:
            continue
        by = int(ranking.by[line, number])
        if by:
            synonyms.append(f"{concept.text} → {concept.others[by - 1][0]}")
        else:
            words.append(concept.text)
    parts = ["匹配：" + "、".join(words)] if words else []
    parts += ["同义：" + "，".join(synonyms)] if synonyms else []
    return [*parts, "语义相近"] if meant else parts
