"""Records counted by the steps of a scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.asker import Asker
from assistant.asking.records.execute import run
from assistant.asking.records.frame import rows_of
from assistant.asking.records.query import Measure, Query
from assistant.asking.records.records import Cell, Record


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("执行率90%以上、80到90之间、80以下的项目各有几个", ("18张", "2张", "0张")),
        ("总分98以上、95到98、95以下的表分别有几张", ("14张", "4张", "1张")),
        ("执行数10万以内几个，10万到100万几个，超过100万几个", ("3张", "8张", "9张")),
        ("预算100万以下、100万到1000万、1000万以上的项目分别有多少个", ("11张", "4张", "5张")),
        ("指标条数不到10条、10到14条、15条及以上的表各几张", ("13张", "4张", "3张")),
        ("完成率不足100%、正好100%、超过100%的指标各有多少条", ("19条", "95条", "47条")),
        ("总分高于100的、正好100的、95到100的各有几张", ("1张", "6张", "11张")),
    ],
)
def test_every_record_falls_in_one_step(asker: Asker, question: str, counts: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.values[1::2] == counts


def test_a_step_says_which_of_its_ends_belong_to_it(asker: Asker) -> None:
    answer = asker.ask("预算按10万以内、10万到100万、100万以上三档看看分布").answer
    assert "10万到100万（不含10万元，不含100万元）：8张" in answer


def test_a_figure_of_each_step(asker: Asker) -> None:
    answer = asker.ask("预算100万以上和100万以下的项目，平均总分各是多少")
    assert answer.values == ("100万以上", "98.14分", "100万以下", "99分")


def test_the_grades_of_the_forms(asker: Asker) -> None:
    assert asker.ask("优良中差各有几张").values == ("优", "18张", "良", "0张", "中", "0张", "差", "0张")


def test_steps_of_one_width(asker: Asker) -> None:
    answer = asker.ask("总分每5分一档，各档有几张表")
    assert [*answer.table.rows] == [
        ("90到不足95分", "1张"),
        ("95到不足100分", "11张"),
        ("100到不足105分", "7张"),
    ]


def test_steps_begin_at_a_multiple_of_their_width() -> None:
    cells = [Cell(text, Decimal(text), "分") for text in ("9.5", "10", "19.9", "40")] + [Cell("无")]
    records = [Record("forms", at, None, {"total": cell}) for at, cell in enumerate(cells, 1)]
    query = Query(group="total", width=Decimal(10), measure=Measure(op="count"))
    groups = run(query, lambda of: rows_of(of, records)).groups
    assert [(group.key, group.value.number) for group in groups] == [
        ("0到不足10分", 1),
        ("10到不足20分", 2),
        ("40到不足50分", 1),
    ]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("总分95分以下的项目有哪些", ("资产出租出借成本性支出", "94.2分")),
        ("执行率90%以上的项目有几个", ("18张",)),
    ],
)
def test_a_single_condition_is_no_scale(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values
