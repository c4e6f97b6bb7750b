"""Measures the search on graded queries over the bundled forms, beside simpler ways of searching."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from assistant.errors import DefinitionError
from assistant.form.model import Frozen
from vectorstore import baselines
from vectorstore.baselines import Retriever
from vectorstore.collection import VectorStore
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex
from vectorstore.mix import Mix
from vectorstore.row import IndicatorRow, rows_of

Wording = Literal["as_printed", "other_words"]
Half = Literal["tuning", "reported"]

_FOLDER = Path(__file__).with_name("evaluation")
_DEPTH = 10
_GAINS = {"best": 7, "good": 3, "fair": 1}
"""2^grade - 1 for the grades 3, 2, 1 (Burges et al. 2005)."""


class GradedQuery(Frozen):
    """A query with the ids of the rows that answer it, apart by a space. ``none``: no row does."""

    query: str
    wording: Wording
    best: str = ""
    good: str = ""
    fair: str = ""
    none: bool = False

    def gains(self) -> dict[str, int]:
        """The gain of every graded row."""
        return {row_id: gain for grade, gain in _GAINS.items() for row_id in getattr(self, grade).split()}


class QuerySet(Frozen):
    """One file of graded queries."""

    half: Half
    queries: tuple[GradedQuery, ...]


class Measure(Frozen):
    """Means over the queries with answers. ``false_hits``: mean number of hits of those without."""

    method: str
    half: Half
    wording: Literal["as_printed", "other_words", "all"]
    queries: int
    ndcg: float
    hit: float
    mrr: float
    false_hits: float | None = None


def evaluate(half: Half = "reported") -> list[Measure]:
    """Every method on one half of the queries: over all of it, and by wording."""
    graded = load(half)
    rows = bundled_rows()
    store = VectorStore(None)
    index = IndicatorIndex(None)
    try:
        index.rebuild(rows)
        return [
            measure
            for name, retrieve in _methods(rows, store, index).items()
            for measure in measures(name, half, retrieve, graded)
        ]
    finally:
        index.close()
        store.close()


def bundled_rows() -> list[IndicatorRow]:
    """The rows of the bundled forms, with the numbers that an empty library gives them."""
    return [row for number, form in enumerate(bundled_forms(), 1) for row in rows_of(number, form, form.year)]


def load(half: Half, folder: Path = _FOLDER) -> tuple[GradedQuery, ...]:
    """The graded queries of one half. Raises DefinitionError for a file that is not as it should be."""
    file = folder / f"{half}.yaml"
    try:
        content = QuerySet.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"检索评测集 {file.name} 有误：{error}") from error
    for query in content.queries:
        grades = (query.best + " " + query.good + " " + query.fair).split()
        if len(set(grades)) != len(grades) or bool(grades) == query.none:
            raise DefinitionError(f"检索评测集 {file.name} 的“{query.query}”：评级缺失或重复。")
    return content.queries


def measures(
    method: str, half: Half, retrieve: Retriever, graded: Sequence[GradedQuery]
) -> Iterable[Measure]:
    """The means of one method: all queries, then each wording."""
    found = {query.query: retrieve(query.query, _DEPTH) for query in graded}
    for wording in ("all", "as_printed", "other_words"):
        chosen = [q for q in graded if not q.none and wording in ("all", q.wording)]
        if not chosen:
            continue
        results = [(found[query.query], query.gains()) for query in chosen]
        empty = [len(found[query.query]) for query in graded if query.none]
        yield Measure.model_validate(
            {
                "method": method,
                "half": half,
                "wording": wording,
                "queries": len(chosen),
                "ndcg": _mean(ndcg(ids, gains) for ids, gains in results),
                "hit": _mean(float(reciprocal_rank(ids, gains) > 0) for ids, gains in results),
                "mrr": _mean(reciprocal_rank(ids, gains) for ids, gains in results),
                "false_hits": _mean(map(float, empty)) if empty and wording == "all" else None,
            }
        )


def ndcg(ids: Sequence[str], gains: Mapping[str, int]) -> float:
    """nDCG of the first ten: the sum of gain / log2(rank + 1), over that of the ideal order."""
    best = sorted(gains.values(), reverse=True)[:_DEPTH]
    ideal = sum(gain / math.log2(rank + 1) for rank, gain in enumerate(best, 1))
    found = sum(gains.get(row_id, 0) / math.log2(rank + 1) for rank, row_id in enumerate(ids[:_DEPTH], 1))
    return found / ideal


def reciprocal_rank(ids: Sequence[str], gains: Mapping[str, int]) -> float:
    """1 / rank of the first row graded best or good within ten; 0 where there is none."""
    for rank, row_id in enumerate(ids[:_DEPTH], 1):
        if gains.get(row_id, 0) >= _GAINS["good"]:
            return 1 / rank
    return 0.0


def as_table(found: Sequence[Measure]) -> list[dict[str, Any]]:
    """The measures as plain rows for printing, figures to three decimals."""
    return [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in dict(measure).items()}
        for measure in found
    ]


def _methods(rows: Sequence[IndicatorRow], store: VectorStore, index: IndicatorIndex) -> dict[str, Retriever]:
    def searching(mix: Mix) -> Retriever:
        return lambda query, n: [hit.row.id for hit in index.search(query, n, mix=mix)]

    over_words = baselines.bm25_over_words(rows)
    return {
        "random": baselines.by_chance(rows),
        **({"bm25, words": over_words} if over_words else {}),
        "bm25, pairs": baselines.bm25(rows),
        "tf-idf": baselines.tf_idf(rows),
        "vectors": baselines.vectors_alone(rows, store),
        "ours, no synonyms": searching(Mix(synonyms=0.0)),
        "ours, no vectors": searching(Mix(neighbours=0.0)),
        "ours": searching(Mix()),
    }


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept)
