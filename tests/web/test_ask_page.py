"""问答 with the real services: suggestions, answers with their rows and places, corrections, notebook."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from assistant.asking.answering.answer import Answer, Citation, Table
from assistant.asking.answering.export import write_answer
from assistant.asking.asker import Turn
from assistant.asking.planning.before import Understood
from assistant.asking.planning.meaning import Choice, Meaning
from assistant.asking.reading.mentions import Reading
from assistant.asking.suggestions import suggested
from assistant.form.finding import Location
from assistant.people.person import LOCAL
from assistant.services import Services
from assistant.web.shown.place import form_address as address
from tests.web.conftest import Open, html_of, scripts_of
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

NASTY = " ".join(HOSTILE)
LOW = "总分低于97分的项目有哪些？"


def test_it_begins_with_questions_to_click_that_have_answers(services: Services, open_page: Open) -> None:
    shown = suggested(services.asker)
    test = open_page("ask")
    assert [test.button(key=f"suggested-{n}").label for n in range(len(shown))] == list(shown)
    assert not test.dataframe
    for question in shown:
        answer = services.asker.ask(question)
        assert answer.found, question
        assert answer.citations, question


def test_a_suggestion_is_answered_with_its_rows_and_places(open_page: Open) -> None:
    test = open_page("ask")
    test.button(key="suggested-0").click().run()
    assert "1496.23万元" in Page(html_of(test)).text
    assert test.dataframe[0].value["未执行金额（万元）"].tolist()[:2] == [1496.23, 127]
    assert len(test.dataframe[0].value) == 7
    opening = {b.key.split("-")[2] for b in test.button if b.key and b.key.startswith("open-0-")}
    assert len(opening) == 7


def test_a_cited_form_opens_beside_the_answer_at_the_cell_and_closes(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("人事处那张表的执行得分是怎么算出来的？").run()
    assert "10 × 11 ÷ 11.27 = 9.76" in Page(html_of(test)).text
    test.button(key="open-0-4").click().run()
    html = html_of(test)
    assert "人均培训费用" in Page(html).text
    assert html.count('data-here="cell"') == 1
    assert "9.76</td>" in html.split('data-here="cell"')[1][:80]
    test.button(key="close-form").click().run()
    assert "人均培训费用" not in Page(html_of(test)).text


def test_the_library_opens_a_form_at_the_cell_of_an_address(open_page: Open) -> None:
    link = address(3, Location(section="indicators", row=5, field="actual"))
    assert link == "library?form=3&at=indicators-5-actual"
    test = open_page("library")
    for name, value in (part.split("=") for part in link.split("?")[1].split("&")):
        test.query_params[name] = value
    test.run()
    assert "13.014万元" in html_of(test).split('data-here="cell"')[1][:60]


def test_a_question_follows_on_the_last(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("没完成目标的指标有哪些").run()
    test.chat_input(key="ask_words").set_value("其中哪些没写原因？").run()
    assert "共2个" in Page(html_of(test)).text


def test_a_condition_can_be_corrected_and_is_executed_again(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value(LOW).run()
    assert len(test.dataframe[0].value) == 3
    assert test.button(key="rerun-0").disabled
    test.number_input(key="number-0-0").set_value(95.0).run()
    test.button(key="rerun-0").click().run()
    assert test.dataframe[1].value["项目名称"].tolist() == ["资产出租出借成本性支出"]
    assert "总分小于95分" in Page(html_of(test)).text


def test_a_left_out_condition_and_a_group(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value(LOW).run()
    test.checkbox(key="keep-0-0").uncheck().run()
    test.selectbox(key="group-0").select("unit").run()
    test.button(key="rerun-0").click().run()
    assert len(test.dataframe[1].value) == 13


def test_what_is_thought_of_an_answer_is_kept(services: Services, open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value(LOW).run()
    test.feedback(key="judged-0").set_value(0).run()
    test.text_input(key="why-0").set_value("漏了一个项目").run()
    newest = services.library.questions.feedback()[0]
    assert (newest.good, newest.words, newest.question, newest.by) == (
        False,
        "漏了一个项目",
        LOW,
        LOCAL.id,
    )
    assert newest.queries[0]["where"][0]["number"] == "97"


def test_a_saved_question_is_asked_again_in_the_notebook(services: Services, open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value(LOW).run()
    test.button(key="save-0").click().run()
    assert test.button(key="save-0").label == "已存入问题本"
    saved = services.library.questions.saved()[-1]
    test.segmented_control(key="ask_shown").set_value("问题本").run()
    test.button(key=f"again-{saved.id}").click().run()
    assert "与保存时相同" in Page(html_of(test)).text
    test.button(key=f"forget-{saved.id}").click().run()
    assert saved.id not in [one.id for one in services.library.questions.saved()]


def test_what_was_asked_can_be_asked_again(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("轻工处一共执行了多少钱？").run()
    test.button(key="ask-anew").click().run()
    assert not test.dataframe
    test.button(key="history-0").click().run()
    assert "323.91764万元" in Page(html_of(test)).text


def test_what_is_ambiguous_can_be_chosen(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("预算").run()
    test.button(key="choice-0-0").click().run()
    assert "17451.45304万元" in Page(html_of(test)).text


def test_what_the_forms_do_not_say_is_said_plainly(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("科技质量处的处长电话是多少？").run()
    assert "材料里没有" in Page(html_of(test)).text
    assert not test.dataframe


def test_texts_of_forms_and_questions_are_escaped(open_page: Open) -> None:
    table = Table(columns=("指标",), rows=((NASTY,),), places=((1, 1),))
    choice = Choice(label=NASTY, question="人事处的总分")
    cited = Citation(form=1, project_name=NASTY, where=NASTY)
    hostile = Answer(
        answer=NASTY,
        understood=NASTY,
        arithmetic=(NASTY,),
        table=table,
        choices=(choice,),
        citations=(cited,),
        chart=((NASTY, 1.0), (NASTY, 2.0)),
        chart_label=NASTY,
    )
    test = open_page("ask", ask_turns=[Turn(NASTY, hostile, Understood(Meaning(), Reading("")))])
    assert "<script>" not in html_of(test)
    assert not [text for text in HOSTILE if text in scripts_of(test)]
    assert all("script" not in button.label for button in test.button)


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@A1"])
def test_the_download_never_holds_a_formula(risky: str) -> None:
    answer = Answer(answer="=2", table=Table(columns=("指标",), rows=((risky,),), places=((1, 1),)))
    book = load_workbook(BytesIO(write_answer("=问", answer)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {risky, "=2", "=问"} <= {cell.value for cell in cells}
    assert all(cell.data_type == "s" for cell in cells if cell.value is not None)
