"""How far past indicators reached their targets, counted by kind over all forms of a view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from assistant.asking.records.columns import Mask
from assistant.asking.records.fields import Sort
from assistant.asking.records.view import View

BANDS = ("不到80%", "80%到100%", "正好100%", "超过100%", "超过130%", "不是比例")
"""Completion of a target, from the lowest; the last one for dates and wordings."""
_LIMITS = ((Decimal("0.8"), 0), (Decimal(1), 1))
_OVER = Decimal("1.3")
_RATIOS = 5
Level = Literal["level1", "level2"]


@dataclass(frozen=True)
class Reached:
    """``kinds``: the indicators of each kind by band, the commonest kind first.

    ``rates`` forms tell an execution rate; ``mean`` of these in percent, None where there are none.
    """

    forms: int
    kinds: dict[str, Counter[str]]
    rates: int
    mean: Decimal | None

    @property
    def whole(self) -> Counter[str]:
        """All indicators by band."""
        return sum(self.kinds.values(), Counter())


def reached(view: View, level: Level, year: int | None = None, department: str = "") -> Reached:
    """Counts the indicators of the forms of a year (None: of all) and a department ("": of all)."""
    forms, rows = (_chosen(view, of, year, department) for of in ("forms", "indicators"))
    kinds, bands = view.column("indicators", level), view.column("indicators", "_reached")
    pairs = Counter(zip(kinds[1][rows].tolist(), bands[1][rows].tolist(), strict=True))
    found: dict[str, Counter[str]] = {}
    for (kind, completion), count in pairs.items():
        of_kind = found.setdefault(kind_name(kinds[0][kind].text), Counter())
        of_kind[band_of(bands[0][completion].number)] += count
    cells, codes = view.column("forms", "rate")
    rates = [rate for code in codes[forms].tolist() if (rate := cells[code].number) is not None]
    return Reached(
        int(forms.sum()),
        dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))),
        len(rates),
        sum(rates, Decimal(0)) / len(rates) if rates else None,
    )


def reaching(whole: Counter[str]) -> tuple[int, int]:
    """How many indicators reached their target, and how many tell a ratio at all."""
    return sum(whole[band] for band in BANDS[2:_RATIOS]), sum(whole[band] for band in BANDS[:_RATIOS])


def band_of(completion: Decimal | None) -> str:
    """The band in which a completion (actual ÷ target, the other way round where less is better) lies."""
    if completion is None:
        return BANDS[_RATIOS]
    for limit, band in _LIMITS:
        if completion < limit:
            return BANDS[band]
    if completion == 1:
        return BANDS[2]
    return BANDS[3] if completion < _OVER else BANDS[4]


def kind_name(text: str) -> str:
    """A level as one kind, however it was printed: 经济效益 and 经济效益指标 are the same."""
    bare = "".join(text.split()).removesuffix("指标")
    if not bare:
        return "（没有写）"
    return "满意度指标" if "满意" in bare else f"{bare}指标"


def _chosen(view: View, of: Sort, year: int | None, department: str) -> Mask:
    """For each record of the view whether its form is of that year and department."""
    chosen = np.ones(len(view.records(of)), dtype=np.bool_)
    if year is not None:
        cells, codes = view.column(of, "year")
        chosen &= np.array([cell.number == year for cell in cells], dtype=np.bool_)[codes]
    if department:
        cells, codes = view.column(of, "department")
        chosen &= np.array([cell.text == department for cell in cells], dtype=np.bool_)[codes]
    return chosen
