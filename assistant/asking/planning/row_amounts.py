"""An indicator that states an amount, of which the rate of execution is its own: 干部培训的执行率."""

from __future__ import annotations

from dataclasses import replace

from assistant.asking.reading.entities import Entities
from assistant.asking.reading.predicates import Predicate
from assistant.asking.reading.scope import Scope
from assistant.form.units import is_money


def is_an_amount(scope: Scope, entities: Entities) -> bool:
    """Whether one row alone is named that states an amount, by words that its form's name does not hold."""
    if len(scope.rows) != 1:
        return False
    form, row = scope.rows[0]
    amount = is_money(entities.by_number[form].indicators[row - 1]["actual"].unit)
    return amount and any(entities.beside_form(word, form) for word in scope.words)


def of_the_amount(one: Predicate) -> Predicate:
    """What is said of the rate of execution, said of such a row."""
    if one.of != "forms" or any(c.field != "rate" or c.other for c in one.conditions):
        return one
    conditions = tuple(c.model_copy(update={"field": "completion"}) for c in one.conditions)
    return replace(one, of="indicators", conditions=conditions)
