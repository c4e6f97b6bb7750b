"""Editing in the table and the fields, and the way there by the steps."""

from __future__ import annotations

import pytest

from assistant.conversation.session import DraftView
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.services import Services
from tests.web.conftest import Open, html_of
from tests.web.forms import DREDGING
from tests.web.html_table import Page

NAMES = [row.name for row in DREDGING.indicators]


@pytest.fixture
def draft(services: Services) -> DraftView:
    return services.session.begin(DREDGING)


def names(services: Services, draft: DraftView) -> list[str]:
    return [row.name for row in services.session.view(draft.id).form.indicators]


class TestRows:
    def test_a_row_moves_and_stays_chosen(
        self, open_page: Open, services: Services, draft: DraftView
    ) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑")
        assert test.button(key="上移-indicators").disabled, "the first row cannot move up"
        test.button(key="下移-indicators").click().run()
        test.button(key="下移-indicators").click().run()
        assert names(services, draft) == [NAMES[1], NAMES[2], NAMES[0], NAMES[3]]
        test.button(key="上移-indicators").click().run()
        assert names(services, draft) == [NAMES[1], NAMES[0], NAMES[2], NAMES[3]]
        moved = services.session.view(draft.id).form.indicators[1]
        assert (moved.actual, moved.explanation) == (
            DREDGING.indicators[0].actual,
            DREDGING.indicators[0].explanation,
        )

    def test_rows_are_added_and_removed(self, open_page: Open, services: Services, draft: DraftView) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑")
        test.button(key="add-indicators").click().run()
        assert names(services, draft)[2] == "【待填】"
        test.selectbox(key=f"row-indicators-{draft.id}").set_value(4).run()
        test.button(key="remove-indicators").click().run()
        assert NAMES[3] not in names(services, draft)
        assert "第4行" in str(test.selectbox(key=f"row-indicators-{draft.id}").options), "no row is left out"

    def test_where_there_is_no_row_it_tells_how_to_begin(self, open_page: Open, services: Services) -> None:
        begun = services.session.begin()
        test = open_page("draft", draft=begun.id, sheet_shown="编辑")
        assert not test.dataframe, "an empty table would be told in English"
        assert "还没有指标" in html_of(test)
        test.button(key="add-indicators").click().run()
        assert names(services, begun) == ["【待填】"]
        assert "还没有指标" not in html_of(test)

    def test_fund_rows_too(self, open_page: Open, services: Services, draft: DraftView) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑", edit_part="项目资金")
        test.button(key="add-funds").click().run()
        assert [fund.label for fund in services.session.view(draft.id).form.funds][-1] == "【待填】"
        test.selectbox(key=f"row-funds-{draft.id}").set_value(2).run()
        test.button(key="上移-funds").click().run()
        assert [fund.label for fund in services.session.view(draft.id).form.funds][1] == "【待填】"


class TestFields:
    def test_fields_save_one_after_the_other(
        self, open_page: Open, services: Services, draft: DraftView
    ) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑", edit_part="基本信息和目标")
        test.text_input(key=f"text-{draft.id}-header-unit").set_value("某市排水中心").run()
        test.text_input(key=f"text-{draft.id}-header-department").set_value("某市住建局").run()
        form = services.session.view(draft.id).form
        assert (form.unit, form.department) == ("某市排水中心", "某市住建局")
        assert test.text_input(key=f"text-{draft.id}-header-unit").value == "某市排水中心"

    def test_what_the_conversation_changed_is_shown(
        self, open_page: Open, services: Services, draft: DraftView
    ) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑", edit_part="基本信息和目标")
        place = Location(section="header", field="unit")
        services.session.edit(draft.id, (Edit(location=place, new="别处改的单位"),), draft.version)
        test.run()
        assert test.text_input(key=f"text-{draft.id}-header-unit").value == "别处改的单位"

    def test_nothing_that_another_wrote_is_overwritten_silently(
        self, open_page: Open, services: Services, draft: DraftView
    ) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑", edit_part="基本信息和目标")
        place = Location(section="header", field="unit")
        services.session.edit(draft.id, (Edit(location=place, new="<b>别人的单位</b>"),), draft.version)
        test.text_input(key=f"text-{draft.id}-header-unit").set_value("我的单位").run()
        assert services.session.view(draft.id).form.unit == "<b>别人的单位</b>"
        shown = html_of(test)
        assert "没有覆盖它" in shown
        assert "<b>别人的单位" not in shown


class TestSteps:
    def test_a_step_leads_to_the_cell_that_is_missing(self, open_page: Open, services: Services) -> None:
        rows = (
            DREDGING.indicators[0].model_copy(update={"actual": "", "score": ""}),
            *DREDGING.indicators[1:],
        )
        draft = services.session.begin(DREDGING.model_copy(update={"indicators": rows}))
        test = open_page("draft", draft=draft.id, sheet_shown="得分")
        [step] = [button for button in test.button if button.label.endswith("完成情况")]
        step.click().run()
        shown = html_of(test)
        assert "完成情况还缺" in shown
        marked = [given for _, given in Page(shown).tags if "data-here" in given]
        assert [given["data-mark"] for given in marked] == ["gap"]

    def test_while_editing_a_step_turns_to_its_part(self, open_page: Open, draft: DraftView) -> None:
        test = open_page("draft", draft=draft.id, sheet_shown="编辑")
        [step] = [button for button in test.button if button.label.endswith("资金")]
        step.click().run()
        assert test.session_state["edit_part"] == "项目资金"
        assert test.session_state["sheet_shown"] == "编辑"

    def test_the_last_step_offers_the_files(self, open_page: Open, draft: DraftView) -> None:
        test = open_page("draft", draft=draft.id)
        [step] = [button for button in test.button if button.label.endswith("导出")]
        step.click().run()
        keys = {button.key for button in test.get("download_button")}
        assert {"draft-export-dialog-docx", "draft-export-dialog-xlsx"} <= keys

    def test_the_time_of_saving_is_told(self, open_page: Open, draft: DraftView) -> None:
        assert "已保存 " in html_of(open_page("draft", draft=draft.id))
