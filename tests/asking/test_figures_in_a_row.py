"""What follows on figures: 差多少 of what was asked in a row, 占多少 and 平均呢 of the last one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from tests.asking.played import last_turn


def _numbers(asker: Asker, *questions: str) -> tuple[str, ...]:
    return last_turn(asker, questions).answer.values


@pytest.mark.parametrize("then", ["差多少", "两个差多少", "相差多少", "哪个高", "谁更高", "哪个高，高多少"])
@pytest.mark.parametrize(
    ("first", "other", "apart"),
    [
        ("园区专项资金预算多少", "那天山企业家呢", "988.73万元"),
        ("园区专项资金总分多少", "天山企业家呢", "1.03分"),
        ("园区专项资金执行率是多少", "换成天山企业家呢", "10.3个百分点"),
        ("轻工业处一共花了多少", "节能处呢", "2676.08236万元"),
        ("园区专项资金有几个指标", "天山企业家呢", "5个"),
        ("总分最低的项目是哪个", "最高的呢", "6.3分"),
    ],
)
def test_two_figures_are_set_against_each_other(
    asker: Asker, first: str, other: str, apart: str, then: str
) -> None:
    assert apart in _numbers(asker, first, other, then)


@pytest.mark.parametrize("then", ["加起来呢", "两个合计多少", "一共多少"])
def test_figures_in_a_row_are_added_up(asker: Asker, then: str) -> None:
    assert _numbers(asker, "园区专项资金花了多少", "葡萄酒呢", then)[0] == "1095.5万元"
    three = ("园区专项资金花了多少", "葡萄酒呢", "节能减排呢")
    assert _numbers(asker, *three, then.replace("两个", "三个"))[0] == "4095.5万元"


def test_another_field_begins_a_new_row(asker: Asker) -> None:
    questions = ("园区专项资金预算多少", "它的总分是多少", "两个差多少")
    assert "901.27" not in "".join(_numbers(asker, *questions))


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("园区专项资金花了多少钱", "占多少", "5.53%"),
        ("轻工业处预算合计多少", "占总预算的百分之几", "1.86%"),
        ("总分低于98分的项目有几个", "占全部项目的几成", "25%"),
        ("哪个处室预算最多", "占多少", "58.85%"),
        ("所有项目一共花了多少", "平均每个项目多少", "788.87万元"),
        ("轻工业处一共花了多少", "平均呢", "53.99万元"),
        ("总共有多少个指标", "平均下来呢", "10.15个"),
        ("所有项目一共花了多少", "最多的是哪个", "8083.77万元"),
        ("轻工业处一共花了多少", "最少的是哪个", "6.96818万元"),
        ("轻工业处有哪些项目", "预算最高的是哪个", "222.5万"),
        ("哪个处室预算最多", "它有几个项目", "2张"),
    ],
)
def test_what_follows_on_one_figure(asker: Asker, first: str, then: str, told: str) -> None:
    assert told in _numbers(asker, first, then)


@pytest.mark.parametrize("then", ["各处室呢", "按处室分呢", "每个处室各多少"])
def test_a_sum_is_told_of_each_office(asker: Asker, then: str) -> None:
    values = _numbers(asker, "总共有多少个指标", then)
    assert sum(Decimal(value.rstrip("个")) for value in values if value.endswith("个")) == 203


def test_a_ranking_goes_on(asker: Asker) -> None:
    first = "预算最高的项目是哪个"
    assert _numbers(asker, first, "第二呢", "第三呢")[-1] == "1090万"
    assert "1090万" in _numbers(asker, first, "列前三名")
    assert "254.2596万元" not in _numbers(asker, "哪个处室预算最多", "第二呢")
    assert "3000万元" in _numbers(asker, "哪个处室预算最多", "第二呢")


@pytest.mark.parametrize("then", ["哪年高", "哪一年更高"])
def test_the_years_of_one_project_in_a_row(years_asker: Asker, then: str) -> None:
    values = _numbers(years_asker, "乡村戏台修缮2023年预算多少", "那2024年呢", then)
    assert values[0] == "2024年" and "150万元" in values


@pytest.mark.parametrize("then", ["那林道硬化工程呢", "林道硬化工程呢"])
def test_another_thing_is_asked_of_the_same_year(years_asker: Asker, then: str) -> None:
    turn = last_turn(years_asker, ("2024年乡村戏台修缮花了多少", then))
    assert turn.answer.values == ("270万元",)
    office = last_turn(years_asker, ("2023年文物科一共花了多少", "那防火科呢"))
    assert office.answer.values[-1] == "199.5万元"


@pytest.mark.parametrize(("then", "told"), [("加起来呢", "80个"), ("差多少", "26个"), ("哪个多", "26个")])
def test_kinds_of_indicators_in_a_row(asker: Asker, then: str, told: str) -> None:
    assert told in _numbers(asker, "数量指标有几个", "质量指标呢", then)


def test_a_limit_is_of_the_offices_that_were_told(asker: Asker) -> None:
    values = _numbers(asker, "各处室预算合计多少", "超过1000万的有哪些")
    assert values[::2] == ("自治区无线电管理局", "自治区工信厅节能处", "各地州工信局")
    assert _numbers(asker, "各处室有几个项目", "两个以上的有几个") == ("3个",)


def test_the_end_of_what_was_narrowed(asker: Asker) -> None:
    assert _numbers(asker, "总分低于98分的有哪些", "哪个最低")[-1] == "94.2分"
    assert not asker.ask("哪个项目预算仅次于园区专项资金").found
