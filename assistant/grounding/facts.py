"""What a text may lean on: figures and names of form, user's words and evidence, and arithmetic on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from assistant.form.model import UNVERIFIED, Form, Frozen, FundLine, Indicator
from assistant.form.numerals import dates_in_digits, normal
from assistant.form.text import visible
from assistant.grounding.agreement import follows, same, units_agree
from assistant.grounding.days import Day
from assistant.grounding.evidence import Evidence
from assistant.grounding.figures import Figure, find_figures
from assistant.grounding.names import find_names, stands_in, without_names

Operation = Literal["difference", "ratio", "share", "sum", "change"]

_SENTENCE = re.compile("[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』》）)]*|\n|$)")
_COUNTED_IN_NAME = re.compile("(人次|[人次天户家期场个项件台套辆处所座条])数")
_SHARE_IN_NAME = re.compile("(?:率|满意度|比例|比重|占比)$")
_BLANK_CELLS = frozenset({"", "-", "—", "/", "无"})
_POINTS = "百分点"


class Derivation(Frozen):
    """A number that follows from others, to be recomputed by code. Operands as printed: ``21个``, ``12个``.

    ``difference`` a−b; ``ratio`` a÷b in percent and as 倍; ``share`` a÷(a+b+…) in percent; ``sum`` of all;
    ``change`` (a−b)÷b in percent.
    """

    operation: Operation
    operands: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Known figures and names. ``derived`` are exact results that a text may print rounded half up."""

    figures: tuple[Figure, ...] = ()
    derived: tuple[tuple[Fraction, str], ...] = ()
    text: str = ""

    def __add__(self, other: Facts) -> Facts:
        return Facts(
            self.figures + other.figures, self.derived + other.derived, "\n".join((self.text, other.text))
        )

    def with_derived(self, derivations: Iterable[Derivation]) -> Facts:
        """These facts and what follows from them; one from an operand that is no fact adds nothing."""
        found = [result for one in derivations for result in self._results(one)]
        return Facts(self.figures, self.derived + tuple(found), self.text)

    def supports(self, figure: Figure) -> bool:
        """Whether the facts have the figure: value, unit and date, or a result rounded as printed."""
        if figure.kind == "code" or (figure.value is None and not figure.days):
            return figure.text in {known.text for known in self.figures} or stands_in(figure.text, self.text)
        if figure.days and all(self._has_day(day) for day in figure.days):
            return True
        if figure.kind == "date" and figure.value is None:
            return False
        return any(same(figure, known) for known in self.figures) or self._follows(figure)

    def _has_day(self, day: Day) -> bool:
        known = [one for figure in self.figures for one in figure.days]
        if any(day.says_no_more_than(one) for one in known):
            return True
        # 12月31日 of the form and its year 2021 make 2021年12月31日
        return (
            day.year is not None
            and any(
                one.year is None and Day(None, day.month, day.day, day.part).says_no_more_than(one)
                for one in known
            )
            and any(one.year == day.year for one in known)
        )

    def _follows(self, figure: Figure) -> bool:
        if figure.kind != "quantity" or figure.value is None or figure.upper is not None:
            return False
        return any(units_agree(figure.unit, unit) and follows(figure, exact) for exact, unit in self.derived)

    def _results(self, derivation: Derivation) -> Iterator[tuple[Fraction, str]]:
        operands = [_single(text) for text in derivation.operands]
        if any(one is None or not self.supports(one) for one in operands):
            return
        values = [(one.value, one.unit) for one in operands if one is not None and one.value is not None]
        yield from _computed(derivation.operation, values)


def facts_of(
    form: Form | None = None,
    *,
    words: str = "",
    evidence: Iterable[Evidence] = (),
    derivations: Iterable[Derivation] = (),
) -> Facts:
    """The facts of a form, of what the user said, and of cited evidence; with the form's own arithmetic.

    For text that states what happened this year leave ``evidence`` out: past figures are precedent, not fact.
    """
    facts = stated(words)
    for one in evidence:
        facts += _of_evidence(one)
    if form is not None:
        facts += _of_form(form)
    return facts.with_derived(derivations)


@lru_cache(maxsize=4096)
def stated(*texts: str) -> Facts:
    """The facts of free text. A sentence marked 【待核实】 states none."""
    clean = [readable(part) for text in texts for part in _verified(text)]
    text = "\n".join(clean)
    return Facts(tuple(figure for part in clean for figure in _figures(part, text)), (), text)


def _figures(text: str, facts: str) -> list[Figure]:
    """The figures of a fact, those inside its titles and quotations included."""
    found = find_figures(text)
    outside = without_names(text, find_names(text, facts))
    return found if outside == text else found + find_figures(outside)


def readable(text: str) -> str:
    """``text`` without invisible characters and typographic variety, and with its dates in digits."""
    return dates_in_digits(normal(visible(text)[0]))


def sentences(text: str) -> list[str]:
    """``text`` cut after each sentence with its ending and closing brackets; joined they are the text."""
    return _SENTENCE.findall(text)


def _verified(text: str) -> list[str]:
    return [sentence for sentence in sentences(visible(text)[0]) if UNVERIFIED not in sentence]


@lru_cache(maxsize=2048)
def _of_evidence(one: Evidence) -> Facts:
    facts = stated(one.project_name, one.indicator, one.unit, one.text)
    if one.year is not None:
        facts += Facts((_year(one.year),))
    return facts + _of_cells(one.target, one.actual)


@lru_cache(maxsize=128)
def _of_form(form: Form) -> Facts:
    facts = stated(
        form.title,
        form.year_line,
        form.project_name,
        form.department,
        form.central_department,
        form.unit,
        form.goal.expected,
        form.goal.actual,
        form.total.note,
        form.remark,
        *form.notes,
    )
    if form.year is not None:
        facts += Facts((_year(form.year),))
    for line in form.funds:
        facts += _of_funds(line, form.money_unit)
    for number, row in enumerate(form.indicators, 1):
        facts += facts_of_row(number, row)
    return facts + _points(form.total.weight, form.total.score)


@lru_cache(maxsize=512)
def _of_funds(line: FundLine, money_unit: str) -> Facts:
    amounts = [_in(cell, money_unit) for cell in (line.initial, line.budget, line.executed)]
    initial, budget, executed = amounts
    facts = stated(line.label, *amounts, _in(line.rate, "%")) + _points(line.weight, line.score)
    return facts.with_derived(
        [
            Derivation(operation="ratio", operands=(executed, budget)),
            Derivation(operation="difference", operands=(budget, executed)),
            Derivation(operation="change", operands=(executed, budget)),
            Derivation(operation="ratio", operands=(executed, initial)),
            Derivation(operation="difference", operands=(budget, initial)),
            Derivation(operation="change", operands=(budget, initial)),
        ]
    )


@lru_cache(maxsize=2048)
def facts_of_row(number: int, row: Indicator) -> Facts:
    """What one row tells: its cells, and what follows from its target and actual."""
    place = Figure("ordinal", f"第{number}行", Fraction(number), unit="第行")
    facts = stated(row.level1, row.level2, row.name, row.explanation) + Facts((place,))
    return facts + _of_cells(row.target, row.actual, row.name) + _points(row.weight, row.score)


def _of_cells(target: str, actual: str, name: str = "") -> Facts:
    """Target and actual, and the arithmetic of the two; a missing unit is the other's, else the name's."""
    counted = _COUNTED_IN_NAME.search(name)
    named = counted[1] if counted else "%" if _SHARE_IN_NAME.search(name.strip()) else ""
    told = _unit_of(target) or _unit_of(actual) or named
    target, actual = _in(target, told), _in(actual, told)
    return stated(target, actual).with_derived(
        [
            Derivation(operation="ratio", operands=(actual, target)),
            Derivation(operation="difference", operands=(actual, target)),
            Derivation(operation="change", operands=(actual, target)),
        ]
    )


def _unit_of(cell: str) -> str:
    """The unit of a cell's one quantity as it prints it, scale included; "" where there is none."""
    figure = _single(cell)
    return figure.unit_text if figure is not None else ""


def _points(weight: str, score: str) -> Facts:
    full, got = _in(weight, "分"), _in(score, "分")
    return stated(full, got).with_derived([Derivation(operation="difference", operands=(full, got))])


def _in(cell: str, unit: str) -> str:
    """A bare number with the unit of its column; other cells as they are."""
    text = readable(cell)
    if text in _BLANK_CELLS:
        return ""
    figure = _single(text)
    if figure is None or figure.kind != "quantity" or not text.endswith(figure.text):
        return text
    if figure.scale_only:
        return text + "元" if unit.endswith("元") else text
    return text if figure.unit else text + unit


def _year(year: int) -> Figure:
    return Figure("date", f"{year}年", days=(Day(year),))


def _single(text: str) -> Figure | None:
    """The one quantity of a cell; None where there is none or more than one."""
    figures = find_figures(readable(text))
    one = figures[0] if len(figures) == 1 else None
    return one if one is not None and one.value is not None and one.upper is None else None


def _computed(operation: Operation, values: list[tuple[Fraction, str]]) -> Iterator[tuple[Fraction, str]]:
    unit = values[0][1] if values else ""
    if len(values) < 2 or any(not units_agree(unit, other) for _, other in values):
        return
    numbers = [value for value, _ in values]
    total = Fraction(sum(numbers))
    first, second = numbers[0], numbers[1]
    if operation == "sum":
        yield total, unit
    elif operation == "share" and total:
        yield first / total * 100, "%"
    elif operation == "difference":
        yield abs(first - second), unit
        if unit == "%":
            yield abs(first - second), _POINTS
    elif second and operation == "ratio":
        yield first / second * 100, "%"
        yield first / second, "倍"
    elif second and operation == "change":
        yield abs(first - second) / second * 100, "%"
