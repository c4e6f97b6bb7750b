"""Properties of scores: order, monotony, units, and that what is computed is never found wrong."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.form.model import Form, FundLine, Goal, Indicator, Total
from assistant.rules.check import check_form
from assistant.rules.fill import fill_scores
from assistant.rules.profile import load_profile, profile_for, profile_ids
from assistant.rules.score import score_form

DEFAULT = load_profile("national-2020")
COMPUTED = {"exec_rate", "exec_score", "rule_score", "total_score"}
QUANTITIES = (
    "≥12个",
    "12",
    "9.5个",
    "100%",
    "95.5%",
    "≤20万元",
    "21.37万元",
    "200000元",
    "=6次",
    "≥1亿元",
    "0.98",
)
OTHERS = (
    "3-5天",
    "4天",
    "7天",
    "2022年6月前",
    "2022年5月30日",
    "完成",
    "有效提升",
    "达成",
    "部分达成",
    "未达成",
)
ODD = ("", "—", "0", "-3", "【待填】", "共计培训37人。", "零投诉", "1/3", "XX", "六次")
CELLS = st.sampled_from(QUANTITIES + OTHERS + ODD)
MONEY = st.sampled_from(
    ["", "—", "0", "12", "11.27", "11", "13.014万", "120000元", "89.7558", "85.385", "-1", "约5"]
)
POINTS = st.sampled_from(["", "—", "0", "5", "7.5", "10", "10分", "-2", "15", "满分", "33.33"])
LEVELS = st.sampled_from(
    [
        ("产出指标", "数量指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("成本指标", "经济成本指标"),
        ("决策", "项目立项"),
        ("", ""),
    ]
)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    level1, level2 = draw(LEVELS)
    return Indicator(
        level1=level1,
        level2=level2,
        name=draw(st.sampled_from(["培训人数", "投诉率", "项目完成时间", "总成本", "满意度"])),
        target=draw(CELLS),
        actual=draw(CELLS),
        weight=draw(POINTS),
        score=draw(POINTS),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    rate, score = draw(st.sampled_from(["", "95%", "100.00", "—"])), draw(POINTS)
    total = FundLine(
        label="年度资金总额",
        initial=draw(MONEY),
        budget=draw(MONEY),
        executed=draw(MONEY),
        weight=draw(POINTS),
        rate=rate,
        score=score,
    )
    source = FundLine(label="其他资金", budget=draw(MONEY), executed=draw(MONEY), rate=rate)
    return Form(
        template=draw(st.sampled_from(["project", "project", "transfer"])),
        year=2022,
        funds=draw(st.sampled_from([(), (total,), (total, source), (source, total)])),
        goal=Goal(),
        indicators=tuple(draw(st.lists(indicators(), max_size=6))),
        total=Total(weight=draw(POINTS), score=draw(POINTS)),
    )


@given(forms(), st.sampled_from(profile_ids()))
def test_what_is_computed_is_never_found_wrong(form: Form, profile_id: str) -> None:
    profile = load_profile(profile_id)
    filled = fill_scores(form, profile)
    assert fill_scores(filled, profile) == filled
    assert not {finding.rule for finding in check_form(filled, profile).findings} & COMPUTED


@given(forms(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(form: Form, random: object) -> None:
    rows = list(form.indicators)
    random.shuffle(rows)  # type: ignore[attr-defined]
    turned = form.model_copy(update={"indicators": tuple(rows)})
    for profile in (DEFAULT, profile_for(form)):
        assert score_form(turned, profile).total_rule == score_form(form, profile).total_rule


@given(forms())
def test_scores_stay_between_zero_and_the_weight(form: Form) -> None:
    for score in score_form(form, DEFAULT).indicators:
        if score.rule is not None and score.weight is not None:
            assert 0 <= score.rule <= score.weight


def points(target: str, actual: str, **cells: str) -> Decimal:
    row = Indicator(target=target, actual=actual, weight="10", **cells)
    rule = score_form(Form(indicators=(row,)), DEFAULT).indicators[0].rule
    assert rule is not None
    return rule


AMOUNT = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False)


@given(AMOUNT, AMOUNT, AMOUNT.filter(bool))
def test_more_is_never_worse_where_more_is_better(one: Decimal, other: Decimal, target: Decimal) -> None:
    low, high = sorted((one, other))
    assert points(f"≥{target}万元", f"{low}万元") <= points(f"≥{target}万元", f"{high}万元")


@given(AMOUNT, AMOUNT, AMOUNT)
def test_less_is_never_worse_where_less_is_better(one: Decimal, other: Decimal, target: Decimal) -> None:
    low, high = sorted((one, other))
    cost = {"level2": "成本指标", "name": "总成本"}
    assert points(f"{target}万元", f"{low}万元", **cost) >= points(f"{target}万元", f"{high}万元", **cost)


@given(AMOUNT, AMOUNT.filter(bool), st.sampled_from(["≥", "≤", "="]))
def test_the_unit_of_money_changes_no_score(actual: Decimal, target: Decimal, sign: str) -> None:
    wanted = points(f"{sign}{target}万元", f"{actual}万元")
    assert points(f"{sign}{target * 10_000}元", f"{actual}万元") == wanted
    assert points(f"{sign}{target}万元", f"{actual * 10_000}元") == wanted
    assert points(f"{sign}{target}万元", f"{actual / 10_000:f}亿元") == wanted


@given(AMOUNT.filter(bool), AMOUNT)
def test_the_money_unit_of_the_form_changes_no_execution_score(budget: Decimal, executed: Decimal) -> None:
    line = FundLine(label="年度资金总额", budget=str(budget), executed=str(executed), weight="10")
    yuan = line.model_copy(update={"budget": str(budget * 10_000), "executed": str(executed * 10_000)})
    first = score_form(Form(funds=(line,)), DEFAULT).execution
    second = score_form(Form(funds=(yuan,), money_unit="元"), DEFAULT).execution
    assert (first.rate, first.rule) == (second.rate, second.rule)
