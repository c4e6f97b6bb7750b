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
        ("抢修响应时间目标≤40分钟，实际36分钟", {"抢修响应时间": ("≤40分钟", "36分钟")}),
        ("抽样计划完成率目标95%，实际96%", {"抽样计划完成率": ("≥95%", "96%")}),
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


@pytest.mark.parametrize(
    ("said", "name", "target", "actual"),
    [
        ("鱼苗投放计划30万尾，比计划多投了2万尾", "鱼苗投放数量", "≥30万尾", "32万尾"),
        ("渔民培训目标是200人次，还差12人次没完成", "渔民培训人次", "≥200人次", "188人次"),
        ("增殖站水质达标率目标90%，从86%提高到93.5%", "增殖站水质达标率", "≥90%", "93.5%"),
        ("鱼苗成活率要求85%以上，500尾里活了441尾", "鱼苗成活率", "≥85%", "88.2%"),
        ("渔民满意度目标90%，打电话问了80人，74人满意", "渔民满意度", "≥90%", "92.5%"),
        ("误捕率不超过2‰，第三方监测是1.4‰", "误捕率", "≤2‰", "1.4‰"),
        ("溺水死亡人数控制在1人以内，实际0人", "溺水死亡人数", "≤1人", "0人"),
        ("给60户养殖户减免塘租，实际减免了58户", "减免塘租养殖户数", "≥60户", "58户"),
        ("浮标原来计划换40个，换了38个", "浮标更换数量", "≥40个", "38个"),
        ("码头护栏该修5处，实际5处", "码头护栏维修数量", "≥5处", "5处"),
        ("还有渔船检验，目标260艘，可惜只验了251艘", "渔船检验数量", "≥260艘", "251艘"),
        ("补助标准目标900元/户，实际900元/户", "补助标准", "=900元/户", "900元/户"),
    ],
)
def test_rows_told_in_passing_have_short_names_and_exact_results(
    said: str, name: str, target: str, actual: str
) -> None:
    assert told(said).get(name) == (target, actual), told(said)


def test_things_said_to_be_there_have_the_result_of_their_plan() -> None:
    rows = told("年初计划采购救生艇3艘、潜水服12套、声呐2台。救生艇和声呐全到货了，潜水服只到了10套")
    assert rows == {
        "采购救生艇数量": ("≥3艘", "3艘"),
        "潜水服数量": ("≥12套", "10套"),
        "声呐数量": ("≥2台", "2台"),
    }


def test_numbering_inside_a_line_is_no_part_of_a_name() -> None:
    rows = told("1、渔港清淤，目标8万立方米，完成7.6万立方米；2、航标维护，目标20座，完成20座")
    assert rows == {
        "渔港清淤量": ("≥8万立方米", "7.6万立方米"),
        "航标维护数量": ("≥20座", "20座"),
    }


@pytest.mark.parametrize(
    ("said", "cause", "measure"),
    [
        ("航标计划修20座，修了17座，台风把浮筒冲走了，明年4月补修", "台风把浮筒冲走了", "明年4月补修"),
        ("清淤完工时间计划10月31日，实际12月5日，也是台风耽误的", "受台风影响", ""),
    ],
)
def test_what_follows_a_shortfall_in_one_breath_is_its_cause(said: str, cause: str, measure: str) -> None:
    (found,) = read_facts(said, FORM).causes
    assert (found.cause, found.measure) == (cause, measure)
