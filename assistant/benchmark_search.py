"""The search at size: building, answering and memory, beside bm25s and a plain scan of all vectors."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from assistant.evaluation import EvaluationTable
from assistant.generated_indicators import generated_queries, generated_rows
from vectorstore.index import Filters, IndicatorIndex
from vectorstore.row import IndicatorRow

Given = TypeVar("Given")

COLUMNS = ("rows", "what", "built", "p50", "p95", "processor p95", "memory", "goal")
_QUERIES = 200
_HITS = 10
_BUILD_GOAL = 2000
_P95_GOALS = ((100_000, 50), (1_000_000, 200))
"""Up to so many rows, so many milliseconds."""
_CHANGED = 1000
"""So many rows are changed, form by form."""
_FEW = 100
"""Rows of the index that only loads the libraries."""
_FILTERS = Filters(year=2024, level2="数量")


def search_table(counts: Sequence[int]) -> EvaluationTable:
    """One part for each number of generated indicators. Memory: what the process holds more than before.

    A small index is built and thrown away first: it loads the libraries, which would else count as building
    of whatever size comes first (what a start costs is measured apart).
    """
    _ready()
    rows = tuple(line for count in counts for line in _of_size(count))
    return EvaluationTable(title="search by size, on this machine", columns=COLUMNS, rows=rows)


def _ready() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = IndicatorIndex(Path(folder))
        try:
            index.rebuild(list(generated_rows(_FEW)))
        finally:
            index.close()


def _of_size(count: int) -> Iterator[tuple[str, ...]]:
    queries = generated_queries(_QUERIES)
    rows = list(generated_rows(count))
    goal = next((f"≤ {most} ms" for size, most in _P95_GOALS if count <= size), "–")
    with tempfile.TemporaryDirectory() as folder:
        before = _resident()
        index = IndicatorIndex(Path(folder))
        try:
            seconds = _seconds(lambda: index.rebuild(rows))
            filtered = _latencies(lambda query: index.search(query, _HITS, _FILTERS), queries)
            plain = _latencies(lambda query: index.search(query, _HITS), queries)
            held = _resident() - before
            followed = _changing(index, rows)
        finally:
            index.close()
    yield _line(count, "ours", seconds, plain, held, f"p95 {goal}, ≥ {_BUILD_GOAL} rows/s")
    yield _line(count, "ours, year and level filtered", None, filtered, None, f"p95 {goal}")
    if followed is not None:
        yield _line(count, "ours, one form changed", None, followed, None, "–")
    for name, build in (("bm25s", _bm25s), ("numpy scan", _scan)):
        yield _baseline(count, name, build, rows, queries)


def _baseline(
    count: int,
    name: str,
    build: Callable[[Sequence[IndicatorRow]], Callable[[str], object]],
    rows: Sequence[IndicatorRow],
    queries: Sequence[str],
) -> tuple[str, ...]:
    before = _resident()
    start = time.perf_counter()
    try:
        answer = build(rows)
    except ImportError:
        return (f"{count:,}", name, "not installed", *"–––––")
    seconds = time.perf_counter() - start
    return _line(count, name, seconds, _latencies(answer, queries), _resident() - before, "–")


def _bm25s(rows: Sequence[IndicatorRow]) -> Callable[[str], object]:
    """BM25 over the same characters and pairs, of the rows' own fields and their forms' as one text."""
    import bm25s  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: PLC0415  of the development tools

    from vectorstore.baselines import terms, whole_text  # noqa: PLC0415

    retriever = bm25s.BM25()
    retriever.index([terms(whole_text(row)) for row in rows], show_progress=False)
    return lambda query: retriever.retrieve([terms(query)], k=_HITS, show_progress=False)


def _scan(rows: Sequence[IndicatorRow]) -> Callable[[str], object]:
    from vectorstore.baselines import plain_scan  # noqa: PLC0415

    scan = plain_scan(rows)
    return lambda query: scan(query, _HITS)


class _Latencies(NamedTuple):
    """Seconds of all queries in rising order, by the clock and of the processor (all threads)."""

    clock: Sequence[float]
    processor: Sequence[float]


def _latencies(answer: Callable[[str], object], queries: Sequence[str]) -> _Latencies:
    """Each query asked for the first time; a few others warm up."""
    for query in generated_queries(_QUERIES + 5)[-5:]:
        answer(query)
    return _taken(answer, queries)


def _changing(index: IndicatorIndex, rows: Sequence[IndicatorRow]) -> _Latencies | None:
    """One form after the other gets other rows; None where the library is too small for ``follow``."""
    changes: dict[int, list[IndicatorRow]] = {}
    for row in rows[:_CHANGED]:
        changes.setdefault(row.form, []).append(row.model_copy(update={"actual": "未完成"}))
    first, *others = ({number: changed} for number, changed in changes.items())
    return _taken(index.follow, others) if index.follow(first) else None


def _taken(act: Callable[[Given], object], given: Sequence[Given]) -> _Latencies:
    taken = []
    for one in given:
        clock, processor = time.perf_counter(), time.process_time()
        act(one)
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return _Latencies(*map(sorted, zip(*taken, strict=True)))


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _line(
    count: int, what: str, built: float | None, taken: _Latencies, held: float | None, goal: str
) -> tuple[str, ...]:
    rate = "–" if built is None else f"{count / built:,.0f} rows/s"
    memory = "–" if held is None else f"{max(0.0, held):,.0f} MB"
    shares = ((taken.clock, 0.5), (taken.clock, 0.95), (taken.processor, 0.95))
    figures = (f"{rising[int(share * (len(rising) - 1))] * 1000:.1f} ms" for rising, share in shares)
    return f"{count:,}", what, rate, *figures, memory, goal


def _resident() -> float:
    """The memory of this process just now in MB (Linux)."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
