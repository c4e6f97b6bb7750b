"""Indicator sets: complete, ordered, short names, weights that add up, nothing made up."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.context import Context, form_year
from assistant.drafting.indicators import indicator_proposals
from assistant.drafting.kinds import kinds_of
from assistant.drafting.proposal import Proposal, Search
from assistant.drafting.propose import propose
from assistant.drafting.structure import place, share, structure_of
from assistant.drafting.weights import weight_proposals
from assistant.form.edit import apply
from assistant.form.model import BLANK, Form, FundLine, Goal, Indicator
from assistant.rules.profile import Profile, load_profile
from assistant.understanding.customs import customs, project_kinds
from assistant.understanding.measure import read_measure
from tests.drafting.past_rows import SmallLibrary, nothing, row
from tests.drafting.sample_forms import trained

NATIONAL = load_profile("national-2020")
COST_FIRST = load_profile("national-2021")


def described(name: str, *, goal: str = "", budget: str = "60", **more: object) -> Form:
    funds = (FundLine(label="年度资金总额", initial=budget, budget=budget, weight="10"),)
    content = {
        "project_name": name,
        "unit": "某单位",
        "year": 2024,
        "funds": funds,
        "goal": Goal(expected=goal),
    }
    return Form.model_validate({**content, **more})


def proposed(
    form: Form, words: str = "", *, search: Search = nothing, profile: Profile = NATIONAL
) -> list[Proposal]:
    context = Context(form, search, words, profile, form_year(form, words))
    return list(indicator_proposals(context, structure_of(form, profile)))


def accepted(form: Form, proposals: list[Proposal]) -> Form:
    return apply(form, [edit for one in proposals for edit in one.edits])


PROJECTS = [
    ("社区老年食堂改造", "改造食堂6处，服务老人800人次"),
    ("村道硬化工程", "硬化村道15公里"),
    ("执法设备更新", "采购执法记录仪40台"),
    ("困难家庭临时救助", "救助困难家庭320户"),
    ("县域旅游推介", "举办推介会3场"),
    ("水源地保护规划编制", "编制规划2篇"),
    ("政务云平台运维", "运维系统5套"),
    ("安全生产督导检查", "检查企业120家"),
    ("荒山绿化", "造林3000亩"),
    ("动物疫病防控", "免疫牲畜2万头"),
    ("小微企业贷款贴息", "为60家企业贴息"),
    ("居民慢病筛查", "筛查居民5000人次"),
    ("驻村工作队经费", "派驻工作队员12人"),
    ("普法宣传", "开展普法宣传20次"),
    ("机关日常运转", ""),
]


@pytest.mark.parametrize(("name", "words"), PROJECTS, ids=[entry[0] for entry in PROJECTS])
def test_a_description_becomes_a_complete_set(name: str, words: str) -> None:
    form = described(name)
    proposals = proposed(form, words, search=SmallLibrary())
    whole = accepted(form, proposals)
    structure = structure_of(form, NATIONAL)
    keys = [structure.key(one) for one in whole.indicators]
    order = [level.key for level in structure.levels]
    assert set(structure.required) <= set(keys)
    assert [order.index(key) for key in keys] == sorted(order.index(key) for key in keys)
    assert 7 <= len(keys) <= 12
    for first, points in structure.points.items():
        weights = [Decimal(one.weight) for one in whole.indicators if structure.first_level(one) == first]
        assert sum(weights) == points
        assert all(weight > 0 and weight * 10 % 1 == 0 for weight in weights)
    for one in whole.indicators:
        assert 3 <= len(one.name) <= 20
        assert not re.search(r"\d", one.name)
        assert one.target
    assert len({one.name for one in whole.indicators}) == len(whole.indicators)


def test_what_the_user_names_becomes_rows_with_these_targets() -> None:
    words = "去年培训了84人，今年计划培训100人，办3期培训班，预算60万元，满意度要达到96%以上。"
    proposals = proposed(described("村干部能力提升培训"), words, search=SmallLibrary())
    rows = {one.edits[0].indicator.name: one for one in proposals if one.edits[0].indicator}
    assert rows["培训人数"].new.split("｜")[3] == "≥100人"
    assert "84人" in rows["培训人数"].reason
    assert rows["培训人数"].evidence
    assert rows["培训班期数"].new.split("｜")[3] == "≥3期"
    assert not any("预算" in name for name in rows)
    satisfaction = [one for one in proposals if "满意度指标｜" in one.new]
    assert [one.new.split("｜")[3] for one in satisfaction] == ["≥96%"]


def test_the_goal_counts_like_the_users_words() -> None:
    proposals = proposed(described("文化惠民", goal="年内举办惠民演出45场。"))
    assert any("≥45场" in one.new for one in proposals)


def test_nothing_said_leaves_marked_blanks_and_questions() -> None:
    proposals = proposed(described("村干部能力提升培训"), search=SmallLibrary())
    counts = [one for one in proposals if "｜数量指标｜" in one.new]
    assert counts
    assert all(BLANK in one.new and one.question for one in counts)


def test_the_whole_cost_is_the_budget() -> None:
    (cost,) = [one for one in proposed(described("村道硬化工程")) if "｜成本指标｜" in one.new]
    assert "≤60万元" in cost.new


def test_a_budget_that_was_only_said_is_used() -> None:
    form = described("村道硬化工程").model_copy(update={"funds": ()})
    (cost,) = [one for one in proposed(form, "预算88万元，硬化村道15公里") if "｜成本指标｜" in one.new]
    assert "≤88万元" in cost.new


def test_parts_of_the_cost_that_were_named_become_rows() -> None:
    proposals = proposed(described("村干部能力提升培训"), "其中教材费20万元，场地费40万元。")
    costs = [one.new for one in proposals if "｜成本指标｜" in one.new]
    assert [one.split("｜")[2:4] for one in costs] == [["教材费", "≤20万元"], ["场地费", "≤40万元"]]


def test_names_of_other_projects_are_generalised_or_left() -> None:
    past = (
        row(1, 1, "质量指标", "2022年第三届“星光杯”培训合格率", "≥95%", "96%", project_name="教师培训"),
        row(2, 1, "时效指标", "培训按时完成率", "=100%", "100%", project_name="教师培训"),
    )
    names = [one.new.split("｜")[2] for one in proposed(described("村医培训"), search=SmallLibrary(past))]
    assert not any("星光杯" in name for name in names)
    assert "培训按时完成率" in names


def test_custom_without_evidence_says_so() -> None:
    proposals = proposed(described("荒山绿化"), "造林3000亩")
    customary = [one for one in proposals if not one.evidence and "｜质量指标｜" in one.new]
    assert customary
    assert all("惯例" in one.reason for one in customary)


def test_only_missing_levels_are_added_to_rows_that_are_there() -> None:
    form = trained()
    rows = tuple(one for one in form.indicators if "满意" not in one.level2 and "成本" not in one.level2)
    proposals = proposed(form.model_copy(update={"indicators": rows}))
    assert [one.new.split("｜")[1] for one in proposals] == ["成本指标", "服务对象满意度指标"]
    assert [one.new.split("｜")[4] for one in proposals] == ["10分", "10分"]
    assert [one.location.row for one in proposals] == [5, 8]


def test_a_complete_form_gets_nothing() -> None:
    assert proposed(trained()) == []


def test_a_profile_with_costs_first_is_followed() -> None:
    form = described("村道硬化工程")
    whole = accepted(form, proposed(form, "硬化村道15公里", profile=COST_FIRST))
    assert whole.indicators[0].level1 == "成本指标"
    assert sum(Decimal(one.weight) for one in whole.indicators if one.level1 == "成本指标") == 20
    assert sum(Decimal(one.weight) for one in whole.indicators) == 90


def test_transfer_forms_carry_no_weights() -> None:
    form = described("农田水利补助", template="transfer")
    assert all(one.edits[0].indicator and one.edits[0].indicator.weight == "" for one in proposed(form))


def test_ids_are_stable_and_unique() -> None:
    form = described("村道硬化工程")
    first, second = proposed(form, "硬化村道15公里"), proposed(form, "硬化村道15公里")
    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == len(first)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("驾驶员安全培训", "training"),
        ("中小企业经营管理人才培训", "training"),
        ("农村公路养护", "road"),
        ("残疾人生活补贴", "benefit"),
        ("门户网站运维", "information_system"),
        ("春季造林绿化", "environment"),
        ("广场舞大赛", "event"),
        ("疫苗接种", "health"),
        ("禁毒工作", "police"),
        ("老旧小区改造", "housing"),
        ("其他工作经费", "general"),
        ("某市卫生健康委员会的村医能力提升培训项目", "training"),
        ("农村道路建设专项资金", "road"),
        ("中小学校舍维修改造工程", "construction"),
        ("企业职工技能提升补贴", "benefit"),
        ("战略性新兴产业专项资金", "enterprise_grant"),
        ("农村饮水安全维修养护", "water"),
        ("办公楼维修", "operation"),
    ],
)
def test_names_tell_the_kind(name: str, kind: str) -> None:
    assert kinds_of(Form(project_name=name))[0].id == kind


def test_every_kind_covers_what_a_set_needs_with_names_that_can_be_read() -> None:
    keys = {level.key for level in customs().second_levels}
    for kind in project_kinds():
        assert {"数量", "质量", "时效", "成本", "社会效益", "可持续影响", "满意度"} <= set(kind.rows) <= keys
        for level, rows in kind.rows.items():
            label = next(one.label for one in customs().second_levels if one.key == level)
            for one in rows:
                measure = read_measure(one.name, label)
                assert level != "数量" or measure.shape == "count", one.name
                assert level != "满意度" or "满意" in one.name
                assert not re.search(r"\d", one.name)


@given(
    st.decimals(min_value=1, max_value=100, places=1, allow_nan=False), st.integers(min_value=1, max_value=15)
)
def test_shares_add_up_exactly_and_hardly_differ(points: Decimal, count: int) -> None:
    shares = share(points, count)
    assert sum(shares) == points
    assert max(shares) - min(shares) <= max(Decimal(1), points % 1 + Decimal("0.1"))


def test_weights_are_completed_and_corrected() -> None:
    form = trained()
    rows = list(form.indicators)
    rows[0] = rows[0].model_copy(update={"weight": ""})
    rows[5] = rows[5].model_copy(update={"weight": "30"})
    changed = form.model_copy(update={"indicators": tuple(rows)})
    context = Context(changed, nothing, "", NATIONAL)
    (one,) = weight_proposals(context, structure_of(changed, NATIONAL))
    whole = apply(changed, one.edits)
    assert [row.weight for row in whole.indicators] == [row.weight for row in form.indicators]
    assert list(weight_proposals(Context(form, nothing, "", NATIONAL), structure_of(form, NATIONAL))) == []


def test_a_full_level_makes_room_for_what_it_lacks() -> None:
    form = trained()
    rows = tuple(
        one.model_copy(update={"weight": "25"}) if one.level2 in ("数量指标", "质量指标") else one
        for one in form.indicators
        if one.level2 not in ("时效指标", "成本指标") and one.name != "培训班次"
    )
    form = form.model_copy(update={"indicators": rows, "goal": Goal()})
    found = propose(form, "indicators", nothing).proposals
    assert [one.kind for one in found] == ["indicator", "indicator", "weights"]
    whole = apply(form, [edit for one in reversed(found) for edit in one.edits])
    outputs = [Decimal(one.weight) for one in whole.indicators if one.level1 == "产出指标"]
    assert sum(outputs) == 50
    assert len(outputs) == 4
    assert max(outputs) - min(outputs) <= 1


def test_a_row_is_placed_behind_its_level() -> None:
    form, structure = trained(), structure_of(trained(), NATIONAL)
    assert place(form, "数量", structure) == 3
    assert place(form, "经济效益", structure) == 6
    assert place(form, "满意度", structure) == 9
    unknown = form.model_copy(update={"indicators": (Indicator(name="？"),)})
    assert place(unknown, "数量", structure) == 1
