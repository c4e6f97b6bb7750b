"""What questions need of many past forms is computed ahead in several processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from types import ModuleType

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records import ahead, blocks, finding_blocks
from assistant.asking.records.ahead import compute_ahead
from assistant.form.model import Form
from assistant.library import Library
from tests.library.test_findings_kept import found, made, opened

pytestmark = pytest.mark.slow
_MANY = 4 * blocks.FORMS_IN_BLOCK
_FAULTY = (3, 300, 900)
"""The numbers of forms with a row that scores more than its points, in different blocks."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('ahead')}/library.sqlite"
    with closing(opened(url)) as library:
        library.add_forms([made(n, unit=f"第{n}所", more=9 * (n in _FAULTY)) for n in range(1, _MANY)])
    return url


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A main module that is no script: an earlier test may have left a page as the main one."""
    main = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    return main


@pytest.fixture
def library(url: str) -> Iterator[Library]:
    with closing(opened(url)) as library:
        yield library


def test_where_no_process_can_be_started_the_first_question_computes_them(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    with monkeypatch.context() as patched:
        patched.setattr(ahead, "ProcessPoolExecutor", refused)
        assert compute_ahead(library.facts(), processes=2) == 0
    assert compute_ahead(library.facts(), processes=1) == 0


def test_a_page_starts_no_processes_that_would_run_it_again(
    library: Library, main_module: ModuleType
) -> None:
    main_module.__file__ = "page.py"
    assert compute_ahead(library.facts(), processes=2) == 0


def test_other_processes_compute_what_this_one_would(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    assert compute_ahead(library.facts(), lambda *done: told.append(done), processes=2) == 4
    assert told[-1] == (_MANY - 1, _MANY - 1) and len(told) == 4
    assert compute_ahead(library.facts(), processes=2) == 0

    def checked(form: Form) -> object:
        raise AssertionError(f"{form.project_name} is checked again")

    monkeypatch.setattr(finding_blocks, "check_alone", checked)
    assert found(library, "score_over_weight", Asker(library)) == [*_FAULTY]
