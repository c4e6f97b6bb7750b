"""Cells that hold one number by their column: amounts of money, points, rates."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.form.numerals import normal
from assistant.form.quantities import Quantity, find_quantities
from assistant.form.record import TEXTS_OF_A_FORM
from assistant.form.units import is_money, ratio, standard, times

_WORKED_OUT = re.compile(r"^[\d.,%()分+\-×xX*÷/]+=(?=[\d.]+分?$)")


class Rate(NamedTuple):
    """A printed rate. ``fraction``: 1 is 100%; ``places``: decimals of the percentage; ``sign``: has a %."""

    fraction: Decimal
    places: int
    sign: bool


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def read_amount(text: str, money_unit: str) -> Decimal | None:
    """An amount in the column's ``money_unit`` (万元 or 元); a unit in the cell is converted exactly.

    None for blanks, dashes, words, several numbers, or a unit that is no money.
    """
    quantity = _only_number(text)
    if quantity is None:
        return None
    if not quantity.unit:
        return quantity.number
    unit = standard(quantity.unit)
    factor = ratio(unit, money_unit) if is_money(unit) else None
    return None if factor is None else times(quantity.number, factor)


def has_unit(text: str) -> bool:
    """True where an amount cell carries a unit of its own: 12万, 10万元."""
    quantity = _only_number(text)
    return quantity is not None and bool(quantity.unit)


@lru_cache(maxsize=1024)
def read_points(text: str) -> Decimal | None:
    """A 分值 or 得分: ``10``, ``9.50分``, ``（10分）``, ``10×98%=9.8``; None for anything else."""
    body = normal(text).strip("()")
    quantity = _only_number(_WORKED_OUT.sub("", body) if "=" in body else body)
    return quantity.number if quantity and quantity.unit in ("", "分") else None


@lru_cache(maxsize=1024)
def read_weight(text: str) -> Decimal | None:
    """A 分值 or 权重: points, or their share of a hundred (10%)."""
    if (points := read_points(text)) is not None:
        return points
    quantity = _only_number(normal(text).strip("()"))
    return quantity.number if quantity and quantity.unit == "%" else None


@lru_cache(maxsize=1024)
def read_rate(text: str) -> Rate | None:
    """A rate: ``97.60%``, ``97.6``; a bare number of at most 1.5 with decimals is a fraction (0.976)."""
    quantity = _only_number(text)
    if quantity is None or standard(quantity.unit) not in ("", "%"):
        return None
    places = max(0, -int(quantity.number.as_tuple().exponent))
    if quantity.unit:
        return Rate(quantity.number / 100, places, True)
    if abs(quantity.number) <= Decimal("1.5"):
        return Rate(quantity.number, max(0, places - 2), False)
    return Rate(quantity.number / 100, places, False)


@lru_cache(maxsize=TEXTS_OF_A_FORM)
def _only_number(text: str) -> Quantity | None:
    """The one number of a cell that holds nothing else but its unit; None otherwise."""
    body = normal(text).strip(" 。.;,、约")
    found = find_quantities(body)
    if len(found) != 1 or found[0].upper is not None:
        return None
    rest = body[: found[0].start] + body[found[0].end :]
    return found[0] if rest.strip("¥￥元()") == "" else None
