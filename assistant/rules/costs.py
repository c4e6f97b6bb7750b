"""Rules on 成本指标 against the money budgeted and spent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.form.finding import Severity
from assistant.form.rounding import plain
from assistant.form.units import ratio, times
from assistant.form.value import Kind, Value
from assistant.rules.line import Line
from assistant.rules.phrasing import named
from assistant.rules.rule import Case, Observation, rule
from assistant.rules.signs import is_promised

# Asked of every row, see ``value_types``.
_QUANTITATIVE = Kind.QUANTITATIVE
PER_PIECE = re.compile("人均|均|单位成本|单价|单个|单项|每|标准|平均|日租|/")
"""What a cost per head or per piece is called."""
_INDIRECT = re.compile("社会成本|环境成本|生态")
_NOT_SPENDING = re.compile("节约|节省|收入|产值|效益|降低|减少|回收")


@dataclass(frozen=True)
class Money:
    """Amounts in 万元: the budget and what was spent of it, and what one of the form's unit is."""

    budget: Decimal
    executed: Decimal
    scale: Decimal

    @property
    def ulp(self) -> Decimal:
        """One in the last decimal that is printed."""
        numbers = (self.budget, self.executed, self.scale)
        return Decimal(1).scaleb(min(int(number.as_tuple().exponent) for number in numbers))


@rule("C001", Severity.ERROR)
def cost_sign(case: Case) -> Iterator[Observation]:
    """成本指标用了“≥”

    检查什么：成本指标的指标值带 ≥、＞、“不低于”。补助标准、救助标准一类给提示。
    依据：成本指标用于控制支出，应为“≤”或“=”（财预〔2021〕101号，未核对原文）
    为什么：“≥”等于要求多花钱，花得越多得分越高。
    反例：
        indicators[5].target = ≥78.4万元
    正例：
        indicators[5].target = ≤80万元
        或
        indicators[5].name = 成本节约率
        indicators[5].target = ≥2%
        indicators[5].actual = 2%
    不检查什么：节约率、节约额等越多越好的指标。
    """
    for line in case.lines:
        if line.invites_spending:
            promised = is_promised(line.cells)
            yield Observation(
                f"成本指标{named(line)}的指标值“{line.cells.target.strip()}”用了“≥”。",
                "indicators",
                line.number,
                "target",
                printed=line.cells.target,
                expected="≤…",
                hint="如果是至少发这么多，可以保留，或移到产出指标下；如果是控制支出，改成“≤”。"
                if promised
                else "改成“≤”；如果衡量的不是支出，移到产出或效益指标下。",
                severity=Severity.NOTE if promised else None,
            )


@rule("C002", Severity.ERROR)
def cost_sum(case: Case) -> Iterator[Observation]:
    """各项成本相加与全年执行数不符

    检查什么：成本指标的指标值相加等于全年预算数时，完成值相加也应等于全年执行数。各项成本相加超过全年执行数的给提醒。
    依据：成本指标的完成值应与资金执行情况一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：钱只有一笔，两处的数对不上，必有一处是错的。
    反例：
        indicators[5].actual = 79.5万元
    正例：
        indicators[5].actual = 784000元
    不检查什么：人均、单价等单位成本，社会成本和生态环境成本，没有写金额单位的行。
    """
    rows = _spending(case)
    money = _money(case) if rows else None
    if money is None:
        return
    targets, actuals = ([_in_wan(value) for value in side] for side in zip(*_values(rows), strict=True))
    planned, spent = _sum(targets), _sum(actuals)
    if planned is None or spent is None:
        return
    gap = spent - money.executed
    if not gap:
        return
    whole = abs(planned - money.budget) <= _allowed(money, [line.target for line in rows])
    several = len(rows) > 1 and not any(number in (money.executed, money.budget) for number in actuals)
    if not (whole or (several and gap > 0 and planned < money.budget)):
        return
    if abs(gap) <= _allowed(money, [line.actual for line in rows]):
        return
    terms = " + ".join(plain(number or Decimal(0)) for number in actuals)
    shown = f"{terms} = {plain(spent)}" if len(rows) > 1 else plain(spent)
    yield Observation(
        f"成本指标的完成值合计{plain(spent)}万元，全年执行数是{plain(money.executed)}万元，"
        f"相差{plain(abs(gap))}万元。",
        "cost",
        field="actual",
        printed=terms,
        expected=f"合计 {plain(money.executed)} 万元",
        arithmetic=f"{shown}；{plain(spent)} − {plain(money.executed)} = {plain(gap)}；"
        f"指标值合计 {plain(planned)}，全年预算数 {plain(money.budget)}",
        hint="按账面支出核对各项成本的完成值和全年执行数。",
        severity=None if whole else Severity.WARNING,
    )


@rule("C003", Severity.ERROR)
def consistency(case: Case) -> Iterator[Observation]:
    """一项成本就超过了全年执行数

    检查什么：单独一项成本指标的完成值大于全年执行数。
    依据：成本指标的完成值应与资金执行情况一致（财预〔2020〕10号 单位自评要求，未核对原文）
    为什么：部分不可能大于全部。
    反例：
        indicators[5].actual = 79.5万元
    正例：
        indicators[5].actual = 78.40万元
    不检查什么：带来的收入、投资等不是支出的金额；没有写金额单位的行。
    """
    rows = _spending(case)
    money = _money(case) if rows else None
    for line in rows if money else ():
        spent = _in_wan(line.actual)
        if money is None or spent is None or spent <= money.executed:
            continue
        if spent - money.executed <= _allowed(money, [line.actual]):
            continue
        yield Observation(
            f"{named(line)}完成{line.actual.number}{line.actual.unit}，超过了全年执行数{plain(money.executed)}万元。",
            "indicators",
            line.number,
            "actual",
            printed=line.cells.actual,
            expected=f"不超过 {plain(money.executed)} 万元",
            arithmetic=f"{plain(spent)} − {plain(money.executed)} = {plain(spent - money.executed)}",
            hint="核对这一项的支出和全年执行数，改正其中错的一处。",
        )


def _money(case: Case) -> Money | None:
    row = case.total_fund
    if row is None:
        return None
    budget, executed = row.amounts["budget"], row.amounts["executed"]
    if budget is None or executed is None:
        return None
    scale = Decimal("0.0001") if case.form.money_unit == "元" else Decimal(1)
    return Money(budget * scale, executed * scale, scale)


def _spending(case: Case) -> list[Line]:
    """The rows that say what part of the money was spent on what, with amounts in target and actual."""
    return [
        line
        for line in case.money_costs
        if line.target.kind is _QUANTITATIVE
        and line.actual.kind is _QUANTITATIVE
        and not PER_PIECE.search(line.cells.name)
        and not _NOT_SPENDING.search(line.cells.name)
        and not _INDIRECT.search(line.cells.level2)
        and _in_wan(line.actual) is not None
    ]


def _values(rows: list[Line]) -> list[tuple[Value, Value]]:
    return [(line.target, line.actual) for line in rows]


def _in_wan(value: Value) -> Decimal | None:
    factor = ratio(value.unit_norm, "万元") if value.unit_norm else None
    return None if factor is None or value.number is None else times(value.number, factor)


def _sum(numbers: list[Decimal | None]) -> Decimal | None:
    return None if None in numbers else sum((n for n in numbers if n is not None), Decimal(0))


def _allowed(money: Money, values: list[Value]) -> Decimal:
    """What printed rounding explains: half of the last digit of every number involved, if it has decimals."""
    ulp = money.ulp
    allowed = ulp / 2 if ulp < 1 else Decimal(0)
    for value in values:
        ulp = Decimal(1).scaleb(int((value.number or Decimal(0)).as_tuple().exponent))
        factor = ratio(value.unit_norm, "万元") or 1
        if ulp < 1:
            allowed += ulp * factor.numerator / factor.denominator / 2
    return allowed


RULES = (cost_sign, cost_sum, consistency)
