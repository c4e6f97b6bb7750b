"""Whole blocks of past forms computed ahead of all questions, on every processor of the machine."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import groupby, islice
from typing import NamedTuple

from assistant.asking.records.blocks import (
    FORMS_IN_BLOCK,
    HEAD,
    block_of,
    fingerprint,
    head_read,
    stamp_of,
)
from assistant.asking.records.finding_blocks import checked_parts
from assistant.asking.records.records import records_of
from assistant.errors import AssistantError
from assistant.library import Facts, Stamp, StoredForm

_LEAST_BLOCKS = 4
"""Fewer blocks are computed before other processes would have begun."""
_MOST_PROCESSES = 8
"""Each of them takes some 150 MB."""
Progress = Callable[[int, int], None]
"""Is told how many of how many forms are computed."""


class _Made(NamedTuple):
    number: int
    stamp: str
    facts: dict[str, bytes]
    findings: dict[str, bytes]


def compute_ahead(facts: Facts, progress: Progress | None = None, processes: int | None = None) -> int:
    """Computes and stores the blocks of which nothing is known; gives how many.

    None of them where they are few, ``processes`` (None: one for each processor) is 1, or a script runs
    as the main module: then, and where processes cannot be started, the first question computes them.
    """
    missing = _missing(facts)
    several = min(processes or _processors(), _MOST_PROCESSES, len(missing))
    if len(missing) < _LEAST_BLOCKS or several < 2 or _is_script():
        return 0
    every = sum(map(len, missing))
    done = blocks = 0
    try:
        for one in _computed(facts, missing, several):
            facts.save(one.number, one.stamp, one.facts)
            facts.findings.save(one.number, one.stamp, one.findings)
            blocks += 1
            done += len(head_read(one.facts[HEAD]).numbers)
            if progress is not None:
                progress(done, every)
    except (BrokenProcessPool, OSError, AssistantError):
        # Memory ran out, or the database is read only: what is missing is computed when it is asked for.
        return blocks
    return blocks


def _is_script() -> bool:
    """Whether the main module is a file that each new process would run again: a page of Streamlit is."""
    main = sys.modules["__main__"]
    return main.__spec__ is None and hasattr(main, "__file__")


def _processors() -> int:
    """Those that this process may use; not every system can tell that, then those that there are."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _missing(facts: Facts) -> list[list[Stamp]]:
    """The forms of each block of which nothing is stored that was computed by the same rules."""
    heads = facts.part(HEAD)
    grouped = groupby(facts.stamps(), key=lambda form: form.number // FORMS_IN_BLOCK)
    blocks = {number: list(forms) for number, forms in grouped}
    return [
        forms
        for number, forms in blocks.items()
        if number not in heads or head_read(heads[number].body).fingerprint != fingerprint()
    ]


def _computed(facts: Facts, blocks: Sequence[list[Stamp]], processes: int) -> Iterator[_Made]:
    """The blocks one after the other; only a few of them are in memory at once."""
    context = multiprocessing.get_context("spawn")  # threads may run here, which a fork would not survive
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting = iter(blocks)
        begun = [_begun(pool, facts, stamps) for stamps in islice(waiting, processes + 1)]
        while begun:
            made = begun.pop(0).result()
            begun += [_begun(pool, facts, stamps) for stamps in islice(waiting, 1)]
            if made is not None:
                yield made


def _begun(pool: ProcessPoolExecutor, facts: Facts, stamps: list[Stamp]) -> Future[_Made | None]:
    return pool.submit(_made, facts.forms(stamp.number for stamp in stamps), stamps)


def _made(forms: Sequence[StoredForm], stamps: Sequence[Stamp]) -> _Made | None:
    """A block with its findings; None where the forms are no longer those of the stamps."""
    if [one.number for one in forms] != [stamp.number for stamp in stamps]:
        return None
    contents = [stamp.content for stamp in stamps]
    parts = block_of([records_of(one) for one in forms], contents).parts()
    number = stamps[0].number // FORMS_IN_BLOCK
    return _Made(number, stamp_of(stamps), parts, checked_parts(forms, contents))
