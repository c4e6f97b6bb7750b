"""When two figures say the same: exactly in value and unit, or rounded where that is stated."""

from __future__ import annotations

from fractions import Fraction

from assistant.grounding.figures import Figure

_SAME_THING = (
    frozenset("人名位"),
    frozenset("个项"),
    frozenset("个家"),
    frozenset({"次", "回"}),
    frozenset({"场", "场次"}),
    frozenset({"期", "期次"}),
    frozenset({"台", "套", "台套"}),
)
"""Counting words that people exchange; the table of units is laxer, because it compares target and actual."""


def same(said: Figure, known: Figure) -> bool:
    """Whether a known figure is the said one: value and unit alike, and no bound turned round."""
    if said.value is None or known.value is None or not _comparable(said, known):
        return False
    if said.bound and known.bound and said.bound != known.bound:
        return False
    if _lacks_unit(said, known):
        return said.loose is not None and said.loose == known.loose and not said.more and not known.more
    if said.upper is not None:
        return (said.value, said.upper) == (known.value, known.upper)
    ends = (known.value,) if known.upper is None else (known.value, known.upper)
    if said.more:
        return any(said.value == end if known.more else _just_above(said, said.value, end) for end in ends)
    if said.about and not known.about:
        return any(_about(end, said) for end in ends)
    return said.value in ends and not known.more


def _comparable(said: Figure, known: Figure) -> bool:
    """Same kind and unit; or one of the two has no unit, and the other counts things (no money, no share)."""
    if said.kind != known.kind:
        return "ordinal" not in (said.kind, known.kind) and not said.unit and not known.unit
    if units_agree(said.unit, known.unit) or _lacks_unit(said, known):
        return True
    return (said.scale_only and known.counted) or (known.scale_only and said.counted)


def _lacks_unit(said: Figure, known: Figure) -> bool:
    return (not said.unit) != (not known.unit) and said.counted and known.counted


def units_agree(one: str, other: str) -> bool:
    """Whether two base units are the same, or counting words that people exchange."""
    return one == other or any({one, other} <= group for group in _SAME_THING)


def follows(said: Figure, exact: Fraction) -> bool:
    """Whether a result of arithmetic in the said unit is what is said.

    Quotients (%, 倍) may be rounded half up to the printed decimals, at least one, and 99.98 % is never
    100.0 %; sums and differences are exact.
    """
    if said.value is None or said.more or said.value == exact:
        return said.value == exact and not said.more
    rounded = said.unit in ("%", "倍") and said.step < 1 and said.value not in (0, 100)
    return rounded and _rounds_to(exact, said)


def _rounds_to(exact: Fraction, said: Figure) -> bool:
    steps = exact / said.step + Fraction(1, 2)
    return (steps.numerator // steps.denominator) * said.step == said.value


def _about(known: Fraction, said: Figure) -> bool:
    """约9.3万元 for 9.30266万元: rounded half up, with two digits left at least."""
    if said.value == known:
        return True
    return said.value is not None and said.value >= 10 * said.step and _rounds_to(known, said)


def _just_above(said: Figure, value: Fraction, known: Fraction) -> bool:
    """20余个 for 21 to 29: the last non-zero digit of what is said is not passed."""
    step = said.step
    while value and value % (step * 10) == 0:
        step *= 10
    return value < known < value + step
