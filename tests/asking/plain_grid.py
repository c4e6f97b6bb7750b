"""What plain questions over the bundled forms ask for, told from their JSON alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parents[2] / "vectorstore" / "corpus"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NOTHING = frozenset(("", "无", "/", "无偏离"))


class Row(NamedTuple):
    """An indicator as it is printed, with where it stands."""

    form: int
    at: int
    cells: dict[str, str]

    def number(self, cell: str) -> Decimal | None:
        """The first number of a cell."""
        found = _NUMBER.search(self.cells.get(cell, ""))
        return Decimal(found[0]) if found else None

    @property
    def lost(self) -> Decimal | None:
        """分值 less 得分."""
        weight, score = self.number("weight"), self.number("score")
        return None if weight is None or score is None else weight - score


FORMS = {int(path.stem): json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.glob("*.json"))}
ROWS = [
    Row(form, at, cells) for form, told in FORMS.items() for at, cells in enumerate(told["indicators"], 1)
]
# Read by hand, as in ``expected``: the actual is below a ≥ target or above a ≤ one.
_MISSED = frozenset(
    (
        *((1, 3), (3, 1), (3, 5), (8, 8), (8, 9), (9, 10), (10, 7)),
        *((15, 1), (15, 2), (19, 2), (19, 3), (19, 14), (20, 13)),
    )
)
Test = Callable[[Row], bool]
TESTS: dict[str, Test] = {
    "没完成": lambda row: (row.form, row.at) in _MISSED,
    "扣分": lambda row: row.lost is not None and row.lost > 0,
    "得满分": lambda row: row.lost == 0,
    "没写原因": lambda row: row.cells["explanation"].strip() in _NOTHING,
    "没打分": lambda row: row.number("score") is None,
    "目标带百分号": lambda row: "%" in row.cells["target"],
    "分值不低于10分": lambda row: (row.number("weight") or 0) >= 10,
    "分值等于5分": lambda row: row.number("weight") == 5,
    "名称里有“率”": lambda row: "率" in row.cells["name"],
    "扣了1分以上": lambda row: row.lost is not None and row.lost >= 1,
}


def places(test: Test, forms: tuple[int, ...] | None = None) -> set[tuple[int, int]]:
    """Where the indicators stand that meet ``test``, of ``forms``."""
    return {(row.form, row.at) for row in ROWS if (forms is None or row.form in forms) and test(row)}


def having(test: Test, least: int = 1) -> set[int]:
    """The forms with so many such indicators at least."""
    found = [row.form for row in ROWS if test(row)]
    return {form for form in FORMS if found.count(form) >= least}
