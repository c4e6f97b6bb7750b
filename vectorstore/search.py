"""One search: candidates, the lexical ranking and Chroma's neighbours fused, cut off and explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from vectorstore import parts as spaces
from vectorstore.candidates import lexical_candidates
from vectorstore.columns import Mask, RowColumns
from vectorstore.embedding import Embedding
from vectorstore.lexicon import Lexicon
from vectorstore.mix import Mix
from vectorstore.model_vectors import ModelList, ModelNames
from vectorstore.parts import Parts
from vectorstore.product import product
from vectorstore.query import Query, understand
from vectorstore.ranking import Ranking, Wanted, feature_weights, rank, wanted
from vectorstore.row import Filters, Hit, IndicatorRow
from vectorstore.space import Floats, LexicalSpace, Positions
from vectorstore.text import features
from vectorstore.wishes import Wishes, weigh

Neighbours = Callable[[Floats, int], list[tuple[str, float]]]
"""Gives for a vector and a number the ids of the nearest vectors with their cosine similarity."""

NEIGHBOURS = 200
"""So many rows Chroma is asked for. Filters are applied here: in Chroma they cost a pass over all rows."""
RANKED = 800
"""So many rows of a large library are ranked; of one with fewer than ``SMALL``, all."""
SMALL = 3000
_SHOWN = 0.05
"""A concept matched less than this is not named among the reasons."""


class Near(NamedTuple):
    """Rows near a query, and their cosine similarity."""

    rows: Positions
    similarities: Floats


_NOTHING_NEAR = Near(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))


@dataclass(frozen=True)
class Snapshot:
    """Everything a search needs; replaced as a whole, never changed.

    ``rows`` are those of all ``parts`` in turn. Beside one part nothing has changed: ``live`` and ``later``
    are None. Else ``live`` says which rows still stand; ``later`` are the vectors of the last part's rows,
    which Chroma does not know yet.
    """

    rows: Sequence[IndicatorRow]
    parts: Parts
    columns: RowColumns
    embedding: Embedding
    lexicon: Lexicon
    names: ModelNames | None = None
    live: Mask | None = None
    later: Floats | None = None

    def __len__(self) -> int:
        return len(self.rows) if self.live is None else int(self.live.sum())

    @property
    def standing(self) -> Positions:
        """The rows that still stand."""
        live = np.ones(len(self.rows), dtype=bool) if self.live is None else self.live
        return np.flatnonzero(live).astype(np.int32)

    @property
    def digest(self) -> str:
        """A hash of the rows that still stand, in whatever order they came."""
        return self.columns.digest if self.live is None else self.columns.at(self.standing).digest

    def vector_ids(self, at: Positions) -> list[str]:
        """The ids of the vectors of some rows, ``form#row#content``: a changed row has another one."""
        contents = self.columns.contents[at].tolist()
        return [
            f"{self.rows[row].id}#{content:012x}" for row, content in zip(at.tolist(), contents, strict=True)
        ]

    def vectors(self, at: Positions) -> Floats:
        """The vectors of some rows, given in rising order."""
        space = spaces.at(self.parts, at)
        return self.embedding.embed_rows(space, np.arange(len(at), dtype=np.int32))

    @property
    def words(self) -> LexicalSpace:
        """The part that knows the features of all."""
        return self.parts[-1]

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
        allowed = self._allowed(filters)
        if n < 1 or (allowed is not None and not allowed.any()):
            return []
        query = understand(text, self.lexicon, self.words)
        wishes = weigh(query, self.columns, mix)
        if not query.concepts:
            return self._wished_only(wishes, allowed, n)
        concepts = wanted(self.words, query, mix.synonyms)
        vector = self.embedding.embed(_bag(query, mix.embedded_synonyms * mix.synonyms))
        near = _NOTHING_NEAR
        few = allowed is not None and int(np.count_nonzero(allowed)) <= RANKED
        if allowed is not None and few:
            # Few are ranked one and all, with nothing asked of Chroma, whose nearest are others.
            at = np.flatnonzero(allowed).astype(np.int32)
        else:
            if mix.neighbours and vector.any():
                near = self._near(vector, neighbours)
            at = self._candidates(concepts, near, model, wishes.limited_to(allowed), max(n, RANKED))
        if not len(at):
            return []
        space = spaces.at(self.parts, at)
        ranking = rank(space, concepts)
        similar = np.zeros(len(at), dtype=np.float32)
        if len(near.rows) or (few and mix.neighbours):
            similar = self._similarities(at, space, ranking, near, vector)
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

    def _near(self, vector: Floats, neighbours: Neighbours) -> Near:
        """The nearest rows: Chroma's and what it does not know yet; none where Chroma gives none."""
        stood = len(self.parts[0].form_of)
        found = neighbours(vector, min(NEIGHBOURS, stood))
        if not found:
            return _NOTHING_NEAR
        rows = self.columns.positions([vector_id for vector_id, _ in found])
        similarities = np.array([similarity for _, similarity in found], dtype=np.float32)
        near = Near(rows[rows >= 0], similarities[rows >= 0])
        if self.later is None:
            return near
        rows = np.concatenate([near.rows, np.arange(stood, len(self.rows), dtype=np.int32)])
        similarities = np.concatenate([near.similarities, product(self.later, vector)])
        best = np.argsort(-similarities, kind="stable")[:NEIGHBOURS]
        return Near(rows[best], similarities[best])

    def _candidates(
        self,
        concepts: Sequence[Wanted],
        near: Near,
        model: ModelList | None,
        factors: Floats | None,
        n: int,
    ) -> Positions:
        """The rows to rank, in rising order: all of a small library, else what words or vectors find."""
        if len(self.rows) <= SMALL:
            every = np.arange(len(self.rows), dtype=np.int32)
            return every if factors is None else every[factors > 0]
        lexical = lexical_candidates(self.parts, feature_weights(concepts), factors, n)
        others = near.rows
        if model is not None and self.names is not None:
            # The rows of a name are not known of what came later, which is little.
            later = np.arange(len(self.parts[0].form_of), len(self.rows), dtype=np.int32)
            others = np.concatenate([others, self.names.rows_near(model), later])
        return np.union1d(lexical, others if factors is None else others[factors[others] > 0])

    def _similarities(
        self, at: Positions, space: LexicalSpace, ranking: Ranking, near: Near, vector: Floats
    ) -> Floats:
        """The similarity of ``at``: as found, computed for those that words like best, else the least."""
        similar = np.full(len(at), np.nan, dtype=np.float32)
        lines = np.minimum(np.searchsorted(at, near.rows), len(at) - 1)
        here = at[lines] == near.rows
        similar[lines[here]] = near.similarities[here]
        best = np.argsort(-ranking.coverage, kind="stable")[:NEIGHBOURS].astype(np.int32)
        best = best[np.isnan(similar[best])]
        similar[best] = product(self.embedding.embed_rows(space, best), vector)
        return np.maximum(np.nan_to_num(similar, nan=float(np.nanmin(similar))), 0.0)

    def _allowed(self, filters: Filters) -> Mask | None:
        allowed = self.columns.allowed(filters)
        if self.live is None:
            return allowed
        return self.live if allowed is None else allowed & self.live

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
