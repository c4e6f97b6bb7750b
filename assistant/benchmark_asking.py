"""Questions measured over many forms: storing, computing what questions need, asking in a new process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from assistant.benchmark import COLUMNS, at_share, peak_memory, seconds_shown
from assistant.evaluation import EvaluationTable
from assistant.form.model import Form
from assistant.generated_forms import varied
from assistant.library import Library
from vectorstore.index import IndicatorIndex

_FIRST, _MEDIAN, _SAVING = 20.0, 0.5, 0.05
"""The goals, in seconds."""
_MOST_MEMORY = 1536
_SAVED = 20
_LEAST_SECONDS, _SECONDS_A_FORM = 300, 0.018
"""So long a size may take: half an hour for 100,000 forms."""
_TOLD_FORMS = 10_000
_ABOUT_FINDINGS = (
    "一共有多少处问题？",
    "有错误的表有哪些？",
    "问题最多的表是哪张？",
    "得分超过分值的有哪些？",
    "哪些指标没有写计量单位？",
    "各单位各有多少处问题？",
)
"""Beside those of the tuning half, which are few."""
_MEGABYTE = 1 << 20


def asking_table(counts: Sequence[int]) -> EvaluationTable:
    """Questions over each of these numbers of forms."""
    rows = tuple(row for count in counts for row in _rows_apart(count))
    return EvaluationTable(title="questions over many forms, on this machine", columns=COLUMNS, rows=rows)


def _rows_apart(count: int) -> list[tuple[str, ...]]:
    """``rows_over`` in a process of its own, whose end is waited for so long as a slow machine needs."""
    limit = _LEAST_SECONDS + count * _SECONDS_A_FORM
    code = "import sys\nfrom assistant.benchmark_asking import print_rows\nprint_rows(int(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(count)]
    root = Path(__file__).resolve().parents[1]
    # A session of its own, so that all that it has begun ends with it.
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, start_new_session=True) as run:  # noqa: S603  our own code
        try:
            printed, _ = run.communicate(timeout=limit)
        except BaseException as error:
            os.killpg(run.pid, signal.SIGKILL)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return [(f"{count} forms", f"not done after {limit:.0f} s", "–", "–", "–")]
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return [tuple(row) for row in json.loads(printed)]


def print_rows(count: int) -> None:
    """``rows_over`` for the process that started this one."""
    rows = [*rows_over(count)]
    print(json.dumps(rows))  # noqa: T201


def _progress(count: int, what: str) -> None:
    told = f"{time.strftime('%H:%M:%S')} {count} forms: {what}"
    print(told, file=sys.stderr, flush=True)  # noqa: T201  a run takes minutes


def rows_over(count: int) -> Iterator[tuple[str, ...]]:
    """The questions of the tuning half over ``count`` forms, in processor time, and what they cost before."""
    what = f"{count} forms"
    with tempfile.TemporaryDirectory() as folder:
        tell = partial(_progress, count)
        path = Path(folder) / "library.sqlite3"
        tell("storing")
        address = f"sqlite:///{path}"
        stored = _library(address, lambda library: library.add_forms(varied(count), index=False))
        bare = path.stat().st_size / _MEGABYTE
        tell("computing for questions")
        computed = _library(address, partial(_prepare, tell))
        size = path.stat().st_size / _MEGABYTE
        tell("questions")
        (first, *times), memory = _asked_in_a_new_process(address, "others")
        tell("questions about findings")
        (_, found_first, *found_times), found_memory = _asked_in_a_new_process(address, "findings")
        others = list(islice(varied(count + _SAVED), count, None))
        tell(f"saving {_SAVED} more, and asking again")
        saving = _library(address, partial(_save_one_by_one, others)) / _SAVED
        (_, after, *_), _ = _asked_in_a_new_process(address, "findings")
    yield (
        f"{what}, computing for questions",
        f"{count / computed:.0f} forms/s",
        f"storing {count / stored:.0f} forms/s",
        f"{stored / computed:.2f}",
        "–",
    )
    yield f"{what}, the database", f"{size:.0f} MB", f"forms alone {bare:.0f} MB", f"{size / bare:.2f}", "–"
    yield _toward(f"{what}, saving one more", saving, _SAVING)
    yield from _asked(f"{what}, questions", first, times, memory)
    yield from _asked(f"{what}, about findings", found_first, found_times, found_memory)
    yield _toward(f"{what}, the first about findings after {_SAVED} were saved", after, _FIRST)


def _asked(what: str, first: float, times: Sequence[float], memory: float) -> Iterator[tuple[str, ...]]:
    """The first question of a process, the ``times`` of the others, and its peak memory in MB."""
    yield _toward(f"{what}, the first after a start", first, _FIRST)
    rising = sorted(times)
    middle, slow = at_share(rising, 0.5), at_share(rising, 0.95)
    yield _toward(f"{what}, p50 of {len(rising)}", middle, _MEDIAN)
    told = f"p50 {seconds_shown(middle)}"
    yield f"{what}, p95 of {len(rising)}", seconds_shown(slow), told, f"{slow / middle:.1f}", "–"
    goal = f"the goal, {_MOST_MEMORY} MB"
    yield f"{what}, peak memory", f"{memory:.0f} MB", goal, f"{memory / _MOST_MEMORY:.2f}", "< 1"


def _toward(what: str, measured: float, goal: float) -> tuple[str, ...]:
    told = f"the goal, {seconds_shown(goal)}"
    return what, seconds_shown(measured), told, f"{measured / goal:.3f}", "< 1"


def _library(address: str, use: Callable[[Library], object]) -> float:
    """Seconds of processor time that a use of the library takes, those of its processes with it."""
    library = Library(address, IndicatorIndex(None))
    try:
        start = _processor_time()
        use(library)
        return _processor_time() - start
    finally:
        library.close()


def _processor_time() -> float:
    """Of this process and of those that it has begun and that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _prepare(tell: Callable[[str], None], library: Library) -> None:
    from assistant.asking.asker import Asker  # noqa: PLC0415  loaded by those who ask
    from assistant.asking.records.blocks import FORMS_IN_BLOCK  # noqa: PLC0415

    def progress(done: int, every: int) -> None:
        # A block is a few hundred forms: of those the first after each ten thousand is told.
        if done % _TOLD_FORMS < FORMS_IN_BLOCK:
            tell(f"{done} of {every} computed")

    Asker(library).prepare(progress)


def _save_one_by_one(forms: Sequence[Form], library: Library) -> None:
    for form in forms:
        library.add_forms([form], index=False)


def _asked_in_a_new_process(address: str, about: str) -> tuple[list[float], float]:
    """Seconds of every question, the first one opens the library, and the peak memory in MB."""
    code = "import sys\nfrom assistant.benchmark_asking import ask_all\nask_all(*sys.argv[1:])"
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", code, address, about]
    done = subprocess.run(command, check=True, cwd=root, capture_output=True)  # noqa: S603  our own code
    times, memory = json.loads(done.stdout)
    return times, memory


def ask_all(address: str, about: str) -> None:
    """Asks what there is to ask about ``findings`` or ``others``; prints the seconds and the memory."""
    from assistant.asking.asker import Asker  # noqa: PLC0415
    from assistant.asking.evaluate import questions  # noqa: PLC0415

    library = Library(address, IndicatorIndex(None))
    asker, times = Asker(library), []
    found = about == "findings"
    asked = [one.ask for one in questions("tuning") if (one.kind == "finding") == found]
    asked += _ABOUT_FINDINGS if found else ()
    for question in ["一共有多少张表？", *asked]:
        start = time.process_time()
        asker.ask(question)
        times.append(time.process_time() - start)
    library.close()
    print(json.dumps([times, peak_memory()]))  # noqa: T201  read by the process that started this one
