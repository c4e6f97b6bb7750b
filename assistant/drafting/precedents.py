"""Past rows that a proposal may lean on: found by search, kept only where they are like the row at hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from assistant.drafting.proposal import Search
from assistant.form.model import Form, Frozen, Indicator
from assistant.form.rounding import half_up, plain
from assistant.form.value import Direction, Kind, Value, direction, in_unit_of, read_actual, read_target
from assistant.grounding.evidence import Evidence
from assistant.understanding.measure import Measure, plain_name, read_measure
from vectorstore.index import Filters, Hit, IndicatorRow
from vectorstore.text import features

CITED = 6
_CONSIDERED = 30
_ALIKE = 0.3
_SAME_MEASURE = 0.12
_FEW = 3
_SAME_PROJECT = 0.75
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-—–/至]\s*(?:19|20)?\d\d)?\s*年?度?|\d+月")
_NUMBERS = re.compile(r"\d[\d.,，]*\s*(?:万元|万|元|人次|人|名|家|个|户|%|％)?")


class Precedent(Frozen):
    """A past row with its values read. ``likeness`` in [0, 1] compares it with the row at hand."""

    row: IndicatorRow
    target: Value
    actual: Value
    direction: Direction
    measure: Measure
    likeness: float
    same_project: bool = False

    @property
    def completion(self) -> Decimal | None:
        """Actual ÷ target where both are numbers in comparable units, else None."""
        if self.target.kind is not Kind.QUANTITATIVE or not self.target.number:
            return None
        actual = in_unit_of(self.actual, self.target) if self.actual.number is not None else None
        return None if actual is None else actual / self.target.number


def generalised(name: str) -> str:
    """A name without years, numbers, brackets and numbering, so that names of different projects compare."""
    return _NUMBERS.sub("", _YEARS.sub("", plain_name(name))).strip(" ：:，,。、≥≤≧≦=")


def likeness(one: str, other: str) -> float:
    """How alike two names are: the Dice coefficient of their characters and neighbouring pairs, in [0, 1]."""
    left, right = _features(one), _features(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


@lru_cache(maxsize=8192)
def _features(name: str) -> Counter[str]:
    """The features of a name made general; shared, so never to be changed."""
    return Counter(features(generalised(name)))


def same_project(one: str, other: str) -> bool:
    """Whether two project names mean the same project, perhaps of different years."""
    return likeness(one, other) >= _SAME_PROJECT


def precedents(
    form: Form, row: Indicator, search: Search, *, year: int | None = None, topic: str = ""
) -> tuple[Precedent, ...]:
    """Past rows like ``row``, the likest first; rows of ``form`` itself are never among them.

    ``year``: the form's year where it is known. ``topic``: a word that the search is to look for as well.
    """
    measure = read_measure(row.name, row.level2, row.level1)
    query = " ".join(filter(None, (plain_name(row.name), form.project_name, row.level2, topic)))
    hits = search(query, _CONSIDERED, Filters(level2=_filter_word(measure)))
    if len(hits) < CITED:
        known = {hit.row.id for hit in hits}
        hits = [*hits, *(hit for hit in search(query, _CONSIDERED) if hit.row.id not in known)]
    rows = [_precedent(form, row, measure, hit) for hit in hits if not is_own(form, hit.row, year)]
    kept = [one for one in rows if _similar_enough(one, measure)]
    if not kept and measure.told_by and measure.shape == "percent":
        hits = search(f"{row.level2} {row.name[-3:]}", _CONSIDERED, Filters(level2=_filter_word(measure)))
        rows = [_precedent(form, row, measure, hit) for hit in hits if not is_own(form, hit.row, year)]
        kept = _same_measure(rows, measure)
    return tuple(sorted(kept, key=lambda one: (-one.likeness, one.row.form, one.row.row)))


def is_own(form: Form, row: IndicatorRow, year: int | None) -> bool:
    """Whether a past row is of ``form`` itself: same project and unit, no year that tells them apart."""
    if row.project_name != form.project_name or (form.unit and row.unit and row.unit != form.unit):
        return False
    return year is None or row.year is None or row.year == year


def cite(rows: Sequence[Precedent], *, explanations: bool = False) -> tuple[Evidence, ...]:
    """Up to six rows as evidence, in the given order; ``explanations``: it is those that are cited."""
    return tuple(evidence_of(one.row, explanations=explanations) for one in rows[:CITED])


def spread(numbers: Sequence[Decimal], unit: str) -> str:
    """The range of ``numbers`` as people print it: 90%–100%, or one value where they agree; "" for none."""
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    ends = [f"{plain(half_up(end, 4))}{unit}" for end in (low, high)]
    return ends[0] if low == high else "–".join(ends)


def _filter_word(measure: Measure) -> str:
    """The part of a printed second level that all its spellings share."""
    return measure.level.removesuffix("效益").removesuffix("度").removesuffix("影响")


def _precedent(form: Form, row: Indicator, measure: Measure, hit: Hit) -> Precedent:
    past = hit.row
    target, actual, wanted = _values(past.target, past.actual, past.indicator, past.level2)
    alike = likeness(row.name, past.indicator)
    past_measure = read_measure(past.indicator, past.level2, past.level1)
    closeness = 0.85 * alike + 0.15 * min(1.0, hit.score)
    if past_measure.level != measure.level:
        closeness *= 0.6
    return Precedent(
        row=past,
        target=target,
        actual=actual,
        direction=wanted,
        measure=past_measure,
        likeness=closeness,
        same_project=same_project(form.project_name, past.project_name),
    )


@lru_cache(maxsize=8192)
def _values(target: str, actual: str, name: str, level2: str) -> tuple[Value, Value, Direction]:
    """Target and actual of a past row as read, and which way is better."""
    wanted = read_target(target, name=name, level2=level2)
    return wanted, read_actual(actual, wanted), direction(wanted, name=name, level2=level2)


def _same_measure(found: Sequence[Precedent], measure: Measure) -> list[Precedent]:
    """Where no name is alike: a few rows whose names measure the same (another rate of timeliness)."""
    same = [
        one for one in found if one.measure.told_by == measure.told_by != "" and _same_level(one, measure)
    ]
    return sorted(same, key=lambda one: -one.likeness)[:_FEW]


def _same_level(one: Precedent, measure: Measure) -> bool:
    return one.measure.level == measure.level


def _similar_enough(one: Precedent, measure: Measure) -> bool:
    same = one.measure.told_by == measure.told_by != "" and _same_level(one, measure)
    rate = measure.shape in ("percent", "date")
    return one.likeness >= (_SAME_MEASURE if same and rate else _ALIKE)


def evidence_of(row: IndicatorRow, *, explanations: bool = False) -> Evidence:
    """A past row as evidence; cited are its values, or its explanation where wanted and there."""
    said = f"目标{row.target or '（空）'}，实际{row.actual or '（空）'}"
    return Evidence(
        form=row.form,
        row=row.row,
        project_name=row.project_name,
        indicator=row.indicator,
        year=row.year,
        unit=row.unit,
        target=row.target,
        actual=row.actual,
        score=row.score,
        text=row.explanation if explanations and row.explanation else said,
    )
