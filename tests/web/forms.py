"""Small own forms for the tests of the pages."""

from assistant.form.finding import Finding, Location, Section, Severity
from assistant.form.model import Form, FundLine, Goal, Indicator, Total


def indicator(
    level1: str, level2: str, name: str, target: str, actual: str, score: str, why: str = ""
) -> Indicator:
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        actual=actual,
        weight="10",
        score=score,
        explanation=why,
    )


DREDGING = Form(
    title="项目支出绩效自评表",
    year_line="（2024年度）",
    year=2024,
    project_name="城区河道清淤工程",
    department="某市水务局",
    unit="某市河道管理所",
    funds=(
        FundLine(
            label="年度资金总额",
            initial="80",
            budget="80",
            executed="76",
            weight="10",
            rate="95.00%",
            score="9.5",
        ),
        FundLine(label="其中：当年财政拨款", initial="80", budget="80", executed="76"),
    ),
    goal=Goal(expected="清淤12公里。\n汛前完工。", actual="清淤12.4公里。"),
    indicators=(
        indicator("产出指标", "数量指标", "清淤长度", "≥12公里", "12.4公里", "10"),
        indicator("产出指标", "数量指标", "清运淤泥", "≥3万立方米", "2.7万立方米", "9", "连续降雨停工。"),
        indicator("产出指标", "质量指标", "验收合格率", "100%", "100%", "10"),
        indicator("满意度指标", "服务对象满意度指标", "沿线居民满意度", "≥90%", "93%", "10"),
    ),
    total=Total(weight="100", score="98.5"),
)

TRANSFER = Form(
    template="transfer",
    title="绩效目标自评表",
    project_name="中央水利发展资金",
    department="某省水利厅",
    central_department="水利部",
    unit="某市水务局",
    funds=(FundLine(label="年度资金总额", budget="500", executed="500", rate="100%"),),
    goal=Goal(expected="加固水库3座。", actual="加固水库3座。"),
    indicators=(
        Indicator(level1="产出指标", level2="数量指标", name="加固水库", target="3座", actual="3座"),
    ),
    remark="无",
)


def finding(
    section: Section,
    row: int | None = None,
    field: str = "",
    severity: Severity = Severity.ERROR,
    message: str = "不对",
    arithmetic: str = "",
) -> Finding:
    return Finding(
        code="T001",
        rule="test_rule",
        severity=severity,
        location=Location(section=section, row=row, field=field),
        message=message,
        arithmetic=arithmetic,
    )
