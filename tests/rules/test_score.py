"""The score sheet: every point with its arithmetic, under every variant that a profile can say."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from overlay import named_form, overlaid

from assistant.form.model import Form, FundLine, Indicator
from assistant.form.value import Direction
from assistant.rules.profile import Profile, load_profile, profile_for, read_profile
from assistant.rules.score import IndicatorScore, score_form

GOLDEN = Path(__file__).parents[2].parent / "shared" / "golden"
HEAD = "id: variant\nname: 变体\nregion: 示例\ndocument: 示例\nextends: national-2020\n"


def variant(**settings: str) -> Profile:
    lines = [
        f"{name}: {{value: {value}, source: 示例, verified: false, date: 2023-01-01}}"
        for name, value in settings.items()
    ]
    return read_profile(HEAD + "\n".join(lines))


def row(
    target: str, actual: str, weight: str = "10", profile: Profile | None = None, **cells: str
) -> IndicatorScore:
    indicator = Indicator(
        **{"level1": "产出指标", "level2": "数量指标", "name": "数量", **cells},
        target=target,
        actual=actual,
        weight=weight,
    )
    form = Form(indicators=(indicator,), year=2022)
    return score_form(form, profile or load_profile("national-2020")).indicators[0]


COST = {"level2": "成本指标", "name": "总成本"}


@pytest.mark.parametrize(
    ("target", "actual", "weight", "points", "formula"),
    [
        ("24", "20", "8", "6.67", "8 × 20 ÷ 24 = 6.67"),
        ("≥24人", "24人", "8", "8", "达到目标，得满分 8"),
        ("≥24人", "240人", "8", "8", "达到目标，得满分 8"),
        ("≥30家", "0", "1", "0", "1 × 0 ÷ 30 = 0"),
        ("≥30家", "-3家", "5", "0", "5 × -3 ÷ 30 = 0，不低于 0"),
        ("≤12万元", "13.014万元", "8", "7.38", "8 × 12 ÷ 13.014 = 7.38"),
        ("≤12万元", "130140元", "8", "7.38", "8 × 12 ÷ 13.014 = 7.38"),
        ("≤6万元", "0万元", "2", "2", "达到目标，得满分 2"),
        ("≤0", "0", "20", "20", "达到目标，得满分 20"),
        ("≤0", "3", "20", "0", "目标为 0，实际 3，得 0"),
        ("=10次", "15次", "5", "5", "达到目标，得满分 5"),
        ("=10次", "8次", "5", "4", "5 × 8 ÷ 10 = 4"),
        ("=0次", "0次", "5", "5", "达到目标，得满分 5"),
        ("=0次", "1次", "5", "0", "目标为 0，实际 1，得 0"),
        ("3-5天", "5天", "5", "5", "达到目标，得满分 5"),
        ("2022年6月前", "2022年6月15日", "5", "5", "达到目标，得满分 5"),
        ("12月31日前", "2022年12月1日", "5", "5", "达到目标，得满分 5"),
        ("有效提升", "有效提升", "7", "7", "达到目标，得满分 7"),
        ("有效提升", "达成预期目标", "7", "7", "达到目标，得满分 7"),
        ("零投诉", "0", "7", "7", "达到目标，得满分 7"),
        ("≥95%", "0.97", "5", "5", "达到目标，得满分 5"),
        ("≥3000万元", "0.32亿元", "15", "15", "达到目标，得满分 15"),
        ("≥3000万元", "0.1亿元", "15", "5", "15 × 1000 ÷ 3000 = 5"),
    ],
)
def test_points_and_arithmetic(target: str, actual: str, weight: str, points: str, formula: str) -> None:
    score = row(target, actual, weight)
    assert (score.rule, score.formula) == (Decimal(points), formula)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        ("", "5", "年度指标值未填"),
        ("≥XX个", "5个", "不能用来计分"),
        ("≥5个", "", "实际完成值未填"),
        ("≥5个", "—", "实际完成值未填"),
        ("≥5个", "【待填】", "待填"),
        ("≥5篇", "6人", "不能换算"),
        ("≥5个", "已完成", "没有给出可以比较的数"),
        ("≥5个", "≥3个", "是一个范围"),
        ("3-5天", "6天", "不在目标范围"),
        ("2022年6月前", "2022年7月1日", "晚于目标"),
        ("2022年6月前", "完成", "不是日期"),
        ("2022年6月15日前", "2022年6月", "不够具体"),
        ("有效提升", "有所改善", "没有回答目标"),
        ("有效提升", "部分达成", "6～8"),
        ("有效提升", "100%", "没有回答目标"),
    ],
)
def test_where_no_rule_gives_a_score_the_reason_is_told(target: str, actual: str, reason: str) -> None:
    score = row(target, actual)
    assert score.rule is None
    assert reason in score.formula


@pytest.mark.parametrize(
    ("weight", "reason"),
    [("", "没有填写分值"), ("按规定", "不是数字"), ("0", "不大于 0"), ("-1", "不大于 0")],
)
def test_a_row_without_a_usable_weight_has_no_points(weight: str, reason: str) -> None:
    score = row("≥5个", "5个", weight)
    assert score.rule is None
    assert reason in score.formula
    assert score.met


@pytest.mark.parametrize(
    ("settings", "target", "actual", "cells", "points"),
    [
        ({"reverse_rule": "ratio"}, "≤100万元", "120万元", COST, "8.33"),
        ({"reverse_rule": "linear"}, "≤100万元", "120万元", COST, "8"),
        ({"reverse_rule": "ratio"}, "≤100万元", "200万元", COST, "5"),
        ({"reverse_rule": "linear"}, "≤100万元", "200万元", COST, "0"),
        ({"reverse_rule": "linear"}, "≤100万元", "300万元", COST, "0"),
        ({"reverse_rule": "all_or_nothing"}, "≤100万元", "100.01万元", COST, "0"),
        ({"equal_rule": "exact"}, "=10次", "10次", {}, "10"),
        ({"equal_rule": "exact"}, "=10次", "11次", {}, "0"),
        ({"equal_rule": "symmetric"}, "=10次", "12.5次", {}, "8"),
        ({"equal_rule": "symmetric"}, "=10次", "8次", {}, "8"),
        ({"range_rule": "nearer_end"}, "3-5天", "10天", {}, "5"),
        ({"range_rule": "nearer_end"}, "4-5天", "3天", {}, "7.5"),
        ({"late_rule": "zero"}, "2022年6月前", "2022年7月1日", {}, "0"),
        ({"claim_meets_date": "true"}, "2022年6月前", "已按时完成", {}, "10"),
        ({"pass_threshold": "0.6"}, "≥100个", "59个", {}, "0"),
        ({"pass_threshold": "0.6"}, "≥100个", "60个", {}, "6"),
        (
            {"over_effect": "deduct", "over_steps": "[{start: 1.3, share: 0.9}, {start: 2, share: 0.5}]"},
            "≥10个",
            "12.9个",
            {},
            "10",
        ),
        (
            {"over_effect": "deduct", "over_steps": "[{start: 1.3, share: 0.9}, {start: 2, share: 0.5}]"},
            "≥10个",
            "13个",
            {},
            "9",
        ),
        (
            {"over_effect": "deduct", "over_steps": "[{start: 1.3, share: 0.9}, {start: 2, share: 0.5}]"},
            "≥10个",
            "20个",
            {},
            "5",
        ),
    ],
)
def test_variants_of_a_profile(
    settings: dict[str, str], target: str, actual: str, cells: dict[str, str], points: str
) -> None:
    assert row(target, actual, profile=variant(**settings), **cells).rule == Decimal(points)


@pytest.mark.parametrize(
    ("actual", "points"), [("90%", "10"), ("89.9%", "8"), ("80%", "8"), ("60%", "5"), ("59%", "0")]
)
def test_satisfaction_by_steps(actual: str, points: str) -> None:
    steps = "[{start: 0.9, share: 1}, {start: 0.8, share: 0.8}, {start: 0.6, share: 0.5}]"
    profile = variant(satisfaction_rule="steps", satisfaction_steps=steps)
    satisfied = {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "学员满意度"}
    assert row("≥95%", actual, profile=profile, **satisfied).rule == Decimal(points)
    assert row("≥90%", "81%", profile=profile).rule == 9, "only 满意度 is scored by steps"


@pytest.mark.parametrize(
    ("actual", "band"),
    [
        ("有效提升", ("8", "10")),
        ("达成", ("8", "10")),
        ("基本达成", ("6", "10")),
        ("部分达成", ("6", "8")),
        ("未达成", ("0", "6")),
        ("效果显著", ("8", "10")),
        ("正在推进", None),
    ],
)
def test_bands_of_qualitative_rows(actual: str, band: tuple[str, str] | None) -> None:
    wanted = None if band is None else tuple(Decimal(end) for end in band)
    assert row("有效提升", actual).band == wanted


def form_with(**total: str) -> Form:
    return overlaid(named_form("project_10"), {f"funds[1].{key}": text for key, text in total.items()})


@pytest.mark.parametrize(
    ("cells", "rate", "rule", "formula"),
    [
        ({}, "0.98", "9.8", "10 × 78.4 ÷ 80 = 9.8"),
        ({"budget": "89.7558", "executed": "85.385"}, None, "9.51", "10 × 85.385 ÷ 89.7558 = 9.51"),
        ({"executed": "100"}, "1.25", "10", "100 ÷ 80 = 125.00%，超过 100% 按 100% 计，得满分 10"),
        ({"executed": "784000元"}, "0.98", "9.8", "10 × 78.4 ÷ 80 = 9.8"),
        ({"executed": "0"}, "0", "0", "10 × 0 ÷ 80 = 0"),
        ({"budget": "0"}, None, None, "全年预算数没有填写或为 0，无法计算执行率"),
        ({"executed": ""}, None, None, "全年执行数没有填写或为 0，无法计算执行率"),
        ({"weight": ""}, "0.98", None, "78.4 ÷ 80 = 98.00%；没有填写执行率的分值，不计分"),
    ],
)
def test_execution(cells: dict[str, str], rate: str | None, rule: str | None, formula: str) -> None:
    execution = score_form(form_with(**cells), load_profile("national-2020")).execution
    assert execution.rule == (None if rule is None else Decimal(rule))
    assert execution.formula == formula
    if rate is not None:
        assert execution.rate == Decimal(rate)


def test_execution_variants() -> None:
    uncapped = variant(execution_cap="false")
    assert score_form(form_with(executed="88"), uncapped).execution.rule == 11
    zero = variant(zero_budget="zero")
    assert score_form(form_with(budget="0"), zero).execution.rule == 0


def test_a_transfer_form_has_no_scores() -> None:
    sheet = score_form(named_form("transfer"), load_profile("national-2020"))
    assert sheet.execution.rate == Decimal("0.955")
    assert (sheet.execution.weight, sheet.execution.rule) == (None, None)
    assert all(score.rule is None and score.formula == "转移支付自评表不打分" for score in sheet.indicators)
    assert sheet.indicators[0].completion == Decimal("0.99")
    assert (sheet.total_rule, sheet.grade) == (None, "")


def test_the_total_takes_the_printed_score_where_no_rule_gives_one() -> None:
    form = overlaid(named_form("project_10"), {"indicators[4].actual": "已完成", "indicators[4].score": "8"})
    sheet = score_form(form, load_profile("national-2020"))
    assert sheet.indicators[3].rule is None
    assert sheet.total_rule == Decimal("97.30")
    unscored = overlaid(form, {"indicators[4].score": ""})
    assert score_form(unscored, load_profile("national-2020")).total_rule is None


def test_rounding_before_or_after_the_sum() -> None:
    rows = tuple(Indicator(level1="产出指标", target="≥3个", actual="1个", weight="10") for _ in range(3))
    form = Form(indicators=rows)
    assert score_form(form, variant(rounding="per_row")).total_rule == Decimal("9.99")
    assert score_form(form, variant(rounding="sum_then_round")).total_rule == Decimal("10.00")


@pytest.mark.parametrize(
    ("points", "grade"), [("90", "优"), ("89", "良"), ("80", "良"), ("79", "中"), ("60", "中"), ("59", "差")]
)
def test_grades(points: str, grade: str) -> None:
    form = Form(indicators=(Indicator(target="≥100分", actual=f"{points}分", weight="100"),))
    assert score_form(form, load_profile("national-2020")).grade == grade


def test_a_total_above_full_points_has_no_grade() -> None:
    row = Indicator(level1="产出指标", name="巡查率", target="≥80%", actual="88%", weight="101", score="101")
    sheet = score_form(Form(indicators=(row,)), load_profile("national-2020"))
    assert (sheet.total_rule, sheet.grade) == (Decimal(101), "")
    assert "不能定等次" in sheet.grade_told


def test_an_empty_form_and_odd_cells_do_no_harm() -> None:
    assert score_form(Form(), load_profile("national-2020")).total_rule is None
    odd = Form(
        funds=(FundLine(label="合计", budget="很多", executed="∞", weight="x", rate="%", score="？"),),
        indicators=(Indicator(target="≥" * 50, actual="9" * 60, weight="1e9", score="NaN"),),
    )
    assert score_form(odd, load_profile("national-2020")).total_rule is None


@cache
def golden_rows() -> list[dict[str, Any]]:
    file = GOLDEN / "values.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []


@pytest.mark.skipif(not GOLDEN.is_dir(), reason="the hand-read values are not on this machine")
@pytest.mark.parametrize("number", range(1, 21))
def test_the_past_forms_are_scored_as_by_hand(number: int) -> None:
    form = Form.model_validate(
        json.loads((GOLDEN / "forms" / f"{number:02}.json").read_text(encoding="utf-8"))
    )
    sheet = score_form(form, profile_for(form))
    rows = [item for item in golden_rows() if item["form"] == number]
    assert len(rows) == len(sheet.indicators)
    for wanted, score in zip(rows, sheet.indicators, strict=True):
        completion = None if score.completion is None else round(float(score.completion), 6)
        band = None if score.band is None else [float(end) for end in score.band]
        rule = None if score.rule is None else float(score.rule)
        assert (completion, score.met, rule, band, score.direction) == (
            wanted["completion"],
            wanted["met"],
            wanted["rule_score"],
            wanted.get("band_if_achieved"),
            Direction(wanted["direction"]),
        ), wanted["name"]
