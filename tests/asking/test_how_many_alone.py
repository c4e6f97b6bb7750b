"""A question for a number alone is answered with the number, in whatever words it is counted."""

from __future__ import annotations

import pytest

from assistant.asking.asker import Asker


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("总分正好100分的表，到底有几张呢", "总分100分的表有几张"),
        ("预算不到10万的表一共几份", "预算低于10万元的表有几张"),
        ("指标值是“效果显著”的指标，能找出多少条来", "指标值是“效果显著”的指标有几条"),
        ("执行率不到90%的项目总共能数出几个来", "执行率低于90%的项目有几个"),
    ],
)
def test_the_number_is_the_value(asker: Asker, said: str, plainly: str) -> None:
    answer, meant = asker.ask(said), asker.ask(plainly)
    assert answer.values[0][:-1] == meant.values[0][:-1]
    assert answer.values[0][:-1].isdigit()
    assert answer.table.places == meant.table.places


def test_what_breaks_a_rule_is_told_with_its_figure(asker: Asker) -> None:
    answer = asker.ask("离退休干部工作处的两张表执行率都是100%吗")
    assert answer.values[:2] == ("不是", "2张")
    assert {"108.45%", "99.46%"} <= set(answer.values)


def test_of_groups_each_number_is_a_value(asker: Asker) -> None:
    assert {"53条", "27条"} <= set(asker.ask("数量指标和质量指标各有多少条").values)


def test_a_list_tells_the_figures_it_was_picked_by(asker: Asker) -> None:
    assert "98.5分" in asker.ask("轻工业行业管理处的表里总分没到100的是哪张").values
    assert {"87.30%", "84.38%"} <= set(asker.ask("执行率低于90%的项目有哪些").values)


@pytest.mark.parametrize("said", ["办了几次", "签了几家？", "收到多少"])
def test_a_question_may_begin_with_what_was_done(asker: Asker, said: str) -> None:
    assert not asker.ask(said).found
