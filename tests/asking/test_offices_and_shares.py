"""Offices picked and counted, names of everyday side by side, shares of a number, budgets raised or cut."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("执行率最低的处室有哪些项目", {7}),
        ("预算最多的处室有哪些项目", {9, 20}),
        ("扣分最多的处室都有哪几个项目", {3, 12}),
        ("离退休处的项目，执行数没达到预算的有哪几个", {12}),
        ("执行数没达到预算的项目有哪些", {2, 4, 6, 7, 12, 19, 20}),
    ],
)
def test_forms(asker: Asker, question: str, forms: set[int]) -> None:
    assert {form for form, _ in asker.ask(question).table.places} == forms


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("项目最多的单位是哪家", ("自治区工信厅轻工业行业管理处", "6张")),
        ("预算最多的单位是哪一家", ("自治区无线电管理局", "10270万元")),
        ("指标最多的处室是哪个", ("自治区工信厅轻工业行业管理处", "43个")),
        ("错误最多的处室是哪个", ("自治区工信厅离退休干部工作处", "6处")),
        ("低于95分的项目占多少", ("5%", "1张", "20张")),
        ("哪个项目追加预算最多", ("0张",)),
        ("预算调减最多的是哪个项目", ("0张",)),
    ],
)
def test_values(asker: Asker, question: str, values: tuple[str, ...]) -> None:
    assert asker.ask(question).values == values


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("写了偏差原因却没扣分的指标有几个", "写了偏差原因，得分等于分值"),
        ("偏差原因没写的指标", "没有写偏差原因"),
        ("产出指标和效益指标哪个得分率高", "得分率平均"),
        ("各处室分别有几处错误", "按实施单位分组"),
        ("葡萄酒项目的实施单位是谁", "看实施单位"),
    ],
)
def test_understood(asker: Asker, question: str, understood: str) -> None:
    assert understood in asker.ask(question).understood


@pytest.mark.parametrize(
    "question", ["招商引资和人才项目，哪个执行率高", "招商引资、人才、园区三个项目哪个执行率最高"]
)
def test_no_name_is_passed_over(asker: Asker, question: str) -> None:
    """人才 is a word of everyday that names two projects."""
    assert "人才98.71%" in asker.ask(question).answer
