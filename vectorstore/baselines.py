"""What the search is measured against: chance, BM25 over words and pairs, tf-idf, and the vectors alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from vectorstore import embedding
from vectorstore.collection import VectorStore
from vectorstore.row import IndicatorRow
from vectorstore.space import build_space
from vectorstore.text import features

Terms = Callable[[str], list[str]]
"""Cuts a text into what is counted."""
Retriever = Callable[[str, int], list[str]]
"""Gives for a query the ids of the ``n`` best rows, best first."""

_PART = 20_000
_K1, _B = 1.2, 0.75
"""The usual constants of BM25 (Robertson and Zaragoza 2009, 3.1)."""


def by_chance(rows: Sequence[IndicatorRow]) -> Retriever:
    """Any rows, the same for the same query."""
    ids = [row.id for row in rows]
    return lambda query, n: random.Random(query).sample(ids, min(n, len(ids)))  # noqa: S311  no secret


def bm25_over_words(rows: Sequence[IndicatorRow]) -> Retriever | None:
    """BM25 over the words that jieba's dictionary knows; None where this tool is not installed."""
    try:
        # jieba-rs: the same dictionary and cuts as jieba, which has had no release since 2020.
        import rjieba  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415  of the development tools
    except ImportError:
        return None
    cut: Terms = rjieba.cut_for_search
    return bm25(rows, lambda text: [word for word in cut(text) if word.strip()])


def bm25(rows: Sequence[IndicatorRow], cut: Terms | None = None) -> Retriever:
    """BM25 over all fields as one text; cut, unless told otherwise, into pairs of characters."""
    counts, vocabulary = _counts(rows, cut or terms)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    found = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (len(rows) - found + 0.5) / (found + 0.5))
    norms = _K1 * (1 - _B + _B * lengths / (lengths.mean() or 1.0))
    weighted = counts.tocoo()
    weighted.data = weighted.data * (_K1 + 1) / (weighted.data + norms[weighted.row])
    return _ranked(rows, vocabulary, weighted.tocsr() @ sparse.diags_array(idf), cut or terms)


def tf_idf(rows: Sequence[IndicatorRow]) -> Retriever:
    """The cosine of tf-idf vectors over the same features as BM25."""
    counts, vocabulary = _counts(rows, terms)
    found = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = 1 + np.log((1 + len(rows)) / (1 + found))
    weighted = counts @ sparse.diags_array(idf)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    unit = sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ weighted
    return _ranked(rows, vocabulary, unit @ sparse.diags_array(idf), terms)


def vectors_alone(rows: Sequence[IndicatorRow], store: VectorStore) -> Retriever:
    """The built-in embedding through Chroma, nothing else."""
    space = build_space(rows)
    fitted = embedding.fit(space)
    vectors = store.create("baseline")
    vectors.put([row.id for row in rows], fitted.embed_rows(space, np.arange(len(rows), dtype=np.int32)))

    def retrieve(query: str, n: int) -> list[str]:
        vector = fitted.embed(Counter(features(query)))
        return [row_id for row_id, _ in vectors.nearest(vector[None, :], n)[0]] if vector.any() else []

    return retrieve


def terms(text: str) -> list[str]:
    """The pairs of characters of ``text``; its single characters where there is no pair."""
    found = features(text)
    return [feature for feature in found if len(feature) > 1] or found


def whole_text(row: IndicatorRow) -> str:
    """All fields of a row as one text."""
    parts = (
        row.indicator,
        row.level2,
        row.target,
        row.actual,
        row.explanation,
        row.project_name,
        row.unit,
        row.goal,
    )
    return "\n".join(parts)


def _counts(rows: Sequence[IndicatorRow], cut: Terms) -> tuple[sparse.csr_array, dict[str, int]]:
    vocabulary: dict[str, int] = {}
    columns: list[int] = []
    lines: list[int] = []
    for line, row in enumerate(rows):
        for term in cut(whole_text(row)):
            lines.append(line)
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
    shape = (len(rows), max(1, len(vocabulary)))
    return sparse.coo_array((np.ones(len(columns)), (lines, columns)), shape=shape).tocsr(), vocabulary


def _ranked(
    rows: Sequence[IndicatorRow], vocabulary: dict[str, int], weights: sparse.csr_array, cut: Terms
) -> Retriever:
    def retrieve(query: str, n: int) -> list[str]:
        vector = np.zeros(weights.shape[1])
        for term in cut(query):
            if term in vocabulary:
                vector[vocabulary[term]] += 1
        scores = weights @ vector
        return [rows[at].id for at in np.argsort(-scores, kind="stable")[:n] if scores[at] > 0]

    return retrieve


def plain_scan(rows: Sequence[IndicatorRow]) -> Retriever:
    """The built-in embedding compared with every row in one matrix product, nothing else."""
    space = build_space(rows)
    fitted = embedding.fit(space)
    every = np.arange(len(rows), dtype=np.int32)
    parts = [fitted.embed_rows(space, every[start : start + _PART]) for start in range(0, len(rows), _PART)]
    matrix = np.concatenate(parts)
    ids = [row.id for row in rows]

    def retrieve(query: str, n: int) -> list[str]:
        scores = matrix @ fitted.embed(Counter(features(query)))
        best = np.argpartition(-scores, n)[:n] if n < len(scores) else every
        return [ids[at] for at in best[np.argsort(-scores[best], kind="stable")] if scores[at] > 0]

    return retrieve
