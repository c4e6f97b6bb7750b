"""Questions that need another one answered first, and one form held against all others."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker
from assistant.asking.planning.in_steps import held_against, picking, the_one


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("得分垫底的那张表设了几个数量指标", ("资产出租出借成本性支出", "共2个")),
        ("预算排第二的项目有几条指标扣了分", ("工业节能减排", "共2条")),
        ("花钱最少的项目有多少个质量指标", ("职教幼教", "共1个")),
        ("数量指标最多的那张表执行率是多少", ("中小企业发展专项资金", "95.81%")),
        ("指标最少的表里预算最大的是哪个", ("“十四五”重点产业规划编制费", "89.7558")),
        ("总分最低的表扣分最多的是哪条指标", ("完成房屋出租征缴任务5.8分",)),
        ("扣分最多的那条指标所在的表执行率多少", ("完成房屋出租征缴任务", "100.00%")),
        ("超支的那个项目为什么超支", ("精简退职老职工", "标准")),
        ("执行率第二低的项目总体目标是什么", ("2021年园区专项资金", "预期目标")),
        ("扣分最多的处室一共有几个指标", ("离退休干部工作处（6分）", "共18个")),
        ("项目最多的处室平均总分多少", ("轻工业行业管理处（6张）", "99.75分")),
        ("预算前三的项目各有几条成本指标", ("“2021年中央无线电频率占用经费”：共3条", "“自治区中小企业发展")),
    ],
)
def test_what_a_superlative_picks_is_asked_on(asker: Asker, question: str, told: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert all(one in answer.answer for one in told)
    assert answer.understood.startswith("先找：")
    assert answer.citations


def test_the_best_beside_the_next(asker: Asker) -> None:
    assert asker.ask("总分最高和第二高差几分").values == ("0.5分", "100.5分", "100分")


def test_rows_that_are_picked_are_not_forms(asker: Asker) -> None:
    assert asker.ask("完成率最高的三个指标的平均分值").answer == "3个指标的分值平均是7分。"


def test_equal_ones_are_asked_back(asker: Asker) -> None:
    answer = asker.ask("得分第二高的那张的总体目标")
    assert not answer.found
    assert len(answer.choices) == 6
    assert asker.ask(answer.choices[0].question).found


def test_a_question_goes_on_with_what_was_picked(asker: Asker) -> None:
    first = asker.turn("执行率最低的项目有多少指标超额完成了")
    assert first.answer.values == ("6个",)
    second = asker.turn("是哪几条", first)
    assert "边境电磁环境测试次数" in second.answer.answer
    third = asker.turn("它的执行率比平均低多少", second)
    assert "少14.02个百分点" in third.answer.answer


def test_it_is_picked_among_what_was_shown(asker: Asker) -> None:
    shown = asker.turn("轻工处有哪些项目")
    turn = asker.turn("其中预算最大的项目有几个数量指标", shown)
    assert turn.forms == (18,)
    assert "共2个" in turn.answer.answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("执行率比园区专项还低的项目有哪些", ("2021年中央无线电频率占用经费", "84.38%")),
        ("预算比战新专项还要多的项目有几个", ("3张",)),
        ("有没有比老职工补助执行率更高的项目", ("没有",)),
        ("质量指标比无线电安全保障那张还多的表有没有", ("没有",)),
        ("哪些项目的总分低于战新专项", ("资产出租出借成本性支出", "94.2分")),
        ("哪张表的数量指标比其他表都多", ("自治区中小企业发展专项资金（本级）", "9个")),
        ("哪个项目的执行率比别的项目都低", ("2021年中央无线电频率占用经费", "84.38%")),
    ],
)
def test_forms_beyond_another(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert answer.values == values


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("招商引资那张表的总分比平均总分高多少", "多1.86分"),
        ("节能处那个专项的总分，跟所有项目的均值相比高出几分", "多1.06分"),
        ("园区的执行率比各项目平均低几个百分点", "少11.1个百分点"),
        ("葡萄酒专项的指标数和平均数比是多还是少", "少2.15个"),
    ],
)
def test_one_form_beside_the_mean(asker: Asker, question: str, told: str) -> None:
    assert told in asker.ask(question).answer


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("规划编制费的执行率从低往高数排第几", ("第3", "95.13%")),
        ("老职工补助的预算在离退休处的项目里排第几", ("第2", "12万")),
        ("园区专项是执行率最低的吗", ("不是", "第2", "87.30%")),
        ("资产出租这张是不是总分最低的", ("是", "第1", "94.2分")),
    ],
)
def test_the_place_of_a_form(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


@pytest.mark.parametrize(
    "question",
    [
        "执行率最低的项目的负责人是谁",
        "总分最低的项目审计意见是什么",
        "扣分最多的那张表是谁审核的",
        "张三负责哪些项目",
        "老刘填的是哪张表",
        "招商引资那张表的总分比全国平均高多少",
        "招商引资的总分在全国排第几",
        "葡萄酒专项的总分比去年高多少",
    ],
)
def test_what_no_form_tells_stays_untold(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize("question", ["总分最低的是哪张表", "预算最多的项目叫什么", "执行率最低的项目是谁"])
def test_the_picked_form_alone_needs_no_second_step(question: str) -> None:
    assert picking(question) is None


def test_only_one_form_is_the_one() -> None:
    assert the_one("超支的那个项目总分多少") is not None
    assert the_one("超支的项目总分多少") is None


def test_a_difference_is_no_condition() -> None:
    assert held_against("园区专项的执行率比葡萄酒低多少", lambda _: None) is None
