"""The arithmetic of an aggregate, written out."""

from __future__ import annotations

from assistant.asking.fields import FIELDS
from assistant.asking.query import Query, Result
from assistant.form.rounding import plain

_TERMS = 12


def arithmetic_of(query: Query, result: Result) -> tuple[str, ...]:
    """12 + 30 = 42; only for sums, means and shares of a few terms."""
    measure, value = query.measure, result.value
    if measure is None or value is None or value.number is None:
        return ()
    unit = value.unit or (FIELDS[query.of][measure.field].unit if measure.field else "")
    if measure.op == "share":
        if result.whole is None or result.whole.number is None:
            return ()
        part = value.number * result.whole.number / 100
        return (f"{plain(part, 4)} ÷ {plain(result.whole.number, 4)} = {plain(value.number, 2)}%",)
    numbers = [r[measure.field].number for r in result.records if measure.field]
    known = [number for number in numbers if number is not None]
    if measure.op not in ("sum", "mean") or not known or len(known) > _TERMS * 3:
        return ()
    terms = " + ".join(plain(number, 4) for number in known)
    if measure.op == "sum":
        return (f"{terms} = {plain(value.number, 4)}{unit}",)
    return (f"（{terms}）÷ {len(known)} = {plain(value.number, 2)}{unit}",)
