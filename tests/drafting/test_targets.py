"""Targets: what names measure, what precedents say, what only the office knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.context import Context, Draft, form_year
from assistant.drafting.targets import draft_target
from assistant.form.model import BLANK, Form, FundLine, Goal, Indicator
from assistant.rules.profile import load_profile
from assistant.understanding.measure import read_measure, target_in, wording_for
from tests.drafting.past_rows import SmallLibrary, nothing, row

NATIONAL = load_profile("national-2020")


def drafted(
    name: str,
    level2: str = "数量指标",
    *,
    words: str = "",
    search: object = None,
    others: tuple[Indicator, ...] = (),
    **form: object,
) -> Draft:
    rows = (Indicator(level1="产出指标", level2=level2, name=name), *others)
    content = {"project_name": "样例工作", "unit": "某单位", "year": 2024, "indicators": rows, **form}
    whole = Form.model_validate(content)
    context = Context(whole, search or nothing, words, NATIONAL, form_year(whole, words))  # type: ignore[arg-type]
    return draft_target(context, 1)


NAMES = [
    ("参训学员人数", "数量指标", "count", "人", False),
    ("惠民演出场次", "数量指标", "count", "场", False),
    ("新建公厕数量", "数量指标", "count", "个", False),
    ("改造老旧管网长度", "数量指标", "count", "公里", False),
    ("绿化造林面积", "数量指标", "count", "亩", False),
    ("校舍维修面积", "数量指标", "count", "平方米", False),
    ("服务群众人次", "数量指标", "count", "人次", False),
    ("帮扶困难户数", "数量指标", "count", "户", False),
    ("扶持小微企业数量", "数量指标", "count", "家", False),
    ("购置执法车辆数量", "数量指标", "count", "辆", False),
    ("编制专项规划数量", "数量指标", "count", "篇", False),
    ("印制宣传手册数量", "数量指标", "count", "份", False),
    ("开展食品安全抽检", "数量指标", "count", "次", False),
    ("建设监测站点", "数量指标", "count", "个", False),
    ("课程研发数量（门）", "数量指标", "count", "门", False),
    ("养老床位补贴张数", "数量指标", "count", "张", False),
    ("疫苗接种剂次", "数量指标", "count", "剂次", False),
    ("提供法律援助案件", "数量指标", "count", "件", False),
    ("印发宣传折页", "数量指标", "count", "份", False),
    ("食品抽检不合格率", "质量指标", "percent", "%", True),
    ("每亩补助标准", "成本指标", "money", "元", True),
    ("资金节约率", "成本指标", "percent", "%", False),
    ("行政审批时限", "时效指标", "duration", "工作日", True),
    ("项目建设周期", "时效指标", "duration", "天", True),
    ("带动就业人数", "社会效益指标", "count", "人", False),
    ("单位能耗下降率", "生态效益指标", "percent", "%", False),
    ("工程验收合格率", "质量指标", "percent", "%", False),
    ("系统正常运行率", "质量指标", "percent", "%", False),
    ("药品质量达标情况", "质量指标", "percent", "%", False),
    ("投诉处理率", "质量指标", "percent", "%", False),
    ("群众投诉率", "质量指标", "percent", "%", True),
    ("安全生产事故发生率", "社会效益指标", "percent", "%", True),
    ("资金拨付及时率", "时效指标", "percent", "%", False),
    ("工程完工时间", "时效指标", "date", "", False),
    ("故障平均响应时间", "时效指标", "duration", "小时", True),
    ("项目总投资", "成本指标", "money", "万元", True),
    ("人均培训成本", "成本指标", "money", "元", True),
    ("带动社会投资额", "经济效益指标", "money", "万元", False),
    ("农民收入水平", "经济效益指标", "wording", "", False),
    ("公众环保意识", "社会效益指标", "wording", "", False),
    ("地表水质改善情况", "生态效益指标", "wording", "", False),
    ("长效管护机制", "可持续影响指标", "wording", "", False),
    ("受益群众满意度", "服务对象满意度指标", "percent", "%", False),
]


@pytest.mark.parametrize(
    ("name", "level2", "shape", "unit", "lower"), NAMES, ids=[entry[0] for entry in NAMES]
)
def test_a_name_tells_what_it_measures(name: str, level2: str, shape: str, unit: str, lower: bool) -> None:
    measure = read_measure(name, level2)
    assert (measure.shape, measure.unit, measure.lower) == (shape, unit, lower)


def test_a_quantity_only_the_office_knows_stays_a_marked_blank_with_the_range_of_precedents() -> None:
    draft = drafted("基层干部培训人数", search=SmallLibrary())
    assert draft.new == f"≥{BLANK}人"
    assert "30人–60人" in draft.reason
    assert "24人–66人" in draft.reason
    assert "第1行“基层干部培训人数”今年的目标是多少人" in draft.question
    assert {one.indicator for one in draft.evidence} == {"骨干教师培训人数", "乡村医生培训人数"}


def test_the_users_number_becomes_the_target_and_last_years_is_only_told() -> None:
    draft = drafted("培训人数", words="去年培训了84人，今年计划100人。", search=SmallLibrary())
    assert draft.new == "≥100人"
    assert "84人" in draft.reason
    assert draft.question == ""


def test_bare_numbers_of_another_thing_are_no_precedents() -> None:
    library = SmallLibrary(
        (
            row(1, 1, "数量指标", "每期培训天数", "4", "4"),
            row(1, 2, "数量指标", "培训学员人数", "≥60", "84"),
        )
    )
    draft = drafted("培训人数", words="今年计划100人。", search=library)
    assert "近似指标1条：目标60人，实际84人" in draft.reason
    assert [one.indicator for one in draft.evidence] == ["培训学员人数"]


def test_a_stated_bound_is_kept() -> None:
    assert drafted("群众满意度", "满意度指标", words="群众满意度要达到88%以上").new == "≥88%"


def test_a_rate_follows_the_most_usual_precedent() -> None:
    draft = drafted("学员满意度", "满意度指标", search=SmallLibrary())
    assert draft.new == "≥92%"
    assert "目标92%" in draft.reason
    assert draft.evidence


def test_without_precedents_a_rate_follows_custom_and_says_so() -> None:
    draft = drafted("居民满意度", "满意度指标")
    assert (draft.new, draft.evidence) == ("≥90%", ())
    assert "没有近似指标" in draft.reason


def test_a_value_below_custom_is_said_to_be_so() -> None:
    library = SmallLibrary(tuple(row(n, 1, "质量指标", "设备验收合格率", "≥80%", "90%") for n in (1, 2, 3)))
    draft = drafted("仪器验收合格率", "质量指标", search=library)
    assert draft.new == "≥80%"
    assert "低于一般惯例95%" in draft.reason


def test_targets_that_used_to_be_too_low_are_pointed_out() -> None:
    draft = drafted("河道巡查次数", search=SmallLibrary())
    assert draft.new == f"≥{BLANK}次"
    assert "130%以上" in draft.reason


def test_last_years_row_of_the_same_project_is_named() -> None:
    draft = drafted("桥梁巡查次数", search=SmallLibrary(), project_name="桥梁巡查")
    assert "同一项目2023年“桥梁巡查次数”目标≥8次，实际16次" in draft.reason


def test_a_form_is_never_its_own_evidence() -> None:
    draft = drafted(
        "桥梁巡查次数", search=SmallLibrary(), project_name="桥梁巡查", unit="样例单位", year=2023
    )
    assert all(one.project_name != "桥梁巡查" for one in draft.evidence)


def test_dates_end_with_the_forms_year() -> None:
    assert drafted("项目完工时间", "时效指标").new == "2024年12月31日前"
    assert drafted("项目完工时间", "时效指标", words="10月底前完工").new == "2024年10月底前"
    unknown = drafted("项目完工时间", "时效指标", year=None)
    assert unknown.new.startswith(BLANK)
    assert unknown.question


FUNDS = (FundLine(label="年度资金总额", initial="56", budget="60.5"),)


def test_the_whole_cost_is_bounded_by_the_budget() -> None:
    draft = drafted("项目总成本", "成本指标", funds=FUNDS)
    assert draft.new == "≤60.5万元"
    assert "全年预算数60.5万元" in draft.reason


def test_a_budget_in_yuan_is_converted() -> None:
    funds = (FundLine(label="年度资金总额", budget="605,000"),)
    assert drafted("项目总成本", "成本指标", funds=funds, money_unit="元").new == "≤60.5万元"


def test_the_last_open_cost_is_what_the_budget_leaves_and_asked_about() -> None:
    other = Indicator(level2="成本指标", name="场地费", target="≤20万元")
    draft = drafted("讲课费", "成本指标", funds=FUNDS, others=(other,))
    assert draft.new == "≤40.5万元"
    assert draft.question


def test_parts_of_a_cost_are_asked_for() -> None:
    others = (Indicator(level2="成本指标", name="场地费"), Indicator(level2="成本指标", name="住宿费"))
    draft = drafted("讲课费", "成本指标", funds=FUNDS, others=others)
    assert draft.new == f"≤{BLANK}万元"
    assert "第1行“讲课费”的预算" in draft.question


def test_a_count_in_the_name_is_added_up() -> None:
    draft = drafted("补助离休干部12人及遗属9人")
    assert draft.new == "≥21人"
    assert "合计21人" in draft.reason


def test_a_target_printed_in_the_name_is_taken_over() -> None:
    assert target_in("老人满意率≧95%") == "≥95%"
    assert drafted("老人满意率≧95%", "满意度指标").new == "≥95%"


def test_the_goals_quantity_is_used() -> None:
    draft = drafted("新建文化广场数量", goal=Goal(expected="年内新建文化广场7个。"))
    assert draft.new == "≥7个"
    assert "预期目标" in draft.reason


def test_wordings_follow_the_name() -> None:
    assert wording_for("提升公众节水意识", "社会效益") == "明显提高"
    assert wording_for("改善办学条件", "社会效益") == "有效改善"
    assert drafted("群众出行安全", "社会效益指标", search=SmallLibrary()).new == "有效保障"


def test_bad_events_are_to_be_none() -> None:
    assert drafted("安全责任事故发生率", "质量指标").new == "=0%"


def test_bad_events_that_happen_are_bounded_by_the_office() -> None:
    draft = drafted("群众投诉次数", "质量指标")
    assert draft.new == f"≤{BLANK}次"
    assert draft.question


def test_a_beginning_is_no_year_end() -> None:
    draft = drafted("工程开工时间", "时效指标")
    assert draft.new == f"2024年{BLANK}前"
    assert draft.question


def test_a_nearly_identical_precedent_outweighs_the_name() -> None:
    library = SmallLibrary(tuple(row(n, 1, "时效指标", "设备交付期限", "≤30天", "28天") for n in (1, 2)))
    assert drafted("设备交付期限", "时效指标", search=library).new == f"≤{BLANK}天"


@given(
    st.text(max_size=30),
    st.sampled_from(["数量指标", "质量指标", "成本指标", "社会效益指标", "满意度指标", ""]),
)
def test_any_name_gets_some_target_without_inventing_a_count(name: str, level2: str) -> None:
    draft = drafted(name or "指标", level2)
    assert draft.new
    assert draft.reason.endswith("。")
