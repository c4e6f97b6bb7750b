"""Turns of the conversation: commands, answers from the score sheet, a model that helps or fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.conversation.blank_form import blank_form
from assistant.conversation.cards import Desk
from assistant.conversation.commands import asks_about_row, read_command, read_topic, split_yes
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.steps import next_question, steps_of
from assistant.conversation.turn import Turn, converse
from assistant.drafting.placing import make, row_map
from assistant.errors import ModelUnavailableError
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Form, FundLine, Goal, Indicator, Total
from assistant.llm import ChatModel
from assistant.rules.check import check_form
from assistant.rules.fill import fill_scores
from assistant.rules.profile import profile_for
from tests.drafting.past_rows import SmallLibrary
from tests.drafting.scripted_model import ScriptedModel


def indicator(
    level1: str, level2: str, name: str, target: str, actual: str, weight: str, why: str = ""
) -> Indicator:
    return Indicator(
        level1=level1, level2=level2, name=name, target=target, actual=actual, weight=weight, explanation=why
    )


def scored(form: Form) -> Form:
    return fill_scores(form, profile_for(form))


FORM = scored(
    Form(
        title="项目支出绩效自评表",
        year_line="（2023年度）",
        year=2023,
        project_name="村级图书室建设",
        department="市文化局",
        unit="公共服务科",
        funds=(
            FundLine(label="年度资金总额", initial="96", budget="96", executed="93.5", weight="10"),
            FundLine(
                label="其中：当年财政拨款", initial="96", budget="96", executed="93.5", weight="—", score="—"
            ),
        ),
        goal=Goal(expected="新建图书室12个，方便村民借阅。", actual="建成图书室11个，村民借阅更加方便。"),
        indicators=(
            indicator("产出指标", "数量指标", "新建图书室数量", "≥12个", "11个", "20"),
            indicator("产出指标", "质量指标", "图书验收合格率", "=100%", "100%", "10"),
            indicator("产出指标", "时效指标", "建设按期完成率", "=100%", "100%", "10"),
            indicator("产出指标", "成本指标", "建设总成本", "≤96万元", "93.5万元", "10"),
            indicator("效益指标", "社会效益指标", "村民借阅便利程度", "明显改善", "明显改善", "30"),
            indicator("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "93%", "10"),
        ),
        total=Total(weight="100"),
    )
)


def turn(said: str, form: Form = FORM, log: DraftLog | None = None, model: ChatModel | None = None) -> Turn:
    desk = Desk(search=SmallLibrary(), past=list, model=model)
    return converse(desk, form, check_form(form, profile_for(form)), log or DraftLog(), said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "为什么扣分？",
            ["10 × 93.5 ÷ 96 = 9.74", "第1行“新建图书室数量”", "20 × 11 ÷ 12 = 18.33", "扣1.67分"],
        ),
        ("哪里扣分了", ["扣1.67分"]),
        ("第1行怎么算的？", ["第1行“新建图书室数量”", "20 × 11 ÷ 12", "扣1.67分"]),
        ("满意度为什么是10分？", ["第6行“村民满意度”", "没有扣分"]),
        ("总分多少", ["98.07分", "优"]),
        ("现在几分了？", ["98.07分"]),
        ("执行率怎么算的？", ["97.4%", "÷"]),
        ("哪些还没填？", ["偏差", "第1行"]),
        ("还差什么", ["偏差"]),
        ("有没有错误？", ["错误1处", "新建图书室数量"]),
        ("检查一下", ["错误1处"]),
        ("分值一共多少？", ["100分"]),
        ("评分标准是什么？", ["计分"]),
        ("怎么撤销？", ["撤销"]),
        ("去年满意度是多少？", ["没有本项目往年的表", "库中第", "表没有改动"]),
        ("验收合格率一般定多少", ["“图书验收合格率”", "库中第"]),
        ("第6行别的单位都填多少？", ["“村民满意度”", "库中第"]),
        ("去年花了多少？", ["没有本项目往年的表"]),
        ("一般定多少", ["哪一项"]),
        ("导出", ["导出"]),
        ("帮助", ["预算60万元"]),
        ("你好", ["您好"]),
        ("谢谢啦", ["不客气"]),
        ("今天天气怎么样？", ["答不上来"]),
        ("哈哈哈哈", ["没有看懂", "可以这样说"]),
    ],
)
def test_questions_and_commands_are_answered_from_the_form(said: str, expected: list[str]) -> None:
    answer = turn(said)
    assert not answer.proposals, "a question proposes nothing"
    for part in expected:
        assert part in answer.text


def test_an_answer_and_a_fact_in_one_message() -> None:
    answer = turn("村民满意度是94%，为什么扣分？")
    assert [edit.new for edit in answer.proposals[0].edits] == ["94%"]
    assert "扣1.67分" in answer.text


def test_what_stands_there_already_is_not_proposed_again() -> None:
    answer = turn("村民满意度93%")
    assert not answer.proposals
    assert "已经是这样" in answer.text


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("确认", "accept"), ("好的", "accept"), ("好的，谢谢", "accept"), ("对的", "accept"),
        ("嗯嗯", "accept"), ("OK", "accept"), ("全部采纳", "accept_all"),
        ("都同意", "accept_all"), ("不用了", "decline"),
        ("不对", "reject"), ("算了吧", "decline"), ("撤销", "undo"), ("帮我撤销上一步", "undo"),
        ("返回上一步吧", "undo"), ("你能做什么？", "help"), ("怎么用", "help"), ("导出word", "export"),
        ("帮我下载自评表", "export"), ("检查一下", "check"), ("推荐几个指标", "suggest"), ("您好！", "greet"),
        ("辛苦了", "thanks"), ("确认一下满意度是不是92%", None), ("好的项目要有好的指标", None),
        ("不用现金发放", None), ("取消第3行", None), ("对象是农村老人", None), ("行政诉讼败诉率0", None),
        ("保存期限10年", None),
    ],
)  # fmt: skip
def test_commands_are_whole_messages(said: str, command: str | None) -> None:
    assert read_command(said) == command


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("好的，另外满意度95%", True),
        ("对，预算是60万", True),
        ("好的", False),
        ("对，但是预算是60万", False),
        ("好项目", False),
    ],
)
def test_a_leading_yes(said: str, yes: bool) -> None:
    assert split_yes(said)[0] is yes


def test_topics_need_a_question() -> None:
    assert read_topic("为什么扣分") == "lost"
    assert read_topic("总分怎么才98分？") == "total"
    assert read_topic("执行率95%") is None
    assert asks_about_row("第3行怎么算的？")
    assert not asks_about_row("第3行完成95%")


def test_the_first_description_brings_facts_and_indicators() -> None:
    answer = turn("我们是市教育局，2023年做骨干教师培训项目，预算30万元，今年计划培训80人", blank_form())
    kinds = [one.kind for one in answer.proposals]
    assert kinds.count("facts") == 1 and kinds.count("indicator") >= 6
    people = next(one for one in answer.proposals if "培训人数" in one.new)
    assert "≥80人" in people.new


def test_a_told_cause_becomes_an_explanation_with_the_rows_figures() -> None:
    answer = turn("没建完是因为有一个村的房子没腾出来，下一步明年一季度补建")
    card = next(one for one in answer.proposals if one.kind == "explanation")
    assert card.location.row == 1
    for part in ("12个", "11个", "腾", "明年一季度补建"):
        assert part in card.new
    assert not card.question


def test_figures_without_a_row_are_said_plainly() -> None:
    answer = turn("采购书架35个")
    assert not answer.proposals
    assert "书架35个" in answer.text and "加一个指标" in answer.text


FACT = {"row": 0, "name": ""}


def reply(*facts: dict[str, Any]) -> dict[str, Any]:
    return {"facts": [{**FACT, **fact} for fact in facts]}


def edits(answer: Turn) -> dict[tuple[str, int | None, str], str]:
    cards: Sequence[Any] = [one for one in answer.proposals if one.kind == "facts"]
    return {
        (edit.location.section, edit.location.row, edit.location.field): edit.new
        for one in cards
        for edit in one.edits
    }


def test_a_model_reads_what_the_rules_cannot() -> None:
    model = ScriptedModel([reply({"place": "actual", "row": 6, "name": "老乡们的打分", "value": "九成四"})])
    answer = turn("老乡们普遍说好，给的是九成四", model=model)
    assert edits(answer) == {("indicators", 6, "actual"): "94%"}
    assert "第6行｜满意度指标" in model.prompts[0] and "老乡们普遍说好" in model.prompts[0]
    assert model.ids[0].startswith("statement@")


def test_a_model_may_only_say_what_stands_in_the_message() -> None:
    model = ScriptedModel(
        [
            reply(
                {"place": "actual", "row": 6, "value": "99%"},
                {"place": "executed", "value": "80万元"},
                {"place": "project_name", "value": "乡镇图书馆"},
            )
        ]
    )
    answer = turn("图书验收合格率98%", model=model)
    assert edits(answer) == {("indicators", 2, "actual"): "98%"}


def test_a_model_makes_no_fact_of_a_question_a_plan_or_last_year() -> None:
    said = "去年满意度88%，如果今年达到99%就好了"
    model = ScriptedModel(
        [reply({"place": "actual", "row": 6, "value": "88%"}, {"place": "actual", "row": 6, "value": "99%"})]
    )
    assert edits(turn(said, model=model)) == {}


def test_the_rules_reading_stands_where_both_read_a_cell() -> None:
    model = ScriptedModel([reply({"place": "actual", "row": 1, "value": "12个"})])
    answer = turn("图书室实际不是12个，是10个", model=model)
    assert edits(answer) == {("indicators", 1, "actual"): "10个"}


@pytest.mark.parametrize(
    "failure", [ModelUnavailableError("模型超时"), {"facts": [{"place": "score"}]}, {"nonsense": 1}]
)
def test_a_failing_model_leaves_the_turn_to_the_rules(failure: Any) -> None:
    answer = turn("村民满意度95%", model=ScriptedModel([failure]))
    assert edits(answer) == {("indicators", 6, "actual"): "95%"}
    assert "按规则" in answer.notice


def test_steps_tell_what_is_missing_one_thing_at_a_time() -> None:
    form = blank_form()
    names = [step.name for step in steps_of(form, check_form(form))]
    assert names == ["基本信息", "资金", "目标", "指标", "完成情况", "偏差", "检查"]
    asked: list[str] = []
    answers = {
        "project_name": "样例项目", "department": "样例局", "unit": "样例科", "year": "2023",
        "budget": "20", "executed": "19",
    }  # fmt: skip
    for _ in range(len(answers)):
        question = next_question(form, check_form(form))
        assert question.asked is not None
        asked.append(question.asked.field)
        filled = [Edit(location=question.asked, new=answers[question.asked.field])]
        if question.asked.field == "budget":
            filled.append(Edit(location=Location(section="funds", row=1, field="initial"), new="20"))
        form = make(form, tuple(filled), profile_for(form))
    assert asked == ["project_name", "department", "unit", "year", "budget", "executed"]
    assert "从哪里来" in next_question(form, check_form(form)).text


def test_rows_keep_their_identity_through_changes() -> None:
    without_second = FORM.model_copy(update={"indicators": FORM.indicators[:1] + FORM.indicators[2:]})
    assert row_map(FORM, without_second) == {1: 1, 3: 2, 4: 3, 5: 4, 6: 5}
    assert row_map(without_second, FORM) == {1: 1, 2: 3, 3: 4, 4: 5, 5: 6}
    renamed = FORM.indicators[0].model_copy(update={"name": "新建农家书屋数量"})
    assert row_map(FORM, FORM.model_copy(update={"indicators": (renamed, *FORM.indicators[1:])}))[1] == 1


def test_new_rows_go_where_their_level_belongs() -> None:
    new = indicator("产出指标", "数量指标", "配备图书册数", "≥6000册", "", "5")
    insert = Edit(operation="insert", location=Location(section="indicators", row=99), indicator=new)
    form = make(FORM, (insert,), profile_for(FORM))
    assert [row.name for row in form.indicators[:3]] == ["新建图书室数量", "配备图书册数", "图书验收合格率"]
    assert make(form, (insert,), profile_for(form)) == form, "the same row twice is one row"
    delete = tuple(
        Edit(operation="delete", location=Location(section="indicators", row=row)) for row in (2, 4)
    )
    assert [row.name for row in make(FORM, delete, profile_for(FORM)).indicators] == [
        "新建图书室数量", "建设按期完成率", "村民借阅便利程度", "村民满意度",
    ]  # fmt: skip
