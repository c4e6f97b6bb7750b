"""Profiles: what ships is complete and sourced; the loader takes nothing but the exact shape."""

from __future__ import annotations

from decimal import Decimal

import pytest
from overlay import named_form, overlaid

from assistant.errors import DefinitionError
from assistant.form.model import Unplaced
from assistant.rules.check import check_form
from assistant.rules.profile import (
    ASKED_FOR,
    Profile,
    Setting,
    choose_profile,
    load_profile,
    profile_for,
    profile_ids,
    profiles,
    read_profile,
)

CHILD = """
id: example
name: 示例
region: 示例省
document: 示例文件
extends: national-2020
"""


def test_the_default_stands_first() -> None:
    assert profile_ids()[0] == "national-2020"
    assert {"national-2020", "national-2021", "guangxi", "sichuan", "hubei"} <= set(profile_ids())


@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_value_has_a_source_and_a_date(profile_id: str) -> None:
    profile = load_profile(profile_id)
    settings = {name: value for name, value in dict(profile).items() if isinstance(value, Setting)}
    assert len(settings) == sum(
        "Setting[" in str(field.annotation) for field in Profile.model_fields.values()
    )
    for name, setting in settings.items():
        assert setting.source.strip(), name
        assert setting.date.year >= 2020, name
    assert profile.not_checked, "the clauses that are not checked are listed"


@pytest.mark.parametrize("profile_id", profile_ids())
def test_weights_add_up_to_the_total(profile_id: str) -> None:
    profile = load_profile(profile_id)
    levels = profile.level_weights.value
    if levels is None:
        return
    rows = sum(value for value in dict(levels).values() if value is not None)
    assert rows + profile.execution_weight.value == profile.total_weight.value


def test_what_is_said_of_unread_regulations_is_not_called_verified() -> None:
    """What was read are the notes printed on forms of two provinces; how rounding errs needs no text."""
    for profile_id in profile_ids():
        for name, value in load_profile(profile_id):
            if isinstance(value, Setting) and value.verified and name not in ("tolerance", "note_tolerance"):
                assert "自评表" in value.source
                assert "财预" not in value.source


def test_the_practices_differ_where_their_sources_do() -> None:
    assert load_profile("national-2021").level_weights.value.cost == 20
    assert load_profile("hubei").execution_weight.value == 20
    assert load_profile("hubei").qualitative_bands.value.partly == Decimal("0.5")
    assert load_profile("sichuan").goal_actual_limit.value == 100
    assert load_profile("guangxi").over_limit_zero.value == 30
    assert load_profile("guangxi").grades == load_profile("national-2020").grades


def test_a_profile_inherits_with_the_sources() -> None:
    profile = read_profile(
        CHILD + "reverse_rule: {value: linear, source: 示例条款, verified: true, date: 2023-01-01}"
    )
    assert profile.reverse_rule.value == "linear"
    assert profile.reverse_rule.verified
    assert profile.equal_rule == load_profile("national-2020").equal_rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reverse_rule: {value: linear, verified: false, date: 2023-01-01}", "source"),
        ("reverse_rule: {value: linear, source: '', verified: false, date: 2023-01-01}", "source"),
        ("reverse_rule: {value: linear, source: 条款, verified: false}", "date"),
        ("reverse_rule: {value: linear, source: 条款, date: 2023-01-01}", "verified"),
        ("reverse_rule: {value: sideways, source: 条款, verified: false, date: 2023-01-01}", "reverse_rule"),
        ("reverse_rule: linear", "reverse_rule"),
        ("reverse_rules: {value: linear, source: 条款, verified: false, date: 2023-01-01}", "reverse_rules"),
        ("over_limit: {value: 1.3, value: 1.2, source: 条款, verified: false, date: 2023-01-01}", "重复"),
        ("name: 又一个名字", "重复"),
        ("over_limit: {value: 很多, source: 条款, verified: false, date: 2023-01-01}", "over_limit"),
        ("over_limit: {value: 1.3, sauce: 条款, source: 条款, verified: false, date: 2023-01-01}", "sauce"),
        ("qualitative_bands: {value: {achieved: 1.8, partly: 0.6}, source: 条款}", "achieved"),
        ("grades: [", "YAML"),
    ],
)
def test_anything_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        read_profile(CHILD + text)


def test_a_profile_without_a_parent_needs_every_setting() -> None:
    with pytest.raises(DefinitionError, match="execution_weight"):
        read_profile(CHILD.replace("extends: national-2020\n", ""))
    with pytest.raises(DefinitionError, match="项目: 内容"):
        read_profile("- 一\n- 二")


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(DefinitionError, match="national-2020"):
        load_profile("atlantis")


def test_the_structure_of_a_form_chooses_its_profile() -> None:
    assert profile_for(named_form("project_10")).id == "national-2020"
    assert profile_for(named_form("project_101")).id == "national-2021"
    assert profile_for(named_form("transfer")).id == "national-2020"
    assert (
        profile_for(overlaid(named_form("project_10"), {"indicators[5].level1": "成本指标（20分）"})).id
        == "national-2021"
    )


WITHOUT_COST = {"indicators[5].level2": "数量指标", "indicators[5].name": "配发培训教材套数"}


@pytest.mark.parametrize(
    ("changes", "year", "chosen", "said"),
    [
        ({}, None, "national-2020", "按年度（2022）与表式选用：成本指标在产出指标之下"),
        (WITHOUT_COST, None, "national-2021", "按年度（2022）与表式选用：没有成本指标"),
        (WITHOUT_COST, 2021, "national-2020", "按年度（2021）与表式选用：成本没有列为一级指标"),
        ({**WITHOUT_COST, "indicators[1].actual": ""}, None, "national-2020", "按年度（2022）"),
        ({**WITHOUT_COST, "year_line": "", "title": "自评表"}, None, "national-2020", "年度不明"),
    ],
)
def test_year_and_layout_choose_and_say_why(
    changes: dict[str, str], year: int | None, chosen: str, said: str
) -> None:
    form = overlaid(named_form("project_10"), changes)
    choice = choose_profile(form, year)
    assert choice.profile == chosen
    assert said in choice.reason


SICHUAN = {
    "funds[3].label": "财政专户管理资金",
    "funds[4].label": "单位资金",
}


def closing(*labels: str) -> tuple[Unplaced, ...]:
    return tuple(Unplaced(place=f"第1个表格第2{n}行“{label}”", text="无") for n, label in enumerate(labels))


ALL_CLOSING = closing("评价结论", "存在问题", "改进措施")


@pytest.mark.parametrize(
    ("changes", "unplaced", "chosen"),
    [
        (SICHUAN, ALL_CLOSING, "sichuan"),
        (SICHUAN | {"department": "四川省教育厅"}, ALL_CLOSING, "sichuan"),
        (SICHUAN | {"project_name": "51062122T000000111222-教师培训"}, (), "sichuan"),
        # One mark alone stands on other forms too, and so does a name of the province.
        (SICHUAN, (), "national-2020"),
        ({"department": "四川省教育厅"}, ALL_CLOSING, "national-2020"),
        (SICHUAN, closing("评价结论", "存在问题"), "national-2020"),
        (SICHUAN | {"department": "贵州省教育厅"}, ALL_CLOSING, "national-2020"),
    ],
)
def test_a_form_of_sichuan_has_two_marks_and_names_no_other_province(
    changes: dict[str, str], unplaced: tuple[Unplaced, ...], chosen: str
) -> None:
    form = overlaid(named_form("project_10"), changes).model_copy(update={"unplaced": unplaced})
    choice = choose_profile(form)
    assert choice.profile == chosen
    assert ("四川省" in choice.reason) == (chosen == "sichuan")


HUBEI = {"funds[1].label": "年度财政资金总额", "funds[1].weight": "20", "funds[1].score": "19.60"}
KINDS = (Unplaced(place="项目属性", text="1、持续性项目☑ 2、新增性项目□"),)
REASONS = (Unplaced(place="第1个表格第18行“偏差大或目标未完成原因分析”", text="无"),)


@pytest.mark.parametrize(
    ("changes", "unplaced", "chosen"),
    [
        (HUBEI, KINDS, "hubei"),
        (HUBEI, REASONS, "hubei"),
        (HUBEI | {"remark": "定性指标按100%-80%、80%-50%、50%-0%三档计分。"}, (), "hubei"),
        (HUBEI, (), "national-2020"),
        ({"funds[1].label": "年度财政资金总额"}, KINDS, "national-2020"),
        (HUBEI | {"funds[1].label": "年度资金总额"}, KINDS, "national-2020"),
        (HUBEI | {"unit": "湖南省教师发展中心"}, KINDS, "national-2020"),
        (HUBEI, (Unplaced(place="项目属性", text="持续性项目"),), "national-2020"),
    ],
)
def test_a_form_of_hubei_has_two_marks_and_names_no_other_province(
    changes: dict[str, str], unplaced: tuple[Unplaced, ...], chosen: str
) -> None:
    form = overlaid(named_form("project_10"), changes).model_copy(update={"unplaced": unplaced})
    choice = choose_profile(form)
    assert choice.profile == chosen
    assert ("湖北省" in choice.reason) == (chosen == "hubei")


def test_a_sheet_says_why_its_profile_was_used() -> None:
    form = named_form("project_101")
    assert "成本是一级指标" in check_form(form).sheet.profile_reason
    asked = check_form(form, load_profile("hubei")).sheet
    assert (asked.profile, asked.profile_reason) == ("hubei", ASKED_FOR)


def test_a_person_can_choose_among_titled_profiles() -> None:
    titles = [profile.title for profile in profiles()]
    assert titles[0] == "全国通用（成本在产出之下），财预〔2020〕10号（national-2020）"
    assert len(set(titles)) == len(profile_ids()) >= 5


def test_weights_without_cost_have_their_own_frame() -> None:
    profile = load_profile("national-2021")
    with_cost, without = named_form("project_101"), overlaid(named_form("project_10"), WITHOUT_COST)
    assert profile.weights_for(with_cost) == profile.level_weights.value
    assert profile.weights_for(without) == profile.level_weights_without_cost.value
    assert (
        load_profile("national-2020").weights_for(without)
        == load_profile("national-2020").level_weights.value
    )
    assert load_profile("hubei").weights_for(without) is None
