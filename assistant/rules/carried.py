"""Which figures of a text the indicators and the funds of a form carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.form.record import computed
from assistant.form.units import MEASURES
from assistant.rules.deviation import short
from assistant.rules.figures import Figure, figures, figures_of_name
from assistant.rules.fund_lines import COLUMNS, ReadFund
from assistant.rules.rule import Case

_PART = re.compile("其中|包括|包含|含|分别|占")
_COMPARED = re.compile(
    "较|比|同比|环比|超出?|增加|增长|减少|下降|提高|降低|结余|节约|剩余|上年|去年|计划|原[定有来]|每|平均|均|第"
)
_PEOPLE = "people"
_Number = tuple[Decimal, str]
_Numbers = dict[str, list[Decimal]]
"""Numbers by their unit."""
_MOST_PARTS = 8


@dataclass(frozen=True)
class Carried:
    """The numbers of a form with their units: of values, shortfalls, names, explanations and funds."""

    case: Case

    @computed
    def values(self) -> _Numbers:
        """Those of targets, actuals and shortfalls; none where no row has a quantity."""
        numbers: list[_Number] = []
        for line in self.case.lines:
            for value in (line.target, line.actual):
                if value.number is not None:
                    numbers.append((value.number, value.unit_norm))
                if value.upper is not None:
                    numbers.append((value.upper, value.unit_norm))
            if gap := short(line):
                numbers.append((gap, line.target.unit_norm or line.actual.unit_norm))
        return _by_unit(numbers)

    @computed
    def _told(self) -> _Numbers:
        """Those of names, explanations and funds: read only where the values do not suffice."""
        case = self.case
        numbers: list[_Number] = []
        for line in case.lines:
            told = [*figures_of_name(line.cells.name), *figures(line.cells.explanation)]
            told += figures(line.cells.actual) if line.actual.narrative else ()
            numbers += [(figure.number, figure.unit) for figure in told]
        for fund in case.fund_rows:
            numbers += _fund_numbers(fund, case.form.money_unit)
        numbers += [(figure.number, figure.unit) for figure in figures(case.form.total.note)]
        return _by_unit(numbers)

    def has(self, figure: Figure) -> bool:
        """True where some row, or the funds, carry ``figure``."""
        # Mostly the very number is there.
        return (
            figure.number in self.values.get(figure.unit, ())
            or _has(self.values, figure)
            or _has(self._told, figure)
        )

    def split(self, found: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
        """The figures that nothing carries, and those that something does.

        Parts of a carried sum count as carried. Where nothing carries them, approximations, parts (其中 …),
        comparisons and figures without a unit count as neither.
        """
        kept = {id(figure) for figure in found if self.has(figure)}
        kept |= self._parts(found, kept)
        loose = [
            figure
            for before, figure in pairwise((None, *found))
            if figure is not None and id(figure) not in kept and _claims(figure, before)
        ]
        return loose, [figure for figure in found if id(figure) in kept]

    def _parts(self, found: Sequence[Figure], fixed: set[int]) -> set[int]:
        """Figures in a row, of one unit, whose sum something carries; ``fixed`` ones are carried anyway."""
        kept: set[int] = set()
        alike: dict[str, list[Figure]] = {}
        for figure in found:
            alike.setdefault(_kind(figure.unit), []).append(figure)
        loose = {_kind(figure.unit) for figure in found if id(figure) not in fixed}
        for row in (alike[kind] for kind in loose):
            for start in range(len(row)):
                for end in range(start + 2, min(len(row), start + _MOST_PARTS) + 1):
                    part = row[start:end]
                    total = sum((figure.number for figure in part), Decimal(0))
                    whole = Figure(total, part[0].unit, "", "", "", 0, any(f.about for f in part))
                    if len({figure.unit for figure in part}) == 1 and self.has(whole):
                        kept.update(id(figure) for figure in part)
        return kept


def _has(carried: _Numbers, figure: Figure) -> bool:
    for unit, numbers in carried.items():  # noqa: SIM110  a generator would take as long as the looking
        if figure.is_among(numbers, unit):
            return True
    return False


def _by_unit(numbers: Iterable[_Number]) -> _Numbers:
    found: _Numbers = {}
    for number, unit in numbers:
        found.setdefault(unit, []).append(number)
    return found


def _fund_numbers(fund: ReadFund, money_unit: str) -> list[_Number]:
    """The amounts of a fund row, what was added in mid-year, what is left, and the execution rate."""
    initial, budget, executed = (fund.amounts[column] for column in COLUMNS)
    amounts = [initial, budget, executed]
    amounts += [abs(one - other) for one, other in ((initial, budget), (budget, executed)) if one and other]
    shares = [] if fund.rate is None else [(fund.rate * 100, "%")]
    return [(amount, money_unit) for amount in amounts if amount is not None] + shares


def _kind(unit: str) -> str:
    """Units of persons are one sort here; every other unit is its own."""
    return _PEOPLE if MEASURES.get(unit, ("",))[0] == _PEOPLE else unit


def _claims(figure: Figure, before: Figure | None) -> bool:
    """True for a figure that reports a result of its own."""
    if not figure.unit or figure.about or _PART.search(figure.lead) or _COMPARED.search(figure.lead[-8:]):
        return False
    follows = (
        before is not None and before.sentence == figure.sentence and _PART.search(before.lead) is not None
    )
    return not (follows and before is not None and before.unit == figure.unit)
