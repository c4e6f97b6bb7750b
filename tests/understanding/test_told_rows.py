"""Rows that a message spells out: target and result of one thing, in the many ways of typing them."""

from __future__ import annotations

import pytest

from assistant.form.model import Form, Indicator
from assistant.understanding.message_facts import read_facts

FORM = Form(
    year=2024,
    indicators=(
        Indicator(
            level1="产出指标", level2="数量指标", name="维护设施数量", target="≥【待填】处", weight="10"
        ),
        Indicator(level1="产出指标", level2="时效指标", name="任务按期完成率", target="=100%"),
        Indicator(
            level1="满意度指标",
            level2="服务对象满意度指标",
            name="受益群众满意度",
            target="≥90%",
            weight="10",
        ),
    ),
)


def told(text: str, form: Form = FORM) -> dict[str, tuple[str, str]]:
    """Target and actual by name of all rows that the message adds or fills."""
    facts = read_facts(text, form)
    rows = {edit.indicator.name: edit.indicator for edit in facts.edits if edit.indicator is not None}
    found = {name: (row.target, row.actual) for name, row in rows.items()}
    cells: dict[int, dict[str, str]] = {}
    for edit in facts.edits:
        if edit.operation == "set" and edit.location.section == "indicators" and edit.location.row:
            cells.setdefault(edit.location.row, {})[edit.location.field] = edit.new
    for number, new in cells.items():
        row = form.indicators[number - 1].model_copy(update=new)
        found[row.name] = (row.target, row.actual)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安装路灯≥260盏，实际260盏", {"安装路灯数量": ("≥260盏", "260盏")}),
        ("清运垃圾9800吨，目标9500吨", {"清运垃圾量": ("≥9500吨", "9800吨")}),
        ("公厕改造32座（计划30座）", {"公厕改造数量": ("≥30座", "32座")}),
        ("买了6台清扫车（计划8台）", {"清扫车数量": ("≥8台", "6台")}),
        ("3台吸污车（计划4台）", {"吸污车数量": ("≥4台", "3台")}),
        ("行道树补植500株，都种完了", {"行道树补植数量": ("≥500株", "500株")}),
        ("路面修复率要求达到95%，抽查只有91.4%", {"路面修复率": ("≥95%", "91.4%")}),
        ("居民满意80.2%，目标80%", {"居民满意度": ("≥80%", "80.2%")}),
        ("亮灯率 ≥98% 98.6%", {"亮灯率": ("≥98%", "98.6%")}),
        ("安全生产事故0起", {"安全生产事故发生数": ("=0起", "0起")}),
        ("垃圾分拣人次目标3000，实际3120", {"垃圾分拣人次": ("≥3000人次", "3120人次")}),
    ],
)
def test_a_thing_with_target_and_result_is_one_row(text: str, expected: dict[str, tuple[str, str]]) -> None:
    assert told(text) == expected


def test_a_table_line_by_line_keeps_its_levels() -> None:
    text = (
        "数量指标 改造路口 ≥42个 38个\n质量指标 设备验收合格率 100% 100%\n社会效益指标 拥堵时长下降 ≥8% 10.5%"
    )
    rows = {edit.indicator.name: edit.indicator for edit in read_facts(text, FORM).edits if edit.indicator}
    assert {row.level2: (row.target, row.actual) for row in rows.values()} == {
        "数量指标": ("≥42个", "38个"),
        "质量指标": ("=100%", "100%"),
        "社会效益指标": ("≥8%", "10.5%"),
    }


def test_points_told_with_a_row_are_its_weight() -> None:
    facts = read_facts("安装路灯≥260盏，实际250盏，这个指标20分", FORM)
    (row,) = (edit.indicator for edit in facts.edits if edit.indicator is not None)
    assert (row.target, row.actual, row.weight) == ("≥260盏", "250盏", "20")


def test_one_satisfaction_is_the_one_that_is_there_under_the_users_name() -> None:
    assert told("游客满意度≥92%，问卷95.1%") == {"游客满意度": ("≥92%", "95.1%")}


def test_a_result_that_nobody_has_yet_is_left_open() -> None:
    assert told("亮灯率目标98%，实际等我问一下科室") == {"亮灯率": ("≥98%", "")}


@pytest.mark.parametrize(
    "text",
    [
        "把满意度目标从90%改成95%",
        "图书室不是12个，是10个",
        "预算60万元，实际支出58万元",
        "去年修了8处，今年目标10处",
    ],
)
def test_commands_corrections_and_money_add_no_row(text: str) -> None:
    assert not [edit for edit in read_facts(text, FORM).edits if edit.indicator is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "计划配垃圾桶300个、果皮箱80个、保洁车6辆。垃圾桶实际配了310个，保洁车5辆，其他照计划完成",
            {
                "垃圾桶配备数量": ("≥300个", "310个"),
                "果皮箱数量": ("≥80个", "80个"),
                "保洁车数量": ("≥6辆", "5辆"),
            },
        ),
        (
            "计划巡查120次、培训8场、宣传40场，除了宣传做了36场，别的都完成了",
            {"巡查次数": ("≥120次", "120次"), "培训场次": ("≥8场", "8场"), "宣传场次": ("≥40场", "36场")},
        ),
        (
            "公厕修缮12座、果皮箱更换90个，按计划全部完工验收了",
            {"公厕修缮数量": ("≥12座", "12座"), "果皮箱更换数量": ("≥90个", "90个")},
        ),
        ("粪便处理合格率不低于95%，化验下来97.5%", {"粪便处理合格率": ("≥95%", "97.5%")}),
        ("清运及时率合同上要90%以上，全年算下来88.2%", {"清运及时率": ("≥90%", "88.2%")}),
        ("保洁天数要300天 一天没落", {"保洁天数": ("≥300天", "300天")}),
        ("户均补助不超过2000元 实际1850元", {"户均补助": ("≤0.2万元", "0.185万元")}),
    ],
)
def test_plans_of_a_list_take_the_results_of_some_and_of_the_rest(
    text: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert told(text) == expected


def test_the_rest_of_a_form_is_not_the_rest_of_a_list() -> None:
    rows = tuple(
        row.model_copy(update={"target": target})
        for row, target in zip(FORM.indicators, ("≥40处", "=100%", "≥90%"), strict=True)
    )
    form = FORM.model_copy(update={"indicators": rows})
    assert told("维护设施43处，满意度92%，其他的都按目标完成了", form) == {
        "维护设施数量": ("≥40处", "43处"),
        "任务按期完成率": ("=100%", "100%"),
        "受益群众满意度": ("≥90%", "92%"),
    }
