"""An indicator that states an amount, of which the rate of execution is its own: 干部培训的执行率."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.predicates import Predicate
from assistant.asking.reading.scope import Scope
from assistant.asking.records.records import Record

OF_AN_AMOUNT = frozenset(("rate", "overspent", "unspent"))
"""What is told of the money of a form, and of an indicator that states an amount: its gap."""
_AMOUNT = re.compile("^[百千万亿]*元")
_SHORT = 2
_MONEY_NAME = re.compile("(?:费用?|成本|单价|造价|经费|支出|补助标准)(?:$|[(（])")


def state_money(records: Iterable[Record], words: Sequence[str]) -> bool:
    """Whether any of these indicators counts in money; of one without a unit its name may tell.

    ``words``: what it was called in the question; 人均 alone names no such one.
    """
    bare = any(len(word) > _SHORT for word in words)
    return any(
        record["target"].unit.endswith("元") or (bare and _is_money_by_name(record)) for record in records
    )


def _is_money_by_name(record: Record) -> bool:
    unit = record["target"].unit or record["actual"].unit
    return not unit and _MONEY_NAME.search(record["name"].text) is not None


def is_an_amount(scope: Scope, entities: Entities) -> bool:
    """Whether one row alone is named that states an amount, by words that its form's name does not hold."""
    if len(scope.rows) != 1:
        return False
    form, row = scope.rows[0]
    amount = _AMOUNT.match(entities.by_number[form].indicators[row - 1]["actual"].unit) is not None
    return amount and any(entities.beside_form(word, form) for word in scope.words)


def of_the_amount(one: Predicate) -> Predicate:
    """What is said of the rate of execution, said of such a row."""
    if one.of != "forms" or any(c.field != "rate" or c.other for c in one.conditions):
        return one
    conditions = tuple(c.model_copy(update={"field": "completion"}) for c in one.conditions)
    return replace(one, of="indicators", conditions=conditions)
