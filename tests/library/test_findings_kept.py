"""Findings of the past forms are kept: checked once, and again where something they rest on changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.asking.asker import Asker
from assistant.asking.records import blocks, finding_blocks, offices, store
from assistant.asking.records.offices import Found, Group
from assistant.asking.records.permitted import EVERYTHING
from assistant.asking.records.records import Record
from assistant.errors import AssistantError
from assistant.form.model import Form, Indicator, Total
from assistant.library import Facts, Library
from assistant.library.facts import Parts
from assistant.library.tables import FindingRow, OfficeFindingRow
from assistant.people import Person, Role
from vectorstore.index import IndicatorIndex

FULL = blocks.FORMS_IN_BLOCK


def made(number: int, actual: int = 12, *, year: int = 2023, unit: str = "县水务局", more: int = 0) -> Form:
    """A form whose only row other forms of the office have too; ``more`` raises the printed score."""
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        name="全县水渠维修长度",
        target="≥10公里",
        actual=f"{actual}公里",
        weight="90",
        score=str(90 + more),
    )
    total = Total(weight="100", score="100")
    return Form(project_name=f"第{number}号水渠", unit=unit, year=year, indicators=(row,), total=total)


def opened(url: str) -> Library:
    return Library(url, IndicatorIndex(None))


def found(library: Library, rule: str, asker: Asker | None = None) -> list[int]:
    """The numbers of the forms with a finding of a rule."""
    return [record.form for record in records(library, asker) if record["rule"].text == rule]


def records(library: Library, asker: Asker | None = None) -> list[Record]:
    return list((asker or Asker(library))._current(EVERYTHING).view.records("findings"))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The projects of the forms that are checked, and the office and year of those that are compared."""
    seen: list[str] = []
    alone, compared = finding_blocks.check_alone, offices.compared

    def noted(form: Form) -> object:
        seen.append(form.project_name)
        return alone(form)

    def compared_noted(group: Group, forms: offices.Forms) -> Found:
        seen.append(f"{group.office} {group.year}")
        return compared(group, forms)

    monkeypatch.setattr(finding_blocks, "check_alone", noted)
    monkeypatch.setattr(offices, "compared", compared_noted)
    yield seen


def test_after_a_start_nothing_is_checked_again(database_url: str, checked: list[str]) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, more=5), made(3, 15)])
        first = [dict(one.cells) for one in records(library)]
        assert found(library, "score_over_weight") == [2] and found(library, "cross_form") == [3]
    assert checked == ["第1号水渠", "第2号水渠", "第3号水渠", "县水务局 2023"]
    with closing(opened(database_url)) as library:
        assert [dict(one.cells) for one in records(library)] == first
    assert len(checked) == 4


def test_a_saved_change_is_seen_at_once_and_only_it_is_checked(database_url: str, checked: list[str]) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(number, unit=f"第{number}所") for number in range(1, FULL + 30)])
        asker = Asker(library)
        assert found(library, "score_over_weight", asker) == []
        checked.clear()
        library.add_forms([made(7, unit="第7所", more=9)])
        assert found(library, "score_over_weight", asker) == [7]
        assert checked == ["第7号水渠"]


def test_a_change_of_one_form_changes_the_findings_across_forms_in_others(
    database_url: str, checked: list[str]
) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1, 12), made(2, 12), made(3, 12, year=2024), made(4, unit="县交通局")])
        assert found(library, "cross_form") == [] and found(library, "across_years") == []
        library.add_forms([made(1, 15)])
        checked.clear()
        assert found(library, "cross_form") == [2]
        assert checked == ["第1号水渠", "县水务局 2023", "县水务局 2024"]
        library.add_forms([made(1, 12)])
        assert found(library, "cross_form") == []


def test_other_rules_check_everything_anew(
    database_url: str, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 15)])
        assert found(library, "cross_form") == [2]
    once = len(checked)
    for module in (blocks, store, finding_blocks, offices):
        monkeypatch.setattr(module, "fingerprint", lambda: "other rules or profiles")
    with closing(opened(database_url)) as library:
        assert found(library, "cross_form") == [2]
    assert len(checked) == 2 * once


def test_reindexing_checks_ahead(database_url: str, checked: list[str]) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 15)])
        Asker(library).prepare()
        assert checked == ["第1号水渠", "第2号水渠", "县水务局 2023"]
        checked.clear()
        assert found(library, "cross_form") == [2] and not checked


def test_two_processes_see_each_others_changes(database_url: str, checked: list[str]) -> None:
    with closing(opened(database_url)) as one, closing(opened(database_url)) as other:
        here, there = Asker(one), Asker(other)
        one.add_forms([made(1), made(2)])
        assert found(one, "cross_form", here) == found(other, "cross_form", there) == []
        assert checked.count("第1号水渠") == checked.count("县水务局 2023") == 1
        other.add_forms([made(2, 15)])
        assert found(one, "cross_form", here) == found(other, "cross_form", there) == [2]


@pytest.mark.parametrize("table", [Parts, Facts])
def test_a_write_that_is_interrupted_leaves_what_was_there(
    database_url: str, monkeypatch: pytest.MonkeyPatch, table: type[Parts]
) -> None:
    """Parts: while findings of single forms are stored; Facts: while those across forms are."""
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2)])
        assert found(library, "cross_form") == []
    with closing(opened(database_url)) as library:
        library.add_forms([made(2, 15, more=3)])
        asker = Asker(library)
        asker.knows_any()
        execute = Session.execute

        def broken(self: Session, statement: object, *values: object, **options: object) -> object:
            if "INSERT INTO " + ("form_" if table is Parts else "office_") + "findings" in str(statement):
                raise KeyboardInterrupt
            return execute(self, statement, *values, **options)  # type: ignore[call-overload]

        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(Session, "execute", broken)
            found(library, "cross_form", asker)
        assert found(library, "cross_form", asker) == found(library, "score_over_weight", asker) == [2]
    with closing(opened(database_url)) as library:
        assert found(library, "cross_form") == found(library, "score_over_weight") == [2]


@pytest.mark.parametrize("part", ["head", "rule", "message", "_rates"])
def test_parts_that_are_lost_or_of_another_state_are_made_again(database_url: str, part: str) -> None:
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, more=4)])
        records(library)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(delete(FindingRow).where(FindingRow.part == part))
    with closing(opened(database_url)) as library:
        answer = Asker(library).ask("第2号水渠有什么问题")
        assert answer.found and "超过分值" in answer.answer
    with engine.begin() as connection:
        connection.execute(update(FindingRow).where(FindingRow.part == part).values(stamp="another"))
        connection.execute(update(OfficeFindingRow).values(body=b"\x00"))
    with closing(opened(database_url)) as library:
        answer = Asker(library).ask("第2号水渠有什么问题")
        assert answer.found and "超过分值" in answer.answer
    with engine.connect() as connection:
        assert connection.scalar(select(func.count(FindingRow.stamp.distinct()))) == 1
    engine.dispose()


def test_a_database_that_cannot_be_written_to_is_asked_all_the_same(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssistantError("数据库暂时不能读写")

    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, 15)])
        monkeypatch.setattr(Parts, "save", refused)
        monkeypatch.setattr(Facts, "save_offices", refused)
        asker = Asker(library)
        assert found(library, "cross_form", asker) == [2]
        assert all(record["message"].text for record in records(library, asker))


def test_a_person_of_one_unit_is_told_nothing_of_the_forms_of_others(database_url: str) -> None:
    own = Person(id="a", roles=frozenset({Role.REVIEWER}), units=("县水务局",), past_forms="own")
    with closing(opened(database_url)) as library:
        library.add_forms([made(1), made(2, more=4, unit="县交通局"), made(3, 15)])
        assert found(library, "score_over_weight") == [2]
        mine = library.for_person(own)
        assert found(mine, "score_over_weight") == [] and found(mine, "cross_form") == [3]
