"""The whole of a project's money among the amounts that a user named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.understanding.statements import Statement

_BUDGET = re.compile(
    r"预算|总?资金|经费|投入|安排|拨款|总投资|概算|^投资$|合同(?:金额|价款?|额|总价)$|^金额$|款$|^$|租金|费用?$|^花$"
)
_PART = re.compile(r"中央|省级|自治区|市级|县级|区级|地方|配套|自筹|其中|上级|结转|到位资金|带动|引进|撬动")
_THIS_YEAR = re.compile(r"(?:今年|本年|当年)[^，]{0,4}(?:安排|下达|投入)")
_SPENT = re.compile(r"花了|用了|支出|实际|执行|支付")


def said_budget(statements: Iterable[Statement]) -> Decimal | None:
    """The year's budget in 万元: the last amount called 预算 or given for this year, else the largest.

    Amounts per person and what was spent are none of it; shares of a level of government count only where
    nothing else is said. None where no amount is.
    """
    said = [one for one in statements if _is_budget(one)]
    whole = [one for one in said if not (one.part or _PART.search(one.topic))]
    named = [one.quantity.in_yuan for one in whole if "预算" in one.topic or _THIS_YEAR.search(one.text)]
    amounts = [one.quantity.in_yuan for one in whole or said]
    known = [amount for amount in named or amounts if amount is not None]
    if not known:
        return None
    return (known[-1] if named else max(known)) / 10000


def _is_budget(one: Statement) -> bool:
    if one.past or one.cause or one.each or _SPENT.search(one.text):
        return False
    return one.quantity.kind == "money" and bool(_BUDGET.search(one.topic))
