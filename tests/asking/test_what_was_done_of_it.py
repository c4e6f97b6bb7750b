"""An aim told as known, a number that tells which row is meant, and what no form holds of a named thing."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "row", "value"),
    [
        ("说好签3000万，中博会到底签了多少？", (19, 13), "3200万元"),
        ("中博会说好要组织50家企业去，到底去了几家？", (19, 2), "44家"),
        ("原定补助24人，六十年代精简退职那张到底发了几个人？", (3, 1), "20"),
    ],
)
def test_what_was_done_is_asked_where_the_aim_is_told(
    asker: Asker, question: str, row: tuple[int, int], value: str
) -> None:
    answer = asker.ask(question)
    assert answer.table.places == (row,), answer.answer
    assert value in answer.values


def test_the_aim_is_still_told_where_it_is_asked(asker: Asker) -> None:
    assert asker.ask("中博会说好要组织几家企业去？").values == ("≥50家",)


@pytest.mark.parametrize(
    "question",
    ["职教幼教那张比医院退休人员待遇补差那张少几个人？", "医院退休人员待遇补差比职教幼教多几个人？"],
)
def test_persons_are_set_against_persons(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert {"39人", "11人", "28人"} <= set(answer.values)
    assert set(answer.table.places) == {(14, 1), (16, 1)}


@pytest.mark.parametrize(
    "question",
    [
        "天山企业家计划比葡萄酒专项多培训多少人？",
        "园区专项资金比招商引资少办几场？",
        "媒体对葡萄酒产业发展专项资金的评价高吗？",
        "政协委员对规划编制费是怎么评价的？",
        "战新专项的口碑怎么样？",
        "三项经费那张表里的退休职工平均多大年纪？",
        "医院退休人员都几岁了？",
        "职教幼教退休教师平均工龄几年？",
    ],
)
def test_what_no_row_holds_is_not_answered_by_another_figure(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert not answer.found, answer.answer


@pytest.mark.parametrize(
    ("question", "row", "says"),
    [
        ("无线电专项监管支出没到数，是什么原因？", (20, 12), "没有按计划完成"),
        ("无线电设施购建支出没达数，为什么？", (20, 10), "尾款"),
        ("工业绿色发展行动那项工作经费超了吗？", (8, 8), "566万元"),
        ("园区综合发展水平评估费超了没？", (7, 10), "没有"),
    ],
)
def test_short_of_the_number_or_beyond_it(
    asker: Asker, question: str, row: tuple[int, int], says: str
) -> None:
    answer = asker.ask(question)
    assert answer.table.places == (row,), answer.answer
    assert says in answer.answer
