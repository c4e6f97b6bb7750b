"""Rules of the family funds: 执行率 and its score, spending against the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.form.amount import Rate
from assistant.form.finding import Severity
from assistant.form.rounding import half_up, plain
from assistant.rules import fund_sources
from assistant.rules.fill import rate_text, score_text
from assistant.rules.fund_lines import ReadFund
from assistant.rules.passages import speaks_of
from assistant.rules.rule import Case, Observation, Rule, rule
from assistant.rules.score import ExecutionScore

_PLACES = 2
_CENT = Decimal("0.005")
_YUAN = Decimal(10000)
_LEAST_IN_YUAN = Decimal(100)
_LOW_EXECUTION_WORDS = re.compile(
    "执行率|执行进度|预算执行|资金执行|未执行|支付|拨付|支出|结余|结转|尾款|节约|未使用|资金"
)
_SPENT = "支付|支出|拨付|付款|兑付|结算|用完|使用|执行"
_LOW_EXECUTION_IN_GOAL = re.compile(
    f"执行率|执行进度|结余|结转|尾款|余款|质保金|跨年|(?:未|没有|尚未|不能|无法|待)[^。;；]{{0,10}}(?:{_SPENT})"
    f"|(?:{_SPENT})[^。;；]{{0,6}}(?:滞后|缓慢|偏慢|延迟|推迟|偏低|跨年)"
)
_BUDGET = "预算|资金|经费|指标|拨款"
_CHANGE = "增加|减少|追加|调增|调减|调剂|核减|核增|压减|压缩|扣减|收回|下调|上调"
_CHANGE_WORDS = re.compile(
    "调整|追加|调增|调减|压减|核减|预算变动|预算变更|收回|统筹|追减|过紧日子|厉行节约"
    f"|(?:{_CHANGE})[^。;；]{{0,8}}(?:{_BUDGET})|(?:{_BUDGET})[^。;；]{{0,8}}(?:{_CHANGE})"
    f"|(?:年中|中途|年底)[^。;；]{{0,16}}(?:下达|安排|到位)"
)


def _division(row: ReadFund) -> str:
    executed, budget, rate = row.amounts["executed"], row.amounts["budget"], row.rate
    if executed is None or budget is None or rate is None:
        return ""
    return f"{plain(executed)} ÷ {plain(budget)} = {rate_text(rate)}"


def _agrees(printed: Decimal, places: int, exact: Decimal) -> bool:
    """True where ``printed`` is ``exact`` as far as it is printed; both in percent."""
    return abs(printed - exact) < _CENT or printed == half_up(exact, places)


@rule("F001", Severity.ERROR)
def exec_rate(case: Case) -> Iterator[Observation]:
    """执行率与预算数、执行数不符

    检查什么：资金各行填写的执行率是否等于全年执行数÷全年预算数，按所填的小数位四舍五入比较；总额行漏填执行率也会提醒。
    依据：项目支出绩效自评表“执行率”栏：全年执行数÷全年预算数，分母是调整后的全年预算数，不是年初预算数。
    为什么：执行率直接决定执行得分，是审核时最先核对的数。
    反例：
        funds[1].rate = 100.00%
    或
        funds[1].rate = 97.00%
    或
        funds[1].rate =
    正例：
        funds[1].rate = 98%
    或
        funds[1].rate = 98.0%
    不检查什么：预算数为零或没有填写时不计算执行率，由budget_zero提示；其他来源行、没有执行率栏的表可以不填执行率。
    """
    for row in case.fund_rows:
        if row.rate is None:
            continue
        printed = row.printed_rate
        if printed is None:
            if row.is_total and "funds.rate" not in case.form.absent:
                expected = rate_text(row.rate)
                yield Observation(
                    message=f"{row.name}没有填写执行率，应为{expected}。",
                    section="funds",
                    row=row.number,
                    field="rate",
                    printed=row.cells.rate,
                    expected=expected,
                    arithmetic=_division(row),
                    hint=f"在执行率栏填写{expected}。",
                    severity=Severity.WARNING,
                )
        elif not _agrees(printed.fraction * 100, printed.places, row.rate * 100):
            expected = rate_text(row.rate)
            yield Observation(
                message=f"{row.name}的执行率填写为{row.cells.rate}，按执行数和预算数计算应为{expected}。",
                section="funds",
                row=row.number,
                field="rate",
                printed=row.cells.rate,
                expected=expected,
                arithmetic=_division(row),
                hint=f"把执行率改为{expected}；如果预算数或执行数填错，先改正金额。",
            )


@rule("F002", Severity.NOTE)
def exec_rate_format(case: Case) -> Iterator[Observation]:
    """执行率的写法不规范

    检查什么：执行率是否带百分号；小数位不足两位，而又有舍去的尾数，或者别的资金行都写了两位时提示。
    依据：自评表执行率一般保留两位小数并带百分号（在用的填报系统和公开样表的通行写法）。
    为什么：写法统一便于汇总，也看得出执行得分是怎样算出来的。
    反例：
        funds[1].rate = 98.00
    或
        funds[1].executed = 78.43
        funds[1].rate = 98.0%
    正例：
        funds[1].rate = 98%
    或
        funds[1].rate = 98.00%
    不检查什么：数值是否正确由exec_rate检查；恰好是整数或一位小数的执行率，别的资金行也没有补零的，不要求补零。
    """
    for row in case.fund_rows:
        printed = row.printed_rate
        if printed is None:
            continue
        lost = _is_cut(row, printed) or (printed.places < _PLACES and _others_in_full(case, row))
        if printed.sign and not lost:
            continue
        expected = rate_text(row.rate if row.rate is not None else printed.fraction)
        flaw = "没有百分号" if not printed.sign else "不足两位小数"
        yield Observation(
            message=f"{row.name}的执行率“{row.cells.rate}”{flaw}，建议写成{expected}。",
            section="funds",
            row=row.number,
            field="rate",
            printed=row.cells.rate,
            expected=expected,
            arithmetic=_division(row),
            hint=f"写成{expected}。",
        )


def _is_cut(row: ReadFund, printed: Rate) -> bool:
    """True for a right rate with fewer than two decimals that is not exactly what it says."""
    if row.rate is None or printed.places >= _PLACES:
        return False
    exact = row.rate * 100
    agrees = _agrees(printed.fraction * 100, printed.places, exact)
    return agrees and half_up(exact, printed.places) != half_up(exact, _PLACES)


def _others_in_full(case: Case, row: ReadFund) -> bool:
    """True where all rates of the other rows are printed with two decimals, also one that needs none."""
    others = [other.printed_rate for other in case.fund_rows if other is not row and other.printed_rate]
    full = all(rate.places >= _PLACES for rate in others)
    return full and any(rate.fraction * 100 == half_up(rate.fraction * 100, 1) for rate in others)


@rule("F003", Severity.ERROR)
def exec_score(case: Case) -> Iterator[Observation]:
    """预算执行得分算错

    检查什么：总额行的得分是否等于分值×执行率（用未四舍五入的执行率），保留两位小数，不超过分值。
    依据：财预〔2020〕10号单位自评表：预算执行得分＝分值×全年执行数÷全年预算数；执行率超过100%的按100%计（稳妥做法）。
    为什么：执行得分是纯计算项，差一点也会被退回。
    反例：
        funds[1].score = 9
    或
        funds[1].score = 10
    正例：
        funds[1].score = 9.80
    或
        funds[1].executed = 92
        funds[1].score = 10
    不检查什么：没有填写分值或无法计算执行率时不检查；因保留一位小数，或者按填写的整数百分比计算产生的差别只作提示。
    """
    row, score = case.total_fund, case.sheet.execution
    if row is None or score.rule is None or score.printed is None:
        return
    difference = score.printed - score.rule
    if abs(difference) < case.profile.tolerance.value:
        return
    places = max(0, -int(score.printed.as_tuple().exponent))
    rounded = places > 0 and score.printed == half_up(score.rule, places)
    rounded = rounded or _of_whole_percent(row, score)
    expected = score_text(score.rule)
    yield Observation(
        message=f"预算执行得分填写为{row.cells.score}，按执行率计算应为{expected}，相差{plain(abs(difference))}分。",
        section="funds",
        row=row.number,
        field="score",
        printed=row.cells.score,
        expected=expected,
        arithmetic=score.formula,
        hint=f"把得分改为{expected}，并相应改正总分。",
        severity=Severity.NOTE if rounded else None,
    )


def _of_whole_percent(row: ReadFund, score: ExecutionScore) -> bool:
    """Whether the score follows from the rate as printed in whole percents: 50% of 10 for 49.88%."""
    rate = row.printed_rate
    if rate is None or rate.places or score.rate is None or score.weight is None:
        return False
    return (
        half_up(score.rate * 100, 0) == rate.fraction * 100 and score.printed == rate.fraction * score.weight
    )


@rule("F004", Severity.ERROR)
def over_execution(case: Case) -> Iterator[Observation]:
    """全年执行数超过全年预算数

    检查什么：各资金行的全年执行数是否大于全年预算数；总额行为错误，来源行为提醒。
    依据：全年预算数应为调整后的预算数，执行数不应超过它；执行得分最高为满分。
    为什么：超过100%说明预算调整没有填入，或执行数包含了其他来源的资金。
    反例：
        funds[1].executed = 80.01
    正例：
        funds[1].executed = 80
    不检查什么：执行数偏低由low_execution_unexplained检查；没有填写预算数的行不比较；总额行的全年预算数为0时由
        budget_zero提示一次。
    """
    rows = case.fund_rows
    if any(row.is_total and (budget := row.amounts["budget"]) is not None and budget <= 0 for row in rows):
        return
    for row in rows:
        budget, executed = row.amounts["budget"], row.amounts["executed"]
        if budget is None or executed is None or executed <= budget:
            continue
        excess = f"{plain(executed)} − {plain(budget)} = {plain(executed - budget)}"
        share = _division(row)
        yield Observation(
            message=f"{row.name}的全年执行数{row.cells.executed}超过全年预算数{row.cells.budget}，"
            f"多出{plain(executed - budget)}{case.form.money_unit}。",
            section="funds",
            row=row.number,
            field="executed",
            printed=row.cells.executed,
            expected=f"≤{plain(budget)}",
            arithmetic=f"{share}；{excess}" if share else excess,
            hint=f"像是按元填写的：{plain(executed)}元就是{plain(executed / _YUAN)}万元，表头的单位是万元。"
            if _is_in_yuan(budget, executed, case.form.money_unit)
            else "年中追加了预算的，把全年预算数改为调整后的数；执行数含结转、其他资金的，分别填入来源行。",
            severity=None if row.is_total else Severity.WARNING,
        )


def _is_in_yuan(budget: Decimal, executed: Decimal, money_unit: str) -> bool:
    """True where an amount of a form in 万元 only makes sense in 元."""
    return money_unit == "万元" and budget * _LEAST_IN_YUAN <= executed <= budget * _YUAN


@rule("F005", Severity.WARNING)
def low_execution_unexplained(case: Case) -> Iterator[Observation]:
    """预算执行率偏低而没有说明

    检查什么：执行率低于评分口径的下限（一般为90%）时，表中是否有文字说到预算执行、支付、结余等情况。
    依据：四川自评表填表要求执行率低于90%的说明原因；下限在评分口径中设定。
    为什么：执行率低而不说明，是复核退回的常见原因。
    反例：
        funds[1].executed = 71.99
        goal.actual = 全年举办集中培训班6期。
        indicators[2].explanation = 学校封闭管理。下一年度组织补训。
    正例：
        funds[1].executed = 71.99
        total.note = 部分课酬年底未能支付，执行率偏低；已安排次年一季度付清。
    或
        funds[1].executed = 72
        goal.actual = 全年举办集中培训班6期。
    不检查什么：说明是否充分、是否属实。
    """
    row, limit = case.total_fund, case.profile.low_execution_limit.value
    if (
        row is None
        or row.rate is None
        or row.rate >= limit
        or speaks_of(case, _LOW_EXECUTION_WORDS, _LOW_EXECUTION_IN_GOAL)
    ):
        return
    yield Observation(
        message=f"预算执行率只有{rate_text(row.rate)}，低于{plain(limit * 100)}%，表中没有说明原因。",
        section="funds",
        row=row.number,
        field="rate",
        printed=row.cells.rate,
        expected=f"≥{plain(limit * 100)}%，或说明原因",
        arithmetic=_division(row),
        hint="在总分行的说明栏或相关指标的偏差原因栏写明资金没有用完的原因和改进措施。",
    )


@rule("F010", Severity.ERROR)
def budget_zero(case: Case) -> Iterator[Observation]:
    """全年预算数为零或没有填写

    检查什么：资金总额行的全年预算数是否为大于零的数。
    依据：执行率＝全年执行数÷全年预算数，分母为零时无法计算。
    为什么：没有预算数，执行率、执行得分和总分都算不出来。
    反例：
        funds[1].budget = 0
    或
        funds[1].budget =
    正例：
        funds[1].budget = 80.00
    不检查什么：各来源行可以为零或不填；金额是否与批复一致（需对照批复文件）。
    """
    row = case.total_fund
    if row is None:
        yield Observation(
            message="没有填写项目资金，无法计算预算执行率。",
            section="funds",
            expected="全年预算数、全年执行数",
            hint="在项目资金部分填写年度资金总额的年初预算数、全年预算数和全年执行数。",
        )
        return
    budget = row.amounts["budget"]
    if budget is not None and budget > 0:
        return
    problem = "没有填写可以计算的数" if budget is None else f"填写为{row.cells.budget}"
    yield Observation(
        message=f"{row.name}的全年预算数{problem}，无法计算预算执行率。",
        section="funds",
        row=row.number,
        field="budget",
        printed=row.cells.budget,
        expected=">0",
        hint="填写调整后的全年预算数；项目没有安排预算的，不需要填报自评表。",
    )


@rule("F011", Severity.WARNING)
def budget_changed_unexplained(case: Case) -> Iterator[Observation]:
    """年中预算有调整而没有说明

    检查什么：总额行的全年预算数与年初预算数不同时，表中是否有文字说到预算的追加、调减等情况。
    依据：四川自评表填表要求预算调整单独说明；允许的变动幅度在评分口径中设定。
    为什么：预算调整往往意味着目标也要调整，审核人需要知道原因。
    反例：
        funds[1].initial = 100
    正例：
        funds[1].initial = 100
        total.note = 年中因机构改革调减预算20万元。
    或
        funds[1].initial = 80.00
    不检查什么：转移支付自评表没有年初预算数；目标是否随预算调整。
    """
    row = case.total_fund
    if row is None or case.form.template == "transfer":
        return
    initial, budget = row.amounts["initial"], row.amounts["budget"]
    if initial is None or budget is None or initial == budget:
        return
    change = budget - initial
    if initial > 0 and abs(change) / initial <= case.profile.budget_change_limit.value:
        return
    if speaks_of(case, _CHANGE_WORDS, _CHANGE_WORDS):
        return
    way = "增加" if change > 0 else "减少"
    yield Observation(
        message=f"全年预算数比年初预算数{way}{plain(abs(change))}{case.form.money_unit}，表中没有说明原因。",
        section="funds",
        row=row.number,
        field="budget",
        printed=f"{row.cells.initial} → {row.cells.budget}",
        expected="与年初预算数一致，或说明调整原因",
        arithmetic=f"{plain(budget)} − {plain(initial)} = {plain(change)}",
        hint="在总分行的说明栏写明预算调整的文号和原因；如果只是填错，改正金额。",
    )


RULES: tuple[Rule, ...] = (
    exec_rate,
    exec_rate_format,
    exec_score,
    over_execution,
    low_execution_unexplained,
    *fund_sources.RULES,
    budget_zero,
    budget_changed_unexplained,
)
