"""Causes as people tell them: without 因为, before their effect, once for several rows, measures apart."""

from __future__ import annotations

import pytest

from assistant.form.model import Form, FundLine, Indicator
from assistant.understanding.message_facts import read_facts
from assistant.understanding.reading import Cause, Situation

FORM = Form(
    year=2024,
    indicators=(
        Indicator(level2="数量指标", name="改造路口数量", target="≥42个", actual="38个"),
        Indicator(level2="数量指标", name="巡查人次", target="≥3000人次", actual="2600人次"),
        Indicator(level2="时效指标", name="项目完成时间", target="2024年10月底前", actual="2024年12月18日"),
        Indicator(level2="质量指标", name="亮灯率", target="≥98%", actual="95%"),
    ),
)
DEVIATING = Situation(deviating=(1, 2, 3, 4))


def causes(text: str, situation: Situation = DEVIATING) -> list[tuple[int | None, str, str]]:
    return [(one.row, one.cause, one.measure) for one in read_facts(text, FORM, situation).causes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路口少了4个是修地铁围挡进不去", [(1, "修地铁围挡进不去", "")]),
        ("亮灯率没到，是老旧线路雨季跳闸", [(4, "老旧线路雨季跳闸", "")]),
        ("亮灯率不够，有两条老街线路一直没换", [(4, "有两条老街线路一直没换", "")]),
        ("亮灯率没达标：线路老化，雨季跳闸", [(4, "线路老化，雨季跳闸", "")]),
        (
            "台风停工了半个月，所以路口少改了4个，工期也晚了",
            [(1, "台风停工了半个月", ""), (3, "台风停工了半个月", "")],
        ),
        ("400个人次因为疫情居家没来", [(2, "400个人次因疫情居家未参加", "")]),
    ],
)
def test_a_cause_without_its_usual_words(text: str, expected: list[tuple[int | None, str, str]]) -> None:
    assert causes(text) == expected


def test_one_cause_for_several_rows() -> None:
    found = causes("路口没改完和拖到12月是一个原因，中山路修地铁，地铁撤围挡后马上改")
    assert [row for row, _, _ in found] == [1, 3]
    assert all("修地铁" in cause and "撤围挡后马上改" in measure for _, cause, measure in found)


def test_two_causes_in_one_sentence_keep_to_their_rows() -> None:
    found = causes("路口少是因为修地铁，亮灯率是老街线路老化跳闸，已经和供电公司约定明年换线")
    assert [(row, cause) for row, cause, _ in found] == [(1, "修地铁"), (4, "老街线路老化跳闸")]
    assert "供电公司" in found[1][2]


def test_what_led_to_less_spending_is_told_with_it() -> None:
    facts = read_facts(
        "预算190万，尾款要次年一季度考核完才付，所以只付了167.76万", Form(funds=()), Situation()
    )
    assert [(one.row, one.cause) for one in facts.causes] == [(None, "尾款要次年一季度考核完才付")]


def test_a_dictated_measure_waits_for_the_cause_that_was_told() -> None:
    situation = DEVIATING.model_copy(update={"topic": 4})
    facts = read_facts("措施写：每季度巡检线路", FORM, situation)
    assert facts.causes == (Cause(row=4, cause="", measure="每季度巡检线路"),)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("有4个路口管线没迁走，只能明年3月再改", [1]),
        ("路口那批信号机招标流标，明年一季度补上", [1]),
        ("亮灯率低要写原因吗？雨季跳闸太频繁，检修跟不上", [4]),
    ],
)
def test_a_cause_that_nothing_marks(text: str, rows: list[int]) -> None:
    facts = read_facts(text, FORM, DEVIATING)
    assert [one.row for one in facts.causes] == rows
    assert not facts.edits


def test_the_same_cause_once_more_for_another_row() -> None:
    told = Cause(row=1, cause="修地铁围挡", measure="围挡拆除后补改")
    situation = DEVIATING.model_copy(update={"cause": told})
    assert causes("2600人次的原因同上", situation) == [(2, "修地铁围挡", "围挡拆除后补改")]


BOTH = FORM.model_copy(update={"indicators": FORM.indicators[:1] + FORM.indicators[2:3]})
OF_BOTH = Situation(deviating=(1, 2), topic=2)


def told(text: str, form: Form = BOTH, situation: Situation = OF_BOTH) -> list[tuple[int | None, str]]:
    return [(one.row, one.cause) for one in read_facts(text, form, situation).causes]


@pytest.mark.parametrize(
    "text",
    [
        "设计变更停工了两个月，少4个、晚了一个多月都是因为这个",
        "设计变更停工了两个月，路口少和完工晚都是因为这件事",
    ],
)
def test_a_reason_that_is_only_pointed_back_at_is_what_stands_before(text: str) -> None:
    assert told(text) == [(1, "设计变更停工了两个月"), (2, "设计变更停工了两个月")]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("要写的话就写地铁围挡拆得晚", "地铁围挡拆得晚"),
        ("写原因：管线图不准，返工两次", "管线图不准，返工两次"),
        ("原因就写“雨季停工”", "雨季停工"),
    ],
)
def test_a_dictated_reason_is_for_the_row_talked_of_without_the_words_that_dictate(
    text: str, cause: str
) -> None:
    assert told(text) == [(2, cause)]
    assert not read_facts(text, BOTH, OF_BOTH).edits


def test_another_rows_result_behind_a_reason_is_no_part_of_it() -> None:
    row = FORM.indicators[3].model_copy(update={"actual": ""})
    form = BOTH.model_copy(update={"indicators": (*BOTH.indicators, row)})
    facts = read_facts("路口少4个是围挡进不去，亮灯率98.5%", form, OF_BOTH)
    assert [(one.row, one.cause) for one in facts.causes] == [(1, "围挡进不去")]
    assert [(edit.location.row, edit.new) for edit in facts.edits] == [(3, "98.5%")]


def test_a_measure_may_be_the_next_sentence() -> None:
    (one,) = read_facts("路口还剩4个，供货商断货。已经跟厂家约好明年一季度补装", BOTH, OF_BOTH).causes
    assert one.row == 1
    assert "断货" in one.cause
    assert one.measure == "已经跟厂家约好明年一季度补装"


def test_why_money_was_saved_needs_no_figure() -> None:
    funds = (FORM.funds[0] if FORM.funds else FundLine(label="年度资金总额")).model_copy(
        update={"budget": "90", "executed": "84"}
    )
    form = FORM.model_copy(update={"funds": (funds,)})
    (one,) = read_facts("省下的钱是公开招标压下来的", form).causes
    assert (one.row, one.cause) == (None, "公开招标压下来的")
