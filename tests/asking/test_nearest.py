"""What is offered where a question was not understood."""

from __future__ import annotations

from assistant.asking.asker import Asker


def test_the_cells_of_what_was_named_are_offered(asker: Asker) -> None:
    refused = asker.ask("边境电磁环境测试多跑出来的几趟算谁的功劳")
    assert not refused.found
    offered = [choice for choice in refused.choices if "的目标值、完成值、得分和偏差原因" in choice.label]
    assert offered
    for choice in offered:
        answer = asker.ask(choice.question)
        assert answer.found
        assert {"年度指标值", "实际完成值", "得分"} <= set(answer.table.columns)


def test_a_form_that_was_named_is_offered_by_its_name(asker: Asker) -> None:
    refused = asker.ask("天山企业家人才培养计划搞得热闹不热闹")
    assert not refused.found
    labels = {choice.label: choice.question for choice in refused.choices}
    question = labels["天山企业家人才培养计划的全年预算数、全年执行数、执行率和总分"]
    assert asker.ask(question).values[0] == "11.27万元"


def test_a_sentence_with_a_hole_is_shown_as_it_was_understood(asker: Asker) -> None:
    refused = asker.ask("总分不到98分的项目给我整个exceltable")
    assert not refused.found
    assert [choice.label for choice in refused.choices][:1] == ["全部自评表，总分小于98分"]


def test_every_offer_has_an_answer(asker: Asker) -> None:
    for question in ("园区专项的干部培训到底值不值", "哪几个项目指标太少", "人事处那笔钱花得冤不冤枉"):
        for choice in asker.ask(question).choices:
            assert asker.ask(choice.question).found, choice
