"""What is asked first of every project: its indicators, those that missed, their cells and reasons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.records import Record

Test = Callable[[Record], bool]


def _every(_record: Record) -> bool:
    return True


def _missed(record: Record) -> bool:
    return record["met"].text == "否"


def _lost(record: Record) -> bool:
    lost = record["lost"].number
    return lost is not None and lost > 0


def _of_output(record: Record) -> bool:
    return "产出" in record["level1"].text


@pytest.mark.parametrize(
    ("template", "test"),
    [
        ("{}的指标有哪些", _every),
        ("{}都有什么指标", _every),
        ("{}的三级指标都有哪些", _every),
        ("列出{}的全部指标", _every),
        ("{}各项指标完成情况", _every),
        ("{}的指标及目标值、完成值、得分", _every),
        ("列出{}的产出指标", _of_output),
        ("{}的产出指标完成得怎么样", _of_output),
        ("{}没完成的指标和原因", _missed),
        ("{}扣分的指标、扣了几分、原因", _lost),
    ],
)
def test_the_indicators_of_one_form(asker: Asker, template: str, test: Test) -> None:
    for number, own in asker.over(lambda view: view).by_number.items():
        question = template.format(own.record["project_name"].text)
        wanted = {(number, row.row) for row in own.indicators if test(row)}
        assert set(asker.ask(question).table.places) == wanted, question


@pytest.mark.parametrize("question", ["{}有多少张自评表", "{}有几张表", "{}一共有多少个项目"])
def test_forms_counted_are_those_of_the_office(asker: Asker, question: str) -> None:
    assert asker.ask(question.format("轻工业处")).values[0] in ("6张", "6个")
    assert asker.ask(question.format("2021年")).values[0] in ("20张", "20个")


def test_a_reason_is_one_cell_among_others(asker: Asker) -> None:
    answer = asker.ask("边境电磁环境测试的目标值、完成值、得分和偏差原因")
    asked = ("年度指标值", "实际完成值", "得分", "偏差原因分析及改进措施")
    assert tuple(head for head in answer.table.columns if head in asked) == asked


@pytest.mark.parametrize("question", ["哪几个项目指标太少", "哪些表预算太大"])
def test_what_is_too_much_is_not_said_without_a_number(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    "opening",
    [
        "第三方评审问一句：",
        "主任让问一下，",
        "我是区人大代表，想弄清楚一件事：",
        "核一下账：",
        "审计组要数据：",
    ],
)
def test_those_who_ask_are_not_asked_about(asker: Asker, opening: str) -> None:
    question = "轻工业处有几个项目"
    assert asker.ask(opening + question).values == asker.ask(question).values


def test_a_number_inside_of_a_name_counts_nothing(asker: Asker) -> None:
    name = "区属国有破产、改制企业退休职工三项经费"
    assert asker.ask(f"{name}的预算是多少").values == ("46.29万元",)
    apart = asker.ask(f"{name}和自治区葡萄酒产业发展专项资金的预算哪个高，差多少")
    assert "176.21万元" in apart.values


def test_that_not_even_a_stop_differs_is_not_known(asker: Asker) -> None:
    assert asker.ask("实际完成情况照抄预期目标的是哪几张表").found
    assert not asker.ask("实际完成情况照抄预期目标、连标点都没动的是哪几张表").found


def test_when_is_told_by_an_indicator_that_holds_a_date(asker: Asker) -> None:
    rows = asker.over(lambda view: [row for form in view.forms for row in form.indicators])
    dated = [row for row in rows if row["actual_kind"].text == "日期"]
    assert dated
    for row in dated:
        answer = asker.ask(f"{row['project_name'].text}的{row['name'].text}实际是什么时候")
        assert row["actual"].text in answer.values, row
    assert not asker.ask("天山企业家人才培养计划的培训人数是什么时候").found


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("预算够1000万的项目有几个", "预算不低于1000万的项目有几个"),
        ("没花够预算的项目有哪些", "没花完预算的项目有哪些"),
        ("只交了一张表的实施单位有多少个", "只有一个项目的处室有几个"),
        ("分值减得分加起来一共多少分", "一共扣了多少分"),
    ],
)
def test_the_same_in_other_words(asker: Asker, said: str, plainly: str) -> None:
    answer, wanted = asker.ask(said), asker.ask(plainly)
    assert answer.found
    assert (answer.values[0], set(answer.table.places)) == (wanted.values[0], set(wanted.table.places))


def test_sums_are_told_with_the_rate_that_is_listed_after_them(asker: Asker) -> None:
    values = asker.ask("无线电管理局两个项目合起来，预算、执行、总的执行率各是多少").values
    assert values[:3] == ("10270万元", "8773.77万元", "85.43%")


def test_where_most_are_is_the_largest_group(asker: Asker) -> None:
    said, plainly = "没完成的指标主要集中在哪个处室", "没完成的指标最多的是哪个处室"
    assert asker.ask(said).values == asker.ask(plainly).values


def test_what_is_late_is_told_only_of_dates(asker: Asker) -> None:
    assert asker.ask("完成时间晚于目标时间的指标有哪些").values == ("0个",)
