"""Goal texts composed from the table: every figure of theirs stands in it."""

from __future__ import annotations

import pytest

from assistant.drafting.context import Context, form_year
from assistant.drafting.goals import actual_text, expected_text, goal_proposals
from assistant.drafting.proposal import Proposal
from assistant.form.edit import apply
from assistant.form.model import BLANK, Form, Goal, Indicator
from assistant.rules.check import check_form
from assistant.rules.profile import profile_for
from tests.drafting.past_rows import nothing
from tests.drafting.sample_forms import trained

BARE = trained(goal=Goal())


def proposals(form: Form) -> list[Proposal]:
    return list(goal_proposals(Context(form, nothing, "", profile_for(form), form_year(form))))


def test_empty_goals_are_composed_from_the_table() -> None:
    expected, actual = proposals(BARE)
    assert expected.new.startswith("2024年度，安排资金50万元，实施村医能力提升培训")
    for part in (
        "村医培训人数不少于100人",
        "考核合格率不低于95%",
        "培训总成本不超过50万元",
        "村医诊疗能力有效提升",
    ):
        assert part in expected.new
    assert "考核合格率97%" in actual.new
    assert "全年预算50万元，执行48万元" in actual.new
    assert expected.grounded
    assert actual.grounded


def test_composed_goals_satisfy_the_rules() -> None:
    whole = apply(BARE, [edit for one in proposals(BARE) for edit in one.edits])
    assert [f.rule for f in check_form(whole).findings if f.location.section == "goal"] == []


def test_goals_that_are_there_are_left_alone() -> None:
    assert proposals(trained()) == []


def test_too_little_known_gives_no_goal() -> None:
    few = BARE.model_copy(update={"indicators": BARE.indicators[:2]})
    assert proposals(few) == []
    assert expected_text(BARE.model_copy(update={"project_name": ""}), 2024) == ""


def test_blanks_never_enter_a_goal() -> None:
    rows = (BARE.indicators[0].model_copy(update={"target": f"≥{BLANK}人"}), *BARE.indicators[1:])
    text = expected_text(BARE.model_copy(update={"indicators": rows}), 2024)
    assert BLANK not in text
    assert "村医培训人数" not in text
    assert "培训班次" in text


def test_the_actual_goal_states_actuals_only() -> None:
    rows = tuple(row.model_copy(update={"actual": ""}) for row in BARE.indicators)
    assert actual_text(BARE.model_copy(update={"indicators": rows}), 2024) == ""


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (("数量指标", "巡查次数", "≥12次"), "巡查次数不少于12次"),
        (("质量指标", "事故发生数", "=0次"), "事故发生数为0次"),
        (("时效指标", "完工时间", "2024年10月底前"), "完工时间不晚于2024年10月底"),
        (("时效指标", "平均工期", "3-5天"), "平均工期为3-5天"),
        (("社会效益指标", "提升服务能力", "有效提升"), "有效提升服务能力"),
        (("可持续影响指标", "管护机制", "长期"), "管护机制长期有效"),
    ],
)
def test_each_kind_of_target_is_said_in_words(row: tuple[str, str, str], text: str) -> None:
    level2, name, target = row
    form = BARE.model_copy(
        update={
            "indicators": (
                *BARE.indicators[:3],
                Indicator(level2=level2, name=name, target=target),
            )
        }
    )
    assert text in expected_text(form, 2024)
