import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assistant.errors import AssistantError, ConflictError, IndexUnavailableError
from assistant.form.edit import apply
from assistant.form.model import Form
from assistant.library import Library
from assistant.library.tables import Base
from tests.library.small_forms import planting, project
from vectorstore.index import Filters, IndicatorIndex

ROOT = Path(__file__).resolve().parents[2]


def opened(folder: Path) -> Library:
    return Library(f"sqlite:///{folder / 'data' / 'library.sqlite3'}", IndicatorIndex(folder / "chroma"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(opened(tmp_path)) as found:
        yield found


@pytest.fixture
def in_memory() -> Iterator[Library]:
    with closing(Library("sqlite://", IndicatorIndex(None))) as found:
        yield found


def counts(library: Library, *forms: Form) -> tuple[int, int, int]:
    result = library.add_forms(forms)
    return result.added, result.updated, result.unchanged


def test_importing_twice_changes_nothing(library: Library) -> None:
    assert counts(library, planting(), project(1)) == (2, 0, 0)
    assert counts(library, project(1), planting()) == (0, 0, 2)
    assert [(stored.number, stored.form.project_name) for stored in library.forms()] == [
        (1, "国土绿化"),
        (2, "第1号水利工程"),
    ]


def test_another_content_keeps_the_number_and_the_old_version(library: Library) -> None:
    library.add_forms([planting(), project(1)])
    assert counts(library, planting(target="≥2万亩")) == (0, 1, 0)
    assert library.form(1).form.indicators[0].target == "≥2万亩"
    assert library.form_versions(1) == [planting()]
    assert library.form_versions(2) == []
    assert library.search("造林面积", 1)[0].row.target == "≥2万亩"
    entry = library.audit("form:1")[-1]
    assert entry.version == 2
    assert apply(planting(), entry.edits) == planting(target="≥2万亩")


def test_one_file_with_two_editions_of_a_form(in_memory: Library) -> None:
    assert counts(in_memory, planting(), planting(target="≥2万亩"), planting(year=2022)) == (2, 1, 0)


def test_what_is_stored_comes_back_exactly(in_memory: Library) -> None:
    form = planting().model_copy(update={"remark": "𠮷野家 ①\n“引号”\t\\ 🌲", "notes": ("注：—",)})
    in_memory.add_forms([form])
    assert in_memory.form(1).form == form


def test_a_form_that_is_not_there(library: Library) -> None:
    with pytest.raises(AssistantError, match="编号为7"):
        library.form(7)


def test_a_withdrawn_form_is_kept_but_not_found(library: Library) -> None:
    library.add_forms([planting()])
    assert library.search("造林")
    library.set_state(1, "withdrawn", by="王芳")
    assert library.search("造林") == []
    assert library.form(1).state == "withdrawn"
    library.set_state(1, "approved", by="王芳")
    assert library.search("造林")
    assert [entry.by for entry in library.audit("form:1")] == ["", "王芳", "王芳"]
    with pytest.raises(AssistantError, match="编号为9"):
        library.set_state(9, "withdrawn", by="王芳")


def test_filters_reach_the_index(library: Library) -> None:
    library.add_forms([planting(), planting(year=2022), project(1)])
    assert [hit.row.form for hit in library.search("造林面积", 1, Filters(year=2022))] == [2]
    assert library.search_many(["造林", "河道"], 1, Filters(without_forms=(1, 2)))[0] == []


def test_a_restart_finds_everything_again(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as before:
        before.add_forms([planting(), project(1)])
        draft = before.new_draft(planting(), {"messages": ["改为2万亩"]})
        expected = before.search("造林")
    with closing(opened(tmp_path)) as after:
        assert after.search("造林") == expected
        assert after.draft(draft.id) == draft
        assert counts(after, planting()) == (0, 0, 1)


def test_another_process_with_the_same_library(tmp_path: Path) -> None:
    """The terminal imports while the app is open: the app finds the new form, and the other way round."""
    with closing(opened(tmp_path)) as app, closing(opened(tmp_path)) as terminal:
        app.add_forms([project(1)])
        assert [hit.row.form for hit in terminal.search("治理河道", 1)] == [1]
        terminal.add_forms([planting()])
        assert app.search("造林面积", 1)[0].row.form == 2
        assert len(app.forms()) == 2


def test_a_second_process_cannot_rebuild_an_index_in_use(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as app, closing(opened(tmp_path)) as terminal:
        app.add_forms([planting()])
        with pytest.raises(IndexUnavailableError, match=f"进程 {os.getpid()}.*reindex"):
            terminal.reindex()
        assert terminal.search("造林面积", 1) == app.search("造林面积", 1)
        assert app.reindex() == 3
    with closing(opened(tmp_path)) as later:
        assert later.reindex() == 3


def test_the_index_is_repaired_from_the_database(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as library:
        library.add_forms([planting()])
    for file in (tmp_path / "chroma").glob("store-*/*.sqlite3"):
        file.write_bytes(b"broken" * 1000)
    with closing(opened(tmp_path)) as library:
        assert library.search("造林面积", 1)
        assert library.reindex() == 3
        assert library.search("造林面积", 1)


@pytest.mark.slow
def test_nothing_that_was_reported_is_lost_by_a_kill(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.library.test_library import opened\n"
        "from tests.library.small_forms import project\n"
        "library = opened(Path(sys.argv[1]))\n"
        "for number in range(1, 10_000):\n"
        "    result = library.add_forms([project(number)])\n"
        "    print(number, result.added, flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as importing:
        assert importing.stdout is not None
        reported = [importing.stdout.readline().split() for _ in range(6)]
        importing.send_signal(signal.SIGKILL)
        reported += [line.split() for line in importing.stdout]
    assert importing.returncode == -signal.SIGKILL
    assert all(added == "1" for _, added in reported)
    with closing(opened(tmp_path)) as library:
        names = {stored.form.project_name for stored in library.forms()}
        assert {f"第{number}号水利工程" for number, _ in reported} <= names
        last = reported[-1][0]
        assert library.search(f"治理河道{last}公里", 1)[0].row.indicator == f"治理河道{last}公里"


def test_a_failing_source_leaves_whole_forms(library: Library) -> None:
    def broken() -> Iterator[Form]:
        yield planting()
        raise OSError("unreadable")

    with pytest.raises(OSError, match="unreadable"):
        library.add_forms(broken())
    assert library.forms() == []


def test_many_threads_import_and_search(library: Library) -> None:
    def work(number: int) -> int:
        added = library.add_forms([project(number % 12)]).added
        assert library.search("治理河道", 3)
        return added

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(24))) == 12
    assert [stored.number for stored in library.forms()] == list(range(1, 13))


def test_every_version_of_a_draft_is_kept(in_memory: Library) -> None:
    first = in_memory.new_draft(planting(), {"messages": []})
    second = in_memory.save_draft(
        first.id,
        planting(target="≥2万亩"),
        {"messages": ["改"]},
        base_version=1,
        by="model",
        what="采纳建议",
    )
    assert (second.version, second.versions) == (2, 2)
    assert in_memory.draft(first.id) == second
    old = in_memory.draft(first.id, 1)
    assert (old.form, old.log, old.versions) == (planting(), {"messages": []}, 2)
    entry = in_memory.audit(f"draft:{first.id}")[-1]
    assert (entry.by, entry.what, entry.version) == ("model", "采纳建议", 2)
    assert apply(planting(), entry.edits) == second.form
    assert entry.at.tzinfo is not None


def test_a_conflict_overwrites_nothing(in_memory: Library) -> None:
    draft = in_memory.new_draft(planting(), {})
    in_memory.save_draft(draft.id, planting(target="甲"), {}, base_version=1, by="甲", what="改")
    for base_version in (1, 3):
        with pytest.raises(ConflictError, match="刷新"):
            in_memory.save_draft(
                draft.id, planting(target="乙"), {}, base_version=base_version, by="乙", what="改"
            )
    assert in_memory.draft(draft.id).form == planting(target="甲")
    assert len(in_memory.audit(f"draft:{draft.id}")) == 2


def test_of_many_who_save_at_once_one_wins(library: Library) -> None:
    draft = library.new_draft(planting(), {})

    def save(number: int) -> bool:
        try:
            library.save_draft(draft.id, project(number), {}, base_version=1, by=str(number), what="改")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(save, range(12))) == 1
    assert library.draft(draft.id).versions == 2


def test_the_conversation_is_saved_without_a_version(in_memory: Library) -> None:
    first = in_memory.new_draft(planting(), {})
    second = in_memory.new_draft(project(1), {})
    in_memory.save_log(first.id, {"messages": ["问"]})
    assert in_memory.draft(first.id).log == {"messages": ["问"]}
    assert in_memory.draft(first.id).versions == 1
    assert [draft.id for draft in in_memory.drafts()] == [first.id, second.id]


def test_a_draft_that_is_not_there(in_memory: Library) -> None:
    draft = in_memory.new_draft(planting(), {})
    with pytest.raises(AssistantError, match="找不到这份草稿"):
        in_memory.draft("nope")
    with pytest.raises(AssistantError, match="没有第5版"):
        in_memory.draft(draft.id, 5)
    with pytest.raises(AssistantError, match="找不到这份草稿"):
        in_memory.save_log("nope", {})


@pytest.mark.parametrize("url", ["not a url", "sqlite:////proc/nowhere/library.sqlite3", "unknown://host/db"])
def test_an_unusable_database_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(AssistantError, match="打不开数据库"):
        Library(url, IndicatorIndex(None))


def test_the_schema_is_valid_for_postgresql() -> None:
    statements = [
        str(CreateTable(t).compile(dialect=postgresql.dialect())) for t in Base.metadata.sorted_tables
    ]
    assert any("JSONB" in statement for statement in statements)
    assert all("TIMESTAMP WITH TIME ZONE" in s for s in statements if "_at" in s)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["甲", "乙", "丙"])), max_size=14))
def test_any_series_of_imports_keeps_one_form_per_identity(series: list[tuple[int, str]]) -> None:
    with closing(Library("sqlite://", IndicatorIndex(None))) as library:
        newest: dict[int, str] = {}
        changes = 0
        for number, remark in series:
            result = library.add_forms([project(number).model_copy(update={"remark": remark})])
            assert result.added == (number not in newest)
            assert result.updated == (newest.get(number, remark) != remark)
            changes += result.updated
            newest[number] = remark
        stored = library.forms()
        assert [form.number for form in stored] == list(range(1, len(newest) + 1))
        assert {form.form.project_name: form.form.remark for form in stored} == {
            f"第{number}号水利工程": remark for number, remark in newest.items()
        }
        assert sum(len(library.form_versions(form.number)) for form in stored) == changes
