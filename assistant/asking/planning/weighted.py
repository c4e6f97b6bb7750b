"""Weighted means: a rate over several records is what its parts add up to, not a mean of rates."""

from __future__ import annotations

from assistant.asking.planning.asked import Asked
from assistant.asking.planning.meaning import Meaning
from assistant.asking.planning.planning import Plan, base_of
from assistant.asking.records.fields import FIELDS, Sort
from assistant.asking.records.query import Measure

_PARTS = {
    "rate": ("executed", "budget"),
    "left_rate": ("unspent", "budget"),
    "score_rate": ("score", "weight"),
}
"""For each rate what it is the quotient of; weighted by its divisor, its mean is the quotient of the sums."""


def as_weighted(asked: Asked) -> Meaning | None:
    """执行率按预算加权的平均: all that was spent over all that was planned; None where none is asked."""
    mark = asked.reading.said.get("weighted")
    if mark is None:
        return None
    unclear = Meaning(kind="unclear", reason="加权平均")
    named = [m.name for m in asked.said_fields()]
    rate = next((name for name in named if name in _PARTS), "")
    if not rate:
        return unclear
    part, whole = _PARTS[rate]
    of: Sort = "forms" if rate in FIELDS["forms"] else "indicators"
    query = base_of(Plan(asked), of)
    apart = set(named) - {rate, whole} or query.any_of or asked.says("per_unit", "per_form", "top", "order")
    if apart:
        return unclear
    measure = Measure(op="share", field=part)
    share = {"measure": measure, "base_field": whole, "base_forms": query.forms, "base": query.where}
    told = (f"加权平均按{FIELDS[of][whole].label}加权",)
    return Meaning(queries=(query.model_copy(update={**share, "ask": "value"}),), notes=told)
