"""What is printed held against what the rule gives: in whatever order it is said, of one form and of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.asking.answering.answer import Answer
from assistant.asking.asker import Asker
from assistant.library import Library
from tests.asking import with_mistakes
from vectorstore.index import IndicatorIndex


@pytest.fixture(scope="module")
def checking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('held')}/l.sqlite", IndicatorIndex())
    opened.add_forms(with_mistakes.forms())
    yield Asker(opened)
    opened.close()


def _numbers(answer: Answer) -> set[Decimal]:
    return {Decimal(one) for value in answer.values for one in re.findall("[0-9]+(?:[.][0-9]+)?", value)}


@pytest.mark.parametrize(
    ("question", "forms", "figures"),
    [
        ("哪些表的执行得分算出来和表上写的不是一回事？", {2}, ""),
        ("执行得分没按执行率给的是哪张表", {2}, ""),
        ("按公式重新算一遍，执行得分跟印的有出入的表是哪张？", {2}, "7.5 8"),
        ("执行率这一项照执行数÷预算数重算得分（最多10分），和填的对不上的有哪些表", {2}, ""),
        ("灌溉科的表里，执行得分填得跟规则不一致的是哪张？填了几分，应该几分？", {2}, "7.5 8"),
        ("执行得分少给了的是哪张表？少给了多少？", {2}, "0.5"),
        ("执行得分印的比应得的少的表有哪些？少了多少？", {2}, "0.5"),
        ("谁家的执行得分对不上号", {2}, ""),
        ("执行率低于85%但执行得分没算对的表有吗", {2}, ""),
        ("执行率打印得跟实际不符的表有没有？正确的应该是多少", {5}, "102.5"),
        ("表上写的执行率与执行数除以预算数的结果不吻合的项目", {5}, ""),
        ("总分和各项得分加不起来的表有没有", {3}, "99 93"),
        ("哪张表总分比各项得分加起来的多？多多少", {3}, "6"),
        ("哪张表的总分虚高？虚高几分？", {3}, "6"),
        ("重新算一遍总分，跟填的不一致的表有哪些，各差多少分？", {3}, "6"),
        ("执行得分没算错的表有哪些", {1, 3, 4, 5}, ""),
        ("总分跟各项得分加起来对得上的表有哪些", {1, 2, 4, 5}, ""),
        ("印的合计是100、实际分值加起来不是100的是哪张表？", {3}, ""),
        ("总分不等于执行得分加各指标得分之和的是哪张表", {3}, "99 93"),
        ("各指标得分加上执行得分合起来，跟填的总分对不上的表有哪些？", {3}, "99 93"),
        ("填的总分跟各项得分之和差6分的是哪张表？", {3}, ""),
        ("总分与各项得分合计相差5分以上的有哪些表", {3}, ""),
        ("执行得分填的和按公式算的差0.4分以上的是哪张表", {2}, ""),
        ("印的执行率跟重新算的相差超过2个百分点的有哪些？", {5}, ""),
        ("各项分值连同执行率那10分加起来，哪张表不是100分？到底是多少", {3}, "105"),
        ("哪张表分值合计超过100分（算上执行率的10分），实际加出来几分？", {3}, "105"),
    ],
)
def test_the_forms_whose_figures_differ(
    checking: Asker, question: str, forms: set[int], figures: str
) -> None:
    answer = checking.ask(question)
    assert answer.found
    assert {form for form, _ in answer.table.places} == forms
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("拿80%去折，泵站更新的执行得分应当是几分？", "8"),
        ("泵站更新执行得分印了7.5分，照80%折算其实少给了自己多少分？", "0.5"),
        ("泵站更新的执行得分是不是给少了？少了多少？", "0.5"),
        ("泵站更新花钱这一项按比例该得多少分，它给自己打了几分？", "7.5 8"),
        ("泵站更新资金执行这一项按执行率该得多少，差了多少", "8 0.5"),
        ("泵站更新如果执行得分按规则给，应该是几分", "8"),
        ("泵站更新的执行得分跟公式算的差多少？", "0.5"),
        ("河道保洁的执行率，印的是多少，实际算出来又是多少？", "100 102.5"),
        ("河道保洁印的执行率和实际执行率差几个百分点？", "2.5"),
        ("河道保洁表上印的执行率是100%，按执行数和预算数重算是多少", "102.5"),
        ("水文站网运维的总分多算了几分？", "6"),
        ("水文站网运维那张表总分印的多少，各项加起来实际多少？", "99 93 6"),
        ("把泵站更新的总分重新加一遍", "85.5"),
        ("水文站网运维那张表，分值满打满算加起来到底是多少啊？", "105 95 10"),
        ("渠道防渗改造分值一共加出来多少分", "100 90"),
        ("山塘除险的分值加起来够100吗", "100"),
        ("排涝面积的得分和按规则算的差几分", "2"),
        ("运维站点数要是按完成比例算，该得几分？表上打了几分？", "37.5 38"),
    ],
)
def test_what_one_form_prints_and_what_it_should(checking: Asker, question: str, figures: str) -> None:
    answer = checking.ask(question)
    assert answer.found
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)


def test_how_points_came_about_tells_what_was_reached(checking: Asker) -> None:
    answer = checking.ask("更新泵站数那40分是怎么打出来的啊？")
    assert "8座" in answer.answer
    assert "10座" in answer.answer


def test_points_are_lost_in_rows_and_in_the_execution(checking: Asker) -> None:
    answer = checking.ask("泵站更新的14.5分扣在了哪里？")
    assert set(answer.table.places) == {(2, 0), (2, 1), (2, 2)}


@pytest.mark.parametrize(
    "question",
    [
        "得分没算错的指标有哪些",
        "执行得分按去年的办法重新算对不上的表有哪些",
    ],
)
def test_what_no_check_tells_is_refused(checking: Asker, question: str) -> None:
    assert not checking.ask(question).found


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("泵站更新和水文站网运维的总得分差几分？", "13.5"),
        ("2号表和3号表执行得分相差多少", "2.5"),
        ("渠道防渗改造的总分比泵站更新的总分高了多少分", "13.5"),
    ],
)
def test_two_forms_are_set_against_each_other_not_against_the_rule(
    checking: Asker, question: str, figures: str
) -> None:
    answer = checking.ask(question)
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)
    assert "重算" not in answer.answer


@pytest.mark.parametrize(
    ("question", "rows", "figures"),
    [
        ("哪些指标打分偏低了？偏低多少", {(2, 2)}, "2"),
        ("给分比规则高的指标有哪几条", {(3, 1)}, ""),
        ("排涝面积那条打28分，是不是打低了", {(2, 2)}, "28 30"),
    ],
)
def test_points_of_indicators_held_against_the_rule(
    checking: Asker, question: str, rows: set[tuple[int, int]], figures: str
) -> None:
    answer = checking.ask(question)
    assert set(answer.table.places) == rows
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)


def test_weights_are_not_points(checking: Asker) -> None:
    answer = checking.ask("分值和得分不一样的指标有哪些")
    assert not answer.found or set(answer.table.places) == {(2, 1), (2, 2), (3, 1)}


@pytest.mark.parametrize(
    ("first", "then", "figures"),
    [
        ("泵站更新的执行得分是多少", "按执行率折算该得几分？", "7.5 8"),
        ("泵站更新的执行得分是多少", "填对了吗", "7.5 8"),
        ("泵站更新的执行得分是多少", "那少给了多少", "0.5"),
        ("水文站网运维总分多少", "加错了吧", "99 93"),
        ("河道保洁的执行率是多少", "印的对不对？", "100 102.5"),
        ("运维站点数得了几分", "按规则该给几分", "38 37.5"),
    ],
)
def test_the_figure_told_last_is_checked(checking: Asker, first: str, then: str, figures: str) -> None:
    answer = checking.ask(then, checking.turn(first))
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)
    assert len(answer.table.places) == 1


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("执行得分应得8分却只打了7.5分的是哪个项目？", {2}),
        ("执行率少报了的是哪张表", {5}),
        ("总分多报了的表是哪张，多报几分？", {3}),
        ("执行得分算对的表有哪些", {1, 3, 4, 5}),
    ],
)
def test_which_way_and_how_much_it_is_off(checking: Asker, question: str, forms: set[int]) -> None:
    assert {form for form, _ in checking.ask(question).table.places} == forms


def test_a_row_is_pointed_at_by_its_points(checking: Asker) -> None:
    answer = checking.ask("水文站网运维38分那条打分准确吗")
    assert set(answer.table.places) == {(3, 1)}
    assert Decimal("37.5") in _numbers(answer)


def test_a_budget_that_is_larger_is_no_miscalculation(checking: Asker) -> None:
    turn = checking.turn("全年预算多、执行率低于90%的项目有哪些")
    assert all(query.of != "findings" for query in turn.queries)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水文站网运维的总分，跟执行得分加上各指标得分的和一样吗？", "99 93"),
        ("水文站网运维各项得分连花钱那项加起来到底几分？表上印的是多少？", "99 93"),
        ("泵站更新花钱那一项为什么只得了7.5分，怎么算的？", "48 60 7.5"),
        ("泵站更新资金执行那7.5分是怎么算出来的", "48 60 7.5"),
        ("渠道防渗改造花钱这块得了几分？", "9"),
        ("河道保洁写着资金花了100%，按数算应该是百分之多少？", "102.5"),
        ("渠道防渗改造的执行率90%是拿什么除以什么得来的？", "90 100"),
    ],
)
def test_the_points_of_the_money_and_what_they_are_part_of(
    checking: Asker, question: str, figures: str
) -> None:
    answer = checking.ask(question)
    assert answer.found
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)


def test_no_form_is_so_far_apart(checking: Asker) -> None:
    assert not checking.ask("总分跟各项得分之和差4分的是哪张表？").table.places


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("执行率这项没拿满10分的是哪些表？没填执行得分的那张不用算", {1, 2}),
        ("预算执行那一项没得满分的有哪些表", {1, 2}),
        ("花钱那一项没拿满分的表有哪些", {1, 2}),
        ("按公式算的执行得分比填的高的是哪张表", {2}),
        ("各项得分加起来比印的总分少的有哪几张", {3}),
        ("各项得分全加起来不等于印的总分的是哪张？", {3}),
    ],
)
def test_which_side_is_less(checking: Asker, question: str, forms: set[int]) -> None:
    answer = checking.ask(question)
    assert answer.found
    assert {form for form, _ in answer.table.places} == forms


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("渠道防渗改造总分99，究竟是哪儿扣的？", "9"),
        ("渠道防渗改造总分99，是在哪里丢的分？", "9"),
        ("河道保洁的执行率少报了几个百分点？", "100 102.5"),
        ("泵站更新的80%是怎么除出来的", "48 60"),
    ],
)
def test_where_points_went_and_what_was_divided(checking: Asker, question: str, figures: str) -> None:
    answer = checking.ask(question)
    assert answer.found
    assert {Decimal(figure) for figure in figures.split()} <= _numbers(answer)


def test_both_ways_at_once_are_no_way(checking: Asker) -> None:
    answer = checking.ask("哪张表的总分写高了还是写低了，差多少？")
    assert not answer.found or {form for form, _ in answer.table.places} == {3}


@pytest.mark.parametrize(
    "question", ["渠道防渗改造的执行得分和各指标得分", "渠道防渗改造执行得分和各指标得分分别是多少"]
)
def test_points_named_side_by_side_are_not_added(checking: Asker, question: str) -> None:
    assert Decimal(99) not in _numbers(checking.ask(question))


def test_points_of_per_cent_are_no_rate(checking: Asker) -> None:
    assert not checking.ask("执行率差了2个百分点以上的表").found
