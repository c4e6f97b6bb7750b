"""The records of each group: by the text of a field, by form, each row alone, or by steps of a scale."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from assistant.asking.records.aggregates import numbers_of
from assistant.asking.records.columns import Codes
from assistant.asking.records.conditions_met import in_unit
from assistant.asking.records.frame import Rows
from assistant.form.rounding import plain


def members_of(rows: Rows, field: str) -> dict[str, Rows]:
    """The records of each group, the groups in the order in which they first come."""
    if not len(rows):
        return {}
    if field == "row":
        return _one_by_one(rows)
    if field == "form":
        numbers = rows.forms
        keys: Mapping[int, str] | None = None
    else:
        numbers, keys = _key_codes(rows, field)
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    first = order[starts]
    parts = np.split(rows.places[order], starts[1:])
    found = {}
    for at in np.argsort(first, kind="stable").tolist():
        number = int(ordered[starts[at]])
        found[str(number) if keys is None else keys[number]] = Rows(rows.frame, parts[at])
    return found


def _one_by_one(rows: Rows) -> dict[str, Rows]:
    """Every record by its form and row."""
    told = zip(rows.forms.tolist(), rows.rows.tolist(), np.split(rows.places, len(rows)), strict=True)
    return {f"{form}#{row}": Rows(rows.frame, place) for form, row, place in told}


def steps_of(rows: Rows, field: str, width: Decimal) -> dict[str, Rows]:
    """The records whose number falls in each step of a scale, the lowest step first."""
    column, unit = rows.column(field), numbers_of(rows, field)[1]
    table = np.full(len(column.cells), -1, dtype=np.int64)
    for place in column.used(rows.places).tolist():
        number = in_unit(column.cells[place], unit) if column.cells[place].number is not None else None
        if number is not None:
            table[place] = int(number // width)
    steps = table[column.codes[rows.places]]
    return {
        f"{plain(low * width)}到不足{plain((low + 1) * width)}{unit}": Rows(
            rows.frame, rows.places[steps == low]
        )
        for low in np.unique(steps[steps >= 0]).tolist()
    }


def _key_codes(rows: Rows, field: str) -> tuple[Codes, dict[int, str]]:
    """For each record the number of its key, and the keys by number."""
    column = rows.column(field)
    known: dict[str, int] = {}
    printed: dict[int, set[str]] = {}
    table = np.zeros(len(column.cells), dtype=np.int32)
    for place in column.used(rows.places).tolist():
        text = column.cells[place].text
        table[place] = known.setdefault(_key(text, field), len(known))
        printed.setdefault(int(table[place]), set()).add(text)
    keys = {number: key for key, number in known.items()}
    # 服务对象满意度指标, where all of a group are called so.
    alike = {number: next(iter(texts)) for number, texts in printed.items() if len(texts) == 1}
    longer = {number: text for number, text in alike.items() if text.endswith(keys[number])}
    return table[column.codes[rows.places]], {**keys, **longer}


def _key(text: str, field: str) -> str:
    """The group of a record; 满意度, 满意度指标 and 服务对象满意度指标 are one."""
    if field == "level2" and "满意" in text:
        return "满意度指标"
    return f"{text.removesuffix('指标')}指标" if field in ("level1", "level2") and text else text
