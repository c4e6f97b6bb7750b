"""Several figures asked in one sentence, or set against each other: each that is asked for is told."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker

_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")


def _figures(answer: Answer) -> set[Decimal]:
    return {Decimal(number) for value in answer.values for number in _NUMBER.findall(value)}


def _tells(asker: Asker, question: str, *wanted: str) -> Answer:
    answer = asker.ask(question)
    assert answer.found, answer.answer
    assert {Decimal(number) for number in wanted} <= _figures(answer), (answer.answer, answer.values)
    return answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("节能专项三项成本实际各花了多少，加起来是多少？", ("566", "1110", "1324", "3000")),
        ("出租出借那张表的两项成本各是多少，合起来呢？", ("5", "10")),
        ("园区专项五项成本支出的目标值分别是多少，总共多少", ("6", "9", "5", "20", "960", "1000")),
        ("人事处和招商处的预算各是多少，合计多少？", ("11.27", "20", "31.27")),
        ("无线电管理局和节能处的执行数各是多少，两家合计呢", ("8773.77", "3000", "11773.77")),
        ("离退休处两个项目一共花了多少，各是多少", ("13.014", "240.96", "253.974")),
        ("中博会和APEC技展会实际各组织了多少家企业，两个相加是多少？", ("44", "0")),
        ("园区专项各成本指标的分值分别是多少，共多少分", ("2", "3", "5", "8", "20")),
        ("园区专项的五项成本各省了多少，总共省了多少", ("6", "0.2", "6.2")),
    ],
)
def test_figures_one_by_one_with_their_sum(asker: Asker, question: str, wanted: tuple[str, ...]) -> None:
    _tells(asker, question, *wanted)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("全厅报了几张表，预算多少、执行了多少", ("20", "17451.45304", "15777.49664")),
        ("离退休处一共几张表，预算多少、执行了多少", ("2", "254.2596", "253.974")),
        ("无线电管理局几个项目，预算合计多少、花掉多少", ("2", "10270", "8773.77")),
        ("轻工处预算合计多少、花掉多少", ("323.91764",)),
        ("全部项目预算多少、花了多少", ("17451.45304", "15777.49664")),
    ],
)
def test_a_number_of_forms_with_their_amounts(asker: Asker, question: str, wanted: tuple[str, ...]) -> None:
    _tells(asker, question, *wanted)


def test_amounts_asked_of_each_form_are_not_added_up(asker: Asker) -> None:
    answer = asker.ask("离退休处有几个项目，预算各是多少")
    assert "254.2596万元" not in answer.values
    assert {Decimal(12), Decimal("242.2596")} <= _figures(answer)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("质量指标一共多少条，占全部的百分之几", ("27", "13.3")),
        ("轻工处一共花了多少钱，占全厅的比例是多少", ("323.91764", "2.05")),
        ("执行率100%的项目有几个，占百分之几", ("12", "60")),
        ("遗孀经费在离退休处的执行数里占百分之几", ("240.96", "94.88")),
        ("退休职工三项经费的预算在轻工业行业管理处的全部预算中占多少", ("46.29", "14.29")),
        ("出租出借那10万里，物业管理费占百分之几", ("5", "50")),
        ("节能专项3000万里传统产业节能化技术改造占多少", ("1324", "44.13")),
        ("无线电管理设施购建支出占三项成本的几成", ("8083.77", "69.45")),
        ("园区专项成本指标里现场督导调研占多大比例", ("9", "0.91")),
        ("规划编制费花了多少，占预算几成", ("85.385", "95.13")),
        ("哪些表没花完钱，一共剩多少，占全部预算的百分之几", ("1674.9704", "9.6")),
        ("园区处预算多少，节能处预算多少，两家加起来占全部预算的百分之几", ("1000", "3000", "22.92")),
        ("轻工处六张表里葡萄酒专项占了预算的几成", ("68.69",)),
        ("离退休处两个项目的预算分别占百分之几", ("4.72", "95.28")),
        ("没完成目标的指标有几条，占全部指标的比例多大", ("13", "6.4")),
    ],
)
def test_shares_tell_the_part_and_the_whole(asker: Asker, question: str, wanted: tuple[str, ...]) -> None:
    _tells(asker, question, *wanted)


@pytest.mark.parametrize(
    "question",
    [
        "节能专项2000万里传统产业节能化技术改造占多少",
        "园区专项1000万预算里规划编制补助占多大比例",
        "频占费征缴占总数的几成",
        "节能专项那3000万，三项成本各占百分之几",
        "监测月报两张表各完成几次，一共几次",
        "占总预算一半以上的项目是哪个，占多少",
    ],
)
def test_a_share_of_what_is_not_there_is_refused(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert not answer.found, answer.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("节能专项的三项成本跟控制数比，总共省了多少", ("0",)),
        ("园区专项五项成本总共比目标省了多少", ("6.2",)),
        ("中央频占费的成本一共比控制数少花多少万", ("1496.23",)),
        ("中博会和APEC技展会的参展企业各差目标几家", ("6", "30")),
        ("房屋出租征缴任务跟目标比，到底差多少", ("17.41",)),
        ("自治区无线电两个满意度相差几个点", ("100", "0")),
        ("中博会和APEC两个签约额实际差多少万", ("3200",)),
        ("哪个项目超支了？比预算多花多少？", ("1.014",)),
        ("哪个项目剩的钱最多？比全年预算少花了多少？", ("1496.23",)),
        ("执行率最低的项目是哪个，比预算少花多少万", ("84.38", "1496.23")),
        ("科技质量处跟园区处的预算一样多吗", ("1000", "0")),
        ("中央频占费的预算是自治区无线电的几倍，两个差多少", ("13.88", "8890")),
        ("总分最高和最低的各是哪个，差几分", ("100.5", "94.2", "6.3")),
        ("节能专项预算多少，园区专项预算多少，加起来比中央频占费少多少", ("4000", "5580")),
    ],
)
def test_figures_against_each_other(asker: Asker, question: str, wanted: tuple[str, ...]) -> None:
    _tells(asker, question, *wanted)


def test_how_far_two_things_are_apart_is_not_how_far_one_is_from_its_aim(asker: Asker) -> None:
    answer = asker.ask("节能宣传的人数和天数差多少")
    assert not answer.found, answer.answer


def test_the_nearer_to_its_aim_is_told(asker: Asker) -> None:
    answer = _tells(asker, "园区增加值增速和总产值增速谁更接近目标", "1160", "1186.67")
    assert "更接近目标的是园区增加值增速" in answer.answer
    assert not asker.ask("接近目标的指标有哪些").found


def test_each_of_the_persons_is_no_record(asker: Asker) -> None:
    for question in ("丧葬抚恤金两个人各发了多少", "服务券52家企业各领了多少"):
        assert not asker.ask(question).found
    _tells(asker, "两个无线电项目各花了多少", "690", "8083.77")


def test_offices_are_told_by_their_whole_names(asker: Asker) -> None:
    assert "轻工业行业管理处" in asker.ask("人事处和轻工处谁花的钱多").values[0]


def test_what_grew_is_told_in_per_cent_only(asker: Asker) -> None:
    answer = _tells(asker, "园区工业增加值增速和工业总产值增速各涨了百分之几", "34.8", "35.6")
    assert "70.4%" not in answer.values


def test_an_amount_for_each_is_said_in_both_units(asker: Asker) -> None:
    values = asker.ask("职教幼教那张表，平均每人多少钱").values
    assert values[:2] == ("0.63万元/人", "6334.71元/人")
    _tells(asker, "遗孀经费63人，人均多少万元", "3.82", "38247.62")
    assert not asker.ask("遗孀经费60人，人均多少万元").found
