"""Writes into a form what code computes: rates, scores and totals. What a person decides stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from assistant.form.amount import read_amount, read_points, read_rate, read_weight
from assistant.form.model import BLANK, Form, FundLine, Indicator, Total
from assistant.form.rounding import half_up, plain
from assistant.form.value import Direction, Kind, read_target
from assistant.rules.profile import Profile
from assistant.rules.reading import row_cells
from assistant.rules.rows import is_spare, parts_of_rows
from assistant.rules.score import (
    IndicatorScore,
    ScoreSheet,
    execution_counts,
    execution_rate,
    score_form,
    total_fund_row,
)


def fill_scores(form: Form, profile: Profile) -> Form:
    """``form`` with its computed cells written; the same again where nothing changed.

    执行率 and its score on the total fund row, rates that source rows already carry, 得分 of every indicator
    that ``profile`` scores, and the total row. A cell whose inputs are missing becomes ``""``, so there is no
    total while a row with a weight has no score, or while there are no indicators. A score that no rule gives
    is left to the person, also a qualitative one inside the band of its wording.
    """
    sheet = score_form(form, profile)
    funds = _funds(form, sheet)
    if not form.is_scored:
        return form.model_copy(update={"funds": funds})
    rows = tuple(_row(cells, score) for cells, score in zip(form.indicators, sheet.indicators, strict=True))
    # A sum printed for rows that get other points is none of theirs any more.
    sums = form.row_sums if rows == form.indicators else ()
    filled = form.model_copy(update={"funds": funds, "indicators": rows, "row_sums": sums})
    return filled.model_copy(update={"total": _total(filled)})


def score_text(points: Decimal) -> str:
    """Points as a cell shows them: at most two decimals, no trailing zeros."""
    return plain(points, 2)


def rate_text(rate: Decimal) -> str:
    """A rate as a cell shows it: ``97.60%``."""
    return f"{half_up(rate * 100)}%"


def added_points(texts: Iterable[str], read: Callable[[str], Decimal | None] = read_points) -> Decimal | None:
    """The sum of printed points; None where a cell has no number, or there is no cell."""
    points = [read(text) for text in texts]
    if not points or any(value is None for value in points):
        return None
    return sum((value for value in points if value is not None), Decimal(0))


def _funds(form: Form, sheet: ScoreSheet) -> tuple[FundLine, ...]:
    total = total_fund_row(form)
    return tuple(
        _total_line(line, form, sheet) if number == total else _source_line(line, form)
        for number, line in enumerate(form.funds, 1)
    )


def _total_line(line: FundLine, form: Form, sheet: ScoreSheet) -> FundLine:
    rate, rule = sheet.execution.rate, sheet.execution.rule
    update = {"rate": "" if rate is None else rate_text(rate)}
    if form.is_scored:
        update["score"] = "" if rule is None else score_text(rule)
    return line.model_copy(update=update)


def _source_line(line: FundLine, form: Form) -> FundLine:
    """A source row carries a rate only where somebody put one."""
    if read_rate(line.rate) is None:
        return line
    rate = execution_rate(*(read_amount(text, form.money_unit) for text in (line.budget, line.executed)))
    return line.model_copy(update={"rate": "" if rate is None else rate_text(rate)})


def _row(cells: Indicator, score: IndicatorScore) -> Indicator:
    if score.weight is None or _is_empty(cells.target) or _is_empty(cells.actual):
        return cells.model_copy(update={"score": ""})
    if score.rule is None or _is_in_band(score):
        return cells
    return cells.model_copy(update={"score": score_text(score.rule)})


def _is_empty(text: str) -> bool:
    """True for blanks, dashes and what is marked as still to be filled in."""
    return read_target(text).kind is Kind.EMPTY or BLANK in text


def _is_in_band(score: IndicatorScore) -> bool:
    """A qualitative score is the person's, within the band."""
    if score.direction is not Direction.QUALITATIVE or score.band is None or score.printed is None:
        return False
    return score.band[0] <= score.printed <= score.band[1]


def _total(form: Form) -> Total:
    """The sums; without indicators there is nothing yet whose total the execution alone could be."""
    if not form.indicators:
        return form.total.model_copy(update={"score": ""})
    rows = [row_cells(row) for row in form.indicators]
    parts = parts_of_rows(rows)
    counted = [row for n, row in enumerate(rows, 1) if n not in parts and not is_spare(row)]
    weights = [row.weight for row in counted]
    scores = [row.score for row in counted]
    if (number := total_fund_row(form)) is not None and execution_counts(rows):
        line = form.funds[number - 1]
        if line.weight.strip() or line.score.strip():
            weights.append(line.weight)
            scores.append(line.score)
    weight, score = added_points(weights, read_weight), added_points(scores)
    return form.total.model_copy(
        update={
            "weight": "" if weight is None else plain(weight),
            "score": "" if score is None else score_text(score),
        }
    )
