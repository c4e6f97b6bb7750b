"""The value grammar: a table of cells, directions, conversions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from cells import ACTUALS, TARGETS

from assistant.form.model import BLANK
from assistant.form.value import (
    Direction,
    Kind,
    Sign,
    Value,
    direction,
    in_unit_of,
    read_actual,
    read_target,
)


def summary(value: Value) -> str:
    """A value in one line: kind (if not quantitative), sign, number or range, unit, date, wording."""
    parts = [] if value.kind is Kind.QUANTITATIVE else [value.kind.value]
    if value.sign not in (Sign.NONE, Sign.RANGE):
        parts.append(value.sign.value)
    if value.number is not None:
        parts.append(f"{value.number}" + (f"~{value.upper}" if value.upper is not None else ""))
    if value.unit:
        parts.append(value.unit if value.unit == value.unit_norm else f"{value.unit}→{value.unit_norm}")
    parts += [part for part in (value.date, value.wording) if part]
    return " ".join([*parts, "(narrative)"] if value.narrative else parts)


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_target(text: str, expected: str) -> None:
    value = read_target(text)
    assert summary(value) == expected
    assert value.raw == text


@pytest.mark.parametrize(("target", "text", "expected"), ACTUALS)
def test_actual(target: str, text: str, expected: str) -> None:
    value = read_actual(text, read_target(target))
    assert summary(value) == expected
    assert value.raw == text


def test_the_tables_are_broad() -> None:
    kinds = [read_target(text).kind for text, _ in TARGETS]
    assert len(set(TARGETS)) >= 250
    assert len(set(ACTUALS)) >= 60
    assert set(kinds) == set(Kind)


@pytest.mark.parametrize(
    ("text", "name", "level2", "expected"),
    [
        ("200万", "新增产值", "经济效益指标", "200 万→万元"),
        ("200万", "培训经费", "数量指标", "200 万→万元"),
        ("200万", "网络浏览人次", "数量指标", "200 万"),
        ("200万", "受益群众数量", "社会效益指标", "200 万"),
        ("2021.11", "项目完成时间", "时效指标", "date 2021-11"),
        ("2021.11", "新增产值", "经济效益指标", "2021.11"),
        ("6.30前", "资料报送时间", "时效指标", "date before 06-30"),
        ("≥5场，参加100人", "活动场次", "数量指标", "≥ 5 场 (narrative)"),
        ("培训100人，合格率≥95%", "培训合格率", "质量指标", "≥ 95 % (narrative)"),
        ("培训100人，合格率≥95%", "培训人数", "数量指标", "100 人 (narrative)"),
        ("2021年12月31日前完成5个", "项目完成时间", "时效指标", "date before 2021-12-31"),
    ],
)
def test_the_row_decides_where_the_cell_is_ambiguous(
    text: str, name: str, level2: str, expected: str
) -> None:
    assert summary(read_target(text, name=name, level2=level2)) == expected


@pytest.mark.parametrize(
    "name",
    (
        "投诉率",
        "群众有效投诉次数",
        "安全事故发生率",
        "重大安全责任事故起数",
        "人才流失率",
        "信访量",
        "设备故障率",
        "碳排放量",
        "单位产品能耗",
        "资金使用违规率",
        "违规违纪问题发生数（起）",
        "项目超支率",
        "返贫率",
        "失业率",
        "经济损失金额",
        "差错率",
        "行政诉讼败诉率",
        "行政复议撤销行政决定率、行政诉讼败诉率",
        "故障响应时间",
        "平均等待时间",
        "群体上访事件发生率",
    ),
)
def test_bad_events_without_a_sign_are_to_stay_below(name: str) -> None:
    assert direction(read_target("5", name=name), name=name) is Direction.LOWER
    assert direction(read_target("≥5", name=name), name=name) is Direction.HIGHER


@pytest.mark.parametrize(
    "name",
    (
        "投诉处理率",
        "投诉办结率",
        "投诉下降率",
        "减少投诉次数",
        "事故处理及时率",
        "违规资金追回率",
        "受理信访件数",
        "故障修复率",
        "减排量",
        "能耗下降率",
        "无上访人员",
        "安全生产无事故天数",
        "事故救援次数",
        "挽回经济损失",
        "降低企业成本",
        "培训人数",
        "满意度",
        "查处违法案件数",
        "干扰申诉处理率",
        "安全隐患整改率",
        "不良贷款化解额",
    ),
)
def test_remedies_and_the_rest_are_to_be_reached(name: str) -> None:
    assert direction(read_target("5", name=name), name=name) is Direction.HIGHER


@pytest.mark.parametrize(
    ("text", "name", "level2", "expected"),
    [
        ("12万元", "项目总额", "成本指标", Direction.LOWER),
        ("12万元", "培训成本", "经济成本指标", Direction.LOWER),
        ("100%", "预算成本控制率", "成本指标", Direction.LOWER),
        ("10%", "成本节约率", "成本指标", Direction.HIGHER),
        ("≥12万元", "项目总额", "成本指标", Direction.HIGHER),
        ("=100%", "资金成本控制率", "成本指标", Direction.EQUAL),
        ("0", "任意名称", "社会效益指标", Direction.LOWER),
        ("3-5天", "天数", "时效指标", Direction.RANGE),
        ("2021年底前", "完成时间", "时效指标", Direction.DATE),
        ("长期", "制度保持年限", "可持续影响指标", Direction.QUALITATIVE),
    ],
)
def test_direction(text: str, name: str, level2: str, expected: Direction) -> None:
    assert direction(read_target(text, name=name, level2=level2), name=name, level2=level2) is expected


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [
        ("2000000元", "≥200万元", "200"),
        ("1.5亿元", "≥200万元", "15000"),
        ("150万", "≥200万元", "150"),
        ("150", "≥200万元", "150"),
        ("52000人次", "≥5万人次", "5.2"),
        ("6万", "≥5万人次", "6"),
        ("2场", "≥2次", "2"),
        ("12家", "≥10个", "12"),
        ("12家", "≥10人", None),
        ("3篇", "≥5项", None),
        ("4次", "≥4次/年", "4"),
        ("5000元", "≤5000元/人", "5000"),
        ("564万元", "≤5000元/人", None),
        ("0.5万元/人", "≤6000元/人", "5000"),
        ("1500米", "≥1公里", "1.5"),
        ("15亩", "≥1公顷", "1"),
        ("0.98", "≥95%", "98"),
        ("1", "≥95%", "100"),
        ("98", "≥95%", "98"),
        ("0.5", "≤5%", "0.5"),
        ("98%", "≥0.95", "0.98"),
        ("3个百分点", "≥3%", "3"),
        ("38000", "≥3万人", "3.8"),
        ("38", "≥3万人", "38"),
        ("784000", "≤80万元", "78.4"),
        ("500元/人/月", "≥500元/月·人", "500"),
        ("500元/人", "≥500元/户", None),
        ("九成", "≥85%", "90"),
    ],
)
def test_in_unit_of(actual: str, target: str, expected: str | None) -> None:
    wanted = read_target(target)
    number = in_unit_of(read_actual(actual, wanted), wanted)
    assert number == (None if expected is None else Decimal(expected))


def test_what_is_still_to_be_filled_in_is_no_value() -> None:
    for text in (BLANK, f"≥{BLANK}人", "XX个", "***"):
        assert read_target(text).kind is Kind.TEXT, text


def test_long_runs_of_digits_are_no_quantities() -> None:
    value = read_actual("账号6222021234567890123，支付5万元", read_target("≥5万元"))
    assert value.number == 5
    assert read_target("650102199001011234").number is None
