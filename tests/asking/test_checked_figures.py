"""Questions that go through the arithmetic of the forms: what is made of what, and what is off."""

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
    opened = Library(f"sqlite:///{tmp_path_factory.mktemp('checked')}/l.sqlite", IndicatorIndex())
    opened.add_forms(with_mistakes.forms())
    yield Asker(opened)
    opened.close()


def _numbers(answer: Answer) -> set[Decimal]:
    return {Decimal(one) for value in answer.values for one in re.findall("[0-9]+(?:[.][0-9]+)?", value)}


def _forms(answer: Answer) -> set[int]:
    return {form for form, _ in answer.table.places}


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("泵站更新80%的执行率是拿哪两个数算的", "48 60 80"),
        ("河道保洁的执行率是用哪两个数除出来的？", "45.1 44 102.5"),
        ("渠道防渗改造的执行率怎么算的，分子分母各是多少", "90 100"),
        ("泵站更新的执行得分用哪几个数算的？", "48 60 8"),
        ("泵站更新执行率那10分实得几分，怎么算的", "48 60 8"),
        ("泵站更新的总分由哪些得分加总而成", "78 7.5 85.5"),
        ("水文站网运维的总分99分是哪些分加起来的", "83 10 93"),
        ("泵站更新的更新泵站数得40分是怎么算的", "8 10 50 40"),
        ("更新泵站数的40分是拿哪几个数算出来的？", "8 10 40"),
        ("水文站网运维的运维站点数按公式该得几分，表上印了几分，差多少？", "37.5 38 0.5"),
        ("排涝面积那条少给了几分？", "2"),
        ("泵站更新执行得分跟重新计算的差多少", "8 7.5 0.5"),
        ("水文站网运维各指标分值加上执行率的10分一共是多少", "105"),
        ("水文站网运维的分值合计够不够100分，加起来多少", "105"),
        ("泵站更新指标分值合计多少分？", "90"),
        ("泵站更新在指标上丢了几分，丢在哪几条？", "12 10 2"),
        ("泵站更新指标失分合计几分，分别是哪几条", "12"),
        ("灌溉水利用系数增幅实际达到多少，比目标上限高几个百分点？", "9.5 5.5"),
        ("渠道防渗改造当年财政拨款的预算数加上结转，凑得够资金总额吗？", "75 25 100"),
        ("渠道防渗改造各资金来源的预算加起来等于总额吗", "100"),
        ("山塘除险年中追加了多少预算", "16"),
        ("山塘除险全年预算比年初涨了百分之多少？", "20"),
        ("河道保洁年初预算和全年预算差多少？", "6"),
        ("年中追加了预算的那些项目，一共追加了多少万？", "16"),
    ],
)
def test_what_a_figure_is_made_of(checking: Asker, question: str, figures: str) -> None:
    answer = checking.ask(question)
    assert answer.found, answer.answer
    assert {Decimal(one) for one in figures.split()} <= _numbers(answer), answer.values


@pytest.mark.parametrize(
    ("question", "forms", "figures"),
    [
        ("预算执行得分跟重新计算的结果不一致的有哪些表？各少打了多少", {2}, "0.5"),
        ("执行得分没按公式算的有哪些表？", {2}, ""),
        ("哪些表的预算执行得分少给了，少给几分？", {2}, "0.5"),
        ("总分加错了的有哪几张，各差多少", {3}, "6"),
        ("哪些表印的总分不等于指标得分之和加执行得分？差几分", {3}, "6"),
        ("把各指标分值和执行率的10分加在一起，哪张表超过了100分，合计多少？", {3}, "105"),
        ("指标分值加执行率分值不是100分的有哪些表", {3}, ""),
        ("分值合计比100分多的是哪些表", {3}, ""),
        ("明明超了预算，执行率还印成100%的是哪张表？正确的应该是多少", {5}, "102.5"),
        ("支出比预算还多的是哪个项目？多出来多少万？", {5}, "1.1"),
        ("执行率低于95%的项目，分别是多少？", {1, 2}, "90 80"),
        ("全年预算比年初预算多的有哪些项目，各多多少", {4}, "16"),
        ("预算被砍的项目有哪些，各砍了多少万", {5}, "6"),
        ("填了分值的表里，产出指标分值合计超过50分的是哪些？", {4, 5}, ""),
        ("有一张表偏差原因每一行都填“无”，是哪个科交的", {4}, ""),
        ("哪几张表的指标一分都没丢", {1, 4, 5}, ""),
        ("因为台风而停测的，涉及哪几个项目？", {3}, ""),
    ],
)
def test_which_forms_are_off(checking: Asker, question: str, forms: set[int], figures: str) -> None:
    answer = checking.ask(question)
    assert _forms(answer) == forms, answer.answer
    assert {Decimal(one) for one in figures.split()} <= _numbers(answer), answer.values


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("自己打的分比按完成比例算出来还高的指标有哪些？", {(3, 1)}),
        ("得分比按公式算的低的是哪几条指标", {(2, 2)}),
        ("目标完成了、分却没给满的指标有哪些？", {(2, 2)}),
        ("比目标高出三成以上的是哪几条指标", {(1, 2), (2, 2), (3, 2)}),
        ("完成值比目标高出一半以上的指标有哪些？", {(1, 2), (2, 2)}),
        ("指标值写成一个范围的是哪几条", {(1, 2)}),
        ("泵站更新哪几条指标扣了分，合计扣多少", {(2, 1), (2, 2)}),
    ],
)
def test_which_rows_are_off(checking: Asker, question: str, rows: set[tuple[int, int]]) -> None:
    assert set(checking.ask(question).table.places) == rows


def test_what_is_not_understood_is_refused(checking: Asker) -> None:
    assert not checking.ask("灌溉水利用系数增幅比目标下限的三倍还高多少？").found


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("“培训按期完成率”本该填百分比，有张表填成了日期，哪张？", {7}),
        ("拿去世当理由的表有哪些", {3, 12, 15}),
        ("哪些项目用到了“上年结转资金”，全年预算各是多少？", {12}),
    ],
)
def test_forms_among_the_bundled(asker: Asker, question: str, forms: set[int]) -> None:
    answer = asker.ask(question)
    assert _forms(answer) == forms, answer.answer


def test_of_things_counted_the_row_tells_how_many(asker: Asker) -> None:
    answer = asker.ask("战略性新兴产业专项支持了多少个项目，比原定多几个？")
    assert answer.table.places == ((1, 1),)
    assert {Decimal(21), Decimal(9)} <= _numbers(answer)
