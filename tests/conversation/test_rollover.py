"""Rolling a form over to the next year."""

from assistant.conversation.rollover import next_year
from assistant.form.model import Form, FundLine, Goal, Indicator, Total

LAST_YEAR = Form(
    title="项目支出绩效自评表",
    year_line="（2024年度）",
    project_name="2024年河道清淤工程",
    department="某市水务局",
    unit="某市河道管理所",
    funds=(
        FundLine(
            label="年度资金总额",
            initial="80",
            budget="80",
            executed="78.5",
            weight="10",
            rate="98.13%",
            score="9.81",
        ),
    ),
    goal=Goal(expected="2024年清淤12公里，2025年汛期前见效。", actual="清淤12.4公里。"),
    indicators=(
        Indicator(
            level1="产出指标",
            level2="时效指标",
            name="完工时间",
            target="2024年12月31日前",
            actual="2024年11月20日",
            weight="10",
            score="10",
            explanation="无",
        ),
    ),
    total=Total(weight="100", score="98", note="良好"),
)


def test_what_was_planned_stays_and_the_year_moves_on() -> None:
    rolled = next_year(LAST_YEAR)
    assert (rolled.year, rolled.year_line, rolled.project_name) == (
        2025,
        "（2025年度）",
        "2025年河道清淤工程",
    )
    assert (rolled.department, rolled.unit) == (LAST_YEAR.department, LAST_YEAR.unit)
    assert rolled.goal.expected == "2025年清淤12公里，2026年汛期前见效。"
    row = rolled.indicators[0]
    assert (row.name, row.target, row.weight) == ("完工时间", "2025年12月31日前", "10")


def test_what_happened_is_emptied() -> None:
    rolled = next_year(LAST_YEAR)
    assert rolled.funds == (FundLine(label="年度资金总额", weight="10"),)
    assert rolled.goal.actual == ""
    row = rolled.indicators[0]
    assert (row.actual, row.score, row.explanation) == ("", "", "")
    assert rolled.total == Total(weight="100")


def test_a_form_without_a_year_gets_none() -> None:
    rolled = next_year(
        Form(project_name="办公楼修缮", indicators=(Indicator(name="修缮面积", target="≥3000平方米"),))
    )
    assert (rolled.year, rolled.year_line) == (None, "")
    assert rolled.indicators[0].target == "≥3000平方米"


def test_a_count_that_looks_like_the_year_stays() -> None:
    form = LAST_YEAR.model_copy(update={"indicators": (Indicator(name="植树株数", target="≥2024株"),)})
    assert next_year(form).indicators[0].target == "≥2024株"
