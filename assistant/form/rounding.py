"""The one place that rounds: 四舍五入 on Decimals (financial tables never use banker's rounding)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(7))


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """``value`` rounded half up to ``places`` decimals: ``half_up(Decimal("0.125"))`` is ``0.13``."""
    quantum = _QUANTA[places] if 0 <= places < len(_QUANTA) else Decimal(1).scaleb(-places)
    # By its place: the keyword takes as long again as the rounding.
    return value.quantize(quantum, ROUND_HALF_UP)


def is_rounded(printed: Decimal, exact: Decimal) -> bool:
    """True where ``printed`` is ``exact`` rounded to the one decimal or more that it has."""
    places = max(0, -int(printed.as_tuple().exponent))
    return places > 0 and printed == half_up(exact, places)


def plain(value: Decimal, places: int | None = None) -> str:
    """A Decimal as people write it: no exponent, no trailing zeros; half up to ``places``, if given."""
    shown = half_up(value, places) if places is not None else value
    text = str(shown)
    if "E" in text:
        text = format(shown, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
