"""Explanations: figures by code, causes only as told, measures that fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.context import Context, form_year
from assistant.drafting.explanations import (
    LONGEST,
    cause_in,
    compose,
    explanation_proposals,
    gap_of,
    measure_for,
    rows_needing,
)
from assistant.drafting.proposal import Proposal, Search
from assistant.form.edit import apply
from assistant.form.model import BLANK, Form, Indicator, Total
from assistant.rules.check import check_form
from assistant.rules.profile import profile_for
from tests.drafting.past_rows import SmallLibrary, nothing
from tests.drafting.sample_forms import trained, with_row

MISSED = with_row(trained(), 1, actual="88人", score="8.8")


def proposals(form: Form, words: str = "", search: Search = nothing) -> list[Proposal]:
    return list(explanation_proposals(Context(form, search, words, profile_for(form), form_year(form))))


def test_a_form_that_met_its_targets_needs_none() -> None:
    assert proposals(trained()) == []


@pytest.mark.parametrize(
    ("level2", "name", "target", "actual", "kind", "figures"),
    [
        ("数量指标", "培训人数", "≥100人", "88人", "shortfall", "完成率88%，比目标少12人"),
        ("数量指标", "培训人数", "≥100", "88", "shortfall", "比目标少12人"),
        ("质量指标", "合格率", "≥95%", "90.5%", "shortfall", "比目标低4.5个百分点"),
        ("数量指标", "巡查次数", "≥12次", "30次", "excess", "为目标的250%，超出18次"),
        ("成本指标", "会议成本", "≤10万元", "12.5万元", "overrun", "比目标高2.5万元"),
        ("成本指标", "会议成本", "≤10万元", "0万元", "underspend", "比目标低10万元"),
        ("质量指标", "增加值增速", "1-3%", "9.5%", "excess", "高于范围6.5个百分点"),
        ("时效指标", "完工时间", "2024年10月底前", "2024年12月5日", "late", "比计划晚35天"),
        ("社会效益指标", "诊疗能力", "有效提升", "部分提升", "partial", "实际为“部分提升”"),
    ],
)
def test_direction_and_size_are_computed(
    level2: str, name: str, target: str, actual: str, kind: str, figures: str
) -> None:
    gap = gap_of(Indicator(level2=level2, name=name, target=target, actual=actual))
    assert gap is not None
    assert gap.kind == kind
    assert figures in gap.figures


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥100人", "100人"), ("≥100人", ""), ("", "88人"), ("有效提升", "有效提升"), ("3-5天", "4天")],
)
def test_no_deviation_no_gap(target: str, actual: str) -> None:
    assert gap_of(Indicator(level2="数量指标", name="培训人数", target=target, actual=actual)) is None


def test_an_unknown_cause_is_asked_for_and_never_made_up() -> None:
    (one,) = proposals(MISSED)
    assert one.location.row == 1
    assert one.new.startswith("偏差原因：年度指标值100人，实际完成88人，完成率88%，比目标少12人")
    assert BLANK in one.new
    assert "改进措施：下一年度由某市卫生培训中心负责" in one.new
    assert "第1行“村医培训人数”目标100人，实际88人" in one.question
    assert one.grounded


def test_the_cause_is_the_users_own() -> None:
    (one,) = proposals(MISSED, "村医培训人数少了12人，因为有乡镇值班抽不开身。")
    assert "因有乡镇值班抽不开身" in one.new
    assert BLANK not in one.new
    assert one.question == ""
    assert "取自您所说" in one.reason
    assert one.grounded


def test_the_measure_is_the_users_own_where_there_is_one() -> None:
    (one,) = proposals(MISSED, "第1行的原因是乡镇值班抽不开身，下一步我们分批安排参训。")
    assert one.new.endswith("改进措施：下一步我单位分批安排参训。")


def test_causes_find_their_rows() -> None:
    form = with_row(MISSED, 5, actual="52万元", score="9.62")
    words = "第1行是因为乡镇值班抽不开身。成本高是由于场地涨价。"
    found = {one.location.row: one.new for one in proposals(form, words)}
    assert "值班" in found[1]
    assert "场地涨价" in found[5]
    assert "场地" not in found[1]


def test_a_cause_told_over_two_sentences_stays_together() -> None:
    (one,) = proposals(MISSED, "第1行的原因是值班抽不开身；另外有3人请病假导致缺席。")
    assert "值班抽不开身" in one.new
    assert "3人请病假" in one.new


def test_a_cause_that_the_rules_refute_is_asked_again() -> None:
    (one,) = proposals(MISSED, "第1行的原因是5人去世、4人未联系上。")
    assert BLANK in one.new
    assert "核对" in one.question
    assert "没有采用" in one.reason


def test_a_cause_in_the_form_without_a_measure_is_completed() -> None:
    form = with_row(MISSED, 1, explanation="暴雪影响")
    (one,) = proposals(form)
    assert "受暴雪影响" in one.new
    assert "改进措施：" in one.new
    assert one.question == ""


def test_good_explanations_are_left_alone() -> None:
    good = "偏差原因：有乡镇值班抽不开身，少12人。改进措施：后续分批安排参训。"
    assert proposals(with_row(MISSED, 1, explanation=good)) == []


@pytest.mark.parametrize("said", ["无", "/", "无偏差", BLANK])
def test_nothing_said_beside_a_deviation_is_replaced(said: str) -> None:
    (one,) = proposals(with_row(MISSED, 1, explanation=said))
    assert one.old == said
    assert one.new.startswith("偏差原因：")


def test_far_over_the_target_calls_for_a_better_target() -> None:
    form = with_row(trained(), 2, actual="9期")
    (one,) = proposals(form)
    assert "超出5期" in one.new
    assert "科学设定绩效目标" in one.new
    assert "为什么会超出" in one.question


def test_past_explanations_are_shown_as_examples_only() -> None:
    (one,) = proposals(MISSED, search=SmallLibrary())
    assert [shown.indicator for shown in one.evidence] == ["乡村医生培训人数"]
    assert "值班人手紧张" in one.evidence[0].text
    assert "值班" not in one.new
    assert "不是本项目的事实" in one.reason


def test_a_low_execution_is_explained_in_the_total_row() -> None:
    funds = list(trained().funds)
    spent = {"executed": "30", "rate": "60.00%"}
    funds[0] = funds[0].model_copy(update={**spent, "score": "6"})
    funds[1] = funds[1].model_copy(update={"executed": "30"})
    form = trained(funds=tuple(funds), total=Total(weight="100", score="96"))
    form = with_row(form, 5, actual="30万元")
    found = [one for one in proposals(form) if one.location.section == "total"]
    assert len(found) == 1
    assert "执行30万元，执行率60%，未执行20万元" in found[0].new
    assert BLANK in found[0].new
    told = [
        one
        for one in proposals(form, "预算没花完是因为尾款要等验收后支付。")
        if one.location.section == "total"
    ]
    assert "尾款" in told[0].new
    assert "验收" in told[0].new.partition("改进措施")[2]
    assert told[0].question == ""


def test_accepted_explanations_satisfy_the_rules() -> None:
    form = with_row(with_row(MISSED, 2, actual="9期"), 5, actual="52万元", score="9.62")
    before = {finding.rule for finding in check_form(form).findings}
    assert {"deviation_unexplained", "over_completion_unexplained"} <= before
    words = "第1行因为值班抽不开身。第2行因为增加了两个县的班次。第5行因为场地涨价。"
    whole = apply(form, [edit for one in proposals(form, words) for edit in one.edits])
    rules = {f.rule for f in check_form(whole).findings if f.location.field == "explanation"}
    assert not {rule for rule in rules if "explan" in rule}
    assert rows_needing(Context(whole, nothing, "", profile_for(whole))) == ()


def test_a_cause_of_a_known_kind_calls_for_its_own_measure() -> None:
    row = Indicator(name="补助发放人数", level2="数量指标")
    assert "名册" in measure_for("shortfall", row, "有3人去世")
    assert "财政部门" in measure_for("shortfall", row, "资金未下达")
    assert measure_for("shortfall", row, "").startswith("下一年度")
    long_name = "某某市某某区某某街道办事处某某社区居民委员会某某服务站"
    assert long_name not in measure_for("shortfall", row, "", long_name)


def test_causes_are_read_out_of_printed_explanations() -> None:
    assert cause_in("偏差原因：设备到货晚。改进措施：提前下单。") == "设备到货晚"
    assert cause_in("设备到货晚。今后提前下单。") == "设备到货晚"
    assert cause_in("无") == ""


counts = st.integers(min_value=1, max_value=10**6)


@given(counts, counts, st.sampled_from(["", "因人手不足", "设备到货晚"]))
def test_every_text_carries_both_figures_and_a_measure_within_the_usual_length(
    target: int, actual: int, cause: str
) -> None:
    row = Indicator(level2="数量指标", name="培训人数", target=f"≥{target}人", actual=f"{actual}人")
    gap = gap_of(row)
    if gap is None:
        assert target == actual
        return
    text = compose(gap, cause, measure_for(gap.kind, row, cause, "某中心"))
    figures = re.findall(r"\d+(?:\.\d+)?", text)
    assert str(target) in figures
    assert str(actual) in figures
    assert (BLANK in text) == (not cause)
    assert "改进措施：" in text
    assert len(text) <= LONGEST
