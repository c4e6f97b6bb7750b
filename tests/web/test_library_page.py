"""项目库: browsing, a link to a cell, comparing, searching, counting and importing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from assistant.documents.read import read_bytes
from assistant.documents.write_docx import write_docx
from assistant.errors import AssistantError
from assistant.services import Services, open_services
from assistant.settings import Settings
from assistant.web.shown.export import forms_archive
from tests.web.conftest import Open, html_of
from tests.web.forms import DREDGING
from tests.web.html_table import Page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TestBrowsing:
    def test_lists_the_past_forms_and_filters_them(self, open_page: Open, services: Services) -> None:
        test = open_page("library")
        assert len(test.dataframe[0].value) == len(services.library.forms())
        assert "点一张表" in html_of(test)
        unit = services.library.forms()[3].form.unit
        test.selectbox(key="library_unit").set_value(unit).run()
        assert set(test.dataframe[0].value["实施单位"]) == {unit}
        test.text_input(key="library_filter").set_value("没有这个项目").run()
        assert not test.dataframe

    def test_a_link_opens_a_form_at_a_cell(self, open_page: Open, services: Services) -> None:
        number = services.library.forms()[4].number
        row = services.library.form(number).form.indicators[1]
        test = open_page("library", query={"form": str(number), "at": "indicators-2-target"})
        marked = [
            cell for line in Page(html_of(test)).rows for cell in line if "data-here" in cell.attributes
        ]
        assert [cell.text for cell in marked] == [row.target]
        test.segmented_control(key=f"library-{number}-shown").set_value("问题").run()
        assert "data-here" not in html_of(test), "afterwards the person goes where they like"

    @pytest.mark.parametrize(
        "address",
        [{"form": "4096"}, {"form": "x"}, {"form": "1", "at": "<script>"}, {"form": "1", "at": "a-b"}],
    )
    def test_a_link_that_leads_nowhere_breaks_nothing(self, open_page: Open, address: dict[str, str]) -> None:
        test = open_page("library", query=address)
        assert len(test.dataframe) == 1
        assert "data-here" not in html_of(test)

    def test_an_opened_form_becomes_next_years(self, open_page: Open, services: Services) -> None:
        number = services.library.forms()[0].number
        before = {one.id for one in services.library.draft_summaries()}
        open_page("library", library_form=number).button(key="library-roll").click().run()
        [new] = [one for one in services.library.draft_summaries() if one.id not in before]
        assert services.library.draft(new.id).form.indicators[0].actual == ""

    def test_states_are_shown_and_filtered(self, open_page: Open, services: Services) -> None:
        library = services.library
        draft = services.session.begin(DREDGING)
        library.review.move(draft.id, "submit")
        library.review.move(draft.id, "approve")
        number = library.review.head(draft.id).form_number
        assert number is not None
        library.review.move(draft.id, "reopen", "发现重复申报")
        taken = library.forms()[0].number
        library.set_state(taken, "withdrawn", by="test")
        try:
            test = open_page("library", library_form=number)
            shown = dict(zip(test.dataframe[0].value["编号"], test.dataframe[0].value["状态"], strict=True))
            assert (shown[number], shown[taken]) == ("退回", "停用")
            assert "不作为起草和问答的依据" in html_of(test)
            assert "library-roll" not in {button.key for button in test.button}
            test.selectbox(key="library_state").set_value("退回").run()
            assert list(test.dataframe[0].value["编号"]) == [number]
            test.selectbox(key="library_state").set_value("通过").run()
            assert not {number, taken} & set(test.dataframe[0].value["编号"])
        finally:
            library.set_state(taken, "approved", by="test")

    def test_many_forms_leave_as_one_archive(self) -> None:
        packed = zipfile.ZipFile(io.BytesIO(forms_archive([DREDGING, DREDGING])))
        assert len(set(packed.namelist())) == 2
        for name in packed.namelist():
            [form] = read_bytes(packed.read(name), name).forms
            assert form.project_name == DREDGING.project_name


class TestComparing:
    def test_shows_only_what_differs_until_asked(self, open_page: Open) -> None:
        test = open_page("library", library_shown="两表对比")
        few = html_of(test).count("<tr>")
        test.toggle(key="compare_only").set_value(False).run()
        assert html_of(test).count("<tr>") > few
        assert "data-differs" in html_of(test)


class TestSearching:
    def test_finds_similar_indicators_and_leads_to_them(self, open_page: Open) -> None:
        test = open_page("library", library_shown="查相似指标")
        assert "用自己的话找" in html_of(test)
        test.text_input(key="library_query").set_value("培训人数").run()
        page = Page(html_of(test))
        assert any("培训" in row[2].text for row in page.rows[1:])
        assert all(row[-1].text for row in page.rows[1:]), "each hit says why"
        links = [given["href"] for tag, given in page.tags if tag == "a"]
        assert len(links) == len(page.rows) - 1
        assert all(link.startswith("library?form=") and "at=indicators-" in link for link in links)

    def test_facets_narrow(self, open_page: Open) -> None:
        test = open_page("library", library_shown="查相似指标", library_query="培训")
        test.selectbox(key="library_level").set_value("质量指标").run()
        assert {row[1].text for row in Page(html_of(test)).rows[1:]} == {"质量指标"}

    def test_past_values_of_a_type_are_drawn_with_what_is_similar(self, open_page: Open) -> None:
        html = html_of(open_page("library", library_shown="查相似指标", library_query="满意度"))
        _, drawn = html.split('<div class="af-past">')
        assert drawn.startswith("<b>往年目标和完成值（%，")
        assert drawn.count('data-dot="target"') >= 3
        assert drawn.count('data-dot="actual"') >= 3
        assert "服务对象满意度指标 14" in Page(html).text

    def test_says_when_nothing_is_similar(self, open_page: Open, services: Services) -> None:
        query = "<i>qqq</i>"
        assert not services.library.search(query, 15)
        test = open_page("library", library_shown="查相似指标", library_query=query)
        assert "没有找到与“&lt;i&gt;qqq&lt;/i&gt;”相似" in html_of(test)


class TestCounting:
    def test_counts_every_indicator_once(self, open_page: Open, services: Services) -> None:
        page = Page(html_of(open_page("library", library_shown="指标统计")))
        rows = sum(len(one.form.indicators) for one in services.library.precedents())
        counted = [row for row in page.rows if row[-1].text.isdigit() and len(row) > 3]
        assert sum(int(row[-1].text) for row in counted) == rows
        assert f"{rows} 个指标" in page.text

    def test_neither_counting_nor_searching_reads_every_form(
        self, open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_page("library", library_shown="指标统计")

        def refuse(*_: object) -> None:
            raise AssertionError("every form was read")

        monkeypatch.setattr(type(services.library), "forms", refuse)
        test = open_page("library", library_shown="指标统计")
        department = test.selectbox(key="count_department").options[1]
        test.selectbox(key="count_department").set_value(department).run()
        assert "张表，" in html_of(test)
        found = open_page("library", library_shown="查相似指标", library_query="培训")
        found.selectbox(key="search_year").set_value("2021").run()
        assert "第" in html_of(found)
        assert "<tr>" in html_of(found)


@pytest.fixture
def empty(services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[Services]:  # type: ignore[no-untyped-def]
    """The page's services with a library of its own that has no forms yet."""
    own = open_services(Settings(home=tmp_path))
    monkeypatch.setattr("app.services", lambda: own)
    monkeypatch.setattr(type(own.library), "forms", lambda self: [])
    yield own
    own.close()


class TestImporting:
    def test_an_empty_library_says_what_to_do(self, open_page: Open, empty: Services) -> None:
        assert "项目库里还没有表" in html_of(open_page("library"))

    def test_files_are_shown_before_they_are_stored(self, open_page: Open, services: Services) -> None:
        new = DREDGING.model_copy(update={"project_name": "东湖清淤"})
        before = len(services.library.forms())
        test = open_page("library", library_shown="导入")
        assert "导进来" in html_of(test)
        test.file_uploader(key="import_files").upload("东湖.docx", write_docx(new), DOCX).run()
        assert "东湖清淤" in html_of(test)
        assert len(services.library.forms()) == before
        test.button(key="import-forms").click().run()
        assert "新增 1 张" in html_of(test)
        assert services.library.forms()[-1].form.project_name == "东湖清淤"

    def test_a_failed_import_is_one_sentence(
        self, open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise AssistantError("其他人正在同时导入，请稍后再导入一次。")

        test = open_page("library", library_shown="导入")
        test.file_uploader(key="import_files").upload("清淤.docx", write_docx(DREDGING), DOCX).run()
        monkeypatch.setattr(type(services.library), "add_forms", refuse)
        test.button(key="import-forms").click().run()
        assert "请稍后再导入一次" in html_of(test)
