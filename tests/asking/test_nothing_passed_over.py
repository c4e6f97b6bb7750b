"""Questions with a preamble, a wish or a verb of their own: all is understood, or the answer is refused."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        ("轻工处的总分平均多少，精确到小数点后两位", "轻工处的总分平均多少"),
        ("所有项目执行率平均多少，四舍五入保留1位小数", "所有项目执行率平均多少"),
        ("数量指标完成值比目标值高的有几条", "数量指标完成值超过目标值的有几条"),
        ("无线电管理局名下两个项目，哪个总分高", "无线电管理局的两个项目，哪个总分高"),
        (
            "中小企业发展专项资金扣掉的5分主要扣在哪些指标上",
            "中小企业发展专项资金被扣分的指标有哪些，各扣多少分",
        ),
    ],
)
def test_what_is_said_of_the_answer_alone_changes_nothing(asker: Asker, asked: str, plainly: str) -> None:
    answer = asker.ask(asked)
    assert answer.found
    assert set(asker.ask(plainly).values) <= set(answer.values)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("人事处的企业家培养计划的预算在全部表里排第几名", ("第17", "11.27万元")),
        ("所有项目按预算排名，园区专项资金第几名", ("第4", "1000万元")),
        ("六十年代精简退职补助的预算从少到多排第几位", ("第5", "12万")),
    ],
)
def test_the_place_of_one_form_among_all(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


def test_forms_with_the_same_figure_share_a_place(asker: Asker) -> None:
    places = {asker.ask(f"{name}的执行率排第几").values[0] for name in ("葡萄酒项目", "招商引资经费")}
    assert places == {"第2"}


def test_the_last_rows_of_a_sentence_are_of_the_kind_asked(asker: Asker) -> None:
    lost = asker.ask("中小企业发展专项资金的指标扣了几分，是哪几条")
    assert lost.found
    assert "0分" not in lost.values
    assert len(lost.table.rows) == 3


def test_the_part_that_an_indicator_has_of_the_money_of_its_form(asker: Asker) -> None:
    answer = asker.ask("无线电管理设施购建支出完成值占全年执行数的比重")
    assert answer.values == ("69.45%", "5614.58万元", "8083.77万元")
    assert "一致" not in answer.answer


def test_a_difference_of_shares_is_told_in_points(asker: Asker) -> None:
    assert "多12.7个百分点" in asker.ask("葡萄酒和园区专项的执行率差多少").answer


def test_amounts_of_a_source_are_told_with_the_projects(asker: Asker) -> None:
    answer = asker.ask("哪些项目有其他资金，各是多少")
    assert len(answer.table.rows) == 2
    assert "85.385万元" in answer.answer


def test_what_is_left_aside_is_left_aside_of_prose_too(asker: Asker) -> None:
    first = asker.turn("偏差原因提到疫情的项目有哪些")
    rest = asker.turn("把无线电管理局的去掉，还剩哪些", first)
    assert rest.answer.found
    assert set(rest.forms) < set(first.forms)


def test_the_other_end_of_a_ranking_in_the_same_sentence(asker: Asker) -> None:
    both = asker.ask("总分最高的是哪个，最低的又是哪个？把分数一并列出来").values
    assert "没有回答" not in asker.ask("总分最高的是哪个，最低的又是哪个？把分数一并列出来").answer
    assert {"100.5分", "94.2分"} <= set(both)


@pytest.mark.parametrize(
    "question",
    [
        "文化厅的项目预算一共多少",
        "自治区水利厅的总分是多少",
        "皮革公司退休职工三项经费的执行率从低到高排第几",
        "预算减少的项目有哪些",
    ],
)
def test_what_no_record_holds_or_no_query_says_is_refused(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


def test_another_than_the_one_just_told_is_not_the_same_again(asker: Asker) -> None:
    told = asker.turn("工业绿色发展行动相关工作经费超了多少")
    assert not asker.turn("另外一条成本指标超了多少", told).answer.found


def test_points_told_as_lost_are_of_the_form_just_spoken_of(asker: Asker) -> None:
    total = asker.turn("战略性新兴产业专项总分是多少")
    lost = asker.turn("丢掉的5分丢在哪些指标上", total)
    assert lost.forms == total.forms
    assert "5分" in lost.answer.answer


@pytest.mark.parametrize("all_of_it", ["全局", "全县", "全省", "全校", "全系统", "所有项目"])
@pytest.mark.parametrize(
    "question",
    [
        "{}一共花了多少钱",
        "{}平均总分是多少",
        "园区专项资金的预算占{}预算的百分之几",
        "比{}平均执行率低的项目有哪些",
    ],
)
def test_whatever_the_authority_all_of_it_is_meant(asker: Asker, question: str, all_of_it: str) -> None:
    answer, same = asker.ask(question.format(all_of_it)), asker.ask(question.format("全厅"))
    assert answer.found
    assert (answer.values, answer.table) == (same.values, same.table)


def test_a_short_word_of_an_explanation_picks_no_forms(asker: Asker) -> None:
    assert "精细" in "".join(
        row["explanation"].text for form in asker.over(lambda v: v.forms) for row in form.indicators
    )
    assert not asker.ask("精细项目里预算调增的有几个").found
