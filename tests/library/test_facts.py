"""What is computed of the past forms for questions: stored beside them, on every kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine, delete, func, select, update

from assistant.asking.asker import Asker
from assistant.asking.records import blocks, store
from assistant.asking.records.records import ComputedForm, records_of
from assistant.errors import AssistantError, PermissionDeniedError
from assistant.form.model import Form, Indicator, Total
from assistant.library import Facts, Library, StoredForm
from assistant.library.tables import FactRow
from assistant.people import Person, Role
from vectorstore.index import IndicatorIndex

COUNT, BEST, WORST = "一共有多少张表", "总分最高的项目是哪个", "总分最低的项目是哪个"
FULL = blocks.FORMS_IN_BLOCK


def made(number: int, score: int = 80) -> Form:
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        name="水渠长度",
        target="≥10公里",
        actual="8公里",
        weight="100",
        score=str(score),
    )
    unit = "县水务局" if number % 2 else "县交通局"
    total = Total(weight="100", score=str(score))
    return Form(project_name=f"第{number}号水渠", unit=unit, year=2023, indicators=(row,), total=total)


def opened(url: str) -> Library:
    return Library(url, IndicatorIndex(None))


def asked(library: Library, question: str) -> tuple[str, ...]:
    return Asker(library).ask(question).values


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of the forms that are computed from now on."""
    seen: list[int] = []

    def noted(stored: StoredForm) -> ComputedForm:
        seen.append(stored.number)
        return records_of(stored)

    monkeypatch.setattr(store, "records_of", noted)
    yield seen


def test_what_was_computed_once_is_read_after_a_start(database_url: str, computed: list[int]) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 90)])
        assert asked(library, BEST) == ("第2号水渠", "90分")
    assert computed == [1, 2]
    with closing(opened(database_url)) as library:
        assert asked(library, BEST) == ("第2号水渠", "90分")
        assert asked(library, COUNT) == ("2张",)
    assert computed == [1, 2]


def test_of_many_forms_only_the_changed_one_is_computed_again(database_url: str, computed: list[int]) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(number) for number in range(1, FULL + 40)])
        assert asked(library, COUNT) == (f"{FULL + 39}张",)
        computed.clear()
        library.add_forms([made(FULL + 20, 15)])
        assert asked(library, WORST) == (f"第{FULL + 20}号水渠", "15分")
        library.add_forms([made(FULL + 40, 99)])
        assert asked(library, BEST) == (f"第{FULL + 40}号水渠", "99分")
        assert asked(library, "县水务局有几张表") == (f"{FULL // 2 + 20}张",)
        assert computed == [FULL + 20, FULL + 40]
    with closing(opened(database_url)) as library:
        assert asked(library, WORST) == (f"第{FULL + 20}号水渠", "15分")
    assert computed == [FULL + 20, FULL + 40]


def test_another_process_adds_a_form(database_url: str) -> None:
    with closing(opened(database_url)) as one, closing(opened(database_url)) as other:
        one.add_forms([made(1)])
        assert asked(one, COUNT) == ("1张",)
        other.add_forms([made(2, 95)])
        assert asked(one, BEST) == ("第2号水渠", "95分")


def test_other_rules_compute_everything_anew(
    database_url: str, computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2)])
        asked(library, COUNT)
    monkeypatch.setattr(blocks, "fingerprint", lambda: "other rules")
    monkeypatch.setattr(store, "fingerprint", lambda: "other rules")
    with closing(opened(database_url)) as library:
        assert asked(library, COUNT) == ("2张",)
    assert computed == [1, 2, 1, 2]


@pytest.mark.parametrize("lost", ["forms.total", "head"])
def test_a_part_that_is_not_there_any_more_is_computed_again(database_url: str, lost: str) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 90)])
        asked(library, COUNT)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(delete(FactRow).where(FactRow.part == lost))
    engine.dispose()
    with closing(opened(database_url)) as library:
        assert asked(library, BEST) == ("第2号水渠", "90分")
        assert asked(library, WORST) == ("第1号水渠", "80分")


def test_parts_of_another_state_of_the_library_are_not_mixed_in(database_url: str) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 90)])
        asked(library, COUNT)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(update(FactRow).where(FactRow.part == "forms.total").values(stamp="another"))
    with closing(opened(database_url)) as library:
        assert asked(library, BEST) == ("第2号水渠", "90分")
    with engine.connect() as connection:
        assert connection.scalar(select(func.count(FactRow.stamp.distinct()))) == 1
    engine.dispose()


def test_a_database_that_cannot_be_written_to_is_asked_all_the_same(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssistantError("数据库暂时不能读写")

    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 90)])
        monkeypatch.setattr(Facts, "save", refused)
        assert asked(library, BEST) == ("第2号水渠", "90分")
        assert asked(library, "没完成目标的指标有几个") == ("2个",)


def test_a_person_asks_over_the_forms_of_the_own_unit_only(database_url: str) -> None:
    own = Person(id="a", roles=frozenset({Role.REVIEWER}), units=("县水务局",), past_forms="own")
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 90), made(3, 85)])
        assert asked(library, BEST) == ("第2号水渠", "90分")
        assert asked(library.for_person(own), BEST) == ("第3号水渠", "85分")
        assert asked(library.for_person(own), COUNT) == ("2张",)
        assert not Asker(library.for_person(own)).ask("县交通局有几张表").found
        with pytest.raises(PermissionDeniedError):
            asked(library.for_person(Person(id="b", units=("县水务局",))), COUNT)
