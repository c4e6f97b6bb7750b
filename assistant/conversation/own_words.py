"""A proposal with the person's own text in place of the proposed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.drafting.proposal import Proposal
from assistant.form.amount import read_points
from assistant.form.edit import Edit
from assistant.form.finding import Location
from assistant.form.model import Form, Indicator
from assistant.rules.profile import profile_for
from assistant.rules.score import total_fund_row
from assistant.understanding.message_facts import read_facts


def in_own_words(proposal: Proposal, new: str | None, form: Form) -> Proposal:
    """``proposal`` with the person's own text in place of the proposed one."""
    text = (new or "").strip()
    if not text or text == proposal.new.strip():
        return proposal
    if proposal.kind == "indicator" and proposal.edits[0].indicator is not None:
        row = _own_row(proposal.edits[0].indicator, text)
        edits: tuple[Edit, ...] = (proposal.edits[0].model_copy(update={"indicator": row}),)
    elif len(proposal.edits) == 1 and proposal.edits[0].operation == "set":
        edits = (proposal.edits[0].model_copy(update={"new": text}),)
    else:
        edits = read_facts(text, form).edits or proposal.edits
    return proposal.model_copy(update={"edits": edits, "new": text, "source": "user", "question": ""})


def _own_row(row: Indicator, text: str) -> Indicator:
    """一级｜二级｜名称｜指标值｜分值 as the person changed it; a text without bars is a new name."""
    parts = [part.strip() for part in re.split(r"[｜|]", text)]
    if len(parts) == 1:
        return row.model_copy(update={"name": text})
    fields = ("level1", "level2", "name", "target", "weight")
    update = dict(zip(fields, parts, strict=False))
    if "weight" in update:
        update["weight"] = update["weight"].removesuffix("分")
    return row.model_copy(update=update)


def own_weights(form: Form, edits: Sequence[Edit]) -> list[Edit]:
    """The weights that the person gave besides those set, as edits of the rows where they stand now.

    Those given with new rows; all, where points were set in several first levels and make up the whole.
    """
    told = {(row.level2, row.name): row.weight for edit in edits if (row := edit.indicator) is not None}
    whole = _shared_out(form, edits)
    return [
        Edit(location=Location(section="indicators", row=number, field="weight"), new=row.weight)
        for number, row in enumerate(form.indicators, 1)
        if told.get((row.level2, row.name)) or whole
    ]


def _shared_out(form: Form, edits: Sequence[Edit]) -> bool:
    """Whether ``edits`` set points in several first levels, so that no point is left over or missing."""
    places = [edit.location for edit in edits if edit.operation == "set" and edit.location.field == "weight"]
    rows = [one.row for one in places if one.section == "indicators" and one.row is not None]
    levels = {form.indicators[row - 1].level1 for row in rows if row <= len(form.indicators)}
    points = [read_points(row.weight) for row in form.indicators]
    number = total_fund_row(form)
    fixed = read_points(form.funds[number - 1].weight) if number is not None else None
    total = sum((one for one in points if one is not None), fixed or Decimal(0))
    return len(levels) > 1 and None not in points and total == profile_for(form).total_weight.value
