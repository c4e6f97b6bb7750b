"""A configured embedding model as one more list: its vectors are optional, checked, and kept."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import ModelUnavailableError
from vectorstore.collection import MODEL_PREFIX, Vectors, VectorStore
from vectorstore.columns import Mask
from vectorstore.model_cache import VectorCache
from vectorstore.probes import PAIRS, Probe, probe, probe_texts
from vectorstore.row import IndicatorRow
from vectorstore.space import Floats, Positions

_LOG = logging.getLogger(__name__)
_CACHE = "model-vectors.sqlite3"
_CHUNK = 512
INDEX_SECONDS, REINDEX_SECONDS = 30.0, 3600.0
"""So long a change of the library may wait for the model, and a reindex; names left over follow next time."""
QUERY_SECONDS, WINDOW_SECONDS = 3.0, 15.0
"""So long queries may wait for the model, one of them and all of a window together; the others go without."""
PAUSE_SECONDS = 60.0
"""After a failure the model is left alone for so long."""
_NEAREST = 100
_ROWS_PER_NAME = 16
_REMEMBERED = 512
_CANARY = PAIRS[0][0]
_SAME = 0.98
_NONE = np.zeros(0, dtype=np.float32)
_NUMBERED = re.compile(r"^\s*指标\s*\d+\s*[：:、.]\s*")


class TextEmbedder(Protocol):
    """Vectors from a model; ``model`` is its name."""

    @property
    def model(self) -> str:
        """The name that keeps its vectors apart from those of others."""
        ...

    def embed(self, texts: Sequence[str], seconds: float) -> list[tuple[float, ...] | None]:
        """One vector for each text, None for one that got none. Raises ModelUnavailableError for all."""
        ...


@dataclass(frozen=True)
class ModelList:
    """What the model finds for one query: similarities from 0 to 1 by name, and how much they count."""

    trust: float
    names: Positions
    similarities: Floats
    name_of: Positions
    last: float

    def of(self, rows: Positions) -> Floats:
        """The similarity of rows; of those not found the last one's, as an upper bound."""
        most = max(int(self.name_of.max(initial=0)), int(self.names.max(initial=0)))
        by_name = np.full(most + 1, self.last, dtype=np.float32)
        by_name[self.names] = self.similarities
        return np.asarray(by_name[self.name_of[rows]], dtype=np.float32)


@dataclass(frozen=True)
class ModelNames:
    """What is indexed for some rows: their distinct names by id, the name of each row, the rows of each name.

    Rows that came later have names, but are not among the rows of a name; ``later``: stored since.
    ``carried``: whether a name has a vector.
    """

    ids: Mapping[str, int]
    name_of: Positions
    by_name: Positions
    starts: Positions
    vectors: Vectors
    probe: Probe
    canary: Floats
    carried: Mask
    later: frozenset[str] = frozenset()

    def rows_near(self, found: ModelList) -> Positions:
        """Some rows of each name found, the nearest names first."""
        parts = [
            self.by_name[self.starts[name] : min(self.starts[name + 1], self.starts[name] + _ROWS_PER_NAME)]
            for name in found.names.tolist()
            if name + 1 < len(self.starts)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def rows_carried(self, rows: Positions) -> int:
        """How many of some rows have a vector."""
        return int(self.carried[self.name_of[rows]].sum())

    def at(self, rows: Positions) -> ModelNames:
        """The names of some rows, given in rising order; those of no row keep their numbers."""
        name_of = self.name_of[rows]
        by_name, starts = _rows_by_name(name_of, len(self.ids))
        return replace(self, name_of=name_of, by_name=by_name, starts=starts)


class ModelVectors:
    """The vectors of all indicator names by a model, in a Chroma collection of their own.

    Safe for many threads, but ``update`` is called by one at a time. ``notice`` says in Chinese what is
    wrong, "" where nothing is.
    """

    def __init__(self, embedder: TextEmbedder, store: VectorStore, folder: Path | None) -> None:
        self._embedder = embedder
        self._store = store
        self._cache = VectorCache(folder / _CACHE if folder is not None else None)
        self._asked: OrderedDict[str, Floats] = OrderedDict()
        self._asking = threading.Lock()
        self._again_at = self._window_end = self._spent = 0.0
        self._checked = self._swapped = False
        self.notice = ""

    def update(self, rows: Sequence[IndicatorRow], *, anew: bool = False) -> ModelNames | None:
        """Takes over the names of ``rows``; None where the model cannot be used or is of no use.

        ``anew`` asks the model again for all of them.
        """
        if anew:
            self._cache.forget(self._embedder.model)
            self._again_at, self._checked, self._swapped = 0.0, False, False
            self._asked.clear()
        numbers: dict[str, int] = {}
        name_of = np.array(
            [numbers.setdefault(name_of_indicator(row.indicator), len(numbers)) for row in rows],
            dtype=np.int32,
        )
        names = tuple(numbers)
        known = self._known([*probe_texts(), *names], REINDEX_SECONDS if anew else INDEX_SECONDS)
        measured = probe({text: known[text] for text in probe_texts() if text in known})
        if not measured.trust or _CANARY not in known:
            if known and not self.notice:
                self.notice = (
                    f"向量模型 {self._embedder.model} 分不清中文指标的意思，不胜过按词语排序，检索不采用它。"
                )
            return None
        vectors = self._stored(names, known)
        by_name, starts = _rows_by_name(name_of, len(names))
        ids = {_id(name): number for number, name in enumerate(names)}
        carried = np.array([name in known for name in names], dtype=bool)
        return ModelNames(ids, name_of, by_name, starts, vectors, measured, known[_CANARY], carried)

    def follow(self, base: ModelNames, now: ModelNames, rows: Sequence[IndicatorRow]) -> ModelNames:
        """``base`` followed by ``rows``; ``now``: the same with rows most of whose names are stored."""
        of_rows = [name_of_indicator(row.indicator) for row in rows]
        names = {_id(name): name for name in of_rows}
        fresh = {name_id: name for name_id, name in names.items() if name_id not in base.ids}
        numbers = dict(base.ids) | {name_id: at for at, name_id in enumerate(fresh, len(base.ids))}
        missing = {name_id: name for name_id, name in fresh.items() if name_id not in now.later}
        known = self._known([*missing.values()], QUERY_SECONDS)
        width = len(base.canary)
        found = {at: known[name] for at, name in missing.items() if len(known.get(name, _NONE)) == width}
        if found:
            base.vectors.mark("")  # what is stored is compared name by name at the next start
            base.vectors.put(list(found), np.array(list(found.values()), dtype=np.float32))
        later = now.later | found.keys()
        numbers_of_rows = np.array([numbers[_id(name)] for name in of_rows], dtype=np.int32)
        carried = np.array([name_id in later for name_id in fresh], dtype=bool)
        return replace(
            base,
            ids=numbers,
            name_of=np.concatenate([base.name_of, numbers_of_rows]),
            carried=np.concatenate([base.carried, carried]),
            later=later,
        )

    def lists(self, queries: Sequence[str], names: ModelNames) -> list[ModelList | None]:
        """What the model finds for each query; None where it cannot be asked just now."""
        if self._swapped or not names.ids:
            return [None] * len(queries)
        vectors = self._of_queries(queries, names)
        return [None if vector is None else _list(names, vector) for vector in vectors]

    def _known(self, texts: Sequence[str], seconds: float) -> dict[str, Floats]:
        """The vectors of ``texts`` as kept, and of the others as the model gives them in its time."""
        known = self._cache.read(self._embedder.model, texts)
        missing = list(dict.fromkeys(text for text in texts if text and text not in known))
        end = time.monotonic() + seconds
        for start in range(0, len(missing), _CHUNK):
            left = end - time.monotonic()
            if left <= 0 or time.monotonic() < self._again_at:
                break
            found = self._embed(missing[start : start + _CHUNK], left)
            self._cache.write(self._embedder.model, found)
            known.update(found)
        usual = _usual_length(known)
        return {text: vector for text, vector in known.items() if len(vector) == usual}

    def _embed(self, texts: Sequence[str], seconds: float) -> dict[str, Floats]:
        """Unit vectors by text; empty where the model cannot be used, which is said once."""
        try:
            found = self._embedder.embed(texts, seconds)
        except ModelUnavailableError as error:
            self._again_at = time.monotonic() + PAUSE_SECONDS
            if str(error) != self.notice:
                _LOG.info("%s", error)  # a person is told by the notice
            self.notice = str(error)
            return {}
        self.notice = ""
        pairs = zip(texts, found, strict=True)
        return {text: unit(vector) for text, vector in pairs if vector is not None}

    def _stored(self, names: Sequence[str], known: dict[str, Floats]) -> Vectors:
        """The collection with the vectors of ``names``: as stored where that is right, else written."""
        usual = len(known[_CANARY])
        prints = np.round(np.concatenate([known[text] for text in probe_texts() if text in known]), 2)
        fingerprint = hashlib.sha256(self._embedder.model.encode() + (prints + 0.0).tobytes()).hexdigest()[
            :12
        ]
        wanted = {_id(name): name for name in names if name in known}
        digest = hashlib.sha256("".join(sorted(wanted)).encode()).hexdigest()
        place = f"{MODEL_PREFIX}{usual}-{fingerprint}"
        vectors = self._store.open(place) or self._store.create(place, len(wanted))
        if vectors.digest != digest or not vectors.holds(len(wanted)):
            stored = vectors.ids()
            vectors.remove(sorted(stored - set(wanted)))
            missing = sorted(set(wanted) - stored)
            if missing:
                vectors.put(missing, np.array([known[wanted[name]] for name in missing], dtype=np.float32))
            vectors.mark(digest)
        self._store.drop_others(MODEL_PREFIX, vectors)
        return vectors

    def _of_queries(self, queries: Sequence[str], names: ModelNames) -> list[Floats | None]:
        with self._asking:
            missing = list(
                dict.fromkeys(query for query in queries if query.strip() and query not in self._asked)
            )
        if missing and self._may_ask():
            # The first call of a process sends a text whose vector is known: a model may be swapped.
            texts = missing if self._checked else [_CANARY, *missing]
            started = time.monotonic()
            found = self._embed(texts, QUERY_SECONDS + 0.02 * len(texts))
            self._spent += time.monotonic() - started
            if found and not self._checked and not self._is_the_same(found.get(_CANARY), names):
                return [None] * len(queries)
            with self._asking:
                known = {query: found[query] for query in missing if query in found}
                self._asked.update(
                    {q: vector for q, vector in known.items() if len(vector) == len(names.canary)}
                )
                while len(self._asked) > max(_REMEMBERED, len(queries)):
                    self._asked.popitem(last=False)
        with self._asking:
            return [self._asked.get(query) for query in queries]

    def _may_ask(self) -> bool:
        """Whether the model is neither paused nor has used up its time: a draft makes dozens of searches."""
        now = time.monotonic()
        if now >= self._window_end:
            self._window_end, self._spent = now + WINDOW_SECONDS, 0.0
        return now >= self._again_at and self._spent < QUERY_SECONDS

    def _is_the_same(self, canary: Floats | None, state: ModelNames) -> bool:
        if canary is not None and len(canary) == len(state.canary) and float(canary @ state.canary) >= _SAME:
            self._checked = True
            return True
        self._swapped = True
        self.notice = (
            f"向量模型 {self._embedder.model} 与建索引时的不同，检索只按词语排序；请运行 reindex 重建索引。"
        )
        _LOG.info("%s", self.notice)
        return False


def name_of_indicator(text: str) -> str:
    """An indicator as the model reads it, without a number before it (指标1：…)."""
    return _NUMBERED.sub("", text).strip()


def unit(vector: Sequence[float]) -> Floats:
    """The vector at length one."""
    found = np.asarray(vector, dtype=np.float64)
    found /= np.abs(found).max()  # squares of the largest finite numbers are not finite
    return np.asarray(found / np.linalg.norm(found), dtype=np.float32)


def _list(state: ModelNames, vector: Floats) -> ModelList | None:
    found = state.vectors.nearest(vector[None, :], min(_NEAREST, len(state.ids)))[0]
    pairs = [(state.ids[name_id], similarity) for name_id, similarity in found if name_id in state.ids]
    if not pairs:
        return None
    names = np.array([number for number, _ in pairs], dtype=np.int32)
    scaled = state.probe.scaled(np.array([similarity for _, similarity in pairs], dtype=np.float32))
    last = float(scaled[-1]) if len(found) == _NEAREST else 0.0
    return ModelList(state.probe.trust, names, scaled, state.name_of, last)


def _rows_by_name(name_of: Positions, count: int) -> tuple[Positions, Positions]:
    """The rows in the order of their names, and where each of ``count`` names begins."""
    order = np.argsort(name_of, kind="stable").astype(np.int32)
    starts = np.searchsorted(name_of[order], np.arange(count + 1)).astype(np.int32)
    return order, starts


def _usual_length(known: dict[str, Floats]) -> int:
    lengths = [len(vector) for vector in known.values()]
    return max(set(lengths), key=lengths.count, default=0)


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:20]
