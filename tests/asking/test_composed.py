"""Questions with several figures, with details that only prose tells, and that leave aside what was shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.aggregates import MixedUnitsError
from assistant.asking.records.combine import combined
from assistant.asking.records.execute import run
from assistant.asking.records.fields import Sort
from assistant.asking.records.frame import Rows, rows_of
from assistant.asking.records.query import Query, Step
from assistant.asking.records.records import Cell, Record

AMOUNT, OTHER, COUNT = (
    Cell("", Decimal(12), "万元"),
    Cell("", Decimal(30000), "元"),
    Cell("", Decimal(4), "家"),
)


@pytest.mark.parametrize(
    ("step", "number", "unit"),
    [
        (Step(op="sum", of=(0, 1)), 15, "万元"),
        (Step(op="difference", of=(0, 1)), 9, "万元"),
        (Step(op="same", of=(1, 0)), -90000, "元"),
        (Step(op="quotient", of=(0, 1)), 4, "倍"),
        (Step(op="share", of=(1, 0)), 25, "%"),
        (Step(op="difference", of=(0,), number=Decimal(10), unit="万元"), 2, "万元"),
    ],
)
def test_a_step_computes_in_the_unit_of_its_first_figure(step: Step, number: int, unit: str) -> None:
    assert combined([step], [AMOUNT, OTHER])[2] == Cell("", Decimal(number), unit)


def test_a_step_goes_on_with_the_result_of_another() -> None:
    steps = [Step(op="sum", of=(0, 1)), Step(op="share", of=(0, 2))]
    assert combined(steps, [AMOUNT, OTHER])[3].number == Decimal(80)


def test_figures_that_do_not_compare_are_not_computed_with() -> None:
    with pytest.raises(MixedUnitsError):
        combined([Step(op="sum", of=(0, 1))], [AMOUNT, COUNT])
    assert combined([Step(op="share", of=(0, 1))], [AMOUNT, Cell("", Decimal(0), "万元")])[2] == Cell()


def test_rows_of_one_form_that_read_alike() -> None:
    texts = [(1, "等待验收"), (1, "等待 验收"), (1, "政策调整"), (2, "等待验收"), (3, "政策调整")]
    records = [
        Record("indicators", form, at, {"explanation": Cell(text)})
        for at, (form, text) in enumerate(texts, 1)
    ]

    def rows(of: Sort) -> Rows:
        return rows_of(of, records)

    found = run(Query(of="indicators", alike="explanation"), rows).records
    assert [(record.form, record.row) for record in found] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("question", "values", "arithmetic"),
    [
        ("战新专项的预算加上葡萄酒项目的预算是多少", {"1222.5万元"}, ""),
        ("节能专项的全年执行数比葡萄酒项目和园区专项加起来多多少", {"1904.5万元"}, ""),
        ("遗孀经费里财政拨款的执行数比预算数多了多少", {"28.7004万元"}, "240.96万元 − 212.2596万元"),
        ("遗孀经费的上年结转占全年预算的比例是多少", {"12.38%"}, "30万元 ÷ 242.2596万元"),
        ("中央频占费的执行数比其他项目的执行数加起来多多少", {"390.04336万元"}, ""),
        ("园区专项的总分比其他项目的平均分高多少", {"0.1分"}, ""),
        ("轻工处的执行数合计比离退休处多多少", {"69.94364万元"}, ""),
        ("遗孀经费的执行数等于财政拨款加上年结转吗", {"240.96万元", "0万元"}, ""),
        ("轻工处预算最大的项目是哪个，占轻工处总预算多少", {"68.69%"}, ""),
        ("葡萄酒项目的全年执行数比200万元多多少", {"22.5万元"}, "222.5万元 − 200万元"),
        ("园区专项成本指标的实际值合计跟993.8万元对得上吗", {"993.8万元", "0万元"}, ""),
        ("所有项目没花完的钱一共多少，其中中央频占费占几成", {"89.33%"}, ""),
        ("轻工处平均预算多少，离退休处平均多少，哪个高", {"53.99万元", "127.13万元"}, ""),
        ("没扣分的项目比扣了分的项目多几个", {"6张", "12张"}, ""),
        ("自治区无线电和中央频占费的频占费征缴任务各完成了多少，差多少", {"9.78万元"}, ""),
    ],
)
def test_figures_are_set_against_each_other(
    asker: Asker, question: str, values: set[str], arithmetic: str
) -> None:
    answer = asker.ask(question)
    told = {value.lstrip("-") for value in answer.values}
    assert values <= told, (answer.answer, answer.values)
    assert any(arithmetic in line for line in answer.arithmetic)
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "园区专项的执行数比审计核减数多多少",
        "葡萄酒项目的预算比外省同类项目多多少",
        "无线电培训18期一共花了多少钱",
        "中小企业服务券52家企业各领了多少",
        "园区专项比上一年多花了多少",
        "节能专项四条成本指标的实际值合计是多少",
        "规划编制费没花完的钱去哪了",
        "葡萄酒项目的执行数是园区专项的几分之几，按审计数算",
    ],
)
def test_what_a_composition_cannot_hold_is_refused(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert not answer.found, answer.answer


@pytest.mark.parametrize(
    ("question", "says", "not_said"),
    [
        ("战新项目资金拨付及时率那条，说是哪几个地方没把钱拨下去", "疏勒县", "改进措施"),
        ("招商引资和企业谈了多少个项目，最后签了几个", "洽谈项目20个，最终签订项目5个", "丝博会"),
        ("专精特新企业培育了多少家，工业和推进工作那张表", "171家", "巩固了脱贫成果"),
        ("十四五规划编制都涉及哪些行业", "煤化工", "按期完成"),
        ("中小企业那张表，政府采购省了多少", "节约7.94万元", "APEC"),
    ],
)
def test_the_sentence_that_tells_it_is_quoted(asker: Asker, question: str, says: str, not_said: str) -> None:
    answer = asker.ask(question)
    assert says in answer.answer
    assert not_said not in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "招商引资签约率多少",
        "园区专项有多少家企业入驻",
        "无线电安全保障培训了多少人",
        "葡萄酒项目请了哪些专家",
        "节能专项关停了几家企业",
    ],
)
def test_a_detail_that_no_sentence_tells_is_not_made_up(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert not answer.found, answer.answer


@pytest.mark.parametrize(
    ("turns", "says", "not_said"),
    [
        (("总分最低的项目是哪个", "除了它，还有哪些项目总分低于97分"), "共2张", "资产出租"),
        (("中博会参展企业数扣了几分", "同一张表里除了这条，还有哪几条也扣了分"), "技展会", "中博会企业数量"),
        (("上年结转资金有多少，是哪个项目", "占它全年预算的百分之几"), "12.38%", "没有读懂"),
        (("园区专项执行数是多少", "比葡萄酒的多多少"), "650.5万元", "没有读懂"),
        (("规划评审合格率的目标和实际各是多少", "超了多少"), "比目标多5个百分点", "预算"),
        (("产出指标的平均得分率是多少", "效益指标呢"), "96.26%", "引导社会投资"),
    ],
)
def test_what_follows_computes_with_what_was_shown(
    asker: Asker, turns: tuple[str, str], says: str, not_said: str
) -> None:
    answer = asker.turn(turns[1], asker.turn(turns[0])).answer
    assert says in answer.answer
    assert not_said not in answer.answer


def test_last_year_is_the_only_one_that_the_library_holds(asker: Asker) -> None:
    answer = asker.ask("去年总分最低的是哪个项目")
    assert "94.2" in answer.answer
    assert "“去年”按库中唯一的2021年理解" in answer.understood
    for compared in ("今年的预算比去年多多少", "去年和今年的执行数差多少"):
        assert not asker.ask(compared).found


def test_what_is_called_a_form_is_one_and_its_row_stands_beside(asker: Asker) -> None:
    answer = asker.ask("三项经费那张表的采暖费指标，目标多少，实际多少")
    assert {form for form, _ in answer.table.places} == {15}
    assert "474" in answer.answer


def test_several_things_before_the_whole_are_a_part_of_it_together(asker: Asker) -> None:
    assert asker.ask("葡萄酒和园区两个专项的预算合计占全部预算的百分之几").values == (
        "7.01%",
        "1222.5万元",
        "17451.45304万元",
    )


def test_a_verb_of_comparison_states_a_condition_and_ranks_nothing(asker: Asker) -> None:
    answer = asker.ask("哪个项目执行数比预算多")
    assert {form for form, _ in answer.table.places} == {3}


def test_the_same_explanation_in_two_rows(asker: Asker) -> None:
    answer = asker.ask("哪些表把同一段原因写到了两行里")
    assert {form for form, _ in answer.table.places} == {8, 19}


def test_a_composed_question_can_be_asked_again_as_it_was_understood(asker: Asker) -> None:
    first = asker.turn("战新专项的预算加上葡萄酒项目的预算是多少")
    again = asker.rerun(first.question, first.queries, first.understood.meaning.labels)
    assert again.answer.values == first.answer.values
