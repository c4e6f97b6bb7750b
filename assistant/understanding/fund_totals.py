"""The total of the 项目资金 block as the sum of its sources."""

from __future__ import annotations

from decimal import Decimal

from assistant.form.model import Form
from assistant.form.rounding import plain
from assistant.understanding.fund_facts import cell_amount, fund_row
from assistant.understanding.reading import Reading


def settle_total(reading: Reading) -> None:
    """The total as the sum of its sources, where sources were told and the total was not."""
    told = {
        (edit.location.row, edit.location.field) for edit in reading.sets if edit.location.section == "funds"
    }
    if not told or reading.form.template != "project":
        return
    number = fund_row(reading, "total")
    for column in ("initial", "budget", "executed"):
        sources = [at for at in range(1, len(reading.form.funds) + 1) if at != number]
        if (number, column) in told or not any((at, column) in told for at in sources):
            continue
        before, now = (_of_sources(form, sources, column) for form in (reading.before, reading.form))
        held = cell_amount(getattr(reading.form.funds[number - 1], column))
        if now and held in (None, sum(before, Decimal(0))):
            total = sum(now, Decimal(0))
            reading.set("funds", number, column, plain(total))
            if len(now) > 1 and total != held and column != "initial":
                shown = " + ".join(map(plain, now))
                reading.remark(
                    f"年度资金总额按各项来源相加：{shown} = {plain(total)}（{reading.form.money_unit}）。"
                )


def _of_sources(form: Form, sources: list[int], column: str) -> list[Decimal]:
    """The amounts of the source rows in one column, those that are there."""
    cells = (getattr(form.funds[at - 1], column) for at in sources if at <= len(form.funds))
    return [amount for cell in cells if (amount := cell_amount(cell)) is not None]
