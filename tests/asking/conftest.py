"""The bundled past forms as a library, and who is asked about them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import several_years
from vectorstore.corpus import bundled_forms
from vectorstore.index import IndicatorIndex


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('library')}/l.sqlite", IndicatorIndex())
    opened.add_forms(bundled_forms())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def asker(library: Library) -> Asker:
    return Asker(library)


@pytest.fixture(scope="module")
def years_asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('years')}/l.sqlite", IndicatorIndex())
    opened.add_forms(several_years.forms())
    yield Asker(opened)
    opened.close()
