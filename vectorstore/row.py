"""What the index stores, what narrows a search, and what a search gives back."""

from __future__ import annotations

import hashlib

from assistant.form.model import Form, Frozen


class IndicatorRow(Frozen):
    """One past indicator as it is indexed: ``row`` of the library's form ``form``, counted from 1."""

    form: int
    row: int
    project_name: str = ""
    department: str = ""
    unit: str = ""
    year: int | None = None
    level1: str = ""
    level2: str = ""
    indicator: str = ""
    target: str = ""
    actual: str = ""
    weight: str = ""
    score: str = ""
    explanation: str = ""
    goal: str = ""

    @property
    def id(self) -> str:
        """The row's id in the collection, e.g. ``12#3``."""
        return f"{self.form}#{self.row}"

    @property
    def content(self) -> int:
        """A hash (48 bits) of the row with all it says: one that has changed has another."""
        return int.from_bytes(hashlib.blake2b(self.model_dump_json().encode(), digest_size=6).digest())


class Filters(Frozen):
    """What a hit must satisfy; ``""``/None means any. Texts match as parts (数量 ~ 数量指标)."""

    level1: str = ""
    level2: str = ""
    unit: str = ""
    department: str = ""
    year: int | None = None
    without_forms: tuple[int, ...] = ()


class Hit(Frozen):
    """A row found. ``score`` in [0, 1], comparable within one query; ``why`` in Chinese: what matched."""

    rank: int
    score: float
    row: IndicatorRow
    why: str = ""


def rows_of(number: int, form: Form, year: int | None) -> list[IndicatorRow]:
    """The indicators of the form with this ``number``, as the index wants them."""
    shared = {
        "form": number,
        "project_name": form.project_name,
        "department": form.department,
        "unit": form.unit,
        "year": year,
        "goal": form.goal.expected,
    }
    return [
        IndicatorRow(
            **shared,
            row=at,
            level1=indicator.level1,
            level2=indicator.level2,
            indicator=indicator.name,
            target=indicator.target,
            actual=indicator.actual,
            weight=indicator.weight,
            score=indicator.score,
            explanation=indicator.explanation,
        )
        for at, indicator in enumerate(form.indicators, start=1)
    ]
