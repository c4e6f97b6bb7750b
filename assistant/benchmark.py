"""Measured speeds beside their baselines, on the bundled forms; what is measured is what users run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from assistant.evaluation import EvaluationTable
from assistant.generated_forms import varied
from assistant.rules.check import check_form
from vectorstore.corpus import bundled_forms

COLUMNS = ("what", "measured", "baseline", "ratio", "goal")
_RATE_GOAL = 500
_WARM_UP = 1000
_ROUNDS = 5
_HITS = 10
_FOLDER = 500
_MEGABYTE = 1024


def benchmark_table(forms: int, asking: Callable[[int], Iterable[tuple[str, ...]]]) -> EvaluationTable:
    """All measurements; ``forms`` (1,000 at least) is how many the memory is watched over.

    ``asking`` measures questions over so many forms.
    """
    checked = max(forms, _WARM_UP)
    rows = (*_checking(checked), *_reading(), *_searching(), *asking(checked), *_starting())
    return EvaluationTable(title="speed, on this machine", columns=COLUMNS, rows=tuple(rows))


def _checking(count: int) -> Iterator[tuple[str, ...]]:
    """Forms a second of one core, and the growth of the process after the first thousand."""
    before = spent = 0.0
    for number, form in enumerate(varied(count)):
        start = time.process_time()
        check_form(form)
        spent += time.process_time() - start
        if number + 1 == _WARM_UP:
            before = peak_memory()
    rate = count / spent
    yield (
        f"check, {count} forms on one core",
        f"{rate:.0f} forms/s",
        f"{_RATE_GOAL} forms/s",
        f"{rate / _RATE_GOAL:.2f}",
        "≥ 1",
    )
    after = peak_memory()
    yield (
        f"peak memory after {count} forms",
        f"{after:.0f} MB",
        f"{before:.0f} MB after {_WARM_UP}",
        f"{after / before:.3f}",
        "flat",
    )


def peak_memory() -> float:
    """The peak memory of this process in MB (Linux counts in KB)."""
    import resource  # noqa: PLC0415  not on Windows, where the other commands must still run

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def _reading() -> Iterator[tuple[str, ...]]:
    # Imported here, as below: each measurement loads what only it needs.
    from assistant.documents.baseline import parse_only  # noqa: PLC0415
    from assistant.documents.content import forms_in  # noqa: PLC0415
    from assistant.documents.read import read_bytes, read_paths  # noqa: PLC0415
    from assistant.documents.write_docx import write_docx  # noqa: PLC0415

    files = [write_docx(form) for form in bundled_forms()]
    # Computing only: on a busy machine the clock on the wall compares neighbours.
    computing = partial(_best, clock=time.process_time)
    least = computing(lambda: [parse_only(data) for data in files]) / len(files)
    ours = computing(lambda: [forms_in(data, "form.docx", lambda _: None) for data in files]) / len(files)
    yield _against("read a .docx, computing", ours, "unzip and parse", least, "≤ 4")
    least = _best(lambda: [parse_only(data) for data in files]) / len(files)
    apart = _best(lambda: [read_bytes(data, "form.docx") for data in files]) / len(files)
    yield _against("the same in its limited process", apart, "unzip and parse", least, "")
    written = _best(lambda: [write_docx(form) for form in bundled_forms()], 1) / len(files)
    yield _against("write a .docx", written, "unzip and parse", least, "")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:03}.docx" for number in range(_FOLDER)]
        for number, path in enumerate(paths):
            path.write_bytes(files[number % len(files)])
        many = _best(lambda: read_paths(paths, jobs=2), 1)
    yield _against(
        f"read a folder of {_FOLDER} .docx, two at a time", many, "unzip and parse all", least * _FOLDER, ""
    )


def _searching() -> Iterator[tuple[str, ...]]:
    from vectorstore.baselines import plain_scan  # noqa: PLC0415
    from vectorstore.evaluate import bundled_rows, load  # noqa: PLC0415
    from vectorstore.index import IndicatorIndex  # noqa: PLC0415

    rows, queries = bundled_rows(), [query.query for query in load("reported")]
    index = IndicatorIndex(None)
    try:
        index.rebuild(rows)
        ours = _each(lambda query: index.search(query, _HITS), queries)
    finally:
        index.close()
    scan = plain_scan(rows)
    least = _each(lambda query: scan(query, _HITS), queries)
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        what = f"search {len(rows)} rows, {name} of {len(queries)} queries"
        yield _against(what, at_share(ours, share), "numpy scan", at_share(least, share), "")


def _starting() -> Iterator[tuple[str, ...]]:
    """Whole processes: the interpreter alone is the baseline."""
    least = _process("pass")
    yield _against("start the terminal", _process("import assistant.cli"), "python alone", least, "")
    services = (
        "from pathlib import Path\nfrom assistant.services import open_services\n"
        "from assistant.settings import Settings\nimport sys\n"
        "open_services(Settings(home=Path(sys.argv[1])), offline=True).close()"
    )
    with tempfile.TemporaryDirectory() as folder:
        first = _process(services, folder, rounds=1)
        yield _against("open services, new data folder", first, "python alone", least, "")
        yield _against("open services, again", _process(services, folder), "python alone", least, "")


def _process(code: str, *arguments: str, rounds: int = 3) -> float:
    """Seconds of a Python process that runs ``code``, the best of ``rounds``."""
    command = [sys.executable, "-c", code, *arguments]
    root = Path(__file__).resolve().parents[1]
    return _best(lambda: subprocess.run(command, check=True, cwd=root), rounds)  # noqa: S603  our own code


def _best(
    run: Callable[[], object], rounds: int = _ROUNDS, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Seconds of the quickest round: the others were disturbed."""
    seconds = []
    for _ in range(rounds):
        start = clock()
        run()
        seconds.append(clock() - start)
    return min(seconds)


def _each(run: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    """Seconds for each query, the median of some rounds, in rising order; a first round warms up."""
    times = [[_best(partial(run, query), 1) for query in queries] for _ in range(_ROUNDS + 1)][1:]
    return sorted(median(of_query) for of_query in zip(*times, strict=True))


def at_share(rising: Sequence[float], share: float) -> float:
    """The number below which this share of others in rising order lies."""
    return rising[min(len(rising) - 1, int(share * len(rising)))]


def _against(what: str, ours: float, baseline: str, least: float, goal: str) -> tuple[str, ...]:
    return what, seconds_shown(ours), f"{baseline} {seconds_shown(least)}", f"{ours / least:.1f}", goal or "–"


def seconds_shown(seconds: float) -> str:
    """Seconds as a table prints them."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
