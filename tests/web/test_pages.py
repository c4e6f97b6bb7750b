"""Every page with the real services: what it shows at first, at work, and when something goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.conversation.session import DraftSession
from assistant.documents.write_docx import write_docx
from assistant.errors import AssistantError, ModelUnavailableError
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.llm import Answer
from assistant.services import Services
from assistant.web.draft import start
from tests.web.conftest import Open, html_of, scripts_of
from tests.web.forms import DREDGING
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "我们是某市农机推广站，主管部门某市农业农村局，2024年做农机手培训项目，预算40万元，实际支出38万元，"
    "去年培训了84人，今年计划100人，满意度要达到90%以上。"
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Silent:
    """A model that never answers."""

    def answer(self, prompt: str, schema: type[Answer], *, prompt_id: str) -> Answer:
        raise ModelUnavailableError(f"模型在时限内没有答复（{prompt_id}）。")


def keys(test: AppTest, prefix: str) -> list[str]:
    return [button.key for button in test.button if button.key and button.key.startswith(prefix)]


def test_the_app_draws_its_first_page(services: Services) -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    assert "从一句话开始" in html_of(test)


def fail_on_the_page(message: str) -> None:
    """What AppTest runs as a script: a page that fails in the given way."""
    from assistant.errors import AssistantError  # noqa: PLC0415 - the function's body is the script
    from assistant.web import state  # noqa: PLC0415

    with state.guarded():
        raise AssistantError(message) if message else KeyError("secret detail")


def test_a_page_that_fails_is_one_sentence() -> None:
    told = AppTest.from_function(
        fail_on_the_page, kwargs={"message": "索引被占用，<b>请稍后再试</b>。"}
    ).run()
    assert "索引被占用，&lt;b&gt;请稍后再试&lt;/b&gt;。" in html_of(told)
    accident = html_of(AppTest.from_function(fail_on_the_page, kwargs={"message": ""}).run())
    assert "请重试" in accident
    assert "secret detail" not in accident


class TestDraft:
    def test_begins_with_what_to_do(self, open_page: Open) -> None:
        test = open_page("draft")
        assert "从一句话开始" in html_of(test)
        assert [test.button(key=f"example-{number}").label for number in range(3)] == list(start.EXAMPLES)

    def test_a_sentence_leads_to_proposals_and_accepting_fills_the_form(self, open_page: Open) -> None:
        test = open_page("draft")
        test.chat_input(key="first_words").set_value(WORDS).run()
        accept = keys(test, "accept-")
        assert accept, "there are cards to decide on"
        test.button(key="accept-all").click().run()
        shown = Page(html_of(test)).text
        assert "某市农机推广站" in shown
        assert "已采纳" in shown
        assert not test.button(key="undo").disabled

    def test_an_example_is_a_beginning(self, open_page: Open) -> None:
        test = open_page("draft")
        test.button(key="example-0").click().run()
        assert keys(test, "accept-")
        assert start.EXAMPLES[0] in Page(html_of(test)).text

    def test_a_model_that_fails_is_told_beside_the_answer(self, open_page: Open, services: Services) -> None:
        session = DraftSession(services.library, services.library.search, Silent())
        draft = session.say(session.begin().id, WORDS)
        test = open_page("draft", draft=draft.id)
        assert keys(test, "accept-"), "the same turn is completed without the model"
        assert any("af-notice" in element.value and "模型" in element.value for element in test.html)

    def test_a_card_can_be_refused_or_rewritten(self, open_page: Open, services: Services) -> None:
        draft = services.session.say(services.session.begin().id, WORDS)
        mine, other = [card for card in draft.proposals if card.kind == "indicator"][:2]
        test = open_page("draft", draft=draft.id)
        test.button(key=f"edit-{mine.id}").click().run()
        test.text_input(key=f"own-name-{mine.id}").set_value("培训农机手｜人数")
        test.text_input(key=f"own-target-{mine.id}").set_value("≥110人")
        test.button(key=f"keep-{mine.id}").click().run()
        test.button(key=f"reject-{other.id}").click().run()
        now = services.session.view(draft.id)
        assert now.decisions[mine.id] == "edited"
        assert [(row.name, row.target) for row in now.form.indicators] == [("培训农机手 人数", "≥110人")]
        assert now.decisions[other.id] == "rejected"

    def test_a_text_can_be_rewritten(self, open_page: Open, services: Services) -> None:
        draft = services.session.say(services.session.begin().id, WORDS)
        facts = next(card for card in draft.proposals if card.kind == "facts")
        test = open_page("draft", draft=draft.id)
        test.button(key=f"edit-{facts.id}").click().run()
        box = test.text_area(key=f"own-text-{facts.id}")
        box.set_value(box.value.replace("某市农机推广站", "某市农机中心"))
        test.button(key=f"keep-{facts.id}").click().run()
        assert services.session.view(draft.id).form.unit == "某市农机中心"

    def test_a_past_form_is_rolled_over(self, open_page: Open, services: Services) -> None:
        test = open_page("draft")
        test.button(key="roll-past").click().run()
        form = services.session.view(test.session_state["draft"]).form
        past = services.library.forms()[0].form
        assert [row.name for row in form.indicators] == [row.name for row in past.indicators]
        assert {row.actual for row in form.indicators} == {""}

    def test_a_file_is_a_beginning(self, open_page: Open, services: Services) -> None:
        test = open_page("draft")
        test.file_uploader(key="start_file").upload("清淤.docx", write_docx(DREDGING), DOCX).run()
        test.button(key="use-file").click().run()
        form = services.session.view(test.session_state["draft"]).form
        assert form.project_name == DREDGING.project_name
        assert form.indicators == DREDGING.indicators

    def test_a_draft_goes_on_where_it_was_left(self, open_page: Open, services: Services) -> None:
        draft = services.session.begin(DREDGING)
        test = open_page("draft")
        test.button(key=f"go-{draft.id}").click().run()
        assert test.session_state["draft"] == draft.id
        assert "城区河道清淤工程" in html_of(test)

    def test_a_new_beginning_leaves_the_draft(self, open_page: Open, services: Services) -> None:
        draft = services.session.begin(DREDGING)
        test = open_page("draft", draft=draft.id)
        assert test.query_params["draft"] == draft.id
        test.button(key="new-draft").click().run()
        assert "从一句话开始" in html_of(test)
        assert "draft" not in test.query_params

    def test_points_and_findings_are_shown_on_demand(self, open_page: Open, services: Services) -> None:
        draft = services.session.begin(DREDGING)
        points = Page(html_of(open_page("draft", draft=draft.id, sheet_shown="得分"))).text
        assert "算式" in points
        findings = Page(html_of(open_page("draft", draft=draft.id, sheet_shown="问题"))).text
        assert "规则 " in findings

    def test_texts_are_edited_directly(self, open_page: Open, services: Services) -> None:
        draft = services.session.begin(DREDGING)
        test = open_page("draft", draft=draft.id, sheet_shown="编辑", edit_part="基本信息和目标")
        test.text_input(key=f"text-{draft.id}-header-unit").set_value("某市排水中心").run()
        test.text_area(key=f"text-{draft.id}-goal-actual").set_value("清淤12.4公里，汛前完工。").run()
        form = services.session.view(draft.id).form
        assert (form.unit, form.goal.actual) == ("某市排水中心", "清淤12.4公里，汛前完工。")

    def test_undo_takes_the_last_change_back(self, open_page: Open, services: Services) -> None:
        draft = services.session.begin(DREDGING)
        place = Location(section="header", field="unit")
        services.session.edit(draft.id, (Edit(location=place, new="别的单位"),), draft.version)
        test = open_page("draft", draft=draft.id)
        test.button(key="undo").click().run()
        assert services.session.view(draft.id).form.unit == DREDGING.unit

    def test_an_unknown_draft_is_one_sentence_and_a_new_beginning(self, open_page: Open) -> None:
        shown = html_of(open_page("draft", draft="gibt-es-nicht"))
        assert 'role="alert"' in shown
        assert "从一句话开始" in shown

    def test_a_failing_turn_is_one_sentence(
        self, open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = services.session.begin(DREDGING)
        test = open_page("draft", draft=draft.id)

        def refuse(*_: object) -> None:
            raise AssistantError("<b>这一步没有做成</b>，请再试一次。")

        monkeypatch.setattr(type(services.session), "say", refuse)
        test.chat_input(key="chat_words").set_value("满意度92%").run()
        assert "&lt;b&gt;这一步没有做成&lt;/b&gt;，请再试一次。" in html_of(test)

    def test_an_accident_shows_no_details(
        self, open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = services.session.begin(DREDGING)
        test = open_page("draft", draft=draft.id)

        def break_down(*_: object) -> None:
            raise ZeroDivisionError("secret detail")

        monkeypatch.setattr(type(services.session), "say", break_down)
        test.chat_input(key="chat_words").set_value("满意度92%").run()
        shown = html_of(test)
        assert "请重试" in shown
        assert "secret detail" not in shown

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_words_and_cells_stay_text(self, open_page: Open, services: Services, text: str) -> None:
        form = DREDGING.model_copy(update={"project_name": text, "unit": text})
        draft = services.session.say(services.session.begin(form).id, f"项目名称：{text}")
        test = open_page("draft", draft=draft.id)
        page = Page(html_of(test))
        assert not {"script", "img", "svg", "a", "h1", "iframe"} & {tag for tag, _ in page.tags}
        assert not [name for _, given in page.tags for name in given if name.startswith("on")]
        assert not test.markdown, "nothing of a draft is drawn as Markdown"
        assert text not in scripts_of(test), "no words of theirs become a script"


class TestSystem:
    def test_tells_what_is_there(self, open_page: Open, services: Services) -> None:
        text = Page(html_of(open_page("system"))).text
        assert "没有配置" in text
        forms = [stored.form for stored in services.library.precedents()]
        rows = sum(len(form.indicators) for form in forms)
        assert f"{len(forms)} 张可作依据的往年的表，{rows} 行指标" in text
        assert f"{services.library.count_drafts()} 份" in text

    @pytest.mark.parametrize(
        ("counted", "told"),
        [
            (None, "没有配置（OPENAI_EMBEDDING_MODEL）"),
            ((0, 0), "索引还没有打开"),
            ((203, 203), "203 行指标都有它的向量"),
            ((180, 203), "其余 23 行只按词语检索。请确认模型能用，再按下面的“重建索引”"),
        ],
    )
    def test_says_how_many_rows_an_embedding_model_knows(
        self,
        open_page: Open,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
        counted: tuple[int, int] | None,
        told: str,
    ) -> None:
        monkeypatch.setattr(type(services.library), "model_rows", property(lambda _: counted))
        assert told in Page(html_of(open_page("system"))).text

    def test_rebuilds_the_index(self, open_page: Open) -> None:
        test = open_page("system")
        test.button(key="reindex").click().run()
        assert "已重建" in html_of(test)

    def test_a_failed_rebuild_is_one_sentence(
        self, open_page: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: object) -> int:
            raise AssistantError("索引正被另一个程序使用，请先关闭它。")

        monkeypatch.setattr(type(services.library), "reindex", refuse)
        test = open_page("system")
        test.button(key="reindex").click().run()
        assert "索引正被另一个程序使用" in html_of(test)


def test_help_shows_the_manual_or_says_that_it_is_missing(open_page: Open) -> None:
    test = open_page("help")
    assert test.markdown or "手册" in html_of(test)
