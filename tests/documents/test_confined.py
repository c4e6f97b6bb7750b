"""Untrusted files are parsed in limited child processes, which the serving process outlives."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.documents import confined, read
from assistant.documents.confined_child import ADDRESS_SPACE
from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from tests.documents.test_safety import FORM, _many_paragraphs

DATA = write_docx(FORM)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="no limits for child processes here")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    confined._children.close()
    yield
    confined._children.close()


def child() -> int:
    """The process number of the child that read last."""
    waiting = confined._children.idle.get_nowait()
    confined._children.idle.put(waiting)
    return waiting.process.pid


def names() -> list[str]:
    return [form.project_name for form in read_bytes(DATA, "表.docx").forms]


def test_a_child_is_used_again_and_costs_next_to_nothing() -> None:
    assert names() == [FORM.project_name]
    first = child()
    start = time.perf_counter()
    assert names() == [FORM.project_name]
    assert time.perf_counter() - start < 0.3
    assert child() == first


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no /proc")
def test_a_child_has_limits_and_knows_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert names() == [FORM.project_name]
    process = Path("/proc") / str(child())
    assert b"sk-secret" not in (process / "environ").read_bytes()
    limits = (process / "limits").read_text()
    memory = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert memory.split()[3] == str(ADDRESS_SPACE)
    files = next(line for line in limits.splitlines() if line.startswith("Max file size"))
    assert files.split()[3] == "0"


def test_a_bomb_does_not_grow_the_serving_process() -> None:
    bomb = _many_paragraphs()
    names()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "多得不正常" in read_bytes(bomb, "表.docx").problems[0].message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024
    assert names() == [FORM.project_name]


@pytest.mark.parametrize(
    ("code", "words"), [("import time; time.sleep(60)", "多得不正常"), ("import os; os._exit(1)", "已损坏")]
)
def test_a_child_that_hangs_or_dies_costs_one_file(
    code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(confined, "_CODE", code)
        broken.setattr(confined, "_WALL_SECONDS", 0.5)
        start = time.perf_counter()
        (problem,) = read_bytes(DATA, "表.docx").problems
        assert words in problem.message
        assert time.perf_counter() - start < 10
    assert names() == [FORM.project_name]


def test_many_threads_read_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: names(), range(24))) == [[FORM.project_name]] * 24


def test_where_no_child_can_be_limited_a_smaller_size_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "available", lambda: False)
    assert names() == [FORM.project_name]
    assert confined._children.idle.empty()
    monkeypatch.setattr(read, "_MAX_BYTES_HERE", 100)
    assert "5MB" in read_bytes(DATA, "表.docx").problems[0].message


def test_where_no_process_can_be_started_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined.sys, "executable", "/nowhere/python")
    assert names() == [FORM.project_name]
