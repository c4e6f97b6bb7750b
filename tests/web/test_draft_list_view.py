"""The drafts to go on with: renamed, removed, brought back; and a blank beginning."""

from __future__ import annotations

from assistant.conversation.session import DraftView
from assistant.services import Services
from tests.web.conftest import Open, html_of
from tests.web.forms import DREDGING


def begun(services: Services, name: str) -> DraftView:
    return services.session.begin(DREDGING.model_copy(update={"project_name": name}))


def test_a_blank_form_is_a_beginning(open_page: Open, services: Services) -> None:
    test = open_page("draft")
    test.button(key="start-blank").click().run()
    form = services.session.view(test.session_state["draft"]).form
    assert (form.project_name, form.indicators) == ("", ())


def test_a_removed_draft_is_gone_until_it_is_brought_back(open_page: Open, services: Services) -> None:
    draft = begun(services, "要删除的草稿")
    test = open_page("draft")
    test.get_by_key(f"more-{draft.id}").set_value("删除").run()
    assert draft.id not in {one.id for one in services.library.draft_summaries()}
    assert "要删除的草稿" not in html_of(test)
    test.button(key="restore-draft").click().run()
    assert "要删除的草稿" in html_of(test)
    assert [entry.what for entry in services.library.audit(f"draft:{draft.id}")][-2:] == [
        "删除草稿",
        "恢复草稿",
    ]


def test_an_address_of_a_removed_draft_is_one_sentence(open_page: Open, services: Services) -> None:
    draft = begun(services, "删掉的")
    services.library.remove_draft(draft.id)
    shown = html_of(open_page("draft", draft=draft.id))
    assert 'role="alert"' in shown
    assert "从一句话开始" in shown


def test_names_are_text_wherever_they_stand(open_page: Open, services: Services) -> None:
    name = "![x](http://attacker.invalid/y)<img src=x onerror=alert(1)>"
    begun(services, name)
    test = open_page("draft")
    assert "&lt;img" in html_of(test)
    assert not [button.label for button in test.button if "attacker" in button.label]
    assert not test.markdown


def test_drafts_without_a_name_are_told_apart_by_how_they_began(open_page: Open, services: Services) -> None:
    for words in ("我们要填一张<b>防汛</b>的表，还没有想好叫什么", "另一张，关于公园绿化"):
        services.session.say(services.session.begin().id, words)
    for draft in services.library.draft_summaries()[:2]:
        assert draft.project_name == ""
    shown = html_of(open_page("draft"))
    assert "“我们要填一张&lt;b&gt;防汛" in shown
    assert "“另一张，关于公园绿化”" in shown


def test_many_drafts_are_found_by_name(open_page: Open, services: Services) -> None:
    for number in range(6):
        begun(services, f"第{number}号河道")
    test = open_page("draft")
    assert len([button for button in test.button if button.key.startswith("go-")]) == 4
    test.toggle(key="drafts_all").set_value(True).run()
    test.text_input(key="draft_wanted").set_value("第1号").run()
    assert len([button for button in test.button if button.key.startswith("go-")]) == 1


def test_what_was_submitted_is_told_and_only_looked_at(open_page: Open, services: Services) -> None:
    draft = begun(services, "交上去的")
    services.library.review.move(draft.id, "submit")
    test = open_page("draft")
    assert "已提交" in html_of(test)
    assert test.button(key=f"go-{draft.id}").label == "查看"
    test.button(key=f"go-{draft.id}").click().run()
    assert test.chat_input[0].disabled
    test.get_by_key("sheet_shown").set_value("编辑").run()
    assert not test.dataframe, "a table that looks editable would promise what is refused"
    assert "不能改" in html_of(test)
