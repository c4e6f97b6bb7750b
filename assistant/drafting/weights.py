"""分值: points that add up to what the profile gives each first level."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal

from assistant.drafting.context import Context, proposal_id
from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import Structure, share
from assistant.form.amount import read_points
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Indicator
from assistant.form.rounding import plain

_FAIR = Decimal("0.6")
"""Blank rows that would get less than this share of an even weight call for weights of the whole level."""


def weight_proposals(
    context: Context,
    structure: Structure,
    new: Iterable[Indicator] = (),
    kept: Container[int | None] = (),
) -> Iterator[Proposal]:
    """One proposal that completes or corrects the weights of the rows that are there; none where they fit.

    ``new``: rows proposed beside them, which need their share of the points. ``kept``: numbers of rows whose
    weight the person has set, which stay as they are.

    Blank weights get what the others leave of their first level; a level with a wrong sum changes as a whole.
    """
    edits: list[Edit] = []
    shown: list[str] = []
    added = [(structure.first_level(row), read_points(row.weight) or Decimal(0)) for row in new]
    for first, points in structure.points.items():
        rows = [
            (number, row)
            for number, row in enumerate(context.form.indicators, 1)
            if structure.first_level(row) == first
        ]
        if points is None or not rows:
            continue
        left = points - sum((weight for level, weight in added if level == first), Decimal(0))
        own = [(number, row) for number, row in rows if number in kept]
        held = sum((read_points(row.weight) or Decimal(0) for _, row in own), Decimal(0))
        changed = _changed([entry for entry in rows if entry not in own], left - held)
        edits += changed
        if changed:
            shown.append(f"{first}{plain(left)}分：" + "、".join(edit.new for edit in changed))
    if edits:
        place = Location(section="weights")
        yield Proposal(
            id=proposal_id("weights", place),
            kind="weights",
            edits=tuple(edits),
            location=place,
            new="；".join(shown),
            reason="各一级指标的分值合计须与评分标准一致，同一级内按行平均分配，可按重要程度调整。",
        )


def _changed(rows: list[tuple[int, Indicator]], points: Decimal) -> list[Edit]:
    if not rows or points <= 0:
        return []
    blank = [entry for entry in rows if read_points(entry[1].weight) is None]
    held = sum((read_points(row.weight) or Decimal(0) for _, row in rows), Decimal(0))
    if not blank and held == points:
        return []
    left = points - held
    fair = blank and left > 0 and left / len(blank) >= points / len(rows) * _FAIR
    renewed = blank if fair else rows
    left = points - held if renewed is not rows else points
    return [
        Edit(
            location=Location(section="indicators", row=number, field="weight"),
            old=row.weight,
            new=plain(weight),
        )
        for (number, row), weight in zip(renewed, share(left, len(renewed)), strict=True)
        if plain(weight) != row.weight.strip()
    ]
