"""A process reads and indexes only the past forms that were changed, by itself or by another process."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.library import Library, past_forms
from assistant.people import Person, Role
from tests.library.small_forms import planting, project
from vectorstore import index as index_module
from vectorstore import search
from vectorstore.index import IndicatorIndex

FORMS = [project(number) for number in range(1, 41)]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty rows are treated as many thousand are."""
    monkeypatch.setattr(index_module, "SMALL", 10)
    monkeypatch.setattr(search, "SMALL", 10)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """Two processes on one database, both with an index in step."""
    url = f"sqlite:///{tmp_path / 'library.sqlite3'}"
    with (
        closing(Library(url, IndicatorIndex(None))) as one,
        closing(Library(url, IndicatorIndex(None))) as other,
    ):
        one.add_forms(FORMS)
        assert found(one, "治理河道") == found(other, "治理河道") != []
        yield one, other


@pytest.fixture
def only_changes(two: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, reading or indexing everything fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("all of it was read again")

    def begin() -> None:
        monkeypatch.setattr(past_forms, "all_forms", refuse)
        monkeypatch.setattr(index_module, "build_space", refuse)

    return begin


def found(library: Library, query: str) -> set[str]:
    return {hit.row.indicator for hit in library.search(query, 100)}


def test_both_processes_see_every_change(
    two: tuple[Library, Library], only_changes: Callable[[], None]
) -> None:
    one, other = two
    only_changes()
    one.add_forms([planting()])
    for library in two:
        assert "完成人工造林面积" in found(library, "人工造林")
        assert len(library.forms()) == 41
    other.add_forms([planting(target="≥2万亩")])
    for library in two:
        assert {hit.row.target for hit in library.search("人工造林面积", 1)} == {"≥2万亩"}
    one.set_state(41, "withdrawn", by="管理员")
    for library in two:
        assert "完成人工造林面积" not in found(library, "人工造林")
        assert library.form(41).state == "withdrawn"
    other.set_state(41, "approved", by="管理员")
    for library in two:
        assert "完成人工造林面积" in found(library, "人工造林")


def test_what_another_unit_may_not_see_stays_hidden(
    two: tuple[Library, Library], only_changes: Callable[[], None]
) -> None:
    one, other = two
    drafter = Person(id="d", roles=frozenset({Role.DRAFTER}), units=("滨河市水利局",), past_forms="own")
    theirs = other.for_person(drafter)
    assert found(theirs, "治理河道")
    only_changes()
    one.add_forms([planting(), project(41)])
    assert found(theirs, "人工造林面积") == set()
    assert "治理河道41公里" in found(theirs, "治理河道")
    assert [stored.number for stored in theirs.forms()][-1] == 42


def test_a_change_that_an_earlier_program_did_not_note_is_seen(
    two: tuple[Library, Library], tmp_path: Path
) -> None:
    one, other = two
    one.add_forms([planting()])
    engine = create_engine(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM form_changes"))
    engine.dispose()
    assert "完成人工造林面积" in found(other, "人工造林")


def test_what_was_changed_is_noted_for_some_time_only(
    two: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, other = two
    monkeypatch.setattr(past_forms, "_NOTED", 5)
    engine = create_engine(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    noted = []
    for target in range(1, 31):
        one.add_forms([planting(target=f"≥{target}万亩")])
        with engine.connect() as connection:
            noted.append(connection.scalar(text("SELECT count(*) FROM form_changes")))
    engine.dispose()
    assert max(noted[5:]) == noted[-1] == 5
    assert {hit.row.target for hit in other.search("人工造林面积", 1)} == {"≥30万亩"}, "it reads all of them"
    assert len(other.forms()) == 41
