"""One cell, one explanation or one source of money, asked in everyday words; what the forms do not hold."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


def _rows(asker: Asker, question: str) -> set[tuple[int, int]]:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    return set(answer.table.places)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("中博会企业数量实际是不是比目标还要少", ("是", "≥50家", "44家")),
        ("无线电技术培训的期数比目标多了没有", ("是", "≧5期", "18期")),
        ("园区公共服务平台租赁实际有没有比目标多", ("没有", "≤5万元", "5万元")),
        ("出租房屋征缴是不是连一半都没完成", ("是", "30", "12.59")),
        ("中博会是不是一家企业都没参加", ("没有", "44家")),
        ("APEC技展会一家企业都没去吗", ("是", "0家")),
        ("园区干部培训是不是一次都没办", ("没有", "4次")),
        ("干部培训是不是一分钱没花", ("是", "≤6万元", "0万元")),
    ],
)
def test_whether_one_cell_is_so(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_less_than_the_target_is_not_what_spent_too_much(asker: Asker) -> None:
    assert (8, 8) not in _rows(asker, "哪些指标实际比目标还要低")


@pytest.mark.parametrize(
    ("question", "written", "row"),
    [
        ("第十七届中博会企业数量没达标，偏差原因写没写", "没有", (19, 2)),
        ("20号表完成频占费征缴任务的偏差原因填了没有", "是", (20, 13)),
        ("房屋出租征缴任务的改进措施填了没有", "没有", (10, 7)),
        ("葡萄酒专项的组织参展次数写没写偏差原因", "没有", (18, 1)),
    ],
)
def test_whether_an_explanation_is_written(
    asker: Asker, question: str, written: str, row: tuple[int, int]
) -> None:
    answer = asker.ask(question)
    assert answer.values == (written,)
    assert answer.table.places == (row,)


def test_what_an_explanation_says_is_still_quoted(asker: Asker) -> None:
    assert "还没有举办" in asker.ask("APEC技展会企业数量的偏差原因写的什么").answer


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("写培训次数这个原因的还有哪几条", {(9, 3), (20, 5)}),
        ("干扰申诉处理率这个指标大家都定多少、做到多少", {(9, 5), (20, 6)}),
        ("我想设培训按期完成率，哪些表有这个指标，别人定多少、完成多少", {(2, 6), (7, 6), (9, 8), (11, 7)}),
        ("叫“及时率”的指标，各家目标是多少、完成多少", {(3, 3), (12, 3)}),
        ("有没有哪家设过重大活动非法信号处理率，定多少", {(9, 7), (20, 8)}),
    ],
)
def test_precedents(asker: Asker, question: str, rows: set[tuple[int, int]]) -> None:
    assert _rows(asker, question) == rows


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("谁家有上年结转", {"30万元"}),
        ("离休干部遗孀项目结转了多少钱", {"30万元"}),
        ("用到其他资金的是哪些表，各用了多少", {"54.2万元", "85.385万元"}),
        ("用到其他资金的是哪些表，预算一共多少", {"144.0558万元"}),
        ("谁家的钱里有其他资金", {"54.3万元", "89.7558万元"}),
    ],
)
def test_sources_of_money(asker: Asker, question: str, values: set[str]) -> None:
    assert values <= set(asker.ask(question).values)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("资产出租那10万具体花到哪儿了，分别多少", {(10, 5), (10, 6)}),
        ("中央频占费的支出分几块，各多少", {(20, 10), (20, 11), (20, 12)}),
        ("节能处的支出构成", {(8, 8), (8, 9), (8, 10)}),
        ("园区专项1000万预算分别用于哪些方面", {(7, row) for row in range(7, 12)}),
    ],
)
def test_what_the_money_was_spent_on(asker: Asker, question: str, rows: set[tuple[int, int]]) -> None:
    assert _rows(asker, question) == rows


@pytest.mark.parametrize(
    "question",
    [
        "葡萄酒专项的钱花在哪些方面",
        "节能专项2000万用到哪些地方去了",
        "园区专项没花完的钱花到哪里去了",
        "参加中博会的企业名单有没有",
        "创客大赛的团队名单给一份",
        "葡萄酒品牌是哪12个",
        "财政部门对园区专项提过什么意见",
        "审计组给无线电专项作过哪些结论，落实了没有",
    ],
)
def test_what_no_form_holds(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("出租房屋征缴到多少钱", {(10, 7)}),
        ("房屋出租收上来多少钱", {(10, 7)}),
        ("人均培训费卡在多少钱以内", {(4, 4)}),
        ("服务券发给了多少家企业", {(19, 7)}),
        ("工业绿色发展行动相关工作经费超了多少", {(8, 8)}),
        ("园区综合发展水平评估费节约了多少", {(7, 10)}),
    ],
)
def test_a_row_named_in_everyday_words(asker: Asker, question: str, rows: set[tuple[int, int]]) -> None:
    assert _rows(asker, question) == rows


@pytest.mark.parametrize("question", ["车辆出租收上来多少钱", "食堂维护成本多少", "网络安全培训办了几期"])
def test_a_common_word_names_no_row(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("question", "row", "says"),
    [
        ("战新专项拨款没到位是哪些地方的问题", (1, 3), ("乌鲁木齐", "疏勒")),
        ("战新项目资金拨付不及时，涉及哪几个地方", (1, 3), ("阜康", "和静")),
        ("皮革公司退休职工没领到采暖费的，去世的几个，联系不上的几个", (15, 1), ("14人", "28人")),
        ("三项经费那张表里写采暖费发了多少人、多少万", (15, 0), ("474人", "40.91万")),
        ("六十年代精简退职那个，联系不上的有几个人", (3, 1), ("3人联系不上",)),
        ("中小企业专项的采购节约了多少钱", (19, 12), ("7.94万元",)),
        ("招商处洽谈的项目数和最终签订的项目数各多少", (5, 4), ("20个", "5个")),
    ],
)
def test_a_detail_that_only_prose_tells(
    asker: Asker, question: str, row: tuple[int, int], says: tuple[str, ...]
) -> None:
    answer = asker.ask(question)
    assert answer.table.places == (row,), answer.answer
    assert all(one in answer.answer for one in says)


def test_a_number_that_is_said_tells_which_row_is_meant(asker: Asker) -> None:
    answer = asker.ask("皮革公司退休职工那张表，说好给474人发采暖费，差了多少人没发到")
    assert "42人" in answer.values
    assert answer.table.places == ((15, 1),)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("法律意见提供次数超没超目标", ("是", "=10次", "15次")),
        ("中博会企业数量完没完成目标", ("没有", "≥50家", "44家")),
        ("园区干部培训次数够不够目标", ("是", "4次", "4次")),
        ("葡萄酒专项预算花没花完", ("是", "222.5万", "222.5万")),
    ],
)
def test_a_verb_with_and_without_its_negation(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_a_word_that_only_prose_says_is_not_any_training(asker: Asker) -> None:
    assert _rows(asker, "云课堂培训办了几期") == {(5, 8)}
