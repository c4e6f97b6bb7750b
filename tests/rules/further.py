"""Forms written in a short notation, with the faults planted in them.

A file holds forms.

``head``: title, year line, project, department, unit, and the central department of a transfer form.
``funds``: label, initial, budget, executed, weight, rate, score; of a transfer form label, budget, executed,
rate. ``rows``: level1, level2, name, target, actual, weight, score, explanation; of a transfer form without
weight and score; 〃 repeats the cell above. ``goal``: expected, actual. ``total``: weight, score, note.
``allow``: errors and warnings that a reviewer would raise on the clean form too.

``planted``: sets of faults, each a change (see ``overlay``) and every error and warning that must come of it;
notes may be named as well. ``missed``: what no rule finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from overlay import overlaid

from assistant.form.model import Form, FundLine, Goal, Indicator, Total

FOLDER = Path(__file__).parent / "further"
HEAD = ("title", "year_line", "project_name", "department", "unit", "central_department")
FUNDS = {
    "project": ("label", "initial", "budget", "executed", "weight", "rate", "score"),
    "transfer": ("label", "budget", "executed", "rate"),
}
ROWS = {
    "project": ("level1", "level2", "name", "target", "actual", "weight", "score", "explanation"),
    "transfer": ("level1", "level2", "name", "target", "actual", "explanation"),
}
DITTO = "〃"


def described() -> list[dict[str, Any]]:
    """Every form of the folder as its file describes it."""
    forms = []
    for path in sorted(FOLDER.glob("*.yml")):
        forms += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return forms


def written(entry: dict[str, Any]) -> Form:
    """The clean form that ``entry`` describes."""
    template = entry.get("template", "project")
    return Form(
        template=template,
        money_unit=entry.get("money_unit", "万元"),
        **dict(zip(HEAD, entry["head"], strict=False)),
        funds=tuple(FundLine(**dict(zip(FUNDS[template], row, strict=True))) for row in entry["funds"]),
        goal=Goal(**dict(zip(("expected", "actual"), entry["goal"], strict=True))),
        indicators=tuple(
            Indicator(**dict(zip(ROWS[template], row, strict=False))) for row in carried(entry["rows"])
        ),
        total=Total(**dict(zip(("weight", "score", "note"), entry.get("total", ()), strict=False))),
    )


def spoiled(entry: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Form]]:
    """Each set of faults of ``entry`` with the form that has it."""
    for planted in entry["planted"]:
        yield planted, overlaid(written(entry), planted.get("set"), listed(planted.get("delete", "")))


def listed(text: str) -> list[str]:
    """The parts of ``text``, which stand apart by commas."""
    return [part for part in text.split(", ") if part]


def carried(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The rows with 〃 replaced by the cell above."""
    above: tuple[str, ...] = ()
    for row in rows:
        above = tuple(above[place] if cell == DITTO else cell for place, cell in enumerate(row))
        yield above
