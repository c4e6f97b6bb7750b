"""Suggested rows that are of no use any more, because the person named rows in their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.conversation.cards import is_whole_cost
from assistant.conversation.draft_log import DraftLog
from assistant.conversation.requests import proposed_rows
from assistant.drafting.context import is_open
from assistant.drafting.explanations import gap_of
from assistant.drafting.proposal import Proposal
from assistant.drafting.structure import structure_of
from assistant.form.amount import read_points
from assistant.form.edit import Edit, apply
from assistant.form.finding import Location
from assistant.form.model import Form, Indicator
from assistant.rules.profile import profile_for
from assistant.rules.score import total_fund_row
from assistant.understanding.reading import StatedFacts

_OPTIONAL_LEVELS = frozenset({"经济效益指标", "生态效益指标"})


def given_up(form: Form, log: DraftLog, stated: Sequence[Edit]) -> tuple[Edit, ...]:
    """Deletions of suggested rows that nobody gave a result.

    Where the person names rows of their second level: those without a figure. Where the points that the
    person gave fill their first level: all of them.
    """
    levels = {row.level2 for edit in stated if (row := edit.indicator) is not None and "数量" in row.level2}
    full = _full_levels(form, log, stated)
    structure = structure_of(form, profile_for(form))
    suggested = {row.name for row in proposed_rows(log)}
    touched = {edit.location.row for edit in stated if edit.location.section == "indicators"}
    weighed = {edit.location.row for edit in log.own_weights}
    found = [
        Edit(operation="delete", location=Location(section="indicators", row=number), old=row.name)
        for number, row in enumerate(form.indicators, 1)
        if row.name in suggested and is_untold(form, row) and number not in touched
        if (row.level2 in levels and is_open(row.target))
        or (structure.first_level(row) in full and number not in weighed)
    ]
    return tuple(reversed(found))


def is_untold(form: Form, row: Indicator) -> bool:
    """Whether nobody told a row's result: it has none, or the whole cost is just what was spent."""
    total = total_fund_row(form)
    spent = form.funds[total - 1].executed if total else ""
    return not row.actual or (is_whole_cost(row.name) and row.actual == f"{spent}{form.money_unit}")


def _full_levels(form: Form, log: DraftLog, stated: Sequence[Edit]) -> set[str]:
    """The first levels whose points the person gave away, with this message, to rows of their own."""
    added = [row for edit in stated if (row := edit.indicator) is not None]
    told = {edit.location.row: edit.new for edit in stated if edit.location.field == "weight"}
    if not told and not any(row.weight for row in added):
        return set()
    own = {edit.location.row for edit in log.own_weights}
    rows = [
        row.model_copy(update={"weight": told.get(number, row.weight)})
        for number, row in enumerate(form.indicators, 1)
        if number in own or number in told
    ]
    structure = structure_of(form, profile_for(form))
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in (*rows, *added):
        held[structure.first_level(row)] += read_points(row.weight) or Decimal(0)
    return {
        level for level, points in structure.points.items() if points is not None and held[level] == points
    }


def outdated(form: Form, stated: Sequence[Edit]) -> tuple[Edit, ...]:
    """The drafted explanations that are cleared, because their rows deviate no more as ``stated``."""
    sets = [edit for edit in stated if edit.operation == "set" and edit.location.section == "indicators"]
    changed = apply(form, sets).indicators
    explained = {edit.location.row for edit in sets if edit.location.field == "explanation"}
    rows = sorted({edit.location.row for edit in sets if edit.location.row is not None} - explained)
    found = []
    for row in rows:
        before, gap = form.indicators[row - 1], gap_of(form.indicators[row - 1])
        drafted = gap is not None and any(text in before.explanation for text in (gap.figures, gap.short))
        if drafted and gap_of(changed[row - 1]) is None:
            place = Location(section="indicators", row=row, field="explanation")
            found.append(Edit(location=place, old=before.explanation, new=""))
    return tuple(found)


def left_out(
    log: DraftLog, form: Form, facts: StatedFacts, cards: Sequence[Proposal], *, results: bool = False
) -> tuple[Proposal, ...]:
    """Waiting rows that are of no use any more, where their level has another row.

    Quantities that the user names take the place of those that were asked for; with the results at hand, a
    row that nobody set a target for, or took over with the others, is not wanted. ``results``: some are told
    on ``cards``.
    """
    waiting = [one for one in log.pending() if one.kind == "indicator"]
    rows = [row for one in cards if one.kind == "indicator" and (row := one.edits[0].indicator)]
    held = {row.level2 for row in rows if "数量" in row.level2}
    if (results or tells_results(facts)) and form.indicators:
        held |= {row.level2 for row in form.indicators} | _OPTIONAL_LEVELS
    else:
        waiting = [one for one in waiting if one.question]
    full = _full_levels(form, log, facts.edits)
    structure = structure_of(form, profile_for(form))
    names = {row.name for row in rows}
    told = [part.text for part in facts.unplaced]
    return tuple(
        one
        for one in waiting
        if (row := one.edits[0].indicator) is not None
        and (row.level2 in held or structure.first_level(row) in full)
        and row.name not in names
        and not any(text.startswith(row.name) for text in told)
    )


def tells_results(facts: StatedFacts) -> bool:
    """Whether a message says what was done, not only what was planned."""
    actual = any(
        one.location.section == "indicators" and one.location.field == "actual" for one in facts.edits
    )
    return actual or any(part.done for part in facts.unplaced)
