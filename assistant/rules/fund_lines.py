"""The rows of 项目资金 with their amounts read once, as the rules of the family funds see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from assistant.form.amount import Rate, has_unit, read_amount, read_rate
from assistant.form.model import Form, FundLine
from assistant.form.record import record
from assistant.form.rounding import plain
from assistant.form.text import shortened
from assistant.rules.score import execution_rate, total_fund_row

Column = Literal["initial", "budget", "executed"]
COLUMNS: tuple[Column, ...] = ("initial", "budget", "executed")
COLUMN_NAMES: dict[Column, str] = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
}
_NESTED = re.compile("^其中")
_HEADS = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．)）]|[(（][一二三四五六七八九十\d][)）])|.*小计"
)
_ROUNDED = Decimal("0.005")


@record
class ReadFund:
    """A fund row with its amounts in the form's money unit; None where a cell has no number.

    ``with_unit``: the columns whose amounts carry a unit of their own (12万).
    """

    number: int
    cells: FundLine
    is_total: bool
    amounts: dict[Column, Decimal | None]
    with_unit: tuple[Column, ...]
    rate: Decimal | None
    printed_rate: Rate | None

    @property
    def name(self) -> str:
        """The row as staff know it: “上年结转资金”."""
        return f"“{shortened(self.cells.label)}”" if self.cells.label else f"资金第{self.number}行"


def read_funds(form: Form) -> tuple[ReadFund, ...]:
    """All fund rows in order."""
    total = total_fund_row(form)
    return tuple(
        _read_fund(number, line, form.money_unit, is_total=number == total)
        for number, line in enumerate(form.funds, 1)
    )


def _read_fund(number: int, line: FundLine, money_unit: str, *, is_total: bool) -> ReadFund:
    texts = line.initial, line.budget, line.executed
    initial, budget, executed = [read_amount(text, money_unit) for text in texts]
    return ReadFund(
        number=number,
        cells=line,
        is_total=is_total,
        amounts={"initial": initial, "budget": budget, "executed": executed},
        with_unit=tuple([column for column, text in zip(COLUMNS, texts, strict=True) if has_unit(text)]),
        rate=execution_rate(budget, executed),
        printed_rate=read_rate(line.rate),
    )


def columns_of(form: Form) -> tuple[Column, ...]:
    """The money columns that the form's template has."""
    return COLUMNS if form.template == "project" else COLUMNS[1:]


def adds_up(total: Decimal, sources: Sequence[ReadFund], column: Column) -> bool:
    """True where the sources give the total, apart from rounding to the printed decimals.

    Sources that are broken down again may count or not: by a second 其中, or where only some rows are
    numbered or called 小计.
    """
    known = [(row, amount) for row in sources if (amount := row.amounts[column]) is not None]
    if total == sum((amount for _, amount in known), Decimal(0)):
        return True
    allowed = _allowance([total, *(amount for _, amount in known)])
    headed = [amount for row, amount in known if _HEADS.match(row.cells.label)]
    ways = [[amount for _, amount in known], _outer(known, allowed)]
    if headed and _HEADS.match(known[0][0].cells.label):
        ways.append(headed)
    return any(abs(total - sum(way, Decimal(0))) <= allowed for way in ways)


def _outer(known: Sequence[tuple[ReadFund, Decimal]], allowed: Decimal) -> list[Decimal]:
    """The amounts without those that a 其中 below the first row begins: as many as make up the row above."""
    outer: list[Decimal] = []
    parts: Decimal | None = None
    for place, (row, amount) in enumerate(known):
        if place and _NESTED.match(row.cells.label):
            parts = Decimal(0)
        if parts is None:
            outer.append(amount)
            continue
        parts += amount
        if not outer or abs(outer[-1] - parts) <= allowed or not _more_parts(known, place, outer[-1] - parts):
            parts = None
    return outer


def _more_parts(known: Sequence[tuple[ReadFund, Decimal]], place: int, missing: Decimal) -> bool:
    """Whether the rows after ``place`` begin with what is still missing of a row broken down."""
    for _, amount in known[place + 1 :]:
        missing -= amount
        if missing <= 0:
            return missing == 0
    return False


def _allowance(amounts: Iterable[Decimal]) -> Decimal:
    """Half a unit of the second decimal for each amount, where amounts are printed with decimals at all."""
    amounts = list(amounts)
    rounded = any(int(amount.as_tuple().exponent) <= -2 for amount in amounts)
    return _ROUNDED * len(amounts) if rounded else Decimal(0)


def added(amounts: Sequence[Decimal | None]) -> str:
    """``60 + 0 + 40``, blanks as 空."""
    return " + ".join("空" if amount is None else plain(amount) for amount in amounts)
