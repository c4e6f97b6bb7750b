"""The spread of past targets and results beside a proposed one, as HTML. Pure, no Streamlit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from assistant.form.model import Frozen
from assistant.form.rounding import half_up, plain
from assistant.form.value import Value, in_unit_of, read_actual, read_target
from assistant.grounding.evidence import Evidence
from assistant.web.shown.escape import escape

_FEWEST, _LARGEST = 2, 4
_MIDDLE = Decimal("0.5")


class Spread(Frozen):
    """Numbers in one unit: past targets and results, and the proposed target (None where it is a blank)."""

    unit: str
    targets: tuple[Decimal, ...]
    actuals: tuple[Decimal, ...]
    proposed: Decimal | None = None


def spread_of(target: str, name: str, evidence: Iterable[Evidence]) -> Spread | None:
    """The spread of ``evidence`` in the unit of ``target``; None where fewer than two targets compare."""
    proposed = read_target(target, name=name)
    rows = [(read_target(one.target, name=one.indicator), one) for one in evidence]
    known = [value for value, _ in rows if value.number is not None and value.unit_norm]
    sample = proposed if proposed.number is not None and proposed.unit_norm else next(iter(known), None)
    if sample is None:
        return None
    targets, actuals = [], []
    for value, one in rows:
        if (number := _in_unit(value, sample)) is None:
            continue
        targets.append(number)
        if (done := _in_unit(read_actual(one.actual, value), sample)) is not None:
            actuals.append(done)
    if len(targets) < _FEWEST:
        return None
    return Spread(
        unit=sample.unit_norm, targets=tuple(targets), actuals=tuple(actuals), proposed=proposed.number
    )


def _in_unit(value: Value, sample: Value) -> Decimal | None:
    return in_unit_of(value, sample) if value.number is not None else None


def spread_plot(spread: Spread) -> str:
    """Two rows of dots on one scale, the dot larger where several fall together; a line for the proposal.

    Plain elements, because the page's own cleaning of HTML takes inline SVG out.
    """
    numbers = [*spread.targets, *spread.actuals, *([spread.proposed] if spread.proposed is not None else [])]
    low, high = min(numbers), max(numbers)

    def at(number: Decimal) -> str:
        share = (number - low) / (high - low) if high > low else _MIDDLE
        return f"left:{plain(half_up(share * 100, 1))}%"

    line = f'<u style="{at(spread.proposed)}"></u>' if spread.proposed is not None else ""
    rows = [("目标", "target", spread.targets), ("实际", "actual", spread.actuals)]
    tracks = "".join(
        f"<div><b>{label}</b><span>{line}{_dots(kind, found, at)}</span></div>"
        for label, kind, found in rows
        if found
    )
    ends = "".join(
        f'<em style="{at(number)}">{escape(plain(half_up(number, 4)) + spread.unit)}</em>'
        for number in dict.fromkeys((low, high))
    )
    said = escape(_in_words(spread))
    return (
        f'<div class="af-spread" role="img" aria-label="{said}" title="{said}">{tracks}'
        f'<div class="af-ends"><b></b><span>{ends}</span></div></div>'
    )


def _dots(kind: str, numbers: Iterable[Decimal], at: Callable[[Decimal], str]) -> str:
    return "".join(
        f'<i data-dot="{kind}" style="{at(number)};padding:{min(count, _LARGEST) + 1}px"></i>'
        for number, count in sorted(Counter(numbers).items())
    )


def _in_words(spread: Spread) -> str:
    targets = f"往年目标{_range(spread.targets, spread.unit)}"
    actuals = f"，实际{_range(spread.actuals, spread.unit)}" if spread.actuals else ""
    now = f"；竖线为本次建议{plain(spread.proposed)}{spread.unit}" if spread.proposed is not None else ""
    return f"{targets}{actuals}{now}"


def _range(numbers: tuple[Decimal, ...], unit: str) -> str:
    ends = dict.fromkeys(f"{plain(half_up(end, 4))}{unit}" for end in (min(numbers), max(numbers)))
    return "–".join(ends)
