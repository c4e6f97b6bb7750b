"""Amounts among the figures of a message: which of them belong to the funds block, by their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.understanding.fund_facts import Role, cell_amount, role_of, set_amount
from assistant.understanding.quantities import Quantity
from assistant.understanding.reading import Reading
from assistant.understanding.row_facts import Mode, column_of
from assistant.understanding.row_matching import STRONG, Match, content_of

_MONEY_WORDS = re.compile(
    r"年初|全年|年度|今年|项目|总|预算数?|执行数?|资金|经费|支出|安排|批复|下达|实际|投入|财政|拨款"
    r"|全部|其中|调整|"
    r"[共花用使后数额的是为了元到：，□]"
)


_OF_BENEFIT = re.compile(
    r"带动|拉动|撬动|引进|引入|吸引|意向|签约|成交|融资|贷款|销售|产值|(?<!事业)(?<!财政)收入|税收|零售|交易额|营业额|利润|增收"
)
_PAID_IN = re.compile(r"到位资金|资金到位")
_CONTRACT = re.compile(r"合同|中标|成交价")
_PAID_UP = re.compile(r"^[^，。]{0,4}(?:全|都|已|均)[^，。未没]{0,3}(?:付|支)")
_PAID_TO = re.compile(
    r"^[，]?(?:是)?(?:付给|支付给|给了?|付了|用于|用在|用来|花在|买了|是(?!全年|今年|执行|预算))[\u3400-\u9fff]{2}"
)
_GRANTED = re.compile(r"拨(?:了|下来?|付|到)?|下达了?|批(?:了|下来)")
_INVESTORS = re.compile(r"招商|引资|签约|客商")
_YEAR = re.compile(r"20\d\d年度?")
_PER_ONE = re.compile(r"(?:每(?!年)|人均|户均|单价)[^，]*$")
_RATE_OF_PAY = re.compile(r"(?:标准|单价)(?:为|是|按)?$")


@dataclass
class Flow:
    """What figures of one topic inherit from those before: plan or done, rows, words, money's role.

    ``unpaid``: an amount that had no place, of which the next clause may say that it was paid.
    ``granted``: an amount that was paid out, so far the only one: the budget, once what was spent is told.
    """

    mode: Mode = ""
    rows: tuple[int, ...] = ()
    words: str = ""
    role: Role | None = None
    weights: bool = False
    unpaid: Quantity | None = None
    granted: Quantity | None = None
    later: list[str] = field(default_factory=list)


def read_old_amount(reading: Reading, subject: str, quantity: Quantity, flow: Flow) -> None:
    """预算由50万调整为60万 tells the initial budget too."""
    role = role_of(subject, "", reading.form, None)
    if quantity.kind != "money" or role is None or "executed" in role.columns or flow.rows:
        return
    line = reading.form.funds[0] if reading.form.funds else None
    if reading.form.template == "project" and (line is None or not line.initial):
        set_amount(reading, Role(line=role.line, columns=("initial",)), quantity)
    flow.role = role


def read_money(
    reading: Reading, subject: str, quantity: Quantity, after: str, flow: Flow, match: Match
) -> bool:
    """Gives an amount to the funds block unless a row is clearly meant. True where it was read there."""
    if _OF_BENEFIT.search(subject) or (_PAID_IN.search(subject) and _is_budget_known(reading)):
        return False
    if _PER_ONE.search(subject) or _RATE_OF_PAY.search(subject):
        return False
    if _CONTRACT.search(subject) and (_is_budget_known(reading) or "预算" in reading.text):
        if _PAID_UP.search(after):
            set_amount(reading, Role(columns=("executed",)), quantity)
        flow.unpaid = quantity
        return True
    role = (
        role_of(subject, after, reading.form, flow.role)
        or _asked_role(reading, subject)
        or _bare_budget(reading, subject, quantity, after, flow)
    )
    if role is None or (match.rows and match.strength >= STRONG and _MONEY_WORDS.sub("", subject)):
        return False
    if _is_part_spent(reading, subject, quantity, after, flow):
        return True
    if quantity.kind == "bare" and (match.rows or flow.rows or column_of(subject, quantity, "") is not None):
        return False
    if flow.granted is not None and role.columns == ("executed",) and not _is_budget_known(reading):
        set_amount(reading, Role(columns=("initial", "budget")), flow.granted)
    granted = role.columns == ("executed",) and _GRANTED.search(subject) and not _is_budget_known(reading)
    flow.granted = quantity if granted else None
    set_amount(reading, role, quantity)
    flow.role, flow.words = role, subject
    return True


def _is_part_spent(reading: Reading, subject: str, quantity: Quantity, after: str, flow: Flow) -> bool:
    """…支出17.1万，2.7万付给场地: what a part of the money told before went to."""
    whole = cell_amount(reading.form.funds[0].executed) if reading.form.funds else None
    yuan = quantity.in_yuan
    if flow.role is None or "executed" not in flow.role.columns or content_of(subject) or whole is None:
        return False
    unit = 1 if reading.form.money_unit == "元" else 10000
    return yuan is not None and yuan < whole * unit and bool(_PAID_TO.match(after))


def _asked_role(reading: Reading, subject: str) -> Role | None:
    """The cell of the funds that was asked for, where an amount comes without words of its own."""
    asked = reading.situation.asked
    if asked is None or asked.section != "funds" or content_of(subject):
        return None
    return Role(columns=("executed",)) if asked.field == "executed" else Role(columns=("initial", "budget"))


def _is_budget_known(reading: Reading) -> bool:
    """Whether money paid in speaks of something else: the budget is known, or investors are spoken of."""
    line = reading.form.funds[0] if reading.form.funds else None
    return bool(line is not None and (line.budget or line.initial)) or bool(_INVESTORS.search(reading.text))


def _bare_budget(reading: Reading, subject: str, quantity: Quantity, after: str, flow: Flow) -> Role | None:
    """An amount that stands alone: the budget where none is known (…，210万，…), 实际94.5万 was spent."""
    line = reading.form.funds[0] if reading.form.funds else None
    alone = quantity.kind == "money" and not flow.rows and not content_of(_YEAR.sub("", subject + after))
    if alone and "实际" in subject and line is not None and (line.budget or line.initial):
        return Role(columns=("executed",))
    if line is None or line.budget or line.initial or not alone or _PER_ONE.search(flow.words):
        return None
    return Role(columns=("budget",) if reading.form.template == "transfer" else ("initial", "budget"))
