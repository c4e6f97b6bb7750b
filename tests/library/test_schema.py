"""A database made by an earlier program opens, keeps every row, and can do what is new."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from assistant.errors import AssistantError
from assistant.form.edit import difference
from assistant.library import Library
from assistant.library.schema import CURRENT
from assistant.people import DraftState
from tests.library.small_forms import planting
from vectorstore.index import IndicatorIndex

FIRST = Path(__file__).parent / "schema_1.sql"
NOW = "2026-01-05 09:30:00"


def made_by_the_first_program(url: str) -> None:
    """Its tables, with a past form, a draft of two versions and the audit entry of the second."""
    engine = create_engine(url)
    script = FIRST.read_text(encoding="utf-8")
    if engine.dialect.name == "postgresql":
        script = script.replace("DATETIME", "TIMESTAMP WITH TIME ZONE").replace(" JSON ", " JSONB ")
        script = script.replace("id INTEGER NOT NULL", "id SERIAL NOT NULL")
    before, after = planting(), planting(target="≥2万亩")
    bodies = [json.dumps(form.model_dump(mode="json"), ensure_ascii=False) for form in (before, after)]
    edits = json.dumps([one.model_dump(mode="json") for one in difference(before, after)], ensure_ascii=False)
    with engine.begin() as connection:
        for statement in script.split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.execute(
            text(
                "INSERT INTO forms VALUES (1, 'i', 'c', 'approved', '国土绿化', '滨河市林业局', 2023, "
                ":body, '绿化.docx', 1, :now, :now)"
            ),
            {"body": bodies[0], "now": NOW},
        )
        connection.execute(text("INSERT INTO drafts VALUES ('d', 2, :now, :now)"), {"now": NOW})
        for version, body in enumerate(bodies, 1):
            connection.execute(
                text("INSERT INTO draft_versions VALUES ('d', :version, :body, '{}', :now)"),
                {"version": version, "body": body, "now": NOW},
            )
        connection.execute(
            text(
                'INSERT INTO audit (at, subject, version, "by", what, edits) '
                "VALUES (:now, 'draft:d', 2, 'user', '在表格中修改', :edits)"
            ),
            {"now": NOW, "edits": edits},
        )
        connection.execute(text("INSERT INTO library_state VALUES ('generation', 1)"))
    engine.dispose()


def test_an_older_database_opens_with_all_its_rows(database_url: str) -> None:
    made_by_the_first_program(database_url)
    for _ in range(2):  # the second opening finds it up to date
        with closing(Library(database_url, IndicatorIndex())) as library:
            assert [stored.form for stored in library.forms()] == [planting()]
            draft = library.draft("d")
            assert (draft.version, draft.state) == (2, DraftState.DRAFT)
            assert draft.form == planting(target="≥2万亩")
            assert library.draft("d", 1).form == planting()
            [entry] = library.audit("draft:d")
            assert (entry.by, entry.person, entry.edits[0].new) == ("user", "", "≥2万亩")
    with closing(Library(database_url, IndicatorIndex())) as library:
        library.review.move("d", "submit")
        library.review.move("d", "approve")
        assert library.form(2 if len(library.forms()) > 1 else 1).form == planting(target="≥2万亩")


def test_an_old_and_a_new_database_have_the_same_columns(database_url: str, tmp_path: Path) -> None:
    made_by_the_first_program(database_url)
    fresh = f"sqlite:///{tmp_path / 'fresh.sqlite3'}"
    columns = []
    for url in (database_url, fresh):
        Library(url, IndicatorIndex()).close()
        engine = create_engine(url)
        seen = inspect(engine)
        columns.append({t: {c["name"] for c in seen.get_columns(t)} for t in seen.get_table_names()})
        engine.dispose()
    assert columns[0] == columns[1]


def test_a_table_that_a_later_program_brings_is_made(database_url: str) -> None:
    Library(database_url, IndicatorIndex()).close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE persons"))
    engine.dispose()
    with closing(Library(database_url, IndicatorIndex())) as library:
        assert library.register.persons() == []


def test_many_processes_may_upgrade_at_the_same_moment(database_url: str) -> None:
    made_by_the_first_program(database_url)
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: Library(database_url, IndicatorIndex()), range(4)))
    assert {len(library.drafts()) for library in opened} == {1}
    for library in opened:
        library.close()


def test_a_database_of_a_newer_program_is_left_alone(database_url: str) -> None:
    Library(database_url, IndicatorIndex()).close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        newer = text("UPDATE library_state SET value = :v WHERE key = 'schema'")
        connection.execute(newer, {"v": CURRENT + 1})
    engine.dispose()
    with pytest.raises(AssistantError, match="请升级程序"):
        Library(database_url, IndicatorIndex())


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = '别的'", "DELETE FROM audit"])
def test_the_audit_trail_cannot_be_rewritten(database_url: str, statement: str) -> None:
    with closing(Library(database_url, IndicatorIndex())) as library:
        draft = library.new_draft(planting(), {})
        engine = create_engine(database_url)
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()
        assert [entry.what for entry in library.audit(f"draft:{draft.id}")] == ["新建草稿"]
