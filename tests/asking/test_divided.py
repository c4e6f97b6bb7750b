"""Amounts for each of what a row counts, and sets of records beside each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.combine import combined
from assistant.asking.records.query import Step
from assistant.asking.records.records import Cell


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("老职工生活补助项目平均每人发了多少钱", "0.65万元/人"),
        ("离休干部遗孀项目的预算，人均是多少", "3.85万元/人"),
        ("丧葬费和抚恤金资金每人平均几万", "7.43万元/人"),
        ("规划编制费每篇平均多少钱", "12.2万元/篇"),
        ("纺织服装人才培训平均每家企业花了多少钱", "1.81万元/家"),
        ("三项经费那个退休职工项目，摊到每个人头上多少钱", "0.11万元/人"),
        ("天山企业家每位学员平均花了多少", "0.13万元/人"),
    ],
)
def test_an_amount_for_each(asker: Asker, question: str, value: str) -> None:
    answer = asker.ask(question)
    assert answer.values[0] == value
    assert len(answer.citations) == 2


def test_small_amounts_are_said_in_yuan_too(asker: Asker) -> None:
    assert "0.65万元（6507元）" in asker.ask("老职工补助人均多少钱").answer


def test_the_row_that_counts_is_asked_back(asker: Asker) -> None:
    answer = asker.ask("节能减排专项平均每家多少钱")
    assert not answer.found
    assert [asker.ask(choice.question).values[0] for choice in answer.choices] == ["37.5万元/家", "25万元/家"]


def test_the_form_shown_last_is_meant(asker: Asker) -> None:
    turn = asker.turn("老职工补助项目实际发了多少人")
    assert asker.ask("人均多少钱", turn).values[0] == "0.65万元/人"


@pytest.mark.parametrize(
    "question",
    [
        "园区专项人均多少钱",
        "工业节能减排专项平均每吨煤花了多少钱",
        "自治区无线电平均每期培训花多少",
        "节能减排专项平均每家企业多少钱",
        "8号表第3行，人均多少钱",
        "六十年代老职工每人每月补助标准是多少钱",
        "离退休处人均工资多少",
    ],
)
def test_no_row_counts_so(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


def test_a_row_that_is_called_so_is_the_answer(asker: Asker) -> None:
    assert "实际完成值≦1833" in asker.ask("人均培训费用是多少").answer


@pytest.mark.parametrize(
    ("amount", "count", "result"),
    [
        (Cell("", Decimal(12), "万元"), Cell("", Decimal(4), "人"), Cell("", Decimal(3), "万元/人")),
        (Cell("", Decimal(12), "万元"), Cell("", Decimal(0), "人"), Cell()),
        (Cell(), Cell("", Decimal(4), "人"), Cell()),
    ],
)
def test_a_step_divides_by_what_is_counted(amount: Cell, count: Cell, result: Cell) -> None:
    assert combined([Step(op="per", of=(0, 1), unit="人")], [amount, count])[2] == result


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("有成本指标的表和没有成本指标的表平均总分差多少", ("98.53分", "99.5分")),
        ("有生态效益指标的表和没有的，平均总分差多少", ("99.7分", "98.58分")),
        ("产出指标和效益指标哪个扣分多", ("15.3分", "7.1分")),
        ("满分的表平均有几个指标，没满分的呢", ("8.5个", "10.25个")),
        ("预算100万以上的项目平均指标数比100万以下的多几个", ("12.56个", "8.18个")),
        ("执行率低于95%的项目和95%以上的项目平均总分谁高", ("98.73分", "98.63分")),
        ("有经济效益指标的表比没有的平均多几个指标", ("12.43个", "8.92个")),
        ("质量指标比数量指标的平均分值高多少", ("8.42分", "7.52分")),
        ("定量指标和定性指标哪种扣分多", ("22.4分", "0分")),
    ],
)
def test_two_sets_by_one_figure(asker: Asker, question: str, values: tuple[str, str]) -> None:
    assert asker.ask(question).values[1:3] == values


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("成本指标扣了分的表占有成本指标的表的比例是多少", ("16.67%", "3张", "18张")),
        ("有扣分指标的表占全部表的比例", ("45%", "9张", "20张")),
        ("被扣分的数量指标占被扣分指标的几成", ("40%", "6个", "15个")),
        ("执行率不到100%的项目占全部项目的多大比例", ("35%", "7张", "20张")),
    ],
)
def test_one_set_as_a_part_of_another(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_kinds_within_the_form_that_was_shown(asker: Asker) -> None:
    turn = asker.turn("资产出租那张总分多少")
    assert asker.ask("它的产出指标和效益指标哪个扣分多", turn).values == (
        "效益指标",
        "5.8分",
        "产出指标",
        "0分",
    )


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("三个专项经费分别花了多少", ("3000万元", "690万", "327.95万元")),
        ("四个专项资金一共花了多少", ("3139.8万元",)),
        ("频占费征缴任务，中央那笔和自治区那笔各收了多少", ("896.65万元", "906.43万")),
        ("频占费征缴，自治区那张比中央那张少收多少", ("-9.78万元", "896.65万元", "906.43万元")),
    ],
)
def test_projects_by_a_part_of_their_names(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_a_joint_amount_is_of_none_of_its_things(asker: Asker) -> None:
    assert "合起来填" in asker.ask("园区的规划编制补助花了多少").answer
    assert asker.ask("规划编制补助和园区安全生产基础设施补助费实际多少").values == ("960万元",)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("有没有项目既有财政拨款又有结转资金", ("有", "1张")),
        ("只靠其他资金的项目有几个", ("2张",)),
        ("财政拨款和其他资金哪个多", ("财政拨款", "7666.12724万元", "144.0558万元", "7522.07144万元")),
        (
            "频占费征缴完成率，中央那笔和自治区那笔谁高",
            ("自治区无线电安全保障及事业发展专项经费", "95.63%", "91.28%", "4.35个百分点"),
        ),
        ("预算和执行数一样的项目占几成", ("60%", "12张", "20张")),
    ],
)
def test_sources_of_money(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_each_of_several_persons_is_told_nowhere(asker: Asker) -> None:
    assert not asker.ask("丧葬抚恤金两个人各发了多少").found


def test_a_share_of_a_sum_of_what_only_conditions_name(asker: Asker) -> None:
    """No field is named but those that the conditions compare, one of them with a number."""
    answer = asker.ask("园区成本指标五条目标值合计里，干部培训那一条占比是多少")
    assert not answer.found or "0.6" in answer.answer


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("质量指标条数在全部指标里占几成", "指标数占比"),
        ("满分的指标在所有指标当中占多大比例", "指标数占比"),
    ],
)
def test_all_measures_are_the_whole_of_a_share(asker: Asker, question: str, share: str) -> None:
    answer = asker.ask(question)
    assert answer.found
    assert share in answer.understood
    assert answer.values != ("100%",)


def test_names_of_those_counted_are_in_no_form(asker: Asker) -> None:
    assert not asker.ask("参加中博会的那44家单位，把名单给我").found


def test_both_of_the_last_answer(asker: Asker) -> None:
    last = asker.turn("哪两个项目执行率最低")
    assert "98.73分" in asker.ask("它俩的总分呢，分别多少", last).values
