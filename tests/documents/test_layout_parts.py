"""Parts of the form as offices print them: 年度总体目标, 项目资金, what stands below a form, pasted text."""

from __future__ import annotations

import pytest

from assistant.documents.read import read_bytes
from assistant.form.model import Form
from tests.documents.test_layout import LABEL, TITLE, read, read_one
from tests.documents.wordml import C, official, paragraph, table


def with_goal(*rows: list[str | C]) -> Form:
    """The usual form with other rows of 年度总体目标."""
    usual = official()
    return read_one(TITLE, table([*usual[:5], *rows, *usual[7:]]))


def test_the_goal_among_numbered_parts_of_the_basic_facts() -> None:
    form = with_goal(
        [
            C("项目基本情况", 1, "start"),
            C("1.项目年度目标完成情况", 1, "start"),
            C("项目年度目标", 3),
            C("年度目标完成情况", 4),
        ],
        [LABEL, LABEL, C("改造操场一处。", 3), C("已改造并投用。", 4)],
        [LABEL, "2.项目实施内容及过程概述", C("三月开工，九月完工。", 7)],
    )
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。", "已改造并投用。")
    assert [entry.text for entry in form.unplaced] == ["三月开工，九月完工。"]
    assert form.indicators


@pytest.mark.parametrize(
    "label", ["年度总体目标完成情况综述", "全年目标完成情况说明", "总体目标实现情况概述", "全年完成情况综述"]
)
def test_the_goal_under_an_account_of_what_was_done(label: str) -> None:
    form = with_goal(
        [C("年度总体目标", 1, "start"), C("年初设定目标", 4), C(label, 4)],
        [LABEL, C("改造操场一处。", 4), C("已改造并投用。", 4)],
    )
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。", "已改造并投用。")
    assert form.unplaced == ()


def test_the_only_budget_of_an_edition_is_the_one_of_its_rate() -> None:
    usual = official()
    funds: list[list[str | C]] = [
        [
            C("项目资金\n（万元）", 2, "start"),
            "",
            "年初预算数（A）",
            "全年执行数（B）",
            "分值",
            "执行率（B/A）",
            C("得分", 2),
        ],
        [C("", 2, "go on"), "年度资金总额", "60", "57", "10", "95%", C("9.5", 2)],
    ]
    form = read_one(TITLE, table([*usual[:2], *funds, *usual[5:]]))
    assert (form.funds[0].initial, form.funds[0].budget, form.funds[0].executed) == ("", "60", "57")


def test_the_department_of_the_place_comes_before_that_of_the_province() -> None:
    usual = official()
    rows: list[list[str | C]] = [
        [C("省级主管部门", 2), C("某省教育厅", 7)],
        [C("地方主管部门", 2), C("某县教育局", 3), "资金使用单位", C("某县第一中学", 3)],
    ]
    form = read_one(TITLE, table([usual[0], *rows, *usual[2:]]))
    assert (form.department, form.unit) == ("某县教育局", "某县第一中学")
    assert "某省教育厅" in [entry.text for entry in form.unplaced]


def test_text_in_which_rows_lack_the_label_merged_down() -> None:
    """As browsers copy a table: the row is filled up at its end."""
    text = """项目支出绩效自评表 |  |  |  |  |  |  |
项目名称 | 学校操场改造 |  |  |  |  |  |
主管部门 | 某县教育局 | 实施单位 | 某县第一中学 |  |  |  |
项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 60 | 60 | 57 | 10 | 95% | 9.5 |
其中：财政拨款 | 60 | 60 | 57 | — | — | — |
年度总体目标 | 年初设定目标 | 目标完成情况 |  |  |  |  |
改造操场一处。 | 已改造并投用。 |  |  |  |  |  |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 改造面积 | ≥8000平方米 | 8100平方米 | 90 | 90 |
"""
    (form,) = read_bytes(text.encode(), "表.txt").forms
    assert [line.label for line in form.funds] == ["年度资金总额", "其中：财政拨款"]
    assert (form.funds[0].executed, form.funds[0].rate, form.funds[0].score) == ("57", "95%", "9.5")
    assert (form.goal.expected, form.goal.actual) == ("改造操场一处。", "已改造并投用。")
    assert (form.indicators[0].level1, form.indicators[0].weight) == ("产出指标", "90")


def test_rows_below_a_form_in_its_own_table_are_not_the_next_ones() -> None:
    closing: list[list[str | C]] = [
        [C("评价结论", 2), C("按期完成。", 7)],
        [C("存在问题", 2), C("到货延迟。", 7)],
    ]
    first, second = read(
        TITLE, table([*official(), *closing]), paragraph("附件2"), TITLE, table([*official(), *closing])
    )
    assert [entry.text for entry in first.unplaced] == ["按期完成。", "到货延迟。"]
    assert [entry.text for entry in second.unplaced] == ["附件2", "按期完成。", "到货延迟。"]
