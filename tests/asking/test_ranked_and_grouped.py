"""Forms and offices in an order, grouped, counted, in whatever order and words that is said."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("请按执行率由低到高排一排，最靠前的三个项目是哪几个", [20, 7, 6]),
        ("按结余从大到小排，靠前的三个是谁", [20, 7, 19]),
        ("按总分从高到低排，最靠后的是哪张表", [10]),
        ("按预算从低到高排，最后两个项目是谁", [20, 8]),
        ("执行率由低到高排，最靠前的是哪个项目", [20]),
        ("若论总分，垫底的是哪张表", [10]),
        ("就全年执行数而言，最少的两个项目依次是谁", [16, 13]),
        ("从执行率来看，倒数第二的项目是谁", [7]),
        ("预算第二、第三的项目是哪两个", [8, 19]),
        ("执行率倒数第一和第二的项目", [20, 7]),
        ("指标最少的表有几张，分别是哪些", [6, 13, 14, 15, 16, 17]),
        ("哪张表列的指标最多，列了几条", [19, 20]),
        ("满意度最低的是哪个项目，百分之几", [5]),
        ("按花钱多少给项目排个名次，第二名是谁", [8]),
        ("轻工业处的项目里哪个没打到100分", [15]),
    ],
)
def test_forms_in_order(asker: Asker, question: str, order: list[int]) -> None:
    places = asker.ask(question).table.places
    assert list(dict.fromkeys(form for form, _ in places)) == order


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("按处室把结余加一加，谁家最多", ("自治区无线电管理局", "1496.23万元")),
        (
            "把执行数按实施单位归拢，排前两名的单位各是多少万",
            ("自治区无线电管理局", "8773.77万元", "自治区工信厅节能处", "3000万元"),
        ),
        ("按实施单位算自评总分的平均数，最高的是哪个单位", ("自治区工信厅招商协作发展处", "100.5分")),
        ("把各单位的指标数加一加，哪家最多，有几条", ("自治区工信厅轻工业行业管理处", "43个")),
        ("处室里头谁管的钱最少", ("自治区工信厅办公室", "10万元")),
        ("预算排名第二的单位是哪家", ("自治区工信厅节能处", "3000万元")),
        ("按处室把指标扣的分加一加，谁家扣得最多呢", ("自治区工信厅办公室", "5.8分")),
        ("单位里面哪个的执行率最低", ("自治区工信厅园区处", "87.3%")),
        ("哪家单位平均每张表的指标最多", ("各地州工信局", "16个")),
        ("执行得分中出现最多的是几分", ("10分", "13张")),
        ("指标的得分里哪个数出现得最频繁，共出现多少回", ("10分", "73个")),
        ("指标分值出现次数排第二的是几分", ("5分", "56个")),
        ("各表指标条数的众数是几", ("7个", "6张")),
        ("哪个分值的指标最多，几条", ("10分", "81条")),
        ("执行率100%的项目里，指标分值的众数是几分", ("10分", "51个")),
        ("总分的平均值、中位数、极差各是多少", ("98.64分", "99.7分", "6.3分")),
        ("平均每个处室报几张表", ("1.54张/个处室", "20张", "13个")),
        ("平均每家单位花了多少钱", ("1213.65万元/个单位", "15777.49664万元", "13个")),
        ("时效指标条数占百分之几", ("10.84%", "22条")),
        ("质量指标一共设了多少条，占全部指标的百分之几", ("13.3%", "27条")),
        ("时效、成本指标各有几条，各占多少", ("时效指标", "10.84%", "22条", "成本指标", "17.24%", "35条")),
        ("离退处的表占全部的几成", ("10%",)),
        ("平均分最高的处室比最低的高几分", ("6.3分", "100.5分", "94.2分")),
        ("花钱花得最多的处室比花得最少的多多少", ("8763.77万元", "8773.77万元", "10万元")),
        ("预算最多的单位和最少的单位相差多少", ("10260万元", "10270万元", "10万元")),
        ("没有结余的处室有几个", ("6个",)),
        ("处室平均总分超过99分的有几个", ("8个",)),
        ("有多个项目的单位有几家", ("3个",)),
        ("总分前十名里有几个是轻工业处的", ("5张",)),
        ("招商处的总分排倒数第几", ("第19", "100.5分")),
        ("有结余的处室有几个", ("7个",)),
        ("离退处那两张表，指标合起来多少条呢", ("18条",)),
        (
            "轻工处的项目有没有没打满100分的，打了多少",
            ("有", "1张", "区属国有破产、改制企业退休职工三项经费", "98.5分"),
        ),
    ],
)
def test_figures(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert set(values) <= set(asker.ask(question).values)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("离退处和轻工业处比，谁的平均分高", "轻工业行业管理处多2.75分"),
        ("招商处与规划处相比，哪家执行率更高", "招商协作发展处多4.87个百分点"),
        ("执行率最差的项目是哪个处室的", "自治区无线电管理局"),
        ("总分最低的两张表都是谁报的", "科技质量处"),
        ("花钱第二多的处室是哪个", "第2多的是自治区工信厅节能处"),
    ],
)
def test_offices_are_said_by_their_printed_name(asker: Asker, question: str, says: str) -> None:
    assert says in asker.ask(question).answer


@pytest.mark.parametrize("question", ["预算第二和第四的项目是哪个", "哪三家企业培训了"])
def test_no_guess(asker: Asker, question: str) -> None:
    assert not asker.ask(question).found


@pytest.mark.parametrize(
    ("question", "rows"),
    [("分值最多的指标是哪条", {(7, 12)}), ("满意度目标定得最低的是哪个项目", None)],
)
def test_a_cell_is_not_added_up(asker: Asker, question: str, rows: set[tuple[int, int]] | None) -> None:
    """The highest 分值, and no sum of percentages."""
    answer = asker.ask(question)
    assert answer.found
    assert rows is None or set(answer.table.places) == rows
    assert all("合计" not in text for text in (answer.answer, answer.understood))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2022年两个局各报了几张表", ("临溪市林业局", "3张", "临溪市文化和旅游局", "2张")),
        ("把2024年的预算按局归拢，排第一的是谁", ("临溪市林业局", "579万元")),
        ("2023年平均每个局多少预算", ("261万元/个局", "522万元", "2个")),
        ("2022年各科室的平均总分谁最低，多少分", ("保护科", "94.5分")),
        ("2024年有几个科室报了两张及以上的表", ("1个",)),
        ("这三年里执行率最低的是哪个项目，哪一年的", ("乡村戏台修缮", "80.00%", "2024")),
    ],
)
def test_offices_of_departments(years_asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert set(values) <= set(years_asker.ask(question).values)


def test_another_number_of_departments_is_none(years_asker: Asker) -> None:
    assert not years_asker.ask("2022年三个局各报了几张表").found
