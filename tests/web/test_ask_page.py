"""问答 with the real services: what it suggests, an answer with its rows, what the forms do not say."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from assistant.asking.answer import Answer, Citation, Table
from assistant.asking.asker import Turn
from assistant.asking.export import write_answer
from assistant.asking.meaning import Choice, Meaning
from assistant.asking.reading import Reading
from assistant.asking.understand import Understood
from assistant.services import Services
from assistant.web import ask_page
from tests.web.conftest import Open, html_of
from tests.web.html_table import Page
from tests.web.test_escape import HOSTILE

NASTY = " ".join(HOSTILE)


def test_it_begins_with_questions_to_click(open_page: Open) -> None:
    test = open_page("ask")
    assert [test.button(key=f"suggested-{n}").label for n in range(len(ask_page.SUGGESTED))] == list(
        ask_page.SUGGESTED
    )
    assert not test.dataframe


def test_every_suggested_question_has_an_answer(services: Services) -> None:
    for question in ask_page.SUGGESTED:
        answer = services.asker.ask(question)
        assert answer.found, question
        assert answer.citations, question


def test_a_suggestion_is_answered_with_its_rows_and_places(open_page: Open) -> None:
    test = open_page("ask")
    test.button(key="suggested-0").click().run()
    assert "1496.23万元" in Page(html_of(test)).text
    assert test.dataframe[0].value["未执行金额（万元）"].tolist()[:2] == [1496.23, 127]
    assert len(test.dataframe[0].value) == 7
    opening = [button for button in test.button if button.key and button.key.startswith("open-0-")]
    assert len(opening) == 7


def test_a_cited_form_opens_beside_the_answer_and_closes(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("人事处那张表的执行得分是怎么算出来的？").run()
    assert "10 × 11 ÷ 11.27 = 9.76" in Page(html_of(test)).text
    test.button(key="open-0-4").click().run()
    assert "天山企业家人才培养计划" in Page(html_of(test)).text
    assert "人均培训费用" in Page(html_of(test)).text
    test.button(key="close-form").click().run()
    assert "人均培训费用" not in Page(html_of(test)).text


def test_a_question_follows_on_the_last(open_page: Open) -> None:
    test = open_page("ask")
    test.chat_input(key="ask_words").set_value("没完成目标的指标有哪些").run()
    test.chat_input(key="ask_words").set_value("其中哪些没写原因？").run()
    assert "共2个" in Page(html_of(test)).text


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
    )
    test = open_page("ask", ask_turns=[Turn(NASTY, hostile, Understood(Meaning(), Reading("")))])
    assert "<script>" not in html_of(test)
    assert all("script" not in button.label for button in test.button)


def test_the_download_never_holds_a_formula() -> None:
    risky = ("=1+1", "+1", "-1", "@A1")
    answer = Answer(
        answer="=2",
        table=Table(columns=("指标",), rows=tuple((text,) for text in risky), places=((1, 1),) * 4),
    )
    book = load_workbook(BytesIO(write_answer("=问", answer)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"=1+1", "+1", "-1", "@A1", "=2", "=问"} <= {cell.value for cell in cells}
    assert all(cell.data_type == "s" for cell in cells if cell.value is not None)
