"""The rows of 项目资金 with their amounts read once, as the rules of the family funds see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.form.amount import Rate, read_amount, read_rate
from assistant.form.model import Form, FundLine
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
_ROUNDED = Decimal("0.005")


@dataclass(frozen=True)
class ReadFund:
    """A fund row with its amounts in the form's money unit; None where a cell has no number."""

    number: int
    cells: FundLine
    is_total: bool
    amounts: dict[Column, Decimal | None]
    rate: Decimal | None
    printed_rate: Rate | None

    @property
    def name(self) -> str:
        """The row as staff know it: “上年结转资金”."""
        return f"“{shortened(self.cells.label)}”" if self.cells.label else f"资金第{self.number}行"


def read_funds(form: Form) -> tuple[ReadFund, ...]:
    """All fund rows in order."""
    money_unit, total = form.money_unit, total_fund_row(form)
    return tuple(
        ReadFund(
            number=number,
            cells=line,
            is_total=number == total,
            amounts={column: read_amount(getattr(line, column), money_unit) for column in COLUMNS},
            rate=execution_rate(line, money_unit),
            printed_rate=read_rate(line.rate),
        )
        for number, line in enumerate(form.funds, 1)
    )


def columns_of(form: Form) -> tuple[Column, ...]:
    """The money columns that the form's template has."""
    return COLUMNS if form.template == "project" else COLUMNS[1:]


def adds_up(total: Decimal, sources: Sequence[ReadFund], column: Column) -> bool:
    """True where the sources give the total, apart from rounding to the printed decimals.

    Sources that are broken down again (a second 其中) may count or not.
    """
    known = [(row, amount) for row in sources if (amount := row.amounts[column]) is not None]
    outer = [
        amount
        for place, (row, amount) in enumerate(known)
        if place == 0 or not _NESTED.match(row.cells.label)
    ]
    allowed = _allowance([total, *(amount for _, amount in known)])
    sums = (sum((amount for _, amount in known), Decimal(0)), sum(outer, Decimal(0)))
    return any(abs(total - added) <= allowed for added in sums)


def _allowance(amounts: Iterable[Decimal]) -> Decimal:
    """Half a unit of the second decimal for each amount, where amounts are printed with decimals at all."""
    amounts = list(amounts)
    rounded = any(int(amount.as_tuple().exponent) <= -2 for amount in amounts)
    return _ROUNDED * len(amounts) if rounded else Decimal(0)


def added(amounts: Sequence[Decimal | None]) -> str:
    """``60 + 0 + 40``, blanks as 空."""
    return " + ".join("空" if amount is None else plain(amount) for amount in amounts)
